"""System checks that keep the server from starting behind a wall with a hole."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Critical, Tags, register
from django.db import DEFAULT_DB_ALIAS, connections


@register(Tags.database)
def web_role_is_restricted(app_configs: Any = None, databases: Any = None, **_: Any) -> list[CheckMessage]:
    """The web's database role must neither be a superuser nor pass row-level security."""
    if not databases or DEFAULT_DB_ALIAS not in databases:
        return []
    with connections[DEFAULT_DB_ALIAS].cursor() as cursor:
        cursor.execute("SELECT rolname, rolsuper OR rolbypassrls FROM pg_roles WHERE rolname = current_user")
        name, is_above = cursor.fetchone()
    if not is_above:
        return []
    return [Critical(f"The database role «{name}» passes row-level security; use app_web.", id="caseload.C001")]


@register(Tags.security, deploy=True)
def demo_settings_are_off(app_configs: Any = None, **_: Any) -> list[CheckMessage]:
    """What the demo allows must not run where people work."""
    wrong = [name for name in ("DEMO", "CLOCK_MAY_STAND") if getattr(settings, name)]
    if not settings.SECOND_FACTOR_REQUIRED:
        wrong.append("SECOND_FACTOR_REQUIRED = False")
    return [Critical(f"{name} is for the demo and tests only.", id="caseload.C002") for name in wrong]
