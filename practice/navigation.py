"""The entries of the navigation. Rooms register theirs when they are ready; a page that does not exist has none."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Final
from urllib.parse import urljoin

from django.db.models import Expression, IntegerField, QuerySet
from django.db.models.expressions import Combinable
from django.urls import reverse

from practice.actors import Actor
from practice.models import Practice

SECTIONS: Final = ("", "People", "Practice")
_items: list[Item] = []
Waiting = Callable[[Actor], Combinable]


@dataclass(frozen=True, slots=True)
class Item:
    """One entry: the page's URL name, who sees it (any of the permissions), and its key after `G`.

    `waiting` is the number of what there needs this person as an expression of SQL (see `how_many`), so that one query
    counts for every entry; where it comes to NULL the entry is not shown. `tab` is
    the short name of what belongs at the bottom of a phone. Without permissions everybody has it; `alone` is
    current only at its very address, because everything else lies below it. `also` are neighbors of its address whose
    pages belong to it: what hangs on a client is addressed by its own number. `serves` is only for an MSO or IPA.
    """

    label: str
    icon: str
    url_name: str
    permissions: tuple[str, ...]
    key: str
    section: str = ""
    order: int = 0
    treats_clients: bool = True
    waiting: Waiting | None = None
    tab: str = ""
    also: tuple[str, ...] = ()
    alone: bool = False
    serves: bool = False


def register(item: Item) -> None:
    """Adds an entry; called once per entry at start-up."""
    if item.section not in SECTIONS:
        raise ValueError(f"The navigation has no section «{item.section}».")
    if item not in _items:
        _items.append(item)


def entries(practice: Practice, actor: Actor, path: str) -> list[dict[str, Any]]:
    """The sections with the entries this person may open here; the one that `path` lies in is current."""
    seen = [item for item in sorted(_items, key=lambda item: item.order) if _is_seen(item, practice, actor)]
    counts = _counted(practice, actor, seen)
    rows = [
        (item, reverse(item.url_name, args=[practice.slug]), counts.get(item))
        for item in seen
        if counts.get(item, 0) is not None
    ]
    inside = max((url for item, url, _ in rows if _holds(item, url, path)), key=len, default=None)
    sections = [
        {
            "label": section or None,
            "items": [
                _entry(item, url, count, current=url == inside) for item, url, count in rows if item.section == section
            ],
        }
        for section in SECTIONS
    ]
    return [section for section in sections if section["items"]]


class _HowMany(Expression):
    """A count that nothing of the query around it goes into: it needs no grouping and no renaming, only compiling."""

    empty_result_set_value = 0

    def __init__(self, rows: QuerySet[Any]) -> None:
        super().__init__(output_field=IntegerField())
        self._rows = rows.order_by().values("pk")

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, tuple[Any, ...]]:
        sql, params = self._rows.query.get_compiler(connection=connection).as_sql()
        return f"(SELECT COUNT(*) FROM ({sql}) counted)", params  # noqa: S608 - compiled by Django


def how_many(rows: QuerySet[Any]) -> Combinable:
    """The number of these tenant rows, as `Item.waiting` gives it. Every page asks for it, so it is made cheaply."""
    return _HowMany(rows)


def _counted(practice: Practice, actor: Actor, items: Sequence[Item]) -> dict[Item, int | None]:
    """What waits behind each entry that counts; one query for all."""
    asked = {f"waiting_{number}": item for number, item in enumerate(items) if item.waiting}
    if not asked:
        return {}
    sums = {name: item.waiting(actor) for name, item in asked.items() if item.waiting}
    row = Practice.objects.filter(pk=practice.pk).annotate(**sums).values(*asked).get()
    return {item: row[name] for name, item in asked.items()}


def _entry(item: Item, url: str, count: int | None, *, current: bool) -> dict[str, Any]:
    shown = {"label": item.label, "icon": item.icon, "url": url, "key": item.key, "current": current}
    counted = {"count": count, "due": bool(count)} if item.waiting else {}
    return shown | counted | ({"tab": item.tab} if item.tab else {})


def _is_seen(item: Item, practice: Practice, actor: Actor) -> bool:
    if practice.treats_clients if item.serves else item.treats_clients and not practice.treats_clients:
        return False
    return not item.permissions or actor.may(*item.permissions)


def _holds(item: Item, url: str, path: str) -> bool:
    if item.alone:
        return path == url
    return path.startswith((url, *(urljoin(url, f"../{name}/") for name in item.also)))
