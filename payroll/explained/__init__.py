"""Pay in words: each line with its arithmetic, for the person it pays and for those who run payroll."""
