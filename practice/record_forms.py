"""What forms about a record share: they ask for columns of a row and show why a service refused."""

from __future__ import annotations

from typing import Any, TypeVar

from django import forms
from django.core.exceptions import FieldDoesNotExist, ValidationError

from practice.base_forms import Worded
from practice.refusals import RefusedError
from practice.tenancy.base import TenantModel

_Row = TypeVar("_Row", bound=TenantModel)


def date_input() -> forms.DateInput:
    """A date by the browser's own calendar."""
    return forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


class Refusable(Worded):
    """A form that can show why a service refused."""

    def refuse(self, error: RefusedError) -> None:
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
