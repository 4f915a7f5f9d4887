"""What clients' records tell Today: authorizations that run out."""

from __future__ import annotations

from collections.abc import Iterator

from clients.selectors.running_out import running_out
from practice import today
from practice.today import Asker, Need, Source, counted


def register() -> None:
    """Called once at start-up."""
    today.register(Source("authorizations", ("clients:edit",), authorizations))


def authorizations(asker: Asker) -> Iterator[Need]:
    """Nearly used up or ending soon, with none to follow; at most four queries."""
    rows = running_out(asker.actor, asker.today)
    if rows:
        first = rows[0]
        left = counted(first.use.left, "unit")
        why = f"First {first.client.name}: {left} left, ends {asker.day(first.authorization.ends_on)}."
        title = f"{counted(len(rows), 'authorization')} {'runs' if len(rows) == 1 else 'run'} out"
        by = min(row.authorization.ends_on if row.use.left else asker.today for row in rows)
        kind = today.WAIT if all(row.use.left for row in rows) else today.STOP
        yield Need(title, why, asker.url("today_authorizations"), "Ask for more", len(rows), by, kind)
