"""What stops the program at its start, in a sentence a person can act on."""

from __future__ import annotations


class ScenarioError(ValueError):
    """A scenario that cannot be followed; names the key or outcome at fault."""
