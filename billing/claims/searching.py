"""What the search in the bar finds of claims: by the claim's numbers or the client's name."""

from __future__ import annotations

from collections.abc import Iterator

from billing.claims.policies import visible_claims
from billing.claims.selectors.listing import matching
from practice import clock, searching
from practice.searching import MOST, Hit, Seeker, Source
from practice.templatetags import _words


def register() -> None:
    """Called once at start-up."""
    searching.register(Source("Claims", ("claims:view",), claims, 20))


def claims(seeker: Seeker) -> Iterator[Hit]:
    """The newest by day of service; one query."""
    today = clock.today(seeker.practice)
    rows = visible_claims(seeker.actor).filter(matching(seeker.words)).select_related("client", "payer")
    for row in rows.order_by("-service_on", "-pk")[:MOST]:
        note = f"{row.client.name}, {_words.dates(row.service_on, row.last_on, today)}, {row.payer}"
        yield Hit(row.number, note, seeker.url("claim", row.pk), "file-invoice", row.total, row.client_id)
