"""Northlight has a way in to the sandbox payer, through which Rivermark sends and asks, as their owners would agree."""

from __future__ import annotations

from typing import Final

from django.db import transaction

from billing.connections import selectors, shares, sharing
from desk.demo import accounts, sandbox
from desk.demo.cast import NORTHLIGHT, RIVERMARK
from desk.demo.sandbox import Doorway
from practice.access import Access
from practice.setup import selectors as setup
from practice.setup import services as setting_up
from practice.tenancy.context import practice_context

LOGIN: Final = "northlight"
_LEGAL_NAME: Final = "Northlight Services LLC"


def connect(doorway: Doorway) -> None:
    """Connects the organization and has Rivermark choose it, once: who ends it later is not asked again."""
    try:
        organization, practice = accounts.enter(NORTHLIGHT), accounts.enter(RIVERMARK)
    except LookupError:
        return
    _introduce(organization)
    sandbox.ask_at_once(organization, LOGIN, doorway)
    if _offer(organization, practice):
        _choose(practice)


def _introduce(organization: Access) -> None:
    """Who a clearinghouse asks about a file."""
    with transaction.atomic(), practice_context(organization.practice.pk):
        if setup.get_settings().legal_name:
            return
        who = {"legal_name": _LEGAL_NAME, "phone": "215-555-0199", "email": "claims@northlight.example"}
        numbers = {"ein": "", "npi": "", "taxonomy": "", "contact_name": "Olga Northlight"}
        setting_up.save_identity(actor=organization.actor, **who, **numbers)


def _offer(organization: Access, practice: Access) -> bool:
    """Whether the connection was offered just now; not where it was offered before or does not stand yet."""
    with transaction.atomic(), practice_context(organization.practice.pk, phi=True):
        row = next((one for one, _, _ in selectors.connections() if one.name == sandbox.API_NAME), None)
        if row is None:
            return False
        served = shares.practices(organization.actor, row)
        if not any(one.practice_id == practice.practice.pk and one.share is None for one in served):
            return False
        sharing.offer(actor=organization.actor, connection_id=row.pk, practice_id=practice.practice.pk)
        return True


def _choose(practice: Access) -> None:
    with transaction.atomic(), practice_context(practice.practice.pk, phi=True):
        row = next(one for one, _, _ in selectors.connections() if one.through_name == NORTHLIGHT.name)
        sharing.choose(actor=practice.actor, connection_id=row.pk)
