"""How takebacks show their state, and what happened to them in a few words."""

from __future__ import annotations

from typing import Final

from billing.claims.words import Chip
from billing.models import Takeback, TakebackEvent
from practice.money import dollars as money

S: Final = Takeback.Status
K: Final = TakebackEvent.Kind
CHIPS: Final[dict[str, Chip]] = {
    S.OPEN: Chip("wait", "ready", "Open"),
    S.PARTLY: Chip("wait", "partly", "Partly settled"),
    S.SETTLED: Chip("done", "", "Settled"),
    S.DISPUTED: Chip("move", "half", "Disputed"),
}
EXPLAIN: Final = Chip("stop", "", "To put on a claim")
NOTICES: Final[dict[str, str]] = {
    Takeback.Notice.LETTER: "a letter",
    Takeback.Notice.REVERSAL: "an answer taken back",
    Takeback.Notice.PAYMENT: "a payment",
}
_TONES: Final[dict[str, tuple[str, str]]] = {
    K.LETTER: ("wait", "needs-you"),
    K.REVERSAL: ("stop", "stopped"),
    K.PLACED: ("done", "done"),
    K.REFUND: ("done", "done"),
    K.LOSS: ("calm", "over"),
    K.UNDONE: ("calm", "over"),
    K.DISPUTED: ("move", "half"),
    K.AGREED: ("calm", "over"),
    K.NOTE: ("calm", "draft"),
}


def chip(row: Takeback) -> Chip:
    """The state; what a payer took without an explanation asks for somebody first."""
    if row.unplaced and row.status != S.DISPUTED:
        return EXPLAIN
    return CHIPS[row.status]


def title(event: TakebackEvent) -> str:
    """`Withheld $25.00`: what happened, with its amount."""
    size = money(abs(event.balance or event.demand))
    if event.kind == K.LETTER:
        return f"The payer asks for {money(event.announced)} in a letter"
    if event.kind == K.REVERSAL:
        return f"The payer took {size} of an answer back"
    if event.kind == K.PAYMENT:
        return _of_payment(event, size)
    if event.kind == K.UNDONE:
        return f"Undone: {event.words[:1].lower()}{event.words[1:]}, {size}" if event.words else f"Undone: {size}"
    other: dict[str, str] = {
        K.PLACED: f"{size} put on its claim",
        K.REFUND: f"{size} paid back by us",
        K.LOSS: f"{size} taken as a loss",
        K.DISPUTED: "Disputed",
        K.AGREED: "The dispute is over",
        K.NOTE: "Note",
    }
    return other[event.kind]


def tone(event: TakebackEvent) -> tuple[str, str]:
    """The kind and the glyph of an event in the story."""
    if event.kind == K.PAYMENT:
        return ("done", "done") if event.balance < 0 else ("wait", "held")
    return _TONES[event.kind]


def _of_payment(event: TakebackEvent, size: str) -> str:
    if event.reason == "72":
        return (
            f"The payer confirms {size} that we returned" if event.balance > 0 else f"A return of {size} is withdrawn"
        )
    if event.reason == "FB":
        return f"{size} carried forward" if event.balance > 0 else f"{size} of it applied"
    return f"{size} left in the payment, to be taken later" if event.balance > 0 else f"{size} withheld"
