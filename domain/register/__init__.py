"""Registers: lists and catalogues, the working-day calendar, policy packs, as a tenant publishes them."""
