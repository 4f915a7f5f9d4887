"""Add-ons and units on the billing day: added, counted, removed and undone in the row, each refusal in words."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied

from billing.day import selectors
from billing.models import Charge
from practice.models import AuditEvent, Service, ServiceFee
from scheduling import add_ons
from scheduling.confirming import save_facts
from scheduling.errors import AttendanceRefusedError
from scheduling.models import Attendance, AttendanceAddOn
from tests.billing.day.hands import MONDAY, Desk
from tests.people import signed_in
from tests.scheduling.readiness import made

PAGE = "/p/fernhollow/billing/2026-11-16/"


@pytest.fixture
def bob(desk: Desk) -> Any:
    return signed_in(desk.people.bob)


@pytest.fixture
def extra(desk: Desk) -> Service:
    """90785 with a fee, once per session."""
    service: Service = desk.made["extra"]
    service.units_rule = "one per session"
    service.save()
    service.fees.create(amount=Decimal("20.00"), starts_on=made.KEPT)
    return service


def quarter_hours() -> Service:
    """A code that is counted by the quarter hour."""
    service = Service.objects.create(
        code="H0004", name="Counseling", kind="individual", time_min=8, units_rule="quarter hours"
    )
    ServiceFee.objects.create(service=service, amount=Decimal("30.00"), starts_on=made.KEPT)
    return service


def act(browser: Any, row: Attendance, what: str, **body: Any) -> Any:
    headers = {"HX-Request": "true", "HX-Current-URL": f"http://testserver{PAGE}?show=ready"}
    return browser.post(
        f"/p/fernhollow/billing/sessions/{row.pk}/{what}/", {"at": "2026-11-16", **body}, headers=headers
    )


def line(desk: Desk, row: Attendance) -> Any:
    return next(one for one in selectors.day(desk.bob, desk.practice, MONDAY).all_rows if one.id == row.pk)


def undo_of(answer: Any) -> str:
    return str(list(answer.context["messages"])[-1].extra_tags).removeprefix("undo:")


def test_an_add_on_is_added_in_the_row_and_priced_with_it(desk: Desk, bob: Any, extra: Service) -> None:
    row = desk.session()
    assert line(desk, row).may_add
    assert b"Add an add-on" in bob.get(PAGE).content
    opened = bob.get(f"{PAGE}?edit={row.pk}-add_on").content.decode()
    assert "90785 Interactive" in opened
    answer = act(bob, row, "add-ons", service=extra.pk, units="1")
    assert answer.status_code == 200
    assert "of the amount" in answer.content.decode()
    shown = line(desk, row)
    assert ([one.code for one in shown.beside], shown.amount, shown.may_add) == (["90785"], Decimal("162.10"), False)
    assert AuditEvent.objects.get(action="attendance.add_on").client_id == row.client_id


def test_what_was_added_can_be_undone_and_what_was_removed_comes_back(desk: Desk, bob: Any, extra: Service) -> None:
    row = desk.session()
    added = act(bob, row, "add-ons", service=extra.pk)
    assert bob.post(undo_of(added)).headers["Location"] == f"{PAGE}?row={row.pk}#att-{row.pk}"
    assert not AttendanceAddOn.objects.exists()
    AttendanceAddOn.objects.create(attendance=row, service=extra, units=1)
    gone = act(bob, row, "add-ons/remove", value=extra.pk)
    assert not AttendanceAddOn.objects.exists()
    bob.post(undo_of(gone))
    assert AttendanceAddOn.objects.get().service == extra


def test_units_of_an_add_on_change_and_come_back(desk: Desk, bob: Any) -> None:
    extra = desk.made["extra"]
    row = desk.session()
    AttendanceAddOn.objects.create(attendance=row, service=extra, fee=Decimal("99.00"))
    assert f'name="service" value="{extra.pk}"' in bob.get(f"{PAGE}?edit={row.pk}-add_on.{extra.pk}").content.decode()
    answer = act(bob, row, "add-ons", value=f"{extra.pk}:3")
    assert AttendanceAddOn.objects.values_list("units", "fee").get() == (3, None)
    bob.post(undo_of(answer))
    assert AttendanceAddOn.objects.get().units == 1


@pytest.mark.parametrize(
    ("body", "sentence"),
    [
        ({"service": "", "units": "1"}, "Choose an add-on."),
        ({"service": "999999", "units": "1"}, "That add-on is not offered here."),
        ({"service": "extra", "units": "two"}, "Enter the units as a number."),
        ({"service": "extra", "units": "0"}, "Units are 1 to 99."),
        ({"service": "extra", "units": "2"}, "90785 is billed once per session: 1 unit."),
        ({"service": "long", "units": "1"}, "90837 is a service of its own and belongs in a session of its own."),
    ],
)
def test_what_cannot_be_added_says_why_and_keeps_what_was_typed(
    desk: Desk, bob: Any, extra: Service, body: dict[str, str], sentence: str
) -> None:
    row = desk.session()
    given = body | {"service": str(desk.made[body["service"]].pk) if body["service"].isalpha() else body["service"]}
    answer = act(bob, row, "add-ons", field="add_on", **given)
    assert answer.status_code == 422
    assert sentence in answer.content.decode()
    assert f'value="{given["units"]}"' in answer.content.decode()
    assert not AttendanceAddOn.objects.exists()


def test_an_add_on_goes_with_its_codes_only_and_with_what_took_place(desk: Desk, extra: Service) -> None:
    other, absent = desk.session(service=desk.made["long"]), desk.session(status="no_show")
    with pytest.raises(AttendanceRefusedError, match=r"90785 does not go with 90837\. It goes with 90834\."):
        add_ons.save_add_on(actor=desk.bob, attendance_id=other.pk, service_id=extra.pk)
    with pytest.raises(AttendanceRefusedError, match="Nothing is added to a no-show"):
        add_ons.save_add_on(actor=desk.bob, attendance_id=absent.pk, service_id=extra.pk)
    extra.is_active = False
    extra.save()
    with pytest.raises(AttendanceRefusedError, match="no longer offered"):
        add_ons.save_add_on(actor=desk.bob, attendance_id=desk.session().pk, service_id=extra.pk)


def test_only_who_bills_adds_and_nothing_changes_once_billed(desk: Desk, extra: Service) -> None:
    row = desk.session()
    for user in (desk.people.charlie, desk.people.frank, desk.people.ivan):
        with pytest.raises(PermissionDenied):
            add_ons.save_add_on(actor=desk.people.actor(user), attendance_id=row.pk, service_id=extra.pk)
    AttendanceAddOn.objects.create(attendance=row, service=extra)
    desk.bill(row)
    assert sorted(Charge.objects.values_list("code", flat=True)) == ["90785", "90834"]
    with pytest.raises(AttendanceRefusedError, match="Undo the confirmation first"):
        add_ons.remove_add_on(actor=desk.bob, attendance_id=row.pk, service_id=extra.pk)


def test_buttons_of_findings_about_add_ons_save(desk: Desk, bob: Any, extra: Service) -> None:
    row = desk.session(service=desk.made["long"], actual_stop=made.START + dt.timedelta(hours=1))
    AttendanceAddOn.objects.create(attendance=row, service=extra)
    shown = line(desk, row)
    found = next(act for one in shown.lines for act in one.acts if act.field == "remove_add_on")
    answer = act(bob, row, "add-ons/remove", value=found.value)
    assert answer.status_code == 200
    assert line(desk, row).state == "ready"


def test_units_go_by_the_minutes_and_cost_that_often(desk: Desk, bob: Any) -> None:
    row = desk.session(service=quarter_hours())
    shown = line(desk, row)
    assert (shown.counted, shown.amount) == (True, Decimal("30.00"))
    assert [one.title for one in shown.lines] == ["45 minutes of H0004 is 3 units, not 1."]
    found = shown.lines[0].acts[0]
    assert (found.label, found.field, found.value) == ("Use 3 units", "units", "3")
    body = {"at": "2026-11-16", "field": "units", "value": "3"}
    bob.post(f"/p/fernhollow/billing/sessions/{row.pk}/facts/", body)
    shown = line(desk, row)
    assert (shown.units, shown.amount, shown.lines) == (3, Decimal("90.00"), ())
    desk.bill(row)
    assert Charge.objects.values_list("units", "amount").get() == (3, Decimal("90.00"))


def test_more_units_than_the_minutes_give_stop_the_claim(desk: Desk) -> None:
    claim, paid = desk.session(service=quarter_hours(), units=5), None
    assert line(desk, claim).state == "fix"
    paid = desk.session(service=Service.objects.get(code="H0004"), units=5, self_pay=True)
    assert line(desk, paid).state == "ready"


def test_units_of_a_code_that_is_billed_once_are_refused(desk: Desk, bob: Any) -> None:
    Service.objects.filter(code="90834").update(units_rule="one per day")
    row = desk.session()
    body = {"at": "2026-11-16", "field": "units", "value": "2"}
    answer = bob.post(f"/p/fernhollow/billing/sessions/{row.pk}/facts/", body)
    assert answer.status_code == 422
    assert "90834 is billed once per day: 1 unit." in answer.content.decode()


def test_another_code_is_not_billed_at_the_fee_entered_for_the_first(desk: Desk) -> None:
    row = desk.session(fee=Decimal("99.00"))
    save_facts(row, {"place_of_service": "12"}, desk.bob)
    assert Attendance.objects.get(pk=row.pk).fee == Decimal("99.00")
    save_facts(row, {"service_id": desk.made["long"].pk}, desk.bob)
    assert Attendance.objects.get(pk=row.pk).fee is None


def test_acting_in_a_filtered_list_keeps_the_filter_and_the_row(desk: Desk, bob: Any, extra: Service) -> None:
    row = desk.session(actual_stop=None)
    answer = act(bob, row, "add-ons", service=extra.pk)
    assert [pill["label"] for pill in answer.context["pills"] if pill["current"]] == ["Ready"]
    assert f'id="att-{row.pk}"' in answer.content.decode()
