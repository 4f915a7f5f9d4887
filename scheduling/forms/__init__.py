"""The forms of the calendar."""

from __future__ import annotations

from scheduling.forms.booking import BookingForm, ChangeForm
from scheduling.forms.rooms import RoomForm

__all__ = ["BookingForm", "ChangeForm", "RoomForm"]
