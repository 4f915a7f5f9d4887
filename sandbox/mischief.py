"""Misbehaving on command, so that those who talk to the sandbox can be tested against what goes wrong in the world."""

from __future__ import annotations

import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from threading import Lock

ALWAYS = 0


class Misdeed(StrEnum):
    """What can go wrong."""

    DROP_AFTER_ACCEPT = "drop_after_accept"
    ERROR = "error_500"
    HANG = "hang"
    DUPLICATES = "duplicates"
    OUT_OF_ORDER = "out_of_order"
    PARTIAL_FILE = "partial_file"
    REFUSE_LOGIN = "refuse_login"
    FULL_DISK = "full_disk"


@dataclass(frozen=True, slots=True)
class Order:
    """Misbehave so many times (0: always), for a login or for all; `seconds` is how long what lasts a while does."""

    kind: Misdeed
    times: int = 1
    login: str = ""
    seconds: int = 30


class Mischief:
    """The orders that are not used up; every thread may ask."""

    def __init__(self, orders: Iterable[Order] = ()) -> None:
        self._lock = Lock()
        self._orders = list(orders)

    def add(self, order: Order) -> None:
        """Take an order."""
        with self._lock:
            self._orders.append(order)

    def clear(self) -> None:
        """Behave again."""
        with self._lock:
            self._orders.clear()

    def orders(self) -> Sequence[Order]:
        """What is still to come."""
        with self._lock:
            return tuple(self._orders)

    def take(self, kind: Misdeed, login: str) -> Order | None:
        """Use an order up by one time; None where there is none for this login."""
        with self._lock:
            for at, order in enumerate(self._orders):
                if order.kind is kind and order.login in {"", login}:
                    self._use(at, order)
                    return order
        return None

    def hang(self, login: str) -> None:
        """Let a call wait where that is ordered."""
        order = self.take(Misdeed.HANG, login)
        if order is not None:
            time.sleep(order.seconds)

    def _use(self, at: int, order: Order) -> None:
        if order.times == ALWAYS:
            return
        if order.times == 1:
            del self._orders[at]
        else:
            self._orders[at] = replace(order, times=order.times - 1)
