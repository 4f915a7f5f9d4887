"""The biller has this week's insurance verified, once; some answers say what the front desk has to look at."""

from __future__ import annotations

from django.db import transaction

from billing.eligibility import asking
from billing.eligibility.errors import EligibilityRefusedError
from billing.eligibility.selectors import listing
from billing.eligibility.selectors.listing import Wanted
from clients.policies import visible_clients
from desk.demo import accounts
from desk.demo.caseload import ENDED
from desk.demo.cast import FERNHOLLOW, PERSONAS
from practice.access import Access
from practice.permissions import Role
from practice.tenancy.context import practice_context

_BILLER = next(one for one in PERSONAS if one.business == FERNHOLLOW and Role.BILLER in one.roles)
_TOLD_OF = (ENDED, "BH5200333", "AE5200999", "AE5202146")  # of whom sandbox/scenarios has something to say


def ask() -> None:
    """Asks about the coming week and those the payers have something to say of; nothing where anybody asked before."""
    try:
        biller = accounts.enter(FERNHOLLOW, _BILLER)
    except LookupError:
        return
    with transaction.atomic(), practice_context(biller.practice.pk, phi=True):
        week = listing.eligibility_list(biller.actor, biller.practice, Wanted())
        if week.can_ask and not any(row.check for row in week.page.object_list):
            ids = [row.coverage.pk for row in week.page.object_list if row.may_ask]
            _ask(biller, [*ids, *_told_of(biller)])


def _told_of(biller: Access) -> list[int]:
    rows = visible_clients(biller.actor).filter(coverages__member_id__in=_TOLD_OF)
    return list(rows.values_list("coverages__pk", flat=True))


def _ask(biller: Access, coverage_ids: list[int]) -> None:
    """One click; where nobody can be asked, nothing."""
    try:
        asking.ask_many(actor=biller.actor, coverage_ids=sorted(set(coverage_ids)))
    except EligibilityRefusedError:
        return
