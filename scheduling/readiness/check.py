"""What a check is: what it is about, what it loads for all attendances at once, and its pure judgment of one."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Sequence
from typing import Any, ClassVar, final

from scheduling.readiness.facts import Facts
from scheduling.readiness.findings import Action, Finding, Severity, Stage


class Check(ABC):
    """One rule. `code` names its findings, `stages` the steps they stand before, the earliest first.

    `of_bookings` checks also look at bookings that do not exist yet.
    """

    code: ClassVar[str]
    stages: ClassVar[tuple[Stage, ...]] = (Stage.CONFIRM,)
    severity: ClassVar[Severity] = Severity.BLOCK
    of_bookings: ClassVar[bool] = False

    def applies(self, facts: Facts) -> bool:
        """Whether the rule has anything to say: nothing about what was canceled or where nobody came."""
        return not (facts.is_canceled or facts.is_absence)

    def load(self, facts: Sequence[Facts]) -> Any:
        """What the judgment needs beyond the facts, for all of them in a constant number of queries.

        Checks that inherit one `load` share what it returns: it may depend on the facts alone.
        """
        return None

    @abstractmethod
    def judge(self, facts: Facts, extra: Any) -> list[Finding]:
        """What is wrong with one of them. Pure: no query, no clock."""

    @final
    def finding(
        self,
        title: str,
        why: str = "",
        *,
        field: str = "",
        waits_on: str = "",
        actions: Sequence[Action] = (),
        severity: Severity | None = None,
        stage: Stage | None = None,
    ) -> Finding:
        """A finding of this check, in its words."""
        return Finding(
            code=self.code,
            severity=severity or self.severity,
            stage=stage or self.stages[0],
            title=title,
            why=why,
            field=field,
            waits_on=waits_on,
            actions=tuple(actions),
        )


class ClaimCheck(Check):
    """A rule about claims: it has nothing to say where the client pays."""

    stages = (Stage.BILL,)

    def applies(self, facts: Facts) -> bool:
        return super().applies(facts) and facts.is_claim
