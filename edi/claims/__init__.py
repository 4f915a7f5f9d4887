"""Professional claims: the 837P, version 005010X222A1, as data; written, read back and checked."""
