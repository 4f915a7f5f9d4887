"""Which of a practice's connections is asked for what."""

from __future__ import annotations

from django.db.models import Q

from billing.clearinghouses.layouts import LAYOUTS
from billing.clearinghouses.protocol import Capability
from billing.models import Connection


def connection_for(capability: Capability) -> Connection | None:
    """The practice's active connection that can do this, the default one first; None when there is none. One query.

    An organization's connection carries claims only: an inquiry needs its login, which never leaves the organization.
    """
    able = [key for key, layout in LAYOUTS.items() if capability in layout.capabilities]
    rows = Connection.objects.filter(is_active=True, layout__in=able)
    own = Q() if capability is Capability.CLAIMS else Q(through_id=None)
    return rows.filter(own).order_by("-is_default", "name", "pk").first()
