"""Makes a claim of a former system from the answer to it, so that its money is posted and paid out like any other.

The charge stands against opening balance, never against revenue: it was earned and billed before. What was brought
over as owed by insurers for the client is that same money, and is used up first.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Final

from django.db import transaction
from django.db.models import Q, Sum
from django.http import Http404

from billing.charges import facts_of
from billing.claims import events, numbers
from billing.claims.sessions import record_sessions
from billing.ledger import services as ledger
from billing.ledger.postings import ChargeFacts, Posting, about
from billing.ledger.services import Draft
from billing.legacy.sessions import REASON, Billed, Case, sessions
from billing.models import (
    Account,
    Charge,
    Claim,
    ClaimEvent,
    ClaimLine,
    Entry,
    InboundTransaction,
    LedgerLine,
    LegacyClaim,
    RemittanceClaim,
    RemittanceLine,
)
from billing.remittances.errors import NotReadyError, RemittanceRefusedError
from billing.remittances.holding import judge_again
from billing.remittances.parts import follow
from billing.remittances.services import locked
from clients.models import Client, Coverage
from clinicians.models import Clinician
from practice import audit, clock, states
from practice.actors import Actor
from practice.models import Practice, Service
from practice.money import ZERO, total
from scheduling.models import Attendance

_OPEN: Final = frozenset({"held", "ready"})


@transaction.atomic
def make(remittance_claim_id: int, *, client_id: int, clinician_id: int, actor: Actor, practice: Practice) -> Claim:
    """The claim, matched to the answer it is made from; RemittanceRefusedError says what is missing for it.

    A session that was brought over for that client and day is used, else one is made beside it.
    """
    actor.require("remittances:edit")
    actor.require("billing:edit")
    row = _answer(remittance_claim_id)
    client = Client.objects.select_for_update(no_key=True, of=("self",)).filter(pk=client_id).first()
    clinician = Clinician.objects.filter(pk=clinician_id).first()
    if client is None or clinician is None:
        raise Http404
    billed = _billed(row)
    coverage = _coverage(row, client, billed[0].on)
    services = _services(billed)
    case = Case(row, client, clinician, coverage, practice)
    found, made = sessions(case, billed, services)
    charges = _charge(case, billed, found)
    _post(charges, practice=practice, actor=actor)
    claim = _claim(case, charges, found[billed[0].on], actor)
    LegacyClaim.objects.create(
        claim=claim, remittance_claim=row, number=row.number, made_session=made, made_at=clock.now(),
        made_by_name=actor.name,
    )  # fmt: skip
    _match(row, claim, charges, billed)
    audit.record("claim.legacy_made", actor=actor, row=claim, client_id=client.pk, after={"total": str(claim.total)})
    judge_again(row.remittance, actor=actor)
    follow(row.remittance, InboundTransaction.Status.APPLIED, actor=actor, reason=REASON)
    return claim


@transaction.atomic
def undo(claim_id: int, *, actor: Actor, practice: Practice) -> Claim:
    """Takes a legacy claim back by the opposite entries; RemittanceRefusedError while something rests on it."""
    actor.require("remittances:edit")
    actor.require("billing:edit")
    legacy = LegacyClaim.objects.filter(claim=claim_id, undone_at=None).first()
    if legacy is None:
        raise Http404
    waiting = list(RemittanceClaim.objects.filter(claim=claim_id).values_list("remittance_id", flat=True))
    remittances = [locked(pk) for pk in sorted(set(waiting))]
    claim = Claim.objects.select_for_update(no_key=True, of=("self",)).get(pk=claim_id)
    charges = list(Charge.objects.select_for_update(no_key=True).filter(claim_lines__claim=claim).order_by("pk"))
    _refuse_rests(charges)
    entries = Entry.objects.filter(
        kind=Entry.Kind.OPENING, lines__charge__in=charges, reversals__isnull=True
    ).distinct()
    ledger.reverse_many(list(entries.order_by("pk")), practice=practice, actor=actor, memo="Legacy claim undone")
    Charge.objects.filter(pk__in=[one.pk for one in charges]).update(undone_at=clock.now())
    LegacyClaim.objects.filter(pk=legacy.pk).update(undone_at=clock.now())
    states.transition(claim, Claim.Status.VOIDED, actor=actor, reason="Legacy claim undone")
    if legacy.made_session:
        _cancel(charges, actor)
    RemittanceLine.objects.filter(remittance_claim__claim=claim).update(charge=None)
    RemittanceClaim.objects.filter(claim=claim).update(claim=None, match=RemittanceClaim.Match.NONE)
    audit.record("claim.legacy_undone", actor=actor, row=claim, client_id=claim.client_id)
    for remittance in remittances:
        judge_again(remittance, actor=actor)
    return claim


def _answer(pk: int) -> RemittanceClaim:
    number = RemittanceClaim.objects.filter(pk=pk).values_list("remittance_id", flat=True).first()
    remittance = locked(number or 0)
    row = RemittanceClaim.objects.get(pk=pk)
    row.remittance = remittance
    if remittance.status not in _OPEN or row.claim_id is not None:
        raise NotReadyError("This answer has its claim already, or its remittance is posted.")
    if row.is_reversal:
        raise RemittanceRefusedError("A payer takes an answer back here. Find the answer that was posted before.")
    return row


def _billed(row: RemittanceClaim) -> list[Billed]:
    """The services of the answer, by day and code; what has no line is one service of the claim's own day."""
    found: dict[tuple[dt.date, str], list[RemittanceLine]] = {}
    for line in RemittanceLine.objects.filter(remittance_claim=row).order_by("position"):
        on = line.service_on or row.service_on
        if on is None:
            raise RemittanceRefusedError("The payer wrote no date of service, so no session can be made of it.")
        found.setdefault((on, line.original or line.code), []).append(line)
    if not found:
        raise RemittanceRefusedError("The payer wrote no service lines, so nobody can tell what was billed.")
    return [_service_of(key, lines) for key, lines in sorted(found.items(), key=lambda one: one[1][0].position)]


