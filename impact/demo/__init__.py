"""The demo story: three bureaus, made-up people and companies, the same every time for the same date."""
