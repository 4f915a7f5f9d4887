"""Pages and commands that join rooms."""
