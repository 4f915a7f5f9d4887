"""The list of clients: who matches, how many of each status, and what stands in a row."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from django.core.paginator import Page, Paginator
from django.db.models import Count, Q, QuerySet

from clients import identifiers
from clients.models import Caseload, Client, Coverage
from clients.policies import visible_clients
from clients.selectors.spans import coverages_on
from clinicians.models import Clinician
from clinicians.words import and_so_on
from practice.actors import Actor
from practice.models import PracticePayer

ON_A_PAGE: Final = 50
SORTS: Final = {
    "name": ("last_name", "first_name", "pk"),
    "number": ("number",),
    "born": ("date_of_birth", "last_name", "pk"),
    "since": ("since", "last_name", "pk"),
}
_MEMBER_ID: Final = 4
_NUMBER: Final = 9
_PILLS: Final = (Client.Status.ACTIVE, Client.Status.PROSPECTIVE, Client.Status.INACTIVE)


@dataclass(frozen=True, slots=True)
class Wanted:
    """What somebody asked the list for; `status` empty is every status."""

    words: str = ""
    status: str = Client.Status.ACTIVE
    clinician: int | None = None
    payer: int | None = None
    sort: str = "name"
    page: str = "1"


@dataclass(frozen=True, slots=True)
class ClientRow:
    """One row: the client, who sees them today, and who pays."""

    client: Client
    clinicians: str
    payer: str


@dataclass(frozen=True, slots=True)
class ClientList:
    """A page of rows, how many there are of each status, and whether there is any client at all."""

    page: Page[Client]
    rows: list[ClientRow]
    counts: dict[str, int]


def client_list(actor: Actor, wanted: Wanted, today: dt.date) -> ClientList:
    """The clients the actor may see that match; four queries however many there are."""
    found = _narrowed(visible_clients(actor), wanted, today)
    counts = _counts(found)
    rows = found.filter(status=wanted.status) if wanted.status else found
    pages = Paginator(_sorted(rows, wanted.sort), ON_A_PAGE)
    pages.count = counts[wanted.status] if wanted.status else sum(counts.values())
    page = pages.get_page(wanted.page)
    return ClientList(page, _rows(list(page.object_list), today), counts)


def filters(actor: Actor) -> dict[str, list[tuple[int, str]]]:
    """What the list can be narrowed to; a clinician's own list only by payer."""
    found = {"payers": [(row.pk, row.name) for row in PracticePayer.objects.all()]}
    if actor.may("clients:view"):
        found["clinicians"] = [(row.pk, row.name) for row in Clinician.objects.all()]
    return found


def is_empty(actor: Actor) -> bool:
    """Whether the actor has no client at all to see."""
    return not visible_clients(actor).exists()


def _narrowed(rows: QuerySet[Client], wanted: Wanted, today: dt.date) -> QuerySet[Client]:
    rows = rows.filter(matching(wanted.words, today)) if wanted.words else rows
    if wanted.clinician:
        seen = Caseload.objects.filter(_running(today), clinician_id=wanted.clinician)
        rows = rows.filter(pk__in=seen.values("client"))
    if wanted.payer:
        paid = Coverage.objects.filter(_running(today), payer_id=wanted.payer)
        rows = rows.filter(pk__in=paid.values("client"))
    return rows


def _running(today: dt.date) -> Q:
    return Q(ends_on=None) | Q(ends_on__gte=today)


def matching(words: str, today: dt.date) -> Q:
    """A date of birth or a phone number as a whole; otherwise every word is in a name or is a number."""
    born = identifiers.date_of_birth(words, today)
    if born is not None:
        return Q(date_of_birth=born)
    if part := identifiers.phone_part(words):
        return Q(phone__contains=part) | _numbers(words)
    matches = Q()
    for word in words.split():
        matches &= _in_name(word) | _numbers(word)
    return matches


def _in_name(word: str) -> Q:
    found = Q()
    for name in ("first_name", "preferred_name", "last_name", "middle_name"):
        found |= Q(**{f"{name}__icontains": word})
    return found


def _numbers(word: str) -> Q:
    """The client's number, or the beginning of a member ID; short pieces of one would match everybody."""
    found = Q(number=int(word)) if word.isascii() and word.isdigit() and len(word) <= _NUMBER else Q(pk=0)
    if len(word) >= _MEMBER_ID:
        insured = Coverage.objects.filter(member_id__startswith=identifiers.member_id(word))
        found |= Q(pk__in=insured.values("client"))
    return found


def _counts(rows: QuerySet[Client]) -> dict[str, int]:
    found = rows.order_by().values_list("status").annotate(count=Count("pk"))
    return dict.fromkeys(Client.Status.values, 0) | dict(found)


def _sorted(rows: QuerySet[Client], sort: str) -> QuerySet[Client]:
    names = SORTS.get(sort.removeprefix("-"), SORTS["name"])
    return rows.order_by(*(f"-{name}" if sort.startswith("-") else name for name in names))


def _rows(clients: list[Client], today: dt.date) -> list[ClientRow]:
    ids = [client.pk for client in clients]
    seen, paid = _clinicians(ids, today), coverages_on(dict.fromkeys(ids, today))
    return [ClientRow(client, and_so_on(seen[client.pk]), _payers(paid[client.pk])) for client in clients]


def _clinicians(ids: Iterable[int], today: dt.date) -> dict[int, list[str]]:
    found: dict[int, list[str]] = defaultdict(list)
    rows = Caseload.objects.filter(_running(today), client__in=ids).select_related("clinician")
    for row in rows.order_by("starts_on", "pk"):
        if row.clinician.name not in found[row.client_id]:
            found[row.client_id].append(row.clinician.name)
    return found


def _payers(coverages: list[Coverage]) -> str:
    return and_so_on([coverage.payer.name for coverage in coverages]) or "Self-pay"


def pill_counts(counts: dict[str, int]) -> list[tuple[str, str, int]]:
    """The statuses in the order of the pills, with every status at the end."""
    labeled = [(status.value, str(status.label), counts[status]) for status in _PILLS]
    return [*labeled, ("all", "All", sum(counts.values()))]
