"""Settings where people work: every address and secret must be given, and nothing of the demo is allowed.

Each name can also be given as NAME_FILE, the path of a file that holds it.
"""

from __future__ import annotations

from pathlib import Path
from urllib.parse import quote

from cryptography.fernet import Fernet
from django.core.exceptions import ImproperlyConfigured

from config.env import database, env, env_bool, env_int, env_list, env_secret
from config.settings.base import *  # noqa: F403

SHORTEST_SECRET_KEY = 50
YEAR = 365 * 24 * 3600


def _required(name: str) -> str:
    """A setting that has no default here; ImproperlyConfigured when it is missing or empty."""
    value = env_secret(name, "")
    if not value:
        raise ImproperlyConfigured(f"Set {name} or {name}_FILE.")
    return value


def _secret_key() -> str:
    """The signing key; refuses one that is short or Django's own placeholder."""
    key = _required("SECRET_KEY")
    if len(key) < SHORTEST_SECRET_KEY or key.startswith("django-insecure"):
        raise ImproperlyConfigured(f"SECRET_KEY must be {SHORTEST_SECRET_KEY} or more characters made by chance.")
    return key


def _field_keys() -> dict[str, str]:
    """Encryption keys, one a line as `name:key`; the first one encrypts, the others still decrypt."""
    lines = [line.strip() for line in _required("FIELD_KEYS").replace(",", "\n").splitlines() if line.strip()]
    keys = {name: key for name, _, key in (line.partition(":") for line in lines)}
    for name, key in keys.items():
        try:
            Fernet(key)
        except ValueError as error:
            raise ImproperlyConfigured(f"The key «{name}» of FIELD_KEYS is not a Fernet key.") from error
    return keys


def _hosts() -> list[str]:
    """The names this installation answers to; a wildcard would let links in mail point anywhere."""
    hosts = env_list("ALLOWED_HOSTS")
    if not hosts or "*" in hosts:
        raise ImproperlyConfigured("Set ALLOWED_HOSTS to the names people use, without wildcards.")
    return hosts


def _database(name: str) -> dict[str, object]:
    """A role's connection: NAME_URL, with the password apart when NAME_PASSWORD gives it."""
    settings = database(_required(f"{name}_URL"))
    password = env_secret(f"{name}_PASSWORD", "")
    return settings | ({"PASSWORD": password} if password else {})


def _redis() -> str:
    """The address of Redis or Valkey, with the password put in when REDIS_PASSWORD gives it."""
    url = _required("REDIS_URL")
    password = env_secret("REDIS_PASSWORD", "")
    return url.replace("://", f"://:{quote(password, safe='')}@", 1) if password else url


def _second_factor() -> bool:
    """Always asked for; ImproperlyConfigured when the environment would switch it off."""
    if not env_bool("CASELOAD_SECOND_FACTOR", default=True):
        raise ImproperlyConfigured("CASELOAD_SECOND_FACTOR=off is for the demo only; remove it.")
    return True


DEBUG = False
SECRET_KEY = _secret_key()
SECRET_KEY_FALLBACKS = env_secret("SECRET_KEY_FALLBACKS", "").split()
FIELD_KEYS = _field_keys()
ALLOWED_HOSTS = _hosts()
SECOND_FACTOR_REQUIRED = _second_factor()

DATABASES = {
    "default": _database("DATABASE") | {"ATOMIC_REQUESTS": True, "CONN_MAX_AGE": 60, "CONN_HEALTH_CHECKS": True},
}
if env_secret("DATABASE_OWNER_URL", ""):
    DATABASES["owner"] = _database("DATABASE_OWNER")

CELERY_BROKER_URL = _redis()
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.redis.RedisCache",
        "LOCATION": CELERY_BROKER_URL,
        "KEY_PREFIX": "cache",
    }
}

STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
    "files": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": Path(env("FILES_ROOT")), "file_permissions_mode": 0o600},
    },
    "staticfiles": {"BACKEND": "config.static.StaticFilesStorage"},
}

SESSION_COOKIE_NAME = "__Host-sessionid"
SESSION_COOKIE_SECURE = True
CSRF_COOKIE_NAME = "__Host-csrftoken"
CSRF_COOKIE_SECURE = True
SECURE_SSL_REDIRECT = True
SECURE_REDIRECT_EXEMPT = [r"^healthz$"]
SECURE_HSTS_SECONDS = 2 * YEAR
SECURE_HSTS_INCLUDE_SUBDOMAINS = True
_BEHIND_PROXY = env_bool("BEHIND_TLS_PROXY", default=False)
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if _BEHIND_PROXY else None
ALLAUTH_TRUSTED_PROXY_COUNT = 1 if _BEHIND_PROXY else 0  # whose address the limits of signing in count
# Preloading binds a whole domain for years and is the owner's choice, not a default.
SILENCED_SYSTEM_CHECKS = ["security.W021"]

EMAIL_HOST = env("EMAIL_HOST", "localhost")
EMAIL_PORT = env_int("EMAIL_PORT", 587)
EMAIL_HOST_USER = env_secret("EMAIL_HOST_USER", "")
EMAIL_HOST_PASSWORD = env_secret("EMAIL_HOST_PASSWORD", "")
EMAIL_USE_TLS = env_bool("EMAIL_USE_TLS", default=True)
EMAIL_TIMEOUT = 20
DEFAULT_FROM_EMAIL = env("DEFAULT_FROM_EMAIL", "Caseload <no-reply@caseload.invalid>")
