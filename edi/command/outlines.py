"""A file as text to read: interchanges, groups, transactions, and what each holds, field by field."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import fields, is_dataclass
from datetime import date, time
from decimal import Decimal

from edi.acknowledgments.reading import read_interchange
from edi.claims.problems import Problem
from edi.command.documents import Content, Told
from edi.command.kinds import kind_of
from edi.interchanges import Interchange, Transaction

STEP = "  "


def outline(told: Told) -> Iterator[str]:
    """The lines of one interchange."""
    interchange = told.interchange
    usage = {"P": "production", "T": "test"}.get(interchange.usage, f"usage {interchange.usage or 'unknown'}")
    made = f", {interchange.made_at:%Y-%m-%d %H:%M}" if interchange.made_at else ""
    yield f"Interchange {interchange.control} from {interchange.sender} to {interchange.receiver}, {usage}{made}"
    for acknowledgment in read_interchange(interchange):
        yield from _value("TA1", acknowledgment, STEP)
    for group in interchange.groups:
        yield f"{STEP}Group {group.control or '(none)'} ({group.functional_id or 'no GS'} {group.version})".rstrip()
        for sent in group.transactions:
            yield from _transaction(sent, told.contents[sent.index])
    for defect in interchange.defects:
        yield f"{STEP}! {defect.words}"


def _transaction(sent: Transaction, held: Content) -> Iterator[str]:
    """A transaction with what it holds."""
    kind = kind_of(sent)
    yield f"{STEP * 2}{kind.name if kind else sent.set_id or 'Nameless set'} {sent.control} ({sent.version})"
    if held.told == "segments":
        yield from (f"{STEP * 3}{number:6}  {segment}" for number, segment in enumerate(sent.segments, 1))
    elif held.told == "error":
        yield f"{STEP * 3}! {held.value}"
    else:
        yield from _fields(held.value, STEP * 3)
    yield from (f"{STEP * 3}! {spelled(problem)}" for problem in held.defects)


def _fields(record: object, indent: str) -> Iterator[str]:
    """The fields of a record that say something."""
    if is_dataclass(record):
        for one in fields(record):
            yield from _value(one.name.replace("_", " "), getattr(record, one.name), indent)


def _value(name: str, value: object, indent: str) -> Iterator[str]:
    """One field: a line, or its own fields under it."""
    if value in (None, "", ()):
        return
    if is_dataclass(value):
        yield f"{indent}{name}"
        yield from _fields(value, indent + STEP)
    elif isinstance(value, tuple) and any(map(is_dataclass, value)):
        for number, one in enumerate(value, 1):
            yield from _value(f"{name} {number}", one, indent)
    else:
        yield f"{indent}{name}: {_said(value)}"


def _said(value: object) -> str:
    """A plain value, or several."""
    if isinstance(value, tuple):
        return ", ".join(map(_said, value))
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, Decimal):
        return format(value, "f")
    return value.isoformat() if isinstance(value, date | time) else str(value)


def segments(interchanges: Iterable[Interchange]) -> Iterator[str]:
    """The segments of a file, one a line, numbered within each transaction."""
    for interchange in interchanges:
        yield str(interchange.header)
        yield from (f"{STEP}{ta}" for ta in interchange.tas)
        for group in interchange.groups:
            yield f"{STEP}GS {group.functional_id} {group.version} {group.sender} to {group.receiver}"
            for sent in group.transactions:
                yield from (f"{number:6}  {segment}" for number, segment in enumerate(sent.segments, 1))
        yield from (f"! {defect.words}" for defect in interchange.defects)


def spelled(problem: Problem) -> str:
    """A finding as a line: where, how bad, which element, and the sentence."""
    counted = "" if problem.transaction and problem.code != "envelope" else " from ISA"
    place = [
        f"ST {problem.transaction}" if problem.transaction else "",
        f"segment {problem.segment}{counted}" if problem.segment else "",
        f"loop {problem.loop}" if problem.loop else "",
        f"claim {problem.claim}" if problem.claim else "",
        f"line {problem.line}" if problem.line else "",
    ]
    where = ", ".join(part for part in place if part) or "file"
    kind = f"level {problem.level} warning" if problem.warning else f"level {problem.level}"
    return f"{where}: {kind}: {problem.element} ({problem.code}): {problem.words}"
