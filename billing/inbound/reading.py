"""Reads a stored file and applies what stands in it, in one transaction: done twice it is done once."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from django.db import DatabaseError, OperationalError, transaction

from billing.inbound import applying, handing
from billing.inbound.services import KIND, lock_practice
from billing.models import InboundFile, InboundTransaction
from edi.errors import UnreadableError, X12Error
from edi.interchanges import Defect, Group, Interchange, Transaction
from edi.reading import read
from edi.segments import Segment
from practice import audit, due, files, states
from practice.actors import Actor
from practice.tenancy.context import practice_context

_log = logging.getLogger(__name__)
MOST_PARTS: Final = 2000
"""More transactions than any file holds that a clearinghouse makes; each of them takes a worker some time."""
_MISTAKES: Final = (ValueError, LookupError, TypeError, ArithmeticError, AttributeError, DatabaseError)
_OURS: Final = "This could not be read because of an error on our side. It is kept, and nothing of it was applied."


@due.handles(KIND)
def perform(practice_id: int, object_id: str) -> None:
    """Reads one file. One that was read, or is a duplicate, is left alone."""
    with transaction.atomic(), practice_context(practice_id, phi=True):
        lock_practice(practice_id)
        rows = InboundFile.objects.select_for_update(no_key=True, of=("self",))
        row = rows.filter(pk=int(object_id)).select_related("connection", "file").first()
        if row is not None and row.status == InboundFile.Status.STORED:
            _read(row, Actor.system(practice_id))
        due.done(KIND, practice_id=practice_id, object_id=object_id)


@dataclass(frozen=True, slots=True)
class Part:
    """A TA1 or a transaction, where it stands."""

    interchange: Interchange
    group: Group | None
    transaction: Transaction | None
    ta1: Segment | None


def _read(row: InboundFile, actor: Actor) -> None:
    try:
        interchanges = read(files.read(row.file))
    except UnreadableError as error:
        _unreadable(row, error, actor)
        return
    count = sum(len(found.tas) + len(found.transactions) for found in interchanges)
    if count > MOST_PARTS:
        words = f"It holds {count:,} transactions; at most {MOST_PARTS:,} of one file are read. Ask for smaller files."
        _unreadable(row, UnreadableError(words), actor)
        return
    row.defects = applying.capped([_defect(one) for found in interchanges for one in found.defects])
    row.save(update_fields=["defects"])
    states.transition(row, InboundFile.Status.READ, actor=actor)
    for position, part in enumerate(parts(interchanges), 1):
        _apply(row, position, part, actor)
    audit.record("inbound.read", actor=actor, row=row)


def parts(interchanges: list[Interchange]) -> Iterator[Part]:
    """What stands in a file, in the order in which it is applied and numbered."""
    for interchange in interchanges:
        for ta1 in interchange.tas:
            yield Part(interchange, None, None, ta1)
        for group in interchange.groups:
            for one in group.transactions:
                yield Part(interchange, group, one, None)


def _apply(row: InboundFile, position: int, part: Part, actor: Actor) -> None:
    """Applies one part in a savepoint of its own: what fails is set down as unreadable, the others go on.

    An organization applies nothing: it hands over what is its practices'.
    """
    case = applying.Case(row, position, part.interchange, actor)
    try:
        with transaction.atomic():
            if handing.is_for_others(row.practice_id):
                _pass_on(case, part)
            elif part.ta1 is not None:
                applying.apply_ta1(case, part.ta1)
            elif part.transaction is not None:
                applying.apply_transaction(case, part.transaction)
    except X12Error as error:
        _keep_unreadable(case, part, f"{_place(error)}{error}")
    except OperationalError:
        raise
    except _MISTAKES:
        _log.exception("A transaction of inbound file %s was not applied.", row.pk)
        _keep_unreadable(case, part, _OURS)


def _pass_on(case: applying.Case, part: Part) -> None:
    if part.ta1 is not None:
        handing.apply_ta1(case, part.ta1)
    elif part.transaction is not None and part.group is not None:
        handing.apply(case, part.group, part.transaction)


def part_at(row: InboundTransaction) -> Part:
    """The part of the stored file that a row is about."""
    found = parts(read(files.read(row.inbound.file)))
    return next(part for position, part in enumerate(found, 1) if position == row.position)


def _keep_unreadable(case: applying.Case, part: Part, reason: str) -> None:
    kind = applying.kind_of(part.transaction) if part.transaction else InboundTransaction.Kind.TA1
    control = applying.control_of(part.transaction, part.interchange)
    applying.write(case, kind, control, InboundTransaction.Status.UNREADABLE, reason)


def _unreadable(row: InboundFile, error: UnreadableError, actor: Actor) -> None:
    row.trouble = f"{_place(error)}{error.reason}"[:300]
    row.save(update_fields=["trouble"])
    states.transition(row, InboundFile.Status.UNREADABLE, actor=actor, reason=row.trouble)
    audit.record("inbound.unreadable", actor=actor, row=row, after={"reason": row.trouble})


def _place(error: X12Error) -> str:
    segment = getattr(error, "segment", 0)
    tag = getattr(error, "tag", "")
    return f"Segment {segment}{f' ({tag})' if tag else ''}: " if segment else ""


def _defect(defect: Defect) -> str:
    return f"Segment {defect.segment} ({defect.tag}): {defect.words}" if defect.segment else defect.words
