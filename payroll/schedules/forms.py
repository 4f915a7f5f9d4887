"""The forms of pay schedules."""

from __future__ import annotations

from typing import Any, ClassVar, Final

from django import forms

from payroll.models import PaySchedule
from payroll.models.schedules import Weekday
from practice.record_forms import Refusable, date_input

_OF_FREQUENCY: Final = {
    "semi_monthly": ("first_ends_day", "first_pay_day", "second_pay_day"),
    "monthly": ("second_pay_day",),
    "biweekly": ("pay_lag_days",),
    "weekly": ("pay_lag_days",),
}
_VARYING: Final = ("first_ends_day", "first_pay_day", "second_pay_day", "pay_lag_days")


def _number(label: str, least: int, most: int, hint: str = "") -> forms.IntegerField:
    widget = forms.TextInput(attrs={"inputmode": "numeric", "class": "short-num", "autocomplete": "off"})
    errors = {
        "required": "Give a number.",
        "invalid": "Write a whole number.",
        "min_value": f"At least {least}.",
        "max_value": f"At most {most}.",
    }
    return forms.IntegerField(
        label=label, min_value=least, max_value=most, widget=widget, help_text=hint, error_messages=errors
    )


class ScheduleForm(Refusable, forms.Form):
    """A schedule. Days that another frequency asks for are not there."""

    missing: ClassVar[dict[str, str]] = {
        "shift": "Choose where a pay date moves that is no business day.",
        "workweek_starts": "Choose the day on which the workweek begins.",
    }

    frequency = forms.ChoiceField(label="How often", choices=PaySchedule.Frequency.choices)
    payees = forms.ChoiceField(label="Who is paid", choices=PaySchedule.Payees.choices)
    name = forms.CharField(
        label="Name", required=False, max_length=60, widget=forms.TextInput(attrs={"autocomplete": "off"})
    )
    starts_on = forms.DateField(
        label="First day of the first period",
        widget=date_input(),
        help_text="Nothing before it is paid here.",
        error_messages={"required": "Give the first day.", "invalid": "No date."},
    )
    first_ends_day = _number("First half ends on day", 1, 27)
    first_pay_day = _number("First half is paid on day", 1, 31, "31 is the last day of the month.")
    second_pay_day = _number("Second half is paid on day", 1, 31, "Of the next month where it has passed.")
    pay_lag_days = _number("Paid so many days after the period", 0, 60)
    shift = forms.ChoiceField(
        label="A pay date that is no business day moves to",
        choices=PaySchedule.Shift.choices,
        help_text="Weekends and the holidays of the Federal Reserve.",
    )
    note_grace_days = _number(
        "Days of grace for notes", 0, 30, "After a period’s end, in which its notes may still be signed."
    )
    workweek_starts = forms.TypedChoiceField(
        label="Workweek begins on",
        coerce=int,
        choices=Weekday.choices,
        help_text="Overtime is counted by workweek.",
    )
    daily_limit = forms.DecimalField(
        label="Hours a day before overtime",
        required=False,
        min_value=1,
        max_value=24,
        max_digits=4,
        decimal_places=2,
        widget=forms.TextInput(attrs={"inputmode": "decimal", "class": "short-num", "autocomplete": "off"}),
        help_text="Empty for what the state says.",
        error_messages={
            "invalid": "Write hours, as 8.",
            "min_value": "At least 1.",
            "max_value": "At most 24.",
        },
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        shown = _OF_FREQUENCY.get(self.shown_frequency, ())
        for name in _VARYING:
            if name not in shown:
                del self.fields[name]
        if self.shown_frequency == PaySchedule.Frequency.MONTHLY:
            self.fields["second_pay_day"].label = "The month is paid on day"

    @property
    def shown_frequency(self) -> str:
        """The frequency whose days are asked for."""
        return str(self["frequency"].value() or PaySchedule.Frequency.SEMI_MONTHLY)


class EndScheduleForm(Refusable, forms.Form):
    """The last day of a schedule: the end of one of its periods."""

    ends_on = forms.DateField(
        label="Last day", error_messages={"required": "Choose the last day.", "invalid": "No date."}
    )


def defaults() -> dict[str, Any]:
    """What a new schedule begins with."""
    row = PaySchedule()
    names = [name for name in ScheduleForm.base_fields if name not in {"name", "starts_on", "daily_limit"}]
    return {name: getattr(row, name) for name in names}
