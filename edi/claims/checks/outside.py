"""The check of bytes: envelopes and counts first, then structure, then every claim as our own are checked."""

from __future__ import annotations

import re

from edi.claims.checks.files import Known, check
from edi.claims.checks.structure import Structure
from edi.claims.model import VERSION
from edi.claims.problems import Problem
from edi.claims.readers.loops import split
from edi.claims.reading import read_group
from edi.errors import UnreadableError
from edi.interchanges import Group, Interchange, Transaction
from edi.reading import read

MISSING_LEVEL = 2
"""Up to this level a problem may only repeat that something is not there."""


def check_bytes(
    content: bytes, *, known_diagnosis: Known | None = None, known_procedure: Known | None = None
) -> list[Problem]:
    """Every problem of an 837P file that anybody made; see `check` for what is looked at."""
    try:
        interchanges = read(content)
    except UnreadableError as error:
        return [Problem(1, "", "", error.tag or "ISA", "unreadable", error.reason, segment=error.segment)]
    problems = []
    for interchange in interchanges:
        problems += check_interchange(interchange, known_diagnosis=known_diagnosis, known_procedure=known_procedure)
    return problems


def check_interchange(
    interchange: Interchange, *, known_diagnosis: Known | None = None, known_procedure: Known | None = None
) -> list[Problem]:
    """Every problem of one interchange."""
    problems = [
        Problem(1, "", "", defect.code, "envelope", defect.words, defect.transaction, defect.segment)
        for defect in interchange.defects
    ]
    if interchange.usage not in {"P", "T"}:
        words = f"ISA15 is {interchange.usage or 'empty'}; it says P for production or T for test."
        problems.append(Problem(1, "", "", "ISA15", "usage", words))
    if not interchange.transactions:
        problems.append(Problem(1, "", "", "ST", "missing", "The file holds no transaction."))
    for group in interchange.groups:
        problems += _versions(group)
        structure = [problem for sent in group.transactions for problem in _structure(sent)]
        file, readings = read_group(interchange, group)
        unread = [problem for reading in readings for problem in reading.problems]
        found = check(file, known_diagnosis=known_diagnosis, known_procedure=known_procedure) if file else []
        problems += structure + _unsaid(unread, structure) + _unsaid(found, structure + unread)
    return list(dict.fromkeys(problems))


def _versions(group: Group) -> list[Problem]:
    """GS01, GS08, ST01 and ST03."""
    problems = []
    if group.functional_id != "HC":
        words = f"GS01 is {group.functional_id or 'empty'}; a group of claims says HC."
        problems.append(Problem(1, "", "", "GS01", "version", words))
    for sent in group.transactions:
        if sent.set_id != "837":
            words = f"Transaction {sent.control} is a {sent.set_id}, not an 837."
            problems.append(Problem(1, "", "", "ST01", "version", words, sent.control))
        elif VERSION not in {sent.version, group.version} or {sent.version, group.version} != {VERSION}:
            words = f"Transaction {sent.control} is version {sent.version or 'unknown'}; claims are sent as {VERSION}."
            problems.append(Problem(1, "", "", "ST03", "version", words, sent.control))
    return problems


def _structure(sent: Transaction) -> list[Problem]:
    """What is wrong with the loops of one transaction."""
    if sent.set_id != "837":
        return []
    structure = Structure(sent.control)
    for found in split(sent.segments):
        structure.look(found)
    return structure.problems


def _unsaid(problems: list[Problem], said: list[Problem]) -> list[Problem]:
    """Those that are more than the consequence of a segment or value already said to be missing or unreadable."""
    spoken = {_place(problem) for problem in said if problem.level == 1 or problem.code == "missing"}
    return [problem for problem in problems if problem.level > MISSING_LEVEL or _place(problem) not in spoken]


def _place(problem: Problem) -> tuple[str, str, str]:
    """Claim, line and segment of a problem."""
    return problem.claim, problem.line, re.split(r"[0-9]{2}(?:-|$)|\*", problem.element)[0]
