"""Takes payers and services out of the set-up again that files of a former system brought, where nothing names them."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import Final

from django.db import transaction
from django.db.models.fields.reverse_related import ManyToOneRel

from practice import audit
from practice.actors import Actor
from practice.models import AuditEvent, PracticePayer, Service
from practice.tenancy.base import TenantModel

_UNSEEN: Final = "you may not see what payers agreed to pay, which may name it"
_TOUCHED: Final = ("payer.changed", "payer.connected", "payer.switched", "service.changed", "service.switched")


@transaction.atomic
def take_back(*, actor: Actor, payer_ids: Collection[int], service_ids: Collection[int]) -> list[str]:
    """Removes those that nothing names and nobody changed since; of the others, a sentence each why it stays."""
    actor.require("practice:edit")
    rows = [*_locked(Service, service_ids), *_locked(PracticePayer, payer_ids)]
    stays = []
    for row in rows:
        if why := _why_not(row, actor):
            stays.append(f"{row} stays: {why}.")
        else:
            kind = "payer" if isinstance(row, PracticePayer) else "service"
            audit.record(f"{kind}.removed", actor=actor, row=row, before=audit.snapshot(row))
            row.delete()
    return stays


def _locked(model: type[PracticePayer | Service], ids: Collection[int]) -> Iterator[PracticePayer | Service]:
    yield from model.objects.select_for_update().filter(pk__in=ids).order_by("pk")


def _why_not(row: PracticePayer | Service, actor: Actor) -> str:
    """What stands against removing it; empty for nothing. Agreed rates behind their wall could not be seen."""
    if not actor.rates:
        return _UNSEEN
    if named := _named_by(row):
        return named
    changed = AuditEvent.objects.filter(kind=row._meta.label_lower, object_id=str(row.pk), action__in=_TOUCHED)
    return "it was changed here since" if changed.exists() else ""


def _named_by(row: TenantModel) -> str:
    """`2 coverages name it`: whatever has a relation to it, in any room."""
    for relation in row._meta.get_fields(include_hidden=True):
        if not isinstance(relation, ManyToOneRel) or not issubclass(relation.related_model, TenantModel):
            continue
        count = relation.related_model.objects.filter(**{relation.field.name: row.pk}).count()
        if count:
            meta = relation.related_model._meta
            return f"1 {meta.verbose_name} names it" if count == 1 else f"{count:,} {meta.verbose_name_plural} name it"
    return ""
