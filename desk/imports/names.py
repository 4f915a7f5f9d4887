"""Names of people: taken apart, and folded so that two ways of writing one name are equal."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

_SUFFIXES: Final = frozenset({"jr", "sr", "ii", "iii", "iv", "v"})
_TITLES: Final = frozenset({"dr", "mr", "mrs", "ms", "mx", "prof"})
_PARTICLES: Final = frozenset({"de", "la", "del", "van", "von", "der", "den", "di", "da", "dos", "st", "st.", "le"})
_COUPLE: Final = re.compile(r"\s+(?:&|and|\+)\s+", re.IGNORECASE)
_LETTERS: Final = re.compile(r"(?:[A-Z]\.?){2,}(?:-[A-Z]+)?")


@dataclass(frozen=True, slots=True)
class Name:
    """First and last name, and what follows the last."""

    first: str
    last: str
    suffix: str = ""

    @property
    def full(self) -> str:
        """`Odalys Brennan`."""
        return f"{self.first} {self.last}".strip()


@lru_cache(maxsize=20_000)
def fold(text: str) -> str:
    """Without case, accents, spaces and punctuation: `O’Shaughnessy` and `oshaughnessy` are one."""
    plain = unicodedata.normalize("NFKD", text.casefold())
    return "".join(sign for sign in plain if sign.isalnum())


def tidy(text: str) -> str:
    """One space between words, none around."""
    return " ".join(text.split())


def split(full: str) -> Name:
    """`Last, First` or `First Last`; a title in front goes, a suffix is set apart, `de la` stays with the last name."""
    full = tidy(full)
    if "," in full:
        last, _, rest = full.partition(",")
        if fold(rest) not in _SUFFIXES:
            name = split(f"x {last}")
            return Name(tidy(rest), name.last, name.suffix) if name.suffix else Name(tidy(rest), tidy(last))
        full = f"{last}{rest}"
    words = full.split()
    while len(words) > 1 and fold(words[0]) in _TITLES:
        words.pop(0)
    suffix = words.pop() if len(words) > 2 and fold(words[-1]) in _SUFFIXES else ""  # noqa: PLR2004
    at = len(words) - 1
    while at > 1 and words[at - 1].lower() in _PARTICLES:
        at -= 1
    return Name(" ".join(words[:at]), " ".join(words[at:]), suffix)


def without_letters(full: str) -> str:
    """A clinician’s name without the letters behind it: `Sarah Chen, LCSW` is `Sarah Chen`."""
    parts = [tidy(part) for part in full.split(",") if part.strip()]
    while len(parts) > 1 and all(_LETTERS.fullmatch(word) for word in re.split(r"[\s/]+", parts[-1])):
        parts.pop()
    return ", ".join(parts)


def couple(full: str) -> tuple[str, str] | None:
    """The two people in `Ana & Luis Ferreira`; None for one person."""
    parts = _COUPLE.split(tidy(full))
    if len(parts) != 2 or not all(parts):  # noqa: PLR2004
        return None
    one, two = parts
    if len(one.split()) == 1 and len(two.split()) > 1:
        one = f"{one} {split(two).last}"
    return one, two
