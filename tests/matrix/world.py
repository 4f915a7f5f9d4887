"""One of everything in two practices, so that each address can be asked for with a real object."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from django.db import transaction

from practice.models import Practice
from practice.tenancy.context import practice_context
from tests.people import Cast

Builder = Callable[["World", Practice], dict[str, Any]]
builders: list[Builder] = []


@dataclass
class World:
    """The people, and the objects of each practice by name."""

    people: Cast
    objects: dict[int, dict[str, Any]] = field(default_factory=dict)

    def one(self, practice: Practice, name: str) -> Any:
        """The object that the practice's builders called `name`."""
        return self.objects[practice.pk][name]


def builds(builder: Builder) -> Builder:
    """Registers a function that makes objects of one practice, in the order of registration."""
    builders.append(builder)
    return builder


def make_world(people: Cast, *rooms: str) -> World:
    """Fernhollow's and Rivermark's objects, made inside each practice's context; of the rooms named, else of all."""
    world = World(people)
    chosen = [builder for builder in builders if not rooms or builder.__module__.rpartition(".")[2] in rooms]
    for practice in (people.fernhollow, people.rivermark):
        world.objects[practice.pk] = {}
        with transaction.atomic(), practice_context(practice.pk, phi=True, rates=True):
            for builder in chosen:
                world.objects[practice.pk] |= builder(world, practice)
    return world
