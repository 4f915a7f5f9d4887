"""What changes who supervises whom."""

from __future__ import annotations

import datetime as dt

from django.db import transaction

from clinicians.circles import Link, closes
from clinicians.errors import TeamRefusedError
from clinicians.models import Clinician, Supervision
from clinicians.services._rows import locked
from clinicians.words import span
from practice.actors import Actor
from practice.overlaps import sharing_a_day
from practice.records import find, save_changed, save_new, today_of

_DAY = dt.timedelta(days=1)
_SHARED = "Somebody else supervises them on these days."


@transaction.atomic
def add_supervision(
    *,
    actor: Actor,
    clinician_id: int,
    supervisor_id: int,
    starts_on: dt.date,
    ends_on: dt.date | None = None,
    end_former: bool = False,
) -> Supervision:
    """Who supervises a clinician from a day on. `end_former` ends the supervision before on the day before."""
    actor.require("team:edit")
    today = today_of(actor)
    supervisee, supervisor = _pair(clinician_id, supervisor_id)
    row = Supervision(supervisee=supervisee, supervisor=supervisor, starts_on=starts_on, ends_on=ends_on)
    _refuse_pair(row)
    for other in _clashes(row):
        if not (end_former and other.starts_on < starts_on):
            raise TeamRefusedError(_both(row, other, today), "starts_on")
        save_changed("supervision.ended", actor, other, {"ends_on": starts_on - _DAY})
    _refuse_circle(row)
    with TeamRefusedError.instead_of("supervision_one_at_a_time", _SHARED, "starts_on"):
        save_new("supervision.added", actor, row)
    return row


@transaction.atomic
def change_supervision(
    *, actor: Actor, supervision_id: int, supervisor_id: int, starts_on: dt.date, ends_on: dt.date | None = None
) -> Supervision:
    """Corrects or ends a supervision."""
    actor.require("team:edit")
    row, today = find(Supervision, supervision_id), today_of(actor)
    supervisee, supervisor = _pair(row.supervisee_id, supervisor_id)
    wanted = Supervision(pk=row.pk, supervisee=supervisee, supervisor=supervisor, starts_on=starts_on, ends_on=ends_on)
    if supervisor_id != row.supervisor_id:
        _refuse_pair(wanted)
    _refuse_dates(wanted)
    for other in _clashes(wanted):
        raise TeamRefusedError(_both(wanted, other, today), "starts_on")
    _refuse_circle(wanted)
    values = {"supervisor": supervisor, "starts_on": starts_on, "ends_on": ends_on}
    with TeamRefusedError.instead_of("supervision_one_at_a_time", _SHARED, "starts_on"):
        save_changed("supervision.changed", actor, row, values)
    return row


def _pair(supervisee_id: int, supervisor_id: int) -> tuple[Clinician, Clinician]:
    """Both, after locking every clinician who supervises or may, in the order of their keys: circles need the whole."""
    ids = sorted({supervisee_id, supervisor_id})
    others = Clinician.objects.filter(can_supervise=True).values_list("pk", flat=True)
    wanted = sorted({*ids, *others})
    list(Clinician.objects.select_for_update(of=("self",)).filter(pk__in=wanted).order_by("pk"))
    return locked(supervisee_id), locked(supervisor_id)


def _refuse_pair(row: Supervision) -> None:
    if row.supervisee_id == row.supervisor_id:
        raise TeamRefusedError("Nobody supervises themselves.", "supervisor_id")
    if not row.supervisor.can_supervise:
        sentence = f"{row.supervisor.name} is not marked as someone who may supervise. Change that on their page first."
        raise TeamRefusedError(sentence, "supervisor_id")
    _refuse_dates(row)


def _refuse_dates(row: Supervision) -> None:
    TeamRefusedError.if_reversed(row.starts_on, row.ends_on, "The last day is before the first.", "ends_on")


def _refuse_circle(row: Supervision) -> None:
    others = Supervision.objects.exclude(pk=row.pk or 0)
    links = [Link(other.supervisee_id, other.supervisor_id, other.starts_on, other.ends_on) for other in others]
    circle = closes(Link(row.supervisee_id, row.supervisor_id, row.starts_on, row.ends_on), links)
    if circle:
        names = {found.pk: found.name for found in Clinician.objects.filter(pk__in=circle)}
        chain = ", who is supervised by ".join(names[pk] for pk in circle)
        raise TeamRefusedError(
            f"That would be a circle on some days: {row.supervisee.name} would be supervised by {chain}.",
            "supervisor_id",
        )


def _clashes(row: Supervision) -> list[Supervision]:
    others = Supervision.objects.filter(supervisee_id=row.supervisee_id).exclude(pk=row.pk or 0)
    return list(sharing_a_day(others, row.starts_on, row.ends_on).select_related("supervisor").order_by("starts_on"))


def _both(row: Supervision, other: Supervision, today: dt.date) -> str:
    return (
        f"{row.supervisor.name} {span(row.starts_on, row.ends_on, today)} and {other.supervisor.name} "
        f"{span(other.starts_on, other.ends_on, today)} share days. "
        "End the former on the day before, or choose other dates."
    )
