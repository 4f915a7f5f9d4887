"""Whatever bytes come in by a connection or by hand: kept, said in a sentence, nothing posted, and the next is read."""

from __future__ import annotations

import time
import tracemalloc
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Any, Final

import pytest

from billing.inbound import reading
from billing.inbound.cases import MOST_SENTENCES
from billing.inbound.services import receive
from billing.models import Claim, Entry, InboundFile, InboundTransaction, Remittance, Request
from edi.errors import X12Error
from edi.reading import read
from practice import files
from tests.billing.arrivals.standing import rolled_back
from tests.billing.claim_factories import Bench, answer, file_of, plb, remittance
from tests.billing.inbound.test_acknowledging import accepted, ta1, x999
from tests.billing.inbound.test_statuses import said, x277
from tests.edi.command.sampling import NAMES, SAMPLES, broken, dice_of, spoiled
from tests.edi.command.test_bad_input import GROUP, HEAD

S: Final = InboundFile.Source
DOORS: Final = (S.CONNECTION, S.UPLOAD)
SMALL: Final = [(path, name) for path, name in zip(SAMPLES, NAMES, strict=True) if path.stat().st_size < 40_000]
CONTROL: Final = "776000001"
LONGEST: Final = 60  # seconds
MOST: Final = 700 * 1024 * 1024


@dataclass(frozen=True)
class Came:
    """What became of some bytes: the file, what stands in it, or why it was not kept."""

    file: InboundFile | None
    parts: tuple[InboundTransaction, ...] = ()
    refusal: str = ""


def drop(bench: Bench, content: bytes, door: str, name: str = "file") -> Came:
    """Takes bytes in by a door, and reads them as the worker does."""
    connection = bench.connection if door == S.CONNECTION else None
    facts: Any = {"source": door, "connection": connection, "actor": bench.biller, "practice": bench.practice}
    try:
        row = receive(content, name=name, **facts)
    except files.FileRefusedError as refusal:
        return Came(None, refusal=str(refusal))
    reading.perform(bench.practice.pk, str(row.pk))
    row.refresh_from_db()
    return Came(row, tuple(InboundTransaction.objects.filter(inbound=row).order_by("position")))


def is_said(came: Came) -> None:
    """Kept as it came, or refused in a sentence; read, or not, for a reason."""
    if came.file is None:
        assert came.refusal.endswith(".")
        return
    status = InboundFile.Status
    assert came.file.status in {status.READ, status.UNREADABLE, status.DUPLICATE}
    if came.file.status != status.READ:
        assert came.file.trouble.strip()[-1] in ".…"
        assert not came.parts
    for part in came.parts:
        assert part.summary.strip()[-1] in ".…"
    sentences = [*came.file.defects, *(one for part in came.parts for one in part.defects)]
    assert all(one.strip()[-1] in ".…" for one in sentences)


@pytest.fixture
def sent(bench: Bench) -> list[Claim]:
    """Claims of ours that are at the payer, in two transactions of a file whose number no sample answers."""
    bench.controls[0] = int(CONTROL) - 1
    claims = [bench.claim("150.00", "40.00", copay="25.00", sent=False) for _ in range(3)]
    bench.send(*claims)
    return claims


def unmoved() -> tuple[int, list[str], list[str]]:
    """What no bad file may change: the books, the claims and the files we sent."""
    claims = Claim.objects.order_by("pk").values_list("status", flat=True)
    requests = Request.objects.order_by("pk").values_list("status", flat=True)
    return Entry.objects.count(), list(claims), list(requests)


@pytest.mark.parametrize("door", DOORS)
@pytest.mark.parametrize("path", SAMPLES, ids=NAMES)
def test_every_sample_is_kept_and_said(bench: Bench, sent: list[Claim], path: Any, door: str) -> None:
    before = unmoved()
    came = drop(bench, path.read_bytes(), door, path.name)
    is_said(came)
    assert came.file is not None
    assert files.read(came.file.file) == path.read_bytes()
    assert unmoved() == before
    assert not Remittance.objects.filter(status__in=["ready", "posted"]).exists()


def variants(content: bytes, name: str) -> Iterator[bytes]:
    """Broken in every way that the command line is tried with."""
    yield from broken(content, dice_of(name))
    yield from (variant for _, variant in spoiled(content, dice_of(name)))


