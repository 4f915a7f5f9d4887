"""The form about a location."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, ClassVar

from django import forms

from practice.models import PlaceOfService
from practice.setup.forms._common import SetupForm, npi_number, phone_number, state_of, text, zip_code


class LocationForm(SetupForm):
    """An office or telehealth, with the place of service that claims say."""

    missing: ClassVar[dict[str, str]] = {"name": "Enter the location’s name."}

    name = text(60, help_text="As people here call it.")
    is_telehealth = forms.BooleanField(label="Sessions here are by video or phone", required=False)
    place_of_service = forms.ChoiceField(
        help_text="11 for an office, 10 for telehealth with the client at home, 02 for telehealth elsewhere."
    )
    address1 = text(55, label="Street", required=False)
    address2 = text(55, label="Suite, unit", required=False)
    city = text(30, required=False)
    state = state_of(required=False)
    zip = zip_code(required=False, help_text="Nine digits where you know them.")
    phone = phone_number(required=False)
    npi = npi_number(label="NPI", required=False, help_text="Only when this location has one of its own.")

    def __init__(self, *args: Any, places: Iterable[PlaceOfService], **options: Any) -> None:
        super().__init__(*args, **options)
        choices = [(place.code, f"{place.code} {place.name}") for place in places]
        self.fields["place_of_service"].choices = choices  # type: ignore[attr-defined]
