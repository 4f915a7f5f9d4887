"""The arithmetic of a line comes back as it was written, whatever stands in it."""

from __future__ import annotations

from payroll.calculation.steps import packed, unpacked

STEPS = [{"label": "Keystone Mutual, paid on Nov 3", "note": "TRACE", "amount": "98.60"}, {"label": "Your pay"}]


def test_steps_come_back() -> None:
    assert unpacked(packed(STEPS)) == STEPS
    assert (packed([]), unpacked("")) == ("", [])


def test_what_would_break_a_row_becomes_a_space() -> None:
    for wild in ("A\tB", "A\nB", "A\rB"):
        assert unpacked(packed([{"label": wild, "note": "n"}, {"label": "x"}])) == [
            {"label": "A B", "note": "n"},
            {"label": "x"},
        ]