def goes_on(bench: Bench) -> None:
    """The next good file is read as if nothing had been."""
    came = drop(bench, file_of(remittance(answer(bench.claim("150.00"), "150.00"), trace="NEXT")), S.CONNECTION)
    assert [part.status for part in came.parts] == ["applied"]
    assert Remittance.objects.get(trace="NEXT").status == Remittance.Status.READY


def tried(bench: Bench, content: bytes, name: str, door: str, most: int | None = None) -> None:
    """Every variant of a sample, each from the same books."""
    before = unmoved()
    for variant in islice(variants(content, name), most):
        with rolled_back():
            is_said(drop(bench, variant, door, name))
            assert unmoved() == before
            assert not Remittance.objects.filter(status__in=["ready", "posted"]).exists()
    goes_on(bench)


ONE_OF_EACH: Final = {path.parent.name: (path, name) for path, name in SMALL if path.stat().st_size < 4_000}


@pytest.mark.parametrize("kind", ONE_OF_EACH)
def test_a_broken_sample_is_kept_and_said(bench: Bench, sent: list[Claim], kind: str) -> None:
    path, name = ONE_OF_EACH[kind]
    for door in DOORS:
        with rolled_back():
            tried(bench, path.read_bytes(), name, door)


@pytest.mark.long
@pytest.mark.parametrize(("path", "name"), SMALL, ids=[name for _, name in SMALL])
@pytest.mark.parametrize("door", DOORS)
def test_every_broken_sample_is_kept_and_said(bench: Bench, sent: list[Claim], path: Any, name: str, door: str) -> None:
    tried(bench, path.read_bytes(), name, door)


def answers_of_ours(claims: list[Claim]) -> dict[str, bytes]:
    """Answers to our own claims, where nothing but the damage keeps them from being applied."""
    paid = [
        answer(one, "95.00", lines=(), adjustments=answer(one, "95.00", "CO-45 70,PR-3 25").lines[0].adjustments)
        for one in claims
    ]
    two = file_of(remittance(*paid[:2], plbs=[plb("L6", "-1.10")]), remittance(paid[2], trace="EFT0002"))
    errors = "AK2*837*0001~IK3*NM1*13*2010*8~IK4*9*67*1~IK5*R*5~AK2*837*0002~IK5*A~"
    return {
        "835": two,
        "277CA": x277(*(said(one, code) for one, code in zip(claims, ("A2:20", "A7:164", "A1:19"), strict=True))),
        "999": x999(CONTROL, errors, "AK9*P*2*2*1"),
        "999 all accepted": accepted(CONTROL),
        "TA1": ta1(CONTROL, "A"),
    }


def is_whole(content: bytes) -> bool:
    """Whether every transaction of the file stands between its ST and an SE that counts right."""
    try:
        defects = [one for found in read(content) for one in found.defects]
    except X12Error:
        return False
    return not any(one.tag in {"ST", "SE"} for one in defects)


@pytest.mark.parametrize("kind", ["835", "277CA", "999", "999 all accepted", "TA1"])
def test_broken_answers_to_our_own_claims_post_nothing(bench: Bench, sent: list[Claim], kind: str) -> None:
    content = answers_of_ours(sent)[kind]
    entries = Entry.objects.count()
    for number, variant in enumerate(variants(content, kind)):
        with rolled_back():
            came = drop(bench, variant, DOORS[number % 2], f"{number}")
            is_said(came)
            assert Entry.objects.count() == entries
            assert is_whole(variant) or not _ready_though_broken(variant)
    goes_on(bench)


def _ready_though_broken(variant: bytes) -> list[str]:
    """Payments that could be posted although their transaction lost its end or its count."""
    if not Remittance.objects.filter(status=Remittance.Status.READY).exists():
        return []
    cut = {one.transaction for found in read(variant) for one in found.defects if one.tag in {"ST", "SE"}}
    rows = Remittance.objects.filter(status=Remittance.Status.READY).select_related("transaction")
    return [row.trace for row in rows if row.transaction.control_number in cut]


