"""Step three: what a payer answered is kept as it came, read, compared, and made the answer that counts."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from django.db import transaction

from billing.eligibility import asking, comparing, content, finding, standing
from billing.eligibility.asking import ASK, Wanted
from billing.eligibility.comparing import OnRecord
from billing.eligibility.facts import NOT_SERVED, NOT_THAT_DAY, Facts, as_data, from_data
from billing.models import EligibilityCheck
from edi.acknowledgments import reading as acknowledgments
from edi.eligibility import reading_answers
from edi.eligibility.benefits import benefits
from edi.eligibility.responses import Response, responses_to
from edi.errors import X12Error
from edi.interchanges import Interchange
from edi.reading import read
from practice import audit, clock, due, files, states
from practice.actors import Actor
from practice.models import Practice
from practice.setup.selectors import get_settings
from practice.tenancy.context import practice_context

S = EligibilityCheck.Status
Found = EligibilityCheck.Outcome
_REFUSED: Final = "The clearinghouse refused the question as it was written."
_NOT_OURS: Final = "What came back does not name our question."
_UNREADABLE: Final = "What came back cannot be read."
PAUSES: Final = tuple(dt.timedelta(minutes=pause) for pause in (2, 10, 30, 120))


@dataclass(frozen=True, slots=True)
class Reading:
    """The answer to one question, or why there is none."""

    facts: Facts | None = None
    trouble: str = ""
    refused: bool = False


def record(practice_id: int, check_id: int, answer: bytes) -> None:
    """Writes down an answer; whoever comes second finds it written."""
    with transaction.atomic(), practice_context(practice_id, phi=True):
        row = locked(check_id)
        if row is not None and row.status == S.SENDING:
            write(row, answer, Practice.objects.get(pk=practice_id))


def write(row: EligibilityCheck, answer: bytes, practice: Practice) -> None:
    """Writes down an answer to a question under way, which is locked, in the practice's open context."""
    _keep(row, answer)
    reading = read_answer(row, answer)
    if reading.facts is None:
        close(row, S.FAILED if reading.refused else S.UNKNOWN, reading.trouble)
    else:
        _decide(row, reading.facts, practice)


def not_answered(row: EligibilityCheck, trouble: str, *, again: bool) -> None:
    """Nothing came: asked again a few times, then left to a person or the next night."""
    if again and row.attempts <= len(PAUSES):
        wait(row, trouble)
    else:
        close(row, S.FAILED, trouble)


def locked(check_id: int) -> EligibilityCheck | None:
    """The check with what it asks about, locked; None when it is gone."""
    rows = EligibilityCheck.objects.select_for_update(no_key=True, of=("self",))
    return rows.select_related("coverage__payer", "client").filter(pk=check_id).first()


def wait(row: EligibilityCheck, trouble: str) -> None:
    """Back in line, with the reason, for a while that grows."""
    states.transition(row, S.READY, actor=Actor.system(row.practice_id), reason=trouble[:200])
    row.lease_until, row.trouble = None, trouble[:300]
    row.save(update_fields=["lease_until", "trouble", "answer", "facts"])
    pause = PAUSES[min(row.attempts, len(PAUSES)) - 1]
    due.plan(ASK, practice_id=row.practice_id, object_id=row.pk, due_at=clock.now() + pause)


def close(row: EligibilityCheck, state: str, trouble: str) -> None:
    """Not answered in a way that helps; a person or the next night may ask again."""
    states.transition(row, state, actor=Actor.system(row.practice_id), reason=trouble[:200])
    row.trouble, row.lease_until = trouble[:300], None
    row.save(update_fields=["trouble", "lease_until", "answer", "facts"])
    due.done(ASK, practice_id=row.practice_id, object_id=row.pk)


def read_answer(row: EligibilityCheck, answer: bytes) -> Reading:
    """What the bytes say to our question."""
    try:
        interchanges = list(read(answer.replace(b"\0", b" "))) if answer else []
    except X12Error:
        return Reading(trouble=_UNREADABLE)
    number = content.trace_of(get_settings(), row.trace)
    for one in (one for interchange in interchanges for one in interchange.transactions if one.set_id == "271"):
        told = reading_answers.read(one)
        found = responses_to(told, number)
        if found:
            response = _best(found)
            doubtful = told.is_doubtful or sum(not one.is_rejected for one in found) > 1
            return Reading(finding.found(benefits(response, row.service_on), is_doubtful=doubtful))
    if any(_refusals(interchanges)):
        return Reading(trouble=_REFUSED, refused=True)
    return Reading(trouble=_NOT_OURS)


