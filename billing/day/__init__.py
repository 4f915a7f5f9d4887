"""The billing day: what can be billed, what stands in the way, and the one click that bills the rest."""
