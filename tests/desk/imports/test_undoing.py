"""Taking an import back: everything goes, nothing goes, and what stands against it is said."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest

from billing.models import Account, Entry, LedgerLine
from billing.money.services import refund
from billing.receivables import balance
from clients import services as clients
from clients.models import Client, Coverage
from clinicians.models import Clinician
from desk.imports import undoing
from desk.imports.errors import ImportRefusedError
from desk.models import ImportRun
from practice.actors import Actor
from practice.models import AuditEvent, Service
from practice.money import total
from scheduling.booking import book
from scheduling.facts import Booking
from scheduling.models import Attendance, Session
from tests.desk.imports.hands import BILLING, DETAILS, INTAKEQ, STATUS, answered, brought, mapped, sample, upload
from tests.people import Cast

pytestmark = pytest.mark.usefixtures("at_fernhollow")
ADD_ALL = {"everybody:clinician": "new", "everybody:who": "new", "client:4": "two", "client:7": "row:2"}


def test_everything_goes(people: Cast, alice: Actor) -> None:
    run = _bring(people, alice, DETAILS)
    run = undoing.undo(actor=alice, practice=people.fernhollow, run_id=run.pk)
    assert run.status == ImportRun.Status.UNDONE
    assert [model.objects.count() for model in (Client, Coverage, Clinician)] == [0, 0, 0]
    gone = AuditEvent.objects.filter(action="client.removed")
    assert gone.count() == 7
    assert all(event.before and event.before["last_name"] for event in gone)


def test_after_it_the_file_can_be_brought_over_again(people: Cast, alice: Actor) -> None:
    run = _bring(people, alice, DETAILS)
    undoing.undo(actor=alice, practice=people.fernhollow, run_id=run.pk)
    assert _bring(people, alice, DETAILS).result["clients"] == 7


def test_entries_are_reversed_and_whom_they_name_stays_inactive(people: Cast, alice: Actor) -> None:
    run = _bring(people, alice, BILLING)
    run = undoing.undo(actor=alice, practice=people.fernhollow, run_id=run.pk)
    assert (Session.objects.count(), Attendance.objects.count(), Coverage.objects.count()) == (0, 0, 0)
    assert Entry.objects.count() == 8
    for account in Account.values:
        assert total(list(LedgerLine.objects.filter(account=account).values_list("amount", flat=True))) == Decimal(0)
    assert set(Client.objects.values_list("status", flat=True)) == {"inactive"}
    assert run.result["kept"] == 6


def test_not_a_second_time_and_not_before_it_is_over(people: Cast, alice: Actor) -> None:
    run = upload(alice, people.fernhollow, sample(INTAKEQ))
    with pytest.raises(ImportRefusedError, match="not finished yet"):
        undoing.undo(actor=alice, practice=people.fernhollow, run_id=run.pk)
    run = brought(alice, people.fernhollow, run)
    undoing.undo(actor=alice, practice=people.fernhollow, run_id=run.pk)
    with pytest.raises(ImportRefusedError, match="taken back already"):
        undoing.undo(actor=alice, practice=people.fernhollow, run_id=run.pk)


def test_not_when_a_session_was_booked_for_one_of_the_clients(people: Cast, alice: Actor) -> None:
    run = _bring(people, alice, DETAILS)
    clinician, client = Clinician.objects.first(), Client.objects.get(first_name="Wren")
    assert clinician is not None
    service = Service.objects.create(code="90837", name="Hour", kind="individual")
    what = {"kind": "individual", "date": dt.date(2026, 11, 20), "time": dt.time(10), "minutes": 60}
    ids = {"clinician_ids": (clinician.pk,), "client_ids": (client.pk,), "service_id": service.pk}
    book(actor=alice, booking=Booking(**what, **ids))  # type: ignore[arg-type]
    with pytest.raises(ImportRefusedError, match="as a whole any more"):
        undoing.undo(actor=alice, practice=people.fernhollow, run_id=run.pk)
    assert Client.objects.count() == 7
    assert Coverage.objects.count() == 5


def test_not_when_a_session_was_confirmed_and_billed_here(people: Cast, alice: Actor) -> None:
    from billing import charges
    from scheduling.confirming import confirm_many

    run = _sessions(people, alice, through=dt.date(2026, 11, 10))
    part = Attendance.objects.get(status="held")
    fees = {part.pk: Decimal("150.00")}
    today = dt.date(2026, 11, 17)
    done = confirm_many([part.pk], actor=alice, attestation_text_version="1", fees=fees, today=today)
    assert done == [part.pk]
    charges.charge_many(done, practice=people.fernhollow, actor=alice)
    with pytest.raises(ImportRefusedError, match="confirmed here since"):
        undoing.undo(actor=alice, practice=people.fernhollow, run_id=run.pk)
    assert Session.objects.count() == 3


def test_not_when_credit_was_used(people: Cast, alice: Actor) -> None:
    run = _bring(people, alice, BILLING)
    quill = Client.objects.get(last_name="Quill")
    refund(actor=alice, client_id=quill.pk, amount=Decimal("10.00"), paid_on=dt.date(2026, 11, 17), method="cash")
    with pytest.raises(ImportRefusedError, match=r"Barnaby Quill had \$75\.00 of credit .* \$65\.00 left"):
        undoing.undo(actor=alice, practice=people.fernhollow, run_id=run.pk)
    assert balance(quill.pk).credit == Decimal("65.00")


def test_history_stays_history_and_the_rest_comes_onto_the_calendar(people: Cast, alice: Actor) -> None:
    _sessions(people, alice, through=dt.date(2026, 11, 10))
    told = {(part.status, part.brought_over, part.session.occupies) for part in _parts()}
    assert told == {("confirmed", True, True), ("held", False, True), ("scheduled", False, True)}


def test_a_list_of_clients_goes_once_the_balances_of_another_file_are_taken_back(people: Cast, alice: Actor) -> None:
    run = _bring(people, alice, DETAILS)
    later = _bring(people, alice, STATUS)
    with pytest.raises(ImportRefusedError):
        undoing.undo(actor=alice, practice=people.fernhollow, run_id=run.pk)
    undoing.undo(actor=alice, practice=people.fernhollow, run_id=later.pk)
    run = undoing.undo(actor=alice, practice=people.fernhollow, run_id=run.pk)
    assert run.result["kept"] > 0
    assert set(Client.objects.values_list("status", flat=True)) == {"inactive"}


def _parts() -> list[Attendance]:
    return list(Attendance.objects.select_related("session"))


def _sessions(people: Cast, alice: Actor, through: dt.date) -> ImportRun:
    clinician = Clinician.objects.create(first_name="Maren", last_name="Holloway")
    person = clients.add_client(actor=alice, first_name="Ana", last_name="Vega")
    assert clinician
    assert person
    content = (
        b"Patient name,When,Seen by,Code\n"
        b"Ana Vega,2026-11-03 10:00,Maren Holloway,90834\n"
        b"Ana Vega,2026-11-12 10:00,Maren Holloway,90834\n"
        b"Ana Vega,2026-11-24 10:00,Maren Holloway,90834\n"
    )
    run = upload(alice, people.fernhollow, content)
    names = ["client.full_name", "session.start_at", "session.clinician", "session.service_code"]
    run = mapped(alice, people.fernhollow, run, ["sessions"], names)
    run.through = through
    run = answered(alice, people.fernhollow, run, {})
    return brought(alice, people.fernhollow, run, only_good=False)


def _bring(people: Cast, alice: Actor, name: str) -> ImportRun:
    run = answered(alice, people.fernhollow, upload(alice, people.fernhollow, sample(name)), ADD_ALL)
    return brought(alice, people.fernhollow, run)
