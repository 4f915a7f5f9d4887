"""What the pages about connections show."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Count, Q

from billing.clearinghouses.layouts import layout_of
from billing.clearinghouses.sftp import fingerprint
from billing.models import Connection, Request


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
    if not row.is_active:
        return Standing("calm", "Switched off", "Nothing is sent and nothing is fetched.")
    if row.checked_at is None:
        return Standing("move", "Checking", "A worker looks whether the clearinghouse answers.")
    if row.trouble:
        return Standing("stop", "Trouble", row.trouble)
    if not row.host_key:
        return Standing("wait", "Key not trusted yet", "Compare the key with the one the clearinghouse published.")
    return Standing("done", "Works", "It answers, and lets you in.")


def key_of(row: Connection) -> str:
    """The fingerprint of the trusted key, or of the one that is offered."""
    return fingerprint(row.host_key or row.offered_host_key)


def is_confirmed(row: Connection) -> bool:
    """Whether somebody has seen this clearinghouse's layout work."""
    return layout_of(row.layout).confirmed
