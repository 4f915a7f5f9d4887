"""Payers and services that an import added go with it where nothing names them; what stays is said with its reason."""

from __future__ import annotations

import datetime as dt
from typing import Any
from unittest.mock import patch

import pytest

from clients.models import Client, Coverage
from clinicians.models import Clinician
from desk.imports import undoing
from desk.models import ImportRun
from practice import due
from practice.actors import Actor
from practice.models import AuditEvent, DueWork, PracticePayer, Service
from practice.setup.services import payers
from scheduling.models import Session
from tests.desk.imports.hands import BILLING, DETAILS, again, answered, brought, sample, upload
from tests.people import Cast, signed_in

pytestmark = pytest.mark.usefixtures("at_fernhollow")
ADD_ALL = {"everybody:clinician": "new", "everybody:who": "new", "client:4": "two", "client:7": "row:2"}


def _bring(people: Cast, alice: Actor, name: str) -> ImportRun:
    run = answered(alice, people.fernhollow, upload(alice, people.fernhollow, sample(name)), ADD_ALL)
    return brought(alice, people.fernhollow, run)


def _undone(people: Cast, alice: Actor, run: ImportRun) -> ImportRun:
    return undoing.undo(actor=alice, practice=people.fernhollow, run_id=run.pk)


def test_the_preview_names_them(people: Cast, alice: Actor) -> None:
    run = upload(alice, people.fernhollow, sample(BILLING))
    run = answered(alice, people.fernhollow, run, ADD_ALL)
    page = signed_in(people.alice).get(f"/p/fernhollow/settings/imports/{run.pk}/").content.decode()
    assert run.found["adds"]["services"]
    for name in (*run.found["adds"]["payers"], *run.found["adds"]["services"]):
        assert name in page
    brought(alice, people.fernhollow, run)
    assert sorted(str(row) for row in Service.objects.all()) == run.found["adds"]["services"]


def test_those_that_nothing_names_go(people: Cast, alice: Actor) -> None:
    run = _bring(people, alice, DETAILS)
    assert PracticePayer.objects.count() > 0
    run = _undone(people, alice, run)
    assert PracticePayer.objects.count() == 0
    assert run.result["stays"] == []
    assert AuditEvent.objects.filter(action="payer.removed").exists()


def test_one_that_was_there_before_stays_without_a_word(people: Cast, alice: Actor) -> None:
    run = upload(alice, people.fernhollow, sample(DETAILS))
    name = run.found["adds"]["payers"][0]
    payers.add_own_payer(actor=alice, name=name)
    run = _undone(people, alice, brought(alice, people.fernhollow, answered(alice, people.fernhollow, run, ADD_ALL)))
    assert [row.name for row in PracticePayer.objects.all()] == [name]
    assert run.result["stays"] == []


def test_one_that_a_coverage_names_stays_and_is_said(people: Cast, alice: Actor) -> None:
    run = _bring(people, alice, DETAILS)
    payer = PracticePayer.objects.order_by("name").first()
    assert payer
    other = Client.objects.create(number=900, first_name="Luis", last_name="Roe")
    Coverage.objects.create(client=other, payer=payer, member_id="K1", starts_on=dt.date(2026, 1, 1))
    run = _undone(people, alice, run)
    assert [row.name for row in PracticePayer.objects.all()] == [payer.name]
    assert run.result["stays"] == [f"{payer.name} stays: 1 coverage names it."]
    page = signed_in(people.alice).get(f"/p/fernhollow/settings/imports/{run.pk}/").content.decode()
    assert f"{payer.name} stays: 1 coverage names it." in page


def test_one_that_somebody_changed_since_stays(people: Cast, alice: Actor) -> None:
    run = _bring(people, alice, DETAILS)
    payer = PracticePayer.objects.order_by("name").first()
    assert payer
    payers.switch_payer(actor=alice, payer_id=payer.pk, is_active=False)
    assert _undone(people, alice, run).result["stays"] == [f"{payer.name} stays: it was changed here since."]


def test_what_entries_name_stays(people: Cast, alice: Actor) -> None:
    run = _undone(people, alice, _bring(people, alice, BILLING))
    assert Service.objects.count() == 0
    assert len(run.result["stays"]) == PracticePayer.objects.count()
    assert all("ledger line" in why for why in run.result["stays"])


def test_a_great_number_is_taken_back_by_a_worker(people: Cast, alice: Actor) -> None:
    run = _bring(people, alice, DETAILS)
    with patch.object(undoing, "AT_ONCE", 1), patch.object(undoing, "_ring"):
        run = _undone(people, alice, run)
    assert run.status == ImportRun.Status.UNDOING
    assert Client.objects.count() == 7
    browser = signed_in(people.alice)
    url = f"/p/fernhollow/settings/imports/{run.pk}/"
    assert "Being taken back." in browser.get(url).content.decode()
    assert browser.get(f"{url}progress/").status_code == 200
    assert due.planned(undoing.UNDO, practice_id=people.fernhollow.pk) == {str(run.pk)}
    undoing.take_back(people.fernhollow.pk, str(run.pk))
    assert again(people.fernhollow, run).status == ImportRun.Status.UNDONE
    assert browser.get(f"{url}progress/")["HX-Redirect"] == url
    assert (Client.objects.count(), Clinician.objects.count(), Session.objects.count()) == (0, 0, 0)
    assert not DueWork.objects.exists()
    undoing.take_back(people.fernhollow.pk, str(run.pk))
    event = AuditEvent.objects.get(action="import.undone")
    assert event.actor_id == people.alice.pk


def test_what_a_worker_cannot_take_back_stays_and_the_page_says_why(people: Cast, alice: Actor, inside: Any) -> None:
    run = _bring(people, alice, DETAILS)
    wren = Client.objects.get(first_name="Wren")
    Coverage.objects.filter(client=wren).delete()
    with patch.object(undoing, "AT_ONCE", 1), patch.object(undoing, "_ring"):
        _undone(people, alice, run)
    from tests.billing.money.making import make_charge, make_service

    make_service()
    clinician = Clinician.objects.first()
    assert clinician
    make_charge(people.fernhollow, wren, clinician, "100.00")
    undoing.take_back(people.fernhollow.pk, str(run.pk))
    run = again(people.fernhollow, run)
    assert run.status == ImportRun.Status.DONE
    assert Client.objects.count() == 7
    page = signed_in(people.alice).get(f"/p/fernhollow/settings/imports/{run.pk}/").content.decode()
    assert "Nothing was taken back" in page
    assert "as a whole any more" in page
