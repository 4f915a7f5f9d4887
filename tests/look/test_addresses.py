"""Sorting, filtering and turning pages: all in the query string."""

from __future__ import annotations

import pytest

from practice.templatetags import caseload
from tests.look.hands import render


@pytest.mark.parametrize(
    ("at", "tag", "query"),
    [
        ("/?state=held&page=3", '{% query state="paid" %}', "?state=paid"),
        ("/?state=held&page=3", "{% query page=4 %}", "?state=held&amp;page=4"),
        ("/?state=held&page=3", "{% query state=None %}", "?"),
        ("/?tag=a&tag=b", '{% query state="paid" %}', "?tag=a&amp;tag=b&amp;state=paid"),
        ("/?q=a%26b", '{% query x="<i>" %}', "?q=a%26b&amp;x=%3Ci%3E"),
    ],
)
def test_a_link_changes_one_part_and_starts_at_the_first_page(at: str, tag: str, query: str) -> None:
    assert render(tag, at) == query


@pytest.mark.parametrize(
    ("at", "href", "order"),
    [
        ("/", "?sort=date", ""),
        ("/?sort=date", "?sort=-date", "ascending"),
        ("/?sort=-date", "?sort=date", "descending"),
    ],
)
def test_a_second_click_turns_the_order_round(at: str, href: str, order: str) -> None:
    html = render('<c-th-sort key="date" label="Date" />', at)
    assert f'href="{href}"' in html
    assert (f'aria-sort="{order}"' in html) == bool(order)
    assert ("aria-sort" in html) == bool(order)


def test_a_phone_has_four_tabs_in_the_navigations_order() -> None:
    items = [{"label": str(number)} for number in range(6)] + [{"label": "Clients", "tab": "Clients"}]
    tabs = caseload.tab_items([{"items": items[:3]}, {"items": items[3:]}])
    assert [tab["label"] for tab in tabs] == ["0", "1", "2", "Clients"]
