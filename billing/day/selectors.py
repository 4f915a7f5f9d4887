"""What the billing day reads: one day, or everything open of the last thirty."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Final

from django.db.models import Count, Q, QuerySet, Sum
from django.db.models.functions import TruncDate
from django.urls import reverse

from billing.day.boards import Board, Group, StripDay
from billing.day.judging import judge_loaded
from billing.day.rows import row_of
from billing.day.shapes import Row, State
from billing.day.undoing import undoable
from billing.models import BillingRun, Charge
from clinicians.models import Clinician
from practice import clock
from practice.actors import Actor
from practice.models import Practice
from practice.money import ZERO
from scheduling.models import Attendance
from scheduling.policies import visible_attendances
from scheduling.readiness import load_rows

DAYS: Final = 14
OPEN_DAYS: Final = 30
MOST: Final = 500
ALL_OPEN: Final = "open"
_AHEAD: Final = 6
UNCONFIRMED: Final = (
    Attendance.Status.SCHEDULED, Attendance.Status.HELD, Attendance.Status.LATE_CANCELED, Attendance.Status.NO_SHOW,
)  # fmt: skip
_SHOWN: Final = {
    "ready": (State.READY,),
    "fix": (State.FIX,),
    "waits": (State.WAITS,),
    "billed": (State.BILLED,),
}


@dataclass(frozen=True, slots=True)
class Filters:
    """What is shown of the day: a state, a payer's id, a place; and in any case the `rows` that somebody works on.

    Of a day with many sessions also a page of clinicians, the one that is `opened`, and whether all are judged.
    """

    show: str = ""
    payer: str = ""
    place: str = ""
    rows: frozenset[int] = frozenset()
    opened: int = 0
    page: str = ""
    judged: bool = False

    @property
    def narrows(self) -> bool:
        """Whether anything is left out."""
        return bool(self.show or self.payer or self.place)

    def admits(self, row: Row) -> bool:
        """Whether the row is shown."""
        if row.id in self.rows:
            return True
        state = row.state in _SHOWN.get(self.show, tuple(State))
        payer = not self.payer or str(row.payer_id) == self.payer
        return state and payer and (not self.place or row.place_id == self.place)


@dataclass(frozen=True, slots=True)
class Result:
    """What a run did: dollars and counts by who is asked."""

    run: BillingRun
    count: int
    billed: Decimal
    by_insurers: Decimal
    insured: int
    payers: int
    by_clients: Decimal
    clients: int


def day(actor: Actor, practice: Practice, date: dt.date, filters: Filters | None = None) -> Board:
    """One day, all of it judged; at most twenty queries however many sessions it has."""
    ids = list(rows_at(actor, practice, date).values_list("pk", flat=True))
    return judged(ids, actor, practice, date=date, filters=filters, strip=strip_at(actor, practice, date))


def all_open(actor: Actor, practice: Practice, filters: Filters | None = None) -> Board:
    """What began in the last thirty days and is not confirmed, the oldest first."""
    ids = list(rows_at(actor, practice, None).values_list("pk", flat=True)[: MOST + 1])
    board = judged(ids[:MOST], actor, practice, date=None, filters=filters)
    board.cut = MOST if len(ids) > MOST else 0
    return board


def rows_at(actor: Actor, practice: Practice, date: dt.date | None) -> QuerySet[Attendance]:
    """The attendances of a day; without one, what began in the last thirty days and is not confirmed."""
    if date is not None:
        return _between(actor, practice, date, date)
    today = clock.today(practice)
    since = today - dt.timedelta(days=OPEN_DAYS)
    return _between(actor, practice, since, today).filter(status__in=UNCONFIRMED, session__starts_at__lte=clock.now())


def judged(
    ids: Sequence[int],
    actor: Actor,
    practice: Practice,
    *,
    date: dt.date | None,
    filters: Filters | None = None,
    strip: list[StripDay] | None = None,
    most: int = 0,
) -> Board:
    """The board of these attendances, each judged; of those that the filters admit the first `most` are shown."""
    judgments = judge_loaded(load_rows(ids), actor=actor)
    rows = sorted((row_of(one, practice) for one in judgments.values()), key=lambda row: (row.day, row.start, row.id))
    _offer_undo(rows)
    shown = [row for row in rows if (filters or Filters()).admits(row)]
    cut = most if 0 < most < len(shown) else 0
    return Board(
        at=date.isoformat() if date else ALL_OPEN,
        today=clock.today(practice),
        date=date,
        strip=strip or [],
        all_rows=rows,
        groups=_groups(shown[:cut] if cut else shown, _titles(rows)),
        cut=cut,
        by_clinician=any(one.by_clinician for one in judgments.values()),
    )


def _offer_undo(rows: Sequence[Row]) -> None:
    """Marks what can be unbilled by itself; no query where nothing is billed, else two."""
    billed = [row.id for row in rows if row.state == State.BILLED]
    open_to_it = undoable(billed) if billed else set()
    for row in rows:
        row.may_undo = row.id in open_to_it


def first_day(actor: Actor, practice: Practice) -> dt.date:
    """The day to begin with: the latest before today on which something is open, otherwise today."""
    today = clock.today(practice)
    past = [row.date for row in strip_at(actor, practice, today) if row.open and row.date < today]
    return past[-1] if past else today


def open_counts(actor: Actor, practice: Practice) -> dict[dt.date, int]:
    """How many sessions of each of the last thirty days began and are not confirmed; one query."""
    today = clock.today(practice)
    rows = _counts(actor, practice, today - dt.timedelta(days=OPEN_DAYS), today)
    return {row["on"]: row["open"] for row in sorted(rows, key=lambda row: row["on"]) if row["open"]}


def running(date: dt.date | None) -> BillingRun | None:
    """The billing of this day that a worker has in hand, so that one can leave the page and come back."""
    rows = BillingRun.objects.filter(day=date).exclude(status=BillingRun.Status.DONE)
    return rows.order_by("-pk").first()


def result(run: BillingRun) -> Result:
    """What a finished run billed; one query."""
    insured = Q(payer__isnull=False)
    sums = Charge.objects.filter(attendance__in=run.billed_ids, undone_at=None).aggregate(
        billed=Sum("amount", default=ZERO),
        by_insurers=Sum("amount", filter=insured, default=ZERO),
        insured=Count("attendance", filter=insured, distinct=True),
        payers=Count("payer", distinct=True),
        by_clients=Sum("amount", filter=~insured, default=ZERO),
        clients=Count("client", filter=~insured, distinct=True),
    )
    return Result(run=run, count=len(run.billed_ids), **sums)


def _between(actor: Actor, practice: Practice, first: dt.date, last: dt.date) -> QuerySet[Attendance]:
    midnight = dt.time()
    return (
        visible_attendances(actor)
        .filter(
            session__starts_at__gte=clock.instant(practice, first, midnight),
            session__starts_at__lt=clock.instant(practice, last + dt.timedelta(days=1), midnight),
        )
        .order_by("session__starts_at", "pk")
    )


def _titles(rows: Iterable[Row]) -> dict[int, str]:
    return {row.pk: row.title for row in Clinician.objects.filter(pk__in={row.clinician_id for row in rows})}


def _groups(rows: Iterable[Row], titles: dict[int, str]) -> list[Group]:
    """A group per clinician: those with something open first, then by name."""
    found: dict[int, Group] = {}
    for row in rows:
        group = found.setdefault(
            row.clinician_id, Group(row.clinician_id, titles.get(row.clinician_id, row.clinician), row.clinician)
        )
        group.rows.append(row)
    return sorted(found.values(), key=lambda group: (not group.is_open, group.name.split()[-1:], group.name))


def strip_at(actor: Actor, practice: Practice, date: dt.date) -> list[StripDay]:
    today = clock.today(practice)
    last = max(date, min(today, date + dt.timedelta(days=_AHEAD)))
    first = last - dt.timedelta(days=DAYS - 1)
    counts = {row["on"]: row for row in _counts(actor, practice, first, last)}
    return [_strip_day(practice, first + dt.timedelta(days=step), counts, date, today) for step in range(DAYS)]


def _counts(actor: Actor, practice: Practice, first: dt.date, last: dt.date) -> Sequence[dict[str, Any]]:
    is_open = Q(status__in=UNCONFIRMED, session__starts_at__lte=clock.now())
    rows = _between(actor, practice, first, last).exclude(status=Attendance.Status.CANCELED).order_by()
    on = TruncDate("session__starts_at", tzinfo=clock.zone(practice))
    return list[Any](rows.annotate(on=on).values("on").annotate(total=Count("pk"), open=Count("pk", filter=is_open)))


def _strip_day(
    practice: Practice, date: dt.date, counts: dict[dt.date, dict[str, Any]], chosen: dt.date, today: dt.date
) -> StripDay:
    found = counts.get(date, {"total": 0, "open": 0})
    url = reverse("billing_day_on", args=[practice.slug, date.isoformat()])
    return StripDay(date, found["open"], bool(found["total"]), url, date == chosen, date == today)
