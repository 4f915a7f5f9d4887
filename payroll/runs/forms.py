"""What people enter about runs: an off-cycle run, an amount by hand, why an approval is withdrawn."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, ClassVar, Final

from django import forms

from payroll.models import ManualLine, PaySchedule
from practice.record_forms import Refusable, date_input

_MINUS: Final = "\N{MINUS SIGN}"
Choices = Sequence[tuple[Any, str]]


class SignedDollars(forms.DecimalField):
    """An amount as people type it, `$1,234.50`; below zero for a correction."""

    def __init__(self, **options: Any) -> None:
        widget = forms.TextInput(attrs={"inputmode": "decimal", "class": "short", "autocomplete": "off"})
        super().__init__(max_digits=12, decimal_places=2, widget=widget, **options)
        self.error_messages["invalid"] = "Enter an amount, as 142.00."
        self.error_messages["max_decimal_places"] = "An amount has at most two places after the point, as 142.00."

    def to_python(self, value: Any) -> Any:
        if isinstance(value, str):
            value = value.replace("$", "").replace(",", "").replace(_MINUS, "-").strip()
        return super().to_python(value)


class OffCycleForm(Refusable, forms.Form):
    """A run between the regular ones."""

    missing: ClassVar[dict[str, str]] = {"through": "Enter the last day that it pays."}

    schedule_id = forms.TypedChoiceField(
        label="Schedule", coerce=int, help_text="It pays the people this schedule pays."
    )
    through = forms.DateField(
        label="Everything unpaid up to",
        widget=date_input(),
        help_text="This day included. What other runs have paid is not paid again.",
    )
    pay_on = forms.DateField(label="Pay date", widget=date_input())
    clinician_ids = forms.TypedMultipleChoiceField(
        label="Only these people",
        coerce=int,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="Choose nobody to pay everybody.",
    )
    note = forms.CharField(
        label="Note",
        max_length=200,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        help_text="What it is for, as a final paycheck.",
    )

    def __init__(self, data: Any = None, *, schedules: Sequence[PaySchedule], people: Choices, **options: Any) -> None:
        super().__init__(data, **options)
        _choose(self, "schedule_id", [(row.pk, str(row)) for row in schedules])
        _choose(self, "clinician_ids", people)
        if len(schedules) == 1:
            self.fields["schedule_id"].widget = forms.HiddenInput()
            self.initial.setdefault("schedule_id", schedules[0].pk)

    def clean(self) -> dict[str, Any]:
        """A pay date before the last day paid is a slip."""
        data = super().clean() or {}
        last, pay_on = data.get("through"), data.get("pay_on")
        if last is not None and pay_on is not None and pay_on < last:
            self.add_error("pay_on", "The pay date is before the last day that is paid.")
        return data


class ManualLineForm(Refusable, forms.Form):
    """An amount of a run that a person enters, with its reason."""

    clinician_id = forms.TypedChoiceField(label="Person", coerce=int)
    kind = forms.ChoiceField(label="What it is", choices=ManualLine.Kind.choices)
    week_of = forms.DateField(
        label="A day of the workweek",
        required=False,
        widget=date_input(),
        help_text="The premium answers the hours of this workweek.",
    )
    hours = forms.DecimalField(
        label="Overtime hours",
        required=False,
        max_digits=5,
        decimal_places=2,
        widget=forms.TextInput(attrs={"inputmode": "decimal", "class": "short-num", "autocomplete": "off"}),
    )
    amount = SignedDollars(label="Amount")
    reason = forms.CharField(
        label="Reason",
        max_length=200,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        help_text="The person reads it on their statement. Name no client.",
    )

    def __init__(self, data: Any = None, *, people: Choices, **options: Any) -> None:
        super().__init__(data, **options)
        _choose(self, "clinician_id", [("", "Choose"), *people])

    def clean(self) -> dict[str, Any]:
        """Workweek and hours belong to an overtime premium, which needs both."""
        data = super().clean() or {}
        if data.get("kind") != ManualLine.Kind.OVERTIME_PREMIUM:
            return data | {"week_of": None, "hours": None}
        if not self.has_error("week_of") and data.get("week_of") is None:
            self.add_error("week_of", "Say for which workweek the premium is.")
        if not self.has_error("hours") and not (data.get("hours") or 0) > 0:
            self.add_error("hours", "Say how many hours the premium is for.")
        return data


class WithdrawForm(Refusable, forms.Form):
    """Why an approval is taken back."""

    reason = forms.CharField(
        label="Why",
        max_length=200,
        widget=forms.TextInput(attrs={"autocomplete": "off", "data-focus": True}),
        help_text="It stands in the run’s history.",
    )


def _choose(form: forms.BaseForm, name: str, choices: Choices) -> None:
    field: Any = form.fields[name]
    field.choices = choices
