"""What rows say about the objects they name and the bodies they send."""

from __future__ import annotations

from typing import Any

from practice.models import Practice
from tests.matrix.row import Facts
from tests.matrix.world import World


def of(name: str, **more: str) -> Facts:
    """The id of the practice's object called `name` as `pk`, and of others under their own names."""

    def ids(world: World, practice: Practice) -> dict[str, Any]:
        return {"pk": world.one(practice, name).pk} | {key: world.one(practice, to).pk for key, to in more.items()}

    return ids


def sends(**body: Any) -> Facts:
    """A body that is the same everywhere."""
    return lambda world, practice: dict(body)
