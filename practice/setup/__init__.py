"""How a practice is set up: who it is on a claim, where it works, what it offers, whom it bills."""
