"""What the syntax check says, as a 999 says it: which transaction is refused, at which segment and element. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Final

from edi.acknowledgments.model import Acknowledgment, ElementError, SegmentError, SetResponse
from edi.characters import clean
from edi.claims.model import VERSION
from edi.claims.problems import Problem
from edi.claims.reading import read_parts
from edi.interchanges import Group, Transaction

SYNTAX: Final = 2
"""The highest SNIP level that a 999 answers; what lies above is for the 277CA."""

ENVELOPE: Final = "envelope"
"""The code of a problem whose segment is counted from ISA, not from ST."""

SEGMENT_AT_FAULT: Final = "5"
NOT_CLAIMS: Final = "1"
WRONG_VERSION: Final = "2"
SET_CODES: Final = {"SE": "2", "SE02": "3", "SE01": "4", "ST02": "7", "ST01": "1", "ST03": "I6"}
GROUP_CODES: Final = {
    "GE": "3",
    "GE02": "4",
    "GE01": "5",
    "GS06": "6",
    "GS": "6",
    "GS01": NOT_CLAIMS,
    "GS08": WRONG_VERSION,
}
SEGMENT_CODES: Final = {"missing": "3", "too-many": "5", "order": "7", "misplaced": "2"}
ELEMENT_CODES: Final = {
    "missing": "1",
    "too-short": "4",
    "too-long": "5",
    "characters": "6",
    "amount": "6",
    "number": "6",
    "date": "8",
}
OTHER_VALUE: Final = "7"
WITH_ERRORS: Final = "8"

MOST_ERRORS: Final = 500
"""How many faults of one transaction a 999 lists: one that is wrong throughout is refused all the same."""

_element = re.compile(r"([A-Z][A-Z0-9]{1,2}?)([0-9]{2})(?:-[0-9]+)?").fullmatch


def is_syntax(problem: Problem) -> bool:
    """Whether a 999 refuses a transaction for it."""
    return problem.level <= SYNTAX and not problem.warning


def acknowledge(group: Group, problems: Sequence[Problem], version: str = VERSION) -> Acknowledgment:
    """The 999 of a group, from all problems of the group; it should be of a version."""
    about = {**dict.fromkeys((sent.control for sent in group.transactions), ()), **_by_transaction(group, problems)}
    codes = _group_codes(group, problems, version)
    sets = tuple(_set(sent, about[sent.control], refused=bool(codes)) for sent in group.transactions)
    count, accepted = len(sets), sum(one.status == "A" for one in sets)
    status = "A" if accepted == count and not codes else "P" if accepted and not codes else "R"
    return Acknowledgment(
        group.functional_id, group.control, status, group.version, count, count, accepted, codes, sets
    )


def _by_transaction(group: Group, problems: Iterable[Problem]) -> dict[str, list[Problem]]:
    """The syntax problems of each transaction; those of the file as a whole belong to its first one."""
    first = group.transactions[0].control if group.transactions else ""
    found: dict[str, list[Problem]] = {}
    for problem in filter(is_syntax, problems):
        if problem.element not in GROUP_CODES:
            found.setdefault(problem.transaction or first, []).append(problem)
    return found


def _group_codes(group: Group, problems: Iterable[Problem], version: str) -> tuple[str, ...]:
    """AK905 and following: why the group as a whole is refused."""
    codes = [GROUP_CODES[one.element] for one in problems if is_syntax(one) and one.element in GROUP_CODES]
    if group.version != version:
        codes.append(WRONG_VERSION)
    return tuple(dict.fromkeys(codes))[:5]


def _set(sent: Transaction, problems: Sequence[Problem], *, refused: bool) -> SetResponse:
    """AK2 to IK5."""
    if not problems:
        return SetResponse(sent.set_id, sent.control, "R" if refused else "A", sent.version)
    codes = dict.fromkeys(SET_CODES.get(problem.element, SEGMENT_AT_FAULT) for problem in problems)
    within = [problem for problem in problems if problem.element not in SET_CODES]
    places = Places(sent) if within else None
    errors = tuple(_error(places, problem) for problem in within[:MOST_ERRORS]) if places else ()
    return SetResponse(sent.set_id, sent.control, "R", sent.version, tuple(codes)[:5], errors)


def _error(places: Places, problem: Problem) -> SegmentError:
    """IK3 with its CTX and IK4."""
    tag, element, qualifier = _split(problem.element)
    known = problem.segment if problem.code != ENVELOPE else 0
    position = known or places.find(problem, tag, qualifier)
    contexts = (f"CLM01:{problem.claim}",) if clean(problem.claim).strip() else ()
    if not element:
        code = SEGMENT_CODES.get(problem.code, WITH_ERRORS)
        return SegmentError(tag, position, code, contexts=contexts)
    fault = ElementError(element, ELEMENT_CODES.get(problem.code, OTHER_VALUE))
    return SegmentError(tag, position, WITH_ERRORS, contexts=contexts, elements=(fault,))


def _split(element: str) -> tuple[str, int, str]:
    """Tag, number of the element (0 for the segment as a whole) and qualifier of N403, SV101-7 or REF*6R."""
    tag, _, qualifier = element.partition("*")
    found = _element(tag)
    return (found[1], int(found[2]), qualifier) if found else (tag[:3], 0, qualifier)


class Places:
    """Where the segments of a transaction stand, ST being 1."""

    def __init__(self, sent: Transaction) -> None:
        self._segments = list(sent.segments)
        self._claims = read_parts(sent).positions if sent.set_id == "837" else {}

    def find(self, problem: Problem, tag: str, qualifier: str) -> int:
        """The first segment with this tag in what the problem is about; else the first segment of that."""
        first, last = self._span(problem)
        for number in range(first, last + 1):
            segment = self._segments[number - 1]
            if segment.tag == tag and qualifier in {"", segment[1]}:
                return number
        return first

    def _span(self, problem: Problem) -> tuple[int, int]:
        """First and last segment of the line, of the claim, or of the transaction when the problem names neither."""
        first, last = self._claims.get(problem.claim, (1, len(self._segments)))
        begins = first
        for number in range(first, last + 1) if problem.line else ():
            segment = self._segments[number - 1]
            if segment.tag == "LX":
                begins = number
            elif segment.tag == "REF" and (segment[1], segment[2]) == ("6R", problem.line):
                return begins, last
        return first, last
