"""What pay rules say, in words: one sentence for each rule, and one for the whole version."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Final

from payroll.calculation.facts import Rule
from payroll.calculation.matching import ABSENCES, SESSION_KINDS, kinds_of
from payroll.calculation.words import count, money, share
from payroll.models import HoursKind, PayRule, RuleSet
from practice.models import Service
from practice.money import ZERO

_ABSENT: Final = {
    frozenset({"late_cancel"}): "late cancels",
    frozenset({"no_show"}): "no-shows",
    ABSENCES: "late cancels and no-shows",
}
_ONLY: Final = {frozenset({"session"}): "sessions without their add-ons", frozenset({"add_on"}): "add-ons"}
LONGEST_NAME: Final = 100
_WINDOW: Final = {"month": "calendar month", "period": "pay period"}


@dataclass(frozen=True, slots=True)
class Names:
    """What the numbers in rules are called."""

    payers: Mapping[int, str] = field(default_factory=dict)
    locations: Mapping[int, str] = field(default_factory=dict)
    clients: Mapping[int, str] = field(default_factory=dict)


def sentence(rule: Rule, names: Names) -> str:
    """`62% of what is collected, for 90837, from Keystone Mutual.`"""
    said = _pays(rule)
    return f"{said[0].upper()}{said[1:]}{_scope(rule, names)}."


def in_short(rules: Iterable[Rule], names: Names) -> str:
    """`62% of collected; late cancels and no-shows $40.00; $28.00 an hour of meetings`, in the rules' order."""
    return "; ".join(f"{_shortly(rule)}{_scope(rule, names)}" for rule in rules)


def in_brief(rules: Collection[Rule], names: Names) -> str:
    """The rule that is for most, and how many stand beside it: `62% of collected, and 2 more rules`."""
    if not rules:
        return ""
    widest = min(rules, key=lambda rule: (_is_for_some(rule, names), not rule.is_for_sessions))
    more = f", and {count(len(rules) - 1, 'more rule')}" if len(rules) > 1 else ""
    return f"{in_short([widest], names)}{more}"


def own_name(rule: Rule, names: Names) -> str:
    """What a rule is called that nobody named: what it pays, and never a client."""
    return in_short([rule], replace(names, clients={}))[:LONGEST_NAME]


def takebacks(kind: str, *, employee: bool) -> str:
    """What happens to pay when an insurer takes money back."""
    if kind == RuleSet.Takebacks.ABSORBED:
        return "When an insurer takes money back, the practice bears it."
    if employee:
        return "When an insurer takes money back, the share of it is carried; hours and salary are never lowered."
    return "When an insurer takes money back, the share of it comes off the next pay."


def unsigned(kind: str) -> str:
    """What happens to a session without a signed note."""
    if kind == RuleSet.Unsigned.HOLD:
        return "A session without a signed note waits for the run after the signature."
    return "A session without a signed note is paid and shown as unsigned."


def and_list(words: Collection[str]) -> str:
    """`meetings, notes and training`."""
    found = list(words)
    return found[0] if len(found) == 1 else f"{', '.join(found[:-1])} and {found[-1]}" if found else ""


def hours_words(kinds: Iterable[str]) -> str:
    """`meetings and training`, in the order in which they are always named."""
    chosen = set(kinds)
    return and_list([kind.label.lower() for kind in HoursKind if kind in chosen])


def _is_for_some(rule: Rule, names: Names) -> bool:
    """Whether it is narrower than all sessions, or all hours."""
    return bool(_subject(rule) or _scope(rule, names) or rule.hours_kinds)


def _pays(rule: Rule) -> str:
    if rule.method == "percent":
        return f"{_subject(rule)}{share(rule.rate or ZERO)} of what is collected"
    if rule.method == "flat":
        when = "once it is confirmed" if rule.recognized == "rendered" else "once something is paid on it"
        most = f", at most {money(rule.group_cap)} for one group" if rule.group_cap is not None else ""
        return f"{_subject(rule)}{_amount(rule)} for each{_thing(rule)}, {when}{most}"
    return _other(rule)


def _shortly(rule: Rule) -> str:
    if rule.method == "percent":
        return f"{_subject(rule)}{share(rule.rate or ZERO)} of collected"
    if rule.method == "flat":
        return f"{_subject(rule)}{_amount(rule)}{' each' if _subject(rule) else f' for each{_thing(rule)}'}"
    return _other(rule)


def _other(rule: Rule) -> str:
    if rule.method == "hourly":
        return f"{_amount(rule)} an hour{f' of {hours_words(rule.hours_kinds)}' if rule.hours_kinds else ''}"
    if rule.method == "salary":
        parts = f", in {rule.periods_a_year} parts" if rule.periods_a_year else ""
        return f"{_amount(rule)} a year{parts}"
    window = _WINDOW.get(rule.window, "period")
    return f"{_amount(rule)} for each kept session above {rule.threshold or 0} in a {window}"


def _subject(rule: Rule) -> str:
    """What is said before the amount where it is not the usual: sessions with their add-ons."""
    kinds = kinds_of(rule)
    named = _ABSENT.get(kinds) or _ONLY.get(kinds)
    return f"{named}: " if named else ""


def _thing(rule: Rule) -> str:
    kinds = kinds_of(rule)
    if kinds in _ABSENT or kinds in _ONLY:
        return ""
    return " session" if kinds <= SESSION_KINDS else " session and absence"


def _amount(rule: Rule) -> str:
    return money(rule.amount) if rule.amount is not None else "nothing"


def _scope(rule: Rule, names: Names) -> str:
    """Which of them it is for; nothing where it is for all."""
    parts = []
    kinds = kinds_of(rule)
    if rule.method == "percent" and kinds & ABSENCES and kinds & SESSION_KINDS:
        parts.append(f"and of {_ABSENT[kinds & ABSENCES]}")
    if rule.codes:
        parts.append(f"for {and_list(sorted(rule.codes))}")
    if rule.modifiers:
        parts.append(f"with modifier {and_list(sorted(rule.modifiers))}")
    if rule.service_kinds:
        kinds_said = [kind.label.lower() for kind in Service.Kind if kind in rule.service_kinds]
        parts.append(f"for {and_list(kinds_said)} sessions")
    return "".join(f", {part}" for part in [*parts, *_where(rule, names)])


def _where(rule: Rule, names: Names) -> list[str]:
    parts = []
    if rule.payer_ids:
        parts.append(f"paid by {_named(rule.payer_ids, names.payers, 'a payer that is gone')}")
    if rule.payer_kind:
        parts.append(f"for {PayRule.PayerKind(rule.payer_kind).label.lower()} clients")
    if rule.location_ids:
        parts.append(f"at {_named(rule.location_ids, names.locations, 'a location that is gone')}")
    if rule.delivery:
        parts.append(PayRule.Delivery(rule.delivery).label.lower())
    if rule.for_clients:
        parts.append(f"for {_named(rule.client_ids, names.clients, 'certain clients')}")
    return parts


def _named(ids: Iterable[int], names: Mapping[int, str], unknown: str) -> str:
    return and_list(sorted({names.get(number, unknown) for number in ids})) or unknown
