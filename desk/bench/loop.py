"""The figures of claims and remittances. What changes the books is rolled back, so that it can be taken again."""

from __future__ import annotations

import time
import tracemalloc
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from itertools import count, cycle, islice
from typing import Final

from django.db import connection, transaction

from billing.inbound import reading
from billing.inbound import services as inbound
from billing.models import InboundFile, Remittance, Request
from billing.remittances import services as remittances
from desk.bench import payments, sent
from desk.bench.figures import CLICK_SECONDS, TIMES, Taken, enter, figure, middle
from desk.bench.places import Bench
from edi.claims.checks import check
from edi.claims.model import MAX_CLAIMS, Claim, ClaimFile
from edi.claims.reading import read_file
from edi.claims.writing import write
from edi.reading import read
from edi.remittances.balancing import balance
from edi.remittances.reading import read as read_remittance
from practice import files
from practice.tenancy.context import practice_context

MANY: Final = 5000
WRITTEN: Final = 10_000
READ: Final = 20_000
MEGABYTES: Final = 64
POST_SECONDS: Final = 3


@figure(f"837P: {MANY:,} claims checked and written", "≥ 10,000 claims/s, ≤ 64 MB")
def claims_written(bench: Bench, _port: int) -> Taken:
    """Claims as the bench sent them, each under a number of its own, on one core; the claims count as memory too."""
    file = many(bench)
    return _pace(lambda: _check_and_write(file), WRITTEN, lambda: _check_and_write(many(bench)))


@figure(f"835: {MANY:,} claims read and balanced", "≥ 20,000 claims/s, ≤ 64 MB")
def remittances_read(bench: Bench, _port: int) -> Taken:
    """A payment for each thousand of them, on one core."""
    content = payments.answer(many(bench), "MANY")

    def work() -> None:
        for one in read(content)[0].transactions:
            if wrong := balance(read_remittance(one)):
                raise LookupError(wrong[0].words)

    return _pace(work, READ, work)


@figure("one click with “send now”: claims stored, batch file written", "≤ 2 s for 1,000")
def click_and_send(bench: Bench, _port: int) -> Taken:
    """The click, its work, sending at once, and the file; without the call to the clearinghouse."""
    return middle(lambda: _click_and_send(bench))


def _click_and_send(bench: Bench) -> tuple[float, Taken]:
    entry = enter(bench)
    with rolled_back():
        started = time.perf_counter()
        batch_id = sent.click(entry, bench.to_click)
        check_constraints()
        took = time.perf_counter() - started
        written = sum(request.claim_count for request in sent.requests_of(entry.practice, batch_id))
    words = f"{took:.2f} s for {written:,}"
    return took, Taken(words, holds=took <= CLICK_SECONDS and written == len(bench.to_click))


@figure("835 of as many claims: matched and posted", "≤ 3 s for 1,000")
def matched_and_posted(bench: Bench, _port: int) -> Taken:
    """From the file that arrived to the ledger: kept, read, matched and judged, then posted."""
    return middle(lambda: _matched_and_posted(bench))


def _matched_and_posted(bench: Bench) -> tuple[float, Taken]:
    entry = enter(bench)
    content = payments.answer(_sent(bench), "POST")
    with rolled_back():
        started = time.perf_counter()
        row_ids = _take_in(bench, content)
        read_in = time.perf_counter() - started
        for row_id in row_ids:
            with practice_context(entry.practice.pk, phi=True):
                remittances.post(row_id, actor=entry.actor, practice=entry.practice)
        check_constraints()
        took = time.perf_counter() - started
        posted = _posted(bench)
    words = f"{took:.2f} s for {posted:,}, of which read and matched {read_in:.2f} s"
    return took, Taken(words, holds=took <= POST_SECONDS and posted == len(_sent(bench).transactions[0].claims))


@contextmanager
def rolled_back() -> Iterator[None]:
    """A transaction around all of it that leaves nothing behind."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def check_constraints() -> None:
    """What PostgreSQL checks at the commit belongs to the time it takes."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")


def _take_in(bench: Bench, content: bytes) -> list[int]:
    entry = enter(bench)
    with practice_context(entry.practice.pk, phi=True):
        row = inbound.receive(
            content,
            name="bench.835",
            source=InboundFile.Source.UPLOAD,
            connection=None,
            actor=entry.actor,
            practice=entry.practice,
        )
    reading.perform(entry.practice.pk, str(row.pk))
    with practice_context(entry.practice.pk, phi=True):
        return list(Remittance.objects.filter(transaction__inbound=row).values_list("pk", flat=True))


def _posted(bench: Bench) -> int:
    """The claims of what is posted."""
    with practice_context(bench.practice_id, phi=True):
        rows = Remittance.objects.filter(status=Remittance.Status.POSTED)
        return sum(rows.values_list("claim_count", flat=True))


def _sent(bench: Bench) -> ClaimFile:
    """The file of claims that the bench sent, read back."""
    with transaction.atomic(), practice_context(bench.practice_id, phi=True):
        content = files.read(Request.objects.select_related("file").get(pk=bench.request_id).file)
    return read_file(read(content)[0])[0]


def many(bench: Bench) -> ClaimFile:
    """Its claims again and again, each under its own number, a thousand in a transaction."""
    file, numbers = _sent(bench), count(1)
    first = file.transactions[0]
    source = cycle(first.claims)
    parts = [
        replace(
            first,
            control=f"{place:04}",
            reference=f"MANY{place:04}",
            claims=tuple(_numbered(claim, next(numbers)) for claim in islice(source, MAX_CLAIMS)),
        )
        for place in range(1, MANY // MAX_CLAIMS + 1)
    ]
    return replace(file, transactions=tuple(parts))


def _numbered(claim: Claim, number: int) -> Claim:
    own = f"MANY{number:011}01"
    lines = tuple(replace(line, reference=f"{own}L{place:02}") for place, line in enumerate(claim.lines, 1))
    return replace(claim, patient_control_number=own, lines=lines)


def _check_and_write(file: ClaimFile) -> None:
    if found := [one for one in check(file) if not one.warning]:
        raise LookupError(found[0].words)
    write(file)


def _pace(work: Callable[[], None], hold: int, whole: Callable[[], None]) -> Taken:
    """The best of several runs, and the most memory that the whole takes."""
    paces = []
    for _ in range(TIMES):
        started = time.perf_counter()
        work()
        paces.append(MANY / (time.perf_counter() - started))
    megabytes = _peak(whole)
    words = f"{max(paces):,.0f} claims/s (best of {TIMES}, worst {min(paces):,.0f}), {megabytes:.0f} MB"
    return Taken(words, holds=max(paces) >= hold and megabytes <= MEGABYTES)


def _peak(work: Callable[[], None]) -> float:
    tracemalloc.start()
    try:
        work()
        return tracemalloc.get_traced_memory()[1] / 2**20
    finally:
        tracemalloc.stop()
