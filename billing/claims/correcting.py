"""Puts claims right: in place before they left, renumbered after a rejection, by another claim after a decision."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from django.db import transaction
from django.http import Http404

from billing.claims import events, numbers, wanted
from billing.claims.changed import told
from billing.claims.errors import ClaimRefusedError
from billing.claims.sessions import copy_sessions, take_off
from billing.models import Charge, Claim, ClaimEvent, ClaimLine, ClaimSession, Denial
from billing.rebilling import moving
from clients.models import Coverage
from practice import audit, clock, states
from practice.actors import Actor
from practice.models import StateChange
from practice.payer_rules import Rulebook, rulebook, rules_on

_IN_PLACE: Final = frozenset({Claim.Status.DRAFT, Claim.Status.READY, Claim.Status.REJECTED})
_DECIDED: Final = frozenset(
    {Claim.Status.ACCEPTED, Claim.Status.PAID, Claim.Status.PARTIALLY_PAID, Claim.Status.DENIED}
)
_OWN: Final = frozenset((
    "id", "practice_id", "number", "frequency", "replaces_id", "status", "problems", "made_at", "sent_at", "forwarded",
    "under_way",
))  # fmt: skip
_OWN_OF_LINE: Final = frozenset({"id", "practice_id", "claim_id", "reference"})
"""What a claim made in place of another does not take from it."""


@dataclass(frozen=True, slots=True)
class Correction:
    """What a person may change on a claim without touching the session. `modifiers` are by the line's position.

    With `coverage_id` another of the client's plans is asked, as long as no payer has judged the claim.
    """

    diagnoses: list[str]
    place_of_service: str
    authorization_number: str
    modifiers: dict[int, list[str]]
    payer_control_number: str = ""
    coverage_id: int | None = None
    delay_reason: str | None = None


@transaction.atomic
def correct(*, actor: Actor, claim_id: int, correction: Correction) -> Claim:
    """Changes a claim that has not left or was rejected, and makes it ready; ClaimRefusedError otherwise."""
    actor.require("claims:edit")
    claim = locked(claim_id)
    if claim.status not in _IN_PLACE:
        raise ClaimRefusedError("Only a claim that waits here or was rejected can be corrected. Replace this one.")
    lines = list(claim.lines.order_by("position"))
    before = _facts(claim, lines)
    apply(claim, lines, correction)
    if correction.coverage_id not in {None, claim.coverage_id}:
        _ask_another(claim, correction.coverage_id or 0)
    if claim.status == Claim.Status.REJECTED:
        renumber([claim])
    claim.problems = []
    claim.save()
    ClaimLine.objects.bulk_update(lines, ["modifiers"])
    if claim.status != Claim.Status.READY:
        states.transition(claim, Claim.Status.READY, actor=actor, reason="Corrected")
    old, new = audit.changes(before, _facts(claim, lines))
    audit.record("claim.corrected", actor=actor, row=claim, client_id=claim.client_id, before=old, after=new)
    said = told(old, new)
    events.record([events.event(claim, ClaimEvent.Kind.CORRECTED, "Corrected", actor=actor, detail=said)])
    return claim


@transaction.atomic
def replace(*, actor: Actor, claim_id: int, correction: Correction) -> Claim:
    """A new claim in place of one the payer has decided (CLM05-3 = 7); the old one is replaced.

    A payer that takes no replacements, as Medicare, gets it as an original.
    """
    original = Claim.objects.filter(pk=claim_id).first()
    frequency = frequency_after(original, rulebook([original.payer_id])) if original else Claim.Frequency.REPLACEMENT
    return _replace(actor, claim_id, frequency, correction)


@transaction.atomic
def void(*, actor: Actor, claim_id: int) -> Claim:
    """Tells the payer that the claim should not have been sent (CLM05-3 = 8), where it takes voids."""
    original = Claim.objects.filter(pk=claim_id).select_related("payer").first()
    if original is not None and not rules_on(original.payer_id, original.service_on).takes_replacements:
        raise ClaimRefusedError(
            f"{original.payer.name} takes no voids. Ask it to reopen the claim, or give the money back."
        )
    return _replace(actor, claim_id, Claim.Frequency.VOID, None)


@transaction.atomic
def withdraw(*, actor: Actor, claim_id: int) -> Claim:
    """Takes back a claim that has not left; a replacement's original is again what it was."""
    actor.require("claims:edit")
    claim = locked(claim_id)
    if claim.status not in _IN_PLACE:
        raise ClaimRefusedError("This claim is in a batch or has left. Hold the batch back first.")
    states.transition(claim, Claim.Status.WITHDRAWN, actor=actor)
    events.record([events.event(claim, ClaimEvent.Kind.WITHDRAWN, "Withdrawn", actor=actor)])
    audit.record("claim.withdrawn", actor=actor, row=claim, client_id=claim.client_id)
    if claim.replaces_id is not None:
        _give_back(claim, claim.replaces_id, actor)
    return claim


