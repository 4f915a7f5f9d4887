"""Who signs in: shared reference rows, known to every practice the person belongs to."""

from __future__ import annotations

from typing import Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models.functions import Lower

from practice.npi import validate_npi


class UserManager(BaseUserManager["User"]):
    """Makes accounts; the email address is the log-in name."""

    def create_user(self, email: str, password: str | None = None, **fields: Any) -> User:
        user = self.model(email=email.strip().lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def get_by_natural_key(self, username: str | None) -> User:
        return self.get(email=(username or "").strip().lower())


class Person(models.Model):
    """A human being across practices: a name, and a type-1 NPI where there is one. Nothing about a client."""

    first_name = models.CharField(max_length=60)
    last_name = models.CharField(max_length=60)
    npi = models.CharField("NPI", max_length=10, blank=True, validators=[validate_npi])

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["npi"], condition=~models.Q(npi=""), name="person_npi_once"),
        ]

    def __str__(self) -> str:
        return f"{self.first_name} {self.last_name}".strip()


class User(AbstractBaseUser):
    """An account. It keeps no time of the last log-in: nothing in a shared row changes as a side effect."""

    last_login = None
    email = models.EmailField(
        max_length=254, unique=True, error_messages={"unique": "An account with this email exists already."}
    )
    person = models.OneToOneField(Person, on_delete=models.PROTECT, related_name="user")
    is_active = models.BooleanField(default=True)

    objects = UserManager()

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    class Meta:
        constraints = [models.CheckConstraint(condition=models.Q(email=Lower("email")), name="user_email_lower")]

    def __str__(self) -> str:
        return self.email

    @property
    def name(self) -> str:
        """The person's name, as pages show it."""
        return str(self.person)
