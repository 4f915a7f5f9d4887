"""Fields and manners that the forms of the set-up share."""

from __future__ import annotations

from typing import Any

from django import forms

from practice.addresses import STATE_CHOICES, phone_validator, zip_validator
from practice.base_forms import Form
from practice.npi import validate_npi


class SetupForm(Form):
    """A form whose service may refuse: the sentence then stands at the entry it is about."""

    def refuse(self, sentence: str, field: str | None) -> None:
        """Shows a service's refusal."""
        self.add_error(field if field in self.fields else None, sentence)


class NeededField(forms.CharField):
    """What a claim needs, but what may be filled in later: an empty entry is saved as it is."""

    def validate(self, value: Any) -> None:
        """Nothing: the overview says what is missing."""


class DollarField(forms.DecimalField):
    """An amount as people type it: `$1,234.50` or `1234.5`, never below zero."""

    def __init__(self, **options: Any) -> None:
        options.setdefault("widget", forms.TextInput(attrs={"inputmode": "decimal", "class": "short"}))
        super().__init__(**({"max_digits": 12, "decimal_places": 2, "min_value": 0} | options))
        self.error_messages["min_value"] = "An amount cannot be below zero."
        self.error_messages["invalid"] = "Enter an amount, as 142.00."
        self.error_messages["max_decimal_places"] = "An amount has at most two decimals, as 142.00."
        for validator in self.validators:
            if getattr(validator, "code", "") == "min_value":
                validator.message = self.error_messages["min_value"]  # type: ignore[attr-defined]

    def to_python(self, value: Any) -> Any:
        if isinstance(value, str):
            value = value.replace("$", "").replace(",", "").strip()
        return super().to_python(value)


def day(**options: Any) -> forms.DateField:
    """A date that the browser's own picker fills."""
    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    return forms.DateField(widget=widget, **options)


def text(longest: int, *, css: str = "", **options: Any) -> forms.CharField:
    """One line; `short` fields are as wide as what goes in."""
    validators = options.pop("validators", [])
    attrs = {name: value for name, value in {"class": css, "autocomplete": "off"}.items() if value}
    return forms.CharField(max_length=longest, validators=validators, widget=forms.TextInput(attrs=attrs), **options)


def needed(longest: int, *, css: str = "", **options: Any) -> NeededField:
    """One line that a claim needs and that may wait."""
    attrs = {name: value for name, value in {"class": css, "autocomplete": "off"}.items() if value}
    return NeededField(max_length=longest, widget=forms.TextInput(attrs=attrs), **options)


def state_of(**options: Any) -> forms.ChoiceField:
    """One of the states."""
    return forms.ChoiceField(choices=[("", "Choose"), *STATE_CHOICES], **options)


def zip_code(**options: Any) -> forms.CharField:
    """Five or nine digits."""
    return text(10, css="short", validators=[zip_validator], label="ZIP code", **options)


def phone_number(**options: Any) -> forms.CharField:
    """A US phone number."""
    return text(20, css="short", validators=[phone_validator], **options)


def npi_number(**options: Any) -> forms.CharField:
    """Ten digits whose last one checks the others."""
    return text(10, css="short", validators=[validate_npi], **options)
