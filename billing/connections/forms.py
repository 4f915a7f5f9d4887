"""The form about a connection."""

from __future__ import annotations

from typing import Final

from django import forms

from billing.clearinghouses.layouts import LAYOUTS
from billing.models import Connection
from billing.models.connection import identifier_validator
from practice.setup.forms._common import SetupForm, text

_CLEARINGHOUSES: Final = [(layout.key, layout.name) for layout in LAYOUTS.values()]


class ConnectionForm(SetupForm):
    """A login at a clearinghouse, as it wrote it in its welcome letter."""

    layout = forms.ChoiceField(label="Clearinghouse", choices=_CLEARINGHOUSES)
    name = text(60, help_text="As people here call it.")
    host = text(120, label="Server")
    port = forms.IntegerField(min_value=1, max_value=65535, initial=22)
    username = text(60, label="User name")
    password = forms.CharField(
        required=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        help_text="Kept encrypted and never shown again. Leave it empty to keep the one there is.",
    )
    submitter_id = text(
        15,
        label="Submitter ID",
        css="short code",
        validators=[identifier_validator],
        help_text="The number the clearinghouse gave you (ISA06).",
    )
    receiver_id = text(15, label="Receiver ID", css="short code", validators=[identifier_validator])
    receiver_name = text(60)
    usage = forms.ChoiceField(
        label="Files are",
        choices=[
            (Connection.Usage.TEST, "for testing; no payer pays them"),
            (Connection.Usage.PRODUCTION, "real claims"),
        ],
    )
