"""Which of a practice's connections is asked for what."""

from __future__ import annotations

from django.db.models import F

from billing.clearinghouses.layouts import LAYOUTS
from billing.clearinghouses.protocol import Capability
from billing.models import Connection


def connection_for(capability: Capability) -> Connection | None:
    """The practice's active connection that can do this; None when there is none. One query.

    The default one goes first, then the practice's own before an organization's.
    """
    able = [key for key, layout in LAYOUTS.items() if capability in layout.capabilities]
    rows = Connection.objects.filter(is_active=True, layout__in=able)
    return rows.order_by("-is_default", F("through_id").asc(nulls_first=True), "name", "pk").first()
