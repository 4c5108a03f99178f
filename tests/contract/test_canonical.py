"""Canonical bytes are RFC 8785's, inside the subset the kernel admits; outside of it nothing is written."""

from typing import Any

import pytest
import rfc8785
from hypothesis import given
from hypothesis import strategies as st

from adapters.postgres.canonical import canonical, restored
from domain.kernel.envelope import MAX_INTEGER
from domain.kernel.errors import BadInput

_TEXT = st.text(st.characters(exclude_categories=("Cs",), exclude_characters="\x00"))
_KEYS = st.text(st.characters(max_codepoint=127, exclude_characters="\x00"))
_LEAVES = st.none() | st.booleans() | st.integers(-MAX_INTEGER, MAX_INTEGER) | _TEXT
_VALUES = st.recursive(_LEAVES, lambda inner: st.lists(inner) | st.dictionaries(_KEYS, inner), max_leaves=30)


@given(st.dictionaries(_KEYS, _VALUES))
def test_any_value_of_the_subset_is_written_as_rfc_8785_writes_it_and_read_back(value: dict[str, Any]):
    assert canonical(value) == rfc8785.dumps(value)
    assert restored(canonical(value)) == value


@pytest.mark.parametrize(
    ("value", "where"),
    [
        ({"a": {"b": [1, 0.5]}}, "a.b[1]"),
        ({"a": float("nan")}, "a"),
        ({"a": 1.0}, "a"),
        ({"a": MAX_INTEGER + 1}, "a"),
        ({"a": -MAX_INTEGER - 1}, "a"),
        ({"金额": 1}, ""),
        ({"a": "x\x00y"}, "a"),
        ({"a": "\ud800"}, "a"),
    ],
)
def test_what_has_no_one_form_is_refused_with_its_place(value: Any, where: str):
    with pytest.raises(BadInput) as caught:
        canonical(value)
    assert caught.value.where == where


@pytest.mark.parametrize("value", [{"a": object()}, {"a": {1, 2}}, {"a": b"bytes"}])
def test_what_is_no_json_at_all_is_a_bug_and_not_written(value: Any):
    with pytest.raises(TypeError):
        canonical(value)
