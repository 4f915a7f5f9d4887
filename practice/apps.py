"""The practice app: users, tenants and the kernel."""

from __future__ import annotations

import gc
from typing import Any, Final

from django.apps import AppConfig
from django.db.models.signals import post_migrate

# Objects between two rounds of the garbage collector: a click makes a hundred thousand that end by themselves, and
# looking through them after every 700 took a tenth of its time.
_COLLECT_AFTER: Final = 50_000


class PracticeConfig(AppConfig):
    name = "practice"

    def ready(self) -> None:
        from practice import checks, mail, navigation, task_clock, today  # noqa: F401
        from practice.accounts import resets, signals  # noqa: F401
        from practice.navigation import Item
        from practice.setup.needs import to_set_up
        from practice.tenancy import deletion
        from practice.today import Source

        gc.set_threshold(_COLLECT_AFTER, 20, 20)
        deletion.install()
        post_migrate.connect(_grant, sender=self, dispatch_uid="practice.grants")
        signals.listen()
        today.register(Source("set-up", ("practice:edit",), to_set_up, treats_clients=False))
        navigation.register(
            Item(
                "Practices", "building-community", "served_practices", (), "p", "", 1, treats_clients=False, serves=True
            )
        )
        navigation.register(
            Item("Access", "users-group", "members", ("members:view",), "e", "Practice", 90, treats_clients=False)
        )
        navigation.register(
            Item("Settings", "settings", "settings", ("practice:view",), "s", "Practice", 95, treats_clients=False)
        )


def _grant(using: str = "owner", **_: Any) -> None:
    """Grants on shared tables; the last app to migrate may come later, so every migrate repeats it."""
    from practice.tenancy import shared

    if using == "owner":
        shared.grant_all(using)
