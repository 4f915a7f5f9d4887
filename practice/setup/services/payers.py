"""What changes which payers the practice bills, since when they answer, and their numbers."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any, Final

from django.db import transaction
from django.http import Http404

from practice import audit
from practice.actors import Actor
from practice.models import PayerDirectoryEntry, PayerEnrollment, PayerNumber, PracticePayer
from practice.setup.clearinghouses import CLEARINGHOUSES
from practice.setup.selectors import get_settings
from practice.setup.services import _common
from practice.setup.services.payer_rules import first_rules

FACTS: Final = ("name", "payer_id", "claim_filing_indicator")
_NAME: Final = 60


@transaction.atomic
def add_directory_payer(*, actor: Actor, entry_id: int) -> PracticePayer:
    """Takes a payer of the shared directory into use; its ID is a first guess until the clearinghouse confirms it."""
    actor.require("practice:edit")
    entry = PayerDirectoryEntry.objects.filter(pk=entry_id).first()
    if entry is None:
        raise Http404
    payer = PracticePayer(directory_entry=entry)
    facts = {"name": entry.name[:_NAME], "payer_id": entry.payer_id}
    _common.fill(payer, _checked(payer, facts | {"claim_filing_indicator": entry.claim_filing_indicator or "CI"}))
    _common.save_new(payer, actor=actor, action="payer.added")
    first_rules(payer, {}, actor=actor)
    return payer


@transaction.atomic
def add_own_payer(*, actor: Actor, **facts: Any) -> PracticePayer:
    """Adds a payer that the directory does not have, with the facts named in `FACTS` and what it wants of claims."""
    actor.require("practice:edit")
    payer = PracticePayer()
    _common.fill(payer, _checked(payer, facts))
    _common.save_new(payer, actor=actor, action="payer.added")
    first_rules(payer, facts, actor=actor)
    return payer


@transaction.atomic
def change_payer(
    *,
    actor: Actor,
    payer_id: int,
    facts: Mapping[str, Any],
    enrolled_since: Mapping[str, dt.date | None],
    numbers: Mapping[str, str],
) -> PracticePayer:
    """Changes a payer: the facts named in `FACTS`, since when it answers each transaction (837, 835, 270; None for
    not yet), and its ID at each clearinghouse (empty where it is the usual one).
    """
    actor.require("practice:edit")
    payer = _common.locked(PracticePayer, payer_id)
    _common.save_changed(payer, _checked(payer, facts), actor=actor, action="payer.changed")
    before = {**_enrollments(payer), **_numbers(payer)}
    _replace_enrollments(payer, enrolled_since)
    _replace_numbers(payer, numbers)
    was, became = audit.changes(before, _emptied(before) | _enrollments(payer) | _numbers(payer))
    if became:
        audit.record("payer.connected", actor=actor, row=payer, before=was, after=became)
    return payer


@transaction.atomic
def switch_payer(*, actor: Actor, payer_id: int, is_active: bool) -> PracticePayer:
    """Stops billing a payer, or starts again; coverages and claims that name it stay."""
    actor.require("practice:edit")
    payer = _common.locked(PracticePayer, payer_id)
    _common.save_changed(payer, {"is_active": is_active}, actor=actor, action="payer.switched")
    return payer


def _checked(payer: PracticePayer, facts: Mapping[str, Any]) -> dict[str, Any]:
    values = {name: facts[name] for name in FACTS if name in facts}
    values["name"] = str(values.get("name", payer.name)).strip()
    taken = PracticePayer.objects.filter(name__iexact=values["name"])
    _common.refuse_taken_name(taken, payer, f"There is a payer called {values['name']} already.")
    return values


def _enrollments(payer: PracticePayer) -> dict[str, Any]:
    return dict(PayerEnrollment.objects.filter(payer=payer).values_list("transaction", "since"))


def _numbers(payer: PracticePayer) -> dict[str, Any]:
    return dict(PayerNumber.objects.filter(payer=payer).values_list("clearinghouse", "number"))


def _emptied(before: Mapping[str, Any]) -> dict[str, Any]:
    return dict.fromkeys(before)


def _replace_enrollments(payer: PracticePayer, since: Mapping[str, dt.date | None]) -> None:
    """Writes the dates down; a new one is for the NPI under which the practice bills now."""
    known, npi = _enrollments(payer), get_settings().npi
    for transaction_code in PayerEnrollment.Transaction.values:
        date = since.get(transaction_code)
        if date is None:
            PayerEnrollment.objects.filter(payer=payer, transaction=transaction_code).delete()
        elif known.get(transaction_code) != date:
            PayerEnrollment.objects.update_or_create(
                payer=payer, transaction=transaction_code, defaults={"since": date, "npi": npi}
            )


def _replace_numbers(payer: PracticePayer, numbers: Mapping[str, str]) -> None:
    for clearinghouse in CLEARINGHOUSES:
        number = numbers.get(clearinghouse, "").strip()
        if not number:
            PayerNumber.objects.filter(payer=payer, clearinghouse=clearinghouse).delete()
        else:
            PayerNumber.objects.update_or_create(payer=payer, clearinghouse=clearinghouse, defaults={"number": number})
