"""What posting a remittance means for claims: their states, their timeline, and the denials to work."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from decimal import Decimal
from typing import Any, Final

from django.db.models import OuterRef, Subquery

from billing.claims import events
from billing.models import Claim, ClaimEvent, Denial, Remittance, RemittanceAdjustment, RemittanceClaim, Treatment
from billing.remittances.books import Books
from billing.remittances.forwarding import is_forwarded, name_of
from billing.remittances.loading import Said, as_line
from billing.remittances.planning import Outcome, Plan
from billing.remittances.refusing import is_left, is_line_denial
from billing.remittances.remaining import refused_all
from billing.remittances.treatments import Rules
from billing.remittances.words import money, name, reason, reason_facts, remark
from billing.secondary.sharing import Turn
from practice import audit, clock, states
from practice.actors import Actor
from practice.money import ZERO

SOURCE: Final = "835"
_OVER: Final = (Claim.Status.REPLACED, Claim.Status.VOIDED)
_OPEN: Final = (Denial.Status.OPEN, Denial.Status.WAITING)
_BY_ANSWERS: Final = ("", Denial.Resolution.PAID, Denial.Resolution.TAKEN_BACK)
_NOBODYS: Final = "This reason gives the amount to nobody. Bill the plan that bears it, or ask the payer who does"
_AGAIN: Final = "The payer answered again and refused it again."


def settle_claims(plan: Plan, claims: dict[int, Claim], books: Books, row: Remittance, *, actor: Actor) -> None:
    """Moves the claims to what the money says, and keeps the payer's number of each.

    A claim that was replaced or voided stays so when it is taken back: that is what the other one asked for.
    """
    by_state: dict[str, list[Claim]] = {}
    for outcome in plan.outcomes.values():
        earlier = books.earlier.get(outcome.claim_id, {})
        left = [denied for pk, denied in earlier.items() if pk not in outcome.taken_back]
        state = state_after(outcome, books.open_of(outcome.claim_id), left)
        claim = claims[outcome.claim_id]
        if not outcome.answers and claim.status in _OVER:
            continue
        if claim.status != state and states.may_become(claim, state):
            by_state.setdefault(state, []).append(claim)
    for state, rows in by_state.items():
        states.transition_many(rows, state, actor=actor, reason=name(row))
    _keep_numbers(plan, claims)


def state_after(outcome: Outcome, still_open: Decimal, earlier: Collection[bool] = ()) -> str:
    """Paid when its payer owes nothing more, denied when nothing was paid, accepted when it was only taken back.

    `earlier` says of each answer that stood before and still stands whether it refused all of the claim.
    """
    if not outcome.answers and not earlier:
        return Claim.Status.ACCEPTED
    denied = refused_all([said.row.is_denial for said, _ in outcome.answers], earlier)
    if still_open <= ZERO and not (denied and outcome.goes_on):
        return Claim.Status.PAID
    return Claim.Status.DENIED if denied else Claim.Status.PARTIALLY_PAID


def tell(judged: Sequence[Said], claims: dict[int, Claim], row: Remittance, *, actor: Actor) -> None:
    """Writes each answer into the claim's timeline and the trail."""
    mine = [one for one in judged if one.row.claim_id is not None]
    events.record(_event(one, row, actor) for one in mine)
    audit.record_many(
        audit.event(
            "claim.remitted",
            actor=actor,
            row=claims[one.row.claim_id or 0],
            client_id=claims[one.row.claim_id or 0].client_id,
            after={"remittance": row.pk, "paid": str(one.row.paid), "status": one.row.status_code},
        )
        for one in mine
    )


