"""The loops of an 837P as segments, in the order of the guide."""
