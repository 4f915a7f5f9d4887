"""The tag library that every template has: icons, glyphs, amounts, dates, sorting, form fields."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any, NamedTuple

from django import template
from django.forms import BaseForm
from django.forms.boundfield import BoundField, BoundWidget
from django.template import Context
from django.utils import timezone
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from practice import returning
from practice.templatetags import _fields, _shapes, _words
from practice.templatetags._words import Amount, Instant

register = template.Library()
TABS_ON_A_PHONE = 4
UNDO = "undo:"


class SortHead(NamedTuple):
    """What a sortable column head needs: its address, and the word screen readers know."""

    href: str
    order: str


@register.simple_tag
def icon(name: str, classes: str = "", label: str = "") -> SafeString:
    """`{% icon "calendar" %}`: a Tabler outline icon in the text's color."""
    return _shapes.icon(name, classes, label)


@register.simple_tag
def glyph(name: str) -> SafeString:
    """`{% glyph "ready" %}`: the shape that says how far a thing is."""
    return _shapes.glyph(name)


@register.filter
def money(amount: Amount) -> str:
    """`{{ claim.charge|money }}`: $1,234.50."""
    return _words.money(amount)


@register.filter
def money_change(amount: Amount) -> str:
    """`{{ change|money_change }}`: +$3,206.11."""
    return _words.money(amount, plus=True)


@register.filter
def figure(amount: Amount) -> SafeString:
    """A large amount whose cents are quieter."""
    dollars, point, cents = _words.money(amount).partition(".")
    return format_html('{}<span class="cents">{}{}</span>', dollars, point, cents)


@register.filter
def initials(name: object) -> str:
    """`{{ person.name|initials }}`: AM."""
    return _words.initials(str(name))


@register.filter
def tone(who: object) -> int:
    """A number from 1 to 6 for the soft tone behind a person's initials."""
    return _words.tone(who)


@register.filter
def day(value: date | datetime | None, today: date | datetime | None = None) -> str:
    """`{{ session.starts_at|day:today }}`: Mon, Nov 16. Without `today` the clock is asked."""
    return _words.day(_words.local_date(value), _words.local_date(today) or _today())


@register.filter
def served(claim: Any, today: date | datetime | None = None) -> str:
    """`{{ claim|served:today }}`: Mon, Nov 16; of several sessions Nov 2–16, 3 sessions."""
    when = _dates_of(claim, today)
    return when if claim.session_count == 1 else f"{when}, {claim.session_count} sessions"


@register.filter
def sessions(claim: Any, today: date | datetime | None = None) -> str:
    """`{{ claim|sessions:today }}`: session of Mon, Nov 16; 3 sessions of Nov 2–16."""
    many = claim.session_count > 1
    return f"{f'{claim.session_count} sessions' if many else 'session'} of {_dates_of(claim, today)}"


@register.filter
def clock_time(value: Instant) -> str:
    """`{{ session.starts_at|clock_time }}`: 9:48 AM."""
    return _words.clock_time(value)


@register.filter
def span(start: Instant, end: Instant) -> str:
    """`{{ session.starts_at|span:session.ends_at }}`: 9:00 to 9:48 AM."""
    return _words.span(start, end)


@register.filter
def browser(agent: str) -> str:
    """`{{ session.user_agent|browser }}`: Firefox on Windows."""
    return _words.browser(agent)


@register.filter
def undo_url(message: Any) -> str:
    """The address that takes back what a message reports, when it was added with the tag `undo:<address>`."""
    tags: str = message.extra_tags or ""
    return tags.removeprefix(UNDO) if tags.startswith(UNDO) else ""


@register.filter
def extra_attributes(attrs: Any) -> SafeString:
    """A component's undeclared attributes, each escaped; cotton's own output trusts dynamic values."""
    given: Mapping[str, object] = attrs.attrs_dict()
    return format_html_join(
        " ",
        "{}",
        (
            (format_html("{}", key) if value is True else format_html('{}="{}"', key, value),)
            for key, value in given.items()
        ),
    )


@register.filter
def tab_items(nav: Sequence[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    """The four pages at the bottom of a phone: those with a short name in `tab`, then the first others."""
    items = [item for section in nav or [] for item in section["items"]]
    chosen = sorted(items, key=lambda item: not item.get("tab"))[:TABS_ON_A_PHONE]
    return [item for item in items if item in chosen]


@register.simple_tag(takes_context=True)
def query(context: Context, **changes: object) -> str:
    """`{% query state="held" %}`: the page's query string with changes. None or "" removes a part; page starts over."""
    values = context["request"].GET.copy()
    for name, value in {"page": None, **changes}.items():
        values.pop(name, None)
        if value not in (None, ""):
            values[name] = str(value)
    return f"?{values.urlencode()}"


@register.simple_tag(takes_context=True)
def and_back(context: Context, address: str) -> str:
    """`{% and_back link.url %}`: an address that leads back to this page once something was saved there."""
    return returning.carrying(context["request"], address)


@register.simple_tag(takes_context=True)
def turn(context: Context, name: str, number: int) -> str:
    """`{% turn "page" 2 %}`: the query string of another page of one list; other lists stay where they are."""
    values = context["request"].GET.copy()
    values[name] = str(number)
    return f"?{values.urlencode()}"


@register.simple_tag(takes_context=True)
def sort_head(context: Context, key: str, name: str = "sort") -> SortHead:
    """`{% sort_head "date" as head %}`: a second click turns the order round."""
    now: str = context["request"].GET.get(name, "")
    order = {key: "ascending", f"-{key}": "descending"}.get(now, "none")
    return SortHead(query(context, **{name: f"-{key}" if order == "ascending" else key}), order)


@register.simple_tag
def widget(field: BoundField, hint: str = "") -> SafeString:
    """A form field's control with our classes, tied to its hint or error."""
    return _fields.widget(field, hint)


@register.filter
def fields_with_errors(form: BaseForm) -> list[BoundField]:
    """The fields to go back to, in the form's order."""
    return [field for field in form if field.errors]


@register.filter
def field_kind(field: BoundField) -> str:
    """hidden, check, choices, select, textarea, file, or input."""
    return _fields.kind(field)


@register.filter
def field_choices(field: BoundField) -> Sequence[BoundWidget]:
    """The single controls of a group of radio buttons or checkboxes."""
    return _fields.choices(field)


def _dates_of(claim: Any, today: date | datetime | None) -> str:
    return _words.dates(claim.service_on, claim.last_on, _words.local_date(today) or _today())


def _today() -> date:
    from practice import clock  # noqa: PLC0415 - the library is a template builtin and loads before the apps

    return timezone.localdate(clock.now())
