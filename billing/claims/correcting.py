"""Puts claims right: in place before they left, renumbered after a rejection, by another claim after a decision."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from django.db import transaction
from django.http import Http404

from billing.claims import events, numbers
from billing.claims.errors import ClaimRefusedError
from billing.models import Claim, ClaimEvent, ClaimLine
from practice import audit, clock, states
from practice.actors import Actor
from practice.models import StateChange

_IN_PLACE: Final = frozenset({Claim.Status.DRAFT, Claim.Status.READY, Claim.Status.REJECTED})
_DECIDED: Final = frozenset(
    {Claim.Status.ACCEPTED, Claim.Status.PAID, Claim.Status.PARTIALLY_PAID, Claim.Status.DENIED}
)
_COPIED: Final = (
    "attendance_id", "client_id", "coverage_id", "payer_id", "rendering_id", "supervising_id", "total", "service_on",
    "file_by", "place_of_service", "diagnoses", "authorization_number", "payer_control_number",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Correction:
    """What a person may change on a claim without touching the session. `modifiers` are by the line's position."""

    diagnoses: list[str]
    place_of_service: str
    authorization_number: str
    modifiers: dict[int, list[str]]
    payer_control_number: str = ""


@transaction.atomic
def correct(*, actor: Actor, claim_id: int, correction: Correction) -> Claim:
    """Changes a claim that has not left or was rejected, and makes it ready; ClaimRefusedError otherwise."""
    actor.require("claims:edit")
    claim = locked(claim_id)
    if claim.status not in _IN_PLACE:
        raise ClaimRefusedError("Only a claim that waits here or was rejected can be corrected. Replace this one.")
    before = audit.snapshot(claim)
    _apply(claim, correction)
    _apply_to_lines(claim, correction)
    if claim.status == Claim.Status.REJECTED:
        _renumber(claim)
    claim.problems = []
    claim.save()
    if claim.status != Claim.Status.READY:
        states.transition(claim, Claim.Status.READY, actor=actor, reason="Corrected")
    old, new = audit.changes(before, audit.snapshot(claim))
    audit.record("claim.corrected", actor=actor, row=claim, client_id=claim.client_id, before=old, after=new)
    events.record([events.event(claim, ClaimEvent.Kind.CORRECTED, "Corrected", actor=actor)])
    return claim


@transaction.atomic
def replace(*, actor: Actor, claim_id: int, correction: Correction) -> Claim:
    """A new claim in place of one the payer has decided (CLM05-3 = 7); the old one is replaced."""
    return _successor(actor, claim_id, Claim.Frequency.REPLACEMENT, correction)


@transaction.atomic
def void(*, actor: Actor, claim_id: int) -> Claim:
    """Tells the payer that the claim should not have been sent (CLM05-3 = 8)."""
    return _successor(actor, claim_id, Claim.Frequency.VOID, None)


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
        _give_back(claim.replaces_id, actor)
    return claim


@transaction.atomic
def restore(*, actor: Actor, claim_id: int) -> Claim:
    """Makes a withdrawn original ready again under its next number, as long as its session is still billed."""
    actor.require("claims:edit")
    claim = locked(claim_id)
    if refusal := why_not_restored(claim):
        raise ClaimRefusedError(refusal)
    _renumber(claim)
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
    """Why a claim cannot be made ready again, in a sentence; empty where it can. At most two queries."""
    if claim.status != Claim.Status.WITHDRAWN:
        return "Only a withdrawn claim can be made ready again."
    if claim.replaces_id is not None:
        return "Make it again from the claim it was for."
    if claim.lines.filter(charge__undone_at__isnull=False).exists():
        return "Its session was unbilled since. Bill it again on the billing day."
    others = Claim.objects.filter(attendance=claim.attendance_id, payer=claim.payer_id).exclude(pk=claim.pk)
    if others.exclude(status=Claim.Status.WITHDRAWN).exists():
        return "This session has another claim with the same payer. Go on with that one."
    return ""


