"""Five years of sessions by set-based SQL: each clinician sees five clients a day; the last days are not billed yet."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Final

from django.db import transaction

from billing.models import Charge
from charting.models import Documentation
from clients.models import Coverage
from desk.bench import sent
from desk.bench.copying import copies, keep_sequence, run
from desk.bench.people import Staffed, staff
from desk.bench.places import KIND, Bench
from practice import clock
from practice.tenancy.context import practice_context
from scheduling.models import Attendance, Attestation, Session, SessionClinician

WEEKS: Final = 260
DAYS: Final = 5
CLICK: Final = 1000
FEE: Final = Decimal("142.10")

FIRST_KEY: Final = 1000
AT: Final = dt.time(14)

PLAN: Final = """
CREATE TABLE bench_plan AS
SELECT row_number() OVER (ORDER BY t.starts_at, p.clinician_id) + %s AS id, p.clinician_id, p.client_id, p.coverage_id,
       t.starts_at, t.starts_at + interval '45 minutes' AS ends_at, t.starts_at::date AS on_day
FROM (SELECT l.clinician_id, l.client_id, v.id AS coverage_id,
             row_number() OVER (PARTITION BY l.clinician_id ORDER BY l.client_id) - 1 AS place
      FROM clients_caseload l
      JOIN clients_coverage v ON v.practice_id = l.practice_id AND v.client_id = l.client_id
      WHERE l.practice_id = %s) p
CROSS JOIN LATERAL (
    SELECT %s::timestamptz + (w * 7 + mod(p.place, %s)) * interval '1 day' + (p.place / %s) * interval '1 hour'
           AS starts_at
    FROM generate_series(0, %s - 1) w) t
"""


@dataclass(slots=True)
class Examples:
    """One row of each table as the application makes it."""

    session: Session
    lead: SessionClinician
    held: Attendance
    confirmed: Attendance
    note: Documentation
    charge: Charge


def make(clinicians: int) -> Bench:
    """Everything, once. The last week of work is the one before this, and nothing of it is billed."""
    today = clock.now().date()
    monday = today - dt.timedelta(days=today.weekday() + 7)
    first = monday - dt.timedelta(weeks=WEEKS - 1)
    with transaction.atomic():
        made = staff(clinicians, first - dt.timedelta(weeks=3))
        with practice_context(made.practice.pk, phi=True, rates=True):
            examples = _examples(made, dt.datetime.combine(first - dt.timedelta(weeks=2), AT, tzinfo=dt.UTC))
    _plan(made.practice.pk, dt.datetime.combine(first, AT, tzinfo=dt.UTC))
    _fill(examples, monday)
    for model in (Session, Attendance):
        keep_sequence(model)
    run("ANALYZE")
    click, claims = _chosen(made, monday)
    request_id = sent.send(made, claims)
    run("ANALYZE")
    return _bench(made, clinicians, monday, click, request_id)


def _plan(practice_id: int, begin: dt.datetime) -> None:
    run("DROP TABLE IF EXISTS bench_plan")
    run(PLAN, FIRST_KEY, practice_id, begin, DAYS, DAYS, WEEKS)


def _fill(examples: Examples, monday: dt.date) -> None:
    whose = {name: f"made.{name}" for name in ("client_id", "coverage_id")}
    times = {"actual_start": "made.starts_at", "actual_stop": "made.ends_at"}
    span = {name: f"made.{name}" for name in ("starts_at", "ends_at")}
    keys = {"id": "made.id", "session_id": "made.id"}
    billed, unbilled = (
        f"(SELECT * FROM bench_plan WHERE on_day {sign} '{monday}') made"  # noqa: S608 - a date of our own
        for sign in ("<", ">=")
    )
    copies(examples.session, "bench_plan made", {"id": "made.id"} | span)
    copies(examples.lead, "bench_plan made", {"session_id": "made.id", "clinician_id": "made.clinician_id"} | span)
    fixed = {"rendering_id": "made.clinician_id", "confirmed_at": "made.ends_at"}
    copies(examples.confirmed, billed, keys | whose | times | fixed)
    copies(examples.held, unbilled, keys | whose | times)
    copies(examples.note, "bench_plan made", {"attendance_id": "made.id"})
    about = {"attendance_id": "made.id", "service_on": "made.on_day", "clinician_id": "made.clinician_id"}
    copies(examples.charge, billed, whose | about)


def _examples(made: Staffed, start: dt.datetime) -> Examples:
    clinician = made.clinicians[0]
    plan = Coverage.objects.order_by("pk")[0]
    stop = start + dt.timedelta(minutes=45)
    facts: dict[str, Any] = {"coverage": plan, "diagnoses": ["F41.1"], "actual_start": start, "actual_stop": stop}
    held = _attendance(made, start, status="held", **facts)
    vouched = Attestation.objects.create(
        clinician=clinician, text_version="2026-11", by_name="Ada Quill", at=stop, by_id=None
    )
    fixed = {"service": made.service, "rendering": clinician, "fee": FEE, "attestation": vouched, "confirmed_at": stop}
    confirmed = _attendance(
        made, start + dt.timedelta(hours=1), status="confirmed", outcome="held", place_of_service="11", **fixed, **facts
    )
    return Examples(
        held.session,
        SessionClinician.objects.get(session=held.session),
        held,
        confirmed,
        Documentation.objects.create(attendance=held, status="signed", text="Seen.", changed_at=stop),
        Charge.objects.create(
            attendance=confirmed, client=plan.client, clinician=clinician, coverage=plan, payer=plan.payer,
            kind="session", code="90834", amount=FEE, service_on=start.date(), made_at=stop,
        ),
    )  # fmt: skip


def _attendance(made: Staffed, start: dt.datetime, **facts: Any) -> Attendance:
    stop = start + dt.timedelta(minutes=45)
    session = Session.objects.create(
        service=made.service, location=made.place, starts_at=start, ends_at=stop, made_at=start
    )
    SessionClinician.objects.create(
        session=session, clinician=made.clinicians[0], starts_at=start, ends_at=stop, is_lead=True
    )
    return Attendance.objects.create(session=session, client=facts["coverage"].client, **facts)


def _chosen(made: Staffed, monday: dt.date) -> tuple[list[int], list[int]]:
    """Sessions of the last week for one click and, as many, for claims that are sent; its last day is left alone."""
    last = monday + dt.timedelta(days=DAYS - 1)
    with transaction.atomic(), practice_context(made.practice.pk, phi=True):
        week = Attendance.objects.filter(
            status="held", session__starts_at__date__gte=monday, session__starts_at__date__lt=last
        )
        found = list(week.order_by("session__starts_at", "pk").values_list("pk", flat=True)[: 2 * CLICK])
    half = len(found) // 2
    return found[:half], found[half:]


def _bench(made: Staffed, clinicians: int, monday: dt.date, click: list[int], request_id: int) -> Bench:
    with transaction.atomic(), practice_context(made.practice.pk, phi=True):
        sessions = Session.objects.count()
    day = monday + dt.timedelta(days=DAYS - 1)
    return Bench(
        kind=KIND, clinicians=clinicians, sessions=sessions, practice_id=made.practice.pk, slug=made.practice.slug,
        email=made.email, day=day.isoformat(), to_click=click, request_id=request_id,
    )  # fmt: skip
