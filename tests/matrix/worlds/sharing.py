"""A connection that others send through, one of somebody else, and an answer that is nobody's."""

from __future__ import annotations

import datetime as dt
from typing import Any

from billing.models import Connection, InboundFile, InboundTransaction, SharedConnection
from practice import clock, files
from practice.actors import Actor
from practice.models import Affiliation, Practice
from practice.tenancy.context import practice_context
from tests.billing.claims.hands import connect
from tests.matrix.world import World, builds

TA1 = (
    b"ISA*00*          *00*          *ZZ*SANDBOX        *ZZ*FERN01         *261117*1200*^*00501*000000009*0*T*:~"
    b"TA1*000000777*261117*1200*A*000~IEA*0*000000009~"
)


@builds
def sharing(world: World, practice: Practice) -> dict[str, Any]:
    """`served`, `share`, `offered_connection`, `through_connection`, `unassigned_part`, `part_aside`."""
    served = Practice.objects.create(name=f"Served by {practice.name}", slug=f"served-{practice.slug}")
    Affiliation.objects.create(
        organization=practice, practice=served, starts_on=dt.date(2026, 1, 1), permissions=["claims:edit"]
    )
    row = world.one(practice, "connection")
    with practice_context(served.pk, phi=True):
        through = {"through_id": practice.pk, "through_connection_id": row.pk, "through_name": practice.name}
        connect(name="Through it", offered_at=clock.now(), chosen_at=clock.now(), **through)
    share = _share(row, served, chosen=True)
    kept = files.store(TA1, name="nobody.ta1", actor=Actor.system(practice.pk))
    facts = {"name": "nobody.ta1", "sha256": kept.sha256, "received_at": clock.now(), "source": "connection"}
    inbound = InboundFile.objects.create(connection=row, file=kept, status="read", made_by_name="Caseload", **facts)
    said = {"inbound": inbound, "kind": "TA1", "summary": "It speaks of nothing of ours."}
    parts = {
        "unassigned_part": InboundTransaction.objects.create(position=1, status="unmatched", **said),
        "part_aside": InboundTransaction.objects.create(position=2, status="set_aside", **said),
    }
    lines = {"offered_connection": _through(world, practice, chosen=False)}
    lines["through_connection"] = _through(world, practice, chosen=True)
    return {"served": served, "share": share} | parts | lines


def _through(world: World, practice: Practice, *, chosen: bool) -> Connection:
    """A connection of Northlight's, and the practice's side of it."""
    northlight, name = world.people.northlight, f"{practice.name} {'chosen' if chosen else 'offered'}"
    with practice_context(northlight.pk, phi=True):
        theirs = connect(name=name, is_default=False)
        _share(theirs, practice, chosen=chosen)
    through = {"through_id": northlight.pk, "through_connection_id": theirs.pk, "through_name": northlight.name}
    at = {"offered_at": clock.now(), "chosen_at": clock.now() if chosen else None}
    return connect(name=name, is_default=False, is_active=chosen, **through, **at)


def _share(row: Connection, practice: Practice, *, chosen: bool) -> SharedConnection:
    return SharedConnection.objects.create(
        connection=row,
        for_practice=practice.pk,
        practice_name=practice.name,
        offered_at=clock.now(),
        offered_by_name="Olga Northlight",
        chosen_at=clock.now() if chosen else None,
    )
