"""The right payer after a refusal: what one payer of a client refused is asked of another, as a first claim."""
