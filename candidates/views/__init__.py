"""What people see of candidates, by subject."""
