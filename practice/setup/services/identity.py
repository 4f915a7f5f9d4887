"""What changes who the practice is, how it looks and which rules it follows."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Any, Final
from zoneinfo import available_timezones

from django.core.exceptions import ValidationError
from django.db import transaction

from practice import files
from practice.actors import Actor
from practice.addresses import refuse_po_box, zip9_validator
from practice.files import FileRefusedError
from practice.models import Practice, PracticeFile, PracticeSettings, Taxonomy
from practice.setup import selectors, steps, told
from practice.setup.errors import SetupRefusedError
from practice.setup.services import _common

LOGO_TYPES: Final = frozenset({"image/png", "image/jpeg", "image/webp"})
LOGO_BYTES: Final = 1024 * 1024
ADDRESS: Final = ("address1", "address2", "city", "state", "zip")
_NEEDED: Final = ("address1", "city", "state", "zip")


@transaction.atomic
def start_practice(*, practice: Practice, actor: Actor) -> PracticeSettings:
    """The settings row of the open practice, made when it has none yet."""
    if practice.pk != actor.practice_id:
        raise SetupRefusedError("The set-up of another practice cannot be started from here.")
    return selectors.get_settings()


@transaction.atomic
def save_identity(
    *,
    actor: Actor,
    legal_name: str,
    ein: str,
    npi: str,
    taxonomy: str,
    phone: str,
    email: str,
    contact_name: str,
) -> PracticeSettings:
    """Saves who the practice is on a claim (005010X222A1 2010AA, 1000A PER). An empty EIN keeps the one stored."""
    values: dict[str, Any] = {
        "legal_name": legal_name.strip(),
        "npi": npi.strip(),
        "taxonomy": taxonomy,
        "phone": phone.strip(),
        "email": email.strip(),
        "contact_name": contact_name.strip(),
    }
    if taxonomy and not Taxonomy.objects.filter(code=taxonomy).exists():
        raise SetupRefusedError(f"There is no taxonomy {taxonomy}.", "taxonomy")
    if ein.strip():
        values["ein"] = re.sub(r"\D", "", ein) if re.fullmatch(r"\s*\d{2}-?\d{7}\s*", ein) else ein.strip()
    before = _paid_under(selectors.get_settings())
    saved = _change(actor, "identity", values)
    if _paid_under(saved) != before:
        told.tell(actor, saved)
    return saved


@transaction.atomic
def save_addresses(*, actor: Actor, billing: dict[str, str], pay_to: dict[str, str] | None) -> PracticeSettings:
    """Saves the street address of claims and where payments go; None when payments go to the street address.

    Both have the keys of `ADDRESS`. A PO box or a ZIP code without its last four digits is refused for the
    first (005010X222A1 2010AA); the pay-to address may be a PO box (2010AB).
    """
    _refuse_unbillable(billing)
    pay_to = pay_to or dict.fromkeys(ADDRESS, "")
    if any(pay_to.values()):
        _refuse_unfinished(pay_to, "pay_to_")
    values = {name: billing.get(name, "") for name in ADDRESS}
    values |= {f"pay_to_{name}": pay_to.get(name, "") for name in ADDRESS}
    return _change(actor, "addresses", values)


@transaction.atomic
def save_look(
    *, actor: Actor, name: str, time_zone: str, accent: str, logo: tuple[str, bytes] | None, remove_logo: bool
) -> PracticeSettings:
    """Saves the name and the time zone of the practice, its color and its logo (file name and bytes)."""
    actor.require("practice:edit")
    if time_zone not in available_timezones():
        raise SetupRefusedError("There is no such time zone.", "time_zone")
    _change_practice(actor, name=name.strip(), time_zone=time_zone)
    values: dict[str, Any] = {"accent": accent.lower()}
    if logo is not None:
        values["logo"] = _kept_logo(actor, *logo)
    elif remove_logo:
        values["logo"] = None
    return _change(actor, "look", values)


@transaction.atomic
def save_organization(*, actor: Actor, business_model: str) -> PracticeSettings:
    """Saves how the practice is organized."""
    if business_model not in PracticeSettings.BusinessModel.values:
        raise SetupRefusedError("Choose one of the four ways.", "business_model")
    return _change(actor, "organization", {"business_model": business_model})


@transaction.atomic
def save_policies(
    *,
    actor: Actor,
    late_cancel_hours: int,
    late_cancel_fee: Decimal,
    no_show_fee: Decimal,
    attester: str,
    confirm_within_hours: int,
    send_delay_minutes: int,
) -> PracticeSettings:
    """Saves what late cancels and no-shows cost, who attests, and how long claims wait before they leave."""
    values = {
        "late_cancel_hours": late_cancel_hours,
        "late_cancel_fee": late_cancel_fee,
        "no_show_fee": no_show_fee,
        "attester": attester,
        "confirm_within_hours": confirm_within_hours,
        "send_delay_minutes": send_delay_minutes,
    }
    return _change(actor, "policies", values)


@transaction.atomic
def finish_step(*, actor: Actor, step: str) -> PracticeSettings:
    """Says that nothing is left to enter in a step that is a list."""
    if step not in steps.KEYS:
        raise SetupRefusedError("There is no such step.")
    return _change(actor, step, {})


def _paid_under(settings: PracticeSettings) -> tuple[str, str]:
    """NPI and EIN, the latter's digits alone."""
    return settings.npi, re.sub(r"\D", "", str(settings.ein))


def _change(actor: Actor, step: str, values: dict[str, Any]) -> PracticeSettings:
    actor.require("practice:edit")
    settings = selectors.get_settings(lock=True)
    if step not in settings.steps_done:
        values = values | {"steps_done": [*settings.steps_done, step]}
    if values:
        _common.save_changed(settings, values, actor=actor, action="settings.changed")
    return settings


def _change_practice(actor: Actor, *, name: str, time_zone: str) -> None:
    practice = Practice.objects.select_for_update(no_key=True).get(pk=actor.practice_id)
    if not name:
        raise SetupRefusedError("The practice needs a name.", "name")
    _common.save_changed(practice, {"name": name, "time_zone": time_zone}, actor=actor, action="practice.changed")


def _kept_logo(actor: Actor, name: str, content: bytes) -> PracticeFile:
    if len(content) > LOGO_BYTES:
        raise SetupRefusedError(f"This file has {len(content) / LOGO_BYTES:.1f} MB; a logo has at most 1 MB.", "logo")
    try:
        return files.store_for_practice(content, name=name, actor=actor, accepts=LOGO_TYPES)
    except FileRefusedError as error:
        raise SetupRefusedError("A logo is a PNG, JPEG or WebP picture. Choose another file.", "logo") from error


def _refuse_unbillable(billing: dict[str, str]) -> None:
    _refuse_unfinished(billing, "")
    for name, check in (("address1", refuse_po_box), ("address2", refuse_po_box), ("zip", zip9_validator)):
        try:
            check(billing.get(name, ""))
        except ValidationError as error:
            raise SetupRefusedError(error.messages[0], name) from error


def _refuse_unfinished(address: dict[str, str], prefix: str) -> None:
    words = dict(zip(_NEEDED, ("a street", "a city", "a state", "a ZIP code"), strict=True))
    for name in _NEEDED:
        if not address.get(name):
            raise SetupRefusedError(f"The address needs {words[name]}.", f"{prefix}{name}")
