"""Form about how a payer wants claims from a day on."""

from __future__ import annotations

import datetime as dt
import re
from typing import Any, ClassVar, Final

from django import forms
from django.core.exceptions import ValidationError

from practice import member_ids
from practice.models import PayerRules
from practice.models.payer_rules import ALWAYS
from practice.setup.forms._common import SetupForm, day, text

_CODE: Final = re.compile(r"[A-Z0-9]{5}")
_LONGEST_DEADLINE: Final = 1095


class RulesForm(SetupForm):
    """Everything a payer may want in its own way."""

    missing: ClassVar[dict[str, str]] = {
        "supervised": "Choose how supervised clinicians are billed.",
        "sessions": "Choose how many sessions a claim asks for.",
        "filing_days": "Enter the days for a first claim.",
        "secondary_filing_days": "Enter the days for a claim to a second payer.",
    }

    starts_on = day(
        label="For sessions from",
        required=False,
        help_text="The first day they count for. Empty is since the beginning.",
    )
    note = text(200, label="Where it says so", required=False, help_text="Such as a bulletin, or a page of the manual.")
    taxonomy = forms.ChoiceField(label="Taxonomy on the claim", choices=PayerRules.Taxonomy.choices)
    reports_patient_paid = forms.BooleanField(
        label="Wants to know what the client paid",
        required=False,
        help_text="Only where the payment is to be reduced by it; most contracts leave the copay to you.",
    )
    home_place = forms.ChoiceField(label="Client at home is sent as", choices=PayerRules.Place.choices)
    elsewhere_place = forms.ChoiceField(label="Client elsewhere is sent as", choices=PayerRules.Place.choices)
    video_modifier = forms.ChoiceField(label="Modifier by video", choices=PayerRules.Video.choices, required=False)
    audio_modifier = forms.ChoiceField(label="Modifier by phone", choices=PayerRules.Audio.choices, required=False)
    supervised = forms.ChoiceField(label="Billed with", choices=PayerRules.Supervised.choices)
    supervised_modifier = text(
        2, label="With the modifier", required=False, css="short code", help_text="Such as HO or HL."
    )
    wants_cosignature = forms.BooleanField(label="Asks for a co-signed note from associates", required=False)
    filing_days = forms.IntegerField(
        label="Days to file a claim",
        min_value=1,
        max_value=_LONGEST_DEADLINE,
        help_text="Counted from the session.",
    )
    secondary_filing_days = forms.IntegerField(
        label="Days to file as second payer",
        min_value=1,
        max_value=_LONGEST_DEADLINE,
        help_text="Counted from the first payer’s answer.",
    )
    authorized_codes = forms.CharField(
        label="Codes that need an authorization",
        required=False,
        max_length=400,
        widget=forms.TextInput(attrs={"class": "code", "autocomplete": "off"}),
        help_text="Separated by commas, as 96130, 96131.",
    )
    member_id_form = forms.CharField(
        label="What a member ID looks like",
        required=False,
        max_length=60,
        widget=forms.TextInput(attrs={"class": "code", "autocomplete": "off"}),
        help_text="A for a letter, 9 for a digit, X for either, as 9AX9AX9AA99. Several by commas.",
    )
    wants_referring = forms.BooleanField(label="Wants the referring provider on the claim", required=False)
    sessions = forms.ChoiceField(
        label="Sessions on a claim",
        choices=PayerRules.Sessions.choices,
        help_text="Together: what is billed with one click, where clinician, place, diagnoses and authorization agree.",
    )
    received_is_accepted = forms.BooleanField(
        label="“Received” is as far as its acceptance goes",
        required=False,
        help_text="For a payer that never answers more than A1 until it pays.",
    )
    takes_replacements = forms.BooleanField(
        label="Takes replacements and voids", required=False, help_text="Medicare does not."
    )

    def clean_starts_on(self) -> dt.date:
        """The day; the beginning when none was entered."""
        found: dt.date | None = self.cleaned_data["starts_on"]
        return found or ALWAYS

    def clean_supervised_modifier(self) -> str:
        """Two letters or digits, or nothing."""
        code: str = self.cleaned_data["supervised_modifier"].strip().upper()
        if code and not re.fullmatch(r"[A-Z0-9]{2}", code):
            raise ValidationError("A modifier has two letters or digits, as HO.")
        return code

    def clean_member_id_form(self) -> str:
        """The forms of the line, each once."""
        forms_ = member_ids.forms_in(self.cleaned_data["member_id_form"])
        wrong = next((one for one in forms_ if not member_ids.FORM.fullmatch(one)), None)
        if wrong:
            raise ValidationError(f"“{wrong}” is no form. Write A for a letter, 9 for a digit and X for either.")
        return ", ".join(forms_)

    def clean_authorized_codes(self) -> list[str]:
        """The codes of the line, each once, in order."""
        codes = [word.upper() for word in re.split(r"[\s,;]+", self.cleaned_data["authorized_codes"]) if word]
        wrong = next((code for code in codes if not _CODE.fullmatch(code)), None)
        if wrong:
            raise ValidationError(f"“{wrong}” is no procedure code. Codes have five letters or digits.")
        return list(dict.fromkeys(codes))

    def facts(self) -> dict[str, Any]:
        """What the payer wants, apart from the day."""
        return {name: value for name, value in self.cleaned_data.items() if name != "starts_on"}


def initial_of(rules: PayerRules, starts_on: dt.date | None) -> dict[str, Any]:
    """What the form starts with: these rules, from that day on."""
    facts = {name: getattr(rules, name) for name in RulesForm.base_fields if name != "starts_on"}
    day_of = None if starts_on == ALWAYS else starts_on
    return facts | {"authorized_codes": ", ".join(rules.authorized_codes), "starts_on": day_of}
