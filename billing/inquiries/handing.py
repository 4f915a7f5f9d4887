"""The practice's side: a question (270, 276) is handed to the organization whose connection it is, with its number.

The organization asks under its own login and hands over what came, by kind: `billing.eligibility.through` and
`billing.statuses.through` take it in.
"""

from __future__ import annotations

import datetime as dt
from typing import Final

from billing.models import Connection
from practice import exchange
from practice.actors import Actor
from practice.exchange import Delivery, NotHandedOverError

ASKED: Final = "inquiry.asked"
ELIGIBILITY: Final = "270"
CLAIM_STATUS: Final = "276"
ANSWERED: Final = {ELIGIBILITY: "eligibility.answered", CLAIM_STATUS: "claim_status.answered"}
PATIENCE: Final = dt.timedelta(hours=1)
"""How long an organization may take: its worker waits for its turn too."""


def hand(kind: str, connection: Connection, *, check_id: int, control: int, inquiry: bytes, actor: Actor) -> None:
    """Hands a question over in the caller's transaction; NotHandedOverError where the organization asks none for us."""
    if connection.through_id is None or connection.through_connection_id is None:
        raise NotHandedOverError(f"{connection.name} is nobody else’s connection.")
    payload: exchange.Payload = {
        "connection": connection.through_connection_id,
        "kind": kind,
        "check": check_id,
        "control_number": f"{control:09}",
        "content": inquiry,
    }
    exchange.hand_over(ASKED, actor=actor, to=connection.through_id, payload=payload)


def is_from_its_organization(delivery: Delivery, connection_id: int | None) -> bool:
    """Whether an answer comes from the organization that the question was handed to."""
    if connection_id is None:
        return False
    return Connection.objects.filter(pk=connection_id, through_id=delivery.sender.pk).exists()
