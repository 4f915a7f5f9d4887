"""The worklist of claims that came back unjudged: refused by a 999 or 277CA, or stopped by our own check."""
