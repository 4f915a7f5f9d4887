"""What a payer's answer about a claim (277) is called, what it means, and who acts next."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from edi.inquiries.outcomes import State

SOURCE: Final = "277"
TITLES: Final = {
    State.RECEIVED: "The payer has the claim",
    State.PENDING: "The payer is deciding the claim",
    State.PAID: "The payer says it is paid",
    State.DENIED: "The payer says it is denied",
    State.REJECTED: "The payer says it was rejected",
    State.NOT_ON_FILE: "The payer does not have the claim",
    State.UNDECIDABLE: "The payer’s answer decides nothing",
}


@dataclass(frozen=True, slots=True)
class Meaning:
    """What an answer means in a sentence or two, and how it is marked in the claim's story."""

    words: str
    kind: str
    glyph: str


MEANINGS: Final = {
    TITLES[State.RECEIVED]: Meaning(
        "Asked, it says that it has the claim and has not decided it. Keep this as proof that it was filed in time.",
        "move",
        "three-quarter",
    ),
    TITLES[State.PENDING]: Meaning("Asked, it says that it is at work on the claim.", "move", "three-quarter"),
    TITLES[State.PAID]: Meaning(
        "Asked, it says that it decided to pay. The money counts when the remittance (835) is here; if none comes, "
        "look whether one waits without a match.",
        "move",
        "three-quarter",
    ),
    TITLES[State.DENIED]: Meaning(
        "Asked, it says that it will not pay. The remittance (835) says what can be done; if none comes, ask for it.",
        "stop",
        "stopped",
    ),
    TITLES[State.REJECTED]: Meaning(
        "It sent the claim back before judging it: corrected, it goes again as an original.", "stop", "stopped"
    ),
    TITLES[State.NOT_ON_FILE]: Meaning(
        "Asked, it finds no such claim. A claim takes about a day to get there: ask again tomorrow, or send it again "
        "while it can still be filed.",
        "wait",
        "needs-you",
    ),
    TITLES[State.UNDECIDABLE]: Meaning(
        "Its answer fits no single claim or cannot be understood. Look at it, ask again, or call the payer.",
        "wait",
        "needs-you",
    ),
}
