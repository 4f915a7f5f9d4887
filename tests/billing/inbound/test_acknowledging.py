"""What TA1 and 999 do to a file of ours and to the claims in it."""

from __future__ import annotations

import pytest

from billing.inbound import reading
from billing.inbound.services import receive
from billing.models import Claim, ClaimEvent, InboundTransaction, Request
from tests.billing.claim_factories import Bench
from tests.billing.remittances.hands import status, take

ISA = "ISA*00*          *00*          *ZZ*SANDBOX        *ZZ*FERN01         *261117*0900*^*00501*000000009*0*T*:~"


def ta1(control: str, verdict: str, note: str = "000") -> bytes:
    return f"{ISA}TA1*{control}*261116*0900*{verdict}*{note}~IEA*0*000000009~".encode()


def x999(control: str, body: str, end: str) -> bytes:
    segments = f"ST*999*0001*005010X231A1~AK1*HC*{control}*005010X222A1~{body}{end}~"
    count = segments.count("~") + 1
    group = f"GS*FA*SANDBOX*FERN01*20261117*0900*1*X*005010X231A1~{segments}SE*{count}*0001~GE*1*1~"
    return f"{ISA}{group}IEA*1*000000009~".encode()


def accepted(control: str, part: str = "0001") -> bytes:
    return x999(control, f"AK2*837*{part}~IK5*A~", "AK9*A*1*1*1")


@pytest.fixture
def four(bench: Bench) -> list[Claim]:
    """Four claims, two in each of two transactions."""
    return [bench.claim("150.00", sent=False) for _ in range(4)]


def last(claim: Claim) -> ClaimEvent:
    return ClaimEvent.objects.filter(claim=claim).order_by("-pk")[0]


def test_an_accepted_file_is_acknowledged(bench: Bench, four: list[Claim]) -> None:
    request = bench.send(*four)
    row = take(bench, ta1(request.control_number, "A"))
    request.refresh_from_db()
    assert (request.status, row.transactions.get().status) == ("acknowledged", "applied")
    assert request.answered_at is not None
    assert [status(claim) for claim in four] == ["sent"] * 4


def test_a_file_refused_as_a_whole_gives_its_claims_back(bench: Bench, four: list[Claim]) -> None:
    request = bench.send(*four)
    take(bench, ta1(request.control_number, "R", "020"))
    request.refresh_from_db()
    assert request.status == Request.Status.REJECTED
    assert [status(claim) for claim in four] == ["ready"] * 4
    assert last(four[0]).title == "The whole file was refused; ready to be sent again"
    assert "ISA15" in last(four[0]).detail


def test_a_file_taken_with_errors_says_so(bench: Bench, four: list[Claim]) -> None:
    request = bench.send(*four)
    row = take(bench, ta1(request.control_number, "E", "022"))
    request.refresh_from_db()
    assert request.status == Request.Status.ACKNOWLEDGED
    assert row.transactions.get().defects == ["The file's control structure is not right."]
    assert last(four[0]).title == "File received, with errors"


def test_a_refused_file_does_not_take_back_claims_that_were_sent_again(bench: Bench, four: list[Claim]) -> None:
    first = bench.send(*four)
    take(bench, ta1(first.control_number, "R", "020"))
    bench.send(four[0])
    take(bench, ta1(first.control_number, "R", "025"))
    assert [status(claim) for claim in four] == ["sent", "ready", "ready", "ready"]


def test_an_answer_to_no_file_of_ours_is_unmatched(bench: Bench, four: list[Claim]) -> None:
    bench.send(*four)
    for content in (ta1("000000777", "R", "020"), accepted("777")):
        found = take(bench, content).transactions.get()
        assert found.status == InboundTransaction.Status.UNMATCHED
        assert "was not sent from here" in found.summary
    assert [status(claim) for claim in four] == ["sent"] * 4


def test_an_uploaded_answer_must_be_addressed_to_us(bench: Bench, four: list[Claim]) -> None:
    request = bench.send(*four)
    for content, expected in ((accepted("1").replace(b"FERN01 ", b"OTHER1 "), "unmatched"), (accepted("1"), "applied")):
        row = receive(
            content, name="a.999", source="upload", connection=None, actor=bench.biller, practice=bench.practice
        )
        reading.perform(bench.practice.pk, str(row.pk))
        assert row.transactions.get().status == expected
    request.refresh_from_db()
    assert request.status == Request.Status.ACKNOWLEDGED


def test_an_answer_to_another_kind_of_file_is_unmatched(bench: Bench, four: list[Claim]) -> None:
    bench.send(*four)
    row = take(bench, x999("1", "", "AK9*R*1*1*0").replace(b"AK1*HC*", b"AK1*HS*"))
    assert row.transactions.get().status == "unmatched"
    assert [status(claim) for claim in four] == ["sent"] * 4


def test_a_readable_file_is_told_on_its_claims(bench: Bench, four: list[Claim]) -> None:
    request = bench.send(*four)
    take(bench, accepted("1"))
    request.refresh_from_db()
    assert request.status == Request.Status.ACKNOWLEDGED
    assert {last(claim).title for claim in four} == {"File received and readable"}
    assert [status(claim) for claim in four] == ["sent"] * 4


def test_only_the_refused_part_is_rejected_and_the_error_finds_its_claim(bench: Bench, four: list[Claim]) -> None:
    request = bench.send(*four)
    errors = "IK3*NM1*23*2010*8~CTX*CLM01:X~IK4*9*67*1~IK5*R*5~"
    body = f"AK2*837*0001~IK5*A~AK2*837*0002~{errors}"
    row = take(bench, x999(request.control_number, body, "AK9*P*2*2*1"))
    request.refresh_from_db()
    assert request.status == Request.Status.ACKNOWLEDGED
    assert [status(claim) for claim in four] == ["sent", "sent", "rejected", "rejected"]
    assert "part of the file that was refused" in last(four[2]).detail
    assert last(four[3]).detail.startswith("Segment 23 (NM1): Something is wrong with elements of the segment.")
    assert "NM109: A value that must be there is missing." in last(four[3]).detail
    assert row.transactions.get().summary == f"File {request.control_number}: part 0002 refused, the rest accepted."


def test_a_group_refused_without_naming_its_parts_rejects_all(bench: Bench, four: list[Claim]) -> None:
    request = bench.send(*four)
    take(bench, x999(request.control_number, "", "AK9*R*2*2*0*19"))
    request.refresh_from_db()
    assert request.status == Request.Status.REJECTED
    assert [status(claim) for claim in four] == ["rejected"] * 4


def test_what_is_not_understood_moves_nothing(bench: Bench, four: list[Claim]) -> None:
    request = bench.send(*four)
    take(bench, x999(request.control_number, "AK2*837*0001~IK5*Q~", "AK9*Q*1*1*1"))
    request.refresh_from_db()
    assert request.status == Request.Status.SENT
    assert [status(claim) for claim in four] == ["sent"] * 4
