"""What a caller wrote is read as it stands, or named by its place; nothing is guessed."""

import json
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.kernel.errors import BadInput
from starter import forms

DEEP = 40


def test_yaml_says_no_more_than_json_can():
    text = b"day: 2026-03-02\nhour: 10:30\nyes: yes\noctal: 0o7\nlong: 1_000\nnone: ~\ntrue_one: true\ncount: 12\n"
    assert forms.parse(text) == {
        "day": "2026-03-02",
        "hour": "10:30",
        "yes": "yes",
        "octal": "0o7",
        "long": "1_000",
        "none": None,
        "true_one": True,
        "count": 12,
    }


@pytest.mark.parametrize(
    ("text", "where", "what"),
    [
        (b"a: 1.5", "a", "1.5"),
        (b"a: {b: [1, 2e3]}", "a.b[1]", "2000.0"),
        (b"a: 1\na: 2", "line 1", "the key 'a' twice"),
        (b"a: &x 1\nb: *x", "line 2", "*x"),
        (b"a: !!timestamp 2026-03-02", "line 1", "'tag:yaml.org,2002:timestamp'"),
        (b"1: a", "line 1", "1"),
        ("款: 1".encode(), "", "'款'"),
        (b"a: 1\nb: \x00", "line 2", "a NUL character"),
        (b'a: "\\0"', "a", "a NUL character"),
        (b"a: 1\n\xff", "line 2", "the byte 0xff"),
        (b"a: 99999999999999999999", "a", "99999999999999999999"),
        (b"---\na: 1\n---\nb: 1", "line 3", "a second document"),
        (b"[" * DEEP + b"]" * DEEP, "line 1", "lists or maps too deep"),
        (b"a: [1", "line 2", "did not find expected ',' or ']'"),
    ],
)
def test_what_is_wrong_is_named_by_its_place(text, where, what):
    with pytest.raises(BadInput) as refused:
        forms.parse(text)
    assert (refused.value.where, refused.value.what) == (where, what)
    assert refused.value.expected


@pytest.mark.parametrize(
    "text",
    [
        b'{"a": 1, "a": 2}',
        b'{"a": NaN}',
        b'{"a": 1.0}',
        b'{"a": "\\ud800"}',
        b"[" * 100_000,
        b"[" * DEEP + b"]" * DEEP,
        b'{"a": ' * 600 + b"1" + b"}" * 600,
        b'{"a": ' + b"9" * 5000 + b"}",
    ],
)
def test_json_is_held_to_the_same(text):
    with pytest.raises(BadInput):
        forms.parse(text, is_json=True)


def test_thirty_two_levels_are_not_too_deep():
    nested = b"[" * forms.MAX_DEPTH + b"]" * forms.MAX_DEPTH
    assert forms.parse(nested, is_json=True) == forms.parse(nested)
    for is_json in (True, False):
        with pytest.raises(BadInput, match="too deep"):
            forms.parse(b"[" + nested + b"]", is_json=is_json)


def test_five_megabytes_are_too_much():
    with pytest.raises(BadInput, match="bytes"):
        forms.parse(b"a: " + b"x" * 5_000_000)


def test_a_body_may_not_hold_more_than_one_message_carries():
    with pytest.raises(BadInput, match="in one command"):
        forms.check_size({"text": "字" * 200_000})


@pytest.mark.parametrize(
    ("setting", "body"),
    [
        ("amount_fen=1200", {"funds": {"kept": 1}, "amount_fen": 1200}),
        ("funds.amount_fen=7", {"funds": {"kept": 1, "amount_fen": 7}}),
        ("funds=none: at all", {"funds": "none: at all"}),
        ("days=[1, 2]", {"funds": {"kept": 1}, "days": [1, 2]}),
        ("rate='1.5'", {"funds": {"kept": 1}, "rate": "1.5"}),
        ("start_on=2026-03-02", {"funds": {"kept": 1}, "start_on": "2026-03-02"}),
        ("open=true", {"funds": {"kept": 1}, "open": True}),
        ("open=yes", {"funds": {"kept": 1}, "open": "yes"}),
        ("note=", {"funds": {"kept": 1}, "note": ""}),
    ],
)
def test_a_setting_takes_the_place_of_what_stood_there(setting, body):
    assert forms.with_settings({"funds": {"kept": 1}}, [setting]) == body


@pytest.mark.parametrize("setting", ["a", "=1", "a..b=1", "a=1.5", "funds.kept.more=1", "a=[", "a=\udcff"])
def test_a_setting_that_says_nothing_is_bad_input(setting):
    with pytest.raises(BadInput, match="--set"):
        forms.with_settings({"funds": {"kept": 1}}, [setting])


def test_one_key_is_set_once():
    with pytest.raises(BadInput, match="twice"):
        forms.with_settings({}, ["a=1", "a=2"])


@pytest.mark.parametrize("text", ["20191—20196月", "2026-02-30", "2026-2-3", "02/03/2026", "٢٠٢٦-٠٣-٠٢", ""])
def test_a_day_that_does_not_exist_is_bad_input(text):
    with pytest.raises(BadInput, match="a day such as"):
        forms.read_day(text, "--on")


@pytest.mark.parametrize("text", ["", "li chen", "李", "a" * 121, "-x", "a\x00b"])
def test_an_identifier_is_ascii_without_blanks(text):
    with pytest.raises(BadInput):
        forms.read_code(text, "--as")


JSON_IN_THE_SUBSET = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(2**53) + 1, 2**53 - 1)
    | st.text(st.characters(codec="utf-8", exclude_characters="\x00")),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.from_regex(r"\A[a-z_]{1,8}\Z"), inner, max_size=4),
    max_leaves=12,
)


@given(JSON_IN_THE_SUBSET)
def test_whatever_json_says_within_the_subset_comes_back_as_it_was(value):
    assert forms.parse(json.dumps(value).encode(), is_json=True) == value


@given(st.binary(max_size=60))
def test_any_bytes_are_a_value_or_bad_input_and_no_other_error(raw):
    with suppress(BadInput):
        forms.parse(raw)
