"""The check of bytes: envelopes and counts first, then structure, then every claim as our own are checked."""

from __future__ import annotations

import re

from edi.claims.checks.elements import NAMED_BY_QUALIFIER, elements
from edi.claims.checks.files import Known, check
from edi.claims.checks.places import Places
from edi.claims.checks.structure import Structure
from edi.claims.model import VERSION
from edi.claims.problems import Problem
from edi.claims.readers.loops import split
from edi.claims.reading import read_group
from edi.claims.rows import row_of
from edi.errors import UnreadableError
from edi.interchanges import Group, Interchange, Transaction
from edi.reading import read
from edi.segments import Segment

MISSING_LEVEL = 2
"""Up to this level a problem may only repeat that something is not there."""


def check_bytes(
    content: bytes, *, known_diagnosis: Known | None = None, known_procedure: Known | None = None
) -> list[Problem]:
    """Every problem of an 837P file that anybody made; see `check` for what is looked at."""
    try:
        interchanges = read(content)
    except UnreadableError as error:
        return [Problem(1, "", "", error.tag or "ISA", "unreadable", error.reason, segment=error.segment or None)]
    problems = []
    for interchange in interchanges:
        problems += check_interchange(interchange, known_diagnosis=known_diagnosis, known_procedure=known_procedure)
    return problems


def check_interchange(
    interchange: Interchange, *, known_diagnosis: Known | None = None, known_procedure: Known | None = None
) -> list[Problem]:
    """Every problem of one interchange."""
    problems = [
        Problem(1, "", "", defect.code, "envelope", defect.words, defect.transaction, defect.segment or None)
        for defect in interchange.defects
    ]
    problems += _envelope("ISA", interchange.header, 1)
    if not interchange.transactions:
        problems.append(Problem(1, "", "", "ST", "missing", "The file holds no transaction."))
    for group in interchange.groups:
        versions = _versions(group)
        looks = [_structure(sent) for sent in group.transactions if sent.set_id == "837"]
        structure = [problem for look in looks for problem in look.problems]
        file, readings = read_group(interchange, group)
        unread = [problem for reading in readings for problem in reading.problems]
        asked = {"known_diagnosis": known_diagnosis, "known_procedure": known_procedure}
        found = check(file, where=Places(group, readings), **asked) if file else []
        said = structure + _unsaid(unread, structure) + _unsaid(found, structure + unread)
        faults = [fault for look in looks for fault in look.faults]
        problems += versions + said + _more(faults, versions + said)
    return list(dict.fromkeys(problems))


def _envelope(tag: str, segment: Segment | None, number: int) -> list[Problem]:
    """The elements of ISA or GS."""
    row = row_of("ISA", tag, "")
    if row is None or segment is None:
        return []
    faults = elements(row, segment)
    return [Problem(1, "", "", fault.element, fault.code, fault.words, segment=number or None) for fault in faults]


def _versions(group: Group) -> list[Problem]:
    """GS, ST01 and ST03."""
    problems = _envelope("GS", group.header, group.number)
    for sent in group.transactions:
        if sent.set_id != "837":
            words = f"Transaction {sent.control} is a {sent.set_id}, not an 837."
            problems.append(Problem(1, "", "", "ST01", "version", words, sent.control, 1))
        elif VERSION not in {sent.version, group.version} or {sent.version, group.version} != {VERSION}:
            words = f"Transaction {sent.control} is version {sent.version or 'unknown'}; claims are sent as {VERSION}."
            problems.append(Problem(1, "", "", "ST03", "version", words, sent.control, 1))
    return problems


def _structure(sent: Transaction) -> Structure:
    """What is wrong with the loops and the elements of one transaction."""
    structure = Structure(sent.control)
    for found in split(sent.segments):
        structure.look(found)
    structure.close(sent.segments)
    return structure


def _unsaid(problems: list[Problem], said: list[Problem]) -> list[Problem]:
    """Those that are more than the consequence of a segment or value already said to be missing or unreadable."""
    spoken = {_place(problem) for problem in said if problem.level == 1 or problem.code == "missing"}
    return [problem for problem in problems if problem.level > MISSING_LEVEL or _place(problem) not in spoken]


def _place(problem: Problem) -> tuple[str, str, str]:
    """Claim, line and segment of a problem."""
    return problem.claim, problem.line, re.split(r"[0-9]{2}(?:-|$)|\*", problem.element)[0]


def _more(faults: list[Problem], said: list[Problem]) -> list[Problem]:
    """The faults of elements that no other check has said already."""
    spoken = {_spot(problem) for problem in said if not problem.warning}
    return [fault for fault in faults if _spot(fault) not in spoken]


def _spot(problem: Problem) -> tuple[str, int | None, str]:
    """Transaction, segment and element of a problem; of a segment named by its qualifier only the tag."""
    name = re.split(r"-|\*", problem.element)[0]
    return problem.transaction, problem.segment, name[:3] if name[:3] in NAMED_BY_QUALIFIER else name
