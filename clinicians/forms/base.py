"""What the forms of the team share."""

from __future__ import annotations

from typing import Any, Final, TypeVar

from django import forms

from clinicians.services import Upload
from practice.record_forms import RecordForm
from practice.tenancy.base import TenantModel

_Row = TypeVar("_Row", bound=TenantModel)
_BLANK: Final = ("", None)


class ChoosingForm(RecordForm[_Row]):
    """A record's form whose lists begin with a word for nothing chosen."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        for field in self.fields.values():
            if isinstance(field, forms.TypedChoiceField) and not isinstance(field.widget, forms.RadioSelect):
                choices: Any = field.choices
                named = [(value, label) for value, label in choices if value not in _BLANK]
                field.choices = [("", "Choose" if field.required else "None yet"), *named]


class UploadForm(ChoosingForm[_Row]):
    """A paper with its scan."""

    upload = forms.FileField(
        label="Scan or photo",
        required=False,
        help_text="PDF, JPEG or PNG, up to 25 MB.",
        widget=forms.FileInput(attrs={"accept": "application/pdf,image/jpeg,image/png"}),
    )

    def clean_upload(self) -> Upload | None:
        """The bytes with their name, for the service."""
        given = self.cleaned_data.get("upload")
        return Upload(given.name, given.read()) if given else None
