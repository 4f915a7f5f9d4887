"""Users, people, practices and the kernel: tenancy, audit trail, money, clock, files, due work."""
