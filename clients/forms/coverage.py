"""Forms about insurance, authorizations and diagnoses."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms

from clients.forms.base import amount_input, short_input
from clients.identifiers import service_codes
from clients.models import Authorization, Coverage, Sex
from clients.services.coverages import SUBSCRIBER_NEEDED
from practice.addresses import STATE_CHOICES
from practice.base_forms import Form
from practice.models import PracticePayer
from practice.record_forms import RecordForm, Refusable, date_input


class CoverageForm(RecordForm[Coverage]):
    """One plan. Who the subscriber is, is asked when the client is not."""

    missing: ClassVar[dict[str, str]] = {
        "rank": "Choose whether it pays first or second.",
        "relationship": "Choose what the client is to the subscriber.",
    }

    end_former = forms.BooleanField(required=False, label="End the coverage before on the day before this one starts")

    class Meta:
        model = Coverage
        fields = (
            "payer", "rank", "medicare_type", "plan_name", "member_id", "group_number", "copay", "starts_on", "ends_on",
            "relationship",
            "subscriber_first_name", "subscriber_last_name", "subscriber_date_of_birth", "subscriber_sex",
            "referring_first_name", "referring_last_name", "referring_npi",
            "address1", "address2", "city", "state", "zip",
        )  # fmt: skip
        widgets = {
            "starts_on": date_input(),
            "ends_on": date_input(),
            "subscriber_date_of_birth": date_input(),
            "copay": amount_input(),
            "member_id": short_input(),
            "group_number": short_input(),
            "zip": short_input(),
            "referring_npi": short_input(),
        }
        labels = {
            "rank": "Pays as",
            "medicare_type": "Why Medicare pays second",
            "starts_on": "Covered from",
            "ends_on": "Covered to",
            "relationship": "The client is the subscriber’s",
            "subscriber_first_name": "First name",
            "subscriber_last_name": "Last name",
            "subscriber_date_of_birth": "Date of birth",
            "subscriber_sex": "Sex on the insurance",
            "referring_first_name": "First name",
            "referring_last_name": "Last name",
            "referring_npi": "NPI",
        }
        help_texts = {
            "member_id": "Spaces are left out, letters become capitals.",
            "copay": "What the client pays at each session.",
            "medicare_type": "Only for Medicare behind another plan; claims to it must say so.",
            "ends_on": "Leave it empty while it runs.",
            "relationship": "“Self” when the card is the client’s own.",
        }

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        payers = PracticePayer.objects.filter(is_active=True)
        if self.instance.pk:
            payers |= PracticePayer.objects.filter(pk=self.instance.payer_id)
            del self.fields["end_former"]
        payer: Any = self.fields["payer"]
        payer.queryset, payer.empty_label = payers, "Choose"
        self.fields["rank"].choices = Coverage.Rank.choices  # type: ignore[attr-defined]
        kinds = [("", "Does not apply"), *Coverage.MedicareType.choices]
        self.fields["medicare_type"].choices = kinds  # type: ignore[attr-defined]
        self.fields["relationship"].choices = Coverage.Relationship.choices  # type: ignore[attr-defined]
        self.fields["state"].choices = [("", "Not stated"), *STATE_CHOICES]  # type: ignore[attr-defined]
        self.fields["subscriber_sex"].choices = [("", "Not known yet"), *Sex.choices]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Everything that is missing of another subscriber, at once."""
        given = super().clean() or self.cleaned_data
        if given.get("relationship", Coverage.Relationship.SELF) != Coverage.Relationship.SELF:
            for name, sentence in SUBSCRIBER_NEEDED.items():
                if not given.get(name) and name not in self.errors:
                    self.add_error(name, sentence)
        return given


class EndForm(Refusable, forms.Form):
    """The last day of something."""

    ends_on = forms.DateField(label="Last day", widget=date_input())


class AuthorizationForm(RecordForm[Authorization]):
    """What a payer authorized."""

    codes = forms.CharField(
        label="For these codes",
        required=False,
        max_length=120,
        help_text="Separated by commas, as 90834, 90837. Leave it empty for every service.",
    )

    class Meta:
        model = Authorization
        fields = ("number", "units", "codes", "starts_on", "ends_on")
        widgets = {"starts_on": date_input(), "ends_on": date_input(), "number": short_input()}
        labels = {"starts_on": "Valid from", "ends_on": "Valid to"}

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        if self.instance.pk:
            self.initial["codes"] = ", ".join(self.instance.codes)

    def clean_codes(self) -> list[str]:
        """The codes of the line."""
        return service_codes(self.cleaned_data["codes"])


class DiagnosisForm(Refusable, forms.Form):
    """A code and since when."""

    missing: ClassVar[dict[str, str]] = {"code": "Enter the diagnosis code."}

    code = forms.CharField(max_length=10)
    starts_on = forms.DateField(label="Since", widget=date_input())


class FindForm(Form):
    """What somebody looks for in the code set, and the day it must hold on."""

    q = forms.CharField(label="Code or words", required=False, max_length=100)
    starts_on = forms.DateField(label="Since", widget=date_input())
