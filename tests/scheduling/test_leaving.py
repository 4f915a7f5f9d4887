"""What the leaving page says about the calendar."""

from __future__ import annotations

import datetime as dt

from clinicians.leaving import Leaver
from clinicians.models import Clinician
from scheduling.leaving import sessions_to_come
from scheduling.selectors.cards import Window
from scheduling.selectors.people import people
from tests.scheduling.hands import WEDNESDAY, Desk

TUESDAY = dt.date(2026, 11, 17)


def sentences(desk: Desk, who: Clinician, last_day: dt.date = TUESDAY, persona: str = "alice") -> list[str]:
    return [one.sentence for one in sessions_to_come(Leaver(who.pk, last_day, desk.practice, desk.acting(persona)))]


def newcomer() -> Clinician:
    return Clinician.objects.create(first_name="Noor", last_name="Haddad", level="independent")


def test_sessions_after_the_last_day_are_counted(desk: Desk) -> None:
    who = newcomer()
    assert sentences(desk, who) == []
    desk.book(clinician_ids=(who.pk,), time=dt.time(20))
    assert sentences(desk, who) == ["One session is booked after Tue, Nov 17, on Wed, Nov 18."]
    desk.book(clinician_ids=(who.pk,), time=dt.time(20), date=dt.date(2026, 11, 25))
    assert sentences(desk, who) == ["2 sessions are booked after Tue, Nov 17, the last on Wed, Nov 25."]
    assert sentences(desk, who, WEDNESDAY) == ["One session is booked after Wed, Nov 18, on Wed, Nov 25."]


def test_the_sentence_leads_to_their_column(desk: Desk) -> None:
    who = newcomer()
    desk.book(clinician_ids=(who.pk,), time=dt.time(20))
    (one,) = sessions_to_come(Leaver(who.pk, TUESDAY, desk.practice, desk.acting("alice")))
    assert one.url == f"/p/fernhollow/calendar/?view=month&date=2026-11-18&clinician={who.pk}&as=list"


def test_who_sees_no_other_calendar_is_told_nothing(desk: Desk) -> None:
    who = newcomer()
    desk.book(clinician_ids=(who.pk,), time=dt.time(20))
    assert sentences(desk, who, persona="charlie") == []


def test_a_column_stays_while_somebody_who_left_has_sessions(desk: Desk) -> None:
    who, week = newcomer(), Window(dt.date(2026, 11, 16), dt.date(2026, 11, 22))
    desk.book(clinician_ids=(who.pk,), time=dt.time(20))
    Clinician.objects.filter(pk=who.pk).update(ends_on=dt.date(2026, 11, 1))
    assert who.pk in [row.id for row in people(desk.actor, desk.practice, week)]
    after = Window(dt.date(2026, 11, 23), dt.date(2026, 11, 29))
    assert who.pk not in [row.id for row in people(desk.actor, desk.practice, after)]