def correction_of(claim: Claim, lines: Sequence[ClaimLine]) -> Correction:
    """What stands on the claim now, as a correction that changes nothing."""
    return Correction(
        diagnoses=list(claim.diagnoses),
        place_of_service=claim.place_of_service,
        authorization_number=claim.authorization_number,
        modifiers={line.position: list(line.modifiers) for line in lines},
        payer_control_number=claim.payer_control_number,
    )


def _successor(actor: Actor, claim_id: int, frequency: str, correction: Correction | None) -> Claim:
    actor.require("claims:edit")
    original = locked(claim_id)
    _refuse_undecided(original, correction)
    lines = list(original.lines.order_by("position"))
    claim = Claim(
        **{name: getattr(original, name) for name in _COPIED},
        number=numbers.new_number(),
        frequency=frequency,
        replaces=original,
        made_at=clock.now(),
    )
    if correction is not None:
        _apply(claim, correction)
    ended = Claim.Status.VOIDED if frequency == Claim.Frequency.VOID else Claim.Status.REPLACED
    states.transition(original, ended, actor=actor, reason=Claim.Frequency(frequency).label)
    claim.save()
    ClaimLine.objects.bulk_create(_copies(claim, lines, correction))
    numbers.register([claim])
    states.record_first([claim], actor=actor)
    name = "Void" if frequency == Claim.Frequency.VOID else "Replacement"
    events.record(
        [
            events.event(original, ClaimEvent.Kind.CORRECTED, f"{name} made", actor=actor),
            events.event(claim, ClaimEvent.Kind.MADE, f"{name} of {original.number}", actor=actor),
        ]
    )
    audit.record(f"claim.{name.lower()}_made", actor=actor, row=claim, client_id=claim.client_id)
    return claim


def _refuse_undecided(original: Claim, correction: Correction | None) -> None:
    if original.status not in _DECIDED:
        raise ClaimRefusedError("Only a claim the payer has taken can be replaced or voided.")
    known = (correction.payer_control_number if correction else "") or original.payer_control_number
    if not known:
        raise ClaimRefusedError(
            "The payer wants its own claim number on a replacement. It comes with its answer; enter it if you have it."
        )


def _copies(claim: Claim, lines: Sequence[ClaimLine], correction: Correction | None) -> list[ClaimLine]:
    return [
        ClaimLine(
            claim=claim,
            charge_id=line.charge_id,
            position=line.position,
            reference=f"{claim.number}L{line.position:02}",
            code=line.code,
            modifiers=correction.modifiers.get(line.position, line.modifiers) if correction else line.modifiers,
            units=line.units,
            amount=line.amount,
            service_on=line.service_on,
        )
        for line in lines
    ]


def _apply(claim: Claim, correction: Correction) -> None:
    claim.diagnoses = correction.diagnoses
    claim.place_of_service = correction.place_of_service
    claim.authorization_number = correction.authorization_number
    claim.payer_control_number = correction.payer_control_number or claim.payer_control_number


def _apply_to_lines(claim: Claim, correction: Correction) -> None:
    lines = list(claim.lines.all())
    for line in lines:
        line.modifiers = correction.modifiers.get(line.position, line.modifiers)
    ClaimLine.objects.bulk_update(lines, ["modifiers"])


def _renumber(claim: Claim) -> None:
    """A rejected claim was never judged: it goes again as an original, under its next number."""
    claim.number = numbers.next_number(claim.number)
    lines = list(claim.lines.all())
    for line in lines:
        line.reference = f"{claim.number}L{line.position:02}"
    ClaimLine.objects.bulk_update(lines, ["reference"])
    numbers.register([claim])


def _give_back(original_id: int, actor: Actor) -> None:
    """What was replaced or voided stands again as before."""
    original = locked(original_id)
    changes = StateChange.objects.filter(
        kind=Claim._meta.label_lower, object_id=original.pk, after__in=[Claim.Status.REPLACED, Claim.Status.VOIDED]
    )
    before = changes.order_by("-at", "-pk").values_list("before", flat=True).first()
    if before is not None and states.may_become(original, before):
        states.transition(original, before, actor=actor, reason="The claim in its place was withdrawn")
