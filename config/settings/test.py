"""Settings of the tests: real PostgreSQL as the restricted role, real Valkey, no network beyond loopback."""

from __future__ import annotations

import os

from config.env import database
from config.local import places
from config.settings.base import *  # noqa: F403

os.environ.setdefault("CASELOAD_PROFILE", "test")

SECRET_KEY = "tests-only-" + "x" * 50
FIELD_KEYS = {"t1": "dGVzdHMtb25seS10ZXN0cy1vbmx5LXRlc3RzLW9ubHk="}
ALLOWED_HOSTS = ["testserver", "localhost", "127.0.0.1"]
CLOCK_MAY_STAND = True

DATABASES = {
    "default": database(os.environ.get("DATABASE_URL") or places.database_url("app_web"))
    | {"ATOMIC_REQUESTS": True, "TEST": {"MIRROR": "owner"}},
    "owner": database(os.environ.get("DATABASE_OWNER_URL") or places.database_url("app_owner"))
    | {"TEST": {"DEPENDENCIES": []}},
}
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
    "files": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": os.environ["CASELOAD_TEST_FILES"]},
    }
    if "CASELOAD_TEST_FILES" in os.environ  # a worker that a test starts reads what the test stored
    else {"BACKEND": "django.core.files.storage.InMemoryStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
CELERY_BROKER_URL = os.environ.get("REDIS_URL") or f"redis+socket://{places.redis_socket()}"
CELERY_TASK_DEFAULT_QUEUE = "_".join(
    filter(None, ["test", os.environ.get("CASELOAD_TEST_DB"), os.environ.get("PYTEST_XDIST_WORKER")])
)  # every process that runs tests has its own database, and so its own queue
INSTALLED_APPS = [*INSTALLED_APPS, "tests.shelf"]
WHITENOISE_AUTOREFRESH = True
WHITENOISE_USE_FINDERS = True
