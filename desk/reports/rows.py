"""The rows that a figure of a report is made of: sessions, or charges with what each adds."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Final

from django.core.paginator import Page, Paginator

from billing.models import Charge
from clients.models import Client
from desk.reports import ledger, sessions
from desk.reports.selectors import Names
from desk.reports.shapes import SESSIONS, Scope
from practice import clock
from practice.actors import Actor
from practice.models import Practice
from practice.money import total
from scheduling.models import Attendance

ON_A_PAGE: Final = 50
_STATES: Final = {
    Attendance.Status.HELD: "Held",
    Attendance.Status.LATE_CANCELED: "Late cancel",
    Attendance.Status.NO_SHOW: "No-show",
    Attendance.Status.SCHEDULED: "Not confirmed",
}


@dataclass(frozen=True, slots=True)
class Row:
    """One session or charge. `charge_id` and `session_id` say what it opens; `amount` is None for a session."""

    client_id: int
    client: str
    client_number: int
    day: dt.date
    what: str
    clinician: str
    payer: str
    amount: Decimal | None = None
    charge_id: int | None = None
    session_id: int | None = None
    attendance_id: int | None = None


@dataclass(frozen=True, slots=True)
class Rows:
    """A page of them, with the sum of all where it is money."""

    page: Page[Any]
    rows: list[Row]
    sum: Decimal | None

    @property
    def count(self) -> int:
        """How many there are on all pages."""
        return self.page.paginator.count


def rows_of(
    actor: Actor,
    practice: Practice,
    scope: Scope,
    figure: str,
    known: Names,
    *,
    number: str = "1",
    most: int = ON_A_PAGE,
) -> Rows:
    """What a figure opens to, newest first, `most` on a page; at most three queries."""
    actor.require("reports:view")
    if figure in SESSIONS:
        found = sessions.attendances(scope, figure, practice).select_related("client", "session__service", "service")
        page: Page[Any] = Paginator(found, most).get_page(number)
        return Rows(page, [_session(row, practice, known) for row in page.object_list], None)
    added = ledger.by_charge(scope, figure, clock.today(practice))
    page = Paginator(added, most).get_page(number)
    return Rows(page, _charges(list(page.object_list), known), total(row["amount"] for row in added))


def _session(row: Any, practice: Practice, known: Names) -> Row:
    service = row.service or row.session.service
    state = _STATES.get(Attendance.Status(row.outcome or row.status), "")
    return Row(
        row.client_id,
        row.client.name,
        row.client.number,
        clock.local(practice, row.session.starts_at).date(),
        " · ".join(part for part in (service.code if service else "", state) if part),
        known.clinician(row.giver),
        known.payer(row.asked),
        session_id=row.session_id,
        attendance_id=row.pk,
    )


def _charges(found: Sequence[Mapping[str, Any]], known: Names) -> list[Row]:
    charges = Charge.objects.in_bulk(_ids(found, "charge_id"))
    clients = Client.objects.in_bulk(_ids(found, "client_id"))
    return [_charge(one, charges.get(one["charge_id"]), clients.get(one["client_id"]), known) for one in found]


def _charge(one: Mapping[str, Any], charge: Charge | None, client: Client | None, known: Names) -> Row:
    return Row(
        client.pk if client else 0,
        client.name if client else "No client",
        client.number if client else 0,
        one["served"],
        (charge.code or charge.get_kind_display()) if charge else "Opening balance",
        known.clinician(one["giver"]),
        known.payer(one["asked"]),
        amount=one["amount"],
        charge_id=one["charge_id"],
    )


def _ids(found: Iterable[Mapping[str, Any]], name: str) -> set[int]:
    return {one[name] for one in found if one[name] is not None}
