"""Drawing specimens from all families in turn."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from random import Random

from nex_assets.filtered_traces.specimens import business, engineering
from nex_assets.filtered_traces.specimens.base import Specimen
from nex_resources.records import generator

Family = Callable[[Random], Specimen]

FAMILIES: dict[str, Family] = {
    family.__name__: family
    for family in (
        business.order_status,
        business.order_cancel,
        business.order_recovery,
        business.order_negative,
        business.irrelevance,
        business.order_chinese,
        business.mail,
        business.calendar,
        business.sheet,
        business.polling,
        business.pages,
        business.multi_turn,
        engineering.fix_bug,
        engineering.write_module,
        engineering.explain_code,
        engineering.logs,
        engineering.grep_cpp,
        engineering.database,
        engineering.database_recovery,
        engineering.database_write,
        engineering.commit,
        engineering.files_chinese,
        engineering.long_document,
        engineering.reviewers,
        engineering.revision,
    )
}


def good(seed: int, n: int) -> Iterator[Specimen]:
    """Yield `n` good traces, the families in turn."""
    families = list(FAMILIES.items())
    for index in range(n):
        name, family = families[index % len(families)]
        yield family(generator(seed, "specimens", name, index))
