"""From charges to claims: one claim for each insured attendance, with its add-ons on lines of their own."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from django.db import transaction

from billing.claims import events, numbers, wanted
from billing.claims.authorizing import NOT_AUTHORIZED, Authorized, authorizations
from billing.models import Charge, Claim, ClaimEvent, ClaimLine
from practice import audit, clock, states
from practice.actors import Actor
from practice.models import PayerRules
from practice.money import total
from practice.payer_rules import Rulebook, rulebook
from scheduling.models import Attendance

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
    allowed = authorizations(list(attendances.values()))
    rules = rulebook({row.coverage.payer_id for row in attendances.values() if row.coverage})
    pairs = [_claim(attendances[pk], rows, allowed.get(pk, NOT_AUTHORIZED), rules) for pk, rows in insured.items()]
    return _save(pairs, actor)


def _attendances(ids: Mapping[int, object]) -> dict[int, Attendance]:
    """With whom they name: table by table, for a join of four is at the mercy of the planner."""
    rows = Attendance.objects.filter(pk__in=list(ids)).prefetch_related("coverage__payer", "rendering")
    return {row.pk: row for row in rows}


def _claim(row: Attendance, charges: Sequence[Charge], authorized: Authorized, rules: Rulebook) -> Made:
    if row.coverage is None or row.rendering_id is None:
        raise ValueError(f"Attendance {row.pk} was charged to an insurer without coverage or clinician.")
    first = charges[0]
    wants = rules.on(row.coverage.payer_id, first.service_on)
    rendering_id, supervising_id = wanted.people(row.rendering_id, row, wants)
    claim = Claim(
        attendance=row,
        client_id=row.client_id,
        coverage=row.coverage,
        payer=row.coverage.payer,
        rendering_id=rendering_id,
        supervising_id=supervising_id,
        number=numbers.new_number(),
        total=total(charge.amount for charge in charges),
        service_on=first.service_on,
        place_of_service=wants.place_for(row.place_of_service),
        diagnoses=row.diagnoses,
        authorization_number=authorized.number,
        delay_reason=row.late_reason,
        made_at=clock.now(),
    )
    wanted.apply_rules(claim, wants)
    return claim, _lines(claim, row, charges, authorized, wants)


def _lines(
    claim: Claim, row: Attendance, charges: Sequence[Charge], authorized: Authorized, wants: PayerRules
) -> list[ClaimLine]:
    """The session first, then its add-ons; each with what the payer wants on every line."""
    every, level = wanted.marks(row, wants)
    ordered = sorted(charges, key=lambda charge: (charge.kind != Charge.Kind.SESSION, charge.pk))
    lines = []
    for position, charge in enumerate(ordered, 1):
        line = line_of(claim, charge, position, every if charge.kind == Charge.Kind.ADD_ON else level)
        line.authorization_number = authorized.for_line(charge.code)
        lines.append(line)
    return lines


def line_of(claim: Claim, charge: Charge, position: int, marks: Sequence[str]) -> ClaimLine:
    """The line of a charge; an add-on carries what the session says about how it was given."""
    return ClaimLine(
        claim=claim,
        charge=charge,
        position=position,
        reference=f"{claim.number}L{position:02}",
        code=charge.code,
        modifiers=wanted.with_marks(charge.modifiers, marks),
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
