"""Other people's libraries read the bench's files, so that their figures stand beside ours for the same work."""

from __future__ import annotations

from desk.bench import payments, peers
from edi.claims.reading import read_file
from edi.reading import read
from tests.sandbox.making import claim, sent, transaction

CLAIMS = sent(transaction(claim("PCN1"), claim("PCN2", member="M2")))


def test_every_library_reads_what_is_measured() -> None:
    (file,) = read_file(read(CLAIMS)[0])
    payment = peers.by_check(payments.answer(file, "EFT"))
    for content in (CLAIMS, payment):
        for call in (peers._pyx12, peers._x12sdk):
            call(content)
    peers._oxedi(payment)


def test_a_library_that_refuses_or_is_absent_is_told() -> None:
    def refuse() -> None:
        raise ValueError("no")

    def missing() -> None:
        raise ModuleNotFoundError("no")

    assert peers._paced(refuse) == "refuses the file (ValueError)"
    assert peers._paced(missing) == "not installed"
    assert isinstance(peers._paced(lambda: None), float)
