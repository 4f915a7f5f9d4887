"""What differs between clearinghouses that speak SFTP, as data. What nobody has seen work says so."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class Layout:
    """Folders, identifiers and limits of one clearinghouse.

    `file_name` is filled with control (nine digits), date (YYYYMMDD) and test (OATEST or nothing). `confirmed` says
    whether the layout was seen to work; otherwise the set-up page asks to confirm it with the first file.
    """

    key: str
    name: str
    host: str
    send_to: str
    receive_from: str
    receiver_id: str
    receiver_name: str
    port: int = 22
    sender_qualifier: str = "ZZ"
    receiver_qualifier: str = "ZZ"
    file_name: str = "caseload_{date}_{control}{test}.837"
    test_mark: str = ""
    max_claims: int = 1000
    poll_seconds: int = 600
    confirmed: bool = False
    source: str = ""

    def name_for(self, control: int, made_on: dt.date, *, test: bool) -> str:
        """The name under which a file is sent."""
        mark = f"_{self.test_mark}" if test and self.test_mark else ""
        return self.file_name.format(control=f"{control:09}", date=f"{made_on:%Y%m%d}", test=mark)


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
            source="Folders from the vendor's page; host and receiver on the first file.",
        ),
        Layout(
            key="stedi",
            name="Stedi",
            host="transfer.us.stedi.com",
            send_to="/to-stedi",
            receive_from="/from-stedi",
            receiver_id="STEDI",
            receiver_name="STEDI",
            source="Folders and receiver from the vendor's page; host on the first file.",
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
    )
}


def layout_of(key: str) -> Layout:
    """The layout by its key; LookupError when there is none."""
    if key not in LAYOUTS:
        raise LookupError(f"There is no clearinghouse «{key}».")
    return LAYOUTS[key]
