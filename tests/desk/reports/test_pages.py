"""The pages of reports in a browser: what they show, what they keep, how much they ask, and what leaves as a file."""

from __future__ import annotations

import csv
import datetime as dt
from typing import Any

import pytest
from django.db import connection
from django.test import Client as Browser
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from clients.models import Client
from practice.models import AuditEvent, PracticePayer
from tests.billing.money.making import make_client, make_clinician
from tests.desk.reports.books import insured, make_books
from tests.people import Cast, signed_in

MOST = 20


@pytest.fixture
def bob(people: Cast, inside: Any) -> Browser:
    with inside(people.fernhollow):
        make_books(people.fernhollow, people.actor(people.bob))
    return signed_in(people.bob)


def url(name: str) -> str:
    return reverse(name, args=["fernhollow"])


def test_the_report_shows_figures_that_open(bob: Browser) -> None:
    page = bob.get(url("reports"), {"by": "payer"})
    words = page.content.decode()
    for said in ("$484.00", "Keystone Mutual", "Clients themselves", "Nov 1 – 30, 2026", "31–60 days"):
        assert said in words
    for address in {cell.url for row in page.context["table"].rows for cell in row.cells if not cell.is_nothing}:
        opened = bob.get(address)
        assert opened.status_code == 200
        assert opened.context["found"].rows, address


def test_the_choice_is_kept_in_the_address(bob: Browser) -> None:
    page = bob.get(url("reports"), {"period": "quarter", "by": "clinician", "payer": "0"})
    assert "period=year&amp;by=clinician&amp;payer=0" in page.content.decode()


def test_days_that_are_no_span_are_said_and_nothing_is_lost(bob: Browser) -> None:
    page = bob.get(url("reports"), {"period": "custom", "first": "2026-11-09", "last": "2026-11-01"})
    assert page.status_code == 422
    assert "The last day is before the first." in page.content.decode()
    assert 'value="2026-11-09"' in page.content.decode()


def test_an_empty_period_says_so(bob: Browser) -> None:
    page = bob.get(url("reports"), {"period": "custom", "first": "2020-01-01", "last": "2020-01-31"})
    assert "Nothing happened in these days" in page.content.decode()


def test_a_figure_nobody_knows_is_not_there(bob: Browser) -> None:
    assert bob.get(url("report_rows"), {"figure": "salaries"}).status_code == 404


def test_the_table_leaves_as_a_file_and_is_written_down(bob: Browser, people: Cast, inside: Any) -> None:
    response = bob.get(url("export_report"), {"by": "payer"})
    lines = list(csv.reader(response.content.decode().splitlines()))
    assert lines[-1][0] == "Total"
    assert lines[-1][5] == "484.00"
    assert response["Content-Disposition"] == 'attachment; filename="report-by-payer-2026-11-01-2026-11-30.csv"'
    with inside(people.fernhollow):
        event = AuditEvent.objects.get(action="report.exported")
    assert event.actor_name == "Bob Keller"
    assert event.after is not None
    assert event.after["rows"] == 3


def test_a_name_that_is_a_formula_is_text_in_the_file(bob: Browser, people: Cast, inside: Any) -> None:
    with inside(people.fernhollow):
        Client.objects.filter(number=1).update(first_name="=HYPERLINK", preferred_name="")
    text = bob.get(url("export_report_rows"), {"figure": "billed"}).content.decode()
    assert "'=HYPERLINK" in text


def test_the_pages_ask_as_much_for_sixty_rows_as_for_five(people: Cast, inside: Any) -> None:
    bob, counts = signed_in(people.bob), []
    for number in (5, 60):
        with inside(people.fernhollow):
            for place in range(Client.objects.count(), number):
                _one_more(people, place)
        asked = [_asked(bob, name, by) for name in ("reports", "report_rows") for by in ("week", "clinician", "payer")]
        counts.append(asked)
    assert counts[0] == counts[1]
    assert max(counts[1]) <= MOST


def _one_more(people: Cast, place: int) -> None:
    payer = PracticePayer.objects.create(name=f"Payer {place}")
    who = make_clinician(first_name=f"Ana{place}", last_name="Reyes")
    client = make_client(place + 1, f"Torres{place}")
    insured(people.fernhollow, client, who, payer, day=dt.date(2026, 11, 1) + dt.timedelta(days=place % 16))


def _asked(bob: Browser, name: str, by: str) -> int:
    with CaptureQueriesContext(
        connection,
    ) as queries:
        assert bob.get(url(name), {"by": by}).status_code == 200
    return len(queries)
