"""What the pages of one clinician show."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass
from typing import Any, TypeVar

from django.http import Http404

from clinicians import expiry, leaving
from clinicians.expiry import Notice, Paper
from clinicians.leaving import Leaver, StaysOpen
from clinicians.models import (
    Clinician,
    ClinicianDocument,
    Engagement,
    Enrollment,
    License,
    Supervision,
    WorkingHours,
)
from clinicians.policies import visible_clinicians
from clinicians.selectors.papers import document_paper, facts_of, is_active, license_paper
from clinicians.words import and_so_on, days_left
from practice import access
from practice.actors import Actor
from practice.members import policies as members
from practice.models import Invitation, Membership, PracticePayer, Taxonomy
from practice.records import removed

_Paper = TypeVar("_Paper", License, ClinicianDocument)


@dataclass(frozen=True, slots=True)
class PaperRow:
    """A license or a document with the words and the tint of its end."""

    row: License | ClinicianDocument
    near: str
    left: str
    is_replaced: bool = False


@dataclass(frozen=True, slots=True)
class Portal:
    """Whether somebody signs in as this clinician: their account, an open invitation, or people it could be."""

    clinician: Clinician
    invitation: Invitation | None
    own: Membership | None
    others: list[Membership]


def clinician(actor: Actor, pk: int) -> Clinician:
    """The clinician, if the actor may see their file; Http404 otherwise."""
    found = visible_clinicians(actor).select_related("user__person", "location").filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


def licenses(person: Clinician, today: dt.date) -> list[PaperRow]:
    """The licenses, by state, the one that lasts longest first."""
    rows = License.objects.filter(clinician=person).select_related("document")
    return [PaperRow(row, expiry.is_near(license_paper(row), today), _left(row.expires_on, today)) for row in rows]


def documents(person: Clinician, today: dt.date) -> list[PaperRow]:
    """The other papers."""
    rows = list(ClinicianDocument.objects.filter(clinician=person).select_related("document"))
    latest = expiry.latest(document_paper(row) for row in rows)
    return [_document_row(row, latest, today) for row in rows]


def notices(person: Clinician, licenses_: list[PaperRow], documents_: list[PaperRow], today: dt.date) -> list[Notice]:
    """What runs out, worst first, of the papers that were read already."""
    papers = [license_paper(found.row) for found in licenses_ if isinstance(found.row, License)]
    papers += [document_paper(found.row) for found in documents_ if isinstance(found.row, ClinicianDocument)]
    return expiry.warnings(facts_of(person, papers, today), today)


def engagements(person: Clinician) -> list[Engagement]:
    """The terms, newest first."""
    return list(Engagement.objects.filter(clinician=person))


def engagement_today(person: Clinician, today: dt.date) -> Engagement | None:
    """The terms of the day."""
    return next((row for row in engagements(person) if runs(row, today)), None)


def supervised_by(person: Clinician) -> list[Supervision]:
    """Who supervises them and did, newest first."""
    return list(Supervision.objects.filter(supervisee=person).select_related("supervisor"))


def supervises(person: Clinician) -> list[Supervision]:
    """Whom they supervise and did, newest first."""
    return list(Supervision.objects.filter(supervisor=person).select_related("supervisee"))


def may_supervise(person: Clinician) -> list[Clinician]:
    """Who may supervise them."""
    return list(Clinician.objects.filter(can_supervise=True).exclude(pk=person.pk))


def hours(person: Clinician) -> list[WorkingHours]:
    """The usual week, in order."""
    return list(WorkingHours.objects.filter(clinician=person).select_related("location"))


def taxonomy_words(code: str) -> str:
    """The code with its name; the code alone where nobody knows it."""
    found = Taxonomy.objects.filter(code=code).first() if code else None
    return f"{found.name} ({code})" if found else code


def portal(actor: Actor, person: Clinician) -> Portal:
    """What the portal card offers; people are only named to those who manage access."""
    if person.user_id is not None or not actor.may("members:view"):
        return Portal(person, None, None, [])
    taken = set(Clinician.objects.filter(user__isnull=False).values_list("user_id", flat=True))
    free = [row for row in access.members(actor) if members.is_live(row) and row.user_id not in taken]
    own = next((row for row in free if _is_same(row, person)), None)
    waiting = access.invitations(actor).filter(clinician_id=person.pk).first()
    return Portal(person, waiting, own, sorted(free, key=lambda row: row.user.name.casefold()))


def stays_open(leaver: Leaver, person: Clinician) -> list[StaysOpen]:
    """What does not end by itself when somebody leaves, in sentences with links."""
    terms, supervision, enrollment = (
        leaver.url(name, person.pk) for name in ("clinician_terms", "clinician_supervision", "clinician_enrollment")
    )
    found = [
        StaysOpen(f"Their terms “{row.get_kind_display()}” have no end.", "Open the terms", terms)
        for row in engagements(person)
        if row.ends_on is None
    ]
    under = [row.supervisor.name for row in supervised_by(person) if _outlasts(row, leaver.last_day)]
    over = [row.supervisee.name for row in supervises(person) if _outlasts(row, leaver.last_day)]
    if under:
        found.append(StaysOpen(f"{and_so_on(under)} supervises them without an end.", "Open supervision", supervision))
    if over:
        sentence = f"They supervise {and_so_on(over)}. Somebody else has to, from the day after on."
        found.append(StaysOpen(sentence, "Open supervision", supervision))
    enrolled = person.enrollments.filter(status="effective", ends_on=None).count()
    if enrolled:
        sentence = f"They stay in network with {enrolled} payer{'s' * (enrolled != 1)} until somebody tells them."
        found.append(StaysOpen(sentence, "Open enrollment", enrollment))
    return found + _sign_in(leaver, person) + leaving.known_elsewhere(leaver)


def _sign_in(leaver: Leaver, person: Clinician) -> list[StaysOpen]:
    if person.user_id is None:
        return []
    if not leaver.actor.may("members:view"):
        return [StaysOpen("They can still sign in. Whoever manages access ends that.")]
    return [StaysOpen("They can still sign in.", "Open access", leaver.url("members"))]


def runs(row: Engagement | Supervision, date: dt.date) -> bool:
    """Whether a dated row holds on the date."""
    return row.starts_on <= date and (row.ends_on is None or row.ends_on >= date)


def head(person: Clinician, today: dt.date) -> dict[str, Any]:
    """What stands in the head of every page of one clinician."""
    parts = [person.get_level_display() if person.level else "", f"NPI {person.npi}" if person.npi else "No NPI yet"]
    return {"clinician": person, "is_active": is_active(person, today), "sub": " · ".join(filter(None, parts))}


def _outlasts(row: Engagement | Supervision, date: dt.date) -> bool:
    return row.ends_on is None or row.ends_on > date


def _is_same(row: Membership, person: Clinician) -> bool:
    names = (row.user.person.first_name.casefold(), row.user.person.last_name.casefold())
    same_name = names == (person.first_name.casefold(), person.last_name.casefold())
    return same_name or (bool(person.email) and row.user.email == person.email.casefold())


def _document_row(row: ClinicianDocument, latest: Collection[Paper], today: dt.date) -> PaperRow:
    """One that is over and that a later paper of its sort replaces warns of nothing."""
    paper = document_paper(row)
    if row.expires_on is None or row.expires_on >= today or paper in latest:
        return PaperRow(row, expiry.is_near(paper, today), _left(row.expires_on, today))
    return PaperRow(row, "", "", is_replaced=True)


def _left(until: dt.date | None, today: dt.date) -> str:
    return days_left(until, today) if until else ""


def paper(actor: Actor, model: type[_Paper], pk: int) -> _Paper:
    """A paper of a clinician whose file the actor may see; Http404 otherwise."""
    found: _Paper | None = model.objects.select_related("document", "clinician").filter(pk=pk).first()
    if found is None:
        raise Http404
    clinician(actor, found.clinician_id)
    return found


def engagement(pk: int) -> Engagement:
    """Terms of work; Http404 when not there."""
    found = Engagement.objects.select_related("clinician").filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


def supervision(pk: int) -> Supervision:
    """A supervision; Http404 when not there."""
    found = Supervision.objects.select_related("supervisee").filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


def payer_standing(person: Clinician, payer_id: int) -> tuple[PracticePayer, Enrollment | None]:
    """A payer in use and where the clinician stands with it; Http404 when there is no such payer."""
    payer = PracticePayer.objects.filter(pk=payer_id).first()
    if payer is None:
        raise Http404
    return payer, Enrollment.objects.filter(clinician=person, payer=payer).first()


def owner_of_removed(model: type[License] | type[Engagement], pk: int) -> int:
    """Whose removed license or terms these were; Http404 when the trail knows of no removal."""
    return removed(f"{model._meta.model_name}.removed", model, pk).clinician_id
