"""Recipes: exact counts, the same every time, and errors that say where and what."""

from __future__ import annotations

import random
from pathlib import Path

import pytest
from rollouts import query, rollout, verdict

from nex_assets.sft_datasets import Part, Recipe, RecipeError, load_recipe, make_samples, mix
from nex_resources.mixes import shares
from nex_resources.records import Sample

RECIPES = Path(__file__).parents[2] / "configs" / "datasets"


def samples(formats: tuple[str, ...] = ("hermes", "glm"), count: int = 20) -> list[Sample]:
    rows = [(rollout(n), verdict(n), query(n, level=1 + n % 5)) for n in range(count)]
    return [
        sample for name in formats for sample in make_samples(rows, name, domains={"leaf_0": "retail"})[0]
    ]


RECIPE = Recipe(
    "test",
    (
        Part("easy", format=("hermes",), difficulty=(1, 2), agents="root", share=0.6),
        Part("hard", format=("hermes",), difficulty=(4, 5), agents="root", share=0.3),
        Part("subs", format=("glm",), agents="sub", count=4, repeat=2),
    ),
    seed=3,
    total=10,
)


def test_counts_are_exact() -> None:
    made = mix(samples(), RECIPE)
    assert made.taken == {"easy": 6, "hard": 3, "subs": 8}
    assert made.found["easy"] == 8
    assert len(made.samples) == 17
    assert all("/" in sample.agent for sample in made.samples[9:])


def test_mixes_do_not_depend_on_the_order_of_samples() -> None:
    rows = samples()
    shuffled = random.Random(1).sample(rows, len(rows))
    assert mix(rows, RECIPE) == mix(shuffled, RECIPE)


def test_another_seed_takes_others() -> None:
    import msgspec

    other = msgspec.structs.replace(RECIPE, seed=4)
    assert {s.id for s in mix(samples(), RECIPE).samples} != {s.id for s in mix(samples(), other).samples}


def test_a_sample_goes_to_one_part_only() -> None:
    recipe = Recipe("twice", (Part("a", count=15), Part("b", count="all")))
    made = mix(samples(("hermes",)), recipe)
    assert len({sample.id for sample in made.samples}) == len(made.samples) == 40


def test_held_out_samples_are_not_taken_unless_asked_for() -> None:
    rows = make_samples([(rollout(), verdict(), query(split="seen"))], "hermes")[0]
    assert mix(rows, Recipe("train", (Part("a", count="all"),))).samples == ()
    assert len(mix(rows, Recipe("seen", (Part("a", split=("seen",), count="all"),))).samples) == 2


def test_shortage_is_an_error_that_says_what_to_do() -> None:
    recipe = Recipe("short", (Part("many", format=("glm",), count=1000),))
    with pytest.raises(RecipeError, match="part 'many' wants 1000 samples and 40 fit; lower its count"):
        mix(samples(), recipe)
    made = mix(samples(), Recipe("short", recipe.parts, shortage="take"))
    assert made.taken == {"many": 40}


@pytest.mark.parametrize(
    ("total", "weights", "expected"),
    [
        (10, {"a": 0.5, "b": 0.5}, {"a": 5, "b": 5}),
        (10, {"a": 1 / 3, "b": 1 / 3, "c": 1 / 3}, {"a": 3, "b": 3, "c": 4}),
        (7, {"a": 0.5, "b": 0.25}, {"a": 3, "b": 2}),
    ],
    ids=["even", "thirds", "part"],
)
def test_shares_add_up(total: int, weights: dict[str, float], expected: dict[str, int]) -> None:
    assert shares(total, weights) == expected


BROKEN = {
    "not yaml": ("name: [", "not YAML"),
    "unknown key": ("name: x\nparts: [{name: a, count: 1, colour: red}]", r"parts\[0\]: .*colour"),
    "wrong type": ("name: x\nparts: [{name: a, count: many}]", r"parts\[0\]\.count"),
    "unknown format": (
        "name: x\nparts: [{name: a, format: [qwen], count: 1}]",
        r"parts\[0\] \(a\): format: unknown 'qwen'",
    ),
    "no count": ("name: x\nparts: [{name: a}]", "give either count"),
    "share without total": ("name: x\nparts: [{name: a, share: 0.5}]", "needs the recipe's total"),
    "too many shares": (
        "name: x\ntotal: 5\nparts: [{name: a, share: 0.7}, {name: b, share: 0.7}]",
        "add up to more than 1",
    ),
    "same name": ("name: x\nparts: [{name: a, count: 1}, {name: a, count: 1}]", "two parts are named 'a'"),
    "difficulty": ("name: x\nparts: [{name: a, count: 1, difficulty: [0, 9]}]", "difficulty has to be"),
    "nothing": ("name: x\nparts: []", "at least one part"),
}


@pytest.mark.parametrize("case", BROKEN, ids=lambda case: case.replace(" ", "-"))
def test_broken_recipes_say_where(case: str, tmp_path: Path) -> None:
    text, message = BROKEN[case]
    path = tmp_path / "recipe.yaml"
    path.write_text(text)
    with pytest.raises(RecipeError, match=message) as caught:
        load_recipe(path)
    assert str(path) in str(caught.value)


@pytest.mark.parametrize("path", sorted(RECIPES.glob("*.yaml")), ids=lambda path: path.stem)
def test_shipped_recipes_load(path: Path) -> None:
    assert load_recipe(path).name == path.stem
