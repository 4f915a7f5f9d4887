"""Which database connection does what: `owner` migrates, `default` does everything else."""

from __future__ import annotations

from typing import Any


class OwnerForMigrations:
    """Tables are made by app_owner alone; app_web could not."""

    def allow_migrate(self, db: str, app_label: str, **hints: Any) -> bool:
        return db == "owner"
