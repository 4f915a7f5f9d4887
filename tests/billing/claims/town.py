"""A practice with every kind of payer and plan, and random sessions over every case of therapy.

Nothing here writes a claim: sessions are put on the calendar, and the product's own services do the rest.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass, field
from decimal import Decimal
from random import Random
from typing import Any, Final

from charting.models import Documentation
from clients.models import Authorization, Client, Coverage
from clinicians.models import Clinician, Enrollment, License, Supervision
from practice.models import Location, PayerEnrollment, PayerRules, PracticePayer, Service
from practice.models.payer_rules import ALWAYS
from scheduling.models import Attendance, LateReason, Session, SessionClinician
from tests.billing.claims.cases import VISITS, add_on, service
from tests.billing.claims.hands import Post
from tests.scheduling.readiness import made

Who = tuple[Client, Coverage]
DIAGNOSES: Final = ("F41.1", "F33.0", "F43.23", "F90.2", "F84.0", "F10.20", "F32.9", "F31.9")
LAST: Final = ("Smith", "O*Neil~", "Nuñez", "Van der Berg", "D’Angelo", "Lee-Park", "Åström")
FIRST: Final = ("Jane", "Tom", "Zoë", "Anne Marie", "Li")
WANTS: Final[tuple[dict[str, Any], ...]] = (
    {"sessions": "together"},
    {},
    {"sessions": "together", "supervised": "associate", "supervised_modifier": "HO", "reports_patient_paid": True},
    {"supervised": "supervisor", "supervised_modifier": "HL", "taxonomy": "billing"},
    {"sessions": "together", "taxonomy": "none", "home_place": "02", "video_modifier": "GT", "audio_modifier": "FQ"},
    {"home_place": "11", "elsewhere_place": "11", "video_modifier": "", "audio_modifier": "93", "filing_days": 3},
    {"sessions": "together", "takes_replacements": False, "supervised": "associate"},
)
KINDS: Final = ("commercial", "commercial", "medicaid", "commercial", "tricare", "blue", "medicare")
INDICATORS: Final = ("CI", "HM", "MC", "CI", "CH", "BL", "MB")


@dataclass
class Town:
    """Fernhollow with seven payers, an independent clinician and an associate; sessions on days of their own."""

    post: Post
    payers: list[PracticePayer] = field(default_factory=list)
    people: list[Clinician] = field(default_factory=list)
    annex: Location | None = None
    count: int = 0

    def add(self, seed: int) -> list[Attendance]:
        """A new client of a drawn payer, with the sessions of this seed's case."""
        draw = Random(seed)  # noqa: S311 - the same sessions every time
        place = draw.randrange(len(WANTS))
        who = self._client(draw, self.payers[place])
        case = CASES[seed % len(CASES)]
        visits = Visits(self, draw, who, WANTS[place])
        case(visits)
        return visits.rows

    def _client(self, draw: Random, payer: PracticePayer) -> Who:
        self.count += 1
        row, plan = made.client(self.count, payer)
        row.first_name, row.last_name, row.sex = draw.choice(FIRST), draw.choice(LAST), draw.choice("MFU")
        row.save()
        if draw.random() < 0.3:
            _depends(draw, plan)
        if draw.random() < 0.3:
            plan.referring_first_name, plan.referring_last_name, plan.referring_npi = "Fay", "Fox", "1740000025"
        if draw.random() < 0.3:
            self._covered_twice(draw, row)
        plan.group_number, plan.copay = draw.choice(("", "G-77", "1044")), Decimal(draw.choice((0, 20, 25)))
        plan.save()
        return row, plan

    def _covered_twice(self, draw: Random, row: Client) -> None:
        """Another of the payers pays second; Medicare says why (SBR05)."""
        second = draw.choice(self.payers)
        why = "12" if second.claim_filing_indicator == "MB" else ""
        number = f"S{row.number}"
        Coverage.objects.create(
            client=row, payer=second, member_id=number, rank="secondary", starts_on=made.KEPT, medicare_type=why
        )


@dataclass
class Visits:
    """The sessions of one client, in the order in which they are put on the calendar: each on a day of its own."""

    town: Town
    draw: Random
    who: Who
    wants: dict[str, Any]
    rows: list[Attendance] = field(default_factory=list)
    day: int = 0

    def visit(self, given: Service | None = None, *, minutes: int = 45, **facts: Any) -> Attendance:
        """A documented session, here, at the annex, by video or by phone, with who may give it."""
        self.day += self.draw.randint(1, 4)
        start = made.START - dt.timedelta(days=self.day)
        row = self._attended(start, minutes, given or service("90834"), facts)
        self._placed(row)
        Documentation.objects.create(
            attendance=row, status="cosigned" if row.supervising_id else "signed", text="Seen.", changed_at=made.START
        )
        self.rows.append(row)
        return row

    def _attended(self, start: dt.datetime, minutes: int, given: Service, facts: dict[str, Any]) -> Attendance:
        stop, who = start + dt.timedelta(minutes=minutes), self._giver()
        facts_of = {"service": given, "location": self.town.post.made["place"], "made_at": start}
        session = Session.objects.create(starts_at=start, ends_at=stop, **facts_of)
        SessionClinician.objects.create(session=session, clinician=who, starts_at=start, ends_at=stop, occupies=False)
        late = "filing_days" in self.wants and self.day >= self.wants["filing_days"]
        said = {
            "status": self.draw.choice(("held", "scheduled")), "coverage": self.who[1], "service": given,
            "diagnoses": self.draw.sample(DIAGNOSES, self.draw.randint(1, 4)), "actual_start": start,
            "actual_stop": stop, "late_reason": LateReason.OTHER if late else "",
            "supervising": self.town.post.made["supervisor"] if who.level == "associate" else None,
        }  # fmt: skip
        return Attendance.objects.create(session=session, client=self.who[0], **(said | facts))

    def _giver(self) -> Clinician:
        taken = self.wants.get("supervised", "refused") != "refused"
        return self.draw.choice(self.town.people if taken else self.town.people[:1])

    def _placed(self, row: Attendance) -> None:
        way = self.draw.choice(("here", "here", "annex", "video", "phone"))
        if way == "annex":
            row.session.location = self.town.annex
            row.session.save()
        if way in {"video", "phone"}:
            row.session.telehealth = True
            row.session.save()
            audio = self.wants.get("audio_modifier", "93")
            row.place_of_service, row.client_state = self.draw.choice(("10", "02")), "PA"
            row.modifiers = [audio] if way == "phone" else []
            row.save()


