"""Which sessions share a claim, for any sessions: pure, and by random ones."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from billing.claims.grouping import MOST_LINES, together


@dataclass(frozen=True)
class One:
    key: int
    alike: str
    when: int
    size: int


SESSIONS = st.lists(
    st.builds(
        One,
        key=st.integers(0, 10**6),
        alike=st.sampled_from("ABC"),
        when=st.integers(1, 31),
        size=st.integers(1, 12),
    ),
    max_size=40,
    unique_by=lambda one: one.key,
)


@given(SESSIONS)
def test_every_session_is_on_exactly_one_claim_with_its_like(found: list[One]) -> None:
    claims = together(found)
    assert Counter(one.key for part in claims for one in part) == Counter(one.key for one in found)
    for part in claims:
        assert len({one.alike for one in part}) == 1
        assert sum(one.size for one in part) <= MOST_LINES
        assert [one.when for one in part] == sorted(one.when for one in part)


@given(SESSIONS)
def test_no_claim_is_begun_while_there_is_room(found: list[One]) -> None:
    by_kind: dict[str, list[list[One]]] = {}
    for part in together(found):
        by_kind.setdefault(part[0].alike, []).append(part)
    for parts in by_kind.values():
        for part, after in pairwise(parts):
            assert sum(one.size for one in part) + after[0].size > MOST_LINES
            assert part[-1].when <= after[0].when


def test_what_is_larger_than_a_claim_stands_alone() -> None:
    one, two = One(1, "A", 1, MOST_LINES + 1), One(2, "A", 2, 1)
    assert together([one, two]) == [[one], [two]]
