"""The tables of the clients app."""

from __future__ import annotations

from clients.models.client import Caseload, Client, Contact, Sex
from clients.models.coverage import Authorization, Coverage
from clients.models.diagnosis import ClientDiagnosis, DiagnosisCode, DiagnosisRelease

__all__ = [
    "Authorization",
    "Caseload",
    "Client",
    "ClientDiagnosis",
    "Contact",
    "Coverage",
    "DiagnosisCode",
    "DiagnosisRelease",
    "Sex",
]
