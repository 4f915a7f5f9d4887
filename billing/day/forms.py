"""What is asked to add a session that was not on the calendar."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django import forms

from clients.models import Client
from clinicians.models import Clinician
from practice.actors import Actor
from practice.base_forms import Form
from practice.models import Location, Service
from scheduling import policies
from scheduling.errors import SchedulingRefusedError
from scheduling.facts import Booking
from scheduling.models import Session

_KINDS = {Service.Kind.COUPLE: Session.Kind.COUPLE, Service.Kind.FAMILY: Session.Kind.FAMILY}


class AddSessionForm(Form):
    """One client with one clinician at a time that has passed."""

    client = forms.ModelChoiceField(Client.objects.none(), empty_label="Choose")
    clinician = forms.ModelChoiceField(Clinician.objects.none(), empty_label="Choose")
    service = forms.ModelChoiceField(Service.objects.none(), empty_label="Choose")
    time = forms.TimeField(label="Started at", widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"))
    minutes = forms.IntegerField(label="Minutes", initial=50, min_value=5, max_value=720)
    location = forms.ModelChoiceField(Location.objects.none(), required=False, empty_label="Choose", label="Place")
    telehealth = forms.BooleanField(required=False, label="It was by telehealth")

    def __init__(self, *args: Any, actor: Actor, date: dt.date, **options: Any) -> None:
        super().__init__(*args, **options)
        self.date = date
        self._offer("client", policies.bookable_clients(actor).order_by("last_name", "first_name"))
        self._offer("clinician", policies.billable_clinicians(actor).order_by("last_name", "first_name"))
        self._offer("service", Service.objects.filter(is_active=True, add_on_to=[]).order_by("code"))
        self._offer("location", Location.objects.filter(is_active=True))

    def booking(self) -> Booking:
        """What was entered, as the calendar books it."""
        given = self.cleaned_data
        return Booking(
            kind=_KINDS.get(given["service"].kind, Session.Kind.INDIVIDUAL),
            date=self.date,
            time=given["time"],
            minutes=given["minutes"],
            clinician_ids=(given["clinician"].pk,),
            client_ids=(given["client"].pk,),
            service_id=given["service"].pk,
            location_id=given["location"].pk if given["location"] else None,
            telehealth=given["telehealth"],
            made_on_billing_day=True,
        )

    def refuse(self, error: SchedulingRefusedError) -> None:
        """Shows the calendar's refusal at the entry it is about."""
        field = {"clients": "client", "clinicians": "clinician"}.get(error.field or "", error.field)
        self.add_error(field if field in self.fields else None, str(error))

    def _offer(self, name: str, rows: Any) -> None:
        self.fields[name].queryset = rows  # type: ignore[attr-defined]
