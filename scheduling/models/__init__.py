"""The tables of the scheduling app."""

from __future__ import annotations

from scheduling.models.attendance import Attendance, AttendanceAddOn, Attestation, FindingOverride, LateReason
from scheduling.models.rooms import Room
from scheduling.models.session import Series, Session, SessionClinician

__all__ = [
    "Attendance",
    "AttendanceAddOn",
    "Attestation",
    "FindingOverride",
    "LateReason",
    "Room",
    "Series",
    "Session",
    "SessionClinician",
]
