"""The form that takes files of answers, several at once."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.datastructures import MultiValueDict

from practice.base_forms import Form

MOST = 20


class SeveralFilesInput(forms.FileInput):
    """One control that takes several files, also by dropping them on it."""

    allow_multiple_selected = True

    def value_from_datadict(self, data: Any, files: Any, name: str) -> list[UploadedFile[Any]]:
        """All of them."""
        return files.getlist(name) if isinstance(files, MultiValueDict) else []


class SeveralFilesField(forms.FileField):
    """Several files; each is looked at by the service that keeps it."""

    widget = SeveralFilesInput

    def clean(self, data: Any, initial: Any = None) -> list[UploadedFile[Any]]:
        """The files as they were sent."""
        if not data:
            raise forms.ValidationError("Choose at least one file.")
        if len(data) > MOST:
            raise forms.ValidationError(f"These are {len(data)} files; send {MOST} at a time.")
        return list(data)


class UploadAnswersForm(Form):
    """Files as a clearinghouse or payer gave them."""

    answers = SeveralFilesField(
        label="Files",
        help_text="TA1, 999, 277CA and 835, as you downloaded them. 25 MB each, 20 at a time.",
    )
