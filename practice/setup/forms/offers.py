"""Forms about services and fees."""

from __future__ import annotations

import re
from typing import ClassVar

from django import forms

from practice.models import Service
from practice.models.setup import code_validator
from practice.setup.forms._common import DollarField, SetupForm, day, text


class ServiceForm(SetupForm):
    """A service with its code, kind and time."""

    missing: ClassVar[dict[str, str]] = {"name": "Enter the service’s name."}

    code = text(5, css="short code", required=False, validators=[])
    name = text(60, help_text="As your people and your clients read it.")
    kind = forms.ChoiceField(choices=Service.Kind.choices)
    minutes = forms.IntegerField(
        label="Usual length", min_value=1, max_value=1440, help_text="Minutes on the calendar."
    )
    time_min = forms.IntegerField(label="Shortest time", required=False, min_value=1, max_value=1440)
    time_max = forms.IntegerField(label="Longest time", required=False, min_value=1, max_value=1440)
    units_rule = text(80, label="Units", required=False, help_text="How often or how long one unit is.")
    add_on_to = text(120, label="Added to", required=False, help_text="Codes it is added to, with commas between them.")
    needs_diagnosis = forms.BooleanField(label="Needs a diagnosis", required=False)
    telehealth = forms.BooleanField(label="May be given by telehealth", required=False)
    insured = forms.BooleanField(label="Can be billed to insurers", required=False)

    def clean_code(self) -> str:
        code = str(self.cleaned_data["code"]).strip().upper()
        if code:
            code_validator(code)
        return code

    def clean_add_on_to(self) -> list[str]:
        codes = [code for code in re.split(r"[\s,;]+", str(self.cleaned_data["add_on_to"]).upper()) if code]
        for code in codes:
            code_validator(code)
        return list(dict.fromkeys(codes))


class NewServiceForm(ServiceForm):
    """A service, and what it costs from when on."""

    fee = DollarField(label="Your fee", required=False)
    fee_from = day(label="From", required=False)

    def clean(self) -> dict[str, object]:
        if self.cleaned_data.get("fee") is not None and not self.cleaned_data.get("fee_from"):
            self.add_error("fee_from", "Say from which day on the fee holds.")
        return self.cleaned_data


class FeeForm(SetupForm):
    """A fee from a day on."""

    amount = DollarField(label="Fee")
    starts_on = day(label="From")
