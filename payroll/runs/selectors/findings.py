"""What a calculation noticed, as the run's page says it: what, why, and the one act that clears it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Final

from clinicians.models import Engagement
from payroll.calculation.words import money, short
from payroll.exports.facts import About, Missing
from payroll.models import ManualLine, PayRun
from payroll.providers.shapes import FileOfRun
from practice.actors import Actor

Address = Callable[..., str]
_LOOKS: Final = {
    "block": ("wait", "needs-you"),
    "lack": ("wait", "needs-you"),
    "warn": ("wait", "ready"),
    "info": ("calm", "over"),
}
_GLYPHS: Final = {"held": "held"}
_WHY: Final = {
    "no_rules": "What they are paid for these sessions is not said, so they would be left out.",
    "no_rule": "They would be paid nothing for them.",
    "no_rate": "They would be paid nothing for them.",
    "not_paid_here": "Another schedule pays this person, or none. Remove the line here.",
    "unsigned": "An employee’s earned pay is not held; the lines say whether it is signed by now.",
    "taken_back": "What was paid is never edited; this run puts it right.",
    "carried": "Wages are not lowered by it, and nobody is paid less than nothing.",
}
_ACTS: Final = {
    "no_terms": ("Add the terms", "team:edit"),
    "no_rules": ("Add rules", "payroll:edit"),
    "no_rule": ("Add a rule", "payroll:edit"),
    "no_rate": ("Add a rate", "payroll:edit"),
    "not_paid_here": ("See the line", "payroll:edit"),
    "overtime": ("Enter the premium", "payroll:edit"),
    "negative": ("Add a line", "payroll:edit"),
    "held": ("See the notes", "documentation:view"),
    "unsigned": ("See the lines", "payroll:view"),
    "taken_back": ("See the lines", "payroll:view"),
}
_FOR_RULES: Final = frozenset({"no_rules", "no_rule", "no_rate"})
_KINDS: Final = {"overtime": ManualLine.Kind.OVERTIME_PREMIUM.value, "negative": ManualLine.Kind.CORRECTION.value}


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing noticed; without `url` there is nothing to do about it, or it is not this person's to do."""

    severity: str
    kind: str
    glyph: str
    what: str
    why: str
    act: str = ""
    url: str = ""

    @property
    def stops(self) -> bool:
        """Whether the run cannot be approved because of it."""
        return self.severity == "block"

    @property
    def asks(self) -> bool:
        """Whether somebody has to put something right, be it before the approval or before the files."""
        return self.severity in {"block", "lack"}


def findings(
    actor: Actor, run: PayRun, terms: Sequence[Engagement], by_hand: Sequence[ManualLine], address: Address
) -> list[Finding]:
    """What stops the approval first, then what is only said; `terms` has those of everybody it is about."""
    names = {row.clinician_id: row.clinician.name for row in terms}
    latest = {row.clinician_id: row.pk for row in terms}
    said = [_finding(one, names, _act(actor, run, one, latest, address)) for one in run.findings]
    order = list(_LOOKS)
    return [*sorted(said, key=lambda one: order.index(one.severity)), *_premiums(by_hand)]


def lacking(actor: Actor, file: FileOfRun, address: Address) -> Finding:
    """What a file lacks, which does not stop the approval; several things are one finding."""
    first, number = file.missing[0], len(file.missing)
    whose = "" if len(file.form.tax_classes) > 1 else f" for {file.kind}"
    what = first.words.removesuffix(".") if number == 1 else f"{number} things are missing for the file{whose}"
    told = f"{first.words} " if number > 1 else ""
    why = (
        f"{told}The file{whose} is not made until {'it is' if number == 1 else 'they are'} there; approving can go on."
    )
    if not actor.may("payroll:edit"):
        return Finding("lack", *_LOOKS["lack"], what, why)
    return Finding("lack", *_LOOKS["lack"], what, why, *_where_lacking(file, first, address))


def _where_lacking(file: FileOfRun, first: Missing, address: Address) -> tuple[str, str]:
    if first.about == About.PEOPLE:
        there = address("payroll_provider", file.target, show="missing") + f"#{file.target}-{first.clinician_id}"
        return "Enter it" if len(file.missing) == 1 else "Enter them", there
    pages = {
        About.SETUP: ("Set it up", f"{address('payroll_provider', file.target)}#set-up"),
        About.RULES: ("See the pay rules", address("pay_rules")),
        About.HOURS: ("See the hours", address("pay_hours")),
    }
    return pages.get(first.about, ("", ""))


def _finding(one: Mapping[str, Any], names: Mapping[int, str], act: tuple[str, str]) -> Finding:
    kind, glyph = _LOOKS[one["severity"]]
    what, why = _parted(one["words"], names.get(one["clinician_id"], ""))
    glyph, why = _GLYPHS.get(one["code"], glyph), why or _WHY.get(one["code"], "")
    return Finding(one["severity"], kind, glyph, what, why, *act)


def _parted(words: str, name: str) -> tuple[str, str]:
    """The first sentence and the rest; a full stop inside of the person's name ends nothing."""
    head = name if words.startswith(name) else ""
    first, _, rest = words[len(head) :].partition(". ")
    return head + first.removesuffix("."), rest


def _act(
    actor: Actor, run: PayRun, one: Mapping[str, Any], terms: Mapping[int, int], address: Address
) -> tuple[str, str]:
    """The words of the act and where it is done; both empty where there is none, or it is not this person's."""
    words, needed = _ACTS.get(one["code"], ("", ""))
    if not words or not actor.may(needed):
        return "", ""
    url = _where(run, one, terms, address)
    return (words, url) if url else ("", "")


def _where(run: PayRun, one: Mapping[str, Any], terms: Mapping[int, int], address: Address) -> str:
    who, code = one["clinician_id"], one["code"]
    if code in _FOR_RULES:
        return address("pay_rules_of", terms[who]) if who in terms else ""
    if code in {"overtime", "negative"}:
        more = {name: one[name] for name in ("week", "hours") if one.get(name)}
        return address("add_pay_line", run.pk, kind=_KINDS[code], who=str(who), **more)
    known: dict[str, str] = {
        "held": address("documentation", clinician=str(who)),
        "unsigned": address("pay_of_person", run.pk, who),
        "taken_back": address("pay_of_person", run.pk, who),
        "no_terms": address("clinician_terms", who),
        "not_paid_here": "#by-hand",
    }
    return known.get(code, "")


def _premiums(by_hand: Iterable[ManualLine]) -> Iterable[Finding]:
    for row in by_hand:
        if row.kind == ManualLine.Kind.OVERTIME_PREMIUM and row.workweek_starts_on is not None:
            hours = f"{_plain(row.hours)} overtime hours" if row.hours else "Overtime"
            what = f"{row.clinician.name}: {hours} in the week of {short(row.workweek_starts_on)}"
            yield Finding("info", "calm", "ready", what, f"A premium of {money(row.amount)} is entered by hand.")


def _plain(hours: Decimal) -> str:
    return f"{hours.normalize():f}"
