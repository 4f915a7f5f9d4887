"""Settings of one machine: the demo that `make run` starts, with the embedded PostgreSQL and Valkey."""

from __future__ import annotations

import os

from config.env import database, env_bool
from config.local import keys, places
from config.settings.base import *  # noqa: F403

DEBUG = env_bool("DEBUG", default=False)  # people who try it see the product’s own pages also where one is missing
WHITENOISE_USE_FINDERS = True  # styles and scripts without a collectstatic
DEMO = True
CLOCK_MAY_STAND = True
SECOND_FACTOR_REQUIRED = env_bool("CASELOAD_SECOND_FACTOR", default=False)
SECRET_KEY = keys.secret_key()
FIELD_KEYS = {"dev": keys.field_key()}
ALLOWED_HOSTS = ["localhost", "127.0.0.1"]

_KEPT_OPEN = {"CONN_MAX_AGE": 60, "CONN_HEALTH_CHECKS": True}
DATABASES = {
    "default": database(os.environ.get("DATABASE_URL") or places.database_url("app_web"))
    | {"ATOMIC_REQUESTS": True}
    | _KEPT_OPEN,
    "owner": database(os.environ.get("DATABASE_OWNER_URL") or places.database_url("app_owner")),
}

_REDIS_URL = os.environ.get("REDIS_URL", "")
CELERY_BROKER_URL = _REDIS_URL or f"redis+socket://{places.redis_socket()}"
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.redis.RedisCache",
        "LOCATION": _REDIS_URL or f"unix://{places.redis_socket()}",
        "KEY_PREFIX": "cache",
    }
}

STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
    "files": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": places.profile() / "files", "file_permissions_mode": 0o600},
    },
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
EMAIL_BACKEND = "practice.mail.DemoMailbox"
