"""The list of what is on hold, and how many there are."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Final

from django.core.paginator import Page, Paginator
from django.db.models import F, Q, QuerySet
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
    "-client": ("-last_name", "-first_name", "-pk"),
    "payer": (F("payer_name").asc(nulls_last=True), "last_name", "pk"),
    "-payer": (F("payer_name").desc(nulls_last=True), "last_name", "-pk"),
    "deadline": (F("claim__file_by").asc(nulls_last=True), "pk"),
    "-deadline": (F("claim__file_by").desc(nulls_last=True), "-pk"),
    "charge": (F("claim__total").asc(nulls_last=True), "pk"),
    "-charge": (F("claim__total").desc(nulls_last=True), "-pk"),
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

    @property
    def cents(self) -> int:
        """The charge in whole cents, for the page to sum up what is selected."""
        return int((self.total or 0) * 100)


@dataclass(frozen=True, slots=True)
class Wanted:
    """What somebody asked the list for."""

    payer: int | None = None
    sort: str = ""
    page: str = "1"


def hold_list(actor: Actor, practice: Practice, wanted: Wanted) -> tuple[Page[Hold], list[Row]]:
    """What is on hold, the nearest end first; four queries."""
    rows = _narrowed(actor, wanted).select_related(
        "claim__client", "claim__payer", "claim__attendance", "attendance__client", "attendance__session"
    )
    named = rows.annotate(
        last_name=Coalesce("claim__client__last_name", "attendance__client__last_name"),
        first_name=Coalesce("claim__client__first_name", "attendance__client__first_name"),
        payer_name=Coalesce("claim__payer__name", "attendance__coverage__payer__name"),
    )
    order = SORTS.get(wanted.sort, SORTS["until"])
    page: Page[Any] = Paginator(named.order_by(*order), ON_A_PAGE).get_page(wanted.page)
    payers = _payers([row.attendance_id for row in page.object_list if row.attendance_id])
    return page, [_row(row, practice, payers) for row in page.object_list]


def ids_of(actor: Actor, wanted: Wanted) -> list[int]:
    """Everything on hold that matches, on whatever page."""
    return list(_narrowed(actor, wanted).order_by("pk").values_list("pk", flat=True))


def count(actor: Actor) -> int:
    """How many things are on hold."""
    return _open(actor).count()


def _narrowed(actor: Actor, wanted: Wanted) -> QuerySet[Hold]:
    rows = _open(actor)
    if wanted.payer:
        rows = rows.filter(Q(claim__payer=wanted.payer) | Q(attendance__coverage__payer=wanted.payer))
    return rows


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
