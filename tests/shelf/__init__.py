"""Three small tenant tables, for the kernel's tests only."""
