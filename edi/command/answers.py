"""What is wrong with an answer, as findings: its oddities, and for a remittance the sums that do not come out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, Final

from edi.claims.problems import Problem
from edi.command.loops import loops
from edi.interchanges import Transaction
from edi.oddities import Oddity
from edi.remittances.balancing import Imbalance, Level, balance
from edi.remittances.model import Remittance

PLACES: Final = {Level.LINE: ("SVC03", "2110"), Level.CLAIM: ("CLP04", "2100"), Level.TRANSACTION: ("BPR02", "")}
"""Which element holds the sum of a level, and in which loop."""


def by_defects(sent: Transaction, answer: Any) -> Iterator[Problem]:
    """The oddities of an answer: grave ones are errors of syntax, others warnings that the guide asks for more."""
    oddities: tuple[Oddity, ...] = answer.defects
    where = _places(sent, {oddity.segment for oddity in oddities})
    for oddity in oddities:
        tag, loop = where.get(oddity.segment, ("ST", ""))
        level, code = (1, "unreadable") if oddity.grave else (2, "oddity")
        number = oddity.segment or 1
        yield Problem(level, "", "", tag, code, oddity.words, sent.control, number, not oddity.grave, loop)


def _places(sent: Transaction, numbers: Iterable[int]) -> dict[int, tuple[str, str]]:
    """The tag and the loop of some segments."""
    wanted = set(numbers)
    if not wanted:
        return {}
    tagged = zip(sent.segments, loops(sent), strict=True)
    return {number: (segment.tag, loop) for number, (segment, loop) in enumerate(tagged, 1) if number in wanted}


def by_balance(sent: Transaction, remittance: Remittance) -> Iterator[Problem]:
    """The oddities of a remittance, then each sum that does not come out."""
    yield from by_defects(sent, remittance)
    wrong = balance(remittance)
    positions = _positions(sent) if wrong else {}
    for imbalance in wrong:
        yield _unbalanced(sent, remittance, imbalance, positions)


def _unbalanced(
    sent: Transaction, remittance: Remittance, wrong: Imbalance, positions: dict[tuple[int, int], int]
) -> Problem:
    """A sum that does not come out, with its claim and line."""
    element, loop = PLACES[wrong.level]
    claim = remittance.claims[wrong.claim - 1] if wrong.claim else None
    number = claim.patient_control_number if claim else ""
    line = (claim.lines[wrong.line - 1].reference or str(wrong.line)) if claim and wrong.line else ""
    segment = positions.get((wrong.claim, wrong.line))
    return Problem(3, number, line, element, "balance", wrong.words, sent.control, segment, loop=loop)


def _positions(sent: Transaction) -> dict[tuple[int, int], int]:
    """Where each claim and line of a remittance stands, by their numbers from 1; (0, 0) is its BPR."""
    found: dict[tuple[int, int], int] = {}
    claim = line = 0
    for number, segment in enumerate(sent.segments, 1):
        if segment.tag == "BPR":
            found.setdefault((0, 0), number)
        elif segment.tag == "CLP":
            claim, line = claim + 1, 0
            found[claim, 0] = number
        elif segment.tag == "SVC" and claim:
            line += 1
            found[claim, line] = number
    return found
