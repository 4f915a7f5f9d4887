"""Forms about access."""

from __future__ import annotations

from typing import Any, Final

from django import forms

from practice.base_forms import Form
from practice.members.policies import roles_of
from practice.models import Practice
from practice.permissions import REGISTRY, Role

ROLE_WORDS: Final = {
    Role.OWNER: "everything, and who else has access",
    Role.ADMIN: "everything in the practice",
    Role.BILLER: "billing, claims, payments, and what payers agreed to pay",
    Role.SCHEDULER: "clients, and everyone’s calendar",
    Role.SUPERVISOR: "their own work, and co-signing for the people they supervise",
    Role.CLINICIAN: "their own calendar, clients, documentation and pay",
    Role.ACCOUNTANT: "pay totals only: no client, session or date of service",
    Role.ORGANIZATION_STAFF: "the practices you serve, with what each of them grants",
}


class RolesForm(Form):
    """Which roles a person has, and since when an outside accountant is bound."""

    roles = forms.MultipleChoiceField(
        widget=forms.CheckboxSelectMultiple, error_messages={"required": "Choose at least one role."}
    )
    agreement_on = forms.DateField(
        label="Business-associate agreement signed on",
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        help_text="Needed for an outside accountant. Keep the signed agreement.",
    )

    def __init__(self, *args: Any, practice: Practice, **options: Any) -> None:
        super().__init__(*args, **options)
        choices = [(role.value, f"{role.label}: {ROLE_WORDS[role]}") for role in roles_of(practice)]
        self.fields["roles"].choices = choices  # type: ignore[attr-defined]

    def refuse(self, sentence: str, field: str | None) -> None:
        """Shows a service's refusal at the entry it is about."""
        self.add_error(field if field in self.fields else None, sentence)


class InviteForm(RolesForm):
    """Who is invited, and as what."""

    first_name = forms.CharField(max_length=60, error_messages={"required": "Give the first name."})
    last_name = forms.CharField(max_length=60, error_messages={"required": "Give the last name."})
    email = forms.EmailField(
        max_length=254,
        help_text="The invitation goes there, and it becomes the name they sign in with.",
        error_messages={"required": "Give the email address.", "invalid": "This is not a valid email address."},
    )
    field_order = ("first_name", "last_name", "email", "roles", "agreement_on")


class PermissionsForm(Form):
    """What exactly a person may do. `seen_roles` are the roles the list was made for."""

    permissions = forms.MultipleChoiceField(
        required=False,
        choices=[(name, permission.words) for name, permission in REGISTRY.items()],
        widget=forms.CheckboxSelectMultiple,
    )
    seen_roles = forms.CharField(required=False, widget=forms.HiddenInput)

    def clean_seen_roles(self) -> list[str]:
        return [role for role in str(self.cleaned_data["seen_roles"]).split(",") if role]
