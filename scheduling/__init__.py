"""Sessions and attendances, series, rooms; the readiness registry."""
