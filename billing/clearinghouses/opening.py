"""From a stored connection to an open line."""

from __future__ import annotations

from billing.clearinghouses.api import ApiClearinghouse
from billing.clearinghouses.layouts import layout_of
from billing.clearinghouses.protocol import Clearinghouse, Login
from billing.clearinghouses.sftp import SftpClearinghouse
from billing.models import Connection
from edi.envelope import Envelope, Receiver, Submitter
from practice.models import PracticeSettings


def login_of(connection: Connection) -> Login:
    """The login as plain facts, to be carried out of the transaction."""
    return Login(
        connection.layout,
        connection.host,
        connection.port,
        connection.username,
        str(connection.password),
        connection.host_key,
        str(connection.private_key),
    )


def is_trusted(connection: Connection) -> bool:
    """Whether we know whom we speak to: a person pinned the server's key, or certificates say it over HTTPS."""
    return layout_of(connection.layout).is_api or bool(connection.host_key)


def open_line(login: Login) -> Clearinghouse:
    """A line to use in a `with` block, outside of transactions."""
    return ApiClearinghouse(login) if layout_of(login.layout).is_api else SftpClearinghouse(login)


def envelope_of(connection: Connection, settings: PracticeSettings) -> Envelope:
    """Who sends to whom, as the clearinghouse wants it on every file."""
    layout = layout_of(connection.layout)
    return Envelope(
        sender_qualifier=layout.sender_qualifier,
        sender=connection.submitter_id,
        receiver_qualifier=layout.receiver_qualifier,
        receiver=connection.receiver_id,
        usage="P" if connection.usage == Connection.Usage.PRODUCTION else "T",
        acknowledgment_wanted=True,
        submitter=_submitter(connection, settings),
        claims_receiver=Receiver(name=connection.receiver_name, etin=connection.receiver_id),
    )


def _submitter(connection: Connection, settings: PracticeSettings) -> Submitter:
    """Who hands the file to the clearinghouse: the practice, or the organization whose connection it is."""
    said = connection.through_contact
    name = said.get("name") or connection.through_name or settings.legal_name
    phone = said.get("phone") or settings.phone
    return Submitter(
        name=name,
        etin=connection.submitter_id,
        contact_name=said.get("contact_name") or (name if connection.through_id else settings.contact_name or name),
        phone="".join(digit for digit in phone if digit.isdigit())[:10],
        email=said.get("email") or settings.email,
    )
