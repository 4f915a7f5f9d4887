"""A file that waits for its columns, one that can be brought over, and one that was."""

from __future__ import annotations

from typing import Any

from desk.imports import services
from desk.imports.applying import apply, stages
from desk.imports.bringing import Bringing
from desk.imports.looking import planned
from desk.imports.offered import Offered
from desk.models import ImportRun
from practice.actors import Actor
from practice.models import Practice
from tests.matrix.world import World, builds

_CLIENTS = b"First name,Last name\nAna,Vega\n"


@builds
def imports(world: World, practice: Practice) -> dict[str, Any]:
    """`open_import` is mapped and ready, `unmapped_import` not, `done_import` brought one client over."""
    actor = Actor.system(practice.pk)
    unmapped = services.upload(actor=actor, practice=practice, name="who.csv", content=b"A,B\nAna,Vega\n")
    ready, done = (_mapped(actor, practice, name) for name in ("ready.csv", "done.csv"))
    bringing = Bringing(done, actor, practice, planned(done, actor=actor, practice=practice), Offered(actor))
    for kind, rows in stages(bringing.plan):
        apply(bringing, kind, rows)
    ImportRun.objects.filter(pk=done.pk).update(status=ImportRun.Status.DONE, result=dict(bringing.counts))
    return {"unmapped_import": unmapped, "open_import": ready, "done_import": done}


def _mapped(actor: Actor, practice: Practice, name: str) -> ImportRun:
    content = _CLIENTS.replace(b"Ana", name.encode())
    run = services.upload(actor=actor, practice=practice, name=name, content=content)
    fields = ["client.first_name", "client.last_name"]
    return services.say_columns(
        actor=actor, practice=practice, run_id=run.pk, kinds=["clients"], fields=fields, source=""
    )
