"""Every night the coming week is asked about, by day first visits alone, and nobody twice within the days set."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any

import pytest

from billing.eligibility import asking, standing, sweeping
from billing.eligibility.facts import Facts, as_data
from billing.eligibility.readiness import Answer
from billing.models import EligibilityCheck, EligibilitySettings
from billing.tasks import keep_sweeping
from practice import clock
from practice.models import DueWork, PayerEnrollment, Practice
from scheduling.readiness import findings_for
from tests.billing.eligibility.hands import book, can_ask
from tests.people import NOW, Cast
from tests.scheduling.readiness import made

TOMORROW = NOW + dt.timedelta(days=1)
IN_FOUR_DAYS = NOW + dt.timedelta(days=4)
DAY = dt.date(2026, 11, 18)


class Week:
    """A practice in whose context a test stands."""

    def __init__(self, practice: Practice) -> None:
        self.practice, self.facts, self.count = practice, made.practice(), 0
        can_ask(self.facts["payer"])

    def client(self, *, is_new: bool = False) -> Any:
        self.count += 1
        who = made.client(self.count, self.facts["payer"])
        if not is_new:
            made.attendance(self.facts, who, days=7)
        return who

    def to_ask(self, *, is_night: bool = True) -> list[tuple[int, str]]:
        known = standing.load(clock.today(self.practice))
        return [(one.coverage.pk, one.reason) for one in sweeping.to_ask(self.practice, known, is_night=is_night)]

    def answered(self, who: Any, days_ago: int = 1, outcome: str = "active", **facts: Any) -> EligibilityCheck:
        known = standing.load(clock.today(self.practice))
        at = clock.now() - dt.timedelta(days=days_ago)
        with clock.at(at):
            (row,) = asking.plan([asking.Wanted(who[1], who[0], DAY, "sweep")], known, actor=_system(self.practice))
        EligibilityCheck.objects.filter(pk=row.pk).update(
            status="answered", outcome=outcome, checked_at=at, is_current=True, facts=as_data(Facts(**facts))
        )
        return EligibilityCheck.objects.get(pk=row.pk)


def _system(practice: Practice) -> Any:
    from practice.actors import Actor

    return Actor.system(practice.pk)


@pytest.fixture
def week(people: Cast, inside: Any, monkeypatch: pytest.MonkeyPatch) -> Iterator[Week]:
    monkeypatch.setattr(asking, "ring", lambda *args: None)
    with inside(people.fernhollow):
        yield Week(people.fernhollow)


def test_whoever_comes_this_week_is_asked_about_at_night(week: Week) -> None:
    here, later = week.client(), week.client()
    book(week.facts, here, IN_FOUR_DAYS)
    book(week.facts, later, NOW + dt.timedelta(days=9))
    assert week.to_ask() == [(here[1].pk, "sweep")]


def test_by_day_first_visits_alone_are_asked_about(week: Week) -> None:
    known, new = week.client(), week.client(is_new=True)
    book(week.facts, known, TOMORROW)
    book(week.facts, new, TOMORROW)
    assert week.to_ask(is_night=False) == [(new[1].pk, "first_visit")]


def test_nobody_is_asked_about_twice_while_an_answer_is_good(week: Week) -> None:
    who = week.client()
    book(week.facts, who, TOMORROW)
    week.answered(who, is_active=True)
    assert week.to_ask() == []
    EligibilitySettings.objects.create(good_for_days=1)
    with clock.at(NOW + dt.timedelta(hours=1)):
        assert week.to_ask() == [(who[1].pk, "sweep")]


def test_another_member_id_is_asked_about_again(week: Week) -> None:
    who = week.client()
    book(week.facts, who, TOMORROW)
    week.answered(who, is_active=True)
    who[1].member_id = "NEW1"
    who[1].save()
    assert week.to_ask() == [(who[1].pk, "sweep")]


def test_an_answer_that_ends_before_the_session_is_asked_for_again(week: Week) -> None:
    who = week.client()
    book(week.facts, who, IN_FOUR_DAYS)
    week.answered(who, is_active=True, until=dt.date(2026, 11, 19))
    assert week.to_ask() == [(who[1].pk, "sweep")]


@pytest.mark.parametrize("values", [{"self_pay": True}, {"status": "canceled"}])
def test_what_no_insurer_pays_for_is_not_asked_about(week: Week, values: Any) -> None:
    book(week.facts, week.client(), TOMORROW, **values)
    assert week.to_ask() == []


def test_a_payer_that_does_not_answer_is_not_asked(week: Week) -> None:
    book(week.facts, week.client(), TOMORROW)
    PayerEnrollment.objects.filter(transaction="270").delete()
    assert week.to_ask() == []


def test_asking_for_many_takes_as_many_queries(week: Week, django_assert_max_num_queries: Any) -> None:
    for _ in range(5):
        book(week.facts, week.client(), TOMORROW)
    known = standing.load(clock.today(week.practice))
    with django_assert_max_num_queries(6):
        assert len(sweeping.to_ask(week.practice, known, is_night=True)) == 5


def test_an_inactive_plan_holds_the_claim_back_until_the_answer_is_set_aside(week: Week) -> None:
    who = week.client()
    row = made.attendance(week.facts, who)
    check = week.answered(who, outcome="inactive", is_active=False)
    EligibilityCheck.objects.filter(pk=check.pk).update(service_on=dt.date(2026, 11, 16))
    found = [one for one in findings_for([row])[row.pk] if one.code == "inactive_by_payer"]
    assert [one.blocks for one in found] == [True]
    assert found[0].actions[0].url_name == "client_coverage"
    EligibilityCheck.objects.filter(pk=check.pk).update(set_aside_at=clock.now())
    assert not [one for one in findings_for([row])[row.pk] if one.code == "inactive_by_payer"]


@pytest.mark.parametrize(
    ("answer", "day", "against"),
    [
        (Answer(False, DAY, DAY), DAY, True),
        (Answer(False, DAY, DAY), DAY - dt.timedelta(days=1), False),
        (Answer(False, DAY, DAY, until=DAY - dt.timedelta(days=5)), DAY - dt.timedelta(days=3), True),
        (Answer(True, DAY, DAY), DAY, False),
        (Answer(True, DAY, DAY, until=DAY), DAY + dt.timedelta(days=1), True),
        (Answer(True, DAY, DAY, since=DAY), DAY - dt.timedelta(days=1), True),
    ],
)
def test_of_which_days_an_answer_speaks(answer: Answer, day: dt.date, against: bool) -> None:
    assert answer.is_against(day) is against


@pytest.mark.django_db(transaction=True, databases=["default", "owner"])
def test_every_practice_is_looked_through_and_keeps_its_time(standing_clock: None) -> None:
    practice = Practice.objects.create(name="Fern", slug="fern")
    Practice.objects.create(name="North", slug="north", kind="mso")
    keep_sweeping()
    keep_sweeping()
    rows = DueWork.objects.filter(kind__endswith=".sweep").values_list("kind", "practice_id")
    assert sorted(rows) == [("eligibility.sweep", practice.pk), ("statuses.sweep", practice.pk)]
