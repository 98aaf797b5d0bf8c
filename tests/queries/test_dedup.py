import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nex_assets.queries.dedup import (
    exact_duplicates,
    jaccard,
    near_by_embedding,
    near_duplicates,
    shingles,
    tokens,
    without,
)

WORDS = [f"w{i}" for i in range(400)]


def corpus(seed, groups=40, alone=120, words=40):
    """Texts in groups of two to four that differ in one word, among others that differ throughout."""
    rng = random.Random(seed)
    texts, group_of = [], []
    for group in range(groups):
        base = rng.choices(WORDS, k=words)
        for _ in range(rng.randint(2, 4)):
            copy = list(base)
            copy[-1] = rng.choice(WORDS)
            texts.append(" ".join(copy))
            group_of.append(group)
    for number in range(alone):
        texts.append(" ".join(rng.choices(WORDS, k=words)))
        group_of.append(groups + number)
    order = list(range(len(texts)))
    rng.shuffle(order)
    return [texts[i] for i in order], [group_of[i] for i in order]


@pytest.mark.parametrize("seed", range(5))
def test_exactly_one_of_each_group_stays(seed):
    texts, group_of = corpus(seed)
    kept = without(list(range(len(texts))), near_duplicates(texts))
    assert sorted(group_of[i] for i in kept) == sorted(set(group_of))
    assert all(group_of[i] not in group_of[:i] for i in kept)  # the first one


@settings(max_examples=40, deadline=None)
@given(st.lists(st.text("ab ", min_size=0, max_size=12), max_size=12))
def test_agrees_with_comparing_all_pairs(texts):
    sets = [shingles(t) for t in texts]
    found = {d.index for d in near_duplicates(texts, threshold=1.0)}
    wanted = {i for i, s in enumerate(sets) if any(jaccard(s, o) == 1.0 for o in sets[:i])}
    assert found == wanted


def test_the_same_task_with_other_values_is_no_duplicate():
    texts = [
        "Please change the email of the customer with the email ada.holm7@m.example to bo@w.example.",
        "Please change the email of the customer with the email max.roth2@p.example to eva@h.example.",
    ]
    assert near_duplicates(texts) == []


def test_chinese_is_compared_by_characters():
    assert tokens("取消订单O1234。") == ["取", "消", "订", "单", "o1234"]
    texts = [
        "请取消订单O1234，并告诉我该订单的退款金额",
        "请取消订单O1234，并告诉我该订单的退款金额吧",
        "请查询商品的库存数量和价格",
    ]
    assert [(d.index, d.twin) for d in near_duplicates(texts)] == [(1, 0)]


def test_embeddings_find_what_words_do_not():
    vectors = {"a": [1, 0], "paraphrase of a": [0.99, 0.05], "b": [0, 1]}
    found = near_by_embedding(list(vectors), lambda texts: [vectors[t] for t in texts])
    assert [(d.index, d.twin) for d in found] == [(1, 0)]


def test_exact_keys():
    assert [(d.index, d.twin) for d in exact_duplicates(["x", "y", "x", "x"])] == [(2, 0), (3, 0)]
    assert near_duplicates([]) == []
