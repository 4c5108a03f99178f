"""The waiting: one case runner and one lifecycle table a process."""
