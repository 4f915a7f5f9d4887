"""Takes back clinicians who were brought over from files of a former system."""

from __future__ import annotations

from collections.abc import Collection

from django.db import transaction
from django.db.models import ProtectedError

from clinicians.errors import TeamRefusedError
from clinicians.models import Clinician
from practice import audit
from practice.actors import Actor


@transaction.atomic
def take_back_clinicians(*, actor: Actor, ids: Collection[int]) -> int:
    """Takes people off the team again. TeamRefusedError names the first one with sessions, clients or entries."""
    actor.require("team:edit")
    rows = list(Clinician.objects.select_for_update(of=("self",)).filter(pk__in=ids).order_by("pk"))
    for row in rows:
        audit.record("clinician.removed", actor=actor, row=row, before=audit.snapshot(row))
        try:
            Clinician.objects.filter(pk=row.pk).delete()
        except ProtectedError as error:
            first = next(iter(error.protected_objects))
            words = f"{row.name} has something that was added since (a {first._meta.verbose_name})."
            raise TeamRefusedError(f"{words} Take that back first.") from error
    return len(rows)
