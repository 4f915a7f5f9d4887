"""Outgoing mail: written with the change that causes it, sent by a worker after the commit; and the demo's mailbox.

A page never waits for a mail server, so an answer takes as long for an address we know as for one we do not.
"""

from __future__ import annotations

import datetime as dt
import logging
from collections.abc import Sequence
from smtplib import SMTPRecipientsRefused
from typing import Final

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend
from django.db import connection, transaction

from practice import clock, due, tasks
from practice.models import DemoMail, OutgoingMail

KIND: Final = "mail.send"
INSTALLATION: Final = 0  # stands for the practice in due work that belongs to none
_SECOND_BELL: Final = dt.timedelta(minutes=1)
_GIVE_UP: Final = dt.timedelta(days=1)
_log = logging.getLogger(__name__)


class SendingInsideTransactionError(RuntimeError):
    """Mail was about to leave while a transaction was open that could still be undone."""


def post(*, to: str, subject: str, body: str, kind: str = KIND) -> OutgoingMail:
    """Hands a plain-text message to the outbox in the caller's transaction; it leaves after the commit.

    The worker is rung at once; should the bell get lost, the sweep finds the message a minute later. `kind` names
    due work that does something else with it than sending.
    """
    moment = clock.now()
    message = OutgoingMail.objects.create(to=to, subject=" ".join(subject.split())[:200], body=body, created_at=moment)
    due.plan(kind, practice_id=INSTALLATION, object_id=message.pk, due_at=moment + _SECOND_BELL)
    transaction.on_commit(lambda: _ring(kind, message.pk), robust=True)
    return message


@due.handles(KIND)
def deliver(_: int, object_id: str) -> None:
    """Sends one message; a failure leaves it due, until a day has passed or the recipient is refused."""
    if connection.in_atomic_block:
        raise SendingInsideTransactionError("Mail leaves outside of transactions only.")
    message = OutgoingMail.objects.filter(pk=int(object_id), sent_at=None, given_up_at=None).first()
    if message is None:
        due.done(KIND, practice_id=INSTALLATION, object_id=object_id)
    elif clock.now() - message.created_at > _GIVE_UP:
        _finish(message, "given_up_at")
    else:
        _send(message)


def _send(message: OutgoingMail) -> None:
    try:
        EmailMessage(message.subject, message.body, None, [message.to]).send()
    except SMTPRecipientsRefused:
        _finish(message, "given_up_at")
    else:
        _finish(message, "sent_at")


def _finish(message: OutgoingMail, how: str) -> None:
    if how == "given_up_at":
        _log.error("Mail %s could not be delivered.", message.pk)
    setattr(message, how, clock.now())
    message.body = ""
    with transaction.atomic():
        message.save(update_fields=[how, "body"])
        due.done(KIND, practice_id=INSTALLATION, object_id=message.pk)


def _ring(kind: str, pk: int) -> None:
    tasks.perform.apply_async(args=(kind, INSTALLATION, str(pk)), retry=False)


class DemoMailbox(BaseEmailBackend):
    """Keeps the demo's messages where its mailbox page shows them; refuses to work anywhere else."""

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        if not settings.DEMO:
            raise ImproperlyConfigured("The demo's mailbox is for the demo only: choose another EMAIL_BACKEND.")
        moment = clock.now()
        DemoMail.objects.bulk_create(
            DemoMail(to=address, subject=str(message.subject), body=str(message.body), sent_at=moment)
            for message in email_messages
            for address in message.recipients()
        )
        return len(email_messages)
