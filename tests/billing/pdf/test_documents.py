"""Receipts and superbills: what stands on them, what is missing, and the trail of each export."""

from __future__ import annotations

import io
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client as Browser
from django.urls import reverse
from pypdf import PdfReader

from billing.models import Charge, ClientPayment
from billing.money import services
from clients.models import Client, ClientDiagnosis
from clinicians.models import Clinician, License
from practice.models import AuditEvent, PracticeSettings
from tests.billing.money.conftest import TODAY
from tests.billing.money.making import DAY, make_charge, make_client, make_clinician
from tests.matrix.worlds.clinicians import npi_from
from tests.people import Cast, signed_in

HOSTILE = "<img src=http://127.0.0.1:9/a><link rel=attachment href=file:///etc/hostname>"
HOME: dict[str, Any] = {"address1": "4 Oak Lane", "city": "Ardmore", "state": "PA", "zip": "19003"}


@dataclass
class Paper:
    """A client whose every fact is there, one charge and a payment on it."""

    client: Client
    clinician: Clinician
    charge: Charge
    payment: ClientPayment
    settings: PracticeSettings


@pytest.fixture
def paper(people: Cast, inside: Any) -> Paper:
    practice = people.fernhollow
    with inside(practice):
        settings = PracticeSettings.objects.create(
            legal_name="Fernhollow Therapy PLLC", ein="123456789", npi="1234567893", **HOME
        )
        client = make_client(last_name=f"Torres{HOSTILE}"[:60], date_of_birth=DAY.replace(year=1990), **HOME)
        clinician = make_clinician(npi=npi_from("10000000"))
        License.objects.create(
            clinician=clinician, state="PA", kind="LPC", number="PA77", expires_on=TODAY.replace(year=2027)
        )
        ClientDiagnosis.objects.create(client=client, code="F41.1", words="Generalized anxiety", starts_on=DAY)
        charge = make_charge(practice, client, clinician, diagnoses=["F41.1"], place_of_service="11")
        payment = services.take_payment(
            actor=people.actor(people.bob), client_id=client.pk, method="check", amount=Decimal("200.00"),
            received_on=TODAY, reference="1042",
        )  # fmt: skip
        return Paper(client, clinician, charge, payment, settings)


@pytest.fixture
def bob(people: Cast) -> Browser:
    return signed_in(people.bob)


def words_of(content: bytes) -> str:
    found = PdfReader(io.BytesIO(content))
    assert not found.attachments
    return " ".join(" ".join(page.extract_text() for page in found.pages).split())


def superbill(browser: Browser, paper: Paper) -> Any:
    url = reverse("superbill_file", args=["fernhollow", paper.client.pk])
    return browser.get(url, {"charge": paper.charge.pk})


def test_a_receipt_says_what_was_paid_and_what_is_kept(paper: Paper, bob: Browser, people: Cast, inside: Any) -> None:
    answer = bob.get(reverse("payment_receipt", args=["fernhollow", paper.payment.pk]))
    words = words_of(answer.content)
    for part in ("Fernhollow Therapy PLLC", "by check 1042", "90834 of Nov 2", "$150.00", "$50.00", "$200.00"):
        assert part in words
    assert answer["Content-Disposition"] == f'attachment; filename="receipt-{paper.payment.pk}.pdf"'
    with inside(people.fernhollow):
        assert AuditEvent.objects.get(action="receipt.exported").client_id == paper.client.pk


def test_markup_in_a_name_is_text_on_the_paper(paper: Paper, bob: Browser) -> None:
    answer = bob.get(reverse("payment_receipt", args=["fernhollow", paper.payment.pk]))
    assert "<img src=http" in words_of(answer.content)
    assert "Torres" not in answer["Content-Disposition"]


def test_a_payment_taken_back_has_no_receipt(paper: Paper, bob: Browser, people: Cast, inside: Any) -> None:
    with inside(people.fernhollow):
        services.reverse_payment(actor=people.actor(people.bob), payment_id=paper.payment.pk)
    answer = bob.get(reverse("payment_receipt", args=["fernhollow", paper.payment.pk]), follow=True)
    assert "There is no receipt for it" in answer.content.decode()


def test_a_superbill_has_all_an_insurer_asks_for(paper: Paper, bob: Browser, people: Cast, inside: Any) -> None:
    answer = superbill(bob, paper)
    words = words_of(answer.content)
    parts = ("12-3456789", "1234567893", paper.clinician.npi, "PA77", "F41.1", "11/02/2026", "90834", "$150.00", "LPC")
    for part in (*parts, "November 2, 1990", "4 Oak Lane"):
        assert part in words, part
    assert answer["Content-Disposition"] == f'attachment; filename="superbill-{paper.client.number}.pdf"'
    with inside(people.fernhollow):
        event = AuditEvent.objects.get(action="superbill.exported")
        assert event.client_id == paper.client.pk
        assert event.after == {"charges": [paper.charge.pk], "discloses": ["EIN"]}


def test_a_superbill_names_every_fact_that_is_missing(paper: Paper, bob: Browser, people: Cast, inside: Any) -> None:
    with inside(people.fernhollow):
        PracticeSettings.objects.update(ein="", legal_name="")
        Client.objects.filter(pk=paper.client.pk).update(date_of_birth=None, zip="")
        Clinician.objects.filter(pk=paper.clinician.pk).update(npi="")
        License.objects.all().delete()
        attendance = paper.charge.attendance
        attendance.diagnoses, attendance.place_of_service = [], ""
        attendance.save()
    answer = superbill(bob, paper)
    assert answer.status_code == 422
    assert len(answer.context["missing"]) == 8
    for part in ("EIN", "legal name", "date of birth", "client’s address", "NPI of Charlie Nguyen", "license"):
        assert part in answer.content.decode()
    with inside(people.fernhollow):
        assert not AuditEvent.objects.filter(action="superbill.exported").exists()


def test_a_superbill_of_nothing_is_refused(paper: Paper, bob: Browser) -> None:
    url = reverse("superbill_file", args=["fernhollow", paper.client.pk])
    assert "Choose at least one session" in bob.get(url, follow=True).content.decode()
    strange = bob.get(url, {"charge": 0})
    assert strange.status_code == 422
    assert "Choose at least one session" in strange.content.decode()


def test_without_pango_the_page_is_shown_for_printing(
    paper: Paper, bob: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    import sys

    monkeypatch.setitem(sys.modules, "weasyprint", None)
    page = bob.get(reverse("payment_receipt", args=["fernhollow", paper.payment.pk])).content.decode()
    assert "PDFs need pango" in page
    assert "&lt;img src=http" in page
