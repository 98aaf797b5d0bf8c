"""What counts as stating a value, and what does not."""

from __future__ import annotations

from typing import Any

import pytest

from nex_resources.records import Fact
from nex_resources.worlds import is_refusal, states, states_value

STATED = [
    ("The total is $1,053.50.", 1053.5),
    ("total: 1053.5", 1053.5),
    ("It costs 30.00 euros", 30),
    ("The refund is **412.89**", 412.89),
    ("There are 7.", 7),
    ("共 7 件", 7),
    ("余额为￥412.89。", 412.89),
    ("It is PENDING now", "pending"),
    ("订单状态是pending。", "pending"),
    ("due 5 March 2026", "2026-03-05"),
    ("due March 5th, 2026.", "2026-03-05"),
    ("due 2026-03-05", "2026-03-05"),
    ("日期为2026年3月5日", "2026-03-05"),
    ("Write to ada.holm4@mail.example.", "ada.holm4@mail.example"),
    ("Order O4821.", "O4821"),
    ("Yes, it is.", True),
    ("red, blue and green", ["green", "red"]),
    ("-4 degrees", -4),
    ("It was not pending before, but it is pending.", "pending"),
]

NOT_STATED = [
    ("The total is 1053.51", 1053.5),
    ("Order O4821 is here", 4821),
    ("the total is 11053.50", 1053.5),
    ("version 7.1", 7),
    ("on 2026-03-07", 7),
    ("It is not pending", "pending"),
    ("It is no longer pending", "pending"),
    ("It isn't pending", "pending"),
    ("spending", "pending"),
    ("Order O48210", "O4821"),
    ("ada.holm4@mail.example.org", "ada.holm4@mail.example"),
    ("due 3 May 2026", "2026-03-05"),
    ("4 degrees", -4),
    ("", "pending"),
    ("", 0),
    ("red and blue", ["green", "red"]),
]


def _id(pair: tuple[str, Any]) -> str:
    return f"{pair[1]} in {pair[0]}"[:40]


@pytest.mark.parametrize("pair", STATED, ids=_id)
def test_stated(pair: tuple[str, Any]) -> None:
    assert states_value(*pair)


@pytest.mark.parametrize("pair", NOT_STATED, ids=_id)
def test_not_stated(pair: tuple[str, Any]) -> None:
    assert not states_value(*pair)


def test_other_renderings_count() -> None:
    fact = Fact("order.status", "s1", "status", "delivered", accepts=("arrived",))
    assert states("It has arrived.", fact)
    assert not states("It is on its way.", fact)


@pytest.mark.parametrize(
    ("text", "refuses"),
    [
        ("I cannot cancel it: it was delivered.", True),
        ("Sorry, this isn't possible.", True),
        ("I’m unable to help.", True),
        ("无法取消该订单。", True),
        ("Done, the order is cancelled.", False),
        ("", False),
    ],
    ids=["cannot", "isn't possible", "unable", "chinese", "claims success", "empty"],
)
def test_refusals(text: str, refuses: bool) -> None:
    assert is_refusal(text) is refuses
