"""Connects the demo's practices to the sandbox payer, as their owners would: add, look, compare the key, trust it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

from django.db import transaction

from billing.connections import checking, selectors, services
from desk.demo import accounts
from desk.demo.cast import FERNHOLLOW, RIVERMARK, Business
from practice.access import Access
from practice.tenancy.context import practice_context

NAME: Final = "Sandbox payer"
API_NAME: Final = "Sandbox payer (API)"
_LOGINS: Final = {FERNHOLLOW: "fernhollow", RIVERMARK: "rivermark"}
_API_KEY: Final = "sandbox-key-"
_PASSWORD: Final = "sandbox-only"  # noqa: S105 - the sandbox's own scenario names it


class UnknownKeyError(RuntimeError):
    """The server that answers shows another key than the sandbox payer wrote down."""


@dataclass(frozen=True, slots=True)
class Doorway:
    """Where the sandbox payer answers, and its host key, as it wrote them down itself.

    Without an `api_port` it is asked over SFTP alone, as while the demo's past is made.
    """

    port: int
    host_key: str
    api_port: int | None = None


def connect(doorway: Doorway) -> None:
    """Brings every practice of the demo in step with where the sandbox payer is; changes nothing twice."""
    for business in _LOGINS:
        owner = accounts.enter(business)
        number = _connection(owner, business, doorway)
        if number is not None:
            checking.check(owner.practice.pk, str(number))
            _trust(owner, number, doorway)
        ask_at_once(owner, _LOGINS[business], doorway)


def ask_at_once(owner: Access, login: str, doorway: Doorway) -> None:
    """Brings the way in over HTTP in step, by which payers are asked at once; nothing while the demo's past is made."""
    number = _api(owner, login, doorway) if doorway.api_port else None
    if number is not None:
        checking.check(owner.practice.pk, str(number))


def _api(owner: Access, login: str, doorway: Doorway) -> int | None:
    """The number of the second way in, by which the payer is asked at once; None where it is as it should be."""
    with transaction.atomic(), practice_context(owner.practice.pk):
        row = next((one for one, _, _ in selectors.connections() if one.name == API_NAME), None)
        if row is None:
            facts = _api_facts(login, doorway)
            return services.add_connection(actor=owner.actor, password=_API_KEY + login, **facts).pk
        if row.port == doorway.api_port:
            return None
        facts = {name: getattr(row, name) for name in services.FACTS} | {"port": doorway.api_port}
        services.change_connection(actor=owner.actor, connection_id=row.pk, **facts)
        return row.pk


def _connection(owner: Access, business: Business, doorway: Doorway) -> int | None:
    """The connection's number where its key must still be trusted; None where all is as it should be."""
    with transaction.atomic(), practice_context(owner.practice.pk):
        row = next((one for one, _, _ in selectors.connections() if one.name == NAME), None)
        if row is None:
            return services.add_connection(actor=owner.actor, password=_PASSWORD, **_facts(business, doorway)).pk
        if row.port != doorway.port:
            facts = {name: getattr(row, name) for name in services.FACTS} | {"port": doorway.port}
            services.change_connection(actor=owner.actor, connection_id=row.pk, **facts)
        elif row.host_key and not _is_same(row.host_key, doorway.host_key):
            services.forget_key(actor=owner.actor, connection_id=row.pk)
        elif row.host_key:
            return None
        return row.pk


def _trust(owner: Access, number: int, doorway: Doorway) -> None:
    """Compares the key that was offered with the one the sandbox payer wrote down, and pins it."""
    with transaction.atomic(), practice_context(owner.practice.pk):
        row = next(one for one, _, _ in selectors.connections() if one.pk == number)
        if not _is_same(row.offered_host_key, doorway.host_key):
            raise UnknownKeyError(f"What answers at port {doorway.port} is not this installation’s sandbox payer.")
        services.trust_key(actor=owner.actor, connection_id=number)


def _facts(business: Business, doorway: Doorway) -> dict[str, Any]:
    known, login = services.defaults_of("sandbox"), _LOGINS[business]
    own = {"name": NAME, "port": doorway.port, "username": login, "submitter_id": login.upper(), "usage": "T"}
    return known | own


def _api_facts(login: str, doorway: Doorway) -> dict[str, Any]:
    """Control numbers are counted for each submitter: this way in has one of its own."""
    own = {"name": API_NAME, "port": doorway.api_port, "submitter_id": f"{login.upper()}-API", "usage": "T"}
    return services.defaults_of("sandbox_api") | own


def _is_same(one: str, other: str) -> bool:
    """Whether two public keys are one, whatever is remarked behind them."""
    return one.split()[:2] == other.split()[:2]
