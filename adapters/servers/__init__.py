"""Servers that one machine starts for itself."""
