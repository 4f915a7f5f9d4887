"""Each clinician vouches for their own sessions, where the practice asks them to."""
