"""The dated papers of clinicians, as the pure rules about expiry want them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable

from clinicians import expiry
from clinicians.expiry import Facts, Notice, Paper
from clinicians.models import Clinician, ClinicianDocument, License


def papers_of(clinician_ids: Collection[int]) -> dict[int, list[Paper]]:
    """Every paper by clinician; two queries."""
    found: dict[int, list[Paper]] = {pk: [] for pk in clinician_ids}
    for row in License.objects.filter(clinician_id__in=clinician_ids):
        found[row.clinician_id].append(license_paper(row))
    for document in ClinicianDocument.objects.filter(clinician_id__in=clinician_ids):
        found[document.clinician_id].append(document_paper(document))
    return found


def license_paper(row: License) -> Paper:
    """A license, by its state and kind."""
    return Paper(expiry.LICENSE, f"The {row.state} license", row.expires_on, row.state)


def document_paper(row: ClinicianDocument) -> Paper:
    """A document, by its kind, or by the name it was given."""
    kind = ClinicianDocument.Kind(row.kind)
    usual = {expiry.CAQH: "The CAQH attestation", expiry.LIABILITY: "Liability cover"}
    return Paper(row.kind, usual.get(row.kind) or row.name or kind.label, row.expires_on)


def is_active(clinician: Clinician, today: dt.date) -> bool:
    """Whether somebody works here today or will."""
    return clinician.ends_on is None or clinician.ends_on >= today


def notices_of(clinicians: Iterable[Clinician], today: dt.date) -> dict[int, list[Notice]]:
    """What runs out, by clinician, worst first; two queries for any number of them."""
    rows = list(clinicians)
    papers = papers_of([row.pk for row in rows])
    return {row.pk: expiry.warnings(facts_of(row, papers[row.pk], today), today) for row in rows}


def facts_of(clinician: Clinician, papers: list[Paper], today: dt.date) -> Facts:
    """What the rules ask about one clinician."""
    return Facts(clinician.level, is_active(clinician, today), papers)
