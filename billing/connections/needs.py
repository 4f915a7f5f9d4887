"""What connections tell Today: answers that did not come in time, that are nobody's, and that say “not on file”."""

from __future__ import annotations

from collections.abc import Iterator

from billing.connections import health
from billing.inbound.policies import visible_transactions
from billing.models import InboundTransaction
from billing.statuses.missing import missing
from practice import clock, today
from practice.money import total
from practice.today import STOP, Asker, Need, counted


def unanswered(asker: Asker) -> Iterator[Need]:
    """Claims that were sent and not answered in the time an answer takes; one query."""
    found = health.late_anywhere(asker.actor)
    if found:
        worst, oldest = found[-1]
        since = clock.local(asker.practice, oldest).date()
        title = f"No {worst.what.key} for {counted(worst.claims, 'claim')} in {worst.what.time}"
        note = f"since {asker.day(since).split(', ', 1)[1]}"
        yield Need(
            title, worst.what.advice, asker.url("connections"), "See which", worst.claims, since, STOP, note=note
        )


def unassigned(asker: Asker) -> Iterator[Need]:
    """What came to an organization and names nobody; one query, and none at a practice."""
    if asker.practice.treats_clients:
        return
    rows = visible_transactions(asker.actor).filter(status=InboundTransaction.Status.UNMATCHED)
    numbers = list(rows.order_by().values_list("inbound__connection_id", flat=True))
    if numbers:
        title = f"{counted(len(numbers), 'answer')} to assign to a practice"
        one = len(set(numbers)) == 1 and numbers[0] is not None
        url = asker.url("unassigned_answers", numbers[0]) if one else asker.url("connections")
        why = "They name no file, claim or payee of a practice that sends through your connection."
        yield Need(title, why, url, "Assign", len(numbers), asker.today, today.WAIT)


def not_on_file(asker: Asker) -> Iterator[Need]:
    """Claims that their payers, asked, do not have; one query."""
    rows = list(missing(asker.actor).order_by("file_by").values_list("pk", "total", "file_by"))
    if rows:
        title = f"{counted(len(rows), 'claim')} the payer does not have"
        why = "Asked where they stand, payers found no such claim. Ask again, or send them again."
        first = rows[0][2]
        by = min(first, asker.today) if first else asker.today
        note = f"file by {asker.day(first).split(', ', 1)[1]}" if first else ""
        money = total(row[1] for row in rows)
        yield Need(title, why, asker.url("missing_claims"), "Ask or send again", len(rows), by, STOP, money, note)
