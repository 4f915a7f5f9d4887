"""Shared local rows: no foreign key to or from a tenant table, and nothing about a client."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models

from practice.crypto import EncryptedField
from practice.permissions import Role


class Invitation(models.Model):
    """An offer of access, by email. The token is kept as a hash; it works once and until it expires."""

    practice_id = models.BigIntegerField(null=True)
    email = models.EmailField(max_length=254)
    first_name = models.CharField(max_length=60)
    last_name = models.CharField(max_length=60)
    roles = ArrayField(models.CharField(max_length=20, choices=Role.choices), default=list)
    agreement_on = models.DateField("business-associate agreement signed on", null=True, blank=True)
    clinician_id = models.BigIntegerField(null=True)
    token_hash = models.CharField(max_length=64, unique=True)
    invited_by_id = models.BigIntegerField(null=True)
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    accepted_at = models.DateTimeField(null=True)
    revoked_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["practice_id", "created_at"], name="invitation_by_practice")]

    def __str__(self) -> str:
        return f"Invitation {self.pk}"


class ApiToken(models.Model):
    """What a program signs in with, in one practice: kept as a hash, shown once, with no more than its owner may do."""

    practice_id = models.BigIntegerField()
    user_id = models.BigIntegerField()
    name = models.CharField("what it is for", max_length=60)
    token_hash = models.CharField(max_length=64, unique=True)
    hint = models.CharField("last characters", max_length=4)
    permissions = ArrayField(models.CharField(max_length=40), default=list)
    made_at = models.DateTimeField()
    expires_on = models.DateField("last day")
    used_at = models.DateTimeField(null=True)
    revoked_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["practice_id", "user_id"], name="api_token_by_owner")]

    def __str__(self) -> str:
        return f"API token {self.pk}"


class AccountEvent(models.Model):
    """What happened to an account outside of any practice: log-ins, failures, changes of password or factor."""

    user_id = models.BigIntegerField(null=True)
    kind = models.CharField(max_length=40)
    at = models.DateTimeField()
    ip = models.GenericIPAddressField(null=True)
    user_agent = models.CharField(max_length=200, blank=True)

    class Meta:
        indexes = [models.Index(fields=["user_id", "at"], name="account_event_by_user")]

    def __str__(self) -> str:
        return f"{self.kind} at {self.at:%Y-%m-%d %H:%M}"


class DueWork(models.Model):
    """Something that must happen at a time: ids and times only. Written in the transaction that creates the work.

    `failures` counts the tries that failed since the last one that did not; `error` names the last failure's class.
    """

    practice_id = models.BigIntegerField()
    kind = models.CharField(max_length=40)
    object_id = models.CharField(max_length=40)
    due_at = models.DateTimeField()
    lease_until = models.DateTimeField(null=True)
    attempts = models.PositiveIntegerField(default=0)
    failures = models.PositiveIntegerField(default=0)
    failed_at = models.DateTimeField(null=True)
    error = models.CharField(max_length=80, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["kind", "practice_id", "object_id"], name="due_work_once")]
        indexes = [models.Index(fields=["due_at"], name="due_work_by_time")]

    def __str__(self) -> str:
        return f"{self.kind} {self.object_id} at {self.due_at:%Y-%m-%d %H:%M}"


class OutgoingMail(models.Model):
    """A message on its way: written with the change that causes it, sent after the commit, and then emptied.

    The text is encrypted, because the links in it open accounts.
    """

    to = models.EmailField(max_length=254)
    subject = models.CharField(max_length=200)
    body = EncryptedField(blank=True)
    created_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True)
    given_up_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["created_at"], name="outgoing_mail_by_time")]

    def __str__(self) -> str:
        return f"Mail {self.pk}"


class DemoMail(models.Model):
    """A message the demo would have sent; kept only where the demo runs."""

    to = models.CharField(max_length=254)
    subject = models.CharField(max_length=200)
    body = models.TextField()
    sent_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["-sent_at"], name="demo_mail_newest")]

    def __str__(self) -> str:
        return f"{self.subject} to {self.to}"
