"""What the pages of runs show, each in a fixed number of queries."""
