"""The WSGI application, served by gunicorn's threads."""

from __future__ import annotations

import gc
import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.production")

application = get_wsgi_application()

gc.freeze()  # what is loaded by now stays: the collector need not look through it with every page
