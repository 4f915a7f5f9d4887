"""What has been read so far of a level, a question, a benefit or an entity, until it is complete."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from edi.eligibility.answer import MemberAnswer, PayerAnswer, ReceiverAnswer, SubscriberAnswer
from edi.eligibility.benefit import Benefit, Delivery, Detail, Entity
from edi.eligibility.inquiry import Member, Question, Subscriber
from edi.eligibility.people import Dated, Identity, Provider, Receiver, Trace
from edi.eligibility.rejection import Rejection
from edi.parties import Address, Contact, Name, Reference


class Draft:
    """A level (HL 20 to 23) or a part of one; `kind` is HL03, EQ, EB or NM1."""

    def __init__(self, kind: str) -> None:
        self.kind = kind
        self.name: Name | None = None
        self.traces: list[Trace] = []
        self.references: list[Reference] = []
        self.street = ("", "")
        self.city = ("", "", "", "")
        self.contacts: list[Contact] = []
        self.rejections: list[Rejection] = []
        self.provider: Provider | None = None
        self.birth_date: date | None = None
        self.sex = ""
        self.relationship = ("", False, "")
        self.dates: list[Dated] = []
        self.question = Question()
        self.benefit = Benefit("")
        self.deliveries: list[Delivery] = []
        self.messages: list[str] = []
        self.details: list[Detail] = []
        self.under: list[Draft] = []
        self.parts: list[Draft] = []

    def address(self) -> Address | None:
        """N3 and N4; none when neither was there."""
        found = (*self.street, *self.city)
        return Address(*found) if any(found) else None

    def identity(self) -> Identity:
        """Loop 2100C or 2100D."""
        return Identity(
            self.name,
            tuple(self.references),
            self.address(),
            self.provider,
            self.birth_date,
            self.sex,
            *self.relationship,
            tuple(self.dates),
        )

    def receiver(self) -> Receiver:
        """Loop 2100B."""
        return Receiver(self.name, tuple(self.references), self.address(), self.provider)

    def asked(self) -> Question:
        """EQ with what follows it."""
        place = next((one.code for one in self.details), "")
        named = next(iter(self.references), None)
        return replace(self.question, place=place, reference=named, dates=tuple(self.dates))

    def member(self) -> Member:
        """A person as asked about."""
        return Member(self.identity(), tuple(self.traces), tuple(part.asked() for part in self.parts))

    def subscriber(self) -> Subscriber:
        """HL 22 of a 270."""
        return Subscriber(self.member(), tuple(one.member() for one in self.under))

    def entity(self) -> Entity:
        """Loop 2120."""
        return Entity(self.name or Name(""), self.address(), tuple(self.contacts), self.provider)

    def told(self) -> Benefit:
        """EB with what follows it."""
        return replace(
            self.benefit,
            deliveries=tuple(self.deliveries),
            references=tuple(self.references),
            dates=tuple(self.dates),
            rejections=tuple(self.rejections),
            messages=tuple(self.messages),
            details=tuple(self.details),
            entities=tuple(part.entity() for part in self.parts),
        )

    def member_answer(self) -> MemberAnswer:
        """A person as answered about."""
        told = tuple(part.told() for part in self.parts)
        return MemberAnswer(self.identity(), tuple(self.traces), tuple(self.rejections), told)

    def subscriber_answer(self) -> SubscriberAnswer:
        """HL 22 of a 271."""
        return SubscriberAnswer(self.member_answer(), tuple(one.member_answer() for one in self.under))

    def receiver_answer(self) -> ReceiverAnswer:
        """HL 21 of a 271."""
        return ReceiverAnswer(
            self.receiver(), tuple(self.rejections), tuple(one.subscriber_answer() for one in self.under)
        )

    def payer_answer(self) -> PayerAnswer:
        """HL 20 of a 271."""
        receivers = tuple(one.receiver_answer() for one in self.under)
        return PayerAnswer(self.name, tuple(self.contacts), tuple(self.rejections), receivers)
