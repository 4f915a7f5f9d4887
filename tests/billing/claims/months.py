"""Several sessions of one client, for tests of claims that ask for more than one."""

from __future__ import annotations

from typing import Any

from charting.models import Documentation
from clients.models import Client, Coverage
from practice.models import PayerRules
from scheduling.models import Attendance
from tests.billing.claims.cases import rules
from tests.billing.claims.hands import Post
from tests.scheduling.readiness import made

Who = tuple[Client, Coverage]


def together(post: Post, **facts: Any) -> PayerRules:
    """Keystone Mutual takes a client's sessions of a month on one claim."""
    return rules(post, **({"sessions": "together"} | facts))


def somebody(post: Post) -> Who:
    """A client with a plan, a diagnosis and twelve authorized visits."""
    post.numbers.append(1)
    return made.client(len(post.numbers), post.made["payer"])


def visit(post: Post, who: Who, days: int, **facts: Any) -> Attendance:
    """A documented session of the client so many days before Monday, November 16."""
    row = made.attendance(post.made, who, days, **facts)
    Documentation.objects.create(attendance=row, status="signed", text="Seen.", changed_at=made.START)
    return row
