"""What people say about several claims or denials at once."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms

from practice.base_forms import Form
from practice.record_forms import date_input


class FollowUpManyForm(Form):
    """When to look again, and what was done so far."""

    missing: ClassVar[dict[str, str]] = {"on": "Enter the day on which to look again."}

    on = forms.DateField(label="Look again on", widget=date_input())
    note = forms.CharField(max_length=300, required=False)


class GiveUpForm(Form):
    """Why money is given up."""

    missing: ClassVar[dict[str, str]] = {"why": "Say why this is written off."}

    why = forms.CharField(max_length=300)


class AssignForm(Form):
    """Whose it is from now on."""

    to = forms.ChoiceField(required=False)

    def __init__(self, *args: Any, people: dict[int, str], **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["to"].choices = [("", "Nobody"), *((str(pk), name) for pk, name in people.items())]  # type: ignore[attr-defined]

    def clean_to(self) -> int | None:
        """The account, or nobody."""
        return int(self.cleaned_data["to"]) if self.cleaned_data["to"] else None


def first_error(form: Form) -> str:
    """What is wrong, in one sentence."""
    return str(next(iter(form.errors.values()))[0])
