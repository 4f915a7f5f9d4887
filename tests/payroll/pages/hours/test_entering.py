"""How hours are typed."""

from __future__ import annotations

from decimal import Decimal

import pytest

from payroll.errors import PayrollRefusedError
from payroll.hours.entering import hours_of, spot_of


@pytest.mark.parametrize(
    ("typed", "hours", "note"),
    [
        ("2.5", "2.5", ""),
        ("2,5", "2.5", ""),
        (".5", "0.5", ""),
        ("8", "8", ""),
        ("8h", "8", ""),
        ("1:30", "1.50", ""),
        ("0:20", "0.33", ""),
        (" 2.5  Team meeting ", "2.5", "Team meeting"),
        ("1:30 h Charts", "1.50", "Charts"),
    ],
)
def test_hours_are_read_as_people_type_them(typed: str, hours: str, note: str) -> None:
    assert hours_of(typed) == (Decimal(hours), note)


@pytest.mark.parametrize("typed", ["two", "1:75", "-2", "2.5.1", "2x", "1e3", "100", "٣"])
def test_anything_else_is_refused(typed: str) -> None:
    with pytest.raises(PayrollRefusedError, match=r"Write hours, as 2\.5 or 1:30"):
        hours_of(typed)


def test_a_cell_is_found_by_the_name_of_its_field() -> None:
    found = spot_of("h-12-2026-11-16-notes")
    assert found is not None
    assert (found.clinician_id, str(found.day), found.kind, found.key) == (
        12,
        "2026-11-16",
        "notes",
        "h-12-2026-11-16-notes",
    )
    assert spot_of("h-12-2026-11-31-notes") is None
    assert spot_of("h-12-2026-11-16-gifts") is None
    assert spot_of("csrfmiddlewaretoken") is None
