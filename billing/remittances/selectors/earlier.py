"""Which remittances must be posted before one that takes their answers back."""

from __future__ import annotations

from typing import Any, Final

from billing.models import Remittance, RemittanceClaim
from billing.remittances.policies import visible_remittances
from billing.remittances.words import name
from edi.remittances.model import REVERSAL
from practice.actors import Actor

_WAITING: Final = (Remittance.Status.HELD, Remittance.Status.READY)


def earlier(actor: Actor, row: Remittance) -> list[dict[str, Any]]:
    """Remittances that wait and answer the claims this one takes back; nothing unless it is held for that."""
    if all(hold["code"] != "reversal" for hold in row.held_for):
        return []
    back = RemittanceClaim.objects.filter(remittance=row, status_code=REVERSAL, claim__isnull=False)
    answers = RemittanceClaim.objects.filter(claim__in=list(back.values_list("claim_id", flat=True)))
    others = answers.filter(remittance__status__in=_WAITING).exclude(status_code=REVERSAL).exclude(remittance=row)
    found = visible_remittances(actor).filter(pk__in=list(others.values_list("remittance_id", flat=True)))
    return [{"pk": one.pk, "name": name(one)} for one in found.order_by("paid_on", "pk")]
