"""How fast the pages are beside an empty one: a benchmark, not a test."""
