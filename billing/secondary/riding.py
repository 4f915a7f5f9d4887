"""Claims to a next payer leave with the next batch, whoever makes it."""

from __future__ import annotations

from billing.holds import standing
from billing.models import Claim
from practice.actors import Actor


def to_go(*, actor: Actor) -> list[Claim]:
    """The claims to later payers that are ready and not kept back, locked; those another batch takes up are left."""
    actor.require("billing:edit", "claims:edit")
    free = Claim.objects.select_for_update(no_key=True, of=("self",), skip_locked=True)
    rows = list(free.filter(status=Claim.Status.READY, follows__isnull=False).order_by("pk"))
    held = standing.of_claims([row.pk for row in rows]) if rows else {}
    return [row for row in rows if row.pk not in held]
