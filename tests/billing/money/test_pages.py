"""The pages about client money in a browser."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection
from django.test import Client as Browser
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from billing.models import ClientPayment, Entry
from billing.money import services
from billing.receivables import balance, owed
from clients.models import Client
from practice import clock
from practice.models import AuditEvent, PracticePayer
from tests.billing.money.conftest import TODAY
from tests.billing.money.making import make_charge, make_client, make_clinician
from tests.people import Cast, signed_in

SLUG = "fernhollow"


@pytest.fixture
def maya(people: Cast, inside: Any) -> Client:
    """She owes $150.00 of Nov 2, and $25.00 of Nov 10, of which Keystone owes $142.00."""
    with inside(people.fernhollow):
        client, charlie = make_client(), make_clinician()
        payer = PracticePayer.objects.create(name="Keystone Mutual")
        make_charge(people.fernhollow, client, charlie)
        make_charge(people.fernhollow, client, charlie, "167.00", day=dt.date(2026, 11, 10), payer=payer, copay="25.00")
    return client


@pytest.fixture
def bob(people: Cast) -> Browser:
    return signed_in(people.bob)


def url(name: str, pk: int | None = None) -> str:
    return reverse(name, args=[SLUG] if pk is None else [SLUG, pk])


def payment(**facts: str) -> dict[str, str]:
    return {"amount": "60.00", "method": "check", "day": "2026-11-16", "reference": "1042", "note": ""} | facts


def test_the_tab_shows_what_is_open_and_the_running_account(maya: Client, bob: Browser) -> None:
    page = bob.get(url("client_account", maya.pk)).content.decode()
    for words in ("90834 of Nov 2", "Keystone Mutual", "$142.00", "Running account", "Take a payment"):
        assert words in page


def test_opening_the_tab_is_written_down(maya: Client, bob: Browser, people: Cast, inside: Any) -> None:
    bob.get(url("client_account", maya.pk))
    with inside(people.fernhollow):
        assert AuditEvent.objects.filter(action="client.viewed", client_id=maya.pk).count() == 1


def test_the_payment_begins_with_what_is_chosen(maya: Client, bob: Browser, people: Cast, inside: Any) -> None:
    with inside(people.fernhollow):
        newest = maya.charges.order_by("-service_on")[0]
    form = bob.get(url("take_payment", maya.pk), {"charge": newest.pk}).context["form"]
    assert form["amount"].value() == Decimal("25.00")
    assert {row.id: field.value() for row, field in form.applied}[newest.pk] == Decimal("25.00")
    assert bob.get(url("take_payment", maya.pk)).context["form"]["amount"].value() == Decimal("175.00")


def test_a_payment_is_posted_and_undone(maya: Client, bob: Browser, people: Cast, inside: Any) -> None:
    with inside(people.fernhollow):
        oldest = maya.charges.order_by("service_on")[0]
    body = payment(**{f"apply_{oldest.pk}": "50.00"})
    page = bob.post(url("take_payment", maya.pk), body, follow=True)
    assert "The payment of $60.00 is posted." in page.content.decode()
    with inside(people.fernhollow):
        assert owed([oldest.pk])[oldest.pk].by_client == Decimal("100.00")
        assert balance(maya.pk).credit == Decimal("10.00")
        made = ClientPayment.objects.get()
    undo = url("undo_payment", made.pk)
    assert undo in page.content.decode()
    assert "is taken back" in bob.post(undo, follow=True).content.decode()
    with inside(people.fernhollow):
        assert (balance(maya.pk).owes, balance(maya.pk).credit) == (Decimal("175.00"), Decimal("0.00"))
    assert "undone already" in bob.post(undo, follow=True).content.decode()


def test_a_payment_is_taken_back_for_the_reason_that_was_given(
    maya: Client, bob: Browser, people: Cast, inside: Any
) -> None:
    bob.post(url("take_payment", maya.pk), payment())
    with inside(people.fernhollow):
        made = ClientPayment.objects.get()
    page = bob.get(url("client_account", maya.pk)).content.decode()
    assert f'href="{url("take_back_payment", made.pk)}" data-opens="take-back"' in page
    assert "It was entered twice" in bob.get(url("take_back_payment", made.pk)).content.decode()
    back = bob.post(
        url("take_back_payment", made.pk), {"why": "unpaid", "words": "The bank called"}, follow=True
    ).content.decode()
    assert "The payment of $60.00 is taken back." in back
    assert "The check, card or transfer did not go through. The bank called" in back
    with inside(people.fernhollow):
        event = AuditEvent.objects.get(action="payment.reversed")
        assert event.after is not None
        assert event.after["reason"] == "The check, card or transfer did not go through. The bank called"
        assert balance(maya.pk).owes == Decimal("175.00")


@pytest.mark.parametrize(
    ("body", "sentence"),
    [
        ({}, "Choose why it is taken back."),
        ({"why": "other"}, "Say in your own words why it is taken back."),
        ({"why": "sorcery"}, "sorcery"),
    ],
)
def test_a_payment_is_not_taken_back_without_a_reason(
    *, maya: Client, bob: Browser, people: Cast, inside: Any, body: dict[str, str], sentence: str
) -> None:
    bob.post(url("take_payment", maya.pk), payment())
    with inside(people.fernhollow):
        made = ClientPayment.objects.get()
    refused = bob.post(url("take_back_payment", made.pk), body)
    assert refused.status_code == 422
    assert sentence in refused.content.decode()
    with inside(people.fernhollow):
        assert not Entry.objects.filter(kind=Entry.Kind.REVERSAL).exists()


def test_undo_right_after_writes_no_reason(maya: Client, bob: Browser, people: Cast, inside: Any) -> None:
    bob.post(url("take_payment", maya.pk), payment())
    with inside(people.fernhollow):
        made = ClientPayment.objects.get()
    bob.post(url("undo_payment", made.pk))
    with inside(people.fernhollow):
        assert Entry.objects.get(kind=Entry.Kind.REVERSAL).memo == ""


def test_the_account_says_what_was_carried_forward(maya: Client, bob: Browser, people: Cast, inside: Any) -> None:
    with inside(people.fernhollow):
        for _ in range(52):
            services.take_payment(
                actor=people.actor(people.bob), client_id=maya.pk, method="cash", amount=Decimal("2.00"),
                received_on=TODAY,
            )  # fmt: skip
    page = bob.get(url("client_account", maya.pk))
    text = page.content.decode()
    assert "Carried forward from before" in text
    assert "50 entries on this page" in text
    assert page.context["account"].oldest.client_before == Decimal("171.00")
    last = bob.get(url("client_account", maya.pk), {"page": "2"}).content.decode()
    assert "Carried forward" not in last
    assert "4 entries on this page" in last


@pytest.mark.parametrize(
    ("facts", "sentence"),
    [
        ({"amount": "lots"}, "Write an amount in dollars"),
        ({"amount": ""}, "Give the amount"),
        ({"day": "2026-11-18"}, "This day is in the future"),
        ({"apply": "61.00"}, "$61.00 is applied, but only $60.00 was paid"),
        ({"apply": "150.01"}, "The client owes $150.00 on 90834 of Nov 2"),
    ],
)
def test_a_refused_payment_keeps_what_was_typed(
    *, maya: Client, bob: Browser, people: Cast, inside: Any, facts: dict[str, str], sentence: str
) -> None:
    with inside(people.fernhollow):
        oldest = maya.charges.order_by("service_on")[0]
    given = dict(facts)
    apply = given.pop("apply", "")
    page = bob.post(url("take_payment", maya.pk), payment(**given, **{f"apply_{oldest.pk}": apply}))
    assert page.status_code == 422
    assert sentence in page.content.decode()
    assert 'value="1042"' in page.content.decode()
    with inside(people.fernhollow):
        assert not ClientPayment.objects.exists()


def test_the_preview_lays_an_amount_out_and_counts_parts(maya: Client, bob: Browser, people: Cast, inside: Any) -> None:
    with inside(people.fernhollow):
        old, new = maya.charges.order_by("service_on")
    address = url("preview_payment", maya.pk)
    part = bob.get(address, {"amount": "160"}, headers={"HX-Request": "true", "HX-Trigger-Name": "amount"})
    assert part.context["preview"].rest == 0
    assert {row.id: field.value() for row, field in part.context["form"].applied} == {
        old.pk: Decimal("150.00"),
        new.pk: Decimal("10.00"),
    }
    typed = {"amount": "160", f"apply_{old.pk}": "100", f"apply_{new.pk}": "x"}
    counted = bob.get(address, typed, headers={"HX-Request": "true", "HX-Trigger-Name": f"apply_{old.pk}"})
    assert "$60.00 stays as credit" in counted.content.decode()
    assert "name=" not in counted.content.decode()


def test_credit_is_applied_and_refunded(maya: Client, bob: Browser, people: Cast, inside: Any) -> None:
    with inside(people.fernhollow):
        old = maya.charges.order_by("service_on")[0]
        services.take_payment(
            actor=people.actor(people.bob), client_id=maya.pk, method="cash", amount=Decimal("100.00"),
            received_on=TODAY, applications={},
        )  # fmt: skip
    bob.post(url("apply_credit", maya.pk), {f"apply_{old.pk}": "40.00"})
    refused = bob.post(url("refund_client", maya.pk), payment(amount="60.01"))
    assert refused.status_code == 422
    assert "$60.00 of credit" in refused.content.decode()
    page = bob.post(url("refund_client", maya.pk), payment(amount="60.00"), follow=True)
    assert "The refund of $60.00 is posted." in page.content.decode()
    with inside(people.fernhollow):
        assert (balance(maya.pk).owes, balance(maya.pk).credit) == (Decimal("135.00"), Decimal("0.00"))


def test_a_charge_is_moved_written_off_and_put_back(maya: Client, bob: Browser, people: Cast, inside: Any) -> None:
    with inside(people.fernhollow):
        charge = maya.charges.order_by("-service_on")[0]
    refused = bob.post(url("move_charge", charge.pk), {"to": "client", "amount": "142.01", "reason": ""})
    assert refused.status_code == 422
    assert "The insurer owes $142.00" in refused.content.decode()
    bob.post(url("move_charge", charge.pk), {"to": "client", "amount": "42.00", "reason": "Deductible"})
    assert bob.post(url("write_off_charge", charge.pk), {"owed_by": "client", "amount": "67.00"}).status_code == 422
    body = {"owed_by": "client", "amount": "67.00", "reason": "Hardship", "bad_debt": "on"}
    page = bob.post(url("write_off_charge", charge.pk), body, follow=True).content.decode()
    with inside(people.fernhollow):
        assert owed([charge.pk])[charge.pk].by_client == 0
        entry = Entry.objects.get(kind=Entry.Kind.WRITE_OFF)
    assert url("undo_money_entry", entry.pk) in page
    bob.post(url("undo_money_entry", entry.pk))
    with inside(people.fernhollow):
        assert owed([charge.pk])[charge.pk].by_client == Decimal("67.00")


def test_what_was_paid_is_taken_off_a_charge(maya: Client, bob: Browser, people: Cast, inside: Any) -> None:
    with inside(people.fernhollow):
        old = maya.charges.order_by("service_on")[0]
    bob.post(url("take_payment", maya.pk), payment(**{f"apply_{old.pk}": "60.00"}))
    page = bob.post(url("unapply_charge", old.pk), {"amount": "60.00"}, follow=True).content.decode()
    assert "$60.00 is credit again." in page
    assert "Taken off 90834 of Nov 2, kept as credit" in bob.get(url("client_charge", old.pk)).content.decode()


def test_who_may_only_look_sees_no_button_that_posts(maya: Client, people: Cast) -> None:
    page = signed_in(people.ivan).get(url("client_account", maya.pk)).content.decode()
    assert "$142.00" in page
    assert "Take a payment" not in page
    assert 'method="post" action="/p/fernhollow/money' not in page


def test_the_overview_shows_the_figures_only_to_who_may_see_money(maya: Client, bob: Browser, people: Cast) -> None:
    assert "With the insurer" in bob.get(url("client", maya.pk)).content.decode()
    assert "With the insurer" not in signed_in(people.frank).get(url("client", maya.pk)).content.decode()


def test_the_account_is_printed_whole(maya: Client, bob: Browser) -> None:
    page = bob.get(url("print_account", maya.pk)).content.decode()
    assert page.index("90834 of Nov 2") < page.index("90834 of Nov 10")


def test_the_list_says_who_owes_and_finds_by_name(maya: Client, bob: Browser, people: Cast, inside: Any) -> None:
    with inside(people.fernhollow):
        make_charge(people.fernhollow, make_client(2, "Hale"), make_clinician(), "900.00")
    page = bob.get(url("client_money"))
    assert [row.name for row in page.context["page"]] == ["Maya Hale", "Maya Torres"]
    assert page.context["totals"].owes == page.context["shown"].owes == Decimal("1075.00")
    oldest = bob.get(url("client_money"), {"sort": "age", "show": "all"})
    assert [row.oldest for row in oldest.context["page"]] == [dt.date(2026, 11, 2)] * 2
    found = bob.post(url("search_client_money"), {"q": "torres"})
    assert "torres" not in found["Location"]
    assert [row.name for row in bob.get(found["Location"]).context["page"]] == ["Maya Torres"]
    assert [row.name for row in bob.get(url("client_money"), {"show": "credit"}).context["page"]] == []


def test_the_list_takes_the_same_queries_for_one_and_for_sixty(
    maya: Client, bob: Browser, people: Cast, inside: Any
) -> None:
    def count() -> int:
        with CaptureQueriesContext(connection) as found:
            bob.get(url("client_money"))
        return len(found)

    count()
    before = count()
    with inside(people.fernhollow):
        clinician = make_clinician()
        for number in range(2, 62):
            make_charge(people.fernhollow, make_client(number), clinician)
    assert count() == before
    assert len(bob.get(url("client_money")).context["page"].object_list) == 50


def test_payments_have_a_second_page_beside_the_account(maya: Client, bob: Browser, people: Cast, inside: Any) -> None:
    with inside(people.fernhollow):
        for day in range(1, 53):
            ClientPayment.objects.create(
                client=maya,
                method="check",
                amount=Decimal("1.00"),
                received_on=dt.date(2026, 9, 1) + dt.timedelta(days=day),
                made_at=clock.now(),
            )
    first = bob.get(url("client_account", maya.pk))
    assert len(first.context["payments"].rows) == 50
    assert 'href="?payments=2"' in first.content.decode()
    second = bob.get(url("client_account", maya.pk), {"payments": "2"})
    assert [row.received_on for row in second.context["payments"].rows] == [dt.date(2026, 9, 3), dt.date(2026, 9, 2)]


def test_a_superbill_is_made_of_a_span_of_days(maya: Client, bob: Browser) -> None:
    def offered(**days: str) -> list[str]:
        return [row.name for row in bob.get(url("superbill", maya.pk), days).context["charges"]]

    assert len(offered()) == 2
    assert offered(first="2026-11-03", last="2026-11-10") == ["90834 of Nov 10"]
    assert offered(first="", last="2026-11-02") == ["90834 of Nov 2"]
    turned = bob.get(url("superbill", maya.pk), {"first": "2026-11-10", "last": "2026-11-01"})
    assert "The last day is before the first." in turned.content.decode()
    assert "No session in these days" in bob.get(url("superbill", maya.pk), {"first": "2027-01-01"}).content.decode()
