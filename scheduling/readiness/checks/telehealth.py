"""Modifiers that say how a session was given, against what its payer wants on that day."""

from __future__ import annotations

from typing import Any, Final

from practice.models.payer_rules import AUDIO, VIDEO
from scheduling.readiness.check import ClaimCheck
from scheduling.readiness.facts import Facts
from scheduling.readiness.findings import Action, Finding

NONE: Final = "none"
"""What a button sends to take the last modifier away."""


class ModifierMismatch(ClaimCheck):
    """Telehealth carries the payer's own modifier for video or phone, a session in person neither.

    Silent until a modifier is known, since confirming proposes the right one, and about what is billed already.
    """

    code = "modifier_mismatch"

    def judge(self, facts: Facts, extra: Any) -> list[Finding]:
        if facts.is_confirmed or not facts.modifiers or facts.coverage is None:
            return []
        given = [code for code in facts.modifiers if code in VIDEO | AUDIO]
        if not is_telehealth(facts):
            return [self._in_person(facts, given)] if given else []
        if not given:
            return self._without(facts)
        return self._given(facts, given, facts.coverage.payer.name)

    def _in_person(self, facts: Facts, given: list[str]) -> Finding:
        title = f"{given[0]} says telehealth, but the session was in person."
        why = "Payers deny a claim whose place and modifier differ."
        return self._said(title, why, _use(facts, given, ""))

    def _without(self, facts: Facts) -> list[Finding]:
        ways = ((facts.rules.video_modifier, "by video"), (facts.rules.audio_modifier, "by phone"))
        actions = [_use(facts, [], code, f"Add {code}, {how}") for code, how in ways if code]
        if not facts.rules.video_modifier or facts.coverage is None:
            return []
        title = "No modifier says that the session was by telehealth."
        why = f"{facts.coverage.payer.name} wants one on that day."
        return [self._said(title, why, *actions)]

    def _given(self, facts: Facts, given: list[str], payer: str) -> list[Finding]:
        by_phone = given[0] in AUDIO
        wanted = facts.rules.audio_modifier if by_phone else facts.rules.video_modifier
        if given == [wanted]:
            return []
        how = "by phone" if by_phone else "by video"
        shown = " and ".join(given)
        title = f"{payer} wants {wanted or 'no modifier'} for a session {how}, not {shown}."
        return [self._said(title, "Its rules on that day say so.", _use(facts, given, wanted))]

    def _said(self, title: str, why: str, *actions: Action) -> Finding:
        return self.finding(title, why, field="modifiers", actions=actions)


def is_telehealth(facts: Facts) -> bool:
    """By its own mark or by its location's, as it is proposed for the claim."""
    return facts.telehealth or bool(facts.location and facts.location.is_telehealth)


def _use(facts: Facts, given: list[str], wanted: str, label: str = "") -> Action:
    """Puts the wanted modifier where the others stood."""
    kept = [code for code in facts.modifiers if code not in given]
    codes = [wanted, *kept] if wanted else kept
    label = label or (f"Use {wanted}" if wanted else f"Leave {' and '.join(given)} out")
    return Action(label, field="modifiers", value=" ".join(codes) or NONE)
