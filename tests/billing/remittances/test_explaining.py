"""What a payer's codes read as, and which claims of a remittance somebody has to look at."""

from __future__ import annotations

from decimal import Decimal

import pytest

from billing.claims.words import Chip
from billing.models import ProviderAdjustment, RemittanceClaim, Treatment
from billing.remittances import chips, explaining
from edi.codes.plb import PlbTreatment


@pytest.mark.parametrize(
    ("theirs", "ours", "words"),
    [
        ("168.00", "84.00", "$84.00 of $168.00 is settled"),
        ("84.00", "168.00", "$84.00 of $168.00 is settled"),
        ("84.00", "84.00", "$84.00 is settled"),
        ("84.00", "0.00", "$0.00 of $84.00 is settled"),
        ("0.00", "0.00", ""),
    ],
)
def test_how_much_of_a_reference_is_settled(theirs: str, ours: str, words: str) -> None:
    assert explaining.settled(Decimal(theirs), Decimal(ours)) == words


def test_every_treatment_has_its_sentence_and_color() -> None:
    assert set(explaining.TREATMENTS) == set(explaining.KINDS) == set(Treatment.values)


def test_a_provider_adjustment_says_where_it_goes() -> None:
    interest = ProviderAdjustment(reason="L6", amount=Decimal("-1.25"), treatment=PlbTreatment.INCOME)
    levy = ProviderAdjustment(reason="ZZ", amount=Decimal("10.00"), treatment=PlbTreatment.NOT_EXPECTED)
    assert (explaining.provider(interest).account, explaining.provider(interest).amount) == (
        "Interest",
        Decimal("1.25"),
    )
    assert (explaining.provider(levy).account, explaining.provider(levy).is_fixed) == ("Waits for a person", False)


@pytest.mark.parametrize(
    ("facts", "free", "refused", "chip"),
    [
        ({"match": ""}, False, True, chips.NO_MATCH),
        ({"match": "not_ours"}, False, False, chips.NOT_OURS),
        ({"match": "hand", "status_code": "22"}, True, True, chips.TAKEN_BACK),
        ({"match": "number"}, True, False, chips.NO_SESSION),
        ({"match": "number", "status_code": "25"}, False, False, chips.ESTIMATE),
        ({"match": "number", "is_denial": True}, False, True, chips.DENIED),
        ({"match": "number"}, False, True, chips.REFUSED_IN_PART),
        ({"match": "number"}, False, False, chips.MATCHED),
    ],
)
def test_the_worst_about_a_claim_is_shown(*, facts: dict[str, object], free: bool, refused: bool, chip: Chip) -> None:
    row = RemittanceClaim(pk=1, **({"status_code": "1"} | facts))
    assert chips.claim_chip(row, {1} if free else set(), {1} if refused else set()) is chip
