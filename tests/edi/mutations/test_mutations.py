"""Every mutant of a right file is caught where it was changed, and every one that the table allows passes."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, given, settings

from edi.claims.checks import Problem, check, check_bytes
from edi.claims.model import ClaimFile
from edi.claims.rows import TABLE, Element, Row
from edi.claims.writing import write
from edi.segments import Segment
from tests.edi.claims.strategies import FILES as ANY_FILE
from tests.edi.making import claim_file
from tests.edi.mutations.mutants import Mutant, Mutants
from tests.edi.mutations.places import ENVELOPE, Place, places_of
from tests.edi.mutations.valid import FILES, MAIN
from tests.edi.oracles import pyx12_errors

NEIGHBORS = 2
"""How many segments away a finding may stand when it names neither the claim nor the loop."""


def errors(content: bytes) -> list[Problem]:
    """What must be put right before a file may go."""
    return [problem for problem in check_bytes(content) if not problem.warning]


def is_near(problem: Problem, mutant: Mutant) -> bool:
    """Whether a finding is about the segment that was changed, its loop or its claim."""
    place = mutant.place
    if place.tag in {*ENVELOPE, "ST", "SE"}:
        return True
    spots = (place.at + 1,) if problem.code == "envelope" else (place.number, mutant.landed)
    if any(abs((problem.segment or 0) - spot) <= NEIGHBORS for spot in spots):
        return True
    if problem.code == "missing" and problem.element == place.tag:
        return True
    return (bool(place.claim) and problem.claim == place.claim) or bool(problem.loop and problem.loop == place.loop.id)


def wrongly_judged(content: bytes) -> Iterator[str]:
    """The mutants of a file that were missed, found elsewhere, or refused although the table allows them."""
    for mutant in Mutants(content):
        found = errors(mutant.content)
        if mutant.valid and found:
            yield f"{mutant.name}: refused: {found[0].words}"
        elif not mutant.valid and not found:
            yield f"{mutant.name}: missed"
        elif not mutant.valid and not any(is_near(problem, mutant) for problem in found):
            yield f"{mutant.name}: found elsewhere: {found[0].words} ({found[0].segment}, {found[0].loop})"


def places(file: ClaimFile) -> list[Place]:
    """The segments of a written file with their rows; LookupError for one that the table does not have."""
    return Mutants(write(file).content).places


@pytest.mark.parametrize("name", FILES)
def test_a_right_file_passes_our_check_and_pyx12(name: str) -> None:
    content = write(FILES[name]).content
    assert check(FILES[name]) == []
    assert check_bytes(content) == []
    assert pyx12_errors(content) == []


def test_every_mutant_of_a_file_is_judged_as_the_table_says() -> None:
    assert list(wrongly_judged(write(MAIN).content)) == []


@pytest.mark.long
@pytest.mark.parametrize("name", FILES)
def test_every_mutant_of_every_file_is_judged_as_the_table_says(name: str) -> None:
    assert list(wrongly_judged(write(FILES[name]).content)) == []


def test_mutants_are_many_of_every_kind_and_few_are_right() -> None:
    mutants = list(Mutants(write(MAIN).content))
    kinds = ["dropped", "repeated", "put first", "put last", "swapped", "emptied", "left out", "lengthened", "replaced"]
    for kind in [*kinds, "broken", "filled"]:
        assert sum(mutant.name.endswith(kind) for mutant in mutants) > len(kinds)
    assert 0 < sum(mutant.valid for mutant in mutants) < len(mutants) / 10


def test_the_files_hold_every_segment_of_the_table() -> None:
    written = {
        (row, qualifier) for file in FILES.values() for place in places(file) for row, qualifier in _named(place)
    }
    assert {(row, name) for row in TABLE if not row.foreign for name in row.qualifiers or {""}} - written == set(UNUSED)


UNUSED = {(row, name) for row in TABLE for name in ("DCP",) if name in row.qualifiers}
"""Qualifiers of a row that the guide allows beside the one we write."""


def _named(place: Place) -> set[tuple[Row, str]]:
    """The row of a segment, with the qualifier it has."""
    first = place.segment.part(1, 1)
    return {(place.row, first if place.row.qualifiers else "")}


def test_the_files_hold_every_element_of_the_table() -> None:
    written = {spot for file in FILES.values() for place in places(file) for spot in _filled(place)}
    wanted = {spot for row in TABLE if not row.foreign for spot in _spots(row)}
    assert sorted(wanted - written) == []


def _spots(row: Row) -> Iterator[tuple[str, str, int, int]]:
    """Each element and part that a row lets us write."""
    for number, element in enumerate(row.elements, 1):
        for part, inside in enumerate(element.parts or (element,), 1):
            if _is_ours(element) and _is_ours(inside):
                yield row.loop, row.tag, number, part if element.parts else 0


def _is_ours(element: Element) -> bool:
    return element.kind != "-" and not element.foreign


def _filled(place: Place) -> Iterator[tuple[str, str, int, int]]:
    """Each element and part that a segment has."""
    for number, element in enumerate(place.row.elements, 1):
        for part, text in enumerate(place.segment.parts(number) if element.parts else [place.segment[number]], 1):
            if text:
                yield place.row.loop, place.tag, number, part if element.parts else 0


@settings(max_examples=15, deadline=None, suppress_health_check=list(HealthCheck))
@given(ANY_FILE)
def test_no_segment_is_written_that_the_table_does_not_have(file: ClaimFile) -> None:
    marks = file.envelope.delimiters
    text = write(file).content.decode()
    assert places_of([Segment(line.split(marks.element), marks) for line in text.split(marks.segment)[:-1]])


def test_a_row_without_a_check_would_let_a_mutant_through(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("edi.claims.checks.structure.elements", lambda *_: ())
    missed = list(wrongly_judged(write(claim_file()).content))
    assert any(words.endswith("missed") for words in missed)
