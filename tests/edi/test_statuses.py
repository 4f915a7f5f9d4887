"""277CA: a reject at any level reaches every claim under it, and nothing unknown is taken as accepted."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from edi.codes.status import status_categories
from edi.errors import X12Error
from edi.parties import Name, Reference
from edi.reading import read as read_file
from edi.statuses.model import (
    ClaimStatus,
    Level,
    LineStatus,
    ProviderStatus,
    ReceiverStatus,
    SourceStatus,
    Status,
    StatusCode,
    StatusReport,
    Totals,
)
from edi.statuses.outcomes import Outcome, outcomes
from edi.statuses.reading import read
from edi.statuses.verdicts import Verdict, verdict
from edi.statuses.writing import write
from tests.edi.oracles import pyx12_errors
from tests.edi.remittance_making import ENVELOPE, MADE_AT, SAMPLES, transactions

DAY = date(2026, 11, 23)


def said(category: str, code: str = "20", action: str = "WQ", text: str = "") -> Status:
    """A status of one code."""
    return Status((StatusCode(category, code),), DAY, action, Decimal(150), text)


def claim(*statuses: Status, number: str = "PCN1", lines: tuple[LineStatus, ...] = ()) -> ClaimStatus:
    """A claim under the payer's number."""
    patient = Name("QC", "SMITH", "JANE", id_qualifier="MI", id="W123456789")
    return ClaimStatus(patient, number, statuses, (Reference("1K", "ICN1"), Reference("D9", "CH1")), DAY, DAY, lines)


def report(
    *claims: ClaimStatus,
    source: tuple[Status, ...] = (),
    receiver: tuple[Status, ...] = (),
    provider: tuple[Status, ...] = (),
) -> StatusReport:
    """A payer's answer to one file of one provider."""
    billing = Name("85", "LAKE COUNSELING LLC", id_qualifier="XX", id="1234567893", is_person=False)
    submitter = Name("41", "LAKE COUNSELING LLC", id_qualifier="46", id="CASELOAD", is_person=False)
    payer = Name("PR", "SANDBOX HEALTH PLAN", id_qualifier="PI", id="60054", is_person=False)
    providers = (ProviderStatus(billing, "1", provider, totals=Totals(accepted=1), claims=claims),)
    receivers = (ReceiverStatus(submitter, "BHT03", receiver, Totals(1, 0, Decimal(150)), providers),)
    return StatusReport("R1", DAY, (SourceStatus(payer, "S1", DAY, DAY, source, receivers),))


def written(*reports: StatusReport) -> bytes:
    """The reports as a file."""
    return write(reports, ENVELOPE, control=1, group_control=1, made_at=MADE_AT)


def read_back(content: bytes) -> list[StatusReport]:
    """Every report of a file."""
    return [read(one) for interchange in read_file(content) for one in interchange.transactions]


def decided(one: StatusReport) -> list[tuple[str, str]]:
    """Level and verdict of every outcome."""
    return [(found.level.value, found.verdict.value) for found in outcomes(one)]


ACCEPTED = claim(said("A2"))

statuses = st.lists(
    st.builds(
        Status,
        st.lists(
            st.builds(
                StatusCode,
                st.sampled_from(["A1", "A2", "A3", "A7"]),
                st.sampled_from(["20", "562"]),
                st.sampled_from(["", "85"]),
            ),
            min_size=1,
            max_size=3,
        ).map(tuple),
        st.none() | st.just(DAY),
        st.sampled_from(["WQ", "U"]),
        st.none() | st.integers(0, 99_999).map(lambda cents: Decimal(cents) / 100),
        st.sampled_from(["", "MEMBER NOT FOUND"]),
    ),
    max_size=2,
).map(tuple)
lines = st.builds(
    LineStatus,
    st.just("HC"),
    st.sampled_from(["90834", "90837"]),
    st.sampled_from([(), ("95",)]),
    st.none() | st.just(Decimal("150.5")),
    statuses,
    st.sampled_from([(), (Reference("FJ", "L1"),)]),
)
claims = st.builds(
    lambda own, under, last: replace(claim(*own, lines=under), service_to=last),
    statuses,
    st.lists(lines, max_size=2).map(tuple),
    st.sampled_from([DAY, date(2026, 11, 30)]),
)


@settings(max_examples=60, deadline=None)
@given(st.lists(claims, max_size=3), statuses, statuses, statuses)
def test_a_written_report_reads_back_the_same(
    found: list[ClaimStatus], source: tuple[Status, ...], receiver: tuple[Status, ...], provider: tuple[Status, ...]
) -> None:
    made = report(*found, source=source, receiver=receiver, provider=provider)
    assert read_back(written(made, made)) == [made] * 2
    assert all(one.defects == () for one in read_back(written(made)))


def test_another_validator_accepts_what_is_written() -> None:
    """The guide has no date on the statuses of a provider and no amount on those of a line."""
    dateless = replace(said("A1"), effective_on=None)
    line = LineStatus(
        "HC", "90834", ("95",), Decimal(150), (replace(said("A7", "454", "U"), amount=None),), (Reference("FJ", "L1"),)
    )
    refused = claim(said("A7", "562", "U"), lines=(line,))
    made = report(ACCEPTED, refused, receiver=(said("A1"),), provider=(dateless,))
    assert pyx12_errors(written(made)) == []


@pytest.mark.parametrize(
    ("category", "expected"),
    [
        ("A0", "received"),
        ("A1", "received"),
        ("A2", "accepted"),
        ("A3", "rejected"),
        ("A4", "rejected"),
        ("A5", "received"),
        ("A6", "rejected"),
        ("A7", "rejected"),
        ("A8", "rejected"),
        ("A9", "unknown"),
        ("", "unknown"),
    ],
)
def test_a_category_decides(category: str, expected: str) -> None:
    assert verdict(category).value == expected
    assert decided(report(claim(said(category)))) == [("claim", expected)]


