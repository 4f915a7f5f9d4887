"""Finds what of ours an answer speaks of: the request by its control number, and the claims that went in it."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from billing.claims.arriving import record_answered
from billing.inbound.cases import Case
from billing.models import Claim, Request, Submission
from practice import clock, states
from practice.actors import Actor

_NINE = 9


def request_of(case: Case, control: str) -> Request | None:
    """The request with this control number, locked and known to have arrived, since it is answered.

    None where two connections used the number and nobody says which. An upload says nothing of its connection, so
    the answer must name that connection's submitter as its receiver.
    """
    if not control.strip().isdigit():
        return None
    rows = Request.objects.select_for_update(no_key=True, of=("self",))
    rows = rows.filter(control_number=control.strip().zfill(_NINE)[-_NINE:])
    if case.inbound.connection_id is not None:
        rows = rows.filter(connection=case.inbound.connection_id)
    else:
        rows = rows.filter(connection__submitter_id=case.interchange.receiver)
    found = list(rows[:2])
    if len(found) != 1:
        return None
    record_answered([found[0].pk], actor=case.actor)
    found[0].refresh_from_db()
    return found[0]


def answer_request(request: Request, state: str, *, actor: Actor, reason: str) -> None:
    """Moves a request by an answer, where its state leads there, and writes down when it was answered."""
    if request.status != state and states.may_become(request, state):
        states.transition(request, state, actor=actor, reason=reason[:200])
    request.answered_at = clock.now()
    request.save(update_fields=["answered_at"])


def locked_claims(ids: Iterable[int]) -> dict[int, Claim]:
    """Claims by key, locked in the order of keys."""
    rows = Claim.objects.select_for_update(no_key=True, of=("self",)).filter(pk__in=set(ids)).order_by("pk")
    return {row.pk: row for row in rows}


def latest(submissions: Collection[Submission]) -> set[int]:
    """Of these submissions the keys of those after which their claim was not sent again."""
    claims = {one.claim_id for one in submissions}
    last = dict(Submission.objects.filter(claim__in=claims).order_by("pk").values_list("claim_id", "pk"))
    return {one.pk for one in submissions if last.get(one.claim_id) == one.pk}


def move(claims: Iterable[Claim], state: str, *, before: Collection[str], actor: Actor, reason: str) -> None:
    """Moves the claims that stand in one of the states `before`, and leaves the others where they are."""
    rows = [claim for claim in claims if claim.status in before and states.may_become(claim, state)]
    states.transition_many(rows, state, actor=actor, reason=reason[:200])
