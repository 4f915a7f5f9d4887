"""What is asked to book a session, and to change one."""

from __future__ import annotations

import datetime as dt
from typing import Any, ClassVar

from django import forms

from clients.models import Client
from clinicians.models import Clinician
from practice.actors import Actor
from practice.base_forms import Form
from practice.models import Location, Service
from scheduling import policies
from scheduling.booking import ONE_CLIENT
from scheduling.errors import SchedulingRefusedError
from scheduling.facts import SHORTEST, Booking, Repeat
from scheduling.models import Room, Session

USUAL = 50
NAMED = (Session.Kind.GROUP, Session.Kind.MEETING)
ACCOMPANIED = (Session.Kind.COUPLE, Session.Kind.FAMILY)
_EVERY = [("", "Does not repeat"), ("1", "Every week"), ("2", "Every two weeks")]


class _RoomField(forms.ModelChoiceField):  # type: ignore[type-arg]
    """Rooms with the place they are at."""

    def label_from_instance(self, obj: Any) -> str:
        return f"{obj.name}, {obj.location.name}"


class _SessionForm(Form):
    """Time, clinicians, service and place."""

    missing: ClassVar[dict[str, str]] = {
        "time": "Enter when the session starts.",
        "how_far": "Choose how far the change goes.",
    }

    service = forms.ModelChoiceField(
        Service.objects.none(), empty_label="Choose", error_messages={"required": "Choose the service."}
    )
    title = forms.CharField(max_length=60, required=False, label="Name of the group or meeting")
    date = forms.DateField(widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))
    time = forms.TimeField(
        widget=forms.TimeInput(attrs={"type": "time", "step": "300"}, format="%H:%M"), label="Starts at"
    )
    minutes = forms.IntegerField(
        required=False, label="Minutes", help_text="Empty takes the service’s usual length.", min_value=SHORTEST
    )
    clinicians = forms.ModelMultipleChoiceField(
        Clinician.objects.none(),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Choose the clinician."},
    )
    telehealth = forms.BooleanField(required=False, label="Telehealth")
    location = forms.ModelChoiceField(Location.objects.none(), required=False, empty_label="No place", label="Place")
    room = _RoomField(Room.objects.none(), required=False, empty_label="No room")
    note = forms.CharField(max_length=200, required=False, label="Note for the calendar")

    def __init__(self, *args: Any, actor: Actor, **options: Any) -> None:
        super().__init__(*args, **options)
        self.actor = actor
        self._offer("service", Service.objects.filter(is_active=True).order_by("code"))
        self._offer("location", Location.objects.filter(is_active=True))
        self._offer(
            "room", Room.objects.filter(is_active=True).select_related("location").order_by("location__name", "name")
        )
        clinicians = policies.bookable_clinicians(actor).order_by("first_name", "last_name")
        self._offer("clinicians", clinicians)
        self.settled = [] if actor.may("calendar:edit") else self._settled(clinicians)
        if self.settled:
            del self.fields["clinicians"]

    def refuse(self, error: SchedulingRefusedError) -> None:
        """Shows a service's refusal at the entry it is about."""
        self.add_error(error.field if error.field in self.fields else None, str(error))

    def _offer(self, name: str, rows: Any) -> None:
        self.fields[name].queryset = rows  # type: ignore[attr-defined]

    def _settled(self, own: Any) -> list[int]:
        """Who the clinicians are where the actor does not choose them: themselves, or those of the session as it is."""
        return list(getattr(self, "kept_clinicians", [])) or [row.pk for row in own]

    def _facts(self) -> dict[str, Any]:
        given = self.cleaned_data
        return {
            "date": given["date"],
            "time": given["time"],
            "minutes": given["minutes"] or (given["service"].minutes if given["service"] else USUAL),
            "clinician_ids": tuple(self.settled or self._in_order(given["clinicians"])),
            "service_id": given["service"].pk if given["service"] else None,
            "title": given.get("title", ""),
            "location_id": given["location"].pk if given["location"] else None,
            "room_id": given["room"].pk if given["room"] else None,
            "telehealth": given["telehealth"],
            "note": given["note"],
        }

    def _in_order(self, chosen: Any) -> list[int]:
        """Whoever led before goes on leading."""
        before = [row if isinstance(row, int) else row.pk for row in self.initial.get("clinicians", [])]
        ids = [row.pk for row in chosen]
        return sorted(ids, key=lambda pk: before.index(pk) if pk in before else len(before))


