"""What people type about matches, meetings and placements; input only, the services decide."""
