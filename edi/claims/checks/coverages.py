"""Checks of what other payers have decided: that it is told once, and that it adds up."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from itertools import groupby
from typing import Final

from edi.claims.checks import lists, parties
from edi.claims.checks.lines import is_procedure
from edi.claims.checks.values import amount, dollars, not_after, one_of, required
from edi.claims.coordination import Adjustment, LineDecision, OtherCoverage
from edi.claims.model import Claim, Line
from edi.claims.problems import Findings
from edi.claims.writers.coverages import REASONS_PER_SEGMENT
from edi.codes.adjustments import adjustment_reasons

ZERO: Final = Decimal(0)
MAX_SEGMENTS: Final = 5


def coverages(found: Findings, sent: Claim, made_on: date) -> None:
    """Loops 2320, 2330 and 2430 of one claim."""
    found.at("2000B")
    _order(found, sent)
    for number, other in enumerate(sent.coverages, 1):
        found.at("2320", number)
        _coverage(found, other, made_on)
        if _comes_before(other, sent):
            _decided(found, sent, other)
    known = {other.payer.id for other in sent.coverages}
    for found.number, line in enumerate(sent.lines, 1):
        found.line = line.reference or str(found.number)
        for number, decision in enumerate(line.decisions, 1):
            found.at("2430", number)
            _decision(found, line, decision, known, made_on)
    found.line, found.number = "", 0


def _order(found: Findings, sent: Claim) -> None:
    """Each payer has its own place in the order, and a later one is told of the earlier ones."""
    places = [sent.subscriber.responsibility, *(other.responsibility for other in sent.coverages)]
    if len(set(places)) != len(places):
        found.add(
            4, "SBR01", "order-twice", "Two of the client's coverages have the same place in the order of payers."
        )
    if sent.subscriber.responsibility in lists.RESPONSIBILITIES[1:] and "P" not in places:
        found.add(4, "SBR01", "no-primary", "The claim goes to a later payer, but the primary coverage is not on it.")


def _comes_before(other: OtherCoverage, sent: Claim) -> bool:
    """Whether another payer pays before the one the claim goes to."""
    places = lists.RESPONSIBILITIES
    own = places.find(sent.subscriber.responsibility)
    return 0 <= places.find(other.responsibility) < own


def _coverage(found: Findings, other: OtherCoverage, made_on: date) -> None:
    """Loops 2320, 2330A and 2330B."""
    one_of(
        found, "SBR01", other.responsibility, f"{lists.RESPONSIBILITIES}U", "The other coverage's place in the order"
    )
    one_of(
        found, "SBR02", other.relationship, lists.OTHER_RELATIONSHIPS, "The client's relationship in the other coverage"
    )
    one_of(found, "SBR09", other.filing_indicator, lists.FILING_INDICATORS, "The other coverage's filing indicator")
    one_of(found, "OI03", other.benefits_assigned, lists.BENEFITS, "Assignment of the other coverage's benefits")
    one_of(found, "OI06", other.release, lists.RELEASES, "Release of information to the other payer")
    parties.name(found, other.subscriber.name, "The other subscriber's")
    required(found, "NM109", other.subscriber.member_id, "The other subscriber's", "member ID")
    if other.subscriber.address is not None:
        parties.address(found, other.subscriber.address, "The other subscriber's")
    found.at("2330B", found.nth)
    parties.payer(found, other.payer, "The other payer's")
    found.at("2320", found.nth)
    not_after(found, "DTP*573", other.decided_on, made_on, "The other payer's decision on")
    if other.paid is not None:
        amount(found, "AMT*D", other.paid, "What the other payer paid")
    if other.not_covered is not None:
        amount(found, "AMT*A8", other.not_covered, "What the other payer did not cover")
    _reasons(found, other.adjustments)


def _decided(found: Findings, sent: Claim, other: OtherCoverage) -> None:
    """A payer that pays earlier has decided: when, and how much."""
    decisions = [decision for line in sent.lines for decision in line.decisions if decision.payer_id == other.payer.id]
    name = other.payer.name
    if other.paid is None:
        found.add(4, "AMT*D", "not-decided", f"What {name} paid is missing; it pays before this payer.")
        return
    if other.decided_on is None and not decisions:
        found.add(4, "DTP*573", "no-decision-date", f"The day {name} decided is missing.")
    if decisions and other.adjustments and _repeats(other.adjustments, decisions):
        words = f"Adjustments of {name} are told both for the claim and for its lines; tell them once."
        found.add(3, "CAS", "told-twice", words)
    _balance(found, sent, other, decisions)


def _repeats(adjustments: tuple[Adjustment, ...], decisions: list[LineDecision]) -> bool:
    """Whether the claim's adjustments are the sum of the lines' own."""
    lines = sum((reason.amount for decision in decisions for reason in decision.adjustments), ZERO)
    return sum((reason.amount for reason in adjustments), ZERO) == lines != ZERO


def _balance(found: Findings, sent: Claim, other: OtherCoverage, decisions: list[LineDecision]) -> None:
    """What was paid is what the lines say, or the charge, less the claim's adjustments."""
    base = sum((decision.paid for decision in decisions), ZERO) if decisions else sent.charge
    expected = base - sum((reason.amount for reason in other.adjustments), ZERO)
    if other.paid is not None and other.paid != expected:
        words = f"{other.payer.name} paid {dollars(other.paid)}, but its decisions add up to {dollars(expected)}."
        found.add(3, "AMT*D", "other-paid", words)


def _decision(found: Findings, line: Line, decision: LineDecision, known: set[str], made_on: date) -> None:
    """Loop 2430: SV102 = SVD02 + the sum of the line's adjustments."""
    if decision.payer_id not in known:
        words = f"The line names payer {decision.payer_id}, which is none of the claim's other coverages."
        found.add(4, "SVD01", "unknown-payer", words)
    total = decision.paid + sum((reason.amount for reason in decision.adjustments), ZERO)
    if total != line.amount:
        words = f"The line's charge is {dollars(line.amount)}, but payment and adjustments add up to {dollars(total)}."
        found.add(3, "SVD02", "line-balance", words)
    if decision.code_qualifier == "HC" and not is_procedure(decision.code):
        words = f"{decision.code or 'The decided service'} does not have the form of a CPT or HCPCS code."
        found.add(5, "SVD03", "procedure", words)
    if decision.decided_on is None:
        found.add(2, "DTP*573", "missing", "The day the other payer decided the line is missing.")
    not_after(found, "DTP*573", decision.decided_on, made_on, "The other payer's decision on")
    amount(found, "SVD02", decision.paid, "What the other payer paid for the line")
    _reasons(found, decision.adjustments)


def _reasons(found: Findings, reasons: tuple[Adjustment, ...]) -> None:
    """CAS: group and reason, in at most five segments of six reasons of one group."""
    sizes = [len(list(members)) for _, members in groupby(reasons, key=lambda adjustment: adjustment.group)]
    if sum(-(-size // REASONS_PER_SEGMENT) for size in sizes) > MAX_SEGMENTS:
        found.add(2, "CAS", "too-many", "There are more adjustments than five CAS segments can hold.")
    for adjustment in reasons:
        one_of(found, "CAS01", adjustment.group, lists.ADJUSTMENT_GROUPS, "The adjustment group")
        if adjustment.reason not in adjustment_reasons():
            words = f"{adjustment.reason} is not an adjustment reason in use."
            found.add(5, "CAS02", "reason", words)
