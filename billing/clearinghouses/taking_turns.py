"""One line at a time to each server, whichever worker and practice speaks: a lease in a row, freed with the line.

Clearinghouses close accounts that open many lines at once, and two that fetch from one folder take each other's files.
"""

from __future__ import annotations

import datetime as dt
import threading
import time
import uuid
from typing import Final

from django.db import transaction

from billing.models import HostLease
from practice import clock

LEASE: Final = dt.timedelta(minutes=5)  # longer than a worker may take
PATIENCE: Final = 30.0
_GLANCE: Final = 0.1


def take(host: str, patience: float = PATIENCE) -> uuid.UUID | None:
    """Waits for one's turn with a server, and holds it; None when it did not come in `patience` seconds."""
    holder, until = uuid.uuid4(), time.monotonic() + patience
    pause = threading.Event()
    while not _taken(host, holder):
        if time.monotonic() >= until:
            return None
        pause.wait(_GLANCE)
    return holder


def free(host: str, holder: uuid.UUID) -> None:
    """Lets the next one go on."""
    HostLease.objects.filter(host=host, holder=holder).delete()


def _taken(host: str, holder: uuid.UUID) -> bool:
    """A free row is taken, one that ran out is taken over; another's is left alone."""
    moment = clock.now()
    with transaction.atomic():
        HostLease.objects.bulk_create(
            [HostLease(host=host, holder=holder, lease_until=moment + LEASE)], ignore_conflicts=True
        )
        HostLease.objects.filter(host=host, lease_until__lt=moment).update(holder=holder, lease_until=moment + LEASE)
        return HostLease.objects.filter(host=host, holder=holder).exists()
