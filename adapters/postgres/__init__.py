"""The event store and every reader, on PostgreSQL."""
