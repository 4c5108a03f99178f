"""A process that is nobody's law, written in every manner the house allows, on which the documentation is tried."""
