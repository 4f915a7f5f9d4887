"""Columns in another order, under other names, absent or twice: the same rows come out, or a question, never others."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desk.imports.aliases import book
from desk.imports.columns import FIELDS, Kind, missing
from desk.imports.layouts.recognizing import Recognized, guess, recognize
from desk.imports.layouts.signatures import layouts
from desk.imports.parsing import parse
from desk.imports.parsing.records import Parsed
from desk.imports.reading import Line, Table, read
from tests.desk.imports.hands import ATTENDANCE, BILLING, DETAILS, INTAKEQ, STATUS, TEMPLATES, TODAY, sample

NAMES = [DETAILS, STATUS, ATTENDANCE, BILLING, INTAKEQ, *(f"template/{name}.csv" for name in TEMPLATES)]


@cache
def table_of(name: str) -> Table:
    return read(sample(name))


@cache
def known(name: str) -> Recognized:
    found = recognize(table_of(name))
    assert found is not None
    assert not found.open
    return found


def facts(parsed: Parsed) -> dict[str, Any]:
    """All that would be brought over, and what is wrong with which row."""
    wrong = sorted((problem.row, problem.column, problem.code) for problem in parsed.problems)
    return {kind.value: parsed.of_kind(kind) for kind in Kind} | {"wrong": wrong, "skipped": parsed.skipped}


def parsed_as(table: Table, found: Recognized) -> dict[str, Any]:
    return facts(parse(table, found.fields, frozenset(found.layout.kinds), today=TODAY, known_order=found.layout.order))


def picked(table: Table, places: list[int]) -> Table:
    """The table with these columns, in this order."""
    lines = tuple(replace(line, cells=tuple(line.cells[place] for place in places)) for line in table.lines)
    return Table(tuple(table.headers[place] for place in places), lines)


def without(name: str, places: set[int]) -> dict[str, Any]:
    """What the file says when nobody looks at these columns."""
    found = known(name)
    fields = tuple(None if place in places else field for place, field in enumerate(found.fields))
    return parsed_as(table_of(name), replace(found, fields=fields))


def same_or_asked(name: str, table: Table, dropped: set[int] = frozenset()) -> bool:  # type: ignore[assignment]
    """Whether the file raises a question; otherwise its rows must be those of the sample. False: they were compared."""
    found = recognize(table)
    if found is None or found.open:
        return True
    assert found.layout.kinds == known(name).layout.kinds
    assert parsed_as(table, found) == without(name, dropped)
    return False


@pytest.mark.parametrize("name", NAMES)
@settings(max_examples=40, deadline=None)
@given(data=st.data())
def test_another_order(name: str, data: st.DataObject) -> None:
    table = table_of(name)
    places = data.draw(st.permutations(range(len(table.headers))))
    is_asked = same_or_asked(name, picked(table, places))
    assert not is_asked or name == STATUS, "only names that occur twice need their order"


@pytest.mark.parametrize("name", NAMES)
def test_one_column_less(name: str) -> None:
    table = table_of(name)
    everything = range(len(table.headers))
    for gone in everything:
        same_or_asked(name, picked(table, [place for place in everything if place != gone]), {gone})


@pytest.mark.parametrize("name", NAMES)
@settings(max_examples=40, deadline=None)
@given(data=st.data())
def test_several_columns_less_in_another_order(name: str, data: st.DataObject) -> None:
    table = table_of(name)
    places = data.draw(st.lists(st.sampled_from(range(len(table.headers))), unique=True, min_size=1))
    same_or_asked(name, picked(table, places), set(range(len(table.headers))) - set(places))


@pytest.mark.parametrize("name", NAMES)
def test_one_column_twice(name: str) -> None:
    """A copy changes nothing; a second column of the same name with other values is a question."""
    table = table_of(name)
    for place, field in enumerate(known(name).fields):
        for at in {0, place, len(table.headers)}:
            places = [*range(len(table.headers))]
            places.insert(at, place)
            twice = picked(table, places)
            same_or_asked(name, twice)
            other = [replace(one, cells=_changed(one, at)) for one in twice.lines]
            found = recognize(Table(twice.headers, tuple(other)))
            assert field is None or found is None or found.open, f"{table.headers[place]} at {at}"


def _changed(line: Line, at: int) -> tuple[str, ...]:
    return (*line.cells[:at], "something else", *line.cells[at + 1 :])


@pytest.mark.parametrize("name", NAMES)
def test_one_column_under_every_other_name(name: str) -> None:
    table = table_of(name)
    for place, field in enumerate(known(name).fields):
        for alias in _aliases(field):
            headers = (*table.headers[:place], alias, *table.headers[place + 1 :])
            found = recognize(Table(headers, table.lines))
            if found is None or found.open:
                continue
            told = parsed_as(Table(table.headers, table.lines), replace(found, fields=found.fields))
            assert told == without(name, set()), f"{table.headers[place]} as {alias}"


def _aliases(field: str | None) -> Iterator[str]:
    yield "Something nobody knows"
    for entity in book()["generic"].values():
        yield from (alias for alias, named in entity.items() if named == field)


@pytest.mark.parametrize("name", NAMES)
def test_everything_under_other_names_is_a_question(name: str) -> None:
    table = table_of(name)
    strange = Table(tuple(f"Column {place}" for place in range(len(table.headers))), table.lines)
    assert recognize(strange) is None
    assert set(guess(strange, list(Kind))) == {None}


def test_every_layout_knows_itself() -> None:
    for layout in layouts():
        headers = tuple(name for name, _ in layout.columns)
        found = recognize(Table(headers, (Line(2, ("",) * len(headers)),)))
        assert found is not None
        assert (found.layout.key, found.fields) == (layout.key, layout.fields)
        said = frozenset(name for name in layout.fields if name)
        assert not missing(frozenset(layout.kinds), said), layout.key
        assert said <= set(FIELDS)


def test_a_guess_never_uses_a_name_that_occurs_twice() -> None:
    table = read(b"First name,Last name,Phone,Phone,Shoe size\nAna,Vega,1,2,3\n")
    assert guess(table, ["clients"]) == ("client.first_name", "client.last_name", None, None, None)
