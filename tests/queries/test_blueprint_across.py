"""Tasks over several servers."""

from __future__ import annotations

import pytest

from nex_assets.queries.blueprint import SamplingError
from nex_assets.queries.blueprint_across import BRIDGES, sample_across, sample_piped
from nex_assets.queries.certificate import certify
from nex_resources import worlds

SOURCES = {
    "": "retail/get_product",
    "money": "retail/get_product",
    "date": "travel/get_flight",
    "email": "helpdesk/get_employee",
    "city": "travel/get_flight",
}


@pytest.mark.parametrize("bridge", BRIDGES, ids=lambda b: b.form)
def test_a_value_of_one_server_is_handed_to_another(bridge: object) -> None:
    form = bridge.form  # type: ignore[attr-defined]
    server, source = form.partition("__")[0], SOURCES[bridge.unit]  # type: ignore[attr-defined]
    proved = 0
    for seed in range(0, 20, 2):
        try:
            blueprint = sample_piped(source, form, {source.partition("/")[0]: seed, server: seed})
        except SamplingError:
            continue
        assert blueprint.shape == f"{source}>>{form.replace('__', '/')}"
        assert [r.step for r in worlds.references(blueprint.steps[-1])] == ["s1"]
        proved += certify(blueprint).complete
    assert proved >= 5


def test_side_by_side() -> None:
    blueprint = sample_across({"retail": 2, "sqlite": 4})
    assert "&sqlite/" in blueprint.shape
    assert set(blueprint.worlds) == {"retail", "sqlite"}
    assert {s.tool.partition("__")[0] for s in blueprint.steps} == {"retail", "sqlite"}


def test_an_unknown_bridge_is_refused() -> None:
    with pytest.raises(KeyError):
        sample_piped("retail/get_product", "retail__cancel_order", {"retail": 2})
