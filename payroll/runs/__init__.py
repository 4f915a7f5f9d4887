"""Pay runs on pages: the list, one run from open to locked, and who may do what with it."""
