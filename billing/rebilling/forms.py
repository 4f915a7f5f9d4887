"""Which plan is billed instead: one on file, or one that is put on file with the same click."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any, ClassVar, Final

from django import forms

from billing.rebilling.selectors import Plan
from practice.base_forms import Form
from practice.models import PracticePayer
from practice.record_forms import Refusable, date_input
from practice.templatetags.caseload import day
from scheduling.models import LateReason

NEW: Final = "new"
_OF_NEW: Final = ("payer", "member_id", "group_number", "starts_on")
_NEEDED: Final = ("payer", "member_id", "starts_on")


def _words(plan: Plan, today: dt.date) -> str:
    row, until = plan.coverage, day(plan.file_by, today)
    takes = f"took claims until {until}" if plan.is_late else f"takes claims until {until}"
    return f"{row.payer} · {row.member_id or 'no member ID'} · {row.get_rank_display().lower()} · {takes}"


def _short() -> forms.TextInput:
    return forms.TextInput(attrs={"class": "short", "autocomplete": "off"})


class InsteadForm(Refusable, Form):
    """The plan; of one that is not on file yet its payer, member ID, group and first day."""

    missing: ClassVar[dict[str, str]] = {
        "plan": "Choose the plan that is billed.",
        "payer": "Choose the payer of the plan.",
        "member_id": "Enter the member ID; the payer finds the client by it.",
        "starts_on": "Enter the first day of the plan.",
    }

    plan = forms.ChoiceField(label="Bill", widget=forms.RadioSelect)
    payer = forms.ModelChoiceField(queryset=PracticePayer.objects.none(), required=False, empty_label="Choose")
    member_id = forms.CharField(label="Member ID", max_length=30, required=False, widget=_short())
    group_number = forms.CharField(max_length=30, required=False, widget=_short())
    starts_on = forms.DateField(label="Covered from", required=False, widget=date_input())
    delay_reason = forms.ChoiceField(
        label="Why it is late", required=False, help_text="Only where the payer’s filing deadline has passed."
    )

    def __init__(self, *args: Any, plans: Sequence[Plan], may_add: bool, today: dt.date, **options: Any) -> None:
        super().__init__(*args, **options)
        named = [(str(plan.coverage.pk), _words(plan, today)) for plan in plans]
        choice: Any = self.fields["plan"]
        choice.choices = [*named, *([(NEW, "A plan that is not on file yet")] if may_add else [])]
        payer: Any = self.fields["payer"]
        payer.queryset = PracticePayer.objects.filter(is_active=True)
        self.fields["delay_reason"].choices = [("", "It is not late"), *LateReason.choices]  # type: ignore[attr-defined]
        self.may_be_late = any(plan.is_late for plan in plans)
        for name in _NEEDED:
            self.fields[name].required = not self.is_bound or self.data.get("plan") == NEW

    @property
    def of_new(self) -> list[forms.BoundField]:
        """What is asked about a plan that is not on file."""
        return [self[name] for name in _OF_NEW]
