"""The seal of a report: who made it, and that nothing was changed since."""
