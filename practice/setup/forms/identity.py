"""Forms about who the practice is, how it looks and which rules it follows."""

from __future__ import annotations

from typing import Any, ClassVar, Final
from zoneinfo import available_timezones

from django import forms
from django.core.validators import RegexValidator

from practice.addresses import phone_validator, refuse_po_box, zip9_validator
from practice.models import PracticeSettings
from practice.models.setup import ein_validator
from practice.npi import validate_npi
from practice.setup.forms._common import DollarField, NeededField, SetupForm, needed, state_of, text, zip_code
from practice.setup.services.identity import ADDRESS

US_ZONES: Final = (
    ("America/New_York", "Eastern (New York)"),
    ("America/Chicago", "Central (Chicago)"),
    ("America/Denver", "Mountain (Denver)"),
    ("America/Phoenix", "Arizona (Phoenix)"),
    ("America/Los_Angeles", "Pacific (Los Angeles)"),
    ("America/Anchorage", "Alaska (Anchorage)"),
    ("Pacific/Honolulu", "Hawaii (Honolulu)"),
    ("America/Puerto_Rico", "Atlantic (Puerto Rico)"),
)
_PAY_TO: Final = {
    "pay_to_address1": "Enter the street or PO box that payments go to.",
    "pay_to_city": "Enter the city that payments go to.",
    "pay_to_state": "Choose the state that payments go to.",
    "pay_to_zip": "Enter the ZIP code that payments go to.",
}


class IdentityForm(SetupForm):
    """Who the practice is on a claim. The EIN is never sent back to the browser."""

    use_required_attribute = False
    legal_name = needed(60, help_text="As the IRS has it on the EIN letter (CP 575). At most 60 characters on a claim.")
    ein = NeededField(
        label="EIN",
        max_length=10,
        validators=[ein_validator],
        widget=forms.TextInput(
            attrs={"class": "short", "autocomplete": "off", "inputmode": "numeric", "data-no-keep": True}
        ),
    )
    npi = needed(
        10,
        css="short",
        label="Group NPI (type 2)",
        validators=[validate_npi],
        help_text="The organization’s number, not a clinician’s own.",
    )
    phone = needed(20, css="short", label="Billing phone", validators=[phone_validator])
    contact_name = needed(60, label="Billing contact", help_text="Whom a payer asks for.")
    email = forms.EmailField(label="Billing email", required=False, max_length=254)
    taxonomy = forms.CharField(required=False, max_length=10)


class AddressesForm(SetupForm):
    """Where the practice is, and where payments go."""

    address1 = text(55, label="Street", help_text="Payers reject a PO box here.", validators=[refuse_po_box])
    address2 = text(55, label="Suite, unit", required=False, validators=[refuse_po_box])
    city = text(30)
    state = state_of()
    zip = text(
        10, css="short", label="ZIP code", validators=[zip9_validator], help_text="All nine digits, as 12345-6789."
    )
    elsewhere = forms.BooleanField(
        label="Payments go to another address, such as a PO box or a bank’s lockbox", required=False
    )
    pay_to_address1 = text(55, label="Street or PO box", required=False)
    pay_to_address2 = text(55, label="Suite, unit", required=False)
    pay_to_city = text(30, label="City", required=False)
    pay_to_state = state_of(label="State", required=False)
    pay_to_zip = zip_code(required=False)

    def billing(self) -> dict[str, str]:
        """The street address."""
        return {name: self.cleaned_data[name] for name in ADDRESS}

    def pay_to(self) -> dict[str, str] | None:
        """The pay-to address, None when payments go to the street address."""
        if not self.cleaned_data["elsewhere"]:
            return None
        return {name: self.cleaned_data[f"pay_to_{name}"] for name in ADDRESS}

    def clean(self) -> dict[str, Any]:
        if self.cleaned_data.get("elsewhere"):
            for field, sentence in _PAY_TO.items():
                if not self.cleaned_data.get(field) and field not in self.errors:
                    self.add_error(field, sentence)
        return self.cleaned_data


class LookForm(SetupForm):
    """The practice's name, time, color and logo."""

    name = text(120, label="Name people know you by")
    time_zone = forms.ChoiceField(help_text="Dates of service, deadlines and pay periods follow this clock.")
    accent = forms.CharField(
        label="Color",
        required=False,
        max_length=7,
        validators=[RegexValidator(r"^#[0-9a-fA-F]{6}$", "A color is written as #1b5f5b.")],
        widget=forms.TextInput(attrs={"class": "short code", "autocomplete": "off"}),
        help_text="Written as #1b5f5b. For what clients see; the pages here keep their own color.",
    )
    logo = forms.FileField(
        required=False,
        help_text="PNG, JPEG or WebP, at most 1 MB. A square one looks best.",
        widget=forms.FileInput(attrs={"accept": "image/png,image/jpeg,image/webp"}),
    )
    remove_logo = forms.BooleanField(label="Remove the logo", required=False)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        known = dict(US_ZONES)
        others = [(zone, zone.replace("_", " ")) for zone in sorted(available_timezones()) if zone not in known]
        self.fields["time_zone"].choices = [("United States", list(US_ZONES)), ("Elsewhere", others)]  # type: ignore[attr-defined]

    def uploaded(self) -> tuple[str, bytes] | None:
        """The new logo's file name and bytes."""
        file = self.cleaned_data.get("logo")
        return (file.name, file.read()) if file else None


class OrganizationForm(SetupForm):
    """How the practice is organized."""

    business_model = forms.ChoiceField(
        choices=PracticeSettings.BusinessModel.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose one of the four."},
    )


class PoliciesForm(SetupForm):
    """Late cancels, no-shows, attestation and the wait before claims leave."""

    missing: ClassVar[dict[str, str]] = {
        "late_cancel_hours": "Enter the hours within which a cancellation is late.",
        "confirm_within_hours": "Enter the hours within which sessions are confirmed.",
        "send_delay_minutes": "Enter the minutes after which claims leave.",
    }

    late_cancel_hours = forms.IntegerField(
        label="A cancellation is late within", min_value=0, max_value=336, help_text="Hours before the session starts."
    )
    late_cancel_fee = DollarField(label="Fee for a late cancel", help_text="Charged to the client, never to a payer.")
    no_show_fee = DollarField(label="Fee for a no-show", help_text="Charged to the client, never to a payer.")
    attester = forms.ChoiceField(
        label="Who attests that a session took place",
        choices=PracticeSettings.Attester.choices,
        widget=forms.RadioSelect,
    )
    confirm_within_hours = forms.IntegerField(
        label="Sessions are confirmed within", min_value=1, max_value=720, help_text="Hours after the session ends."
    )
    send_delay_minutes = forms.IntegerField(
        label="Claims leave after",
        min_value=0,
        max_value=1440,
        help_text="Minutes after the click. Until then Undo takes them back.",
    )
