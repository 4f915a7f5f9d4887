"""Forms about who is on the team."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms

from clinicians.forms.base import ChoosingForm
from clinicians.models import Clinician, Engagement
from practice.models import Location, Taxonomy
from practice.record_forms import Refusable, date_input


class _WithTaxonomy(ChoosingForm[Clinician]):
    """Offers the taxonomies of persons by name."""

    taxonomy = forms.ChoiceField(required=False, help_text="What payers file them under.")

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        known = [(row.code, str(row)) for row in Taxonomy.objects.filter(kind="individual")]
        given = str(self["taxonomy"].value() or "")
        other = [(given, given)] if given and len(given) == _CODE and given not in dict(known) else []
        self.fields["taxonomy"].choices = [("", "None yet"), *known, *other]  # type: ignore[attr-defined]


class AddClinicianForm(_WithTaxonomy):
    """As little as it takes to begin."""

    whose = "clinician’s"
    missing: ClassVar[dict[str, str]] = {"engagement": "Choose how they work here."}

    engagement = forms.ChoiceField(label="Works here as", choices=Engagement.Kind.choices)

    class Meta:
        model = Clinician
        fields = ("first_name", "last_name", "credentials", "level", "taxonomy", "npi", "email", "starts_on")
        widgets = {"starts_on": date_input(), "npi": forms.TextInput(attrs={"class": "short", "inputmode": "numeric"})}
        labels = {"credentials": "Letters after the name", "starts_on": "First day"}
        help_texts = {
            "credentials": "LCSW, LPC, PsyD and the like; several with commas.",
            "npi": "Ten digits. Claims need it.",
            "email": "Nothing is sent there until you open the portal to them.",
        }

    def __init__(self, *args: Any, suggest_url: str = "", **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["starts_on"].required = True
        ask = {"hx-get": suggest_url, "hx-trigger": "change", "hx-target": "#suggested", "class": "short"}
        self.fields["credentials"].widget.attrs |= ask


class ClinicianForm(_WithTaxonomy):
    """Who somebody is on claims, and how they are reached."""

    whose = "clinician’s"

    location = forms.ModelChoiceField(
        queryset=Location.objects.none(), required=False, label="Usual location", empty_label="None yet"
    )

    class Meta:
        model = Clinician
        fields = (
            "first_name", "middle_name", "last_name", "preferred_name", "credentials", "level", "npi", "taxonomy",
            "can_supervise", "starts_on", "location", "email", "phone", "address1", "address2", "city", "state", "zip",
        )  # fmt: skip
        widgets = {"starts_on": date_input()}
        help_texts = {"preferred_name": "Shown to clients instead of the legal name."}

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["location"].queryset = Location.objects.all()  # type: ignore[attr-defined]


class LeaveForm(Refusable, forms.Form):
    """On which day somebody leaves."""

    ends_on = forms.DateField(label="Last day", widget=date_input())


_CODE = 10
