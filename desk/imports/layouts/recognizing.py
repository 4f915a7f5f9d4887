"""Which known export a file is, by its columns: exactly, else as a set; what stays open is asked."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from desk.imports.aliases import book, normal
from desk.imports.columns import FIELDS, Kind, missing
from desk.imports.layouts.signatures import Layout, layouts
from desk.imports.reading import Table

_ENOUGH: Final = 80
_FEWEST: Final = 4
_ENTITIES: Final = {
    Kind.CLINICIANS: ("clinician",),
    Kind.CLIENTS: ("client",),
    Kind.COVERAGE: ("coverage", "client"),
    Kind.SESSIONS: ("session", "client", "charge", "coverage"),
    Kind.BALANCES: ("charge", "client", "session", "coverage"),
}


@dataclass(frozen=True, slots=True)
class Recognized:
    """What the columns are, by position. `open` are positions that a person has to name."""

    layout: Layout
    fields: tuple[str | None, ...]
    open: tuple[int, ...] = ()


def numbered(headers: Sequence[str]) -> list[tuple[str, int]]:
    """Each header as it is compared, with how many times it has occurred up to here."""
    seen: Counter[str] = Counter()
    found = []
    for header in headers:
        name = normal(header)
        seen[name] += 1
        found.append((name, seen[name]))
    return found


def recognize(table: Table) -> Recognized | None:
    """The layout of the file, or None when a person has to say what it is."""
    names = numbered(table.headers)
    for layout in layouts():
        if tuple(names) == layout.columns:
            return Recognized(layout, layout.fields)
    found = [one for layout in layouts() if (one := _as_a_set(layout, names, table))]
    found.sort(key=lambda one: _likeness(one, names), reverse=True)
    if len(found) > 1 and _likeness(found[0], names) == _likeness(found[1], names):
        return _agreed(found[0], found[1])
    return found[0] if found else None


def guess(table: Table, kinds: Sequence[str]) -> tuple[str | None, ...]:
    """What the columns of an unknown file may be by their names alone; a name that occurs twice is left open."""
    names = numbered(table.headers)
    counts = Counter(name for name, _ in names)
    aliases = book()["generic_normalized"]
    entities = [entity for kind in Kind if kind in kinds for entity in _ENTITIES[kind]]
    fields: list[str | None] = []
    for name, _ in names:
        found = next((aliases[entity][name] for entity in entities if name in aliases[entity]), None)
        taken = found in fields or found not in FIELDS
        fields.append(None if taken or counts[name] > 1 else found)
    return tuple(fields)


def _likeness(one: Recognized, names: Sequence[tuple[str, int]]) -> tuple[int, int]:
    matched = len(set(names) & set(one.layout.columns))
    return (matched, matched * 100 // max(len(one.layout.columns), 1))


def _agreed(one: Recognized, other: Recognized) -> Recognized | None:
    return one if one.fields == other.fields and one.layout.kinds == other.layout.kinds else None


def _as_a_set(layout: Layout, names: Sequence[tuple[str, int]], table: Table) -> Recognized | None:
    there = Counter(name for name, _ in names)
    wanted = Counter(name for name, _ in layout.columns)
    matched = sum((there & wanted).values())
    if matched < _FEWEST or matched * 100 < len(layout.columns) * _ENOUGH:
        return None
    field_of = dict(zip(layout.columns, layout.fields, strict=True))
    unsure = _unsure(layout, names, there, wanted, table)
    fields = [None if name in unsure else field_of.get((name, count)) for name, count in names]
    is_open = [place for place, (name, _) in enumerate(names) if name in unsure]
    _renamed(layout, names, fields, is_open)
    said = frozenset(name for name in fields if name)
    if missing(frozenset(layout.kinds), said) and not is_open:
        return None
    return Recognized(layout, tuple(fields), tuple(sorted(is_open)))


def _renamed(layout: Layout, names: Sequence[tuple[str, int]], fields: list[str | None], is_open: list[int]) -> None:
    """A column that is not there may be one under another name: by alias, else a person has to say it."""
    known = {name for name, _ in layout.columns}
    strange = [place for place, (name, _) in enumerate(names) if name and name not in known]
    absent = {name for name in layout.fields if name} - set(fields)
    for place in strange:
        found = _alias(layout, names[place][0])
        is_single = sum(name == names[place][0] for name, _ in names) == 1
        if found in absent and is_single:
            fields[place] = found
            absent.discard(found)
    if absent:
        is_open += [place for place in strange if fields[place] is None]


def _alias(layout: Layout, name: str) -> str | None:
    aliases = book()["generic_normalized"]
    entities = [entity for kind in layout.kinds for entity in _ENTITIES[kind]]
    found = {aliases[entity][name] for entity in entities if name in aliases[entity]}
    own = found & set(layout.fields)
    return own.pop() if len(own) == 1 else None


def _unsure(
    layout: Layout, names: Sequence[tuple[str, int]], there: Counter[str], wanted: Counter[str], table: Table
) -> set[str]:
    """Names whose columns cannot be told apart: they occur more or less often than known, or in another order."""
    shared = [name for name in wanted if there[name] and (there[name] > 1 or wanted[name] > 1)]
    unsure = {name for name in shared if there[name] != wanted[name] and not _are_copies(name, wanted, names, table)}
    repeated = {name for name in shared if wanted[name] > 1}
    if repeated and not _in_order(layout, names):
        unsure |= repeated
    return unsure


def _are_copies(name: str, wanted: Counter[str], names: Sequence[tuple[str, int]], table: Table) -> bool:
    """Whether all columns of a name that should occur once say the same in every row."""
    places = [place for place, (other, _) in enumerate(names) if other == name]
    return wanted[name] == 1 and all(len({line.cells[place] for place in places}) == 1 for line in table.lines)


def _in_order(layout: Layout, names: Sequence[tuple[str, int]]) -> bool:
    known = [column for column in names if column in set(layout.columns)]
    return known == [column for column in layout.columns if column in set(names)]
