"""Where the calendar shows outside of its own pages: the navigation, and a client's tabs, buttons and overview."""

from __future__ import annotations

from typing import Final

from django.urls import reverse

from clients import actions, panels, tabs
from clients.actions import Action
from clients.models import Client
from clients.panels import Panel
from clients.tabs import Tab
from clinicians import foundations, leaving
from practice import navigation
from practice.actors import Actor
from practice.models import Practice
from practice.navigation import Item
from practice.setup import further
from practice.setup.further import Further
from scheduling.foundations import sessions_billed_on
from scheduling.leaving import sessions_to_come
from scheduling.selectors.client import next_session
from scheduling.words import local_span

SEES: Final = ("calendar:view", "calendar:own")
TAB: Final = "client_sessions"
_BEFORE_THE_CLIENTS_OWN: Final = 5


def register() -> None:
    """Called once at start-up."""
    navigation.register(Item("Calendar", "calendar", "calendar", SEES, "c", "", 1))
    tabs.register(Tab("Sessions", TAB, 10, SEES))
    actions.register(
        Action("Book a session", "calendar-plus", "book_client_session", ("calendar:edit", "calendar:own"), 30)
    )
    panels.register(next_panel, place="rail", order=_BEFORE_THE_CLIENTS_OWN)
    further.register(
        Further("Rooms", "One session at a time in each", "rooms", "door", ("practice:view", "practice:edit"))
    )
    leaving.register(sessions_to_come)
    foundations.register(sessions_billed_on)


def next_panel(client: Client, actor: Actor) -> Panel | None:
    """When the client comes next; nothing for who may not see the calendar."""
    if not actor.may(*SEES):
        return None
    found = next_session(actor, client.pk)
    practice = Practice.objects.get(pk=actor.practice_id)
    when = local_span(practice, found.session.starts_at, found.session.ends_at) if found else ""
    url = reverse("session", args=[practice.slug, found.session_id]) if found else ""
    return Panel("scheduling/_next.html", {"when": when, "url": url, "slug": practice.slug, "client": client})
