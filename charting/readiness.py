"""What readiness asks of documentation: that it is signed, and co-signed where somebody answers for the clinician."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import ClassVar

from charting.selectors import NoteState, states_for
from scheduling.readiness import Action, Check, Facts, Finding, Stage
from scheduling.readiness.addresses import NOTE

States = Mapping[int, NoteState]


class _NoteCheck(Check):
    """Insurers pay for documented sessions; pay asks it of every session, whoever pays."""

    stages: ClassVar[tuple[Stage, ...]] = (Stage.BILL, Stage.PAY)

    def load(self, facts: Sequence[Facts]) -> States:
        """The state of each note; one query."""
        return states_for([one.key for one in facts])

    def _stage(self, facts: Facts) -> Stage:
        return Stage.BILL if facts.is_claim else Stage.PAY


class NoteUnsigned(_NoteCheck):
    """The session's clinician has not signed."""

    code = "note_unsigned"

    def judge(self, facts: Facts, extra: States) -> list[Finding]:
        state = extra.get(facts.key, NoteState())
        if state.is_signed:
            return []
        who = facts.rendering
        drafted = state.status == "drafted"
        title = "The note is not signed." if drafted else "The note is missing."
        why = f"{who.first_name} is paid for this session once it is signed." if who else "Nobody is named to write it."
        see = Action("See the note" if drafted else "Write the note", url_name=NOTE, url_args=(facts.key,))
        waits = who.name if who else "the clinician"
        return [self.finding(title, why, waits_on=waits, actions=[see], stage=self._stage(facts))]


class CosignatureMissing(_NoteCheck):
    """An associate's note, or one whose payer asks for it, has the supervisor's name too."""

    code = "cosignature_missing"

    def judge(self, facts: Facts, extra: States) -> list[Finding]:
        state, who = extra.get(facts.key, NoteState()), facts.rendering
        if who is None or not state.is_signed or state.is_cosigned or not needs_cosignature(facts):
            return []
        payer = facts.coverage.payer if facts.coverage and facts.is_claim else None
        asks = payer is not None and facts.rules.wants_cosignature
        why = (
            f"{payer.name} asks for it from associates."
            if payer and asks
            else f"{who.first_name} works under supervision."
        )
        see = Action("See the note", url_name=NOTE, url_args=(facts.key,))
        above = facts.supervisor
        title = f"{above.name} has to co-sign the note." if above else "A supervisor has to co-sign the note."
        waits = above.name if above else "a supervisor"
        return [self.finding(title, why, waits_on=waits, actions=[see], stage=self._stage(facts))]


def needs_cosignature(facts: Facts) -> bool:
    """Associates always; others where the payer asks for it and somebody supervised them that day."""
    if facts.rendering is not None and facts.rendering.is_supervised:
        return True
    asked = facts.is_claim and facts.coverage is not None and facts.rules.wants_cosignature
    return asked and facts.supervisor is not None
