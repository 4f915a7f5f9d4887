"""Makes the claim to another payer in place of one that was refused: an original, by that payer's own rules."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from billing.claims import numbers, wanted
from billing.claims.sessions import copy_sessions
from billing.models import Claim, ClaimLine
from billing.rebilling.moving import Move
from clients.authorizations import covers
from clients.models import Authorization
from practice import clock
from practice.models import PayerRules
from practice.payer_rules import Rulebook, rulebook
from scheduling.models import Attendance

_COPIED: Final = (
    "attendance_id", "client_id", "rendering_id", "supervising_id", "total", "service_on", "served_until",
    "session_count", "diagnoses",
)  # fmt: skip
_OF_LINE: Final = ("charge_id", "position", "code", "units", "amount", "service_on")


def make(moves: Sequence[Move]) -> list[Claim]:
    """The claims with their lines, saved and numbered, in a constant number of statements.

    What a person corrected on the former claim stays; place, modifiers, people and deadline follow the new payer.
    """
    rules = rulebook({payer for one in moves for payer in (one.claim.payer_id, one.plan.payer_id)})
    attended = Attendance.objects.filter(pk__in=[one.claim.attendance_id for one in moves]).select_related("rendering")
    attendances, allowed = {row.pk: row for row in attended}, _authorizations(moves)
    lines = _lines(moves)
    claims = [_claim(one, attendances[one.claim.attendance_id], rules) for one in moves]
    made = []
    for one, claim in zip(moves, claims, strict=True):
        claim.authorization_number = _authorized(allowed.get(one.plan.pk, []), lines[one.claim.pk])
    Claim.objects.bulk_create(claims, batch_size=500)
    for one, claim in zip(moves, claims, strict=True):
        marks = _Marks(one, attendances[claim.attendance_id], rules)
        made += [_line(row, claim, marks) for row in lines[one.claim.pk]]
    ClaimLine.objects.bulk_create(made, batch_size=1000)
    copy_sessions((one.claim, claim) for one, claim in zip(moves, claims, strict=True))
    numbers.register(claims)
    return claims


class _Marks:
    """Exchanges the modifiers that the former payer wanted for those of the new one."""

    def __init__(self, one: Move, row: Attendance, rules: Rulebook) -> None:
        before, after = _both(one, rules)
        self.instead = {before.video_modifier: after.video_modifier, before.audio_modifier: after.audio_modifier}
        self.before, self.after = wanted.marks(row, before)[1], wanted.marks(row, after)[1]

    def of(self, modifiers: Sequence[str]) -> list[str]:
        """The modifiers of a line as the new payer wants them."""
        own = [self.instead.get(mark, mark) for mark in modifiers if mark not in self.before]
        return wanted.with_marks([mark for mark in own if mark], self.after)


def _both(one: Move, rules: Rulebook) -> tuple[PayerRules, PayerRules]:
    on = one.claim.service_on
    return rules.on(one.claim.payer_id, on), rules.on(one.plan.payer_id, on)


def _claim(one: Move, row: Attendance, rules: Rulebook) -> Claim:
    before, after = _both(one, rules)
    claim = Claim(
        **{name: getattr(one.claim, name) for name in _COPIED},
        coverage=one.plan,
        payer=one.plan.payer,
        replaces=one.claim,
        number=numbers.new_number(),
        place_of_service=_place(one.claim.place_of_service, row, before, after),
        delay_reason=one.delay_reason,
        made_at=clock.now(),
    )
    if row.rendering_id is not None and one.claim.rendering_id == wanted.people(row.rendering_id, row, before)[0]:
        claim.rendering_id, claim.supervising_id = wanted.people(row.rendering_id, row, after)
    wanted.apply_rules(claim, after)
    return claim


def _place(place: str, row: Attendance, before: PayerRules, after: PayerRules) -> str:
    """The place as the new payer wants it; one that a person corrected stays."""
    return after.place_for(row.place_of_service) if place == before.place_for(row.place_of_service) else place


def _lines(moves: Sequence[Move]) -> dict[int, list[ClaimLine]]:
    found: dict[int, list[ClaimLine]] = {one.claim.pk: [] for one in moves}
    for row in ClaimLine.objects.filter(claim__in=list(found)).order_by("claim_id", "position"):
        found[row.claim_id].append(row)
    return found


def _line(row: ClaimLine, claim: Claim, marks: _Marks) -> ClaimLine:
    copied = {name: getattr(row, name) for name in _OF_LINE}
    reference = f"{claim.number}L{row.position:02}"
    return ClaimLine(**copied, claim=claim, reference=reference, modifiers=marks.of(row.modifiers))


def _authorizations(moves: Sequence[Move]) -> Mapping[int, list[Authorization]]:
    found: dict[int, list[Authorization]] = {}
    plans = {one.plan.pk for one in moves}
    for row in Authorization.objects.filter(coverage__in=plans).order_by("starts_on", "pk"):
        found.setdefault(row.coverage_id, []).append(row)
    return found


def _authorized(rows: Sequence[Authorization], lines: Sequence[ClaimLine]) -> str:
    """The number under which the new plan allows the session, where it has one for the day and the code."""
    named = (row.number for row in rows if lines and covers(row, lines[0].service_on, lines[0].code))
    return next(named, "")
