"""How a connection fares: last contact, what waits, what nobody knows, and what was not answered in its time."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from django.core.paginator import Page, Paginator
from django.db.models import Count, Exists, Min, OuterRef, Q, QuerySet

from billing.claims.policies import visible_claims
from billing.claims.words import CHIPS, Chip
from billing.models import Claim, Connection, InboundTransaction, Request, Submission
from practice import clock
from practice.actors import Actor

ON_A_PAGE: Final = 50
_WAITS: Final = (Request.Status.READY, Request.Status.SENDING)
_ARRIVED: Final = (Request.Status.SENT, Request.Status.ACKNOWLEDGED)
_OPEN: Final = (Claim.Status.SENT, Claim.Status.RECEIVED, Claim.Status.ACCEPTED)


@dataclass(frozen=True, slots=True)
class Overdue:
    """An answer that should have come: its key in the address, what it is, how long it may take, and what to do."""

    key: str
    name: str
    after: dt.timedelta
    time: str
    advice: str


OVERDUE: Final[Mapping[str, Overdue]] = {
    one.key: one
    for one in (
        Overdue(
            "999",
            "a 999",
            dt.timedelta(hours=24),
            "24 hours",
            "Ask the clearinghouse whether it has the file, by its name and control number.",
        ),
        Overdue(
            "277CA",
            "a 277CA",
            dt.timedelta(days=5),
            "5 days",
            "Ask the clearinghouse, then the payer with a claim status inquiry, whether the claim is on file.",
        ),
        Overdue(
            "835",
            "an 835",
            dt.timedelta(days=30),
            "30 days",
            "Ask the payer for the claim’s status. The time in which it may be filed or appealed goes on.",
        ),
    )
}


@dataclass(frozen=True, slots=True)
class Late:
    """How many claims wait for an answer longer than it may take; at an organization, how many files."""

    what: Overdue
    claims: int
    noun: str = "claim"


@dataclass(frozen=True, slots=True)
class Health:
    """The figures of a connection; `files` are those that need a person or wait, by state."""

    contact: dt.datetime | None
    waiting: int
    unknown: int
    failed: int
    late: list[Late]

    @property
    def is_quiet(self) -> bool:
        """Whether nothing waits and nothing is late."""
        return not (self.waiting or self.unknown or self.failed or any(one.claims for one in self.late))


def health(actor: Actor, row: Connection, *, is_for_others: bool = False) -> Health | None:
    """The figures; None for somebody who may not see claims. Two queries.

    An organization that sends for others has files and no claims: it sees which files nobody acknowledged.
    """
    if not actor.may("claims:view"):
        return None
    counts = Request.objects.filter(connection=row).aggregate(
        waiting=Count("pk", filter=Q(status__in=_WAITS)),
        unknown=Count("pk", filter=Q(status=Request.Status.UNKNOWN)),
        failed=Count("pk", filter=Q(status=Request.Status.FAILED)),
    )
    contact = row.last_contact_at or (None if row.trouble else row.last_polled_at)
    if is_for_others:
        return Health(contact, **counts, late=[_late_files(row)])
    found = _through(actor, row).aggregate(
        **{f"n{key}": Count("pk", filter=_late(one)) for key, one in OVERDUE.items()}
    )
    return Health(contact, **counts, late=[Late(one, found[f"n{key}"]) for key, one in OVERDUE.items()])


def _late_files(row: Connection) -> Late:
    what = OVERDUE["999"]
    old = Request.objects.filter(connection=row, status=Request.Status.SENT, sent_at__lt=clock.now() - what.after)
    return Late(what, old.count(), "file")


def late_claims(
    actor: Actor, row: Connection, what: Overdue, number: str
) -> tuple[Page[Claim], list[tuple[Claim, Chip]]]:
    """The claims behind a figure, the oldest first, fifty on a page; two queries."""
    rows = _through(actor, row).filter(_late(what)).select_related("client", "payer")
    page: Page[Any] = Paginator(rows.order_by("sent_at", "pk"), ON_A_PAGE).get_page(number)
    return page, [(claim, CHIPS[claim.status]) for claim in page.object_list]


def late_anywhere(actor: Actor) -> list[tuple[Late, dt.datetime]]:
    """What is late through any connection, each with when the oldest was sent; one query."""
    figures: dict[str, Any] = {}
    for key, one in OVERDUE.items():
        figures |= {f"n{key}": Count("pk", filter=_late(one)), f"at{key}": Min("sent_at", filter=_late(one))}
    found = _sent(actor, Submission.objects.all()).aggregate(**figures)
    return [(Late(one, found[f"n{key}"]), found[f"at{key}"]) for key, one in OVERDUE.items() if found[f"n{key}"]]


def _through(actor: Actor, row: Connection) -> QuerySet[Claim]:
    """The claims whose last sending went through this connection."""
    return _sent(actor, Submission.objects.filter(request__connection=row.pk))


def _sent(actor: Actor, submissions: QuerySet[Submission]) -> QuerySet[Claim]:
    """The claims whose last sending is one of these, marked where a 999 answered its file."""
    own = submissions.filter(claim=OuterRef("pk"), number=OuterRef("number"), request__status__in=_ARRIVED)
    answers = InboundTransaction.objects.filter(
        request__submissions__claim=OuterRef("pk"), kind=InboundTransaction.Kind.X999
    )
    sent = visible_claims(actor).filter(status__in=_OPEN, sent_at__isnull=False)
    return sent.filter(Exists(own)).annotate(has_999=Exists(answers))


def _late(what: Overdue) -> Q:
    """Which of them should have been answered like this by now."""
    old = Q(sent_at__lt=clock.now() - what.after)
    if what.key == "999":
        return old & Q(status=Claim.Status.SENT, has_999=False)
    return old & (Q(status=Claim.Status.SENT) if what.key == "277CA" else Q(status__in=_OPEN))
