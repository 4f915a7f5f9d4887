"""Claims on their way out: made, batched, written, sent, corrected."""
