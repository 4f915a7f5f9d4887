"""A claim that brings rejection upon its file (TA1) or its transaction (999), as a scenario's rule says."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from edi.claims.problems import Problem
from edi.claims.reading import read_parts
from edi.interchanges import Interchange, Transaction
from sandbox.outcomes import BEFORE_ANY_CLAIM, Outcome
from sandbox.rules import rule_for
from sandbox.scenario import Scenario

CONTENT: Final = "024"
"""TA105: what stands in the file is not right."""

WORDS: Final = "The sandbox refuses this claim, as its scenario says."


def note_for(scenario: Scenario, interchange: Interchange) -> str:
    """The TA105 note for which a rule turns the interchange away; empty when none does."""
    found = (outcome for sent in interchange.transactions for outcome, _ in _doomed(scenario, sent))
    return CONTENT if Outcome.REJECTED_INTERCHANGE in found else ""


def problems_for(scenario: Scenario, interchange: Interchange) -> list[Problem]:
    """The faults of syntax that rules find in claims of an interchange."""
    return [
        Problem(2, account, "", "CLM01", "scripted", WORDS, sent.control)
        for sent in interchange.transactions
        for outcome, account in _doomed(scenario, sent)
        if outcome is Outcome.REJECTED_SYNTAX
    ]


def _doomed(scenario: Scenario, sent: Transaction) -> Iterator[tuple[Outcome, str]]:
    """The claims whose rule speaks before anybody decides; nothing is read where no rule of the scenario does."""
    if sent.set_id != "837" or not any(rule.outcome in BEFORE_ANY_CLAIM for rule in scenario.rules):
        return
    for part in read_parts(sent).transactions:
        for claim in part.claims:
            rule, _ = rule_for(scenario, part.payer.id, claim)
            if rule is not None and rule.outcome in BEFORE_ANY_CLAIM:
                yield rule.outcome, claim.patient_control_number
