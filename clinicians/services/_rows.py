"""What every change to a clinician's file does: find and lock the row, and write down what became of it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Any, TypeVar

from django.http import Http404

from clinicians.errors import TeamRefusedError
from clinicians.models import Clinician
from practice import audit, clock
from practice.actors import Actor
from practice.models import Practice
from practice.tenancy.base import TenantModel

_Row = TypeVar("_Row", bound=TenantModel)


def today_of(actor: Actor) -> dt.date:
    """The present date where the actor's practice is."""
    return clock.today(Practice.objects.get(pk=actor.practice_id))


def locked(clinician_id: int) -> Clinician:
    """The clinician, locked: whoever changes the file of one clinician waits for the other. Http404 when not there."""
    found = Clinician.objects.select_for_update(of=("self",)).filter(pk=clinician_id).first()
    if found is None:
        raise Http404
    return found


def find(model: type[_Row], pk: int) -> _Row:
    """A row of the file; Http404 when not there."""
    found: _Row | None = model.objects.filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


def fill(row: TenantModel, values: dict[str, Any]) -> None:
    """Sets the values on the row."""
    for name, value in values.items():
        setattr(row, name, value)


def save_new(action: str, actor: Actor, row: TenantModel) -> None:
    """Inserts the row and writes it down."""
    row.save()
    audit.record(action, actor=actor, row=row, after=audit.snapshot(row))


def save_changed(action: str, actor: Actor, row: TenantModel, values: dict[str, Any]) -> None:
    """Changes the row and writes down what changed; nothing happens when nothing did."""
    before, encrypted = audit.snapshot(row), _encrypted(row, values)
    fill(row, values)
    was, became = audit.changes(before, audit.snapshot(row))
    if not became and not encrypted:
        return
    row.save(update_fields=list(values))
    audit.record(action, actor=actor, row=row, before=was, after=became | dict.fromkeys(encrypted, "changed"))


def refuse_reversed(first: dt.date | None, last: dt.date | None, sentence: str, field: str) -> None:
    """TeamRefusedError when the second date lies before the first."""
    if first is not None and last is not None and last < first:
        raise TeamRefusedError(sentence, field)


def _encrypted(row: TenantModel, values: dict[str, Any]) -> Iterable[str]:
    """The encrypted fields among the values that become something else; the trail never shows their content."""
    sealed = {field.name for field in row._meta.concrete_fields if getattr(field, "is_encrypted", False)}
    return [name for name, value in values.items() if name in sealed and getattr(row, name) != value]
