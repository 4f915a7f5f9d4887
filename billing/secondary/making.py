"""Makes claims to the next payer from the first payer's answers: ready, or a draft that says what is missing."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Final

from billing.claims import content, events, numbers
from billing.claims.sessions import copy_sessions
from billing.claims.wanted import apply_rules
from billing.models import Claim, ClaimEvent, ClaimLine, RemittanceClaim
from clients.models import Coverage
from edi.claims import model as x12
from edi.claims.checks import check
from edi.envelope import Envelope
from practice import audit, clock, states
from practice.actors import Actor
from practice.models import PracticeSettings
from practice.payer_rules import Rulebook, rulebook
from practice.setup.selectors import get_settings
from practice.templatetags.caseload import day

_COPIED: Final = (
    "attendance_id", "client_id", "rendering_id", "supervising_id", "total", "service_on", "served_until",
    "session_count", "place_of_service", "diagnoses",
)  # fmt: skip
_OF_LINE: Final = ("charge_id", "position", "code", "modifiers", "units", "amount", "service_on")


@dataclass(frozen=True, slots=True)
class Next:
    """A claim whose payer answered, its answer, the coverage that is asked now, and who passed it on by itself."""

    claim: Claim
    answer: RemittanceClaim
    coverage: Coverage
    forwarded: str = ""


def make(found: Sequence[Next], *, actor: Actor) -> list[Claim]:
    """The claims, in a constant number of statements; one the first payer passed on counts as sent by it."""
    if not found:
        return []
    rules = rulebook({one.coverage.payer_id for one in found})
    claims = [_claim(one, rules) for one in found]
    Claim.objects.bulk_create(claims, batch_size=500)
    ClaimLine.objects.bulk_create(_lines(found, claims), batch_size=1000)
    copy_sessions((one.claim, claim) for one, claim in zip(found, claims, strict=True))
    numbers.register(claims)
    states.record_first(claims, actor=actor)
    events.record(event for one, claim in zip(found, claims, strict=True) for event in _told(one, claim, actor))
    audit.record_many(audit.event("claim.made", actor=actor, row=row, client_id=row.client_id) for row in claims)
    check_again([claim.pk for claim in claims if not claim.forwarded], actor=actor)
    return claims


def deadline(answer: RemittanceClaim, coverage: Coverage, rules: Rulebook, service_on: dt.date) -> dt.date:
    """Until when the next payer takes the claim: its days run from the first payer's answer."""
    since = answer.remittance.paid_on or clock.now().date()
    return since + dt.timedelta(days=rules.on(coverage.payer_id, service_on).secondary_filing_days)


def check_again(claim_ids: Collection[int], *, actor: Actor) -> None:
    """Checks ready claims as the file will be checked; those with a fault become drafts that say it."""
    rows, settings, bad = content.load(list(claim_ids)), get_settings(), []
    for row in rows:
        row.claim.problems = _faults(row, settings)
        if row.claim.problems:
            bad.append(row.claim)
    Claim.objects.bulk_update(bad, ["problems"], batch_size=500)
    states.transition_many(bad, Claim.Status.DRAFT, actor=actor, reason="Something is missing")


def look_again(actor: Actor, coverage: Coverage) -> None:
    """A coverage was changed: what its claims to a later payer were missing may be there now."""
    drafts = Claim.objects.select_for_update(no_key=True, of=("self",)).filter(
        coverage=coverage, follows__isnull=False, status=Claim.Status.DRAFT
    )
    ids = list(drafts.order_by("pk").values_list("pk", flat=True))
    if not ids:
        return
    rows, settings = content.load(ids), get_settings()
    fine = [row.claim for row in rows if not _faults(row, settings)]
    Claim.objects.filter(pk__in=[claim.pk for claim in fine]).update(problems=[])
    system = Actor.system(actor.practice_id)
    states.transition_many(fine, Claim.Status.READY, actor=system, reason="Nothing is missing any more")
    title = "Nothing is missing any more"
    events.record(events.event(claim, ClaimEvent.Kind.CORRECTED, title, actor=system) for claim in fine)


def _claim(one: Next, rules: Rulebook) -> Claim:
    first, coverage = one.claim, one.coverage
    claim = Claim(
        **{name: getattr(first, name) for name in _COPIED},
        coverage=coverage,
        payer=coverage.payer,
        follows=first,
        follows_answer=one.answer,
        forwarded=bool(one.forwarded),
        status=Claim.Status.SENT if one.forwarded else Claim.Status.READY,
        number=numbers.new_number(),
        made_at=clock.now(),
    )
    apply_rules(claim, rules.on(coverage.payer_id, first.service_on))
    claim.file_by = deadline(one.answer, coverage, rules, first.service_on)
    return claim


def _lines(found: Sequence[Next], claims: Sequence[Claim]) -> list[ClaimLine]:
    after = {one.claim.pk: claim for one, claim in zip(found, claims, strict=True)}
    rows = ClaimLine.objects.filter(claim__in=list(after)).order_by("claim_id", "position")
    return [_line(row, after[row.claim_id]) for row in rows]


def _line(row: ClaimLine, claim: Claim) -> ClaimLine:
    copied = {name: getattr(row, name) for name in _OF_LINE}
    return ClaimLine(**copied, claim=claim, reference=f"{claim.number}L{row.position:02}")


def _told(one: Next, claim: Claim, actor: Actor) -> tuple[events.Event, ...]:
    answered, payer = one.answer.remittance.paid_on, one.claim.payer
    why = f"{payer} answered{f' on {day(answered)}' if answered else ''}."
    if one.forwarded:
        why = f"{why} It passed the claim on to {one.forwarded}; nothing is sent from here."
        return (events.event(claim, ClaimEvent.Kind.NOTE, f"Passed on by {payer}", actor=actor, detail=why),)
    title, here = f"Claim to {claim.payer} as second payer made", f"Claim {claim.number}."
    return (
        events.event(claim, ClaimEvent.Kind.NOTE, title, actor=actor, detail=why),
        events.event(one.claim, ClaimEvent.Kind.NOTE, f"{claim.payer} is asked next", actor=actor, detail=here),
    )


def _faults(row: content.Loaded, settings: PracticeSettings) -> list[str]:
    """What the check of the file finds on this claim."""
    made = x12.ClaimTransaction(
        control="0001",
        reference="0001",
        payer=x12.Payer(row.claim.payer.name, row.claim.payer.payer_id),
        billing=content.billing_provider(settings, [row]),
        claims=(content.claim(row, settings),),
    )
    at = clock.now().replace(tzinfo=None, second=0, microsecond=0)
    file = x12.ClaimFile(Envelope(sender="CHECK", receiver="CHECK", usage="T"), 1, 1, at, (made,))
    return [one.words for one in check(file) if one.claim == row.claim.number and not one.warning]
