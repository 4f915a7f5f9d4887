"""Addresses outside every practice, and what somebody who has not signed in gets there."""

from __future__ import annotations

from typing import Final

ANYBODY: Final = "anybody"  # opens without signing in
SIGNED_IN: Final = "signed in"  # leads to the sign-in page
AWAY: Final = "away"  # leads elsewhere, for there is nothing to do
NOT_HERE: Final = "not here"  # 404: outside the demo, or for a link that nobody made

OUTSIDE: Final[dict[str, str]] = {
    "home": SIGNED_IN,
    "practices": SIGNED_IN,
    "found_practice": SIGNED_IN,
    "healthz": ANYBODY,
    "demo_mailbox": NOT_HERE,
    "demo_letter": NOT_HERE,
    "accept_invitation": NOT_HERE,
    "sign_in_again": SIGNED_IN,
    "stay_signed_in": SIGNED_IN,
    "account_login": ANYBODY,
    "account_signup": ANYBODY,
    "account_inactive": ANYBODY,
    "account_logout": AWAY,
    "account_reset_password": ANYBODY,
    "account_reset_password_done": ANYBODY,
    "account_reset_password_from_key": ANYBODY,
    "account_reset_password_from_key_done": ANYBODY,
    "account_reauthenticate": SIGNED_IN,
    "account_email": SIGNED_IN,
    "account_email_verification_sent": SIGNED_IN,
    "account_change_password": SIGNED_IN,
    "account_set_password": SIGNED_IN,
    "account_confirm_login_code": SIGNED_IN,
    "mfa_index": SIGNED_IN,
    "mfa_authenticate": SIGNED_IN,
    "mfa_reauthenticate": SIGNED_IN,
    "mfa_activate_totp": SIGNED_IN,
    "mfa_deactivate_totp": SIGNED_IN,
    "mfa_view_recovery_codes": SIGNED_IN,
    "mfa_generate_recovery_codes": SIGNED_IN,
    "mfa_download_recovery_codes": SIGNED_IN,
    "mfa_list_webauthn": SIGNED_IN,
    "mfa_add_webauthn": SIGNED_IN,
    "mfa_edit_webauthn": SIGNED_IN,
    "mfa_remove_webauthn": SIGNED_IN,
    "mfa_reauthenticate_webauthn": SIGNED_IN,
    "mfa_login_webauthn": SIGNED_IN,
    "usersessions_list": SIGNED_IN,
}

ARGUMENTS: Final[dict[str, dict[str, int | str]]] = {
    "demo_letter": {"pk": 1},
    "accept_invitation": {"token": "nobody-made-this"},
    "account_reset_password_from_key": {"uidb36": "1", "key": "no-such-key"},
    "mfa_edit_webauthn": {"pk": 1},
    "mfa_remove_webauthn": {"pk": 1},
}
