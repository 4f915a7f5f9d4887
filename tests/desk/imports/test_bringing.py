"""What the samples bring into a practice: exact counts, the values of some rows, and the questions they raise."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest

from billing.models import Account, Charge, Entry, LedgerLine
from billing.receivables import balance
from clients.models import Caseload, Client, ClientDiagnosis, Contact, Coverage
from clinicians.models import Clinician, Engagement, License
from desk.models import ImportedRow, ImportRun
from practice import clock
from practice.actors import Actor
from practice.money import total
from scheduling.models import Attendance, Session
from tests.desk.imports.hands import (
    ATTENDANCE,
    BILLING,
    DETAILS,
    INTAKEQ,
    STATUS,
    answered,
    brought,
    sample,
    told,
    upload,
)
from tests.people import Cast

pytestmark = pytest.mark.usefixtures("at_fernhollow")
ADD_ALL = {"everybody:clinician": "new", "everybody:who": "new"}


def test_client_details_of_simplepractice(people: Cast, alice: Actor) -> None:
    run = upload(alice, people.fernhollow, sample(DETAILS))
    assert run.layout == "simplepractice.client_details"
    asked = told(run)
    assert set(asked) == {
        "clinician:maren holloway", "clinician:tobias achterberg", "clinician:priya venkatesancole", "client:4",
        "client:7",
    }  # fmt: skip
    assert asked["client:4"] == ["one", "two", "skip"]
    assert asked["client:7"] == ["row:2", "new", "skip"]
    run = answered(alice, people.fernhollow, run, ADD_ALL | {"client:4": "two", "client:7": "row:2"})
    assert run.found["open"] == 0
    run = brought(alice, people.fernhollow, run, only_good=False)
    assert run.status == ImportRun.Status.DONE
    assert run.result == {"clients": 7, "clients_known": 1, "clinicians": 3, "coverage": 5, "left": 1}
    names = {row.name: row for row in Client.objects.all()}
    assert set(names) == {
        "Odalys Brennan", "Desmond O'Shaughnessy", "Luis Ferreira", "Wren Kowalczyk", "José Ángel Núñez",
        "Thaddeus Mbeki-Lund", "Ingrid Solvang",
    }  # fmt: skip
    desmond = names["Desmond O'Shaughnessy"]
    assert (desmond.phone, desmond.zip, desmond.email) == ("(617) 555-0122", "02188", "desmond.osh@example.org")
    assert (names["Wren Kowalczyk"].state, names["José Ángel Núñez"].status) == ("MA", "inactive")
    assert names["Thaddeus Mbeki-Lund"].phone == "(781) 555-0166 x12"
    assert names["Ingrid Solvang"].note == "Phone as written: 555-0177"
    assert names["Ingrid Solvang"].address1.startswith("=HYPERLINK")
    guardian = Contact.objects.get()
    assert (guardian.name, guardian.is_guardian, guardian.client) == ("Halina Kowalczyk", True, names["Wren Kowalczyk"])
    member_ids = {row.client.name: row.member_id for row in Coverage.objects.select_related("client")}
    assert member_ids["Wren Kowalczyk"] == "00987654321"
    assert member_ids["Desmond O'Shaughnessy"] == "W223344556"
    assert Caseload.objects.filter(clinician__last_name="Holloway").count() == 3
    assert sorted(Client.objects.values_list("number", flat=True)) == list(range(1, 8))
