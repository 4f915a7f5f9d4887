"""Which claims a payer passed on to the client's next payer by itself, so that nobody sends them a second time."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from django.db.models import Exists, OuterRef, Q

from billing.models import Remittance, RemittanceClaim
from edi.remittances.model import FORWARDED

PASSED_ON: Final = "Passed on to"
"""The label under which a remittance's claim keeps the name of the next payer (NM1*TT)."""

NEXT_PAYER: Final = "the next payer"
_NOT_SAID: Final = (Remittance.Status.DUPLICATE, Remittance.Status.SET_ASIDE)


def forwarded_to(claim_ids: Iterable[int]) -> dict[int, str]:
    """By claim of ours, the payer it was passed on to (005010X221A1: CLP02 19 to 21, or NM1*TT); one statement.

    An answer that the payer took back since, or a remittance that was set aside, says nothing. Where the payer does
    not name who comes next, it is `NEXT_PAYER`.
    """
    passed = Q(status_code__in=FORWARDED) | Q(said__has_key=PASSED_ON)
    back = RemittanceClaim.objects.filter(reverses=OuterRef("pk"), remittance__status=Remittance.Status.POSTED)
    rows = RemittanceClaim.objects.filter(passed, ~Exists(back), claim__in=list(claim_ids))
    told = rows.exclude(remittance__status__in=_NOT_SAID).order_by("pk")
    return {claim_id: name_of(said) for claim_id, said in told.values_list("claim_id", "said") if claim_id}


def is_forwarded(row: RemittanceClaim) -> bool:
    """Whether this answer says that the claim was passed on."""
    return row.status_code in FORWARDED or PASSED_ON in row.said


def name_of(said: dict[str, str]) -> str:
    """Who comes next, as the payer named them."""
    return said.get(PASSED_ON, "") or NEXT_PAYER
