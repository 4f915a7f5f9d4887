"""What the history of each practice is: since when, how many, and who."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace
from typing import Final

from desk.demo.cast import FERNHOLLOW, RIVERMARK, Business
from desk.demo.names import FERNHOLLOW_TEAM, RIVERMARK_TEAM, Colleague

AHEAD: Final = dt.timedelta(days=5)  # between founding and the first Monday


@dataclass(frozen=True, slots=True)
class Script:
    """One practice: its weeks up to today, its team and how many clients it has in the end.

    `newcomer` is the place of somebody who joins with the pay period that ended last.
    """

    business: Business
    weeks: int
    clients: int
    team: tuple[Colleague, ...]
    legal_name: str
    ein: str
    npi: str
    model: str
    billing_name: str
    group: int | None = None
    newcomer: int | None = None

    def first_monday(self, today: dt.date) -> dt.date:
        """The day on which its history begins."""
        return today - dt.timedelta(days=today.weekday()) - dt.timedelta(weeks=self.weeks)

    def cut(self, *, weeks: int, clients: int, team: int) -> Script:
        """A smaller one of the same kind."""
        group = self.group if self.group is not None and self.group < team else None
        newcomer = self.newcomer if self.newcomer is not None and self.newcomer < team else None
        return replace(self, weeks=weeks, clients=clients, team=self.team[:team], group=group, newcomer=newcomer)


FERNHOLLOW_SCRIPT: Final = Script(
    FERNHOLLOW,
    weeks=26,
    clients=180,
    team=FERNHOLLOW_TEAM,
    legal_name="Fernhollow Therapy PC",
    ein="23-4567890",
    npi="1245319599",
    model="integrated",
    billing_name="Bob Keller",
    group=3,
    newcomer=11,
)
RIVERMARK_SCRIPT: Final = Script(
    RIVERMARK,
    weeks=8,
    clients=25,
    team=RIVERMARK_TEAM,
    legal_name="Rivermark Partners LLP",
    ein="23-4567891",
    npi="1345678902",
    model="partnership",
    billing_name="Heidi Sommer",
)
WHOLE: Final = (FERNHOLLOW_SCRIPT, RIVERMARK_SCRIPT)
