"""What the forms about clients share."""

from __future__ import annotations

from typing import Any, TypeVar

from django import forms
from django.core.exceptions import FieldDoesNotExist, ValidationError

from clients.errors import ClientRefusedError
from practice.tenancy.base import TenantModel

_Row = TypeVar("_Row", bound=TenantModel)


def date_input() -> forms.DateInput:
    """A date by the browser's own calendar."""
    return forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


def amount_input() -> forms.TextInput:
    """Dollars as text: browsers' number fields swallow what they do not understand."""
    return forms.TextInput(attrs={"inputmode": "decimal", "class": "short"})


def short_input() -> forms.TextInput:
    """A field for a number or a code."""
    return forms.TextInput(attrs={"class": "short", "autocomplete": "off"})


class Refusable(forms.BaseForm):
    """A form that can show why a service refused."""

    def refuse(self, error: ClientRefusedError) -> None:
        """The sentence stands at the entry it is about, or above the form."""
        self.add_error(error.field if error.field in self.fields else None, str(error))


class RecordForm(Refusable, forms.ModelForm[_Row]):
    """Asks for columns of a row with their validators. It changes no row: a service does, and checks the rest."""

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
