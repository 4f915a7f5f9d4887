"""The list of what is on hold, and how many there are."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Final

from django.core.paginator import Page, Paginator
from django.db.models import F, QuerySet
from django.db.models.functions import Coalesce

from billing.models import Claim, Hold
from practice import clock
from practice.actors import Actor
from practice.models import Practice
from scheduling.models import Attendance
from scheduling.policies import visible_attendances

ON_A_PAGE: Final = 50
SORTS: Final[Mapping[str, tuple[Any, ...]]] = {
    "client": ("last_name", "first_name", "pk"),
    "until": (F("until").asc(nulls_last=True), "pk"),
    "-until": (F("until").desc(nulls_last=True), "-pk"),
    "since": ("made_at", "pk"),
    "-since": ("-made_at", "-pk"),
}


@dataclass(frozen=True, slots=True)
class Row:
    """One hold: whose, of which day, what it keeps back, and the claim's charge and deadline where there is a claim."""

    hold: Hold
    client: str
    payer: str
    on: dt.date
    session_id: int
    since: dt.date
    total: Decimal | None
    file_by: dt.date | None


def hold_list(actor: Actor, practice: Practice, sort: str, number: str) -> tuple[Page[Hold], list[Row]]:
    """What is on hold, the nearest end first; four queries."""
    rows = _open(actor).select_related(
        "claim__client", "claim__payer", "claim__attendance", "attendance__client", "attendance__session"
    )
    named = rows.annotate(
        last_name=Coalesce("claim__client__last_name", "attendance__client__last_name"),
        first_name=Coalesce("claim__client__first_name", "attendance__client__first_name"),
    )
    order = SORTS.get(sort, SORTS["until"])
    page: Page[Any] = Paginator(named.order_by(*order), ON_A_PAGE).get_page(number)
    payers = _payers([row.attendance_id for row in page.object_list if row.attendance_id])
    return page, [_row(row, practice, payers) for row in page.object_list]


def count(actor: Actor) -> int:
    """How many things are on hold."""
    return _open(actor).count()


def _open(actor: Actor) -> QuerySet[Hold]:
    """Claims for who sees claims, sessions for who bills them."""
    rows = Hold.objects.filter(released_at=None)
    if not actor.may("claims:view"):
        rows = rows.filter(claim=None)
    if not actor.may("billing:view"):
        rows = rows.filter(attendance=None)
    return rows


def may_see(actor: Actor, attendance_id: int) -> Attendance | None:
    """The session to hold, where the person may see it."""
    rows = visible_attendances(actor).filter(pk=attendance_id)
    return rows.select_related("client", "session").first()


def _payers(attendance_ids: list[int]) -> dict[int, str]:
    rows = Attendance.objects.filter(pk__in=attendance_ids)
    return {pk: name or "" for pk, name in rows.values_list("pk", "coverage__payer__name")}


def _row(row: Hold, practice: Practice, payers: Mapping[int, str]) -> Row:
    since = clock.local(practice, row.made_at).date()
    if row.claim is not None:
        claim: Claim = row.claim
        session = claim.attendance.session_id
        return Row(
            row, claim.client.name, claim.payer.name, claim.service_on, session, since, claim.total, claim.file_by
        )
    if row.attendance is None:
        raise ValueError(f"Hold {row.pk} keeps nothing back.")
    one = row.attendance
    on = clock.local(practice, one.session.starts_at).date()
    return Row(row, one.client.name, payers.get(one.pk, ""), on, one.session_id, since, None, None)