def _service_of(key: tuple[dt.date, str], lines: Sequence[RemittanceLine]) -> Billed:
    amount: Decimal = total(line.charged for line in lines)
    if amount < ZERO:
        raise RemittanceRefusedError("A charge below zero is no service. Say that the claim is not yours.")
    units = max(int(line.units or 1) for line in lines)
    return Billed(key[1][:5], key[0], amount, max(units, 1), tuple(lines[0].modifiers), tuple(lines))


def _coverage(row: RemittanceClaim, client: Client, on: dt.date) -> Coverage:
    """The client's coverage with the payer of the payment on that day, else by its member ID, else the primary one."""
    rows = Coverage.objects.filter(client=client).select_related("payer")
    that_day = Q(starts_on__lte=on) & (Q(ends_on=None) | Q(ends_on__gte=on))
    by_payer = rows.filter(payer=row.remittance.payer_id) if row.remittance.payer_id else rows.none()
    by_number = rows.filter(member_id__iexact=row.member_id) if row.member_id else rows.none()
    for choice in (by_payer.filter(that_day), by_number, by_payer, rows.filter(that_day)):
        found = choice.order_by("-starts_on", "pk").first()
        if found is not None:
            return found
    raise RemittanceRefusedError(f"{client.name} has no insurance on file. Add the coverage first.")


def _services(billed: Sequence[Billed]) -> dict[str, Service]:
    known = {one.code: one for one in Service.objects.filter(code__in=[one.code for one in billed])}
    missing = [one.code for one in billed if one.code not in known]
    if missing:
        raise RemittanceRefusedError(f"{missing[0]} is none of your services. Add it in Settings first.")
    return known


def _charge(case: Case, billed: Sequence[Billed], found: dict[dt.date, Attendance]) -> list[Charge]:
    begun: set[dt.date] = set()
    rows = []
    for one in billed:
        kind = Charge.Kind.ADD_ON if one.on in begun else Charge.Kind.SESSION
        begun.add(one.on)
        rows.append(
            Charge(
                attendance=found[one.on],
                client=case.client,
                clinician=case.clinician,
                coverage=case.coverage,
                payer=case.coverage.payer,
                kind=kind,
                code=one.code,
                modifiers=list(one.modifiers),
                units=one.units,
                amount=one.amount,
                service_on=one.on,
                made_at=clock.now(),
            )
        )
    return Charge.objects.bulk_create(rows)


def _post(charges: Sequence[Charge], *, practice: Practice, actor: Actor) -> None:
    """Owed by insurers against opening balance; what was brought over for the client without a charge goes down."""
    left = _brought_over(charges[0])
    drafts = []
    for charge in charges:
        part = min(left, charge.amount)
        left -= part
        if charge.amount:
            drafts.append(Draft(Entry.Kind.OPENING, _lines(facts_of(charge), part), charge.service_on, memo=REASON))
    ledger.post_many(drafts, practice=practice, actor=actor)


