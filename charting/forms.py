"""Forms about documentation."""

from __future__ import annotations

from django import forms

from practice.base_forms import Form


class NoteForm(Form):
    """The words of a note, and which version of it they were typed into."""

    text = forms.CharField(
        label="Note", required=False, strip=False, widget=forms.Textarea(attrs={"rows": 14, "class": "write"})
    )
    seen = forms.CharField(required=False, widget=forms.HiddenInput)


class ReasonForm(Form):
    """Why a signature is taken back, or a note returned."""

    reason = forms.CharField(max_length=300, error_messages={"required": "Say why, so that the history tells it."})


class UploadForm(Form):
    """A note that was written elsewhere and is kept here."""

    file = forms.FileField(
        label="File",
        help_text="PDF, JPEG, PNG or plain text, up to 25 MB.",
        error_messages={"required": "Choose a file."},
        widget=forms.FileInput(attrs={"accept": ".pdf,.jpg,.jpeg,.png,.txt"}),
    )


class ElsewhereForm(Form):
    """Where a note is kept that is not here."""

    where = forms.CharField(
        label="Where it is kept",
        max_length=120,
        help_text="For example: paper chart, Ardmore office.",
        error_messages={"required": "Say where the documentation is kept."},
    )
