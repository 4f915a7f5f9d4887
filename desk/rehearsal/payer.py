"""The practice meets the sandbox payer: its owner adds the connection, compares the key it shows, and trusts it."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any, Final

from billing.connections import selectors, services
from desk.rehearsal import plan
from desk.rehearsal.building import Made
from desk.rehearsal.waiting import RehearsalError, until
from desk.rehearsal.weeks import at
from practice import clock

LAYOUT: Final = "sandbox"
LOGIN: Final = {"username": "caseload", "password": "sandbox-only"}  # as clean.toml has it
WORKS: Final = "done"


@dataclass(frozen=True, slots=True)
class Doorway:
    """Where the sandbox payer answers, and the key it says it has."""

    port: int
    host_key: str


def connect(made: Made, doorway: Doorway) -> None:
    """Adds the connection, waits until a worker has seen its key, trusts it, and waits until it works."""
    owner = made.staff.owner
    moment = clock.instant(owner.practice, plan.BILLED_ON, dt.time(9))
    with at(owner, moment):
        facts = services.defaults_of(LAYOUT) | LOGIN | {"port": doorway.port, "submitter_id": "REHEARSAL", "usage": "T"}
        number = services.add_connection(actor=owner.actor, **facts).pk
    until(lambda: bool(_seen(made, moment, number)[0].offered_host_key), "the key of the sandbox payer")
    if not _is_same(_seen(made, moment, number)[0].offered_host_key, doorway.host_key):
        raise RehearsalError("What answers is not the sandbox payer of this rehearsal: it shows another key.")
    with at(owner, moment):
        services.trust_key(actor=owner.actor, connection_id=number)
    until(lambda: _seen(made, moment, number)[1].kind == WORKS, "a line to the sandbox payer that works")


def _seen(made: Made, moment: dt.datetime, number: int) -> tuple[Any, selectors.Standing]:
    """The connection as its page shows it."""
    with at(made.staff.owner, moment):
        return next((row, standing) for row, standing, _ in selectors.connections() if row.pk == number)


def _is_same(one: str, other: str) -> bool:
    """Whether two public keys are one, whatever is remarked behind them."""
    return one.split()[:2] == other.split()[:2]
