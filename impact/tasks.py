"""The worker's part: each task takes an id, wakes a service, and is safe to run twice."""
