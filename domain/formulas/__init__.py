"""Numbers of the law that need no case."""