@transaction.atomic
def restore(*, actor: Actor, claim_id: int) -> Claim:
    """Makes a withdrawn original ready again under its next number, for those of its sessions that are still billed."""
    actor.require("claims:edit")
    claim = locked(claim_id)
    if refusal := why_not_restored(claim):
        raise ClaimRefusedError(refusal)
    if gone := set().union(*_gone(claim)):
        take_off([claim], gone, actor=actor, reason="Unbilled, or asked for with another claim, since it was withdrawn")
    renumber([claim])
    claim.save(update_fields=["number"])
    states.transition(claim, Claim.Status.READY, actor=actor, reason="Made ready again")
    events.record([events.event(claim, ClaimEvent.Kind.CORRECTED, "Made ready again", actor=actor)])
    audit.record("claim.restored", actor=actor, row=claim, client_id=claim.client_id)
    return claim


@transaction.atomic
def note(*, actor: Actor, claim_id: int, text: str) -> None:
    """Adds a note to the timeline."""
    actor.require("claims:edit")
    claim = locked(claim_id)
    if not text.strip():
        raise ClaimRefusedError("Write what you want to remember about this claim.")
    events.record([events.event(claim, ClaimEvent.Kind.NOTE, "Note", actor=actor, detail=text.strip()[:2000])])
    audit.record("claim.noted", actor=actor, row=claim, client_id=claim.client_id)


def locked(claim_id: int) -> Claim:
    """The claim, locked until the commit; Http404 when there is none."""
    claim = Claim.objects.select_for_update(no_key=True, of=("self",)).filter(pk=claim_id).first()
    if claim is None:
        raise Http404
    return claim


def why_not_restored(claim: Claim) -> str:
    """Why a claim cannot be made ready again, in a sentence; empty where it can. At most three queries."""
    if claim.status != Claim.Status.WITHDRAWN:
        return "Only a withdrawn claim can be made ready again."
    if claim.replaces_id is not None:
        return "Make it again from the claim it was for."
    unbilled, elsewhere = _gone(claim)
    if len(unbilled | elsewhere) < claim.session_count:
        return ""
    if elsewhere - unbilled:
        return "This session has another claim with the same payer. Go on with that one."
    return "Its session was unbilled since. Bill it again on the billing day."


def _gone(claim: Claim) -> tuple[set[int], set[int]]:
    """Of a claim's sessions those that were unbilled since, and those that another claim asks its coverage for."""
    undone = claim.lines.filter(charge__undone_at__isnull=False).values_list("charge__attendance_id", flat=True)
    mine = list(ClaimSession.objects.filter(claim=claim).values_list("attendance_id", flat=True))
    others = ClaimSession.objects.filter(attendance__in=mine, coverage=claim.coverage_id).exclude(claim=claim)
    standing = others.exclude(claim__status=Claim.Status.WITHDRAWN)
    return set(undone), set(standing.values_list("attendance_id", flat=True))


def correction_of(claim: Claim, lines: Sequence[ClaimLine]) -> Correction:
    """What stands on the claim now, as a correction that changes nothing."""
    return Correction(
        diagnoses=list(claim.diagnoses),
        place_of_service=claim.place_of_service,
        authorization_number=claim.authorization_number,
        modifiers={line.position: list(line.modifiers) for line in lines},
        payer_control_number=claim.payer_control_number,
        delay_reason=claim.delay_reason,
    )