def settle_denials(plan: Plan, books: Books, rules: Rules, *, actor: Actor) -> list[Denial]:
    """Resolves the denials the remittance answers and makes those it brings."""
    outcomes = plan.outcomes.values()
    made = [one for outcome in outcomes for one in _denials(outcome.claim_id, outcome.answers, books, rules)]
    again = {denial.claim_id for denial in made}
    still = Denial.objects.filter(claim__in=list(plan.outcomes), status__in=_OPEN)
    by_end: dict[tuple[str, str], list[Denial]] = {}
    for denial in still:
        end = _end(denial, plan.outcomes[denial.claim_id], books, denial.claim_id in again)
        if end is not None:
            by_end.setdefault(end, []).append(denial)
    for (resolution, note), rows in by_end.items():
        resolve_many(rows, resolution, note, actor=actor)
    left = [one for outcome in outcomes for one in _left(outcome, books, rules)]
    _keep([*made, *_undecided(left)], actor)
    return made


def _left(outcome: Outcome, books: Books, rules: Rules) -> Iterator[Denial]:
    """What other answers refused that stand where one was taken back and none came in its place."""
    if outcome.taken_back and not outcome.answers:
        refusals = [(one.said, one.refused) for one in reversed(outcome.remaining)]
        yield from _denials(outcome.claim_id, refusals, books, rules)


def _undecided(left: Sequence[Denial]) -> list[Denial]:
    """Those that are new, open, or were closed by the answer that is gone; what a person decided stays."""
    rows = Denial.objects.filter(remittance_claim__in=[one.remittance_claim_id for one in left])
    ends = {row.remittance_claim_id: row.resolution for row in rows.filter(status=Denial.Status.RESOLVED)}
    return [one for one in left if ends.get(one.remittance_claim_id, "") in _BY_ANSWERS]


def _keep(made: Sequence[Denial], actor: Actor) -> None:
    """New denials; of an answer that is posted again, the one it had before is open again."""
    rows = Denial.objects.filter(remittance_claim__in=[one.remittance_claim_id for one in made])
    before = {one.remittance_claim_id: one for one in rows}
    fresh = [one for one in made if one.remittance_claim_id not in before]
    Denial.objects.bulk_create(fresh, batch_size=500)
    states.record_first(fresh, actor=actor)
    again = []
    for one in made:
        old = before.get(one.remittance_claim_id)
        if old is not None:
            old.amount, old.reasons, old.resolution, old.follow_up_on = one.amount, one.reasons, "", None
            again.append(old)
    Denial.objects.bulk_update(again, ["amount", "reasons", "resolution", "follow_up_on"], batch_size=500)
    closed = [one for one in again if one.status != Denial.Status.OPEN]
    states.transition_many(closed, Denial.Status.OPEN, actor=actor, reason="Posted again")


def resolve_many(rows: Sequence[Denial], resolution: str, note: str, *, actor: Actor) -> None:
    """Closes denials and says what became of them."""
    states.transition_many(rows, Denial.Status.RESOLVED, actor=actor, reason=note)
    for row in rows:
        row.resolution, row.note, row.follow_up_on = resolution, note or row.note, None
    Denial.objects.bulk_update(list(rows), ["resolution", "note", "follow_up_on"], batch_size=500)


def _keep_numbers(plan: Plan, claims: dict[int, Claim]) -> None:
    """The payer's number of the last answer: what a replacement or a void must quote."""
    last = {outcome.claim_id: row for outcome in plan.outcomes.values() if (row := _last(outcome)) is not None}
    changed = {
        claim_id: row
        for claim_id, row in last.items()
        if row.payer_control_number and claims[claim_id].payer_control_number != row.payer_control_number
    }
    said = RemittanceClaim.objects.filter(pk__in=[row.pk for row in changed.values()], claim=OuterRef("pk"))
    found = Subquery(said.values("payer_control_number")[:1])
    Claim.objects.filter(pk__in=list(changed)).update(payer_control_number=found)
    for claim_id, row in changed.items():
        claims[claim_id].payer_control_number = row.payer_control_number


