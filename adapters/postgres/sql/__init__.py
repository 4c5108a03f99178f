"""One SQL object a file; a migration runs the files it names."""

from pathlib import Path

_HERE = Path(__file__).parent


def statement(name: str) -> str:
    """Read one object's SQL, `functions/record`."""
    return _HERE.joinpath(f"{name}.sql").read_text(encoding="utf-8")
