"""Who the practice is on a claim: what is refused, and that the EIN never comes back."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from hypothesis import given
from hypothesis import strategies as st

from practice.actors import Actor
from practice.addresses import refuse_po_box, zip9_validator
from practice.models import AuditEvent, PracticeSettings
from practice.npi import npi_is_valid
from practice.setup import selectors, services
from practice.setup.errors import SetupRefusedError
from practice.setup.forms.identity import AddressesForm, IdentityForm
from tests.people import Cast, signed_in

FACTS = {
    "legal_name": "Fernhollow Therapy PLLC",
    "npi": "1234567893",
    "taxonomy": "261QM0801X",
    "phone": "518-555-0100",
    "email": "",
    "contact_name": "Billing",
}
STREET = {"address1": "12 Mill Street", "address2": "", "city": "Albany", "state": "NY", "zip": "12207-1234"}
EIN = "987654321"


@given(st.integers(min_value=10**8, max_value=3 * 10**8 - 1))
def test_exactly_one_last_digit_makes_an_npi(first_nine: int) -> None:
    assert sum(npi_is_valid(f"{first_nine}{digit}") for digit in range(10)) == 1


@given(st.integers(min_value=0, max_value=999_999_999), st.booleans())
def test_a_zip_of_nine_digits_is_taken_with_and_without_hyphen(number: int, hyphen: bool) -> None:
    digits = f"{number:09}"
    zip9_validator(f"{digits[:5]}-{digits[5:]}" if hyphen else digits)


@pytest.mark.parametrize("line", ["PO Box 12", "P.O. Box 12", "p o box 9", "Post Office Box 4", "Suite 1, PO BOX 3"])
def test_a_po_box_is_no_street(line: str) -> None:
    form = AddressesForm(STREET | {"address1": line})
    assert not form.is_valid()
    assert "pay-to address" in form.errors["address1"][0]


@pytest.mark.parametrize("line", ["12 Boxwood Lane", "4 Post Road", "7 Box Hill Road"])
def test_a_street_that_sounds_like_a_box_is_a_street(line: str) -> None:
    refuse_po_box(line)


@pytest.mark.parametrize("ein", ["12-3456789", "123456789"])
def test_an_ein_is_taken_with_and_without_hyphen(here: dict[str, Any], alice: Actor, ein: str) -> None:
    assert services.save_identity(actor=alice, ein=ein, **FACTS).ein == "123456789"


@pytest.mark.parametrize("ein", ["12345678", "12-345678X", "1-23456789"])
def test_an_ein_that_is_none_is_refused(here: dict[str, Any], alice: Actor, ein: str) -> None:
    assert not IdentityForm(FACTS | {"ein": ein}).is_valid()
    with pytest.raises(SetupRefusedError) as refused:
        services.save_identity(actor=alice, ein=ein, **FACTS)
    assert refused.value.field == "ein"


def test_an_empty_ein_keeps_the_one_stored(here: dict[str, Any], alice: Actor) -> None:
    services.save_identity(actor=alice, ein=EIN, **FACTS)
    services.save_identity(actor=alice, ein="", **FACTS)
    assert selectors.get_settings().ein == EIN


def test_the_ein_is_encrypted_and_never_in_the_trail(here: dict[str, Any], alice: Actor) -> None:
    services.save_identity(actor=alice, ein=EIN, **FACTS)
    with connection.cursor() as cursor:
        cursor.execute("SELECT ein FROM practice_practicesettings")
        assert EIN not in cursor.fetchone()[0]
    told = AuditEvent.objects.filter(action="settings.changed").values_list("before", "after")
    assert told
    assert EIN not in str(list(told))
    assert any("changed" in str((after or {}).get("ein")) for _, after in told)


@pytest.mark.parametrize("fault", [{}, {"npi": "1234567890"}])
def test_the_ein_is_never_sent_back(people: Cast, fault: dict[str, str]) -> None:
    client = signed_in(people.alice)
    answer = client.post("/p/fernhollow/settings/identity/", FACTS | {"ein": "98-7654321"})
    assert answer.status_code == 302
    page = client.post("/p/fernhollow/settings/identity/", FACTS | fault | {"npi": "1234567890"})
    shown = page.content.decode() + client.get("/p/fernhollow/settings/identity/").content.decode()
    assert "ends in 4321" in shown
    for written in ("98-7654321", EIN, "98765"):
        assert written not in shown


def test_a_wrong_check_digit_is_named_and_nothing_typed_is_lost(people: Cast) -> None:
    answer = signed_in(people.alice).post("/p/fernhollow/settings/identity/", FACTS | {"npi": "1234567890"})
    assert answer.status_code == 422
    assert b"The check digit of this NPI is wrong" in answer.content
    assert b"Fernhollow Therapy PLLC" in answer.content


def test_an_unknown_taxonomy_is_refused(here: dict[str, Any], alice: Actor) -> None:
    with pytest.raises(SetupRefusedError, match="There is no taxonomy 000000000X"):
        services.save_identity(actor=alice, ein="", **(FACTS | {"taxonomy": "000000000X"}))


def test_five_digits_of_zip_are_too_few(here: dict[str, Any], alice: Actor) -> None:
    with pytest.raises(SetupRefusedError, match="nine-digit ZIP") as refused:
        services.save_addresses(actor=alice, billing=STREET | {"zip": "12207"}, pay_to=None)
    assert refused.value.field == "zip"


def test_payments_may_go_to_a_po_box(here: dict[str, Any], alice: Actor) -> None:
    box = STREET | {"address1": "PO Box 12"}
    row = services.save_addresses(actor=alice, billing=STREET, pay_to=box)
    assert (row.address1, row.pay_to_address1) == ("12 Mill Street", "PO Box 12")
    assert services.save_addresses(actor=alice, billing=STREET, pay_to=None).pay_to_address1 == ""


def test_an_unfinished_pay_to_address_names_what_it_needs() -> None:
    form = AddressesForm(STREET | {"elsewhere": "on", "pay_to_address1": "PO Box 12"})
    assert not form.is_valid()
    assert set(form.errors) == {"pay_to_city", "pay_to_state", "pay_to_zip"}


def test_a_biller_changes_nothing(here: dict[str, Any], people: Cast) -> None:
    with pytest.raises(PermissionDenied):
        services.save_identity(actor=people.actor(people.bob), ein="", **FACTS)


def test_every_practice_gets_its_settings_when_somebody_looks(people: Cast, inside: Any) -> None:
    with inside(people.northlight):
        assert not PracticeSettings.objects.exists()
        first = services.start_practice(practice=people.northlight, actor=Actor.system(people.northlight.pk))
        assert selectors.get_settings().pk == first.pk
