"""The form about a connection."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any, ClassVar, Final

from django import forms

from billing.clearinghouses.layouts import LAYOUTS, Layout
from billing.models import Connection
from billing.models.connection import identifier_validator
from practice.base_forms import Form

_CLEARINGHOUSES: Final = [(layout.key, layout.name) for layout in LAYOUTS.values()]


def _identifier(**options: Any) -> forms.CharField:
    widget = forms.TextInput(attrs={"class": "short code", "autocomplete": "off"})
    return forms.CharField(max_length=15, widget=widget, validators=[identifier_validator], **options)


class ConnectionForm(Form):
    """A login at a clearinghouse, as it wrote it in its welcome letter."""

    missing: ClassVar[dict[str, str]] = {
        "name": "Enter the connection’s name.",
        "usage": "Choose whether the files are for testing or real claims.",
    }

    layout = forms.ChoiceField(label="Clearinghouse", choices=_CLEARINGHOUSES)
    name = forms.CharField(max_length=60, help_text="As people here call it.")
    host = forms.CharField(max_length=120, label="Server")
    port = forms.IntegerField(min_value=1, max_value=65535, initial=22)
    username = forms.CharField(
        max_length=60, required=False, label="User name", widget=forms.TextInput(attrs={"autocomplete": "off"})
    )
    password = forms.CharField(
        required=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        help_text="Kept encrypted and never shown again. None is needed where you log in with a key.",
    )
    submitter_id = _identifier(label="Submitter ID", help_text="The number the clearinghouse gave you (ISA06).")
    receiver_id = _identifier(label="Receiver ID")
    receiver_name = forms.CharField(max_length=60)
    usage = forms.ChoiceField(
        label="Files are",
        choices=[
            (Connection.Usage.TEST, "for testing; no payer pays them"),
            (Connection.Usage.PRODUCTION, "real claims"),
        ],
    )

    claims_per_transaction = forms.IntegerField(
        required=False,
        min_value=1,
        max_value=5000,
        label="Most claims in one ST",
        help_text="A file has one ST for each payer. Fewer claims in one keep a fault from turning back many.",
    )
    removes_fetched = forms.BooleanField(
        required=False,
        label="Delete answers at the clearinghouse once they are stored and read here",
        help_text="Only where the clearinghouse asks for it. Without it nothing is ever deleted there.",
    )

    def __init__(self, *args: Any, layout: Layout | None = None, password_set: str = "", **options: Any) -> None:
        super().__init__(*args, **options)
        password = self.fields["password"]
        if layout is not None and layout.is_api:
            password.label, password.required = "API key", not password_set
            password.help_text = "As the clearinghouse shows it once. Kept encrypted and never shown again."
            for name in ("username", "removes_fetched"):
                del self.fields[name]
        if password_set:
            password.help_text = f"{password_set} Kept encrypted and never shown again; empty keeps it."

    def refuse(self, sentence: str, field: str | None) -> None:
        """Shows a service's refusal at the entry it is about."""
        self.add_error(field if field in self.fields else None, sentence)


class KeyForm(Form):
    """A private key somebody has already."""

    private_key = forms.CharField(
        label="Private key",
        max_length=20_000,
        strip=True,
        widget=forms.Textarea(attrs={"class": "code", "rows": 8, "autocomplete": "off", "spellcheck": "false"}),
        help_text="In OpenSSH or PEM form, without a passphrase. Kept encrypted and never shown again.",
    )

    def refuse(self, sentence: str, field: str | None) -> None:
        """Shows a service's refusal at the entry it is about."""
        self.add_error(field if field in self.fields else None, sentence)


class TimesForm(Form):
    """At which times of day claims leave; none means after the delay."""

    MOST: ClassVar[int] = 4

    def __init__(self, *args: Any, times: Sequence[dt.time] = (), **options: Any) -> None:
        super().__init__(*args, **options)
        for number in range(1, self.MOST + 1):
            widget = forms.TimeInput(attrs={"type": "time"}, format="%H:%M")
            given = times[number - 1] if number <= len(times) else None
            self.fields[f"time_{number}"] = forms.TimeField(
                required=False, label=f"Time {number}", widget=widget, initial=given
            )

    @property
    def times(self) -> list[dt.time]:
        """What was entered."""
        return [one for one in self.cleaned_data.values() if one is not None]

    def refuse(self, sentence: str, field: str | None) -> None:
        """Shows a service's refusal at the entry it is about."""
        self.add_error(field if field in self.fields else None, sentence)
