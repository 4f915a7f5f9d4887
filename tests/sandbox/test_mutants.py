"""Every mutant of a right file is turned away where it should be: in a TA1, a 999 or a 277CA, and never paid."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from edi.claims.checks import check_bytes
from edi.claims.model import ClaimFile
from edi.claims.writing import write
from edi.envelope import Envelope
from edi.reading import read
from edi.statuses.outcomes import outcomes
from edi.statuses.reading import read as read_report
from sandbox.acknowledging import is_syntax
from sandbox.books import Books
from sandbox.intake import take
from sandbox.store import Store
from sandbox.work import Work
from tests.edi.making import claim_file
from tests.edi.mutations.mutants import Mutant, Mutants
from tests.edi.mutations.valid import FILES, MAIN
from tests.sandbox.offices import scripted

INTERCHANGE = {"ISA", "IEA"}
GROUP = {"GS", "GE", "ST", "SE"}


def judged(content: bytes, envelope: Envelope = MAIN.envelope) -> str:
    """The first of TA1, 999 and 277CA that turns something of a file away; "paid" when none does."""
    receiver = {"id": envelope.receiver, "qualifier": envelope.receiver_qualifier, "usage": [envelope.usage]}
    store = Store(Path(":memory:"))
    work = Work(scripted(receiver=receiver), store, Books(store))
    with store.transaction():
        take(work, "caseload", content)
        work.keep()
    answers = {name: answer for _, name, answer in work.written}
    store.close()
    return next((kind for kind, refuses in REFUSALS.items() if any(map(refuses, answers.items()))), "paid")


def _refuses(kind: str, *marks: bytes) -> Any:
    return lambda answer: answer[0].startswith(kind) and any(mark in answer[1] for mark in marks)


def _rejects(answer: tuple[str, bytes]) -> bool:
    """Whether a 277CA rejects a claim."""
    if not answer[0].startswith("277CA"):
        return False
    report = read_report(read(answer[1])[0].transactions[0])
    return any(one.verdict.value == "rejected" for one in outcomes(report))


REFUSALS = {"TA1": _refuses("TA1", b"*R*"), "999": _refuses("999", b"IK5*R", b"AK9*R"), "277CA": _rejects}


def expected(mutant: Mutant) -> set[str]:
    """Where a mutant should be turned away, by what was changed and by the SNIP level of what is found."""
    if mutant.place.tag in INTERCHANGE:
        return {"TA1"}
    if mutant.place.tag in GROUP:
        return {"999", "TA1"}
    found = [problem for problem in check_bytes(mutant.content) if not problem.warning]
    return {"999"} if any(map(is_syntax, found)) else {"277CA"}


def wrongly_judged(file: ClaimFile) -> Iterator[str]:
    """The mutants that are answered at another level, or paid although they are wrong.

    A right one is answered like the file itself, whose replacements and voids name originals that no payer has.
    """
    content = write(file).content
    itself = judged(content, file.envelope)
    for mutant in Mutants(content):
        where = judged(mutant.content, file.envelope)
        if mutant.valid and where != itself:
            yield f"{mutant.name}: {where} although it is right"
        elif not mutant.valid and where not in expected(mutant):
            yield f"{mutant.name}: {where}"


def test_a_right_file_is_paid() -> None:
    assert judged(write(MAIN).content) == "paid"


def test_every_mutant_of_a_small_file_is_turned_away_at_its_level() -> None:
    assert list(wrongly_judged(claim_file())) == []


@pytest.mark.long
@pytest.mark.parametrize("name", FILES)
def test_every_mutant_of_every_file_is_turned_away_at_its_level(name: str) -> None:
    assert list(wrongly_judged(FILES[name])) == []
