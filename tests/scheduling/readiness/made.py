"""Sessions in the database that everything may be asked of."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any, Final

from clients.models import Authorization, Client, ClientDiagnosis, Coverage
from clinicians.models import Clinician, Enrollment, License, Supervision
from practice.models import Location, PayerEnrollment, PracticePayer, PracticeSettings, Service, ServiceFee
from scheduling.models import Attendance, AttendanceAddOn, FindingOverride, Session, SessionClinician

START: Final = dt.datetime(2026, 11, 16, 14, tzinfo=dt.UTC)  # 9:00 AM in New York
KEPT: Final = dt.date(2026, 1, 1)
ADDRESS: Final = {"address1": "12 Mill Street", "city": "Ardmore", "state": "PA", "zip": "19003-1234"}


def practice() -> dict[str, Any]:
    """A practice that can bill: settings, place, services, payer, clinician and supervisor."""
    PracticeSettings.objects.create(legal_name="Fernhollow PLLC", ein="123456789", npi="1234567893", **ADDRESS)
    payer = PracticePayer.objects.create(name="Keystone Mutual", payer_id="KEY01")
    PayerEnrollment.objects.create(payer=payer, transaction="837", since=KEPT)
    supervisor = _clinician("Grace", "1000000004")
    made: dict[str, Any] = {
        "place": Location.objects.create(name="Ardmore", **ADDRESS),
        "payer": payer,
        "clinician": _clinician("Priya", "1234567893"),
        "supervisor": supervisor,
        "service": _service("90834", 38, 52),
        "long": _service("90837", 53, None),
        "extra": Service.objects.create(code="90785", name="Interactive", kind="add_on", add_on_to=["90834"]),
    }
    Enrollment.objects.create(clinician=made["clinician"], payer=payer, status="effective", effective_on=KEPT)
    Supervision.objects.create(supervisee=made["clinician"], supervisor=supervisor, starts_on=KEPT)
    return made


def client(number: int, payer: PracticePayer) -> tuple[Client, Coverage]:
    """A client with a plan, twelve authorized visits and a diagnosis."""
    row = Client.objects.create(
        number=number,
        first_name="Theo",
        last_name=f"Lindgren {number}",
        date_of_birth=dt.date(1990, 4, 2),
        sex="M",
        **ADDRESS,
    )
    plan = Coverage.objects.create(client=row, payer=payer, member_id=f"K{number}", starts_on=KEPT)
    Authorization.objects.create(
        coverage=plan, number=f"A{number}", units=12, starts_on=KEPT, ends_on=dt.date(2026, 12, 31)
    )
    ClientDiagnosis.objects.create(client=row, code="F41.1", starts_on=KEPT)
    return row, plan


def attendance(made: dict[str, Any], who: tuple[Client, Coverage], days: int = 0, **facts: Any) -> Attendance:
    """A held session of 45 minutes, so many days earlier."""
    start, stop = START - dt.timedelta(days=days), START - dt.timedelta(days=days) + dt.timedelta(minutes=45)
    session = Session.objects.create(
        service=made["service"], location=made["place"], starts_at=start, ends_at=stop, made_at=start
    )
    SessionClinician.objects.create(
        session=session, clinician=made["clinician"], starts_at=start, ends_at=stop, occupies=False
    )
    given = {"status": "held", "coverage": who[1], "diagnoses": ["F41.1"], "actual_start": start, "actual_stop": stop}
    return Attendance.objects.create(session=session, client=who[0], **(given | facts))


def confirmed(made: dict[str, Any], who: tuple[Client, Coverage], days: int) -> Attendance:
    """One that is confirmed already, with its facts fixed."""
    fixed = {"service": made["service"], "rendering": made["clinician"], "fee": Decimal("142.00")}
    return attendance(made, who, days, status="confirmed", outcome="held", confirmed_at=START, **fixed)


def many(made: dict[str, Any], count: int) -> list[Attendance]:
    """So many sessions of as many clients, each with an add-on and a decided warning."""
    rows = [attendance(made, client(number, made["payer"])) for number in range(1, count + 1)]
    for row in rows:
        AttendanceAddOn.objects.create(attendance=row, service=made["extra"])
        FindingOverride.objects.create(attendance=row, code="deadline_near", reason="Known.", by_name="Bob", at=START)
    return rows


def _service(code: str, low: int, high: int | None) -> Service:
    service = Service.objects.create(code=code, name=f"Therapy {code}", kind="individual", time_min=low, time_max=high)
    ServiceFee.objects.create(service=service, amount=Decimal("142.10"), starts_on=KEPT)
    return service


def _clinician(first: str, npi: str) -> Clinician:
    row = Clinician.objects.create(
        first_name=first, last_name="Raman", level="independent", npi=npi, taxonomy="106H00000X"
    )
    License.objects.create(clinician=row, state="PA", kind="LMFT", number=npi, expires_on=dt.date(2027, 6, 30))
    return row
