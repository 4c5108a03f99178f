"""What a workflow may do to the world, and the ports it needs for that."""