def test_a_payment_cut_off_anywhere_is_never_ready(bench: Bench, sent: list[Claim]) -> None:
    content = answers_of_ours(sent)["835"]
    ends = [at for at in range(len(content)) if content[at : at + 1] == b"~"]
    first = content.index(b"~SE*")
    for end in [one for place, one in enumerate(ends) if one <= first and (place % 3 == 0 or one > first - 60)]:
        with rolled_back():
            drop(bench, content[: end + 1], S.CONNECTION)
            assert not Remittance.objects.filter(status=Remittance.Status.READY).exists(), content[: end + 1][-40:]


def test_a_payment_whose_count_is_wrong_waits_for_a_person(bench: Bench, sent: list[Claim]) -> None:
    content = file_of(remittance(answer(sent[0], "190.00", lines=())))
    end = content.rindex(b"SE*")
    came = drop(bench, content[:end] + content[end:].replace(b"SE*", b"SE*9", 1), S.UPLOAD)
    assert came.parts[0].status == "applied"
    row = Remittance.objects.get()
    assert [(one["code"], one["may_accept"]) for one in row.held_for] == [("doubtful", True)]
    assert "SE01 says 9" in row.held_for[0]["words"]


def test_more_transactions_than_a_file_can_hold_are_said_and_none_is_applied(bench: Bench, sent: list[Claim]) -> None:
    before = unmoved()
    answer_to_us = f"TA1*{CONTROL}*261116*0900*R*024~".encode()
    came = drop(bench, HEAD + answer_to_us * (reading.MOST_PARTS + 1), S.CONNECTION)
    assert came.file is not None
    assert (came.file.status, came.parts) == ("unreadable", ())
    assert came.file.trouble.startswith("It holds 2,001 transactions")
    assert unmoved() == before


def test_of_many_oddities_the_first_are_shown(bench: Bench) -> None:
    came = drop(bench, HEAD + b"GS*HP*A*B*20260102*0304*1*X*005010~GE*0*1~" * 300 + b"GE~" * 300, S.UPLOAD)
    assert came.file is not None
    assert len(came.file.defects) == MOST_SENTENCES + 1
    assert came.file.defects[-1].endswith(" more like these.")


HUGE: Final = {
    "noise": lambda: dice_of("a").randbytes(50_000_000),
    "noise that can be kept": lambda: dice_of("a").randbytes(20_000_000),
    "noise behind a header": lambda: HEAD + GROUP + dice_of("b").randbytes(20_000_000),
    "100,000 segments without a terminator": lambda: HEAD + GROUP + b"NM1*IL*1*SMITH*JANE\n" * 100_000,
    "a header and terminators": lambda: HEAD + b"~" * 5_000_000,
    "100,000 headers": lambda: HEAD * 100_000,
    "100,000 acknowledgments": lambda: HEAD + b"TA1*000000001*261116*0900*R*024~" * 100_000,
    "100,000 transactions": lambda: HEAD + b"GS*HP~" + b"ST*835*1~SE*2*1~" * 100_000,
    "100,000 groups": lambda: HEAD + b"GS*HP*A*B*20260102*0304*1*X*005010~GE*0*1~" * 100_000,
    "100,000 payments": lambda: HEAD + b"GS*HP~ST*835*1~" + b"CLP*A*1*1*x~SVC*HC:1*1*2~" * 100_000,
    "100,000 adjustments": lambda: HEAD + b"GS*HP~ST*835*1~CLP*A*1*1*1~" + b"CAS*CO*45*1~" * 100_000,
    "100,000 levels": lambda: HEAD + b"GS*HN~ST*277*1*005010X214~" + b"HL*1**PT~TRN*2*X~STC*A2~" * 100_000,
    "100,000 errors": lambda: HEAD + b"GS*FA~ST*999*1*005010X231A1~AK1*HC*1~AK2*837*1~" + b"IK3*NM1*1**8~" * 100_000,
}


@pytest.mark.long
@pytest.mark.parametrize("door", DOORS)
@pytest.mark.parametrize("name", HUGE)
def test_a_huge_file_takes_bounded_time_and_memory(bench: Bench, sent: list[Claim], name: str, door: str) -> None:
    content, before, begun = HUGE[name](), unmoved(), time.monotonic()
    is_said(drop(bench, content, door, name))
    assert time.monotonic() - begun < LONGEST
    assert unmoved() == before
    goes_on(bench)
    tracemalloc.start()
    try:
        drop(bench, content + b" ", door, name)
        assert tracemalloc.get_traced_memory()[1] < MOST
    finally:
        tracemalloc.stop()
