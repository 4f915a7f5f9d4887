"""What held on dates, for many clients at once."""

from __future__ import annotations

import datetime as dt

from django.db import connection
from django.test.utils import CaptureQueriesContext

from clients import selectors
from clients.models import ClientDiagnosis, Coverage
from practice.models import PracticePayer
from tests.clients.conftest import File

MARCH, JULY = dt.date(2026, 3, 2), dt.date(2026, 7, 1)


def test_the_coverages_of_a_date_are_primary_first(file: File, payer: PracticePayer) -> None:
    client = file(payer=payer)
    Coverage.objects.filter(client=client).update(ends_on=dt.date(2026, 6, 30))
    Coverage.objects.create(client=client, payer=payer, rank="secondary", starts_on=MARCH)
    found = selectors.coverages_for([(client.pk, MARCH), (client.pk, JULY), (client.pk, dt.date(2025, 1, 1))])
    assert [[row.rank for row in rows] for rows in found.values()] == [["primary", "secondary"], ["secondary"], []]


def test_a_span_holds_on_both_of_its_ends(file: File, payer: PracticePayer) -> None:
    client = file(payer=payer)
    Coverage.objects.filter(client=client).update(ends_on=JULY)
    days = [dt.date(2026, 1, 4), dt.date(2026, 1, 5), JULY, JULY + dt.timedelta(days=1)]
    found = selectors.coverages_for([(client.pk, day) for day in days])
    assert [len(found[client.pk, day]) for day in days] == [0, 1, 1, 0]


def test_the_number_of_queries_does_not_grow(file: File, payer: PracticePayer) -> None:
    clients = [file(f"Person Number{n}", payer=payer) for n in range(6)]
    for client in clients:
        ClientDiagnosis.objects.create(client=client, code="F41.1", starts_on=MARCH)
    for some in (clients[:1], clients):
        wanted = {client.pk: JULY for client in some}
        with CaptureQueriesContext(
            connection,
        ) as queries:
            payers = [row.payer.name for rows in selectors.coverages_on(wanted).values() for row in rows]
            codes = [row.code for rows in selectors.diagnoses_on(wanted).values() for row in rows]
        assert (len(payers), len(codes), len(queries)) == (len(some), len(some), 2)
