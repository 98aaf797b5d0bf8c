"""Arguments: one repair that mends slips of the pen and guesses no value; errors with the path."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nex_resources.llm.calls import parse_arguments
from nex_resources.runtime.arguments import repair, validator, violation

MENDED = {
    "fence": ('```json\n{"a": 1}\n```', {"a": 1}, "code fence removed"),
    "twice": ('"{\\"a\\": 1}"', {"a": 1}, "decoded twice"),
    "tail": ('{"a": 1}</tool_call>', {"a": 1}, "text around the object removed"),
    "two-objects": ('{"a": 1}{"a": 2}', {"a": 1}, "text around the object removed"),
    "python": ('{"a": True, "b": None, "c": "True"}', {"a": True, "b": None, "c": "True"}, "Python literals"),
    "comma": ('{"a": [1, 2,], "b": ",}",}', {"a": [1, 2], "b": ",}"}, "trailing comma removed"),
    "quotes": ("{'a': 'it is \"x\"', 'b': true}", {"a": 'it is "x"', "b": True}, "single quotes"),
    "open": ('{"a": [1, {"b": 2', {"a": [1, {"b": 2}]}, "brackets closed"),
    "newline": ('{"a": "x\ny"}', {"a": "x\ny"}, "control characters in strings"),
}
LOST = {
    "cut-string": '{"a": "this was cut',
    "cut-key": '{"a": 1, "b',
    "cut-value": '{"a": ',
    "prose": "I would add the numbers",
    "list": "[1, 2]",
    "number": "7",
    "code": "{'a': __import__('os')}",
}


@pytest.mark.parametrize(("text", "value", "how"), MENDED.values(), ids=MENDED)
def test_slips_of_the_pen_are_mended_and_named(text, value, how):
    assert parse_arguments(text) is None
    mended, done = repair(text)
    assert (mended, done.split(", ")[-1]) == (value, how)


@pytest.mark.parametrize("text", LOST.values(), ids=LOST)
def test_nothing_is_guessed(text):
    assert parse_arguments(text) is None
    assert repair(text) is None


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=8,
)
OBJECTS = st.dictionaries(st.text(), JSON, min_size=1, max_size=4)


@given(OBJECTS)
def test_a_trailing_comma_never_changes_a_value(value):
    text = json.dumps(value)
    assert repair(text[:-1] + ",}")[0] == value


@given(OBJECTS)
def test_missing_brackets_never_change_a_value(value):
    """Cutting off closing brackets loses nothing that closing them does not bring back."""
    text = json.dumps(value)
    stripped = text.rstrip("]}")
    if stripped != text:
        mended = repair(stripped)
        assert mended is None or mended[0] == value


@given(OBJECTS)
def test_valid_arguments_are_read_as_they_are(value):
    assert parse_arguments(json.dumps(value)) == value


SCHEMA = {
    "type": "object",
    "properties": {
        "to": {"type": "object", "properties": {"zip": {"type": "string", "pattern": "^[0-9]{5}$"}}}
    },
    "required": ["to"],
}


def test_violations_name_the_path():
    check = validator(SCHEMA)
    assert violation(check, {"to": {"zip": "12345"}}) is None
    assert violation(check, {"to": {"zip": "1"}}).startswith("to.zip: '1' does not match")
    assert violation(check, {}).startswith("arguments: 'to' is a required property")


def test_equal_schemas_share_one_validator():
    assert validator(SCHEMA) is validator(json.loads(json.dumps(SCHEMA)))
