"""The words every process shares, one word of the law a file."""
