"""Proof that train and held-out share nothing that would leak."""

from __future__ import annotations

from collections.abc import Iterable

from nex_resources.records import Query


def leaks(queries: Iterable[Query]) -> list[str]:
    """Return what train and held-out queries share and must not; empty if the splits are clean.

    No held-out query may share a blueprint with train; `unseen_shape` no shape, `unseen_phrasing` no
    phrasing either.
    """
    found: list[str] = []
    rows = list(queries)
    train = [query for query in rows if query.split == "train"]
    blueprints = {query.blueprint.id for query in train}
    shapes = {query.blueprint.shape for query in train}
    phrasings = {query.phrasing for query in train if query.phrasing}
    for query in rows:
        if query.split == "train":
            continue
        if query.blueprint.id in blueprints:
            found.append(f"{query.id} ({query.split}) shares blueprint {query.blueprint.id} with train")
        if query.split == "unseen_shape" and query.blueprint.shape in shapes:
            found.append(f"{query.id} (unseen_shape) shares shape {query.blueprint.shape!r} with train")
        if query.split == "unseen_phrasing" and query.phrasing in phrasings:
            found.append(f"{query.id} (unseen_phrasing) shares phrasing {query.phrasing!r} with train")
    return found
