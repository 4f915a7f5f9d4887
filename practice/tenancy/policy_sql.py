"""The one generator of row-level-security policies.

For each table, role and command there is exactly one permissive policy, without sub-selects, and it is one
equality alone: a second condition beside it spoils the planner's estimates, and Citus refuses sub-selects and
turns restrictive policies into their opposite.
"""

from __future__ import annotations

from typing import Final

WALLS: Final = ("practice", "phi", "psychotherapy", "rates")
_GRANTS: Final = {
    "rows": "SELECT, INSERT, UPDATE, DELETE",
    "append": "SELECT, INSERT",
    "journal": "SELECT, INSERT",
}


def enable(table: str, wall: str, mode: str) -> str:
    """Statements that close a quoted table and open it by the wall's setting."""
    if wall not in WALLS:
        raise ValueError(f"There is no wall «{wall}».")
    return ";\n".join(
        [
            f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY",
            f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY",
            f"CREATE POLICY owner ON {table} TO app_owner USING (true) WITH CHECK (true)",
            *_web_policies(table, wall, mode),
            f"REVOKE ALL ON {table} FROM app_web",
            f"GRANT {_GRANTS[mode]} ON {table} TO app_web",
        ]
    )


def disable(table: str, mode: str) -> str:
    """Statements that undo `enable`."""
    names = {"rows": ["web"], "append": ["web_read", "web_add"], "journal": ["web_read", "web_add"]}[mode]
    drops = [f"DROP POLICY {name} ON {table}" for name in ["owner", *names]]
    return ";\n".join(
        [
            f"REVOKE ALL ON {table} FROM app_web",
            *drops,
            f"ALTER TABLE {table} NO FORCE ROW LEVEL SECURITY",
            f"ALTER TABLE {table} DISABLE ROW LEVEL SECURITY",
        ]
    )


def _web_policies(table: str, wall: str, mode: str) -> list[str]:
    if mode == "rows":
        return [f"CREATE POLICY web ON {table} TO app_web USING ({_is(wall)}) WITH CHECK ({_is(wall)})"]
    add_wall = "practice" if mode == "journal" else wall
    return [
        f"CREATE POLICY web_read ON {table} FOR SELECT TO app_web USING ({_is(wall)})",
        f"CREATE POLICY web_add ON {table} FOR INSERT TO app_web WITH CHECK ({_is(add_wall)})",
    ]


def _is(wall: str) -> str:
    return f"practice_id = nullif(current_setting('app.{wall}', true), '')::bigint"
