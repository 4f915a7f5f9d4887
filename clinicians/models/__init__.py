"""The tables of the clinicians app."""

from __future__ import annotations

from clinicians.models.clinician import Clinician
from clinicians.models.standing import ClinicianDocument, Enrollment, License
from clinicians.models.terms import Engagement, Supervision, WorkingHours

__all__ = ["Clinician", "ClinicianDocument", "Engagement", "Enrollment", "License", "Supervision", "WorkingHours"]
