"""Forms about accounts: signing in again, accepting an invitation, founding a practice."""

from __future__ import annotations

from typing import Any

from allauth.account.adapter import get_adapter
from allauth.account.forms import ResetPasswordForm
from allauth.account.internal.flows.reauthentication import reauthenticate_by_password
from allauth.mfa.base.forms import ReauthenticateForm
from allauth.mfa.webauthn.forms import ReauthenticateWebAuthnForm
from django import forms
from django.contrib.auth.password_validation import validate_password
from django.http import HttpRequest

from practice import second_factor
from practice.accounts import again, resets
from practice.base_forms import Form, Worded
from practice.models import Person, Practice, User

TIME_ZONES = (
    ("America/New_York", "Eastern (New York)"),
    ("America/Chicago", "Central (Chicago)"),
    ("America/Denver", "Mountain (Denver)"),
    ("America/Phoenix", "Mountain without daylight saving (Phoenix)"),
    ("America/Los_Angeles", "Pacific (Los Angeles)"),
    ("America/Anchorage", "Alaska (Anchorage)"),
    ("Pacific/Honolulu", "Hawaii (Honolulu)"),
    ("America/Puerto_Rico", "Atlantic (Puerto Rico)"),
    ("Pacific/Guam", "Chamorro (Guam)"),
)


class AgainForm(Form):
    """The password once more, and the code where the person has an authenticator or recovery codes.

    Validating checks both, with allauth's limits, and notes the proofs in the session.
    """

    email = forms.EmailField(required=False, widget=forms.HiddenInput(attrs={"autocomplete": "username"}))
    password = forms.CharField(
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
        label="Password",
        error_messages={"required": "Enter your password."},
    )
    code = forms.CharField(
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "class": "code-in"}),
        label="Code",
        help_text="From your authenticator, or one of your recovery codes.",
        error_messages={"required": "Enter a code."},
    )

    def __init__(self, *args: Any, request: HttpRequest, user: User, **options: Any) -> None:
        options |= {"initial": {"email": user.email}, "auto_id": "again_%s"}
        super().__init__(*args, **options)
        self.request, self.user = request, user
        if not second_factor.has_code(user.pk):
            del self.fields["code"]

    def clean(self) -> dict[str, Any]:
        found = super().clean() or {}
        if (found.get("email") or self.user.email).lower() != self.user.email:
            raise forms.ValidationError(
                f"This page belongs to {self.user.name}. To sign in as somebody else, sign out."
            )
        if not self.errors:
            self._check_password(found["password"])
        if "code" in self.fields and not self.errors:
            self._check_code(found["code"])
        return found

    def _check_password(self, password: str) -> None:
        user = get_adapter().authenticate(self.request, email=self.user.email, password=password)
        if user is None or user.pk != self.user.pk:
            self.add_error("password", "This is not your password.")
        elif not user.is_active:
            self.add_error(None, "This account is switched off.")

    def _check_code(self, code: str) -> None:
        checked = ReauthenticateForm(data={"code": code}, user=self.user)
        if not checked.is_valid():
            self.add_error("code", "This code is not right, or was used already.")
            return
        self._proof = checked

    def save(self) -> None:
        """Opens the session and keeps in it what was proved."""
        again.open_session(self.request, self.user)
        reauthenticate_by_password(self.request)
        if "code" in self.fields:
            self._proof.save()


class AgainByPasskeyForm(ReauthenticateWebAuthnForm):  # type: ignore[misc]
    """A passkey that asked for a finger or a PIN: both steps in one."""

    def __init__(self, *args: Any, request: HttpRequest, user: User, **options: Any) -> None:
        super().__init__(*args, user=user, **options)
        self.request = request

    def save(self) -> None:
        """Opens the session and keeps in it that the passkey was used."""
        again.open_session(self.request, self.user)
        super().save()


class ForgottenForm(Worded, ResetPasswordForm):  # type: ignore[misc]
    """Takes any address; whether an account has it is looked up later, by the worker."""

    def clean_email(self) -> str:
        return str(self.cleaned_data["email"]).lower()

    def save(self, request: HttpRequest, **_: Any) -> str:
        email = str(self.cleaned_data["email"])
        resets.ask(email=email, base_url=request.build_absolute_uri("/"))
        return email


class AcceptForm(Form):
    """What a person without an account gives: how they are called, and a password."""

    first_name = forms.CharField(
        max_length=60,
        widget=forms.TextInput(attrs={"autocomplete": "given-name"}),
        error_messages={"required": "Give your first name."},
    )
    last_name = forms.CharField(
        max_length=60,
        widget=forms.TextInput(attrs={"autocomplete": "family-name"}),
        error_messages={"required": "Give your last name."},
    )
    password = forms.CharField(
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        help_text="12 characters or more. A sentence only you would say is best.",
        error_messages={"required": "Choose a password."},
    )

    def __init__(self, *args: Any, email: str, **options: Any) -> None:
        super().__init__(*args, **options)
        self.email = email

    def clean(self) -> dict[str, Any]:
        found = super().clean() or {}
        names = {name: found.get(name, "") for name in ("first_name", "last_name")}
        if "password" in found:
            try:
                validate_password(found["password"], User(email=self.email, person=Person(**names)))
            except forms.ValidationError as error:
                self.add_error("password", error)
        return found


class FoundForm(Worded, forms.ModelForm[Practice]):
    """A new practice, MSO or IPA: its name, its kind and its clock."""

    time_zone = forms.ChoiceField(choices=TIME_ZONES, help_text="Dates of service and deadlines follow this clock.")

    class Meta:
        model = Practice
        fields = ("name", "kind", "time_zone")
        help_texts = {
            "name": "As clients and payers know it. You can change it later.",
            "kind": "An MSO or IPA serves practices and treats nobody itself.",
        }
        error_messages = {"name": {"required": "Give the practice its name."}}

    def clean_name(self) -> str:
        name = " ".join(str(self.cleaned_data["name"]).split())
        if not any(letter.isalnum() for letter in name):
            raise forms.ValidationError("A name needs at least one letter or digit.")
        return name
