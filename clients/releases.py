"""Tells Settings when the diagnosis codes that are loaded no longer reach today."""

from __future__ import annotations

from clients.selectors.codes import release_banner
from practice import clock
from practice.actors import Actor
from practice.models import Practice
from practice.notices import Notice


def tell(practice: Practice, actor: Actor) -> list[Notice]:
    """One notice at most; no claim gets a finding for it."""
    sentence = release_banner(clock.today(practice))
    if not sentence or not practice.treats_clients:
        return []
    title, _, text = sentence.partition(". ")
    return [Notice("wait", f"{title}.", text)]
