"""Forms about licenses and documents."""

from __future__ import annotations

from typing import Any

from django import forms

from clinicians.forms.base import UploadForm
from clinicians.models import ClinicianDocument, License
from practice.record_forms import date_input


class LicenseForm(UploadForm[License]):
    """A license with its scan."""

    class Meta:
        model = License
        fields = ("state", "kind", "number", "issued_on", "expires_on")
        widgets = {
            "issued_on": date_input(),
            "expires_on": date_input(),
            "state": forms.Select(attrs={"class": "short"}),
            "kind": forms.TextInput(attrs={"class": "short"}),
            "number": forms.TextInput(attrs={"class": "short"}),
        }
        labels = {"kind": "License", "expires_on": "Good until"}
        help_texts = {"kind": "As the board calls it: LCSW, LPC."}


class DocumentForm(UploadForm[ClinicianDocument]):
    """Another paper with its scan."""

    class Meta:
        model = ClinicianDocument
        fields = ("kind", "name", "number", "issued_on", "expires_on")
        widgets = {
            "issued_on": date_input(),
            "expires_on": date_input(),
            "number": forms.TextInput(attrs={"class": "short"}),
        }
        labels = {
            "kind": "What it is",
            "name": "What to call it",
            "number": "Policy or registration number",
            "issued_on": "Issued or attested on",
            "expires_on": "Good until",
        }
        help_texts = {"expires_on": "A CAQH attestation is good for 120 days; leave it empty and we count them."}

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["kind"].choices = ClinicianDocument.Kind.choices  # type: ignore[attr-defined]
