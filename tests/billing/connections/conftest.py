"""A practice with a connection to the sandbox payer; Alice the owner sets up."""

from __future__ import annotations

from typing import Any

import pytest

from billing.models import Connection
from practice.models import PracticeSettings
from tests.billing.claims.hands import connect
from tests.people import Cast

KEY = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIPmxuZTijS2gCp2F0OoXEYfdJgZI1HIf2xrg+My/f+zT"


@pytest.fixture
def there(people: Cast, inside: Any) -> Connection:
    """It works: its key is trusted and answers are fetched."""
    with inside(people.fernhollow):
        PracticeSettings.objects.create(legal_name="Fernhollow PLLC")
        return connect(host_key=KEY)
