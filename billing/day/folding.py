"""The board as a page shows it: a day with many sessions folds its clinicians, and judges what somebody opens.

Judging a thousand sessions takes most of a second, so the page comes without it and asks for it afterwards.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from django.core.paginator import Page, Paginator
from django.db.models import OuterRef, Subquery

from billing.day.boards import Board, Group, Outline
from billing.day.selectors import MOST, UNCONFIRMED, Filters, judged, rows_at, strip_at
from billing.day.shapes import Row
from clinicians.models import Clinician
from practice.actors import Actor
from practice.models import Practice
from scheduling.models import Attendance, SessionClinician

WHOLE: Final = 100  # sessions that are shown with all their rows
PEOPLE: Final = 50  # clinicians on one page


@dataclass(frozen=True, slots=True)
class _Listed:
    id: int
    clinician_id: int
    status: str


@dataclass(frozen=True, slots=True)
class _Person:
    id: int
    title: str
    name: str
    last_name: str


_NOBODY: Final = _Person(0, "No clinician", "No clinician", "")


def board(actor: Actor, practice: Practice, date: dt.date | None, filters: Filters) -> Board:
    """The board of a day, or of everything open without one; at most thirteen queries when it is folded."""
    listed, cut = _listed(actor, practice, date)
    ids = [one.id for one in listed]
    strip = strip_at(actor, practice, date) if date else []
    if len(listed) <= WHOLE or filters.narrows:
        found = judged(ids, actor, practice, date=date, filters=filters, strip=strip, most=WHOLE)
    else:
        chosen = ids if filters.judged else _asked_for(listed, filters)
        found = judged(chosen, actor, practice, date=date, strip=strip)
        _fold(found, listed, filters)
    found.cut = found.cut or cut
    return found


def _listed(actor: Actor, practice: Practice, date: dt.date | None) -> tuple[list[_Listed], int]:
    """Who has which sessions, and how many they are cut to: only what is open of many days is."""
    lead = SessionClinician.objects.filter(session=OuterRef("session")).order_by("-is_lead", "pk")
    rows = rows_at(actor, practice, date).annotate(lead=Subquery(lead.values("clinician_id")[:1]))
    values = rows.values_list("pk", "rendering_id", "lead", "status")
    found = [_Listed(pk, by or led or 0, status) for pk, by, led, status in (values if date else values[: MOST + 1])]
    return (found, 0) if date or len(found) <= MOST else (found[:MOST], MOST)


def _asked_for(listed: Sequence[_Listed], filters: Filters) -> list[int]:
    opened = _opened(listed, filters)
    return [one.id for one in listed if one.clinician_id in opened]


def _opened(listed: Iterable[_Listed], filters: Filters) -> set[int]:
    return {filters.opened} | {one.clinician_id for one in listed if one.id in filters.rows}


def _fold(found: Board, listed: Sequence[_Listed], filters: Filters) -> None:
    """Puts a page of folded groups in place of all; those in which somebody works come first and are open."""
    rows: dict[int, list[Row]] = defaultdict(list)
    for row in found.all_rows:
        rows[row.clinician_id].append(row)
    outlines, opened = _outlines(listed), _opened(listed, filters)
    page = _page_of(outlines, filters, opened)
    found.folded, found.pending, found.pages = True, not filters.judged, page
    found.groups = [
        Group(
            one.id,
            one.title,
            one.name,
            rows[one.id],
            outline=None if filters.judged or one.id in opened else outlines[one.id],
            unfolded=one.id in opened,
        )
        for one in page
    ]
    active = [one for one in listed if one.status != Attendance.Status.CANCELED]
    found.total, found.people = len(active), len({one.clinician_id for one in active})


def _outlines(listed: Iterable[_Listed]) -> dict[int, Outline]:
    total, still_open, billed = Counter[int](), Counter[int](), Counter[int]()
    for one in listed:
        total[one.clinician_id] += 1
        still_open[one.clinician_id] += one.status in UNCONFIRMED
        billed[one.clinician_id] += one.status == Attendance.Status.CONFIRMED
    return {who: Outline(total[who], still_open[who], billed[who]) for who in total}


def _page_of(outlines: dict[int, Outline], filters: Filters, opened: set[int]) -> Page[_Person]:
    """Those with something open first, then by name; the page asked for, or the one of who is opened."""
    rows = Clinician.objects.filter(pk__in=outlines)
    people = [_Person(row.pk, row.title, row.name, row.last_name) for row in rows]
    people += [_NOBODY] if _NOBODY.id in outlines else []
    people.sort(key=lambda one: (not outlines[one.id].open, one.last_name, one.name, one.id))
    first = next((place for place, one in enumerate(people) if one.id in opened), 0)
    return Paginator(people, PEOPLE).get_page(filters.page or first // PEOPLE + 1)
