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
from practice import clock, navigation
from practice.actors import Actor
from practice.models import Practice
from practice.navigation import Item
from practice.setup import further
from practice.setup.further import Further
from scheduling.foundations import sessions_billed_on
from scheduling.leaving import sessions_to_come
from scheduling.selectors.client import lately, next_session

SEES: Final = ("calendar:view", "calendar:own")
TAB: Final = "client_sessions"
_BEFORE_THE_CLIENTS_OWN: Final = 5
_BELOW_THE_FIGURES: Final = 40


def register() -> None:
    """Called once at start-up."""
    navigation.register(Item("Calendar", "calendar", "calendar", SEES, "c", "", 1, also=("sessions",)))
    tabs.register(Tab("Sessions", TAB, 10, SEES))
    actions.register(
        Action("Book a session", "calendar-plus", "book_client_session", ("calendar:edit", "calendar:own"), 30)
    )
    panels.register(next_panel, place="rail", order=_BEFORE_THE_CLIENTS_OWN)
    panels.register(lately_panel, place="main", order=_BELOW_THE_FIGURES)
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
    if found is None:
        return Panel("scheduling/_next.html", {})
    start, end = (
        clock.local(practice, moment).replace(tzinfo=None)
        for moment in (found.session.starts_at, found.session.ends_at)
    )
    url = reverse("session", args=[practice.slug, found.session_id])
    return Panel("scheduling/_next.html", {"start": start, "end": end, "url": url})


def lately_panel(client: Client, actor: Actor) -> Panel | None:
    """The last few sessions; nothing before the first one, or for who may not see the calendar."""
    if not actor.may(*SEES):
        return None
    practice = Practice.objects.get(pk=actor.practice_id)
    lines = lately(actor, practice, client.pk)
    url = reverse(TAB, args=[practice.slug, client.pk])
    return Panel("scheduling/_lately.html", {"lines": lines, "url": url}) if lines else None
