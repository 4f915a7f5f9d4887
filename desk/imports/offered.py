"""What the practice has, by the names a file uses; what is missing is added by the services of the set-up."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from desk.imports.grouping import ADD_ONS, GROUP_CODES
from desk.imports.names import fold
from desk.imports.parsing.words import MINUTES, TELEHEALTH, USUAL_MINUTES
from practice.actors import Actor
from practice.models import Location, PracticePayer, Service, ServiceCode
from practice.setup.services import offers, payers

NO_CODE: Final = "Without a code (former system)"
_NAME: Final = 60
_INTAKE: Final = frozenset({"90791", "90792"})
_FAMILY: Final = frozenset({"90846", "90847"})
_REMOTE: Final = ("telehealth", "video", "online", "virtual")


class Offered:
    """Payers, services and places of the practice; three queries, and one more for each thing that is added."""

    def __init__(self, actor: Actor) -> None:
        self._actor = actor
        self._payers: dict[str, PracticePayer] = {}
        self._by_id: dict[str, list[PracticePayer]] = {}
        for payer in PracticePayer.objects.order_by("pk"):
            self._keep(payer)
        self._services = {service.code: service for service in Service.objects.order_by("-pk") if service.code}
        self._places = {fold(place.name): place for place in Location.objects.filter(is_active=True)}
        self.added: list[PracticePayer | Service] = []

    def payer(self, name: str, number: str) -> PracticePayer:
        """The insurer by its ID, else by its name; added when the practice has none like it."""
        found = self.known_payer(name, number)
        if found is None:
            found = payers.add_own_payer(actor=self._actor, name=name[:60], payer_id=number[:20])
            self.added.append(found)
            self._keep(found)
        return found

    def known_payer(self, name: str, number: str) -> PracticePayer | None:
        """The insurer, or None when the practice has none like it."""
        same = self._by_id.get(number, []) if number else []
        return same[0] if len(same) == 1 else self._payers.get(fold(name))

    def service(self, code: str, title: str = "") -> Service:
        """The service by its code; added when the practice does not offer it. Words without a code share one."""
        if code in self._services:
            return self._services[code]
        found = self._add(code) if code else self._without_code()
        self._services[code] = found
        return found

    def lacking(self, codes: Iterable[str]) -> list[str]:
        """The services of these codes that would be added, by what they would be called."""
        missing = [code for code in dict.fromkeys(codes) if code not in self._services]
        names = dict(ServiceCode.objects.filter(code__in=missing).values_list("code", "name")) if missing else {}
        has_one = "" in missing and Service.objects.filter(code="", name=NO_CODE).exists()
        told = [f"{code} {names.get(code, code)[:_NAME]}" for code in missing if code]
        return sorted(told + ([NO_CODE] if "" in missing and not has_one else []))

    def place(self, name: str) -> Location | None:
        """A location by its name."""
        return self._places.get(fold(name)) if name else None

    def is_remote(self, place_of_service: str, name: str) -> bool:
        """Whether a session was by telehealth."""
        return place_of_service in TELEHEALTH or any(word in name.casefold() for word in _REMOTE)

    def _keep(self, payer: PracticePayer) -> None:
        self._payers.setdefault(fold(payer.name), payer)
        if payer.payer_id:
            self._by_id.setdefault(payer.payer_id, []).append(payer)

    def _add(self, code: str) -> Service:
        known = ServiceCode.objects.filter(code=code).first()
        kind = _kind(code)
        add_on_to = list(known.add_on_to) if known else []
        if kind == Service.Kind.ADD_ON and not add_on_to:
            kind = Service.Kind.OTHER
        found = offers.add_service(
            actor=self._actor,
            code=code,
            name=(known.name if known else code)[:_NAME],
            kind=kind,
            add_on_to=add_on_to,
            time_min=known.time_min if known else None,
            time_max=known.time_max if known else None,
            minutes=MINUTES.get(code, USUAL_MINUTES),
        )
        self.added.append(found)
        return found

    def _without_code(self) -> Service:
        found = Service.objects.filter(code="", name=NO_CODE).first()
        if found is None:
            found = offers.add_service(
                actor=self._actor,
                code="",
                name=NO_CODE,
                kind=Service.Kind.OTHER,
                insured=False,
                needs_diagnosis=False,
                minutes=USUAL_MINUTES,
            )
            self.added.append(found)
        return found


def _kind(code: str) -> str:
    kinds = {Service.Kind.INTAKE: _INTAKE, Service.Kind.FAMILY: _FAMILY, Service.Kind.GROUP: GROUP_CODES}
    found = next((kind for kind, codes in kinds.items() if code in codes), None)
    return found or (Service.Kind.ADD_ON if code in ADD_ONS else Service.Kind.INDIVIDUAL)
