"""Settings, URLs, the Celery application and the environment reader."""
