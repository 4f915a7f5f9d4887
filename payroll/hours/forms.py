"""The forms of hours on a day's page."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django import forms

from payroll.errors import PayrollRefusedError
from payroll.hours.entering import hours_of
from payroll.models import HoursKind
from practice.record_forms import Refusable


class HoursField(forms.CharField):
    """Hours as people type them, `2.5` or `1:30`."""

    def __init__(self, **options: Any) -> None:
        widget = forms.TextInput(attrs={"inputmode": "decimal", "class": "short-num", "autocomplete": "off"})
        super().__init__(widget=widget, error_messages={"required": "Give the hours."}, **options)

    def clean(self, value: Any) -> Decimal:
        """The hours with two places."""
        text = str(super().clean(value))
        try:
            hours, rest = hours_of(text)
        except PayrollRefusedError as error:
            raise forms.ValidationError("Write hours, as 2.5 or 1:30.") from error
        if rest:
            raise forms.ValidationError("Write hours, as 2.5 or 1:30.")
        return hours


def _note() -> forms.CharField:
    return forms.CharField(
        label="Note", required=False, max_length=120, widget=forms.TextInput(attrs={"autocomplete": "off"})
    )


class EntryForm(Refusable, forms.Form):
    """Hours of one sort."""

    kind = forms.ChoiceField(label="What for", choices=HoursKind.choices)
    hours = HoursField(label="Hours")
    note = _note()


class CorrectionForm(Refusable, forms.Form):
    """What paid hours should have been."""

    to = HoursField(label="Should have been")
    note = _note()
