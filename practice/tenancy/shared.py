"""The tables that belong to no practice, and what the web role may do with each.

They are constant lists: nothing about a client stands in any. *Reference* tables may be pointed to by tenant
rows and are seldom written; *local* ones have no foreign key to or from a tenant table.
"""

from __future__ import annotations

from typing import Final

from django.db import connections

READ: Final = "SELECT"
WRITE: Final = "SELECT, INSERT, UPDATE, DELETE"
ADD: Final = "SELECT, INSERT"

REFERENCE: Final[dict[str, str]] = {
    "practice_user": WRITE,
    "practice_person": WRITE,
    "practice_practice": WRITE,
    "practice_affiliation": WRITE,
    "practice_membership": WRITE,
    "practice_payerdirectoryentry": READ,
    "practice_servicecode": READ,
    "practice_taxonomy": READ,
    "practice_credential": READ,
    "practice_placeofservice": READ,
    "practice_modifier": READ,
    "clients_diagnosisrelease": READ,
    "clients_diagnosiscode": READ,
}

LOCAL: Final[dict[str, str]] = {
    "practice_invitation": WRITE,
    "practice_apitoken": WRITE,
    "practice_accountevent": ADD,
    "practice_duework": WRITE,
    "practice_outgoingmail": WRITE,
    "billing_claimnumber": ADD,
    "billing_connectionstate": WRITE,
    "billing_hostlease": WRITE,
    "practice_demomail": WRITE,
    "account_emailaddress": WRITE,
    "account_emailconfirmation": WRITE,
    "mfa_authenticator": WRITE,
    "usersessions_usersession": WRITE,
    "django_session": WRITE,
    "django_content_type": READ,
    "django_migrations": READ,
    "auth_permission": READ,
    "auth_group": READ,
    "auth_group_permissions": READ,
}


def grant_all(using: str = "owner") -> None:
    """Gives app_web exactly what the lists say on the tables that exist; run as app_owner after migrating."""
    connection = connections[using]
    existing = set(connection.introspection.table_names())
    with connection.cursor() as cursor:
        for table, privileges in (REFERENCE | LOCAL).items():
            if table in existing:
                quoted = connection.ops.quote_name(table)
                cursor.execute(f"REVOKE ALL ON {quoted} FROM app_web")
                cursor.execute(f"GRANT {privileges} ON {quoted} TO app_web")
