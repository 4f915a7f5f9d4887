"""Answers a 270 from the scenario's plans. Pure: what was used of a deductible is asked of a function."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Final

from edi.eligibility.answer import Answer, MemberAnswer, PayerAnswer, ReceiverAnswer, SubscriberAnswer
from edi.eligibility.benefit import Benefit
from edi.eligibility.inquiry import Inquiry, Member, Subscriber
from edi.eligibility.people import ECHOED_TRACE, Identity
from edi.eligibility.rejection import Level, Rejection
from edi.parties import Reference
from sandbox.coverages import ACTIVE, PLAN, rows, span
from sandbox.outcomes import Eligibility
from sandbox.rules import plan_of
from sandbox.scenario import Plan, Scenario

Met = Callable[[str, str, int], Decimal]
"""What of the deductible of a year is used, by payer and person."""

ABOUT_MEMBER: Final = {
    Eligibility.NOT_FOUND: "75",
    Eligibility.WRONG_MEMBER_NUMBER: "72",
    Eligibility.WRONG_BIRTH_DATE: "71",
    Eligibility.PATIENT_NOT_FOUND: "67",
}
"""AAA03 of a refusal that is about a person."""

ASKED_ON: Final = "291"
CORRECT, RESUBMIT = "C", "R"
DOWN: Final = Rejection(Level.PAYER, "42", RESUBMIT, is_valid=True)
STRANGE_PROVIDER: Final = Rejection(Level.RECEIVER, "51", CORRECT)


@dataclass(frozen=True, slots=True)
class Desk:
    """What a payer answers from: the scenario, its books, and its day."""

    scenario: Scenario
    met: Met
    day: date


def answer(inquiry: Inquiry, desk: Desk) -> Answer:
    """The 271 to a 270, under the same number."""
    plans = [_plan(inquiry, desk, one.member) for one in inquiry.subscribers]
    answers = {plan.answer for plan in plans if plan}
    if Eligibility.PAYER_DOWN in answers:
        payer = PayerAnswer(inquiry.payer, rejections=(DOWN,), receivers=(ReceiverAnswer(inquiry.receiver),))
    elif Eligibility.PROVIDER_UNKNOWN in answers:
        payer = PayerAnswer(inquiry.payer, receivers=(ReceiverAnswer(inquiry.receiver, (STRANGE_PROVIDER,)),))
    else:
        told = tuple(
            _subscriber(inquiry, desk, one, plan) for one, plan in zip(inquiry.subscribers, plans, strict=True)
        )
        payer = PayerAnswer(inquiry.payer, receivers=(ReceiverAnswer(inquiry.receiver, (), told),))
    return Answer(inquiry.number, (payer,), inquiry.made_at)


def _subscriber(inquiry: Inquiry, desk: Desk, asked: Subscriber, plan: Plan | None) -> SubscriberAnswer:
    """The subscriber, and every dependent asked about; one who is refused hides those under her."""
    own = _told(asked.member, plan)
    refused = _refusal(asked.member, plan, is_dependent=False) if plan else None
    if refused:
        return SubscriberAnswer(replace(own, rejections=(refused,)))
    if asked.member.questions or not asked.dependents:
        own = replace(own, benefits=_benefits(inquiry, desk, asked.member, asked.member, plan))
    dependents = (_dependent(inquiry, desk, asked.member, one, plan) for one in asked.dependents)
    return SubscriberAnswer(own, tuple(dependents))


def _dependent(inquiry: Inquiry, desk: Desk, holder: Member, asked: Member, plan: Plan | None) -> MemberAnswer:
    told = _told(asked, plan)
    refused = _refusal(asked, plan, is_dependent=True) if plan else None
    if refused:
        return replace(told, rejections=(refused,))
    return replace(told, benefits=_benefits(inquiry, desk, holder, asked, plan))


def _told(asked: Member, plan: Plan | None) -> MemberAnswer:
    """Somebody as asked, with the group and the dates of the plan, and our trace given back."""
    identity = asked.identity
    if plan:
        group = (Reference("6P", plan.group),) if plan.group else ()
        identity = replace(identity, references=(*identity.references, *group), dates=(*identity.dates, *span(plan)))
    return MemberAnswer(identity, tuple(replace(one, kind=ECHOED_TRACE) for one in asked.traces))


def _refusal(asked: Member, plan: Plan, *, is_dependent: bool) -> Rejection | None:
    """Why nothing is said about a person: as scripted, or because the birth date is not the plan's."""
    level = Level.DEPENDENT if is_dependent else Level.SUBSCRIBER
    known, given = plan.birth_date, asked.identity.birth_date
    if not is_dependent and known and given and given != known:
        return Rejection(level, ABOUT_MEMBER[Eligibility.WRONG_BIRTH_DATE], CORRECT)
    about_patient = plan.answer is Eligibility.PATIENT_NOT_FOUND
    if plan.answer in ABOUT_MEMBER and about_patient == is_dependent:
        return Rejection(level, ABOUT_MEMBER[plan.answer], CORRECT)
    return None


def _benefits(inquiry: Inquiry, desk: Desk, holder: Member, asked: Member, plan: Plan | None) -> tuple[Benefit, ...]:
    """What the plan says of a person; a payer without a plan in the scenario says that it is active and no more."""
    if plan is None:
        return (Benefit(ACTIVE, service_types=(PLAN,)),)
    day = next((one.first for one in asked.identity.dates if one.qualifier == ASKED_ON), desk.day)
    types = [code for question in asked.questions for code in question.service_types]
    met = desk.met(_payer_id(inquiry), person_of(holder.identity, asked.identity), day.year)
    return rows(plan, types, day, met)


def person_of(holder: Identity, patient: Identity) -> str:
    """Who is asked about, as the books name the patient of a claim."""
    born = patient.birth_date.isoformat() if patient.birth_date else ""
    return "|".join((holder.member_id, born, patient.name.first if patient.name else ""))


def _plan(inquiry: Inquiry, desk: Desk, member: Member) -> Plan | None:
    return plan_of(desk.scenario, _payer_id(inquiry), member.identity.member_id)


def _payer_id(inquiry: Inquiry) -> str:
    return inquiry.payer.id if inquiry.payer else ""