def apply(claim: Claim, lines: Sequence[ClaimLine], correction: Correction) -> None:
    """Puts a correction on a claim and its lines without saving; the plan it asks stays."""
    claim.diagnoses = correction.diagnoses
    claim.place_of_service = correction.place_of_service
    claim.authorization_number = correction.authorization_number
    claim.payer_control_number = correction.payer_control_number or claim.payer_control_number
    if correction.delay_reason is not None:
        claim.delay_reason = correction.delay_reason
    for line in lines:
        line.modifiers = correction.modifiers.get(line.position, line.modifiers)


def may_renumber(claim: Claim) -> bool:
    """Whether the claim has a next number; after 99 sendings it has none."""
    try:
        numbers.next_number(claim.number)
    except numbers.NumberUsedUpError:
        return False
    return True


def renumber(claims: Sequence[Claim]) -> None:
    """Gives claims that were never judged their next numbers, as originals; the caller saves the claims."""
    by_id = {claim.pk: claim for claim in claims}
    for claim in claims:
        claim.number = numbers.next_number(claim.number)
    lines = list(ClaimLine.objects.filter(claim__in=list(by_id)))
    for line in lines:
        line.reference = f"{by_id[line.claim_id].number}L{line.position:02}"
    ClaimLine.objects.bulk_update(lines, ["reference"], batch_size=500)
    numbers.register(claims)


def successors(
    actor: Actor, originals: Sequence[Claim], frequency: str, correction: Correction | None = None
) -> list[Claim]:
    """Claims in place of these, which are locked and may be replaced; in a constant number of statements."""
    copies = [_successor(original, frequency) for original in originals]
    lines = _lines_of(originals, copies)
    if correction is not None:
        for claim in copies:
            apply(claim, [line for line in lines if line.claim is claim], correction)
    ended = Claim.Status.VOIDED if frequency == Claim.Frequency.VOID else Claim.Status.REPLACED
    states.transition_many(originals, ended, actor=actor, reason=Claim.Frequency(frequency).label)
    Claim.objects.bulk_create(copies, batch_size=500)
    for line in lines:
        line.claim_id = line.claim.pk
    ClaimLine.objects.bulk_create(lines, batch_size=1000)
    copy_sessions(zip(originals, copies, strict=True))
    numbers.register(copies)
    states.record_first(copies, actor=actor)
    _tell(actor, originals, copies, "Void" if frequency == Claim.Frequency.VOID else "Replacement")
    return copies


def frequency_after(claim: Claim, rules: Rulebook) -> str:
    """What a claim in place of this one is: a replacement, or an original where the payer takes no replacements."""
    takes = rules.on(claim.payer_id, claim.service_on).takes_replacements
    return Claim.Frequency.REPLACEMENT if takes else Claim.Frequency.ORIGINAL


def why_not_replaced(claim: Claim, known: str = "", *, frequency: str = Claim.Frequency.REPLACEMENT) -> str:
    """Why a claim cannot be replaced or voided, in a sentence; `known` is the payer's number somebody entered."""
    if claim.status not in _DECIDED:
        return "Only a claim the payer has taken can be replaced or voided."
    if frequency != Claim.Frequency.ORIGINAL and not (known or claim.payer_control_number):
        return (
            "The payer wants its own claim number on a replacement. It comes with its answer; enter it if you have it."
        )
    return ""


def _replace(actor: Actor, claim_id: int, frequency: str, correction: Correction | None) -> Claim:
    actor.require("claims:edit")
    original = locked(claim_id)
    known = correction.payer_control_number if correction else ""
    if refusal := why_not_replaced(original, known, frequency=frequency):
        raise ClaimRefusedError(refusal)
    return successors(actor, [original], frequency, correction)[0]


def _successor(original: Claim, frequency: str) -> Claim:
    copied = {
        field.attname: getattr(original, field.attname)
        for field in Claim._meta.concrete_fields
        if field.attname not in _OWN
    }
    return Claim(
        **copied, number=numbers.new_number(), frequency=frequency, replaces=original, made_at=clock.now(), problems=[]
    )


