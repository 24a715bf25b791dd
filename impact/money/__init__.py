"""Money: years of flows, hours on funds, assignments on their way, savings, and how a report tells them."""
