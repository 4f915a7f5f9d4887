"""What the search in the bar finds of clients: by name, number, date of birth, phone or member ID."""

from __future__ import annotations

from collections.abc import Iterator

from clients.models import Client
from clients.policies import SEES, visible_clients
from clients.selectors.listing import matching
from practice import clock, searching
from practice.searching import MOST, Hit, Seeker, Source


def register() -> None:
    """Called once at start-up."""
    searching.register(Source("Clients", SEES, clients, 10))


def clients(seeker: Seeker) -> Iterator[Hit]:
    """Those the person may open, by name; those who are seen at present first."""
    rows = visible_clients(seeker.actor).filter(matching(seeker.words, clock.today(seeker.practice)))
    for row in rows.order_by("status", "last_name", "first_name", "pk")[:MOST]:
        yield Hit(row.name, _note(row), seeker.url("client", row.pk), client_id=row.pk)


def _note(row: Client) -> str:
    born = row.date_of_birth
    parts = [f"client {row.number}"]
    if born is not None:
        parts.append(f"born {born:%b} {born.day}, {born.year}")
    if row.status != Client.Status.ACTIVE:
        parts.append(row.get_status_display().lower())
    return " · ".join(parts)
