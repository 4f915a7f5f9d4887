"""The forms of the team."""

from __future__ import annotations

from clinicians.forms.hours import HoursForm
from clinicians.forms.papers import DocumentForm, LicenseForm
from clinicians.forms.people import AddClinicianForm, ClinicianForm, LeaveForm
from clinicians.forms.terms import EngagementForm, EnrollmentForm, SupervisionForm

__all__ = [
    "AddClinicianForm",
    "ClinicianForm",
    "DocumentForm",
    "EngagementForm",
    "EnrollmentForm",
    "HoursForm",
    "LeaveForm",
    "LicenseForm",
    "SupervisionForm",
]
