"""The forms about clients."""

from __future__ import annotations

from clients.forms.coverage import AuthorizationForm, CoverageForm, DiagnosisForm, EndForm, FindForm
from clients.forms.people import AddClientForm, AssignForm, ClientForm, ContactForm

__all__ = [
    "AddClientForm",
    "AssignForm",
    "AuthorizationForm",
    "ClientForm",
    "ContactForm",
    "CoverageForm",
    "DiagnosisForm",
    "EndForm",
    "FindForm",
]
