"""How allauth behaves here: no open sign-up, mail through the outbox, factors encrypted like every other secret."""

from __future__ import annotations

from typing import Any, ClassVar

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core import ratelimit
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.mfa.adapter import DefaultMFAAdapter
from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.sites.shortcuts import get_current_site
from django.core.exceptions import ValidationError
from django.http import HttpRequest

from practice import crypto, mail
from practice.accounts import events, people


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    """Accounts come by invitation."""

    error_messages: ClassVar[dict[str, Any]] = DefaultAccountAdapter.error_messages | {
        "email_password_mismatch": "This email and this password do not belong together.",
        "incorrect_password": "This is not your password.",
        "enter_current_password": "This is not your current password.",
        "account_inactive": "This account is switched off. An owner or admin of your practice can switch it on.",
        "same_as_current": "This is the address you have already.",
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Puts the message into the outbox, so that the page does not wait for the mail server."""
        facts = {"request": self.request, "email": email, "current_site": get_current_site(self.request)}
        message = self.render_mail(template_prefix, email, facts | context)
        mail.post(to=email, subject=message.subject, body=str(message.body))

    def authentication_failed(self, request: HttpRequest, **credentials: Any) -> None:
        """Records the attempt, also for an address that nobody has."""
        account = people.account_of(str(credentials.get("email", "")))
        events.record(events.Kind.SIGN_IN_FAILED, request=request, user_id=account.pk if account else None)

    def validation_error(self, code: str, *args: Any) -> ValidationError:
        """Answers 429 at once where too many attempts were made, whichever form asks."""
        if code == "too_many_login_attempts":
            raise ImmediateHttpResponse(ratelimit.respond_429(self.request))
        error: ValidationError = super().validation_error(code, *args)
        return error

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        target: str = self.get_login_redirect_url(request)
        return target


class SecondFactorAdapter(DefaultMFAAdapter):  # type: ignore[misc]
    """Keeps the secrets of authenticators encrypted, and shows people by their names."""

    error_messages: ClassVar[dict[str, Any]] = DefaultMFAAdapter.error_messages | {
        "incorrect_code": "This code is not right, or was used already.",
    }

    def encrypt(self, text: str) -> str:
        return crypto.encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        return crypto.decrypt(encrypted_text.encode()).decode()

    def _get_site_name(self) -> str:
        return "Caseload"

    def get_public_key_credential_user_entity(self, user: AbstractBaseUser) -> dict[str, Any]:
        entity: dict[str, Any] = super().get_public_key_credential_user_entity(user)
        return entity | {"display_name": getattr(user, "name", str(user))}
