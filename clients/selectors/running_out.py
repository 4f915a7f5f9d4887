"""Authorizations that are nearly used up or end soon while no other one follows."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.db.models import Q

from clients.authorizations import Standing, Use, use, used_units
from clients.models import Authorization, Client
from clients.policies import visible_clients
from practice.actors import Actor

_GOOD = frozenset({Standing.AHEAD, Standing.FINE})


@dataclass(frozen=True, slots=True)
class RunningOut:
    """One authorization that somebody must renew."""

    authorization: Authorization
    client: Client
    payer: str
    use: Use


def running_out(actor: Actor, today: dt.date) -> list[RunningOut]:
    """Those of the actor's active clients, the first to end first; at most four queries."""
    rows = _current(actor, today)
    used = used_units([row.pk for row in rows])
    uses = {row.pk: _use(row, used[row.pk], today) for row in rows}
    followed = {row.coverage_id for row in rows if _is_good(uses[row.pk])}
    return [
        RunningOut(row, row.coverage.client, row.coverage.payer.name, uses[row.pk])
        for row in rows
        if row.coverage_id not in followed and row.starts_on <= today
    ]


def _current(actor: Actor, today: dt.date) -> list[Authorization]:
    running = Q(coverage__ends_on=None) | Q(coverage__ends_on__gte=today)
    clients = visible_clients(actor).filter(status=Client.Status.ACTIVE)
    rows = Authorization.objects.filter(running, ends_on__gte=today, coverage__client__in=clients.values("pk"))
    return list(rows.select_related("coverage__client", "coverage__payer").order_by("ends_on", "pk"))


def _use(row: Authorization, used: int, today: dt.date) -> Use:
    return use(units=row.units, used=used, starts_on=row.starts_on, ends_on=row.ends_on, today=today)


def _is_good(found: Use) -> bool:
    return found.standing in _GOOD and not found.ends_soon
