"""Services, and the practice's own fee on a date."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest

from practice.actors import Actor
from practice.models import Service, ServiceCode, ServiceFee
from practice.setup import directory, selectors, services
from practice.setup.errors import SetupRefusedError
from practice.setup.forms.offers import FeeForm, ServiceForm

D = Decimal
OWN: dict[str, Any] = {"code": "", "name": "Letter", "kind": "other", "minutes": 15, "insured": False, "add_on_to": []}


def test_a_fee_holds_from_its_day_until_the_next_begins(here: dict[str, Any], alice: Actor) -> None:
    service = here["service_90834"]
    services.set_fee(actor=alice, service_id=service.pk, amount=D("170.00"), starts_on=dt.date(2027, 1, 1))
    on = {day: selectors.fees_on(day).get(service.pk) for day in (
        dt.date(2025, 12, 31), dt.date(2026, 1, 1), dt.date(2026, 12, 31), dt.date(2027, 1, 1), dt.date(2040, 1, 1)
    )}  # fmt: skip
    assert list(on.values()) == [None, D("160.00"), D("160.00"), D("170.00"), D("170.00")]


def test_all_fees_of_a_date_take_one_query(here: dict[str, Any], django_assert_num_queries: Any) -> None:
    with django_assert_num_queries(1):
        found = selectors.fees_on(dt.date(2026, 6, 1))
    assert len(found) == 6
    wanted = [here["service_90834"].pk]
    assert selectors.fees_on(dt.date(2026, 6, 1), wanted) == {wanted[0]: D("160.00")}


def test_the_same_day_corrects_a_fee(here: dict[str, Any], alice: Actor) -> None:
    service = here["service_90834"]
    services.set_fee(actor=alice, service_id=service.pk, amount=D("165.00"), starts_on=dt.date(2026, 1, 1))
    assert [fee.amount for fee in ServiceFee.objects.filter(service=service)] == [D("165.00")]


def test_a_fee_before_a_later_one_is_refused_and_names_it(here: dict[str, Any], alice: Actor) -> None:
    service = here["service_90834"]
    with pytest.raises(SetupRefusedError) as refused:
        services.set_fee(actor=alice, service_id=service.pk, amount=D("150.00"), starts_on=dt.date(2025, 6, 1))
    assert "$160.00" in str(refused.value)
    assert "from Jan 1, 2026 overlaps" in str(refused.value)
    assert refused.value.field == "starts_on"


@pytest.mark.parametrize("amount", [D("-0.01"), D("0.001"), D("10000000000.00")])
def test_an_amount_that_is_none_is_refused(here: dict[str, Any], alice: Actor, amount: Decimal) -> None:
    with pytest.raises(SetupRefusedError):
        services.set_fee(actor=alice, service_id=here["service_90834"].pk, amount=amount, starts_on=dt.date(2027, 1, 1))


@pytest.mark.parametrize(("typed", "meant"), [("$1,234.50", "1234.50"), (" 142 ", "142"), ("0", "0")])
def test_amounts_are_read_as_people_type_them(typed: str, meant: str) -> None:
    form = FeeForm({"amount": typed, "starts_on": "2027-01-01"})
    assert form.is_valid(), form.errors
    assert form.cleaned_data["amount"] == D(meant)


@pytest.mark.parametrize("typed", ["-5", "1.234", "abc", "NaN", "Infinity", "1e3.5"])
def test_what_is_no_amount_is_refused(typed: str) -> None:
    assert not FeeForm({"amount": typed, "starts_on": "2027-01-01"}).is_valid()


def test_a_service_from_the_code_set_comes_filled_in(here: dict[str, Any]) -> None:
    middle, extra = (ServiceCode.objects.get(code=code) for code in ("90834", "90785"))
    assert directory.draft(middle)["time_min"] == 38
    assert directory.draft(middle)["time_max"] == 52
    assert directory.draft(extra)["kind"] == Service.Kind.ADD_ON
    assert "90837" in directory.draft(extra)["add_on_to"]  # type: ignore[operator]
    assert all(len(str(directory.draft(code)["name"])) <= 60 for code in ServiceCode.objects.all())


def test_codes_are_found_by_number_and_by_words(here: dict[str, Any]) -> None:
    assert [row.code.code for row in directory.codes("90847")] == ["90847"]
    assert directory.codes("90847")[0].used
    assert "90846" in {row.code.code for row in directory.codes("family session")}
    assert directory.codes("") != []


def test_a_service_of_one_s_own_needs_no_code(here: dict[str, Any], alice: Actor) -> None:
    service = services.add_service(actor=alice, fee=D("40.00"), fee_from=dt.date(2026, 11, 17), **OWN)
    assert str(service) == "Letter"
    assert selectors.fees_on(dt.date(2026, 11, 17))[service.pk] == D("40.00")


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"insured": True}, "code"),
        ({"kind": "add_on"}, "add_on_to"),
        ({"time_min": 53, "time_max": 38}, "time_max"),
        ({"name": "psychotherapy, 45 MINUTES", "code": "90834"}, "name"),
        ({"code": "9083", "insured": True}, "code"),
        ({"minutes": 0}, "minutes"),
    ],
)
def test_a_service_that_cannot_be_is_refused(
    here: dict[str, Any], alice: Actor, change: dict[str, Any], field: str
) -> None:
    with pytest.raises(SetupRefusedError) as refused:
        services.add_service(actor=alice, **(OWN | change))
    assert refused.value.field == field


def test_codes_an_add_on_goes_with_are_read_from_a_list() -> None:
    form = ServiceForm({"code": "", "name": "X", "kind": "add_on", "minutes": "15", "add_on_to": "90834, 90837;90834"})
    assert form.is_valid(), form.errors
    assert form.cleaned_data["add_on_to"] == ["90834", "90837"]


def test_a_service_out_of_use_comes_back_with_its_fees(here: dict[str, Any], alice: Actor) -> None:
    service = here["service_90834"]
    assert not services.switch_service(actor=alice, service_id=service.pk, is_active=False).is_active
    assert services.switch_service(actor=alice, service_id=service.pk, is_active=True).is_active
    assert selectors.fees_on(dt.date(2026, 6, 1))[service.pk] == D("160.00")
