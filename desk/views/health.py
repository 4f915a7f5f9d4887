"""Whether the installation can serve: database and broker answer."""

from __future__ import annotations

from django.db import DatabaseError, connection, transaction
from django.http import HttpRequest, JsonResponse
from redis import RedisError
from redis import from_url as redis_from_url

from config.celery import app


@transaction.non_atomic_requests
def healthz(request: HttpRequest) -> JsonResponse:
    """200 when the database and the broker answer, 503 with what does not."""
    problems = [name for name, check in (("database", _database), ("broker", _broker)) if not check()]
    return JsonResponse({"ok": not problems, "problems": problems}, status=503 if problems else 200)


def _database() -> bool:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
            return bool(cursor.fetchone())
    except DatabaseError:
        return False


def _broker() -> bool:
    url = str(app.conf.broker_url).replace("redis+socket://", "unix://")
    try:
        return bool(redis_from_url(url, socket_timeout=2).ping())
    except RedisError:
        return False
