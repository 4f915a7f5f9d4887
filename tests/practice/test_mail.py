"""Mail: written with its cause, sent after the commit, never inside a transaction; the demo keeps it to itself."""

from __future__ import annotations

import datetime as dt
from smtplib import SMTPRecipientsRefused, SMTPServerDisconnected
from typing import Any

import pytest
from django.core import mail as django_mail
from django.core.exceptions import ImproperlyConfigured
from django.core.mail import EmailMessage
from django.db import connection, transaction
from django.test import Client, override_settings

from practice import clock, due, mail, tasks
from practice.models import DemoMail, DueWork, OutgoingMail
from tests.people import NOW

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "owner"])
in_demo = override_settings(DEMO=True, EMAIL_BACKEND="practice.mail.DemoMailbox")


@pytest.fixture
def bells(monkeypatch: pytest.MonkeyPatch) -> list[Any]:
    rung: list[Any] = []
    monkeypatch.setattr(tasks.perform, "apply_async", lambda **facts: rung.append(facts["args"]))
    return rung


def post(to: str = "judy@example.com", subject: str = "Hello", body: str = "Open https://x/y") -> OutgoingMail:
    with transaction.atomic():
        return mail.post(to=to, subject=subject, body=body)


def test_it_leaves_after_the_commit_and_is_emptied(bells: list[Any]) -> None:
    message = post()
    assert bells == [("mail.send", 0, str(message.pk))]
    assert django_mail.outbox == []
    mail.deliver(0, str(message.pk))
    sent = django_mail.outbox[0]
    assert (sent.to, sent.subject, sent.body) == (["judy@example.com"], "Hello", "Open https://x/y")
    message.refresh_from_db()
    assert message.body == ""
    assert message.sent_at is not None
    assert not DueWork.objects.exists()


def test_what_is_undone_is_not_sent(bells: list[Any]) -> None:
    with transaction.atomic():
        mail.post(to="judy@example.com", subject="Hello", body="")
        transaction.set_rollback(True)
    assert (bells, OutgoingMail.objects.count(), DueWork.objects.count()) == ([], 0, 0)


def test_a_lost_bell_is_found_by_the_sweep(bells: list[Any], standing_clock: None) -> None:
    message = post()
    assert due.lease() == []
    with clock.at(NOW + dt.timedelta(seconds=61)):
        assert due.lease() == [due.Due("mail.send", 0, str(message.pk))]


def test_it_is_sent_once(bells: list[Any]) -> None:
    message = post()
    mail.deliver(0, str(message.pk))
    mail.deliver(0, str(message.pk))
    assert len(django_mail.outbox) == 1


def test_its_text_is_unreadable_in_the_database(bells: list[Any]) -> None:
    post()
    with connection.cursor() as cursor:
        cursor.execute("SELECT body FROM practice_outgoingmail")
        assert "https" not in cursor.fetchone()[0]


def test_it_refuses_to_leave_inside_a_transaction(bells: list[Any]) -> None:
    message = post()
    with pytest.raises(mail.SendingInsideTransactionError), transaction.atomic():
        mail.deliver(0, str(message.pk))


def test_a_failure_leaves_it_due(bells: list[Any], monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(_: EmailMessage) -> None:
        raise SMTPServerDisconnected

    message = post()
    monkeypatch.setattr(EmailMessage, "send", fail)
    with pytest.raises(SMTPServerDisconnected):
        mail.deliver(0, str(message.pk))
    assert DueWork.objects.filter(kind="mail.send").exists()
    message.refresh_from_db()
    assert message.sent_at is None


def test_a_refused_recipient_and_an_old_message_are_given_up(
    bells: list[Any], monkeypatch: pytest.MonkeyPatch, standing_clock: None
) -> None:
    def refuse(_: EmailMessage) -> None:
        raise SMTPRecipientsRefused({})

    refused, old = post(), post()
    monkeypatch.setattr(EmailMessage, "send", refuse)
    mail.deliver(0, str(refused.pk))
    with clock.at(NOW + dt.timedelta(days=1, seconds=1)):
        mail.deliver(0, str(old.pk))
    assert [message.body for message in OutgoingMail.objects.exclude(given_up_at=None)] == ["", ""]
    assert not DueWork.objects.exists()


def test_a_subject_is_one_line(bells: list[Any]) -> None:
    assert post(subject="One\nBcc: all@example.com").subject == "One Bcc: all@example.com"


@in_demo
def test_the_demo_keeps_its_mail_and_says_so(bells: list[Any]) -> None:
    message = post(body="Open https://demo.example/x?a=1&b=2\n<script>alert(1)</script>")
    mail.deliver(0, str(message.pk))
    client = Client()
    listed = client.get("/demo/mailbox/")
    assert b"This is the demo" in listed.content
    assert b"judy@example.com" in listed.content
    letter = client.get(f"/demo/mailbox/{DemoMail.objects.get().pk}/").content
    assert b'<a href="https://demo.example/x?a=1&amp;b=2"' in letter
    assert b"<script>alert" not in letter
    assert client.get("/demo/mailbox/0/").status_code == 404


@in_demo
def test_an_empty_mailbox_says_what_will_be_there(db: None) -> None:
    assert b"No mail yet" in Client().get("/demo/mailbox/").content


def test_outside_of_the_demo_there_is_no_mailbox() -> None:
    for page in ("/demo/mailbox/", "/demo/mailbox/1/"):
        assert Client().get(page).status_code == 404
    with pytest.raises(ImproperlyConfigured):
        mail.DemoMailbox().send_messages([EmailMessage("a", "b", None, ["c@example.com"])])
