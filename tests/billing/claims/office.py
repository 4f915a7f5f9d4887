"""A practice with claims and a biller's browser, for the tests of pages."""

from __future__ import annotations

from contextlib import AbstractContextManager
from typing import Any

from django.urls import reverse

from billing.claims.arriving import record_sent
from billing.models import Claim, Request
from practice import states
from practice.models import PracticeSettings
from tests.billing.claims.hands import Post, connect
from tests.people import Cast, signed_in
from tests.scheduling.readiness import made


class Office:
    """A practice with claims, whose context is open only where a test opens it."""

    def __init__(self, people: Cast, inside: Any) -> None:
        self.people, self._inside = people, inside
        self.browser = signed_in(people.bob)
        with self.inside():
            facts = made.practice()
            PracticeSettings.objects.update(
                npi="1245319599", phone="215-555-0142", contact_name="Bob Castellano", taxonomy="261QM0801X"
            )
            self.post = Post(people, facts, connection=connect())

    def inside(self) -> AbstractContextManager[None]:
        opened: AbstractContextManager[None] = self._inside(self.people.fernhollow)
        return opened

    def url(self, name: str, *ids: int) -> str:
        return reverse(name, args=["fernhollow", *ids])

    def get(self, name: str, *ids: int, **query: str) -> Any:
        return self.browser.get(self.url(name, *ids), query)

    def page(self, name: str, *ids: int, **query: str) -> str:
        """What is written on a page."""
        return str(self.get(name, *ids, **query).content.decode())

    def act(self, name: str, *ids: int, **body: Any) -> Any:
        return self.browser.post(self.url(name, *ids), body)

    def claims(self, count: int = 1) -> list[Claim]:
        """Claims that wait in a batch."""
        with self.inside():
            return self.post.claims(*[self.post.session() for _ in range(count)])

    def sent(self, count: int = 1, state: str = "") -> list[Claim]:
        """Claims that were sent, and answered where a state is named."""
        claims = self.claims(count)
        with self.inside():
            (request,) = self.post.leave()
            states.transition(request, Request.Status.SENDING, actor=self.post.system)
            record_sent(request, actor=self.post.system)
            rows = list(Claim.objects.filter(pk__in=[claim.pk for claim in claims]).order_by("pk"))
            if state:
                states.transition_many(rows, state, actor=self.post.system)
        return rows

    def now(self, claim: Claim) -> Claim:
        with self.inside():
            return Claim.objects.get(pk=claim.pk)
