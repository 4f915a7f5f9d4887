"""The loops of an 837P found in its segments, and turned back into claims."""
