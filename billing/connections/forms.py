"""The form about a connection."""

from __future__ import annotations

from typing import Any, ClassVar, Final

from django import forms

from billing.clearinghouses.layouts import LAYOUTS
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
    username = forms.CharField(max_length=60, label="User name", widget=forms.TextInput(attrs={"autocomplete": "off"}))
    password = forms.CharField(
        required=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        help_text="Kept encrypted and never shown again. An empty field keeps the one that is kept already.",
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

    def refuse(self, sentence: str, field: str | None) -> None:
        """Shows a service's refusal at the entry it is about."""
        self.add_error(field if field in self.fields else None, sentence)
