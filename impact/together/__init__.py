"""Released reports of one municipality added up: what was published before, and so nothing new about anybody."""