class BookingForm(_SessionForm):
    """A new session, once or as a series."""

    kind = forms.ChoiceField(choices=Session.Kind.choices, initial=Session.Kind.INDIVIDUAL)
    clients = forms.ModelMultipleChoiceField(
        Client.objects.none(),
        required=False,
        error_messages={"invalid_choice": "That client is not on your list."},
    )
    others = forms.CharField(max_length=200, required=False, label="Also present")
    every = forms.TypedChoiceField(choices=_EVERY, coerce=int, empty_value=None, required=False, label="Repeats")
    until = forms.DateField(
        required=False, label="Last date", widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self._offer("clients", policies.bookable_clients(self.actor))
        self.fields["service"].required = self["kind"].value() != Session.Kind.MEETING

    def clean(self) -> dict[str, Any]:
        """Says who or what is missing together with everything else, and not after all else is filled in."""
        given: dict[str, Any] = super().clean() or self.cleaned_data
        kind = given.get("kind")
        if kind in ONE_CLIENT and not given.get("clients") and "clients" not in self.errors:
            self.add_error("clients", "Choose the client.")
        if kind == Session.Kind.MEETING and not given.get("title") and "title" not in self.errors:
            self.add_error("title", "Say what the time is for.")
        return given

    def booking(self) -> Booking:
        """The facts of a valid form."""
        given = self.cleaned_data
        repeat = Repeat(given["every"], given["until"]) if given["every"] else None
        kind, facts = given["kind"], self._facts()
        return Booking(
            kind=kind,
            client_ids=tuple(row.pk for row in given["clients"]),
            others=given["others"] if kind in ACCOMPANIED else "",
            repeat=repeat,
            **(facts if kind in NAMED else facts | {"title": ""}),
        )

    @property
    def is_named(self) -> bool:
        """Whether a session of this kind has a name of its own."""
        return self["kind"].value() in NAMED

    @property
    def is_accompanied(self) -> bool:
        """Whether others come along with the client who is billed."""
        return self["kind"].value() in ACCOMPANIED


class ChangeForm(_SessionForm):
    """A session that exists; its clients are changed on its page."""

    how_far = forms.ChoiceField(
        choices=[("one", "This session only"), ("rest", "This and the following sessions")],
        widget=forms.RadioSelect,
        label="Change",
    )

    def __init__(self, *args: Any, session: Session, **options: Any) -> None:
        self.kept_clinicians = options.get("initial", {}).get("clinicians", [])
        super().__init__(*args, **options)
        self.session = session
        self.fields["service"].required = session.kind != Session.Kind.MEETING
        if session.series_id is None:
            del self.fields["how_far"]
        if not self.is_named:
            del self.fields["title"]

    @property
    def is_named(self) -> bool:
        """Whether the session has a name, or is of a kind that may have one."""
        return self.session.kind in NAMED or bool(self.session.title)

    def booking(self) -> Booking:
        """The facts of a valid form; kind and clients are the session's own."""
        return Booking(kind=self.session.kind, **self._facts())


def initial_of(session: Session, starts: dt.datetime, minutes: int, clinician_ids: list[int]) -> dict[str, Any]:
    """A session's facts as the form shows them; `starts` is by the wall clock."""
    return {
        "service": session.service_id,
        "title": session.title,
        "date": starts.date(),
        "time": starts.time(),
        "minutes": minutes,
        "clinicians": clinician_ids,
        "telehealth": session.telehealth,
        "location": session.location_id,
        "room": session.room_id,
        "note": session.note,
        "how_far": "one",
    }
