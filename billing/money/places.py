"""Where client money shows outside of its own pages: the navigation, a client's tabs, buttons and overview."""

from __future__ import annotations

from django.urls import reverse

from billing.receivables import balance
from clients import actions, panels, tabs
from clients.actions import Action
from clients.models import Client
from clients.panels import Panel
from clients.tabs import Tab
from practice import navigation
from practice.actors import Actor
from practice.models import Practice
from practice.navigation import Item

_BEFORE_THE_CLIENTS_OWN = 10


def register() -> None:
    """Called once at start-up."""
    navigation.register(Item("Client money", "cash", "client_money", ("money:view",), "m", "", 4))
    tabs.register(Tab("Money", "client_account", 50, ("money:view",)))
    actions.register(Action("Take a payment", "cash", "take_payment", ("money:edit",), 40))
    panels.register(money_panel, order=_BEFORE_THE_CLIENTS_OWN)


def money_panel(client: Client, actor: Actor) -> Panel | None:
    """What the client owes, what insurers owe, and credit; nothing for who may not see money."""
    if not actor.may("money:view"):
        return None
    slug = Practice.objects.values_list("slug", flat=True).get(pk=actor.practice_id)
    url = reverse("client_account", kwargs={"slug": slug, "pk": client.pk})
    return Panel("billing/money/_panel.html", {"balance": balance(client.pk), "url": url})
