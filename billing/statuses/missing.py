"""Claims that their payer, asked, does not have: which ones, and what may be done with each."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass
from typing import Any, Final

from django.core.paginator import Page, Paginator
from django.db.models import OuterRef, QuerySet, Subquery

from billing.claims.policies import visible_claims
from billing.claims.words import CHIPS, Chip
from billing.models import Claim, ClaimStatusCheck, Submission
from practice import clock
from practice.actors import Actor

ON_A_PAGE: Final = 50
A_WHILE: Final = dt.timedelta(days=1)
"""About what a claim takes to get to a payer; one that was sent later may still be on its way."""

_OPEN: Final = (Claim.Status.BATCHED, Claim.Status.SENT, Claim.Status.RECEIVED)
SENT: Final = (Claim.Status.SENT, Claim.Status.RECEIVED)
S = ClaimStatusCheck.Status


@dataclass(frozen=True, slots=True)
class Missing:
    """A claim with the last answer about it; `batch_id` where whether its file arrived is for a person to say."""

    claim: Claim
    chip: Chip
    answered_at: dt.datetime
    is_asked: bool
    may_go_again: bool
    batch_id: int | None


def missing(actor: Actor) -> QuerySet[Any]:
    """The claims under way of which the last answer says, for the number they have now, that it is not on file.

    Each has `answered_at`, `asked` (how the last question stands) and `file` (the request the answer is about).
    """
    answers = ClaimStatusCheck.objects.filter(claim=OuterRef("pk"), number=OuterRef("number")).order_by("-pk")
    answered = answers.filter(status=S.ANSWERED)
    rows = visible_claims(actor).filter(status__in=_OPEN).annotate(
        said=Subquery(answered.values("outcome")[:1]),
        answered_at=Subquery(answered.values("checked_at")[:1]),
        asked=Subquery(answers.values("status")[:1]),
        file=Subquery(answered.values("request")[:1]),
    )  # fmt: skip
    return rows.filter(said=ClaimStatusCheck.Outcome.NOT_ON_FILE)


def listed(actor: Actor, request_id: int | None, number: str) -> tuple[Page[Any], list[Missing]]:
    """A page of them, the nearest filing deadline first, of one file or of all; three queries."""
    rows = missing(actor)
    if request_id is not None:
        rows = rows.filter(file=request_id)
    rows = rows.select_related("client", "payer").order_by("file_by", "sent_at", "pk")
    page: Page[Any] = Paginator(rows, ON_A_PAGE).get_page(number)
    unknown = [claim.pk for claim in page.object_list if claim.status == Claim.Status.BATCHED]
    files = Submission.objects.filter(claim__in=unknown).order_by("pk").values_list("claim_id", "request__batch_id")
    batches = dict(files) if unknown else {}
    return page, [_row(claim, batches.get(claim.pk)) for claim in page.object_list]


def may_go_again(claim: Claim) -> bool:
    """Whether it was sent long enough ago for a payer to have it."""
    return claim.status in SENT and claim.sent_at is not None and claim.sent_at <= clock.now() - A_WHILE


def by_file(actor: Actor, request_ids: Collection[int]) -> dict[int, int]:
    """How many there are of each of these files; one query."""
    return dict(Counter(missing(actor).filter(file__in=request_ids).values_list("file", flat=True)))


def _row(claim: Any, batch_id: int | None) -> Missing:
    is_asked = claim.asked in {S.READY, S.SENDING}
    again = may_go_again(claim) and not is_asked
    return Missing(claim, CHIPS[claim.status], claim.answered_at, is_asked, again, batch_id)
