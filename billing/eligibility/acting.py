"""What people do with an answer: look at it, set it aside, take its copay, use its carve-out payer; and settings."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from django.db import transaction
from django.db.models import Q
from django.http import Http404

from billing.eligibility.errors import EligibilityRefusedError
from billing.eligibility.facts import Party, from_data
from billing.models import Claim, EligibilityCheck, EligibilitySettings
from clients.errors import ClientRefusedError
from clients.models import Coverage
from clients.policies import visible_clients
from clients.services import add_coverage, change_coverage
from practice import audit, clock
from practice.actors import Actor
from practice.models import PayerNumber, PracticePayer
from practice.records import save_changed, today_of

COPIED: Final = (
    "rank", "member_id", "group_number", "relationship", "subscriber_first_name", "subscriber_last_name",
    "subscriber_date_of_birth", "subscriber_sex", "address1", "address2", "city", "state", "zip",
)  # fmt: skip
_KEPT: Final = (*COPIED, "plan_name", "starts_on", "ends_on", "copay")
_LONGEST_WHY: Final = 200


@transaction.atomic
def look(*, actor: Actor, check_id: int) -> EligibilityCheck:
    """Somebody has seen what the answer alerts to; it leaves Today."""
    actor.require("eligibility:edit")
    row = _locked(actor, check_id)
    row.looked_at, row.looked_at_by = clock.now(), actor.name
    row.save(update_fields=["looked_at", "looked_at_by"])
    audit.record("eligibility.looked_at", actor=actor, row=row, client_id=row.client_id)
    return row


@transaction.atomic
def look_again(*, actor: Actor, check_id: int) -> EligibilityCheck:
    """Takes back that somebody has seen it."""
    actor.require("eligibility:edit")
    row = _locked(actor, check_id)
    row.looked_at, row.looked_at_by = None, ""
    row.save(update_fields=["looked_at", "looked_at_by"])
    audit.record("eligibility.to_look_at", actor=actor, row=row, client_id=row.client_id)
    return row


@transaction.atomic
def set_aside(*, actor: Actor, check_id: int, why: str) -> EligibilityCheck:
    """The payer is mistaken: its answer holds nothing back any more. The reason is kept."""
    actor.require("eligibility:edit")
    row, why = _locked(actor, check_id), " ".join(why.split())[:_LONGEST_WHY]
    if row.status != EligibilityCheck.Status.ANSWERED:
        raise EligibilityRefusedError("The payer has not answered yet.")
    if not why:
        raise EligibilityRefusedError("Say why the payer’s answer does not hold, for whoever reads this later.")
    row.set_aside_at, row.set_aside_by, row.set_aside_why = clock.now(), actor.name, why
    row.looked_at, row.looked_at_by = row.looked_at or clock.now(), row.looked_at_by or actor.name
    row.save(update_fields=["set_aside_at", "set_aside_by", "set_aside_why", "looked_at", "looked_at_by"])
    audit.record("eligibility.set_aside", actor=actor, row=row, client_id=row.client_id, after={"why": why})
    return row


@transaction.atomic
def count_again(*, actor: Actor, check_id: int) -> EligibilityCheck:
    """Takes back that an answer was set aside."""
    actor.require("eligibility:edit")
    row = _locked(actor, check_id)
    row.set_aside_at, row.set_aside_by, row.set_aside_why = None, "", ""
    row.save(update_fields=["set_aside_at", "set_aside_by", "set_aside_why"])
    audit.record("eligibility.counts_again", actor=actor, row=row, client_id=row.client_id)
    return row


@transaction.atomic
def use_copay(*, actor: Actor, check_id: int) -> Coverage:
    """Puts the payer's copay on the coverage, from where it is due at sessions."""
    actor.require("eligibility:edit")
    row = _locked(actor, check_id)
    copay = from_data(row.facts).copay
    if copay is None or copay.amount is None:
        raise EligibilityRefusedError("The answer names no single copay.")
    values = {name: getattr(row.coverage, name) for name in _KEPT} | {"payer": row.coverage.payer}
    return _in_words(
        lambda: change_coverage(actor=actor, coverage_id=row.coverage_id, **(values | {"copay": copay.amount}))
    )


@transaction.atomic
def use_payer(*, actor: Actor, check_id: int, position: int) -> Coverage:
    """Makes the payer that a carve-out names the client's coverage.

    In place where nothing was claimed under the coverage yet; otherwise as a coverage of its own from the day that
    was asked about, and the former one ends the day before. EligibilityRefusedError where that payer is not in use.
    """
    actor.require("eligibility:edit")
    row = _locked(actor, check_id)
    parties = from_data(row.facts).carve_outs
    if not 0 <= position < len(parties):
        raise Http404
    payer = payer_of(parties[position])
    if payer is None:
        raise EligibilityRefusedError(f"{parties[position].name} is not among the practice’s payers yet. Add it first.")
    coverage = row.coverage
    if not Claim.objects.filter(coverage=coverage).exists():
        values = {name: getattr(coverage, name) for name in _KEPT} | {"payer": payer, "plan_name": "", "copay": None}
        return _in_words(lambda: change_coverage(actor=actor, coverage_id=coverage.pk, **values))
    values = {name: getattr(coverage, name) for name in COPIED}
    values |= {"payer": payer, "starts_on": max(row.service_on, today_of(actor)), "ends_on": coverage.ends_on}
    return _in_words(lambda: add_coverage(actor=actor, client_id=row.client_id, end_former=True, **values))


def payer_of(party: Party) -> PracticePayer | None:
    """The practice's payer that an answer names, by its ID here or at a clearinghouse, else by its name."""
    named = Q(name__iexact=party.name)
    if party.id:
        numbered = PayerNumber.objects.filter(number__iexact=party.id).values("payer")
        named |= Q(payer_id__iexact=party.id) | Q(pk__in=numbered)
    return PracticePayer.objects.filter(named, is_active=True).order_by("pk").first()


@transaction.atomic
def change_settings(*, actor: Actor, asks_by_itself: bool, service_type: str, good_for_days: int) -> None:
    """Sets whether the practice asks by itself, by what, and how long an answer is good for."""
    actor.require("practice:edit")
    row, _ = EligibilitySettings.objects.get_or_create()
    values = {"asks_by_itself": asks_by_itself, "service_type": service_type, "good_for_days": good_for_days}
    save_changed("eligibility.settings_changed", actor, row, values)


def _locked(actor: Actor, check_id: int) -> EligibilityCheck:
    rows = EligibilityCheck.objects.select_for_update(no_key=True, of=("self",)).select_related("coverage__payer")
    row = rows.filter(pk=check_id, client__in=visible_clients(actor)).first()
    if row is None:
        raise Http404
    return row


def _in_words(change: Callable[[], Coverage]) -> Coverage:
    """Does it; why clients' records refuse it is said as our own refusal."""
    try:
        return change()
    except ClientRefusedError as error:
        raise EligibilityRefusedError(str(error)) from error
