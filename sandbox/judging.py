"""Decides a claim: the scenario's rules first, then the payer's house rules, then the fee table. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Final

from edi.amounts import ZERO
from edi.claims.model import ORIGINAL, VOID, Claim, Line
from edi.remittances.model import ClaimPayment
from edi.remittances.reversals import negated
from sandbox.changing import changed
from sandbox.outcomes import DENIALS, NO_ORIGINAL_NUMBER, REJECTIONS, UNKNOWN_ORIGINAL, Denial, Outcome, Rejection
from sandbox.paying import payment_of
from sandbox.pricing import (
    DEDUCTIBLE,
    HUNDRED,
    Priced,
    Shares,
    after_other_payer,
    allowed_for,
    denied,
    left_by_others,
    owed_by_patient,
    partly,
    percent,
    priced,
)
from sandbox.rules import plan_for, rule_for
from sandbox.scenario import Payer, Plan, Rule, Scenario

USUAL: Final = Rule(name="usual", outcome=Outcome.PAID)


@dataclass(frozen=True, slots=True)
class Known:
    """What the payer's books say before a claim is decided.

    `answered` are the codes and dates of the person that other claims were decided for; `standing` is the decision
    in force on the claim that REF*F8 names, when `original_known`.
    """

    answered: frozenset[tuple[str, date | None]] = frozenset()
    deductible_met: Decimal = ZERO
    original_known: bool = False
    standing: ClaimPayment | None = None


@dataclass(frozen=True, slots=True)
class Step:
    """One decision on its way into a remittance, `days` after the first one; `interest` goes into a PLB.

    `takeback` is what is taken back for the claim by a PLB alone, without a word about the claim.
    """

    payment: ClaimPayment
    days: int = 0
    interest: Decimal = ZERO
    takeback: Decimal = ZERO

    @property
    def stands(self) -> bool:
        """Whether it is the decision in force until another comes."""
        return not self.payment.is_reversal and not self.takeback


@dataclass(frozen=True, slots=True)
class Decision:
    """Either a rejection for the 277CA and its line, or the steps of an accepted claim (none: it is never answered)."""

    rejection: Rejection | None = None
    line: Line | None = None
    steps: tuple[Step, ...] = ()
    deductible: Decimal = ZERO


@dataclass(frozen=True, slots=True)
class Case:
    """A claim with all that bears on it; `number` is the payer's claim control number."""

    claim: Claim
    payer: Payer
    plan: Plan
    number: str
    day: date
    known: Known


def judge(scenario: Scenario, payer_id: str, claim: Claim, *, number: str, day: date, known: Known) -> Decision:
    """What becomes of a claim that came in readable, on the payer's `day`."""
    rule, line = rule_for(scenario, payer_id, claim) if claim.frequency == ORIGINAL else (None, None)
    if rejection := _rejection(claim, rule or USUAL, known):
        return Decision(rejection, line)
    plan = plan_for(scenario, payer_id, claim.subscriber.member_id)
    case = Case(claim, scenario.payer(payer_id), plan, number, day, known)
    undo = (Step(negated(known.standing)),) if known.standing is not None and claim.frequency != ORIGINAL else ()
    if claim.frequency == VOID:
        return Decision(steps=undo)
    steps, deductible = _steps(case, rule or USUAL, line)
    return Decision(steps=(*undo, *steps), deductible=deductible)


def _rejection(claim: Claim, rule: Rule, known: Known) -> Rejection | None:
    """Why a claim is turned away before anybody decides it."""
    if claim.frequency != ORIGINAL and not claim.original_reference:
        return NO_ORIGINAL_NUMBER
    if claim.frequency != ORIGINAL and not known.original_known:
        return UNKNOWN_ORIGINAL
    return REJECTIONS.get(rule.outcome)


