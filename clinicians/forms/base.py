"""What the forms of the team share."""

from __future__ import annotations

from typing import Any, Final, TypeVar

from django import forms
from django.core.exceptions import FieldDoesNotExist, ValidationError

from clinicians.errors import TeamRefusedError
from clinicians.services import Upload
from practice.tenancy.base import TenantModel

_Row = TypeVar("_Row", bound=TenantModel)
_BLANK: Final = ("", None)


def date_input() -> forms.DateInput:
    """A date by the browser's own calendar."""
    return forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


class Refusable(forms.BaseForm):
    """A form that can show why a service refused."""

    def refuse(self, error: TeamRefusedError) -> None:
        """The sentence stands at the entry it is about, or above the form."""
        self.add_error(error.field if error.field in self.fields else None, str(error))


class RecordForm(Refusable, forms.ModelForm[_Row]):
    """Asks for columns of a row with their validators. It changes no row: a service does, and checks the rest."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        for field in self.fields.values():
            if isinstance(field, forms.TypedChoiceField) and not isinstance(field.widget, forms.RadioSelect):
                choices: Any = field.choices
                named = [(value, label) for value, label in choices if value not in _BLANK]
                field.choices = [("", "Choose" if field.required else "None yet"), *named]

    def _post_clean(self) -> None:
        for name, value in list(self.cleaned_data.items()):
            try:
                column: Any = self._meta.model._meta.get_field(name)
            except FieldDoesNotExist:
                continue
            try:
                if value not in column.empty_values:
                    column.run_validators(value)
            except ValidationError as error:
                self.add_error(name, error)


class UploadForm(RecordForm[_Row]):
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
