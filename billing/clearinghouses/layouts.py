"""What differs between clearinghouses, as data: folders or addresses, identifiers, limits, and what nobody saw work."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Final

from billing.clearinghouses.protocol import Capability

MEGABYTE: Final = 1024 * 1024
_ASKS: Final = frozenset({Capability.CLAIMS, Capability.ELIGIBILITY, Capability.CLAIM_STATUS})


class Transport(StrEnum):
    """How bytes get there."""

    SFTP = "sftp"
    API = "api"


@dataclass(frozen=True, slots=True)
class Paths:
    """Where an HTTPS API is asked for what.

    `poll_host` is the host of the last two where it is another one; `document` is filled with the execution, which is a
    file with its envelope.
    `download_hosts` are the ends of host names from which a file may be fetched when the API names an address for it.
    """

    claims: str
    eligibility: str
    claim_status: str
    poll: str
    document: str
    poll_host: str = ""
    download_hosts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Layout:
    """Folders or paths, identifiers and limits of one clearinghouse.

    `file_name` is filled with control (nine digits), date (YYYYMMDD) and test (OATEST or nothing). `keys_last` says how
    long it knows a file again by its key; None where it never does. `confirmed` says that it was seen to work here;
    otherwise each connection's page says what to check on the first file until a person ticks it.
    """

    key: str
    name: str
    host: str
    receiver_id: str
    receiver_name: str
    send_to: str = ""
    receive_from: str = ""
    paths: Paths | None = None
    port: int = 22
    sender_qualifier: str = "ZZ"
    receiver_qualifier: str = "ZZ"
    file_name: str = "caseload_{date}_{control}{test}.837"
    test_mark: str = ""
    max_claims: int = 1000
    max_bytes: int = 5 * MEGABYTE
    keys_last: dt.timedelta | None = None
    poll_seconds: int = 600
    capabilities: frozenset[Capability] = frozenset({Capability.CLAIMS})
    confirmed: bool = False
    source: str = ""

    @property
    def transport(self) -> Transport:
        """Over HTTPS where it has paths, else over SFTP."""
        return Transport.API if self.paths else Transport.SFTP

    @property
    def payers_as(self) -> str:
        """Whose payer IDs it takes: both ways to one clearinghouse know payers by the same numbers."""
        return self.key.removesuffix("_api")

    @property
    def is_api(self) -> bool:
        """Whether it is asked over HTTPS."""
        return self.transport is Transport.API

    @property
    def to_check(self) -> list[tuple[str, str]]:
        """What nobody has seen work yet, and how the first file shows it."""
        way = (
            ("Addresses", "The first file is answered, not turned away as unknown.")
            if self.is_api
            else (
                f"Folders {self.send_to} and {self.receive_from}",
                "The first file leaves, and its answers are found.",
            )
        )
        receiver = f"Receiver {self.receiver_id}, qualifier {self.receiver_qualifier}"
        most = (
            f"At most {self.max_claims} claim{'' if self.max_claims == 1 else 's'} and {self.max_bytes // MEGABYTE} MB"
        )
        return [
            way,
            (receiver, "The 999 accepts the file; a TA1 with code 008 or 020 names another receiver."),
            (f"File name {self.file_name.format(date='20260401', control='000000001', test='')}", "It is picked up."),
            (f"{most} in a file", "The guide that came with the login says no less."),
        ]

    def name_for(self, control: int, made_on: dt.date, *, test: bool) -> str:
        """The name under which a file is sent."""
        mark = f"_{self.test_mark}" if test and self.test_mark else ""
        return self.file_name.format(control=f"{control:09}", date=f"{made_on:%Y%m%d}", test=mark)


_HEALTHCARE: Final = "/2024-04-01/change/medicalnetwork"
_STEDI: Final = Paths(
    claims=f"{_HEALTHCARE}/professionalclaims/v3/raw-x12-submission",
    eligibility=f"{_HEALTHCARE}/eligibility/v3/raw-x12",
    claim_status=f"{_HEALTHCARE}/claimstatus/v2/raw-x12",
    poll="/2023-08-01/polling/transactions",
    document="/2023-08-01/executions/{execution}/input",
    poll_host="core.us.stedi.com",
    download_hosts=(".amazonaws.com", ".stedi.com"),
)
_SANDBOX: Final = replace(_STEDI, poll_host="", download_hosts=())

LAYOUTS: Final = {
    layout.key: layout
    for layout in (
        Layout(
            key="office_ally",
            name="Office Ally",
            host="ftp10.officeally.com",
            send_to="/inbound",
            receive_from="/outbound",
            receiver_id="330897513",
            receiver_name="OFFICE ALLY",
            receiver_qualifier="30",
            test_mark="OATEST",
            source="Host and folders as public integrations use them; the rest on the first file.",
        ),
        Layout(
            key="availity",
            name="Availity",
            host="files.availity.com",
            send_to="/SendFiles",
            receive_from="/ReceiveFiles",
            receiver_id="030240928",
            receiver_name="AVAILITY",
            receiver_qualifier="01",
            max_claims=5000,
            max_bytes=4 * MEGABYTE,
            source="Host and folders from companion guides; the rest on the first file.",
        ),
        Layout(
            key="claim_md",
            name="Claim.MD",
            host="sftp.claim.md",
            send_to="/SendFiles",
            receive_from="/ReceiveFiles",
            receiver_id="CLAIMMD",
            receiver_name="CLAIM.MD",
            max_claims=2000,
            source="Folders and claims in a file from the vendor’s pages; host and receiver on the first file.",
        ),
        Layout(
            key="stedi",
            name="Stedi (SFTP)",
            host="transfer.us.stedi.com",
            send_to="/to-stedi",
            receive_from="/from-stedi",
            receiver_id="STEDI",
            receiver_name="STEDI",
            source="Folders and receiver from the vendor’s page; host on the first file.",
        ),
        Layout(
            key="stedi_api",
            name="Stedi (API)",
            host="healthcare.us.stedi.com",
            port=443,
            paths=_STEDI,
            receiver_id="STEDI",
            receiver_name="STEDI",
            max_claims=1,
            keys_last=dt.timedelta(hours=24),
            poll_seconds=300,
            capabilities=_ASKS,
            source="Addresses and answers from the vendor’s reference; its answer names one claim, so each goes alone.",
        ),
        Layout(
            key="sandbox",
            name="Sandbox payer",
            host="127.0.0.1",
            send_to="/inbound",
            receive_from="/outbound",
            receiver_id="SANDBOX",
            receiver_name="SANDBOX PAYER",
            poll_seconds=30,
            confirmed=True,
            source="Part of Caseload; it pays with play money.",
        ),
        Layout(
            key="sandbox_api",
            name="Sandbox payer (API)",
            host="127.0.0.1",
            port=8922,
            paths=_SANDBOX,
            receiver_id="SANDBOX",
            receiver_name="SANDBOX PAYER",
            keys_last=dt.timedelta(hours=24),
            poll_seconds=30,
            capabilities=_ASKS,
            confirmed=True,
            source="Part of Caseload; it answers over HTTP on this machine only, and pays with play money.",
        ),
    )
}


def layout_of(key: str) -> Layout:
    """The layout by its key; LookupError when there is none."""
    if key not in LAYOUTS:
        raise LookupError(f"There is no clearinghouse «{key}».")
    return LAYOUTS[key]
