"""What a person may put right on a claim."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from typing import Any, ClassVar, Final

from django import forms
from django.core.exceptions import ValidationError

from billing.claims.correcting import Correction
from billing.models import Claim, ClaimLine
from clients.diagnoses import written
from clients.models import Coverage
from clients.selectors.codes import checks
from practice.base_forms import Form
from practice.models import PlaceOfService
from scheduling.models import LateReason

_MOST_DIAGNOSES: Final = 12
_MOST_MODIFIERS: Final = 4
_MODIFIER: Final = re.compile(r"[A-Z0-9]{2}")


def _words(text: str) -> list[str]:
    return [word for word in re.split(r"[\s,;]+", text.upper()) if word]


class CorrectionForm(Form):
    """The plan that is asked, diagnoses, place, authorization, modifiers by line, and the payer's number.

    A claim that is `late` says why (CLM20).
    """

    missing: ClassVar[dict[str, str]] = {"delay_reason": "Say why the claim comes after its deadline."}

    coverage = forms.ChoiceField(label="Insurance", required=False, help_text="The plan that is asked.")

    diagnoses = forms.CharField(
        max_length=120,
        help_text="The main one first, as F41.1, F33.0.",
        widget=forms.TextInput(attrs={"class": "code"}),
    )
    place_of_service = forms.ChoiceField()
    delay_reason = forms.ChoiceField(label="Why it is late", help_text="The filing deadline has passed.")
    authorization_number = forms.CharField(max_length=30, required=False)
    payer_control_number = forms.CharField(
        label="Payer’s claim number",
        max_length=50,
        required=False,
        help_text="It comes with the payer’s answer; a replacement needs it.",
    )

    def __init__(
        self,
        *args: Any,
        lines: Sequence[ClaimLine],
        places: Sequence[PlaceOfService],
        service_on: dt.date,
        plans: Sequence[Coverage] = (),
        late: bool = False,
        **options: Any,
    ) -> None:
        super().__init__(*args, **options)
        self._lines = lines
        self._service_on = service_on
        choices = [(place.code, f"{place.code} {place.name}") for place in places]
        self.fields["place_of_service"].choices = choices  # type: ignore[attr-defined]
        if len(plans) > 1:
            named = [(str(plan.pk), f"{plan.payer.name} {plan.member_id}".strip()) for plan in plans]
            self.fields["coverage"].choices = named  # type: ignore[attr-defined]
        else:
            del self.fields["coverage"]
        self.fields["delay_reason"].choices = [("", "Choose"), *LateReason.choices]  # type: ignore[attr-defined]
        if not late:
            del self.fields["delay_reason"]
        several = len({line.service_on for line in lines}) > 1
        for line in lines:
            of = f"{line.code}, {line.service_on:%b} {line.service_on.day}" if several else line.code
            self.fields[f"modifiers_{line.position}"] = forms.CharField(
                label=f"Modifiers of {of}", max_length=20, required=False, help_text="Up to four, as 95 HO."
            )

    @property
    def modifier_fields(self) -> list[forms.BoundField]:
        """One for each line."""
        return [self[f"modifiers_{line.position}"] for line in self._lines]

    def clean_diagnoses(self) -> list[str]:
        """Codes with their point; each once, and each one that the release of that day holds."""
        codes = [written(word) for word in _words(self.cleaned_data["diagnoses"])]
        if len(codes) > _MOST_DIAGNOSES:
            raise ValidationError(f"A claim has room for {_MOST_DIAGNOSES} diagnoses.")
        if len(set(codes)) < len(codes):
            raise ValidationError("One of these codes stands here twice.")
        checked = checks({(code, self._service_on) for code in codes}).values()
        if wrong := [one.sentence for one in checked if one.blocks]:
            raise ValidationError(sorted(wrong))
        return codes

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        for line in self._lines:
            name = f"modifiers_{line.position}"
            marks = _words(data.get(name, ""))
            if len(marks) > _MOST_MODIFIERS or any(not _MODIFIER.fullmatch(mark) for mark in marks):
                self.add_error(name, "Up to four modifiers of two letters or digits each, as 95 HO.")
            data[name] = marks
        return data

    def correction(self) -> Correction:
        """What was entered, for the service."""
        data = self.cleaned_data
        return Correction(
            diagnoses=data["diagnoses"],
            place_of_service=data["place_of_service"],
            authorization_number=data["authorization_number"],
            modifiers={line.position: data[f"modifiers_{line.position}"] for line in self._lines},
            payer_control_number=data["payer_control_number"],
            coverage_id=int(data["coverage"]) if data.get("coverage") else None,
            delay_reason=data.get("delay_reason"),
        )


def initial_of(claim: Claim, lines: Sequence[ClaimLine]) -> dict[str, str]:
    """What stands on the claim now."""
    facts = {
        "diagnoses": ", ".join(claim.diagnoses),
        "place_of_service": claim.place_of_service,
        "authorization_number": claim.authorization_number,
        "payer_control_number": claim.payer_control_number,
        "coverage": str(claim.coverage_id),
        "delay_reason": claim.delay_reason,
    }
    return facts | {f"modifiers_{line.position}": " ".join(line.modifiers) for line in lines}
