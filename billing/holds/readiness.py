"""What readiness says of a session that somebody holds back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import ClassVar

from billing.holds.standing import of_attendances
from billing.models import Hold
from scheduling.readiness import Action, Check, Facts, Finding, Stage
from scheduling.readiness.addresses import HOLDS
from scheduling.readiness.words import short_day


class OnHold(Check):
    """Somebody keeps it from being billed, with a reason."""

    code = "on_hold"
    stages: ClassVar[tuple[Stage, ...]] = (Stage.BILL,)

    def applies(self, facts: Facts) -> bool:
        """Whatever took place or was missed; what was canceled is not billed anyway."""
        return not facts.is_canceled

    def load(self, facts: Sequence[Facts]) -> Mapping[int, Hold]:
        """The open holds; one query."""
        return of_attendances([one.key for one in facts])

    def judge(self, facts: Facts, extra: Mapping[int, Hold]) -> list[Finding]:
        hold = extra.get(facts.key)
        if hold is None or facts.is_confirmed:
            return []
        until = f" until {short_day(hold.until, facts.today)}" if hold.until else ""
        why = hold.reason if hold.reason.endswith((".", "!", "?")) else f"{hold.reason}."
        see = Action("See what is on hold", url_name=HOLDS)
        return [self.finding(f"It is on hold{until}.", why, waits_on=hold.made_by_name, actions=[see])]
