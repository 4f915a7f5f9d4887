"""What stands on the cards of a client's coverages."""

from __future__ import annotations

from billing.eligibility.selectors.one import cards
from clients.models import Client
from clients.panels import Panel
from practice.actors import Actor
from practice.models import Practice


def of_coverages(client: Client, actor: Actor) -> dict[int, Panel]:
    """What the payer says of each coverage; the short form for who may not see more."""
    found = cards(client, actor)
    slug = Practice.objects.values_list("slug", flat=True).get(pk=actor.practice_id) if found else ""
    full = actor.may("eligibility:view")
    template = "billing/eligibility/_coverage.html" if full else "billing/eligibility/_short.html"
    return {pk: Panel(template, {"card": card, "slug": slug}) for pk, card in found.items() if full or card.short}