def _steps(case: Case, rule: Rule, line: Line | None) -> tuple[tuple[Step, ...], Decimal]:
    """The first decision and, where the outcome says so, its reversal and correction; and the deductible used."""
    if rule.outcome is Outcome.UNANSWERED:
        return (), ZERO
    lines = _lines(case, rule, line)
    first = changed(payment_of(case.claim, lines, number=case.number, received_on=case.day), rule)
    interest = percent(first.paid, rule.interest) if rule.outcome is Outcome.PAID_WITH_INTEREST else ZERO
    taken = _taken_back(first, rule)
    if taken is not None and first.paid:
        return (Step(first), taken), _deductible(lines)
    corrected = _corrected(case, rule)
    if corrected is None or not first.paid:
        return (Step(first, interest=interest),), _deductible(lines)
    correction = payment_of(case.claim, corrected, number=case.number, received_on=case.day)
    later = (Step(negated(first), rule.days), Step(correction, rule.days))
    return (Step(first), *later), _deductible(corrected)


def _taken_back(first: ClaimPayment, rule: Rule) -> Step | None:
    """What takes a payment back and decides nothing anew: a reversal alone, or a PLB alone."""
    if rule.outcome is Outcome.REVERSED_LATER:
        return Step(negated(first), rule.days)
    if rule.outcome is Outcome.TAKEN_BACK_BY_PLB:
        return Step(first, rule.days, takeback=first.paid)
    return None


def _corrected(case: Case, rule: Rule) -> list[Priced] | None:
    """The lines as a later correction decides them, for the outcomes that have one."""
    if rule.outcome is Outcome.TAKEN_BACK:
        return [denied(line, DENIALS[Outcome.DENIED_COVERAGE_ENDED]) for line in case.claim.lines]
    if rule.outcome is Outcome.CORRECTED_LATER:
        return list(_judged(case, {}, rule.percent))
    return None


def _lines(case: Case, rule: Rule, fitted: Line | None) -> list[Priced]:
    """The lines as first decided."""
    scripted = DENIALS.get(rule.outcome)
    if rule.outcome is Outcome.DENIED:
        scripted = Denial(rule.group, rule.reason, rule.remark)
    if scripted is None:
        return [_adjusted(case, rule, *both) for both in zip(case.claim.lines, _judged(case, {}), strict=True)]
    whole = rule.outcome is not Outcome.LINE_DENIED
    return list(_judged(case, {at: scripted for at, line in enumerate(case.claim.lines) if whole or line is fitted}))


def _adjusted(case: Case, rule: Rule, line: Line, priced: Priced) -> Priced:
    """A line that is not denied, as outcomes about money have it."""
    if priced.is_denied or rule.outcome not in {Outcome.PARTLY_PAID, Outcome.ZERO_PAID}:
        return priced
    if rule.outcome is Outcome.ZERO_PAID:
        return owed_by_patient(line, allowed_for(case.payer, line))
    return partly(priced, rule.percent)


def _judged(case: Case, scripted: dict[int, Denial], rate: Decimal = HUNDRED) -> Iterator[Priced]:
    """Each line: denied by the script or by a house rule, else priced at `rate` percent of what is allowed."""
    shares = Shares.of(case.plan, case.known.deductible_met)
    is_first = case.claim.subscriber.responsibility == "P"
    for at, line in enumerate(case.claim.lines):
        denial = scripted.get(at) or _house_rule(case, line)
        allowed = percent(allowed_for(case.payer, line), rate)
        if denial:
            yield denied(line, denial)
        elif is_first:
            yield priced(line, allowed, shares)
        else:
            yield after_other_payer(line, left_by_others(case.claim, line), allowed)


def _house_rule(case: Case, line: Line) -> Denial | None:
    """Why a payer denies a line although no rule says so: seen before, too late, or without authorization."""
    if (line.code, line.service_date) in case.known.answered:
        return DENIALS[Outcome.DENIED_DUPLICATE]
    if line.service_date and (case.day - line.service_date).days > case.payer.filing_days:
        return DENIALS[Outcome.DENIED_LATE]
    has_authorization = case.claim.prior_authorization or line.prior_authorization
    if line.code in case.payer.authorization and not has_authorization:
        return DENIALS[Outcome.DENIED_NO_AUTHORIZATION]
    return None


def _deductible(lines: list[Priced]) -> Decimal:
    return sum((line.owed(DEDUCTIBLE) for line in lines), ZERO)
