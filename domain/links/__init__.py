"""What one case's event asks of another case."""
