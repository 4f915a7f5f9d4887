"""Whether an ICD-10-CM code may stand on a claim for a date, by the release valid on it. No tables here.

A date after the last loaded release is checked against that release: what it lacks may exist in the next one, so
that is a warning and never a block.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from enum import Enum
from typing import Final

from clinicians.words import short

PATTERN: Final = re.compile(r"[A-Z](\d[0-9A-Z]|[A-Z]\d)(\.[0-9A-Z]{1,4})?")
_CATEGORY: Final = 3
ABBREVIATIONS: Final = {
    "adhd": "attention-deficit hyperactivity",
    "bpd": "borderline personality",
    "gad": "generalized anxiety",
    "mdd": "major depressive",
    "ocd": "obsessive-compulsive",
    "odd": "oppositional defiant",
    "ptsd": "post-traumatic stress",
}


@dataclass(frozen=True, slots=True)
class Entry:
    """A code's words, and whether it is one to claim or a heading of others."""

    words: str
    billable: bool


@dataclass(frozen=True, slots=True)
class Release:
    """A release with the days it is valid for and the codes that are asked about."""

    name: str
    starts_on: dt.date
    ends_on: dt.date
    codes: Mapping[str, Entry] = field(default_factory=dict)


class Outcome(Enum):
    """What the check found."""

    FINE = "fine"
    HEADING = "heading"
    UNKNOWN = "unknown"
    MALFORMED = "malformed"
    NOTHING_LOADED = "nothing loaded"


@dataclass(frozen=True, slots=True)
class Check:
    """The answer for one code and one date: `blocks` or, failing that, warns with a sentence; none when it is fine."""

    code: str
    outcome: Outcome
    release: str = ""
    words: str = ""
    sentence: str = ""
    blocks: bool = False

    @property
    def is_fine(self) -> bool:
        """Whether there is nothing to say."""
        return self.outcome is Outcome.FINE


def written(code: str) -> str:
    """The code in capitals with its dot: `f411` is F41.1."""
    plain = re.sub(r"[\s.]", "", code).upper()
    return f"{plain[:_CATEGORY]}.{plain[_CATEGORY:]}" if len(plain) > _CATEGORY else plain


def looks_like_a_code(text: str) -> bool:
    """Whether a search is the beginning of a code: a letter, then a digit."""
    return re.fullmatch(r"[A-Za-z]\d[0-9A-Za-z.]*|[A-Za-z]{2}\d[0-9A-Za-z.]*", text.strip()) is not None


def in_words(text: str) -> list[str]:
    """The words a description must hold; what the field abbreviates is spelled out."""
    spelled = (ABBREVIATIONS.get(word.casefold(), word) for word in text.split())
    return [word for part in spelled for word in part.split()]


def release_on(on_date: dt.date, releases: Collection[Release]) -> tuple[Release | None, bool]:
    """The release that answers for a date, and whether it is valid then.

    After the last one, and in a gap, it is the latest begun before; before the first one, the first.
    """
    ordered = sorted(releases, key=lambda release: release.starts_on)
    begun = [release for release in ordered if release.starts_on <= on_date]
    found = begun[-1] if begun else next(iter(ordered), None)
    return found, found is not None and found.starts_on <= on_date <= found.ends_on


def check(code: str, on_date: dt.date, releases: Sequence[Release]) -> Check:
    """Checks one code for one date of service."""
    code = written(code)
    if not PATTERN.fullmatch(code):
        return Check(code, Outcome.MALFORMED, sentence=f"{code} is not written like a diagnosis code.", blocks=True)
    release, is_valid = release_on(on_date, releases)
    if release is None:
        sentence = "No diagnosis codes are loaded, so this one is not checked."
        return Check(code, Outcome.NOTHING_LOADED, sentence=sentence)
    entry = release.codes.get(code)
    if entry is None:
        return Check(code, Outcome.UNKNOWN, release.name, sentence=_unknown(code, on_date, release), blocks=is_valid)
    if not entry.billable:
        sentence = f"{code} is a heading; choose a code below it."
        return Check(code, Outcome.HEADING, release.name, entry.words, sentence, blocks=True)
    return Check(code, Outcome.FINE, release.name, entry.words)


def _unknown(code: str, on_date: dt.date, release: Release) -> str:
    if release.starts_on <= on_date <= release.ends_on:
        return f"{code} is not a code of {release.name}, which is valid on {short(on_date, on_date)}."
    return f"{code} is not in {release.name}, the nearest release loaded. It may be in another."


def banner(today: dt.date, releases: Collection[Release]) -> str:
    """What Settings says when today lies after the last loaded release, or nothing is loaded; empty otherwise."""
    if not releases:
        return "No diagnosis codes are loaded. Load a release with “manage.py load_icd10”."
    last = max(releases, key=lambda release: release.ends_on)
    if today <= last.ends_on:
        return ""
    return (
        f"The diagnosis codes of {last.name} ended on {short(last.ends_on, today)}. "
        "Later dates are checked against them until the next release is loaded with “manage.py load_icd10 FILE”; "
        "a code they lack is only a warning."
    )
