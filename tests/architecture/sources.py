"""What is written by hand in this house: its Python and its SQL, tests included."""

from pathlib import Path

ROOT = Path(__file__).parents[2]
ROOMS = ("domain", "workflows", "activities", "adapters", "audit", "starter", "docs", "benchmarks", "tests")
PYTHON = sorted([ROOT / "worker.py", *(file for room in ROOMS for file in (ROOT / room).rglob("*.py"))])
SQL = sorted((ROOT / "adapters").rglob("*.sql"))
