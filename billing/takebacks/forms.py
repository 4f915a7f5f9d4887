"""What people enter about takebacks."""

from __future__ import annotations

import datetime as dt
from typing import Any, ClassVar

from django import forms

from billing.remittances.forms import RefusableForm, SignedDollarField, day, text
from billing.takebacks.selectors.record import TakebackPage
from practice.models import PracticePayer


class LetterForm(RefusableForm):
    """A letter that asks for money back."""

    missing: ClassVar[dict[str, str]] = {
        "payer": "Choose the payer that wrote.",
        "reference": "Enter the reference of the letter: it comes back with the money.",
        "amount": "Enter the amount it asks for.",
        "on": "Enter the date of the letter.",
    }

    payer = forms.ModelChoiceField(queryset=PracticePayer.objects.none(), label="Payer", empty_label="Choose the payer")
    reference = text(
        50, label="The payer’s reference", css="code", help_text="Its number for the case or for the claim."
    )
    amount = SignedDollarField(label="Amount it asks for")
    on = day(label="Date of the letter")
    note = text(300, label="What it says", required=False, help_text="As the reason and the way to object.")

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["payer"].queryset = PracticePayer.objects.order_by("name")  # type: ignore[attr-defined]


class LookForm(RefusableForm):
    """When to look at a takeback again, and what was done so far."""

    missing: ClassVar[dict[str, str]] = {"on": "Enter the day on which to look again."}

    on = day(label="Look again on")
    note = text(300, label="Note", required=False, help_text="Whom you called, what they said.")


class DisputeForm(RefusableForm):
    """Why the payer is wrong."""

    missing: ClassVar[dict[str, str]] = {
        "on": "Enter the day on which to look again.",
        "note": "Say why the payer is wrong.",
    }

    on = day(label="Look again on")
    note = text(300, label="Why it is wrong")


class AgreeForm(RefusableForm):
    """How a dispute came out."""

    note = text(300, label="How it came out", required=False)


class PlaceForm(RefusableForm):
    """Which claim's money the payer took."""

    missing: ClassVar[dict[str, str]] = {"claim": "Choose the claim.", "amount": "Enter the amount."}

    claim = forms.ChoiceField(label="Claim", required=True)
    amount = SignedDollarField(label="Amount")

    def __init__(self, *args: Any, choices: list[tuple[int, str]], **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["claim"].choices = choices  # type: ignore[attr-defined]

    def clean_claim(self) -> int:
        """The claim's key."""
        return int(self.cleaned_data["claim"])


class PayBackForm(RefusableForm):
    """Money sent to the payer."""

    missing: ClassVar[dict[str, str]] = {"amount": "Enter the amount.", "on": "Enter the day it was sent."}

    amount = SignedDollarField(label="Amount")
    on = day(label="Sent on")
    number = text(40, label="Check number or reference", required=False)


class LossForm(RefusableForm):
    """Why no claim here explains what the payer took."""

    missing: ClassVar[dict[str, str]] = {"note": "Say why no claim of yours explains it."}

    note = text(300, label="Why", help_text="As a claim that the former system billed.")


def forms_of(found: TakebackPage, today: dt.date) -> dict[str, RefusableForm]:
    """The forms of a takeback's page, filled with what is most likely."""
    row = found.row
    return {
        "look_form": LookForm(initial={"on": row.follow_up_on, "note": ""}, auto_id="id_look_%s"),
        "dispute_form": DisputeForm(auto_id="id_dispute_%s"),
        "agree_form": AgreeForm(auto_id="id_agree_%s"),
        "place_form": place_form(found),
        "pay_form": PayBackForm(initial={"amount": found.figures.open, "on": today}, auto_id="id_pay_%s"),
        "loss_form": LossForm(auto_id="id_loss_%s"),
    }


def place_form(found: TakebackPage, data: Any = None) -> PlaceForm:
    """The claims it touches that were paid, the likeliest chosen and its amount filled in."""
    rows = [one for one in found.claims if one.paid > 0]
    choices = [(one.claim.pk, f"{one.claim.client.name}, {one.claim.service_on:%b %-d, %Y}") for one in rows]
    initial = {"claim": rows[0].claim.pk, "amount": min(found.to_place, rows[0].paid)} if rows else {}
    return PlaceForm(data, choices=choices, initial=initial, auto_id="id_place_%s")
