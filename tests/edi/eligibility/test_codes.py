"""The code lists of eligibility are whole and fit together."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from edi.codes.eligibility import (
    benefit_information,
    benefit_periods,
    follow_ups,
    insurance_types,
    reject_reasons,
    service_types,
)
from edi.eligibility.said import SERVICES


@pytest.mark.parametrize(
    ("rows", "count"),
    [
        (service_types(), 64),
        (benefit_information(), 35),
        (reject_reasons(), 55),
        (follow_ups(), 8),
        (benefit_periods(), 19),
        (insurance_types(), 45),
    ],
)
def test_every_list_has_its_rows(rows: Mapping[str, object], count: int) -> None:
    assert len(rows) == count
    assert all(one if isinstance(one, str) else one.meaning for one in rows.values())  # type: ignore[attr-defined]


def test_what_fits_a_session_is_behavioral_or_an_office_visit() -> None:
    found = [service_types()[code] for code in SERVICES]
    assert [one.code for one in found if not one.is_behavioral] == ["98"]
    assert all(one.for_therapy for one in found)


def test_a_payer_that_is_down_says_nothing_about_the_client() -> None:
    retried = [one for one in reject_reasons().values() if one.retry]
    assert [one.code for one in retried] == ["42", "80"]
    assert not any(one.about_client for one in retried)
