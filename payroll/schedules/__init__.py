"""Pay schedules on pages: when people are paid, and for which days."""
