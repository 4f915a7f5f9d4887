"""Refusals of the team's services, each with a sentence a person can act on."""

from __future__ import annotations

from practice.refusals import RefusedError


class TeamRefusedError(RefusedError):
    """A change to a clinician's file is not possible like this."""
