"""What changes the team: each function is one change."""

from __future__ import annotations

from clinicians.services.enrollment import set_enrollment
from clinicians.services.hours import Stretch, restore_hours, set_hours
from clinicians.services.papers import Upload, add_document, add_license, change_document, change_license, open_scan
from clinicians.services.people import add_clinician, change_clinician, end_work, return_to_work, suggestion
from clinicians.services.portal import invite_clinician, link_accepted, link_member, unlink
from clinicians.services.removing import remove_engagement, remove_license, restore_engagement, restore_license
from clinicians.services.supervision import add_supervision, change_supervision
from clinicians.services.terms import add_engagement, change_engagement

__all__ = [
    "Stretch",
    "Upload",
    "add_clinician",
    "add_document",
    "add_engagement",
    "add_license",
    "add_supervision",
    "change_clinician",
    "change_document",
    "change_engagement",
    "change_license",
    "change_supervision",
    "end_work",
    "invite_clinician",
    "link_accepted",
    "link_member",
    "open_scan",
    "remove_engagement",
    "remove_license",
    "restore_engagement",
    "restore_hours",
    "restore_license",
    "return_to_work",
    "set_enrollment",
    "set_hours",
    "suggestion",
    "unlink",
]
