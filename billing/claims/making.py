"""From charges to claims: one claim for each insured attendance, with its add-ons on lines of their own."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Final

from django.db import transaction

from billing.claims import events, numbers
from billing.claims.authorizing import authorization_numbers
from billing.models import Charge, Claim, ClaimEvent, ClaimLine
from practice import audit, clock, states
from practice.actors import Actor
from practice.models import PracticePayer
from practice.money import total
from scheduling.models import Attendance

_FOR_EVERY_LINE: Final = frozenset({"95", "GT", "93", "FQ"})
Made = tuple[Claim, list[ClaimLine]]


@transaction.atomic
def make_many(charges: Sequence[Charge], *, actor: Actor) -> list[Claim]:
    """Makes the claims of new insured charges, ready to be batched, in a constant number of statements."""
    actor.require("billing:edit", "claims:edit")
    insured: dict[int, list[Charge]] = {}
    for charge in charges:
        if charge.payer_id is not None:
            insured.setdefault(charge.attendance_id, []).append(charge)
    attendances = _attendances(insured)
    allowed = authorization_numbers(list(attendances.values()))
    pairs = [_claim(attendances[pk], rows, allowed.get(pk, "")) for pk, rows in insured.items()]
    return _save(pairs, actor)


def _attendances(ids: Mapping[int, object]) -> dict[int, Attendance]:
    rows = Attendance.objects.filter(pk__in=list(ids)).select_related("coverage__payer", "session")
    return {row.pk: row for row in rows}


def _claim(row: Attendance, charges: Sequence[Charge], authorization: str) -> Made:
    if row.coverage is None or row.rendering_id is None:
        raise ValueError(f"Attendance {row.pk} was charged to an insurer without coverage or clinician.")
    payer, first = row.coverage.payer, charges[0]
    above = row.supervising_id
    by_supervisor = payer.supervised == PracticePayer.Supervised.SUPERVISOR
    named = payer.supervised == PracticePayer.Supervised.ASSOCIATE
    claim = Claim(
        attendance=row,
        client_id=row.client_id,
        coverage=row.coverage,
        payer=payer,
        rendering_id=above if by_supervisor and above else row.rendering_id,
        supervising_id=above if named else None,
        number=numbers.new_number(),
        total=total(charge.amount for charge in charges),
        service_on=first.service_on,
        file_by=first.service_on + dt.timedelta(days=payer.filing_days),
        place_of_service=row.place_of_service,
        diagnoses=row.diagnoses,
        authorization_number=authorization,
        made_at=clock.now(),
    )
    ordered = sorted(charges, key=lambda charge: (charge.kind != Charge.Kind.SESSION, charge.pk))
    marks = [mark for mark in row.modifiers if mark in _FOR_EVERY_LINE]
    return claim, [line_of(claim, charge, position, marks) for position, charge in enumerate(ordered, 1)]


def line_of(claim: Claim, charge: Charge, position: int, marks: Sequence[str]) -> ClaimLine:
    """The line of a charge; an add-on carries what the session says about how it was given."""
    modifiers = charge.modifiers or (list(marks) if charge.kind == Charge.Kind.ADD_ON else [])
    return ClaimLine(
        claim=claim,
        charge=charge,
        position=position,
        reference=f"{claim.number}L{position:02}",
        code=charge.code,
        modifiers=modifiers,
        units=charge.units,
        amount=charge.amount,
        service_on=charge.service_on,
    )


def _save(pairs: Sequence[Made], actor: Actor) -> list[Claim]:
    claims = Claim.objects.bulk_create([claim for claim, _ in pairs], batch_size=500)
    for claim, lines in pairs:
        for line in lines:
            line.claim_id = claim.pk
    ClaimLine.objects.bulk_create([line for _, lines in pairs for line in lines], batch_size=1000)
    numbers.register(claims)
    states.record_first(claims, actor=actor)
    title = "Claim made"
    events.record(events.event(claim, ClaimEvent.Kind.MADE, title, actor=actor) for claim in claims)
    audit.record_many(audit.event("claim.made", actor=actor, row=row, client_id=row.client_id) for row in claims)
    return claims
