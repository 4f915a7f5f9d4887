"""The code lists are whole, and what they decide is safe for the client."""

from __future__ import annotations

import pytest

from edi.codes.adjustments import GROUPS, Treatment, adjustment_reasons, treatment
from edi.codes.plb import PlbTreatment, plb_reasons, plb_treatment
from edi.codes.remarks import remark_codes
from edi.codes.status import status_categories, status_codes


def test_every_list_has_its_rows() -> None:
    lists = (adjustment_reasons(), plb_reasons(), remark_codes(), status_categories(), status_codes())
    assert [len(one) for one in lists] == [297, 41, 322, 53, 454]
    assert all(row.meaning for rows in lists for row in rows.values())


@pytest.mark.parametrize(
    ("group", "reason", "expected"),
    [
        ("CO", "45", Treatment.WRITEOFF),
        ("CO", "253", Treatment.WRITEOFF),
        ("CO", "197", Treatment.DENIAL_WORKLIST),
        ("PR", "1", Treatment.PATIENT),
        ("PR", "3", Treatment.PATIENT),
        ("PR", "29", Treatment.DENIAL_WORKLIST),
        ("PR", "31", Treatment.DENIAL_WORKLIST),
        ("OA", "23", Treatment.INFO),
        ("OA", "109", Treatment.NEXT_PAYER),
        ("PI", "45", Treatment.DENIAL_WORKLIST),
        ("CO", "133", Treatment.HOLD),
        ("CO", "9999", Treatment.HOLD),
        ("CR", "45", Treatment.HOLD),
        ("", "", Treatment.HOLD),
    ],
)
def test_a_treatment_is_the_row_s_and_hold_where_nothing_is_known(group: str, reason: str, expected: Treatment) -> None:
    assert treatment(group, reason) is expected


def test_only_the_client_s_group_ever_reaches_the_client() -> None:
    reached = {
        group for group in GROUPS for code in adjustment_reasons() if treatment(group, code) is Treatment.PATIENT
    }
    assert reached == {"PR"}


def test_provider_level_money_that_is_not_known_waits_for_a_person() -> None:
    assert plb_treatment("L6") is PlbTreatment.INCOME
    assert plb_treatment("WO") is PlbTreatment.CLAIM_RECOUPMENT
    assert plb_treatment("??") is PlbTreatment.NOT_EXPECTED
