"""What a person does at the door: signing in, reading mail, using an authenticator and a passkey."""

from __future__ import annotations

import base64
import hashlib
import json
import re
import secrets
import time
from dataclasses import dataclass, field
from typing import Any

from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from django.test import Client
from fido2 import cbor
from fido2.cose import ES256

from practice import due
from practice.accounts import resets
from practice.models import AccountEvent, DueWork, OutgoingMail, User
from tests.people import PASSWORD

HERE = {"SERVER_NAME": "localhost"}  # passkeys need a name that browsers call secure
_LINK = re.compile(r"https?://[^/\s]+(/\S+)")


def browser() -> Client:
    """A browser nobody has signed in with."""
    return Client(**HERE)  # type: ignore[arg-type]


def sign_in(client: Client, user: User, password: str = PASSWORD, **more: Any) -> Any:
    """Fills in the sign-in page."""
    return client.post("/account/login/", {"login": user.email, "password": password}, **more)


def signed_in_by_password(user: User) -> Client:
    """A browser in which the person went through the sign-in page."""
    client = browser()
    assert sign_in(client, user).status_code == 302
    return client


def work() -> None:
    """Does what the worker would do about forgotten passwords."""
    for piece in DueWork.objects.filter(kind=resets.KIND):
        due.perform(due.Due(piece.kind, piece.practice_id, piece.object_id))


def link_in_mail(to: str) -> str:
    """The path of the first link in the newest message to this address."""
    work()
    body = OutgoingMail.objects.filter(to=to).order_by("-pk")[0].body
    found = _LINK.search(body)
    assert found, body
    return found[1]


def kinds(user: User) -> list[str]:
    """What happened to the account, in order."""
    return list(AccountEvent.objects.filter(user_id=user.pk).order_by("pk").values_list("kind", flat=True))


def code_of(secret: str, steps: int = 0) -> str:
    """What the authenticator shows now, or some half-minutes later."""
    return str(format_hotp_value(hotp_value(secret, int(time.time()) // 30 + steps)))


def add_authenticator(client: Client, password: str = PASSWORD) -> str:
    """Sets up an authenticator app as the pages ask for it; its secret."""
    prove_password(client, "/account/2fa/totp/activate/", password)
    secret = client.get("/account/2fa/totp/activate/").context["form"].secret
    answer = client.post("/account/2fa/totp/activate/", {"code": code_of(secret)})
    assert answer.status_code == 302, answer.content
    return str(secret)


def prove_password(client: Client, next_page: str, password: str = PASSWORD) -> None:
    """Gives the password once more, as changes of the account ask for."""
    answer = client.post("/account/reauthenticate/", {"password": password, "next": next_page})
    assert answer.status_code == 302, answer.content


@dataclass
class SoftKey:
    """A passkey in memory: makes credentials and signs challenges as a browser hands them on."""

    origin: str = "http://localhost"
    verifies_user: bool = True
    credential_id: bytes = field(default_factory=lambda: secrets.token_bytes(16))
    user_handle: str = ""
    key: ec.EllipticCurvePrivateKey = field(default_factory=lambda: ec.generate_private_key(ec.SECP256R1()))

    def create(self, options: dict[str, Any]) -> str:
        """Answers a registration."""
        self.user_handle = options["publicKey"]["user"]["id"]
        client_data = self._client_data("webauthn.create", options)
        public = cbor.encode(dict(ES256.from_cryptography_key(self.key.public_key())))  # type: ignore[no-untyped-call]
        attested = bytes(16) + len(self.credential_id).to_bytes(2, "big") + self.credential_id + public
        data = self._authenticator_data(options["publicKey"]["rp"]["id"], 0x40) + attested
        statement = cbor.encode({"fmt": "none", "attStmt": {}, "authData": data})
        return self._answer({"clientDataJSON": _text(client_data), "attestationObject": _text(statement)})

    def get(self, options: dict[str, Any]) -> str:
        """Answers a challenge."""
        client_data = self._client_data("webauthn.get", options)
        data = self._authenticator_data(options["publicKey"]["rpId"], 0)
        signature = self.key.sign(data + hashlib.sha256(client_data).digest(), ec.ECDSA(hashes.SHA256()))
        response = {"clientDataJSON": client_data, "authenticatorData": data, "signature": signature}
        texts = {name: _text(value) for name, value in response.items()}
        return self._answer(texts | {"userHandle": self.user_handle})

    def _client_data(self, kind: str, options: dict[str, Any]) -> bytes:
        facts = {"type": kind, "challenge": options["publicKey"]["challenge"], "origin": self.origin}
        return json.dumps(facts | {"crossOrigin": False}).encode()

    def _authenticator_data(self, rp_id: str, flags: int) -> bytes:
        flags |= 0x01 | (0x04 if self.verifies_user else 0)
        return hashlib.sha256(rp_id.encode()).digest() + bytes([flags]) + (0).to_bytes(4, "big")

    def _answer(self, response: dict[str, str]) -> str:
        name = _text(self.credential_id)
        facts = {"id": name, "rawId": name, "type": "public-key", "clientExtensionResults": {}}
        return json.dumps(facts | {"response": response})


def _text(value: bytes) -> str:
    return base64.urlsafe_b64encode(value).rstrip(b"=").decode()
