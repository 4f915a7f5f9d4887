"""What changes how a payer wants claims, from a day on; each change can be taken back."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any, Final

from django.db import IntegrityError, transaction

from practice import audit, clock
from practice.actors import Actor
from practice.errors.database import constraint_of
from practice.models import PayerRules, PracticePayer
from practice.models.payer_rules import ALWAYS
from practice.payer_rules import RULES, usual
from practice.setup.errors import SetupRefusedError
from practice.setup.services import _common

PERMISSIONS: Final = ("practice:edit", "claims:edit")
_DAY: Final = dt.timedelta(days=1)


@transaction.atomic
def set_rules(*, actor: Actor, payer_id: int, starts_on: dt.date, facts: Mapping[str, Any]) -> PayerRules:
    """What the payer wants from a day on, with the facts of `practice.payer_rules.RULES`; the others stay as usual.

    The rules that ran until then end the day before, later ones stay as they are, and those that began on this very
    day are corrected. Claims that are made keep what they were made with.
    """
    actor.require(*PERMISSIONS)
    payer = _common.locked(PracticePayer, payer_id)
    rules = PayerRules(payer=payer, starts_on=starts_on)
    _common.fill(rules, _checked(usual(payer.claim_filing_indicator) | dict(facts)))
    rules.replaces = _in_force(payer_id).filter(starts_on=starts_on).first()
    _refuse_the_same(rules)
    if rules.replaces is not None:
        _withdraw(rules.replaces)
    _put_in(rules)
    audit.record("payer.rules_set", actor=actor, row=rules, before=_before(rules), after=audit.snapshot(rules))
    return rules


@transaction.atomic
def take_back_rules(*, actor: Actor, rules_id: int) -> PayerRules:
    """Takes a change of the rules back: what it corrected counts again, else what counted before it goes on."""
    actor.require(*PERMISSIONS)
    rules = _locked(rules_id)
    if rules.withdrawn_at is not None:
        raise SetupRefusedError("This change is taken back already.")
    _take_out(rules)
    if rules.replaces is not None:
        _put_in(rules.replaces)
    audit.record("payer.rules_taken_back", actor=actor, row=rules, before=audit.snapshot(rules, ("starts_on",)))
    return rules


@transaction.atomic
def restore_rules(*, actor: Actor, rules_id: int) -> PayerRules:
    """Puts a change that was taken back in force again. SetupRefusedError where its day has other rules now."""
    actor.require(*PERMISSIONS)
    rules = _locked(rules_id)
    there = _in_force(rules.payer_id).filter(starts_on=rules.starts_on).first()
    if rules.withdrawn_at is None or (there is not None and there.pk != rules.replaces_id):
        raise SetupRefusedError("Other rules count from that day meanwhile. Correct those instead.")
    if there is not None:
        _withdraw(there)
    _put_in(rules)
    audit.record("payer.rules_restored", actor=actor, row=rules, after=audit.snapshot(rules, ("starts_on",)))
    return rules


def first_rules(payer: PracticePayer, facts: Mapping[str, Any], *, actor: Actor) -> None:
    """What a new payer wants from the beginning, written down only where it is not the usual."""
    wanted = usual(payer.claim_filing_indicator) | {name: facts[name] for name in RULES if name in facts}
    if wanted != usual():
        set_rules(actor=actor, payer_id=payer.pk, starts_on=ALWAYS, facts=wanted)


def _checked(facts: Mapping[str, Any]) -> dict[str, Any]:
    if unknown := set(facts) - set(RULES):
        raise TypeError(f"These are no rules of a payer: {sorted(unknown)}.")
    for name in ("filing_days", "secondary_filing_days"):
        if not facts[name]:
            raise SetupRefusedError("A claim can be filed for at least one day.", name)
    modifier = str(facts["supervised_modifier"]).strip().upper()
    return dict(facts) | {"note": str(facts["note"]).strip(), "supervised_modifier": modifier}


def _refuse_the_same(rules: PayerRules) -> None:
    """A change that changes nothing would only be in the way."""
    now = rules.replaces or _in_force(rules.payer_id).filter(starts_on__lt=rules.starts_on).first()
    said = usual() if now is None else {name: getattr(now, name) for name in RULES}
    if said == {name: getattr(rules, name) for name in RULES}:
        raise SetupRefusedError("These are the rules that count already. Change one of them.")


def _put_in(rules: PayerRules) -> None:
    """Gives the rules the days from their first on, up to the next ones."""
    others = _in_force(rules.payer_id).exclude(pk=rules.pk)
    before = others.filter(starts_on__lt=rules.starts_on).first()
    after = others.filter(starts_on__gt=rules.starts_on).last()
    if before is not None:
        before.ends_on = rules.starts_on - _DAY
        before.save(update_fields=["ends_on"])
    rules.ends_on = after.starts_on - _DAY if after else None
    rules.withdrawn_at = None
    _save(rules)


def _take_out(rules: PayerRules) -> None:
    """Those before go on over its days."""
    _withdraw(rules)
    before = _in_force(rules.payer_id).filter(starts_on__lt=rules.starts_on).first()
    if before is not None and rules.replaces is None:
        before.ends_on = rules.ends_on
        before.save(update_fields=["ends_on"])


def _save(rules: PayerRules) -> None:
    try:
        with transaction.atomic():
            rules.save()
    except IntegrityError as error:
        if constraint_of(error) != "payer_rules_one_at_a_time":
            raise
        raise SetupRefusedError("Other rules were saved for these days meanwhile. Look again.", "starts_on") from error


def _withdraw(rules: PayerRules) -> None:
    rules.withdrawn_at = clock.now()
    rules.save(update_fields=["withdrawn_at"])


def _in_force(payer_id: int) -> Any:
    """The payer's rules that count on some day, the latest first."""
    return PayerRules.objects.filter(payer=payer_id, withdrawn_at=None).order_by("-starts_on")


def _locked(rules_id: int) -> PayerRules:
    """The rules, under the lock of their payer; Http404 when there are none."""
    payer_id = PayerRules.objects.filter(pk=rules_id).values_list("payer_id", flat=True).first()
    _common.locked(PracticePayer, payer_id or 0)
    return _common.locked(PayerRules, rules_id)


def _before(rules: PayerRules) -> dict[str, Any]:
    if rules.replaces is None:
        return {}
    return {name: getattr(rules.replaces, name) for name in RULES}
