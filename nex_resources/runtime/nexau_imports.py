"""What stands in for the middlewares, hooks and tracers that NexAU itself ships, and configs name."""

from __future__ import annotations

import logging
from collections.abc import Collection
from typing import TYPE_CHECKING, Any

from nex_resources.config import ConfigError
from nex_resources.records import Import, ToolCall, ToolResult
from nex_resources.runtime.hooks import Middleware

if TYPE_CHECKING:
    from nex_resources.runtime.loop import AgentRun

_LOG = logging.getLogger(__name__)

RECORDED = frozenset(
    {"LoggingMiddleware", "create_logging_hook", "create_tool_logging_hook", "InMemoryTracer"}
)
"""They note what every rollout's events hold anyway."""
COMPACTION = "ContextCompactionMiddleware"
LONG_OUTPUT = "LongToolOutputMiddleware"


def absorb(imports: tuple[Import, ...], source: str) -> tuple[tuple[Import, ...], dict[str, Any]]:
    """Return the imports without those of NexAU's own package, each replaced by what stands in for it, and
    the fields of the `AgentSpec` that the agent's file thus sets. What nothing stands in for raises
    `ConfigError`; parameters without effect here are logged."""
    kept: list[Import] = []
    fields: dict[str, Any] = {}
    for entry in imports:
        module, _, name = entry.target.partition(":")
        if module.split(".")[0] not in ("nexau", "northau"):
            kept.append(entry)
        elif name == COMPACTION:
            fields |= _compaction(dict(entry.params or {}), source)
        elif name == LONG_OUTPUT:
            kept.append(Import(f"{__name__}:LongToolOutput", _long_output(dict(entry.params or {}), source)))
        elif name not in RECORDED:
            known = sorted({*RECORDED, COMPACTION, LONG_OUTPUT})
            told = f"{entry.target} is not supported: of NexAU's own, something stands in for"
            raise ConfigError(source, "middlewares", told, known)
    return tuple(kept), fields


def _compaction(params: dict[str, Any], source: str) -> dict[str, Any]:
    fields: dict[str, Any] = {"compact_at": float(params.pop("threshold", 0.75))}
    if not params.pop("auto_compact", True):
        fields["compact_at"] = 0.0
    if "max_context_tokens" in params:
        fields["max_context_tokens"] = int(params.pop("max_context_tokens"))
    _unused(params, COMPACTION, "compaction asks no model, and keeps the latest turn", source)
    return fields


def _long_output(params: dict[str, Any], source: str) -> dict[str, Any]:
    used: dict[str, Any] = {
        name: params.pop(name) for name in ("max_output_chars", "bypass_tool_names") if name in params
    }
    _unused(params, LONG_OUTPUT, "two thirds of what is kept are the head; the whole is in results/", source)
    return used


def _unused(params: Collection[str], name: str, why: str, source: str) -> None:
    if params:
        _LOG.warning("%s: %s: no effect of %s: %s", source, name, ", ".join(sorted(params)), why)


class LongToolOutput(Middleware):
    """Cuts results longer than `max_output_chars`, but for those of the tools in `bypass_tool_names`."""

    def __init__(self, max_output_chars: int = 10_000, bypass_tool_names: Collection[str] | None = None):
        self._limit, self._spared = max_output_chars, frozenset(bypass_tool_names or ())

    async def after_tool(self, run: AgentRun, call: ToolCall, result: ToolResult) -> ToolResult:
        return result if call.name in self._spared else run.rollout.cut(result, run.span, self._limit)
