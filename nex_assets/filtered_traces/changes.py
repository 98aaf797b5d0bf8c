"""What a change of rules does: which rows are released from quarantine, which go in, which stay."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

import msgspec

from nex_resources.records import Assessment


class Changes(msgspec.Struct, frozen=True):
    """Two assessments of the same traces compared. `released` and `quarantined` list trace ids; `masks`
    those whose masked turns differ; `by_reason` counts the reasons that no longer hold."""

    released: tuple[str, ...]
    quarantined: tuple[str, ...]
    masks: tuple[str, ...]
    unchanged: int
    by_reason: dict[str, int]
    new: tuple[str, ...] = ()

    @property
    def touched(self) -> tuple[str, ...]:
        """Traces whose samples have to be rendered again; all else downstream stays."""
        return tuple(sorted({*self.released, *self.quarantined, *self.masks, *self.new}))


def compare(before: Iterable[Assessment], after: Iterable[Assessment]) -> Changes:
    """Compare assessments under two sets of rules, by trace."""
    old = {one.trace_id: one for one in before}
    released, quarantined, masks, new = [], [], [], []
    unchanged = 0
    reasons: Counter[str] = Counter()
    for now in after:
        was = old.get(now.trace_id)
        if was is None:
            new.append(now.trace_id)
        elif was.decision == "quarantine" != now.decision:
            released.append(now.trace_id)
            reasons.update(set(was.reasons) - set(now.reasons))
        elif was.decision != "quarantine" == now.decision:
            quarantined.append(now.trace_id)
        elif was.masked != now.masked or was.decision != now.decision:
            masks.append(now.trace_id)
        else:
            unchanged += 1
    return Changes(tuple(released), tuple(quarantined), tuple(masks), unchanged, dict(reasons), tuple(new))
