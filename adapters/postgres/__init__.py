"""The event store on PostgreSQL: what is recorded, in one call, and what is read of it."""
