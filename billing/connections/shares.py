"""What an organization's pages show of a connection that practices send through: who, which files, what is nobody's."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

from django.core.paginator import Page, Paginator
from django.db.models import Count, Q

from billing.claims.words import REQUEST_CHIPS, Chip
from billing.connections.selectors import Standing
from billing.inbound.handing import consenting
from billing.inbound.policies import visible_transactions
from billing.models import Connection, InboundTransaction, Request, SharedConnection
from practice import access
from practice.actors import Actor

ON_A_PAGE: Final = 50
S = InboundTransaction.Status
_OPEN: Final = (S.UNMATCHED, S.UNREADABLE)


@dataclass(frozen=True, slots=True)
class Served:
    """A practice with an agreement, or one that had one, and how it stands to the connection."""

    practice_id: int
    name: str
    share: SharedConnection | None
    standing: Standing
    may_offer: bool


def practices(actor: Actor, row: Connection) -> list[Served]:
    """Those that are served and those that once sent through it, by name; two queries."""
    shares = {share.for_practice: share for share in SharedConnection.objects.filter(connection=row)}
    served = {one.practice_id: one.practice.name for one in access.served(actor)}
    names = {share.for_practice: share.practice_name for share in shares.values()} | served
    found = [_served(pk, name, shares.get(pk), is_served=pk in served) for pk, name in names.items()]
    return sorted(found, key=lambda one: one.name.casefold())


def senders(row: Connection) -> list[SharedConnection]:
    """Those whom an answer can be assigned to: they chose the connection once. Two queries."""
    return consenting(row.pk)


@dataclass(frozen=True, slots=True)
class FileRow:
    """A file that a practice handed over, how far it is, and what came back about the whole of it."""

    request: Request
    chip: Chip
    answers: list[str]


def files(actor: Actor, row: Connection, practice_id: int | None, number: str) -> tuple[Page[Request], list[FileRow]]:
    """The files of one practice or of all, the newest first, fifty on a page; three queries."""
    rows = Request.objects.filter(connection=row, for_practice__isnull=False)
    if practice_id is not None:
        rows = rows.filter(for_practice=practice_id)
    found = rows if actor.may("claims:view") else rows.none()
    page: Page[Any] = Paginator(found.select_related("batch").order_by("-made_at", "-pk"), ON_A_PAGE).get_page(number)
    answers: dict[int, list[str]] = {}
    parts = InboundTransaction.objects.filter(request__in=[one.pk for one in page.object_list]).order_by("pk")
    for request_id, kind in parts.values_list("request_id", "kind"):
        answers.setdefault(request_id or 0, []).append(kind)
    return page, [FileRow(one, REQUEST_CHIPS[one.status], answers.get(one.pk, [])) for one in page.object_list]


def unassigned(
    actor: Actor, row: Connection, group: str, number: str
) -> tuple[Page[InboundTransaction], dict[str, int]]:
    """What came through it and belongs to nobody, or was set aside, the newest first; two queries."""
    rows = visible_transactions(actor).filter(inbound__connection=row)
    aside = Q(status=S.SET_ASIDE)
    counts = rows.aggregate(open=Count("pk", filter=Q(status__in=_OPEN)), aside=Count("pk", filter=aside))
    wanted = rows.filter(aside if group == "aside" else Q(status__in=_OPEN)).select_related("inbound")
    pages = Paginator(wanted.order_by("-inbound__received_at", "position"), ON_A_PAGE)
    pages.count = counts["aside" if group == "aside" else "open"]
    page: Page[Any] = pages.get_page(number)
    return page, counts


def unassigned_count(actor: Actor, row: Connection) -> int:
    """How many wait for a person; one query."""
    return visible_transactions(actor).filter(inbound__connection=row, status__in=_OPEN).count()


def _served(pk: int, name: str, share: SharedConnection | None, *, is_served: bool) -> Served:
    is_free = share is None or share.ended_at is not None
    return Served(pk, name, share, _standing(share, is_served), may_offer=is_served and is_free)


def _standing(share: SharedConnection | None, is_served: bool) -> Standing:
    if share is None:
        return Standing("calm", "Not offered", "It sends through its own connection.")
    if share.ended_at is not None:
        return Standing("calm", "Ended", "Nothing is sent; answers are still handed over.")
    if not is_served:
        return Standing("wait", "Agreement over", "Nothing is sent; answers are still handed over.")
    if share.chosen_at is None:
        return Standing("move", "Offered", "The practice has not chosen it yet.")
    return Standing("done", "Sends through it", f"{share.chosen_by_name} chose it.")
