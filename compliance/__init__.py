"""What a file means: agreements, signatures, requirements and renewals."""
