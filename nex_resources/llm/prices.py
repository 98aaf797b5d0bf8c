"""What tokens cost: a versioned table (`prices.yaml`), US dollars per million tokens."""

from __future__ import annotations

from functools import lru_cache
from importlib.resources import files

import msgspec

from nex_resources.records import Usage


class Price(msgspec.Struct, frozen=True):
    """US dollars per million tokens."""

    input: float
    output: float
    cache_read: float
    cache_write: float = 0.0

    def cost(self, usage: Usage) -> float:
        return (
            usage.input_tokens * self.input
            + usage.output_tokens * self.output
            + usage.cache_read_tokens * self.cache_read
            + usage.cache_write_tokens * self.cache_write
        ) / 1e6


class PriceTable(msgspec.Struct, frozen=True):
    """Prices by model name; `version` is the date at which they were collected."""

    version: str
    models: dict[str, Price]

    def find(self, model: str) -> Price | None:
        """Return the price of `model`: the longest listed name that it starts with, or None.

        A dated name (`gpt-4.1-2025-04-14`) has its family's price; `gpt-4.1-turbo` would not be `gpt-4`'s."""
        bare = model.rsplit("/", 1)[-1]
        fits = [name for name in self.models if bare == name or _is_dated(bare, name)]
        return self.models[max(fits, key=len)] if fits else None


def _is_dated(model: str, family: str) -> bool:
    rest = model[len(family) :]
    return model.startswith(f"{family}-") and (rest == "-latest" or rest.replace("-", "").isdigit())


@lru_cache(maxsize=1)
def price_table() -> PriceTable:
    """Return the table that ships with the package."""
    text = files("nex_resources.llm").joinpath("prices.yaml").read_bytes()
    return msgspec.yaml.decode(text, type=PriceTable)


def free() -> Price:
    """The price of a model that runs on one's own machine."""
    return Price(0.0, 0.0, 0.0)
