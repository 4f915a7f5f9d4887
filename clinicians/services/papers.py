"""What changes the licenses and documents of a clinician, and who took a look at a scan."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any, Final

from django.db import transaction

from clinicians.errors import TeamRefusedError
from clinicians.expiry import CAQH_GOOD_FOR
from clinicians.models import ClinicianDocument, License
from clinicians.policies import visible_clinicians
from clinicians.services._rows import locked
from practice import audit, files
from practice.actors import Actor
from practice.files import FileRefusedError
from practice.models import PracticeFile
from practice.records import find, save_changed, save_new

ACCEPTED: Final = frozenset({"application/pdf", "image/jpeg", "image/png"})
_TWICE = "This license is on file already. Change the one that is there."
_REVERSED = "It would end before it was issued."


@dataclass(frozen=True, slots=True)
class Upload:
    """A scan as it came from the browser."""

    name: str
    content: bytes


@transaction.atomic
def add_license(*, actor: Actor, clinician_id: int, upload: Upload | None = None, **values: Any) -> License:
    """Puts a license on file. TeamRefusedError when it is there already or its dates are reversed."""
    actor.require("team:edit")
    row = License(clinician=locked(clinician_id), **values)
    _refuse_license(row)
    row.document = _keep(actor, upload)
    with TeamRefusedError.instead_of("license_once", _TWICE, "number"):
        save_new("license.added", actor, row)
    return row


@transaction.atomic
def change_license(*, actor: Actor, license_id: int, upload: Upload | None = None, **values: Any) -> License:
    """Changes a license; a new scan replaces the one that was shown, which is kept."""
    actor.require("team:edit")
    row = find(License, license_id)
    locked(row.clinician_id)
    _refuse_license(License(pk=row.pk, clinician_id=row.clinician_id, **values))
    with TeamRefusedError.instead_of("license_once", _TWICE, "number"):
        save_changed("license.changed", actor, row, values | _replaced(actor, upload))
    return row


@transaction.atomic
def add_document(*, actor: Actor, clinician_id: int, upload: Upload | None = None, **values: Any) -> ClinicianDocument:
    """Puts a paper on file. A CAQH attestation without an end is good for 120 days."""
    actor.require("team:edit")
    row = ClinicianDocument(clinician=locked(clinician_id), **_dated(values))
    _refuse_document(values)
    row.document = _keep(actor, upload)
    save_new("clinician_document.added", actor, row)
    return row


@transaction.atomic
def change_document(
    *, actor: Actor, document_id: int, upload: Upload | None = None, **values: Any
) -> ClinicianDocument:
    """Changes a paper; a new scan replaces the one that was shown, which is kept."""
    actor.require("team:edit")
    row = find(ClinicianDocument, document_id)
    locked(row.clinician_id)
    _refuse_document(values)
    save_changed("clinician_document.changed", actor, row, _dated(values) | _replaced(actor, upload))
    return row


@transaction.atomic
def open_scan(*, actor: Actor, row: License | ClinicianDocument) -> tuple[PracticeFile, bytes]:
    """The scan of a paper whose clinician the actor may see; LookupError when there is none. Written down."""
    actor.require("team:view", "team:own")
    if row.document is None or not visible_clinicians(actor).filter(pk=row.clinician_id).exists():
        raise LookupError("This paper has no scan.")
    audit.record("clinician_file.opened", actor=actor, row=row.document)
    return row.document, files.read(row.document)


def _refuse_license(row: License) -> None:
    _refuse_dates(row.issued_on, row.expires_on)
    same = License.objects.filter(clinician_id=row.clinician_id, state=row.state, number=row.number)
    if same.exclude(pk=row.pk or 0).exists():
        raise TeamRefusedError(_TWICE, "number")


def _refuse_document(values: dict[str, Any]) -> None:
    _refuse_dates(values.get("issued_on"), values.get("expires_on"))
    if values.get("kind") == ClinicianDocument.Kind.OTHER and not values.get("name"):
        raise TeamRefusedError("Say what this paper is.", "name")
    _refuse_endless(values)


def _refuse_endless(values: dict[str, Any]) -> None:
    """Cover and attestation warn before they run out, so the day must be known."""
    if values.get("expires_on"):
        return
    if values.get("kind") == ClinicianDocument.Kind.LIABILITY:
        raise TeamRefusedError("Enter until when the cover is good.", "expires_on")
    if values.get("kind") == ClinicianDocument.Kind.CAQH and not values.get("issued_on"):
        raise TeamRefusedError("Enter on which day it was attested, or until when it is good.", "issued_on")


def _refuse_dates(issued_on: dt.date | None, expires_on: dt.date | None) -> None:
    TeamRefusedError.if_reversed(issued_on, expires_on, _REVERSED, "expires_on")
    if issued_on is not None and issued_on == expires_on:
        raise TeamRefusedError("It would end on the day it was issued.", "expires_on")


def _dated(values: dict[str, Any]) -> dict[str, Any]:
    issued, is_caqh = values.get("issued_on"), values.get("kind") == ClinicianDocument.Kind.CAQH
    if is_caqh and issued and not values.get("expires_on"):
        return values | {"expires_on": issued + CAQH_GOOD_FOR}
    return values


def _keep(actor: Actor, upload: Upload | None) -> PracticeFile | None:
    if upload is None:
        return None
    try:
        return files.store_for_practice(upload.content, name=upload.name, actor=actor, accepts=ACCEPTED)
    except FileRefusedError as error:
        raise TeamRefusedError(str(error), "upload") from error


def _replaced(actor: Actor, upload: Upload | None) -> dict[str, Any]:
    kept = _keep(actor, upload)
    return {"document": kept} if kept else {}