def _best(found: tuple[Response, ...]) -> Response:
    """The response that says something, else the first rejection."""
    return next((one for one in found if not one.is_rejected), found[0])


def _refusals(interchanges: list[Interchange]) -> Iterator[bool]:
    """Whether a 999 or TA1 turned it away."""
    for interchange in interchanges:
        yield from (one.set_id in {"999", "997"} for one in interchange.transactions)
        yield from (True for _ in acknowledgments.read_interchange(interchange))


def _keep(row: EligibilityCheck, answer: bytes) -> None:
    if answer:
        row.answer = files.store(answer[: files.LARGEST], name=f"{row.trace}.271", actor=Actor.system(row.practice_id))


def _decide(row: EligibilityCheck, facts: Facts, practice: Practice) -> None:
    row.facts = as_data(facts)
    told = [one for one in facts.rejects if one.is_about_client is False]
    if facts.is_active is None and told and len(told) == len(facts.rejects):
        _payers_own(row, facts)
        _ask_further(row, facts, practice)
        return
    _answered(row, facts)
    _ask_further(row, facts, practice)


def _payers_own(row: EligibilityCheck, facts: Facts) -> None:
    """A rejection that says nothing about the client: the payer is down, or does not know the practice."""
    first = facts.rejects[0]
    if first.may_retry and row.attempts <= len(PAUSES):
        wait(row, f"{first.words}.")
        return
    trouble = f"{first.words}. {first.fix or first.action}".strip().rstrip(".") + "."
    close(row, S.FAILED, trouble)


def _answered(row: EligibilityCheck, facts: Facts) -> None:
    actor = Actor.system(row.practice_id)
    former = EligibilityCheck.objects.filter(coverage=row.coverage_id, is_current=True).first()
    record_ = OnRecord(row.coverage.payer.name, row.coverage.copay)
    found = [one.as_data() for one in comparing.alerts(facts, from_data(former.facts) if former else None, record_)]
    row.outcome, row.checked_at, row.lease_until, row.trouble = _outcome(facts), clock.now(), None, ""
    row.is_current = former is None or not _is_weaker(row, facts, former)
    row.alerts = _with_former(found, former) if row.reason == EligibilityCheck.Reason.AGAIN else found
    if row.is_current and former is not None:
        EligibilityCheck.objects.filter(pk=former.pk).update(is_current=False)
    row.save(
        update_fields=["facts", "outcome", "checked_at", "lease_until", "trouble", "is_current", "alerts", "answer"]
    )
    states.transition(row, S.ANSWERED, actor=actor)
    audit.record("eligibility.answered", actor=actor, row=row, client_id=row.client_id, after={"outcome": row.outcome})
    due.done(ASK, practice_id=row.practice_id, object_id=row.pk)


def _outcome(facts: Facts) -> str:
    if facts.is_active is not None:
        return Found.ACTIVE if facts.is_active else Found.INACTIVE
    return Found.REJECTED if facts.rejects else Found.UNCLEAR


def _is_weaker(row: EligibilityCheck, facts: Facts, former: EligibilityCheck) -> bool:
    """Whether asking once more in another way brought less than the answer before it."""
    if row.reason != EligibilityCheck.Reason.AGAIN or former.outcome not in {Found.ACTIVE, Found.INACTIVE}:
        return False
    return facts.is_active is None or not facts.has_figures


def _with_former(found: list[dict[str, str]], former: EligibilityCheck | None) -> list[dict[str, str]]:
    """What the first of two answers to one question said to look at stays, also where the second leaves it out."""
    if former is None or former.looked_at is not None:
        return found
    said = {one["words"] for one in found}
    kept = {comparing.Kind.CARVE_OUT, comparing.Kind.OTHER_PAYER}
    return [*found, *(one for one in former.alerts if one["kind"] in kept and one["words"] not in said)]


def _ask_further(row: EligibilityCheck, facts: Facts, practice: Practice) -> None:
    """Once more by the next service type, or for today, where the answer leaves it open."""
    today = clock.today(practice)
    reasons = {one.reason for one in facts.rejects}
    by, day = row.service_types[0], row.service_on
    if reasons & NOT_THAT_DAY and row.service_on > today:
        day = today
    elif reasons & NOT_SERVED or (facts.is_active and not facts.has_figures):
        by = standing.next_type(by)
    else:
        return
    if by:
        wanted = Wanted(row.coverage, row.client, day, EligibilityCheck.Reason.AGAIN)
        known = standing.load(today)
        asking.plan([wanted], known, actor=Actor.system(row.practice_id), service_types=[by], together=row.together)
