"""The engine over real rows: every check, a constant number of queries, overrides, bookings."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test.utils import CaptureQueriesContext

from practice.models import AuditEvent
from scheduling.models import FindingOverride
from scheduling.readiness import (
    Check,
    ProposedFacts,
    Severity,
    Stage,
    findings_for,
    findings_for_bookings,
    is_ready,
    load,
    register,
    registered,
)
from scheduling.readiness.checks.times import TooShort
from scheduling.readiness.services import OverrideRefusedError, override
from tests.people import Cast
from tests.scheduling.readiness import made

MOST_QUERIES = 13


@pytest.fixture
def practice(people: Cast, inside: Any) -> Any:
    with inside(people.fernhollow):
        yield made.practice()


def codes(attendance: Any, **options: Any) -> list[str]:
    found = findings_for([attendance], **options)[attendance.pk]
    return [finding.code for finding in found if not finding.code.startswith("note")]


def test_a_complete_session_has_nothing_in_its_way(practice: Any) -> None:
    assert codes(made.attendance(practice, made.client(1, practice["payer"]))) == []


def test_two_hundred_cost_as_many_queries_as_one(practice: Any) -> None:
    rows = made.many(practice, 200)
    with CaptureQueriesContext(
        connection,
    ) as one:
        findings_for(rows[:1])
    with CaptureQueriesContext(connection) as all_of_them:
        found = findings_for(rows)
    assert len(all_of_them) == len(one)
    assert len(one) <= MOST_QUERIES
    assert found.keys() == {row.pk for row in rows}


@pytest.mark.parametrize("check", registered(), ids=lambda check: check.code)
def test_each_check_loads_for_all_at_once(check: Check, practice: Any) -> None:
    facts = load([row.pk for row in made.many(practice, 5)])
    with CaptureQueriesContext(connection) as one:
        check.load(facts[:1])
    with CaptureQueriesContext(connection) as five:
        extra = check.load(facts)
    assert len(one) == len(five)
    with CaptureQueriesContext(connection) as judging:
        for one_fact in facts:
            check.judge(one_fact, extra)
    assert len(judging) == 0, "judgment is pure"


def test_nothing_is_asked_for_nothing(practice: Any) -> None:
    with CaptureQueriesContext(connection) as none:
        assert findings_for([]) == {}
    assert len(none) <= 1


def test_facts_are_what_the_rows_say(practice: Any) -> None:
    (facts,) = load([made.attendance(practice, made.client(1, practice["payer"])).pk])
    assert (facts.date, facts.minutes, facts.code) == (dt.date(2026, 11, 16), 45, "90834")
    assert facts.service is not None
    assert facts.service.fee_on(facts.date) == Decimal("142.10")
    assert facts.coverage is not None
    assert facts.coverage.authorizations[0].units == 12
    assert facts.rendering is not None
    assert facts.supervisor is not None
    assert (facts.rendering.first_name, facts.supervisor.first_name) == ("Priya", "Grace")


def test_the_worst_comes_first(practice: Any) -> None:
    late = made.attendance(practice, made.client(1, practice["payer"]), days=75, actual_stop=None)
    found = findings_for([late])[late.pk]
    assert [finding.severity for finding in found] == sorted(finding.severity for finding in found)
    assert found[0].code == "times_missing"


def test_only_the_stages_that_were_asked(practice: Any) -> None:
    row = made.attendance(practice, made.client(1, practice["payer"]), actual_stop=None, diagnoses=[])
    practice["payer"].enrollments.all().delete()
    assert codes(row, stages=[Stage.BILL]) == ["payer_not_electronic"]
    assert set(codes(row, stages=[Stage.CONFIRM])) == {"times_missing", "diagnosis_missing"}


def test_a_late_cancel_asks_for_nothing(practice: Any) -> None:
    empty: dict[str, Any] = {"coverage": None, "diagnoses": [], "actual_start": None, "actual_stop": None}
    for status in ("late_canceled", "no_show", "canceled"):
        row = made.attendance(practice, made.client(hash(status) % 10000, practice["payer"]), status=status, **empty)
        assert findings_for([row])[row.pk] == []


def test_the_thirteenth_visit_is_blocked(practice: Any) -> None:
    who = made.client(1, practice["payer"])
    for days in range(2, 13):
        made.confirmed(practice, who, days)
    twelfth, thirteenth = made.attendance(practice, who, 1), made.attendance(practice, who, 0)
    found = findings_for([twelfth, thirteenth])
    assert "authorization_used" not in [finding.code for finding in found[twelfth.pk]]
    assert "authorization_used" in [finding.code for finding in found[thirteenth.pk]]
    assert codes(thirteenth) == [], "the open twelfth does not count while it is not in the list"


def test_a_second_session_of_the_day_is_a_duplicate(practice: Any) -> None:
    who = made.client(1, practice["payer"])
    first, second = made.attendance(practice, who), made.attendance(practice, who)
    assert (codes(first), codes(second)) == ([], [])
    assert [finding.code for finding in findings_for([first, second])[second.pk]][:1] == ["duplicate"]
    made.confirmed(practice, who, 0)
    assert codes(first) == ["duplicate"]


def test_an_override_turns_a_warning_off_and_stays_in_view(practice: Any, people: Cast) -> None:
    row = made.attendance(practice, made.client(1, practice["payer"]), days=75)
    (near,) = [finding for finding in findings_for([row])[row.pk] if finding.code == "deadline_near"]
    assert (near.severity, near.is_open) == (Severity.WARN, True)
    override(actor=people.actor(people.bob), attendance_id=row.pk, code="deadline_near", reason="Sent today.")
    (near,) = [finding for finding in findings_for([row])[row.pk] if finding.code == "deadline_near"]
    assert (near.overridden, near.is_open) == ("Bob Keller: Sent today.", False)
    assert AuditEvent.objects.filter(action="finding.overridden", client_id=row.client_id).exists()


def test_what_blocks_cannot_be_overridden(practice: Any, people: Cast) -> None:
    row = made.attendance(practice, made.client(1, practice["payer"]), diagnoses=[])
    FindingOverride.objects.create(attendance=row, code="diagnosis_missing", reason="No.", by_name="Bob", at=made.START)
    assert not is_ready(findings_for([row])[row.pk])
    bob = people.actor(people.bob)
    with pytest.raises(OverrideRefusedError, match="has to be fixed first: Choose a diagnosis"):
        override(actor=bob, attendance_id=row.pk, code="diagnosis_missing", reason="No.")
    with pytest.raises(OverrideRefusedError, match="no longer stands in the way"):
        override(actor=bob, attendance_id=row.pk, code="deadline_near", reason="No.")
    with pytest.raises(PermissionDenied):
        override(actor=people.actor(people.frank), attendance_id=row.pk, code="deadline_near", reason="No.")


def test_a_booking_is_judged_before_it_exists(practice: Any) -> None:
    who = made.client(1, practice["payer"])
    who[1].ends_on = dt.date(2026, 11, 30)
    who[1].save()
    asked = [_booking(practice, who[0].pk, key, days) for key, days in ((1, 1), (2, 30))]
    asked[1] = ProposedFacts(
        **{name: getattr(asked[1], name) for name in asked[1].__slots__} | {"coverage_id": who[1].pk}
    )
    found = findings_for_bookings(asked)
    assert found[1] == []
    assert [finding.title for finding in found[2]] == ["The plan with Keystone Mutual ended on Nov 30."]


def test_a_booking_is_too_short_for_its_code(practice: Any) -> None:
    who = made.client(1, practice["payer"])
    (finding,) = findings_for_bookings([_booking(practice, who[0].pk, 1, 1, service="long")])[1]
    assert finding.title == "45 minutes is too short for 90837, which needs 53 or more."


def test_two_checks_cannot_have_one_code() -> None:
    class Other(TooShort):
        pass

    with pytest.raises(ValueError, match="times_too_short"):
        register(Other())
    register(TooShort())


def _booking(practice: Any, client_id: int, key: int, days: int, service: str = "service") -> ProposedFacts:
    start = made.START + dt.timedelta(days=days)
    return ProposedFacts(
        key=key,
        client_id=client_id,
        clinician_id=practice["clinician"].pk,
        service_id=practice[service].pk,
        location_id=practice["place"].pk,
        starts_at=start,
        ends_at=start + dt.timedelta(minutes=45),
    )
