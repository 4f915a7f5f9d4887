"""From charges to claims: the sessions that their payer wants together on one, each with its add-ons beside it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from django.db import transaction

from billing.claims import events, numbers, wanted
from billing.claims.asking import Asking, askings
from billing.claims.grouping import together
from billing.claims.sessions import record_sessions
from billing.models import Charge, Claim, ClaimEvent, ClaimLine
from practice import audit, clock, states
from practice.actors import Actor
from practice.money import total

Made = tuple[Claim, list[ClaimLine], list[int]]
"""A claim with its lines and the sessions it asks for."""


@transaction.atomic
def make_many(charges: Sequence[Charge], *, actor: Actor) -> list[Claim]:
    """Makes the claims of new insured charges, ready to be batched, in a constant number of statements."""
    actor.require("billing:edit", "claims:edit")
    insured: dict[int, list[Charge]] = {}
    for charge in charges:
        if charge.payer_id is not None:
            insured.setdefault(charge.attendance_id, []).append(charge)
    return _save([_claim(rows) for rows in together(askings(insured))], actor)


def _claim(rows: Sequence[Asking]) -> Made:
    """One claim for sessions that are alike; what is not a line's own is the first one's, as it is the others'."""
    first, last = rows[0], rows[-1].on
    claim = Claim(
        attendance=first.row,
        client_id=first.row.client_id,
        coverage=first.coverage,
        payer=first.coverage.payer,
        rendering_id=first.rendering_id,
        supervising_id=first.supervising_id,
        number=numbers.new_number(),
        total=total(charge.amount for one in rows for charge in one.charges),
        service_on=first.on,
        served_until=last if last > first.on else None,
        session_count=len(rows),
        place_of_service=first.place,
        diagnoses=first.row.diagnoses,
        authorization_number=first.authorized.number,
        delay_reason=first.row.late_reason,
        made_at=clock.now(),
    )
    wanted.apply_rules(claim, first.wants)
    return claim, _lines(claim, rows), [one.row.pk for one in rows]


def _lines(claim: Claim, rows: Iterable[Asking]) -> list[ClaimLine]:
    """Session by session its own line first, then its add-ons; each with what the payer wants on every line."""
    lines: list[ClaimLine] = []
    for one in rows:
        every, level = wanted.marks(one.row, one.wants)
        for charge in one.charges:
            is_add_on = charge.kind == Charge.Kind.ADD_ON
            line = line_of(claim, charge, len(lines) + 1, every if is_add_on else level)
            line.authorization_number = one.authorized.for_line(charge.code)
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


def _save(made: Sequence[Made], actor: Actor) -> list[Claim]:
    claims = Claim.objects.bulk_create([claim for claim, _, _ in made], batch_size=500)
    for claim, lines, _ in made:
        for line in lines:
            line.claim_id = claim.pk
    ClaimLine.objects.bulk_create([line for _, lines, _ in made for line in lines], batch_size=1000)
    record_sessions((claim, attendance_ids) for claim, _, attendance_ids in made)
    numbers.register(claims)
    states.record_first(claims, actor=actor)
    title = "Claim made"
    events.record(events.event(claim, ClaimEvent.Kind.MADE, title, actor=actor) for claim in claims)
    audit.record_many(audit.event("claim.made", actor=actor, row=row, client_id=row.client_id) for row in claims)
    return claims
