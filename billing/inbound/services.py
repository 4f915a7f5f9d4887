"""Takes a file in: stored before anybody looks into it, and planned to be read."""

from __future__ import annotations

import datetime as dt
import hashlib
from typing import Final

from django.db import transaction
from django.http import Http404

from billing.models import Connection, InboundFile
from practice import audit, clock, due, files, states, tasks
from practice.actors import Actor
from practice.models import Practice, StoredFile

KIND: Final = "inbound.read"
_SECOND_BELL: Final = dt.timedelta(minutes=1)
_TEXT: Final = frozenset({"text/plain", "application/octet-stream"})


@transaction.atomic
def receive(
    content: bytes, *, name: str, source: str, connection: Connection | None, actor: Actor, practice: Practice
) -> InboundFile:
    """Keeps a file and plans its reading; the same bytes a second time are kept as a note that they arrived again.

    Raises practice.files.FileRefusedError for a file that is empty or too large, and for an upload that is no text.
    """
    actor.require("claims:edit", "remittances:edit")
    lock_practice(practice.pk)
    digest = hashlib.sha256(content).hexdigest()
    first = InboundFile.objects.filter(sha256=digest).order_by("pk").select_related("file").first()
    known = first is not None
    row = InboundFile.objects.create(
        connection=connection,
        file=first.file if first is not None else _store(content, name, source, actor),
        source=source,
        name=name[-200:],
        sha256=digest,
        status=InboundFile.Status.DUPLICATE if known else InboundFile.Status.STORED,
        trouble=_before(first, practice) if first is not None else "",
        received_at=clock.now(),
        made_by_name=actor.name,
    )
    states.record_first([row], actor=actor)
    audit.record("inbound.received", actor=actor, row=row, after={"name": row.name, "source": source})
    if not known:
        _plan(row, practice)
    return row


@transaction.atomic
def read_again(inbound_id: int, *, actor: Actor, practice: Practice) -> InboundFile:
    """Reads a file once more that could not be read; InvalidTransitionError for any other."""
    actor.require("claims:edit", "remittances:edit")
    row = InboundFile.objects.select_for_update(no_key=True, of=("self",)).filter(pk=inbound_id).first()
    if row is None:
        raise Http404
    states.transition(row, InboundFile.Status.STORED, actor=actor, reason="Read again")
    row.trouble = ""
    row.save(update_fields=["trouble"])
    audit.record("inbound.read_again", actor=actor, row=row)
    _plan(row, practice)
    return row


def lock_practice(practice_id: int) -> None:
    """One file of a practice at a time is taken in or read; other work of the practice goes on."""
    Practice.objects.select_for_update(no_key=True).get(pk=practice_id)


def _store(content: bytes, name: str, source: str, actor: Actor) -> StoredFile:
    accepts = _TEXT if source == InboundFile.Source.UPLOAD and b"ISA" not in content else None
    return files.store(content, name=name, actor=actor, accepts=accepts)


def _before(first: InboundFile, practice: Practice) -> str:
    moment = clock.local(practice, first.received_at)
    return f"The same file arrived on {moment:%b} {moment.day}, {moment.year} as {first.name}."[:300]


def _plan(row: InboundFile, practice: Practice) -> None:
    due.plan(KIND, practice_id=practice.pk, object_id=row.pk, due_at=clock.now() + _SECOND_BELL)
    number = str(row.pk)
    transaction.on_commit(lambda: tasks.perform.apply_async(args=(KIND, practice.pk, number), retry=False), robust=True)
