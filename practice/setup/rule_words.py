"""What a set of rules says, in a line."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Final

from practice.models import PayerRules, PracticePayer
from practice.models.payer_rules import ALWAYS
from practice.setup.lists import phase

_SUPERVISED: Final = {
    "refused": "no supervised clinicians",
    "supervisor": "supervisor as rendering",
    "associate": "associate rendering",
}
_TAXONOMY: Final = {"billing": "taxonomy of the practice only", "none": "no taxonomy"}
_PLACES: Final = {"10": "10", "02": "02", "11": "11 office"}


@dataclass(frozen=True, slots=True)
class RulesRow:
    """Rules with where they stand in time; `rules.pk` is None for what holds before anything was written down."""

    rules: PayerRules
    phase: str
    says: str

    @property
    def is_always(self) -> bool:
        """Whether they count from the beginning."""
        return self.rules.starts_on == ALWAYS


def history(payer: PracticePayer, today: dt.date) -> list[RulesRow]:
    """The payer's rules, the latest first, down to the beginning; one query."""
    rows = list(PayerRules.objects.filter(payer=payer, withdrawn_at=None))
    first = rows[-1].starts_on if rows else None
    if first != ALWAYS:
        until = None if first is None else first - dt.timedelta(days=1)
        rows.append(PayerRules(payer=payer, starts_on=ALWAYS, ends_on=until))
    return [RulesRow(row, phase(row.starts_on, row.ends_on, today), says(row)) for row in rows]


def says(rules: PayerRules) -> str:
    """`90 days to file, no supervised clinicians, 95 by video`: the deadline and whatever else is worth a look."""
    parts = [f"{rules.filing_days} days to file", _supervised(rules), _modifiers(rules), *_places(rules)]
    parts.append(_TAXONOMY.get(rules.taxonomy, ""))
    if rules.authorized_codes:
        parts.append(f"authorization for {', '.join(rules.authorized_codes)}")
    parts += [words for name, words in _FLAGS.items() if getattr(rules, name)]
    if rules.member_id_form:
        parts.append(f"member IDs as {rules.member_id_form}")
    if rules.sessions == PayerRules.Sessions.TOGETHER:
        parts.append("a month’s sessions on one claim")
    if not rules.takes_replacements:
        parts.append("no replacements")
    return ", ".join(part for part in parts if part)


_FLAGS: Final = {
    "wants_cosignature": "co-signed notes",
    "wants_referring": "referring provider",
    "reports_patient_paid": "what the client paid",
    "received_is_accepted": "received is accepted",
}


def _supervised(rules: PayerRules) -> str:
    words = _SUPERVISED[rules.supervised]
    return f"{words} with {rules.supervised_modifier}" if rules.supervised_modifier else words


def _modifiers(rules: PayerRules) -> str:
    by = ((rules.video_modifier, "by video"), (rules.audio_modifier, "by phone"))
    return ", ".join(f"{code or 'nothing'} {how}" for code, how in by)


def _places(rules: PayerRules) -> list[str]:
    usual = (rules.home_place == "10", rules.elsewhere_place == "02")
    found = [] if usual[0] else [f"home as {_PLACES[rules.home_place]}"]
    return found if usual[1] else [*found, f"elsewhere as {_PLACES[rules.elsewhere_place]}"]
