"""A file is stored before it is read, read once, and no part of it stops another."""

from __future__ import annotations

from pathlib import Path

import pytest

from billing.inbound import reading, services
from billing.models import InboundFile, InboundTransaction, Remittance
from billing.remittances import building
from practice import due, files
from practice.models import DueWork
from tests.billing.claim_factories import Bench, answer, books, file_of, remittance
from tests.billing.remittances.hands import take

SAMPLES = Path("tests/edi/samples")
ANSWERS = sorted(path for kind in ("999", "277ca", "ta1") for path in (SAMPLES / kind).glob("*"))


def test_a_file_is_kept_and_planned_to_be_read(bench: Bench) -> None:
    row = services.receive(
        b"anything", name="x.835", source="upload", connection=None, actor=bench.biller, practice=bench.practice
    )
    assert (row.status, row.made_by_name) == (InboundFile.Status.STORED, "Bob Keller")
    assert files.read(row.file) == b"anything"
    assert DueWork.objects.get(kind="inbound.read").object_id == str(row.pk)


def test_an_upload_that_is_no_text_is_refused(bench: Bench) -> None:
    with pytest.raises(files.FileRefusedError, match="This is not a plain text file"):
        services.receive(
            b"%PDF-1.4 x",
            name="x.pdf",
            source="upload",
            connection=None,
            actor=bench.biller,
            practice=bench.practice,
        )


def test_the_same_bytes_under_another_name_are_told_and_nothing_else_happens(bench: Bench) -> None:
    claim = bench.claim("150.00")
    content = file_of(remittance(answer(claim, "150.00")))
    take(bench, content, "first.835")
    before = books(), DueWork.objects.count()
    again = take(bench, content, "second.835")
    assert again.status == InboundFile.Status.DUPLICATE
    assert again.trouble == "The same file arrived on Nov 17, 2026 as first.835."
    assert Remittance.objects.count() == 1
    assert (books(), DueWork.objects.count()) == before


def test_reading_twice_reads_once(bench: Bench) -> None:
    claim = bench.claim("150.00")
    row = take(bench, file_of(remittance(answer(claim, "150.00"))))
    reading.perform(bench.practice.pk, str(row.pk))
    assert InboundTransaction.objects.count() == 1
    assert not DueWork.objects.filter(kind="inbound.read").exists()


def test_what_is_no_x12_is_unreadable_with_the_reason(bench: Bench) -> None:
    row = take(bench, b"Dear practice, your payment is on its way.")
    assert (row.status, row.trouble) == ("unreadable", "There is no ISA segment in the file, so it is not X12.")
    assert not DueWork.objects.filter(kind="inbound.read").exists()
    services.read_again(row.pk, actor=bench.biller, practice=bench.practice)
    due.perform(due.Due("inbound.read", bench.practice.pk, str(row.pk)))
    row.refresh_from_db()
    assert row.status == "unreadable"


def test_a_part_that_cannot_be_read_does_not_stop_the_others(bench: Bench) -> None:
    claim, other = bench.claim("150.00"), bench.claim("90.00")
    huge = remittance(answer(claim, "150.00"))
    content = file_of(huge, remittance(answer(other, "90.00"), trace="EFT0002"))
    row = take(bench, content.replace(b"*150*", b"*99999999999*"))
    assert list(row.transactions.order_by("position").values_list("kind", "status", "summary")) == [
        ("835", "unreadable", "An amount in this remittance is larger than ten digits."),
        ("835", "applied", "Payment of $90.00 by KEYSTONE MUTUAL, 1 claim."),
    ]
    assert Remittance.objects.get().status == "ready"


def test_a_mistake_of_ours_in_one_part_does_not_stop_the_others(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    claim, other = bench.claim("150.00"), bench.claim("90.00")
    inner = building.save

    def broken(built: building.Built, transaction: InboundTransaction) -> Remittance:
        if built.row.trace == "EFT0001":
            raise KeyError("a mistake")
        return inner(built, transaction)

    monkeypatch.setattr(building, "save", broken)
    row = take(bench, file_of(remittance(answer(claim, "150.00")), remittance(answer(other, "90.00"), trace="EFT0002")))
    assert [one.status for one in row.transactions.order_by("position")] == ["unreadable", "applied"]
    assert row.transactions.order_by("position")[0].summary.startswith("This could not be read because of an error")


def test_another_kind_is_kept_and_set_aside(bench: Bench) -> None:
    claim = bench.claim("150.00")
    content = file_of(remittance(answer(claim, "150.00")))
    content = content.replace(b"ST*835*0001", b"ST*271*0001*005010X279A1")
    row = take(bench, content)
    found = row.transactions.get()
    assert (found.kind, found.status) == ("other", "set_aside")
    assert "271" in found.summary


@pytest.mark.parametrize("path", sorted((SAMPLES / "835").glob("*")), ids=lambda path: path.name)
def test_real_remittances_land_without_harm(bench: Bench, path: Path) -> None:
    bench.claim("150.00")
    before = books()
    row = take(bench, path.read_bytes(), path.name)
    assert row.status in {"read", "unreadable"}
    assert not InboundTransaction.objects.filter(status="unreadable").exists()
    assert set(Remittance.objects.values_list("status", flat=True)) <= {"held", "duplicate"}
    assert books() == before


def test_real_acknowledgments_land_without_harm(bench: Bench) -> None:
    bench.controls[0] = 776_000_000
    claim = bench.claim("150.00")
    assert ANSWERS
    for path in ANSWERS:
        row = take(bench, path.read_bytes(), path.name)
        assert row.status in {"read", "unreadable", "duplicate"}, path.name
    found = InboundTransaction.objects.order_by("pk").values_list("inbound__name", "kind", "status", "summary")
    assert [one for one in found if one[2] == "unreadable"] == []
    claim.refresh_from_db()
    assert claim.status == "sent"
