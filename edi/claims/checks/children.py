"""Checks which loops stand under a loop: those that must, how often, in which order, and that lines count from 1."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from typing import Final

from edi.claims.checks.elements import Fault
from edi.claims.checks.grammar import LOOPS_WITHIN, NAMES, ONCE
from edi.claims.readers.loops import Loop

TWICE: Final = frozenset({"2310A", "2330C", "2420F"})
"""Loops that may stand twice, each time for somebody in another role."""

Found = tuple[Loop, int, Fault]
"""The loop a fault is about, the number of a segment (0 for the head of the loop), and the fault."""


def children(loop: Loop) -> Iterator[Found]:
    """Everything wrong with the loops directly under one."""
    kinds = [child.id for child in loop.children]
    for kind in LOOPS_WITHIN.get(loop.id, ()):
        if kind not in kinds:
            words = f"{NAMES[kind].capitalize()} is missing ({kind})."
            yield loop, 0, Fault(2, "NM1" if kind != "2400" else "LX", "missing", words)
    if len(kinds) > 1:
        yield from _often(loop, kinds)
        yield from _roles(loop)
        yield from _order(loop)
    yield from _lines(loop)


def _often(loop: Loop, kinds: list[str]) -> Iterator[Found]:
    """Loops that may stand only once."""
    for kind in sorted(set(kinds) & ONCE):
        if kinds.count(kind) > 1:
            again = next(child for child in reversed(loop.children) if child.id == kind)
            words = f"{NAMES.get(kind, kind).capitalize()} is named {kinds.count(kind)} times."
            yield loop, again.number, Fault(2, "NM1", "too-many", words)


def _roles(loop: Loop) -> Iterator[Found]:
    """Loops that may stand once for each role."""
    seen = set()
    for child in loop.children:
        if child.id in TWICE:
            role = (child.id, child.segments[0][1][1])
            if role in seen:
                words = f"{name_of(child).capitalize()} is named twice in the same role."
                yield loop, child.number, Fault(2, "NM1", "too-many", words)
            seen.add(role)


def _order(loop: Loop) -> Iterator[Found]:
    """Loops stand in the order of the guide; those that share their first three digits, in any order."""
    for before, child in pairwise(loop.children):
        if child.id[:3] < before.id[:3]:
            words = f"{name_of(child).capitalize()} stands too late in {name_of(loop)}."
            yield child, 0, Fault(2, child.segments[0][1].tag, "order", words)


def _lines(loop: Loop) -> Iterator[Found]:
    """LX01 counts the lines of a claim."""
    for place, line in enumerate((child for child in loop.children if child.id == "2400"), 1):
        lx = line.find("LX")
        if lx is not None and lx[1] != str(place):
            words = f"LX01 is {lx[1] or 'empty'}, but this is line {place} of the claim."
            yield line, 0, Fault(2, "LX01", "line", words)


def name_of(loop: Loop) -> str:
    """What a biller calls a loop."""
    return NAMES.get(loop.id, f"loop {loop.id}")
