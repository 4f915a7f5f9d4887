"""Puts the right plan on file and bills it with the same click."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.db import transaction
from django.http import Http404

from billing.claims.resending import Resent
from billing.eligibility.acting import COPIED
from billing.models import Claim
from billing.rebilling.services import bill_instead
from clients.models import Coverage
from clients.services import add_coverage
from practice.actors import Actor
from practice.models import Practice, PracticePayer


@transaction.atomic
def add_and_bill(
    *,
    actor: Actor,
    practice: Practice,
    claim_id: int,
    payer: PracticePayer,
    member_id: str,
    starts_on: dt.date,
    group_number: str = "",
    delay_reason: str = "",
) -> Resent:
    """Adds a plan of another payer as the client's first, with the subscriber of the plan that was asked, and bills it.

    The plan that was asked ends on the day before. ClientRefusedError and ClaimRefusedError as the two services say.
    """
    claim = Claim.objects.filter(pk=claim_id).select_related("coverage").first()
    if claim is None:
        raise Http404
    values: dict[str, Any] = {name: getattr(claim.coverage, name) for name in COPIED}
    values |= {
        "payer": payer,
        "member_id": member_id,
        "group_number": group_number,
        "rank": Coverage.Rank.PRIMARY,
        "starts_on": starts_on,
        "ends_on": None,
    }
    plan = add_coverage(actor=actor, client_id=claim.client_id, end_former=True, **values)
    return bill_instead(
        actor=actor, practice=practice, claim_id=claim_id, coverage_id=plan.pk, delay_reason=delay_reason
    )
