"""What somebody says when they keep something back."""

from __future__ import annotations

from typing import ClassVar

from django import forms

from billing.holds.services import LONGEST
from practice.base_forms import Form
from practice.record_forms import date_input


class HoldForm(Form):
    """Why, and until when."""

    missing: ClassVar[dict[str, str]] = {"reason": "Say why it is held."}

    reason = forms.CharField(
        label="Why",
        max_length=LONGEST,
        help_text="As: the client brings the new card on Friday.",
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    until = forms.DateField(
        label="Until", required=False, widget=date_input(), help_text="Empty: until somebody releases it."
    )
