"""The small links of a week of several people, made without a template: a page has hundreds of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain
from typing import Final

from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from practice.models import Practice
from practice.templatetags import _shapes
from scheduling.selectors.board import BoardRow
from scheduling.selectors.cards import GLYPHS, KINDS, PLAN, Card
from scheduling.selectors.people import Person


@dataclass(frozen=True, slots=True)
class ChipRow:
    """One clinician's week: the chips of each day."""

    person: Person
    days: list[SafeString]


def address(practice: Practice) -> str:
    """What the address of each session begins with; its number and a slash follow."""
    return reverse("session", args=[practice.slug, 0]).removesuffix("0/")


def rows(found: Sequence[BoardRow], sessions: str) -> list[ChipRow]:
    """The rows of the board; `sessions` is what `address` gives."""
    return [ChipRow(row.person, [_all(cards, sessions) for cards in row.days]) for row in found]


def _all(cards: Sequence[Card], sessions: str) -> SafeString:
    """A cell: one shape of all its chips, filled in once."""
    facts = chain.from_iterable((f"{sessions}{card.id}/", _time(card.at), card.title) for card in cards)
    return format_html("".join(_CHIPS[card.state] for card in cards), *facts) if cards else SafeString()


@lru_cache(maxsize=1440)
def _time(at: str) -> SafeString:
    return format_html("{}", at)


def _shape(state: str) -> str:
    """The chip of a state: only its address, time and title are still to be filled in."""
    glyph = "" if state == PLAN else _shapes.glyph(GLYPHS[state])
    return (
        f'<a class="chip k-{KINDS[state]} ev-{state}" href="{{}}"><span class="t0">{{}}</span>'
        f'<span class="trunc">{{}}</span>{glyph}</a>'
    )


_CHIPS: Final = {state: _shape(state) for state in GLYPHS}
