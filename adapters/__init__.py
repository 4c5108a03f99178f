"""Drivers behind the ports."""
