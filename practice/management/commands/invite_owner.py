"""Invites the first owner of an installation: whoever accepts may found a practice."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.core.validators import validate_email
from django.forms import ValidationError
from django.urls import reverse

from practice.accounts import founding


class Command(BaseCommand):
    """Sends the invitation by mail, and prints the link for the case that mail does not work yet."""

    help = "Invite somebody to found a practice: invite_owner ada@example.com --first-name Ada --last-name Byron"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("email")
        parser.add_argument("--first-name", required=True)
        parser.add_argument("--last-name", required=True)
        parser.add_argument(
            "--base-url", default="", help="where people open Caseload, for example https://ehr.example"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            validate_email(options["email"])
        except ValidationError as error:
            raise CommandError(f"«{options['email']}» is not an email address.") from error
        base = (options["base_url"] or _base_url()).rstrip("/")
        links: list[str] = []

        def link(token: str) -> str:
            links.append(base + reverse("accept_invitation", args=[token]))
            return links[-1]

        invitation = founding.invite_owner(
            email=options["email"], first_name=options["first_name"], last_name=options["last_name"], link=link
        )
        self.stdout.write(f"Invited {invitation.email}. The link works once, until {invitation.expires_at:%B %d, %Y}:")
        self.stdout.write(links[-1])


def _base_url() -> str:
    host = next((name.lstrip(".") for name in settings.ALLOWED_HOSTS if name != "*"), "localhost")
    return f"{'https' if settings.SESSION_COOKIE_SECURE else 'http'}://{host}"
