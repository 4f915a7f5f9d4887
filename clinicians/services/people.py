"""What changes who is on the team."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.db import transaction

from clinicians.errors import TeamRefusedError
from clinicians.models import Clinician, Engagement, Supervision
from clinicians.services._rows import locked
from clinicians.words import and_so_on, short
from practice.actors import Actor
from practice.models import Credential
from practice.models.setup import CredentialLevel
from practice.records import save_changed, save_new, today_of

_TAKEN = "Another clinician here has this NPI."
_LEVELS = {"supervised": CredentialLevel.ASSOCIATE.value}


def suggestion(credentials: str) -> tuple[str, str]:
    """The level and the taxonomy that the first known letters usually mean; empty where nothing is known."""
    letters = [part.strip() for part in credentials.replace("/", ",").replace(" ", ",").split(",") if part.strip()]
    known = {row.abbreviation.casefold(): row for row in Credential.objects.all()} if letters else {}
    for part in letters:
        row = known.get(part.casefold())
        if row is not None:
            return _level(row), row.taxonomy
    return "", ""


@transaction.atomic
def add_clinician(
    *, actor: Actor, engagement: str, starts_on: dt.date, credentials: str = "", **values: Any
) -> Clinician:
    """Puts somebody on the team with their first terms of work. TeamRefusedError when the NPI is taken.

    Where no level or taxonomy is given, the letters behind the name suggest them.
    """
    actor.require("team:edit")
    level, taxonomy = suggestion(credentials)
    values["level"] = values.get("level") or level
    values["taxonomy"] = values.get("taxonomy") or taxonomy
    clinician = Clinician(starts_on=starts_on, credentials=credentials, **values)
    _refuse_npi(clinician.npi)
    with TeamRefusedError.instead_of("clinician_npi_once", _TAKEN, "npi"):
        save_new("clinician.added", actor, clinician)
    save_new("engagement.added", actor, Engagement(clinician=clinician, kind=engagement, starts_on=starts_on))
    return clinician


@transaction.atomic
def change_clinician(*, actor: Actor, clinician_id: int, **values: Any) -> Clinician:
    """Changes who somebody is on claims and how they are reached. TeamRefusedError says what stands against it."""
    actor.require("team:edit")
    clinician = locked(clinician_id)
    _refuse_npi(values.get("npi", ""), but=clinician_id)
    TeamRefusedError.if_reversed(
        values.get("starts_on"), clinician.ends_on, "They would start after the day they left.", "starts_on"
    )
    if clinician.can_supervise and values.get("can_supervise") is False:
        _refuse_while_supervising(clinician, today_of(actor))
    with TeamRefusedError.instead_of("clinician_npi_once", _TAKEN, "npi"):
        save_changed("clinician.changed", actor, clinician, values)
    return clinician


@transaction.atomic
def end_work(*, actor: Actor, clinician_id: int, ends_on: dt.date) -> Clinician:
    """Says on which day somebody leaves. Nothing else ends by itself; the page names what stays open."""
    actor.require("team:edit")
    clinician = locked(clinician_id)
    TeamRefusedError.if_reversed(clinician.starts_on, ends_on, "That is before the day they started.", "ends_on")
    save_changed("clinician.left", actor, clinician, {"ends_on": ends_on})
    return clinician


@transaction.atomic
def return_to_work(*, actor: Actor, clinician_id: int) -> Clinician:
    """Takes back that somebody left."""
    actor.require("team:edit")
    clinician = locked(clinician_id)
    save_changed("clinician.returned", actor, clinician, {"ends_on": None})
    return clinician


def _level(row: Credential) -> str:
    """The level by which fee schedules know the letters: psychologists have one of their own."""
    if row.profession == "psychologist" and row.level == CredentialLevel.INDEPENDENT:
        return CredentialLevel.PSYCHOLOGIST.value
    level = _LEVELS.get(row.level, row.level)
    return level if level in CredentialLevel.values else ""


def _refuse_npi(npi: str, *, but: int | None = None) -> None:
    if not npi:
        return
    other = Clinician.objects.filter(npi=npi).exclude(pk=but or 0).first()
    if other is not None:
        raise TeamRefusedError(f"{other.name} has this NPI already.", "npi")


def _refuse_while_supervising(clinician: Clinician, today: dt.date) -> None:
    rows = Supervision.objects.filter(supervisor=clinician).select_related("supervisee").order_by("starts_on")
    running = [row for row in rows if row.ends_on is None or row.ends_on >= today]
    if running:
        names = and_so_on([f"{row.supervisee.name} (since {short(row.starts_on, today)})" for row in running])
        raise TeamRefusedError(f"{clinician.name} supervises {names}. End that first.", "can_supervise")
