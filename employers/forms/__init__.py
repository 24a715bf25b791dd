"""What people type about employers, positions and displacement checks."""
