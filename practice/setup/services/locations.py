"""What changes where sessions take place."""

from __future__ import annotations

from typing import Any, Final

from django.db import transaction

from practice.actors import Actor
from practice.models import Location, PlaceOfService
from practice.setup.errors import SetupRefusedError
from practice.setup.services import _common

FACTS: Final = (
    "name", "is_telehealth", "place_of_service", "address1", "address2", "city", "state", "zip", "phone", "npi",
)  # fmt: skip


@transaction.atomic
def add_location(*, actor: Actor, **facts: Any) -> Location:
    """Adds an office or telehealth, with the facts named in `FACTS`; errors as `change_location`."""
    actor.require("practice:edit")
    location = Location()
    _common.fill(location, _checked(location, facts))
    _common.save_new(location, actor=actor, action="location.added")
    return location


@transaction.atomic
def change_location(*, actor: Actor, location_id: int, **facts: Any) -> Location:
    """Changes a location. SetupRefusedError for a name in use, or a place of service that does not fit."""
    actor.require("practice:edit")
    location = _common.locked(Location, location_id)
    _common.save_changed(location, _checked(location, facts), actor=actor, action="location.changed")
    return location


@transaction.atomic
def switch_location(*, actor: Actor, location_id: int, is_active: bool) -> Location:
    """Takes a location out of use, or back into it; what happened there stays."""
    actor.require("practice:edit")
    location = _common.locked(Location, location_id)
    _common.save_changed(location, {"is_active": is_active}, actor=actor, action="location.switched")
    return location


def _checked(location: Location, facts: dict[str, Any]) -> dict[str, Any]:
    values: dict[str, Any] = {name: facts[name] for name in FACTS if name in facts}
    name = str(values.get("name", location.name)).strip()
    taken = Location.objects.filter(name__iexact=name)
    _common.refuse_taken_name(taken, location, f"There is a location called {name} already.")
    values["name"] = name
    place = PlaceOfService.objects.filter(code=values.get("place_of_service", location.place_of_service)).first()
    if place is None:
        raise SetupRefusedError("There is no such place of service.", "place_of_service")
    if place.telehealth != values.get("is_telehealth", location.is_telehealth):
        kind = "telehealth" if place.telehealth else "a place with a door"
        raise SetupRefusedError(f"Place of service {place.code} is {kind}. Change one of the two.", "place_of_service")
    return values
