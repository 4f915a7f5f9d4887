"""Writing an interchange of one group, its transactions numbered from 0001."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime
from typing import Final, TypeVar

from edi.envelope import Envelope
from edi.writing import Elements, OutGroup, OutTransaction, write

_SHORTEST_CONTROL: Final = 4
T = TypeVar("T")


def write_numbered(
    items: Iterable[T],
    make: Callable[[T, str], OutTransaction],
    envelope: Envelope,
    *,
    control: int,
    group: tuple[str, int, str],
    made_at: datetime,
    tas: Iterable[Elements] = (),
) -> bytes:
    """One interchange with one transaction for each item; `make` gets the item and its ST02.

    `group` is GS01, GS06 and GS08; without items there is no group. Raises what `make` raises, X12Error in words.
    """
    functional_id, group_control, version = group
    transactions = [make(item, f"{number:0{_SHORTEST_CONTROL}}") for number, item in enumerate(items, 1)]
    groups = [OutGroup(functional_id, group_control, version, transactions)] if transactions else []
    return write(envelope, control=control, made_at=made_at, groups=groups, tas=tas)