def _lines_of(originals: Sequence[Claim], copies: Sequence[Claim]) -> list[ClaimLine]:
    after = {original.pk: claim for original, claim in zip(originals, copies, strict=True)}
    rows = ClaimLine.objects.filter(claim__in=list(after)).order_by("claim_id", "position")
    return [_line_of(line, after[line.claim_id]) for line in rows]


def _line_of(line: ClaimLine, claim: Claim) -> ClaimLine:
    copied = {
        field.attname: getattr(line, field.attname)
        for field in ClaimLine._meta.concrete_fields
        if field.attname not in _OWN_OF_LINE
    }
    return ClaimLine(**copied, claim=claim, reference=f"{claim.number}L{line.position:02}")


def _tell(actor: Actor, originals: Sequence[Claim], copies: Sequence[Claim], name: str) -> None:
    pairs = list(zip(originals, copies, strict=True))
    events.record(
        event
        for original, claim in pairs
        for event in (
            events.event(original, ClaimEvent.Kind.CORRECTED, f"{name} made", actor=actor, detail=claim.number),
            events.event(claim, ClaimEvent.Kind.MADE, f"{name} of {original.number}", actor=actor),
        )
    )
    made = f"claim.{name.lower()}_made"
    audit.record_many(audit.event(made, actor=actor, row=claim, client_id=claim.client_id) for claim in copies)


def _ask_another(claim: Claim, coverage_id: int) -> None:
    """Asks another of the client's plans; the payer, its deadline and its charges follow."""
    plan = Coverage.objects.filter(pk=coverage_id, client=claim.client_id).select_related("payer").first()
    if plan is None:
        raise ClaimRefusedError("Choose one of the client’s own plans.")
    if claim.service_on < plan.starts_on or (plan.ends_on and claim.last_on > plan.ends_on):
        day = "on the day of the session" if claim.session_count == 1 else "on the days of all its sessions"
        raise ClaimRefusedError(f"{plan.payer.name} did not cover the client {day}.")
    claim.coverage, claim.payer, claim.payer_control_number = plan, plan.payer, ""
    wanted.apply_rules(claim, rules_on(plan.payer_id, claim.service_on))
    ClaimSession.objects.filter(claim=claim).update(coverage=plan)
    charges = Charge.objects.filter(claim_lines__claim=claim).values_list("pk", flat=True)
    Charge.objects.filter(pk__in=list(charges)).update(coverage=plan, payer=plan.payer)


def _facts(claim: Claim, lines: Sequence[ClaimLine]) -> dict[str, Any]:
    """The claim for the trail, with the modifiers of its lines."""
    return audit.snapshot(claim) | {f"modifiers_{line.position}": " ".join(line.modifiers) for line in lines}


def _give_back(claim: Claim, original_id: int, actor: Actor) -> None:
    """What was replaced or voided stands again as before; where another payer was asked, the money moves back too."""
    original = locked(original_id)
    moving.give_back(claim, original, actor=actor)
    changes = StateChange.objects.filter(
        kind=Claim._meta.label_lower, object_id=original.pk, after__in=[Claim.Status.REPLACED, Claim.Status.VOIDED]
    )
    before = changes.order_by("-at", "-pk").values_list("before", flat=True).first()
    if before is not None and states.may_become(original, before):
        states.transition(original, before, actor=actor, reason="The claim in its place was withdrawn")
        _work_again(original, actor)


def _work_again(original: Claim, actor: Actor) -> None:
    """The denials that its replacement had resolved are to work again."""
    rows = Denial.objects.select_for_update(no_key=True).filter(
        claim=original,
        status=Denial.Status.RESOLVED,
        resolution__in=(Denial.Resolution.RESENT, Denial.Resolution.OTHER_PAYER),
    )
    found = list(rows.order_by("pk"))
    states.transition_many(found, Denial.Status.OPEN, actor=actor, reason="The claim in its place was withdrawn")
    Denial.objects.filter(pk__in=[row.pk for row in found]).update(resolution="")
