"""Components: attributes and words from outside are escaped, and nothing leaks in from the page."""

from __future__ import annotations

from tests.look.hands import render

HOSTILE = '" onmouseover="alert(1)"'


def test_an_attribute_that_was_handed_on_is_escaped() -> None:
    html = render('<c-banner title="Held" :data-who="who" />', who=HOSTILE)
    assert "data-who=" in html
    assert 'onmouseover="' not in html


def test_words_are_escaped_once() -> None:
    assert "<b>Fish &amp; <i>" not in render('<c-banner :title="title" />', title="Fish & <i>")
    assert "<b>Fish &amp; &lt;i&gt;</b>" in render('<c-banner title="{{ title }}" />', title="Fish & <i>")


def test_a_pages_own_words_do_not_leak_into_a_component() -> None:
    html = render("<c-card>Inside</c-card>", title="The page's title", actions="Delete everything", foot="Foot")
    assert html == '<section class="card " > <div class="bd">Inside</div> </section>'


def test_a_message_may_carry_its_undo() -> None:
    class Message:
        extra_tags = "undo:/p/fernhollow/undo/7/"

    html = render('<c-toast text="Done" undo_url="{{ message|undo_url }}" />', message=Message())
    assert 'action="/p/fernhollow/undo/7/"' in html
    Message.extra_tags = "quiet"
    assert "Undo" not in render('<c-toast text="Done" undo_url="{{ message|undo_url }}" />', message=Message())


def test_the_rows_of_a_pager_are_counted() -> None:
    from django.core.paginator import Paginator

    html = render('<c-pagination :page="page" noun="people" />', "/?state=held", page=Paginator(range(412), 50).page(2))
    assert "51\N{EN DASH}100 of 412 people" in html
    assert 'href="?state=held&amp;page=3"' in html
