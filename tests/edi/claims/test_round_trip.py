"""What is written is read back as it was, and nothing that people type breaks a file."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from edi.claims.checks import check, check_bytes
from edi.claims.model import ClaimFile, Person
from edi.claims.reading import read, read_file, read_parts
from edi.claims.writing import write
from edi.reading import read as read_interchanges
from tests.edi.claims.strategies import FILES
from tests.edi.making import SUBSCRIBER, claim, claim_file, dependent_claim, line, secondary_claim, transaction


@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(FILES)
def test_a_file_comes_back_with_its_positions_and_can_be_checked(file: ClaimFile) -> None:
    written = write(file)
    (found,) = read_interchanges(written.content)
    assert found.defects == []
    assert read_file(found) == [file]
    reading = read_parts(found.transactions[0])
    assert reading.problems == []
    assert reading.positions == written.positions["0001"]
    assert read(found.transactions[0]) == file.transactions[0]
    read_again = {replace(problem, segment=None) for problem in check_bytes(written.content)}
    assert set(check(file)) <= read_again


def test_several_transactions_come_back() -> None:
    parts = (
        transaction(claim("A1"), dependent_claim("A2"), control="0001", reference="R1"),
        transaction(secondary_claim("B1"), control="0002", reference="R2"),
    )
    file = claim_file(transactions=parts)
    (found,) = read_interchanges(write(file).content)
    assert read_file(found) == [file]


@settings(max_examples=100, deadline=None)
@given(st.text(max_size=20), st.text(max_size=20), st.text(max_size=20))
def test_what_people_type_does_not_break_a_file(last: str, note: str, authorization: str) -> None:
    subscriber = replace(SUBSCRIBER, name=Person(last, "O*NEIL~"))
    sent = claim("P1", subscriber=subscriber, note=note, prior_authorization=authorization)
    other = claim("P2", lines=(line(note="a:b^c"), line("L2")))
    (found,) = read_interchanges(write(claim_file(sent, other)).content)
    assert found.defects == []
    numbers = [back.patient_control_number for back in read(found.transactions[0]).claims]
    assert numbers == ["P1", "P2"]
