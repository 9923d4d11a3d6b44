"""From coded findings to statuses, changes and needs."""
