"""What a cell of the enrollment grid says."""

from __future__ import annotations

import datetime as dt

import pytest

from clinicians.cells import Cell, Standing, cell

TODAY = dt.date(2026, 11, 17)
D = dt.date


def of(
    standing: Standing | None, level: str = "independent", supervisor: str = "", supervised: str = "refused"
) -> Cell:
    return cell(standing, level=level, supervisor=supervisor, supervised=supervised, today=TODAY)


@pytest.mark.parametrize(
    ("standing", "kind", "word", "note", "is_tinted"),
    [
        (Standing("effective", D(2018, 3, 1), None), "done", "Since 2018", "", False),
        (Standing("effective", D(2026, 12, 1), None), "move", "From Dec 1", "", True),
        (Standing("effective", D(2018, 3, 1), D(2026, 12, 9)), "wait", "Ends", "Dec 9", True),
        (Standing("effective", D(2018, 3, 1), D(2026, 11, 14)), "stop", "Ended", "Nov 14", True),
        (Standing("ended", D(2018, 3, 1), D(2025, 11, 14)), "stop", "Ended", "Nov 14, 2025", True),
        (Standing("review", None, None), "move", "In review", "", False),
        (Standing("sent", None, None), "move", "Applied", "", False),
        (Standing("denied", None, None), "stop", "Denied", "", True),
        (None, "calm", "Not applied", "", False),
    ],
)
def test_words(standing: Standing | None, kind: str, word: str, note: str, *, is_tinted: bool) -> None:
    found = of(standing)
    assert (found.kind, found.word, found.note, found.is_tinted) == (kind, word, note, is_tinted)


def test_an_associate_bills_through_the_supervisor_where_the_payer_takes_that() -> None:
    assert of(None, "associate", "Grace", "supervisor").word == "Via Grace"
    assert of(None, "associate", "Grace", "refused").word == "Not allowed"
    assert of(None, "associate", "", "supervisor").needs_somebody
