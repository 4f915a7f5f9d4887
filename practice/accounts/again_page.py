"""What the page shows that asks for the password again."""

from __future__ import annotations

from typing import Any, Final

from django.http import HttpRequest

from practice import second_factor
from practice.accounts import again
from practice.accounts.again import Words
from practice.accounts.forms import AgainByPasskeyForm, AgainForm
from practice.models import User

FULL: Final = "accounts/again.html"
PART: Final = "accounts/_again.html"


def facts(
    request: HttpRequest, user: User, form: AgainForm | AgainByPasskeyForm | None = None, words: Words | None = None
) -> dict[str, Any]:
    """The form for the person, where it goes, what waits behind it, and a challenge if they have a passkey."""
    found: dict[str, Any] = {
        "form": form if isinstance(form, AgainForm) else AgainForm(request=request, user=user),
        "passkey_failed": isinstance(form, AgainByPasskeyForm),
        "owner": user,
        "action": again.address(user),
        "next": again.wanted_page(request),
        "words": words or Words.carried_by(request),
    }
    if second_factor.has_passkey(user.pk):
        found["js_data"] = {"request_options": again.passkey_options(user)}
    return found
