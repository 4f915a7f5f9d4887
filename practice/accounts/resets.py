"""Forgotten passwords: the page only notes who asks; the worker looks whether there is an account, and writes.

The page does the same for every address, so that neither its words nor the time it takes say who has an account.
"""

from __future__ import annotations

import datetime as dt
from typing import Any, Final

from allauth.account.forms import default_token_generator
from allauth.account.utils import user_pk_to_url_str
from django.db import transaction
from django.template.loader import render_to_string
from django.urls import reverse

from practice import clock, due, mail
from practice.accounts import people
from practice.models import OutgoingMail, User

KIND: Final = "account.reset"
_STALE: Final = dt.timedelta(hours=1)
_TEMPLATE: Final = "account/email/password_reset_key"


@transaction.atomic
def ask(*, email: str, base_url: str) -> None:
    """Notes that somebody asks for a new password for this address; `base_url` is where the link will lead."""
    mail.post(to=email, subject="", body=base_url, kind=KIND)


@due.handles(KIND)
@transaction.atomic
def answer(_: int, object_id: str) -> None:
    """Writes to the address if an account has it; the note is gone afterwards, whoever asked."""
    note = OutgoingMail.objects.select_for_update().filter(pk=int(object_id)).first()
    if note is not None:
        account = people.account_of(note.to)
        if account is not None and account.is_active and clock.now() - note.created_at < _STALE:
            _write(account, note)
        note.delete()
    due.done(KIND, practice_id=mail.INSTALLATION, object_id=object_id)


def _write(account: User, note: OutgoingMail) -> None:
    facts: dict[str, Any] = {"user": account, "password_reset_url": _link(account, note.body), "email": note.to}
    subject = render_to_string(f"{_TEMPLATE}_subject.txt", facts)
    mail.post(to=note.to, subject=subject, body=render_to_string(f"{_TEMPLATE}_message.txt", facts).strip())


def _link(account: User, base_url: str) -> str:
    """The page that takes the new password; its token dies with the password it was made for."""
    facts = {"uidb36": user_pk_to_url_str(account), "key": default_token_generator.make_token(account)}
    return base_url.rstrip("/") + reverse("account_reset_password_from_key", kwargs=facts)
