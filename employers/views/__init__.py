"""The pages of employers, positions and displacement checks, by resource."""
