"""What Python tools may keep between calls: values of the agent's run, and of the whole rollout."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from nex_resources.runtime.loop import AgentRun


class Storage:
    """Values that all agents of a rollout share. Safe to use from the threads in which sync tools run."""

    def __init__(self) -> None:
        self._values: dict[str, Any] = {}
        self._lock = threading.RLock()
        self._locks: dict[str, threading.RLock] = {}

    def get(self, key: str, default: Any = None) -> Any:
        return self._values.get(key, default)

    def set(self, key: str, value: Any) -> None:
        self._values[key] = value

    def update(self, values: dict[str, Any]) -> None:
        self._values.update(values)

    def delete(self, key: str) -> bool:
        """Remove `key`; return whether it was there."""
        return self._values.pop(key, self) is not self

    def keys(self) -> list[str]:
        return list(self._values)

    def items(self) -> list[tuple[str, Any]]:
        return list(self._values.items())

    @contextmanager
    def lock_key(self, key: str) -> Iterator[Storage]:
        """Hold `key` for a read followed by a write; other threads that lock it wait."""
        with self._lock:
            lock = self._locks.setdefault(key, threading.RLock())
        with lock:
            yield self


class AgentState:
    """What a tool that has a parameter `agent_state` gets: context values live as long as the agent's run,
    global ones as long as the rollout."""

    def __init__(self, run: AgentRun):
        self.agent_name = run.spec.name
        self.agent_id = run.span
        self.global_storage = run.rollout.storage
        self._values = run.state

    def get_context_value(self, key: str, default: Any = None) -> Any:
        return self._values.get(key, default)

    def set_context_value(self, key: str, value: Any) -> None:
        self._values[key] = value

    def get_global_value(self, key: str, default: Any = None) -> Any:
        return self.global_storage.get(key, default)

    def set_global_value(self, key: str, value: Any) -> None:
        self.global_storage.set(key, value)
