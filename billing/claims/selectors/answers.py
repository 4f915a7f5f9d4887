"""What came back to files that were sent: TA1, 999, 277CA and 835 of each, and how its claims stand now."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field
from typing import Final

from django.db.models import Count

from billing.claims.words import CHIPS, Chip
from billing.inbound.standing import PartRow, with_remittances
from billing.models import ClaimEvent, InboundTransaction, RemittanceClaim, Submission
from billing.statuses.missing import by_file
from practice.actors import Actor

_ORDER: Final = {kind: place for place, kind in enumerate(("TA1", "999", "277CA", "835"))}


@dataclass(slots=True)
class Returned:
    """The answers to one file, by kind and the oldest first, its claims by state, and how many the payer lacks."""

    answers: list[PartRow] = field(default_factory=list)
    states: list[tuple[Chip, int]] = field(default_factory=list)
    not_on_file: int = 0

    @property
    def missing(self) -> list[str]:
        """The kinds of answers that have not come yet."""
        kinds = {row.part.kind for row in self.answers}
        return [kind for kind in ("999", "277CA", "835") if kind not in kinds]


def returned(actor: Actor, request_ids: Collection[int]) -> dict[int, Returned]:
    """By request; seven queries however many."""
    found = {pk: Returned() for pk in request_ids}
    whose = _answers(request_ids)
    rows = InboundTransaction.objects.filter(pk__in=whose).select_related("inbound").order_by("inbound", "position")
    for row in with_remittances(rows):
        for pk in sorted(whose[row.part.pk]):
            found[pk].answers.append(row)
    counted = Submission.objects.filter(request__in=request_ids).order_by()
    for pk, status, count in counted.values_list("request_id", "claim__status").annotate(Count("pk")):
        found[pk].states.append((CHIPS[status], count))
    for pk, count in by_file(actor, request_ids).items():
        found[pk].not_on_file = count
    order = {chip.text: place for place, chip in enumerate(CHIPS.values())}
    for one in found.values():
        one.answers.sort(key=lambda answer: _ORDER.get(answer.part.kind, len(_ORDER)))
        one.states.sort(key=lambda state: order[state[0].text])
    return found


def _answers(request_ids: Collection[int]) -> dict[int, set[int]]:
    """The transactions that speak of these files, each with the files: by number, by claim, by payment."""
    whose: dict[int, set[int]] = {}
    by_number = InboundTransaction.objects.filter(request__in=request_ids).values_list("pk", "request_id")
    events = ClaimEvent.objects.filter(request__in=request_ids, transaction__isnull=False).order_by()
    by_claim = events.values_list("transaction_id", "request_id").distinct()
    sent = Submission.objects.filter(request__in=request_ids).values_list("number", "request_id")
    requests: dict[str, set[int]] = {}
    for number, request_id in sent:
        requests.setdefault(number, set()).add(request_id)
    paid = RemittanceClaim.objects.filter(number__in=requests).values_list("remittance__transaction_id", "number")
    by_payment = [(pk, request_id) for pk, number in paid for request_id in requests[number]]
    for pk, request_id in (*by_number, *by_claim, *by_payment):
        if pk is not None and request_id is not None:
            whose.setdefault(pk, set()).add(request_id)
    return whose