def test_no_category_but_one_is_acceptance() -> None:
    assert [code for code in status_categories() if verdict(code) is Verdict.ACCEPTED] == ["A2"]


@pytest.mark.parametrize("level", ["source", "receiver", "provider"])
def test_a_reject_above_rejects_every_claim(level: str) -> None:
    made = report(ACCEPTED, claim(said("A1"), number="PCN2"), **{level: (said("A3", "24", "U"),)})
    assert decided(made) == [("claim", "rejected")] * 2
    first = next(outcomes(made))
    assert [(found.value, one.verdict.value) for found, one in first.statuses] == [
        (level, "rejected"),
        ("claim", "accepted"),
    ]


@pytest.mark.parametrize("level", ["source", "receiver", "provider"])
def test_acceptance_above_accepts_no_claim(level: str) -> None:
    made = report(claim(), **{level: (said("A2"),)})
    assert decided(made) == [("claim", "unknown")]


def test_a_provider_answered_without_claims_is_decided_as_a_whole() -> None:
    (found,) = outcomes(report(provider=(said("A3", "132", "U"),)))
    assert found == Outcome(
        Level.PROVIDER, Verdict.REJECTED, found.statuses, True, batch_reference="BHT03", provider_id="1234567893"
    )


def test_a_file_rejected_as_a_whole_names_our_number() -> None:
    made = report(receiver=(said("A3", "24", "U", "SUBMITTER NOT APPROVED"),))
    source = made.sources[0]
    bare = replace(made, sources=(replace(source, receivers=(replace(source.receivers[0], providers=()),)),))
    (found,) = outcomes(read_back(written(bare))[0])
    assert (found.level, found.verdict, found.batch_reference) == (Level.RECEIVER, Verdict.REJECTED, "BHT03")
    assert found.statuses[0][1].text == "SUBMITTER NOT APPROVED"


def test_a_rejected_line_rejects_its_claim() -> None:
    line = LineStatus("HC", "90834", statuses=(said("A7", "454", "U"),))
    assert decided(report(claim(said("A2"), lines=(line,)))) == [("claim", "rejected")]


def test_a_good_category_beside_a_reject_is_not_known() -> None:
    assert decided(report(claim(said("A2", action="U")))) == [("claim", "unknown")]


def test_a_second_code_counts() -> None:
    both = Status((StatusCode("A2", "20"), StatusCode("A7", "562", "85")), DAY, "WQ")
    assert decided(report(claim(both))) == [("claim", "rejected")]


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("imsweb__x12_277CA_accepted.txt", [("5781", "accepted", "1107000000014420", "000000674")]),
        ("imsweb__x12_277CA_rejected.txt", [("3920394930203", "rejected", "1107000000001120", "11200001")]),
        ("inteligenz__FromBogeyone.txt", []),
        ("inteligenz__FromLatitude81uk.txt", [("MVC132-0145454", "accepted", "545454", "3078")]),
        ("masstransit__Layout277Tests_2.txt", [("DOE01428", "rejected", "22029500123407X", "2002020542857")]),
        ("masstransit__Layout277Tests_3.txt", [("DOE01428", "rejected", "22029500123407X", "2002020542857")]),
        ("masstransit__Layout277Tests_4.txt", [("DOE01428", "rejected", "22029500123407X", "2002020542857")]),
        ("masstransit__Layout277Tests_7.txt", [("DOE01428", "rejected", "22029500123407X", "2002020542857")]),
        ("project-herophilus__277CA_Sample_Accepted.txt", [("5781", "accepted", "1107000000014420", "000000674")]),
        (
            "project-herophilus__277CA_Sample_Rejected.txt",
            [("3920394930203", "rejected", "1107000000001120", "11200001")],
        ),
    ],
)
def test_samples_give_a_verdict_for_every_claim(name: str, expected: list[tuple[str, str, str, str]]) -> None:
    found = [one for each in read_back((SAMPLES / "277ca" / name).read_bytes()) for one in outcomes(each)]
    assert [
        (one.claim.patient_control_number, one.verdict.value, one.claim.payer_control_number, one.batch_reference)
        for one in found
        if one.claim
    ] == expected


def test_a_line_of_a_sample_keeps_our_number_and_both_codes() -> None:
    (found,) = read(transactions("277ca/masstransit__Layout277Tests_2.txt")[0]).claims()
    (line,) = found.lines
    assert (line.procedure, line.reference, line.charge) == ("22305", "11", Decimal(350))
    assert [(code.category, code.code, code.entity) for code in line.statuses[0].codes] == [
        ("A3", "122", ""),
        ("A3", "153", "82"),
    ]
    assert found.clearinghouse_number == "22029500123407X"


def test_codes_are_said_in_words() -> None:
    assert StatusCode("A7", "562", "85").words == "Rejected: information is wrong: NPI of the named party"
    assert StatusCode("ZZ", "99999").words == "Category ZZ: status code 99999"


def test_the_answer_to_an_inquiry_is_not_taken_for_an_acknowledgment() -> None:
    content = written(report(ACCEPTED)).replace(b"005010X214", b"005010X212")
    (found,) = read_back(content)
    assert [one.grave for one in found.defects] == [True]


def test_what_is_no_277_is_refused() -> None:
    with pytest.raises(X12Error, match="a 999, not a claim acknowledgment"):
        read(transactions("999/mjpete3__tc_parse_999_1.txt")[0])