def _last(outcome: Outcome) -> RemittanceClaim | None:
    """The answer that counts: where one was only taken back, the one that stands."""
    if outcome.remaining and not outcome.answers:
        return outcome.remaining[0].said.row
    return outcome.last


def _event(said: Said, row: Remittance, actor: Actor) -> events.Event:
    return events.event(
        said.row.claim_id or 0,
        ClaimEvent.Kind.REMITTED,
        _title(said.row),
        actor=actor,
        detail="\n".join([f"{name(row)} of {money(row.amount)}.", *_onward(said.row), *_reasons(said)]),
        codes=" ".join(dict.fromkeys(f"{one.group}-{one.reason}" for one in said.all_adjustments))[:60],
        source=SOURCE,
        remittance_claim_id=said.row.pk,
    )


def _title(row: RemittanceClaim) -> str:
    if row.is_reversal:
        return f"The payer took back its answer of {money(-row.paid)}"
    if row.is_denial:
        return "Denied"
    return f"Paid {money(row.paid)}" if row.paid else "Processed, nothing paid"


def _onward(row: RemittanceClaim) -> list[str]:
    """That the payer asks the next one itself, so that nobody here has to."""
    if not is_forwarded(row):
        return []
    return [f"The payer passed the claim on to {name_of(row.said)}. No secondary claim is needed."]


def _reasons(said: Said) -> list[str]:
    found = [reason(one.group, one.reason, one.amount) for one in said.all_adjustments]
    return [*found, *map(remark, _remarks(said))]


def _remarks(said: Said) -> list[str]:
    codes = said.row.said.get("Remark codes", "").split()
    return list(dict.fromkeys([*codes, *(code for line in said.lines for code in line.row.remarks)]))


def _denials(claim_id: int, answers: Sequence[tuple[Said, Decimal]], books: Books, rules: Rules) -> Iterator[Denial]:
    """One for each answer that left something to work, together no more than is still open."""
    still_open, turn = books.open_of(claim_id), books.turn(claim_id)
    for said, refused in answers:
        amount = min(refused, still_open)
        if amount > ZERO:
            still_open -= amount
            yield Denial(
                claim_id=claim_id,
                remittance_claim_id=said.row.pk,
                amount=amount,
                reasons=_refusals(said, rules, turn),
                made_at=clock.now(),
            )


def _refusals(said: Said, rules: Rules, turn: Turn) -> list[dict[str, Any]]:
    """The reasons that ask for work: all of a refused claim or line, else those of what is left to work."""
    whole = said.row.is_denial
    remarks = said.row.said.get("Remark codes", "").split()
    found = [_facts(one, remarks) for one in said.adjustments if one.amount and (whole or is_left(one, rules, turn))]
    for line in said.lines:
        refused = whole or is_line_denial(as_line(line), rules)
        codes = dict.fromkeys([*line.row.remarks, *remarks])
        found += [
            _facts(one, codes) for one in line.adjustments if one.amount and (refused or is_left(one, rules, turn))
        ]
    return found


def _facts(one: RemittanceAdjustment, remarks: Iterable[str]) -> dict[str, Any]:
    """A reason as a denial keeps it; of one that moves no money the code's own advice is no way out."""
    facts = reason_facts(one.group, one.reason, one.amount, remarks)
    return {**facts, "action": _NOBODYS} if one.treatment == Treatment.INFO else facts


def _end(denial: Denial, outcome: Outcome, books: Books, again: bool) -> tuple[str, str] | None:
    """How an open denial ends by this remittance, or None when it says nothing about it."""
    paid = any(said.row.paid > ZERO for said, _ in outcome.answers)
    if paid or (outcome.answers and books.open_of(outcome.claim_id) <= ZERO):
        return Denial.Resolution.PAID, ""
    if again:
        return Denial.Resolution.TAKEN_BACK, _AGAIN
    if denial.remittance_claim_id in outcome.taken_back:
        return Denial.Resolution.TAKEN_BACK, ""
    return None
