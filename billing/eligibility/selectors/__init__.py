"""What reads for the pages about eligibility."""
