"""The bench: figures taken through the services the pages call, as app_web, under row-level security."""
