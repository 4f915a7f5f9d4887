"""The form of a new token."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django import forms

from practice.actors import Actor
from practice.api import tokens
from practice.record_forms import Refusable, date_input


class TokenForm(Refusable, forms.Form):
    """What the token is for, what the program may read, and until when."""

    name = forms.CharField(
        label="What it is for",
        max_length=60,
        help_text="The program or the person who runs it, for example: Bookkeeping import.",
        error_messages={"required": "Say what the token is for."},
    )
    permissions = forms.MultipleChoiceField(
        label="The program may",
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Choose what the program may read."},
    )
    expires_on = forms.DateField(
        label="Last day",
        widget=date_input(),
        help_text="A year from today at the latest.",
        error_messages={"required": "Give the last day.", "invalid": "Give the day as month, day and year."},
    )

    def __init__(self, *args: Any, actor: Actor, today: dt.date, **options: Any) -> None:
        super().__init__(*args, **options)
        self.initial = {"expires_on": today + dt.timedelta(days=90)}
        choices = [(name, tokens.words_of(name)) for name in tokens.grantable(actor)]
        self.fields["permissions"].choices = choices  # type: ignore[attr-defined]
