"""What a posted remittance means for the claims of the next payer: made, told anew, withdrawn, or replaced."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from billing.claims import batching, coordinating, events
from billing.claims.correcting import frequency_after, successors, why_not_replaced
from billing.claims.errors import ClaimRefusedError
from billing.models import Claim, ClaimEvent, ClaimLine, RemittanceAdjustment, RemittanceClaim
from billing.remittances.books import Books
from billing.remittances.forwarding import forwarded_to
from billing.remittances.loading import Said, of_rows
from billing.remittances.planning import Outcome, Plan
from billing.secondary import closing, making
from billing.secondary.awaited import judge_waiting
from billing.secondary.making import Next
from billing.secondary.standing import HERE, answers_of, followers_of
from clients.models import Coverage
from practice import states
from practice.actors import Actor
from practice.money import ZERO
from practice.payer_rules import rulebook


@dataclass(frozen=True, slots=True)
class _Case:
    """A claim to a first payer that was answered, its answer, and the claim to the next payer that is under way."""

    claim: Claim
    answer: RemittanceClaim
    outcome: Outcome
    follower: Claim | None


def follow(plan: Plan, books: Books, *, practice_id: int) -> None:
    """Goes on from everything a remittance did to claims, in its transaction; the system does it, not a person."""
    actor = Actor.system(practice_id)
    firsts = {pk: one for pk, one in plan.outcomes.items() if books.turn(pk).next_coverage_id is not None}
    _firsts(firsts, books, actor)
    later = [pk for pk in plan.outcomes if books.turn(pk).coverage_id is not None]
    if later:
        closing.close_denials(later, books, actor=actor)
        _catch_up(later, actor)


def taken_back(claim_ids: Collection[int], *, actor: Actor) -> None:
    """The answers of these claims no longer stand: what has not left is withdrawn, what has left is told.

    Where an earlier answer stands again, that one is told.
    """
    found = followers_of(claim_ids)
    answers = answers_of(list(found))
    firsts = {row.pk: row for row in Claim.objects.filter(pk__in=list(answers)).select_related("payer")}
    for first_id, follower in found.items():
        if first_id in answers:
            retell(follower, answers[first_id], actor=actor, first=firsts[first_id])
        elif _is_here(follower, actor):
            _withdraw(follower, "The first payer took its answer back.", actor)
        else:
            words = "When it answers again, this claim is replaced."
            title = "The first payer took its answer back"
            events.record([events.event(follower, ClaimEvent.Kind.NOTE, title, actor=actor, detail=words)])


def _firsts(outcomes: dict[int, Outcome], books: Books, actor: Actor) -> None:
    if not outcomes:
        return
    answered = [pk for pk, one in outcomes.items() if one.answers]
    taken_back([pk for pk, one in outcomes.items() if one.taken_back and not one.answers], actor=actor)
    claims = {row.pk: row for row in Claim.objects.filter(pk__in=answered).select_related("payer")}
    answers, under_way = answers_of(answered), followers_of(answered)
    cases = [_Case(claims[pk], answers[pk], outcomes[pk], under_way.get(pk)) for pk in answered if pk in answers]
    for case in cases:
        if case.follower is not None:
            retell(case.follower, case.answer, actor=actor, left=case.outcome.left > ZERO, first=case.claim)
    _make([case for case in cases if case.follower is None and case.outcome.left > ZERO], books, actor)


def _make(cases: Sequence[_Case], books: Books, actor: Actor) -> None:
    """Claims for what is left; where the answer cannot be told, the first claim says why none was made."""
    if not cases:
        return
    plans = {case.claim.pk: books.turn(case.claim.pk).next_coverage_id or 0 for case in cases}
    coverages = {row.pk: row for row in Coverage.objects.filter(pk__in=plans.values()).select_related("payer")}
    refused = why_nots([(case.claim.pk, case.answer) for case in cases])
    onward = forwarded_to([case.claim.pk for case in cases])
    found = []
    for case in cases:
        plan = coverages[plans[case.claim.pk]]
        if case.claim.pk in refused:
            _refuse(case.claim, plan, refused[case.claim.pk], actor)
        else:
            found.append(Next(case.claim, case.answer, plan, onward.get(case.claim.pk, "")))
    making.make(found, actor=actor)
    if onward:
        judge_waiting(list(onward), actor=actor)


def why_nots(pairs: Sequence[tuple[int, RemittanceClaim]]) -> dict[int, str]:
    """Why answers cannot be told to the next payer, by claim; three statements."""
    lines: dict[int, list[ClaimLine]] = {}
    for line in ClaimLine.objects.filter(claim__in=[pk for pk, _ in pairs]).order_by("claim_id", "position"):
        lines.setdefault(line.claim_id, []).append(line)
    said = {one.row.pk: one for one in of_rows([answer for _, answer in pairs])}
    words = {pk: coordinating.why_not(said[answer.pk], lines.get(pk, [])) for pk, answer in pairs}
    return {pk: why for pk, why in words.items() if why}


def retell(
    follower: Claim, answer: RemittanceClaim, *, actor: Actor, first: Claim, left: bool = True, asked: bool = False
) -> Claim:
    """Lets a claim tell the first payer's new answer: in place before it left, by a replacement after.

    One whose payer has not taken it yet says that it waits; nothing happens where the answer says the same.
    """
    if follower.follows_answer_id == answer.pk:
        return follower
    if _is_here(follower, actor):
        if not left:
            return _withdraw(follower, "The first payer answered anew and leaves nothing to the next.", actor)
        return _retell_here(follower, answer, first, actor)
    if _says_the_same(follower, answer):
        _link(follower, answer, first)
        return follower
    frequency = frequency_after(follower, rulebook([follower.payer_id]))
    why = why_nots([(first.pk, answer)]).get(first.pk, "") or why_not_replaced(follower, frequency=frequency)
    if not why:
        return _replace(follower, answer, first, frequency, actor)
    if not asked:
        title = "The first payer answered anew"
        detail = f"This claim tells its former answer. {why}"
        events.record([events.event(follower, ClaimEvent.Kind.NOTE, title, actor=actor, detail=detail)])
    return follower


def _is_here(follower: Claim, actor: Actor) -> bool:
    """Whether a claim has not left; one that waits in a batch is taken out of it."""
    if follower.status == Claim.Status.BATCHED:
        try:
            batching.take_out([follower], actor=actor, reason="The first payer changed its answer")
        except ClaimRefusedError:
            return False
    return follower.status in HERE


def _catch_up(claim_ids: Collection[int], actor: Actor) -> None:
    """Claims whose payer has answered now, while the first payer had changed its answer, are replaced."""
    rows = Claim.objects.filter(pk__in=list(claim_ids)).select_related("follows__payer", "payer")
    stale = {row.follows_id: row for row in rows if row.follows_id and row.status not in {"replaced", "voided"}}
    for first_id, answer in answers_of([pk for pk in stale if pk]).items():
        row = stale[first_id]
        if row.follows is not None and row.follows_answer_id != answer.pk:
            retell(row, answer, actor=actor, first=row.follows, asked=True)


def _retell_here(follower: Claim, answer: RemittanceClaim, first: Claim, actor: Actor) -> Claim:
    _link(follower, answer, first)
    why = why_nots([(first.pk, answer)]).get(first.pk, "")
    title = f"Tells the new answer of {first.payer}"
    events.record([events.event(follower, ClaimEvent.Kind.CORRECTED, title, actor=actor, detail=why)])
    if follower.status == Claim.Status.READY:
        making.check_again([follower.pk], actor=actor)
    return follower


def _link(follower: Claim, answer: RemittanceClaim, first: Claim) -> None:
    follower.follows_answer, follower.follows = answer, first
    follower.save(update_fields=["follows_answer", "follows"])


def _withdraw(follower: Claim, why: str, actor: Actor) -> Claim:
    states.transition(follower, Claim.Status.WITHDRAWN, actor=actor, reason=why)
    events.record([events.event(follower, ClaimEvent.Kind.WITHDRAWN, "Withdrawn", actor=actor, detail=why)])
    return follower


def _replace(follower: Claim, answer: RemittanceClaim, first: Claim, frequency: str, actor: Actor) -> Claim:
    made = successors(actor, [follower], frequency)[0]
    _link(made, answer, first)
    title = f"Tells the new answer of {first.payer}"
    events.record([events.event(made, ClaimEvent.Kind.CORRECTED, title, actor=actor)])
    making.check_again([made.pk], actor=actor)
    return made


def _says_the_same(follower: Claim, answer: RemittanceClaim) -> bool:
    """Whether the new answer says what the claim tells already, in amounts and reasons."""
    rows = list(RemittanceClaim.objects.filter(pk__in=[follower.follows_answer_id, answer.pk]))
    told = [_facts(one) for one in of_rows(rows)]
    return all(one == told[0] for one in told)


def _facts(said: Said) -> tuple[object, ...]:
    lines = [(line.row.charge_id, line.row.paid, *_reasons(line.adjustments)) for line in said.lines]
    return said.row.paid, tuple(_reasons(said.adjustments)), tuple(sorted(lines, key=lambda line: line[0] or 0))


def _reasons(rows: Sequence[RemittanceAdjustment]) -> Iterator[tuple[str, str, Decimal]]:
    return ((row.group, row.reason, row.amount) for row in rows)


def _refuse(claim: Claim, plan: Coverage, why: str, actor: Actor) -> None:
    title = f"No claim to {plan.payer} was made"
    events.record([events.event(claim, ClaimEvent.Kind.NOTE, title, actor=actor, detail=why)])
