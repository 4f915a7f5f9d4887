"""The REST API: what every room's resources share, and the tokens with which programs sign in."""
