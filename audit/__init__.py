"""Reading and proving what was recorded; nothing here writes."""
