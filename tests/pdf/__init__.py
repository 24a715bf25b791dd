"""PDFs against their standards, and what the standards do not look at."""
