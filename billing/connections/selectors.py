"""What the pages about connections show."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.db.models import Count, Q

from billing.clearinghouses.layouts import layout_of
from billing.clearinghouses.opening import is_trusted
from billing.clearinghouses.sftp import fingerprint
from billing.models import Connection, Request
from practice import clock
from practice.models import Practice
from practice.templatetags.caseload import day


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a connection stands: the glyph's kind, one word, one sentence."""

    kind: str
    text: str
    sentence: str


def connections() -> list[tuple[Connection, Standing, int]]:
    """Each connection with its standing and how many files wait there because nothing answers; one query."""
    waits = Count("requests", filter=Q(requests__status__in=[Request.Status.READY, Request.Status.UNKNOWN]))
    rows = Connection.objects.annotate(waits=waits).order_by("-is_active", "-is_default", "name")
    return [(row, standing(row), row.waits) for row in rows]


def standing(row: Connection) -> Standing:
    """In words."""
    if row.through_id is not None:
        return _through(row)
    if not row.is_active:
        return Standing("calm", "Switched off", "Nothing is sent and nothing is fetched.")
    if row.checked_at is None:
        return Standing("move", "Checking", "A worker looks whether the clearinghouse answers.")
    if row.trouble:
        return Standing("stop", "Trouble", row.trouble)
    if not is_trusted(row):
        return Standing("wait", "Key not trusted yet", "Compare the key with the one the clearinghouse published.")
    return Standing("done", "Works", "It answers, and lets you in.")


def _through(row: Connection) -> Standing:
    """One that an organization looks after: offered, chosen, ended."""
    if row.ended_at is not None:
        return Standing("calm", "Ended", f"Nothing is sent through {row.through_name}; answers still come.")
    if row.chosen_at is None:
        return Standing("wait", "Offered", f"{row.through_name} offers to send your claims. You choose.")
    if row.trouble:
        return Standing("stop", "Trouble", row.trouble)
    return Standing("done", "In use", f"{row.through_name} sends your files and hands you the answers.")


def key_of(row: Connection) -> str:
    """The fingerprint of the trusted key, or of the one that is offered."""
    return fingerprint(row.host_key or row.offered_host_key)


def set_on(at: dt.datetime | None, practice: Practice) -> str:
    """Since when a credential is kept, in a sentence."""
    if at is None:
        return "It is set."
    return f"Set on {day(clock.local(practice, at).date())}."


def to_check(row: Connection) -> list[tuple[str, str]]:
    """What of the layout nobody has seen work yet, and how to see it; nothing once it is confirmed."""
    layout = layout_of(row.layout)
    return [] if layout.confirmed or row.confirmed_at or row.through_id is not None else layout.to_check
