"""What people type, checked; nothing here writes."""
