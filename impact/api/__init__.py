"""Released reports for a municipality's own programs: described by OpenAPI, opened with a key, read only."""
