"""Who the clients of a practice are and when each of them comes. Pure: the same script gives the same people."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Final

from desk.demo import fate
from desk.demo.names import COPAYS, DIAGNOSES, FIRST_NAMES, LAST_NAMES, TAKE_ASSOCIATES
from desk.demo.script import Script

TIMES: Final = (dt.time(9), dt.time(10, 15), dt.time(11, 30), dt.time(13, 30), dt.time(14, 45), dt.time(16))
SHARES: Final = ("KM",) * 6 + ("BH",) * 4 + ("AE",) * 3 + ("CG",) * 2 + ("UH",) * 2 + ("",) * 3
OWN_RATES: Final = (None, Decimal("95.00"), Decimal("110.00"), None, Decimal("80.00"))
KINDS: Final = (*["couple"] * 5, *["family"] * 2, *["individual"] * 93)
GROUP_SIZE: Final = 6
GROUP: Final = "group"
COPIED_WRONG: Final = "KM4471903"  # the sandbox payer knows no such member
ENDED: Final = "KM4471907"  # the sandbox payer takes back what it paid for this one
_WRONG_CARD, _ENDED_COVER = 3, 8
_COVERED_TWICE: Final = frozenset({2, 9, 14, 31, 39, 50})
_PER_MILLE_NEW: Final = 220


@dataclass(frozen=True, slots=True)
class Person:
    """A client: what is on file, who sees them, and when. `payer` is a key of names.PAYERS, empty for self-pay."""

    place: int
    first_name: str
    last_name: str
    born: dt.date
    sex: str
    clinician: int
    payer: str
    own_rate: Decimal | None
    is_dependent: bool
    start_week: int
    every_weeks: int
    kind: str
    code: str
    telehealth: bool
    weekday: int
    time: dt.time
    diagnoses: tuple[str, ...]
    authorized: int
    habit: str

    @property
    def key(self) -> str:
        """By what the practice's own file knows them; no two are the same."""
        return f"D{self.place:04}"

    @property
    def member_id(self) -> str:
        """The number on the card."""
        if self.payer == "KM" and self.place in {_WRONG_CARD, _ENDED_COVER}:
            return COPIED_WRONG if self.place == _WRONG_CARD else ENDED
        return f"{self.payer}{5200000 + self.place * 37}"

    @property
    def second_payer(self) -> str:
        """The payer behind the first, a key of names.PAYERS; empty for most."""
        if not self.payer or self.place not in _COVERED_TWICE:
            return ""
        return "KM" if self.payer == "BH" else "BH"

    @property
    def second_member_id(self) -> str:
        """The number on the second card."""
        return f"{self.second_payer}{8100000 + self.place * 37}"

    @property
    def copay(self) -> Decimal | None:
        """What the card says is due at each visit."""
        return COPAYS.get(self.payer)

    @property
    def intake(self) -> str:
        """The code of the first visit of somebody new."""
        return "90792" if self.code == "99214" else "90791"


def people(script: Script, joins_in: int = 0) -> tuple[Person, ...]:
    """All of them, in the order of their places; `joins_in` is the first week of the clinician who came last."""
    seen: Counter[int] = Counter()
    found = []
    for place in range(script.clients):
        clinician = _clinician(script, place)
        is_grouped = script.group is not None and script.clients - place <= GROUP_SIZE
        person = _person(script, place, clinician, seen[clinician], is_grouped=is_grouped)
        if clinician == script.newcomer:
            person = replace(person, start_week=joins_in + seen[clinician] % 2)
        found.append(person)
        seen[clinician] += not is_grouped
    return tuple(found)


def _clinician(script: Script, place: int) -> int:
    if script.group is not None and script.clients - place <= GROUP_SIZE:
        return script.group
    return place % len(script.team)


def _person(script: Script, place: int, clinician: int, slot: int, *, is_grouped: bool) -> Person:
    name, who = script.business.name, script.team[clinician]
    payer = _payer(script, place, clinician)
    kind = GROUP if is_grouped else _kind(name, place, prescribes=who.prescribes)
    is_dependent = bool(payer) and kind == "individual" and fate.happens(110, name, "dependent", place)
    born = fate.draw(name, "born", place, below=9000)
    start = dt.date(2009, 1, 1) if is_dependent else dt.date(1960, 1, 1)
    return Person(
        place=place,
        first_name=FIRST_NAMES[(place * 7 + place // len(FIRST_NAMES)) % len(FIRST_NAMES)],
        last_name=LAST_NAMES[(place * 11 + clinician) % len(LAST_NAMES)],
        born=start + dt.timedelta(days=born % 2800 if is_dependent else born * 17 // 10),
        sex="F" if fate.happens(560, name, "sex", place) else "M",
        clinician=clinician,
        payer=payer,
        own_rate=None if payer else OWN_RATES[place % len(OWN_RATES)],
        is_dependent=is_dependent,
        start_week=_start_week(script, place, is_grouped=is_grouped),
        every_weeks=2 if who.prescribes or fate.happens(330, name, "fortnightly", place) else 1,
        kind=kind,
        code=_code(name, place, kind, prescribes=who.prescribes),
        telehealth=kind != GROUP and fate.happens(340, name, "telehealth", place),
        weekday=3 if is_grouped else (slot + clinician) % 5,
        time=dt.time(17, 30) if is_grouped else TIMES[slot // 5 % len(TIMES)],
        diagnoses=fate.choose(DIAGNOSES, name, "diagnosis", place),
        authorized=fate.choose((0, 0, 0, 0, 40, 40, 24), name, "authorized", place) if payer == "BH" else 0,
        habit=fate.choose(("often", "monthly", "monthly", "monthly", "slow", "slow"), name, "habit", place),
    )


def _payer(script: Script, place: int, clinician: int) -> str:
    if place in {_WRONG_CARD, _ENDED_COVER}:
        return "KM"
    payer = fate.choose(SHARES, script.business.name, "payer", place)
    is_associate = script.team[clinician].supervisor is not None
    return "KM" if payer and is_associate and payer not in TAKE_ASSOCIATES else payer


def _kind(name: str, place: int, *, prescribes: bool) -> str:
    if prescribes:
        return "individual"
    return fate.choose(KINDS, name, "kind", place)


def _code(name: str, place: int, kind: str, *, prescribes: bool) -> str:
    if prescribes:
        return "99214"
    if kind != "individual":
        return "90853" if kind == GROUP else "90847"
    return "90837" if fate.happens(420, name, "code", place) else "90834"


def _start_week(script: Script, place: int, *, is_grouped: bool) -> int:
    """Most are there from the beginning, the others come one by one; who lost their coverage came lately."""
    if place == _ENDED_COVER:
        return max(script.weeks - 7, 0)
    if is_grouped or place == _WRONG_CARD or not fate.happens(_PER_MILLE_NEW, script.business.name, "new", place):
        return 0
    return 1 + fate.draw(script.business.name, "since", place, below=max(script.weeks - 1, 1))
