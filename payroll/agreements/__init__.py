"""Pay rules on pages: who is paid how, from which day, version after version."""
