"""What may stand in a directory, one file a kind of entry."""
