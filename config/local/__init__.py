"""Development on one machine: set-up, embedded PostgreSQL and Valkey, the processes of `make run`."""