def _lines(facts: ChargeFacts, brought_over: Decimal) -> list[Posting]:
    subjects = about(facts)
    lines = [
        replace(subjects, account=Account.INSURER_RECEIVABLE, amount=facts.amount),
        replace(subjects, account=Account.OPENING_BALANCE, amount=-facts.amount),
    ]
    if brought_over:
        client = Posting("", ZERO, client_id=facts.client_id, payer_id=facts.payer_id)
        lines += [
            replace(client, account=Account.OPENING_BALANCE, amount=brought_over),
            replace(client, account=Account.INSURER_RECEIVABLE, amount=-brought_over),
        ]
    return lines


def _brought_over(charge: Charge) -> Decimal:
    """What insurers owe for the client without a charge: an opening balance of the former system."""
    rows = LedgerLine.objects.filter(client=charge.client_id, charge__isnull=True, account=Account.INSURER_RECEIVABLE)
    found: Decimal = rows.filter(Q(payer=charge.payer_id) | Q(payer__isnull=True)).aggregate(
        sum=Sum("amount", default=ZERO)
    )["sum"]
    return max(found, ZERO)


def _claim(case: Case, charges: Sequence[Charge], attendance: Attendance, actor: Actor) -> Claim:
    first, last = min(one.service_on for one in charges), max(one.service_on for one in charges)
    sessions = dict.fromkeys(one.attendance_id for one in charges)
    claim = Claim.objects.create(
        attendance=attendance,
        client=case.client,
        coverage=case.coverage,
        payer=case.coverage.payer,
        rendering=case.clinician,
        number=numbers.new_number(),
        payer_control_number=case.row.payer_control_number,
        status=Claim.Status.ACCEPTED,
        total=total(one.amount for one in charges),
        service_on=first,
        served_until=last if last > first else None,
        session_count=len(sessions),
        place_of_service=attendance.place_of_service,
        diagnoses=attendance.diagnoses,
        made_at=clock.now(),
    )
    ClaimLine.objects.bulk_create(
        ClaimLine(
            claim=claim,
            charge=one,
            position=place,
            reference=f"{claim.number}L{place:02}",
            code=one.code,
            modifiers=one.modifiers,
            units=one.units,
            amount=one.amount,
            service_on=one.service_on,
        )
        for place, one in enumerate(charges, 1)
    )
    record_sessions([(claim, sessions)])
    numbers.register([claim])
    states.record_first([claim], actor=actor, reason=REASON)
    number = case.row.number
    said = f"Made from the payer’s answer{f' to {number}' if number else ''}."
    events.record([events.event(claim, ClaimEvent.Kind.MADE, REASON, actor=actor, detail=said)])
    return claim


def _match(row: RemittanceClaim, claim: Claim, charges: Sequence[Charge], billed: Sequence[Billed]) -> None:
    row.claim_id, row.match = claim.pk, RemittanceClaim.Match.HAND
    row.save(update_fields=["claim", "match"])
    lines = [(line, charge) for one, charge in zip(billed, charges, strict=True) for line in one.lines]
    for line, charge in lines:
        line.charge_id = charge.pk
    RemittanceLine.objects.bulk_update([line for line, _ in lines], ["charge"], batch_size=500)


def _refuse_rests(charges: Sequence[Charge]) -> None:
    """Nothing but its own charge may stand on it."""
    rows = LedgerLine.objects.filter(charge__in=charges)
    accounts = (Account.OPENING_BALANCE, Account.INSURER_RECEIVABLE)
    sums = dict(rows.values_list("account").annotate(sum=Sum("amount")))
    whole = total(charge.amount for charge in charges)
    others = {account: amount for account, amount in sums.items() if amount and account not in accounts}
    if others or sums.get(Account.INSURER_RECEIVABLE, ZERO) != whole:
        raise RemittanceRefusedError("Money was posted on this claim. Take that posting back first.")


def _cancel(charges: Sequence[Charge], actor: Actor) -> None:
    """The sessions that were made with it did not take place here after all."""
    rows = list(Attendance.objects.filter(pk__in={one.attendance_id for one in charges}, brought_over=True))
    for state in (Attendance.Status.HELD, Attendance.Status.CANCELED):
        states.transition_many(rows, state, actor=actor, reason="Legacy claim undone")
