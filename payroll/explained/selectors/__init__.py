"""What the pages about one person's pay read; everything starts from a `Reach`."""
