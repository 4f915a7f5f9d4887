"""Pay, calculated: facts in, explained lines out. No ORM, no clock, no settings (`payroll.md` section 3)."""
