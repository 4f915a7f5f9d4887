"""Every sample is read, the report on it is true, and nothing that breaks a file breaks a reader."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from edi.errors import UnreadableError, X12Error
from edi.inquiries import answer_reading, request_reading
from edi.inquiries.outcomes import Held, outcome
from tests.edi.inquiries.making import (
    answer_bytes,
    answered,
    answers_in,
    asked,
    claim,
    request_bytes,
    requests_in,
    said,
)
from tests.edi.remittance_making import SAMPLES, transactions

ASKED = {
    "inteligenz__Example1_IG.txt": ["SM123456", "JO234567", "MA345678"],
    "linuxforhealth__demo.276": ["SM123456", "J0234567", "MA345678"],
    "linuxforhealth__information-receiver-level-status.276": ["SM123456"],
    "linuxforhealth__provider-level-status.276": ["SM123456", "MA345678"],
}
ANSWERED = {
    "linuxforhealth__claim-level-status-ncpdp.277": [("ABCXYZ1", "", "undecidable")],
    "linuxforhealth__demo.277": [
        ("ABCXYZ1", "SM123456", "pending"),
        ("ABCXYZ2", "J0234567", "paid"),
        ("ABCXYC3", "MA345678", "denied"),
    ],
    "linuxforhealth__information-receiver-level-status.277": [],
    "linuxforhealth__provider-level-status.277": [("ABCXYZ1", "SM123456", "pending")],
    "mjkubba__edi277-demo-005010X212.edi": [("ABCXYZ1", "SM123456", "pending"), ("ABCXYZ2", "JO234567", "paid")],
    "project-herophilus__277Sample276Resp-ClaimInfo.txt": [("10060216012300233HSP1156IC002-", "PT12345", "paid")],
}


def test_every_sample_is_expected() -> None:
    assert {path.name for path in (SAMPLES / "276").iterdir()} == set(ASKED)
    assert {path.name for path in (SAMPLES / "277").iterdir()} == set(ANSWERED)


@pytest.mark.parametrize("name", sorted(ASKED))
def test_every_sample_request_reads(name: str) -> None:
    (found,) = requests_in((SAMPLES / "276" / name).read_bytes())
    assert [one.patient_control_number for one in found.claims()] == ASKED[name]
    assert (found.number, found.defects) == ("ABC276XXX", ())


@pytest.mark.parametrize("name", sorted(ANSWERED))
def test_every_sample_answer_reads_and_is_decided(name: str) -> None:
    (found,) = answers_in((SAMPLES / "277" / name).read_bytes())
    decided = [
        (one.trace, one.patient_control_number, outcome(found, Held(one.trace, one.patient_control_number)).state.value)
        for one in found.claims()
    ]
    assert (decided, found.defects) == (ANSWERED[name], ())


def test_a_dependents_line_of_a_sample_is_whole() -> None:
    (found,) = requests_in((SAMPLES / "276" / "linuxforhealth__demo.276").read_bytes())
    subscriber = list(found.subscribers())[-1]
    (dependent,) = subscriber.dependents
    (line,) = dependent.claims[0].lines
    assert subscriber.name is not None
    assert dependent.name is not None
    assert (subscriber.name.id, dependent.name.full, dependent.birth_date) == (
        "345678901",
        "JOSEPH MANN",
        date(1995, 11, 1),
    )
    assert (line.procedure, line.charge, line.units, line.service_from) == (
        "99203",
        Decimal(150),
        Decimal(1),
        date(2005, 5, 1),
    )


def test_a_payment_of_a_sample_is_whole() -> None:
    (found,) = answers_in((SAMPLES / "277" / "project-herophilus__277Sample276Resp-ClaimInfo.txt").read_bytes())
    (one,) = found.claims()
    assert (one.charge, one.paid, one.payer_control_number) == (
        Decimal("524.49"),
        Decimal("389.73"),
        "1026000000099999",
    )
    assert one.lines[0].statuses[0].codes[0].words == "Finished and paid: Decided; waiting for the payment run"


def test_what_is_another_set_is_refused() -> None:
    with pytest.raises(X12Error, match="a 277, not a 276"):
        request_reading.read(transactions("277/linuxforhealth__demo.277")[0])
    with pytest.raises(X12Error, match="a 276, not a 277"):
        answer_reading.read(transactions("276/linuxforhealth__demo.276")[0])


@pytest.mark.parametrize(
    ("before", "after", "words", "grave"),
    [
        (b"~HL*4*3*22*0", b"~HL*4*3*99*0", "is no level of a 277", True),
        (b"~HL*4*3*22*0", b"~HL*4*2*22*0", "names 2 as the level above", False),
        (b"~HL*3*2*19*1", b"~XX*1", "A level is missing above HL 4", False),
        (b"~TRN*2*T1", b"~TRN*2", "not known which question", True),
        (b"~TRN*2*T1", b"", "STC stands before TRN", True),
        (b"~STC*A1:20*", b"~STC**", "status is not known", True),
        (b"**300~REF", b"**3OO~REF", "“3OO” is not an amount", True),
        (b"~DTP*472*RD8*20261102-20261109", b"~DTP*472*RD8*20269902", "day of the calendar", False),
        (b"~DTP*472*", b"~DTP*050*", "DTP stands where a 277 has none", False),
        (b"~REF*EJ*PCN1", b"~AMT*T3*5~REF*EJ*PCN1", "“AMT” is no segment of a 277", False),
        (b"~HL*1**20*1", b"~STC*E0:0*20261123~HL*1**20*1", "before any level", True),
        (b"~HL*4*3*22*0", b"~SVC*HC:90834*5*5~HL*4*3*22*0", "SVC stands where a 277 has none", False),
        (b"~REF*EJ*PCN1", b"~NM1*QC*1*X~REF*EJ*PCN1", "NM1 stands where a 277 has none", False),
        (b"~HL*2*1*21", b"~TRN*2*X~HL*2*1*21", "TRN stands where a 277 has none", False),
        (b"~PER*IC", b"~HL*9**20~PER*IC", "HL 2 names 1 as the level above", False),
    ],
)
def test_what_is_odd_is_said(before: bytes, after: bytes, words: str, grave: bool) -> None:
    content = answer_bytes(answered(claim(said("A1:20"))))
    assert before in content
    (found,) = answers_in(content.replace(before, after))
    assert any(words in one.words and one.grave is grave for one in found.defects)


def test_an_unkept_identifier_of_a_request_is_said() -> None:
    content = (SAMPLES / "276" / "linuxforhealth__demo.276").read_bytes().replace(b"REF*BLT*", b"REF*XZ*")
    (found,) = requests_in(content)
    assert {one.words for one in found.defects} == {"REF*XZ is not among what is kept of a 276; it was left out."}


@settings(max_examples=150, deadline=None)
@given(st.data())
def test_no_damage_breaks_a_reader(data: st.DataObject) -> None:
    name = data.draw(st.sampled_from([f"276/{one}" for one in ASKED] + [f"277/{one}" for one in ANSWERED]))
    head, *body = (SAMPLES / name).read_bytes().replace(b"\n", b"").split(b"~")
    body = data.draw(st.permutations(body))[: data.draw(st.integers(1, len(body)))]
    cut = data.draw(st.integers(0, 20))
    content = b"~".join([head, *body])[: -cut or None]
    try:
        found = requests_in(content) if name.startswith("276") else answers_in(content)
    except (UnreadableError, X12Error):
        return
    for one in found:
        assert all(defect.words.endswith(".") for defect in one.defects)


def test_a_reader_takes_many_claims_in_order() -> None:
    many = [claim(said("P1:20"), trace=f"T{number}") for number in range(500)]
    (found,) = answers_in(answer_bytes(answered(*many)))
    assert [one.trace for one in found.claims()] == [f"T{number}" for number in range(500)]


def test_a_request_without_levels_is_grave() -> None:
    content = request_bytes(asked(*requests_in(_demo())[0].claims()))
    start, end = content.index(b"HL*1*"), content.index(b"~SE*") + 1
    (found,) = requests_in(content[:start] + content[end:])
    assert [one.words for one in found.defects if one.grave] == ["There is no level (HL) in the transaction."]


def _demo() -> bytes:
    return (SAMPLES / "276" / "linuxforhealth__demo.276").read_bytes()
