"""What is asked about a room."""

from __future__ import annotations

from typing import Any

from django import forms

from practice.base_forms import Form
from practice.models import Location
from scheduling.errors import SchedulingRefusedError


class RoomForm(Form):
    """Where it is, its name, how many people fit in, and whether it is in use."""

    whose = "room’s"

    location = forms.ModelChoiceField(Location.objects.none(), label="Place", empty_label="Choose")
    name = forms.CharField(max_length=40)
    seats = forms.IntegerField(
        required=False, min_value=1, max_value=500, help_text="Groups take no more clients than there are seats."
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        places = Location.objects.filter(is_active=True, is_telehealth=False)
        self.fields["location"].queryset = places  # type: ignore[attr-defined]

    def refuse(self, error: SchedulingRefusedError) -> None:
        """Shows a service's refusal at the entry it is about."""
        self.add_error(error.field if error.field in self.fields else None, str(error))
