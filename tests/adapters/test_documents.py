"""A document is JSON, whatever its brackets: text, whole numbers, true, false, null; each value knows its line."""

import pytest

from adapters.documents import read_file, read_text
from domain.kernel.errors import BadInput


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("no", "no"),
        ("yes", "yes"),
        ("on", "on"),
        ("true", True),
        ("null", None),
        ("2026-03-02", "2026-03-02"),
        ("0.08", "0.08"),
        ("12:30", "12:30"),
        ("0777", "0777"),
        ("1_000", "1_000"),
        ("-7", -7),
        ("'7'", "7"),
        ('"true"', "true"),
        ("[1, [2], {a: b}]", [1, [2], {"a": "b"}]),
        ('{"a": [true, null], "b": {"c": 1}}', {"a": [True, None], "b": {"c": 1}}),
        ("", None),
    ],
)
def test_a_scalar_is_what_json_would_make_of_it(written, value):
    assert read_text(written, "x").value == value


def test_each_value_knows_its_line():
    document = read_text("- a: 1\n  b:\n    - c\n", "x.yaml")
    assert document.where((0, "b", 0)) == "x.yaml:3: 0.b.0"
    assert document.where((0, "b", 7)) == "x.yaml:3: 0.b.7"
    assert document.where(()) == "x.yaml:1"


def test_what_the_domain_found_wrong_gets_a_line():
    document = read_text("- a: 1\n  b: 2\n", "x.yaml")
    assert document.located(BadInput("0.b", "2", "1")).where == "x.yaml:2: 0.b"


@pytest.mark.parametrize(
    ("written", "line"),
    [
        ("a: 1\na: 2\n", 2),
        ("a: &x 1\nb: *x\n", 1),
        ("a: !!python/name:os.system 1\n", 1),
        ("a: 1\n---\nb: 2\n", 2),
        ("? [a]\n: 1\n", 1),
        ("a: [1\nb: 2\n", 2),
        ("[" * 100 + "]" * 100, 1),
    ],
)
def test_what_json_cannot_say_is_refused_with_its_line(written, line):
    with pytest.raises(BadInput) as bad:
        read_text(written, "x.yaml")
    assert bad.value.where.startswith(f"x.yaml:{line}")


def test_a_character_that_is_no_text_is_refused():
    with pytest.raises(BadInput):
        read_text("a: \x00", "x.yaml")


def test_a_file_that_is_missing_or_no_text_is_named(tmp_path):
    with pytest.raises(BadInput, match=r"nothing\.yaml"):
        read_file(tmp_path / "nothing.yaml")
    (tmp_path / "bytes.yaml").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(BadInput, match="UTF-8"):
        read_file(tmp_path / "bytes.yaml")