def _depends(draw: Random, plan: Coverage) -> None:
    plan.relationship = draw.choice(("19", "01", "G8"))
    plan.subscriber_first_name, plan.subscriber_last_name = draw.choice(FIRST), draw.choice(LAST)
    plan.subscriber_date_of_birth, plan.subscriber_sex = dt.date(1960, 1, 5), draw.choice("MF")
    plan.address1, plan.city, plan.state, plan.zip = "12 Mill Street", "Ardmore", "PA", "19003-1234"


def build(post: Post) -> Town:
    """The practice, before anybody comes."""
    post.made["clinician"].level = "independent"
    grace = post.made["supervisor"]
    Clinician.objects.filter(pk=grace.pk).update(npi="1679576722")
    associate = Clinician.objects.create(
        first_name="Ada", last_name="Fox", level="associate", npi="1003000126", taxonomy="101YM0800X"
    )
    License.objects.create(clinician=associate, state="PA", kind="LPC", number="F1", expires_on=dt.date(2027, 6, 30))
    Supervision.objects.create(supervisee=associate, supervisor=grace, starts_on=made.KEPT)
    Supervision.objects.filter(supervisee=post.made["clinician"]).delete()
    town = Town(post, people=[post.made["clinician"], associate])
    town.annex = Location.objects.create(
        name="Annex", address1="9 Elm Street", city="Narberth", state="PA", zip="19072-0001", npi="1740000017"
    )
    for place, wants in enumerate(WANTS):
        town.payers.append(_payer(place, wants, [*town.people, grace]))
    return town


def _payer(place: int, wants: dict[str, Any], people: list[Clinician]) -> PracticePayer:
    row = PracticePayer.objects.create(
        name=f"Payer {place}", payer_id=f"PAY{place:02}", claim_filing_indicator=INDICATORS[place]
    )
    PayerRules.objects.create(payer=row, starts_on=ALWAYS, **wants)
    PayerEnrollment.objects.create(payer=row, transaction="837", since=made.KEPT)
    for one in people:
        Enrollment.objects.create(clinician=one, payer=row, status="effective", effective_on=made.KEPT)
    return row


def individual(visits: Visits) -> None:
    for _ in range(visits.draw.randint(1, 2)):
        visits.visit()


def interactive(visits: Visits) -> None:
    add_on(visits.visit(), "90785", "90834", "90791", "99213")


def medical(visits: Visits) -> None:
    minutes, extra = visits.draw.choice(((20, "90833"), (45, "90836"), (60, "90838")))
    add_on(visits.visit(service("99213", kind="medical", fee="95.00"), minutes=minutes), extra, *VISITS)


def crisis(visits: Visits) -> None:
    given = service("90839", kind="crisis", fee="180.00", time_min=30, time_max=74)
    row = visits.visit(given, minutes=110)
    add_on(row, "90840", "90839", units=2, fee="90.00")


def family(visits: Visits) -> None:
    code = visits.draw.choice(("90846", "90847"))
    visits.visit(service(code, kind="family", fee="160.00"), minutes=50, others="Her mother")


def group(visits: Visits) -> None:
    """One session, several who came: each has a claim."""
    first = visits.visit(service("90853", kind="group", fee="45.00"))
    for _ in range(visits.draw.randint(1, 2)):
        who = visits.town._client(visits.draw, first.coverage.payer)
        other = Attendance.objects.get(pk=first.pk)
        other.pk, other._state.adding = None, True
        other.client, other.coverage = who
        other.save(force_insert=True)
        status = "cosigned" if other.supervising_id else "signed"
        Documentation.objects.create(attendance=other, status=status, text="Seen.", changed_at=made.START)
        visits.rows.append(other)


def counted(visits: Visits) -> None:
    given = service("H0004", fee="30.00", units_rule="quarter hours", time_min=8)
    visits.visit(given, minutes=45, units=3)


def authorized(visits: Visits) -> None:
    """A line under an authorization of its own beside the session's."""
    plan = visits.who[1]
    Authorization.objects.filter(coverage=plan).update(codes=["90834"])
    Authorization.objects.create(
        coverage=plan, number="TEST7", units=4, codes=["96131"], starts_on=made.KEPT, ends_on=dt.date(2026, 12, 31)
    )
    add_on(visits.visit(), "96131", "90834")


def month(visits: Visits) -> None:
    """Several weeks alike, some with an add-on, across the end of a month."""
    alike = visits.draw.sample(DIAGNOSES, 2)
    for _ in range(visits.draw.randint(3, 8)):
        row = visits.visit(diagnoses=alike)
        if visits.draw.random() < 0.3:
            add_on(row, "90785", "90834", "90791", "99213")


CASES: Final[tuple[Callable[[Visits], None], ...]] = (
    individual, interactive, medical, crisis, family, group, counted, authorized, month,
)  # fmt: skip
