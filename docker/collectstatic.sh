#!/bin/sh
# Gathers the browser's files while the image is built, with keys that are thrown away: nothing is connected to.
set -eu

chance() { python -c 'import base64, secrets; print(base64.urlsafe_b64encode(secrets.token_bytes(32)).decode())'; }

export DJANGO_SETTINGS_MODULE=config.settings.production
export SECRET_KEY="$(chance)$(chance)"
export FIELD_KEYS="build:$(chance)"
export ALLOWED_HOSTS=build.invalid
export DATABASE_URL=postgresql://app_web@db/caseload
export REDIS_URL=redis://valkey:6379/0
export FILES_ROOT="${FILES_ROOT:-/var/lib/caseload/files}"

exec python manage.py collectstatic --noinput --ignore '*.map' --ignore '*.ts'
