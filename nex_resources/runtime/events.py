"""Event sinks: where a rollout's events go as they happen, and the recorder that numbers them."""

from __future__ import annotations

import os
import re
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Protocol

import msgspec

from nex_resources.records import Event, EventKind

_ENCODER = msgspec.json.Encoder()
_DECODER = msgspec.json.Decoder(Event)


class EventSink(Protocol):
    """Takes a rollout's events in order. `save` keeps a text that is too long for an event (a full tool
    result, a compacted history) and returns its path relative to the rollout's directory."""

    def append(self, event: Event) -> None: ...

    def save(self, name: str, text: str) -> str: ...

    def close(self) -> None: ...


class MemorySink:
    """Keeps events and saved texts in memory."""

    def __init__(self) -> None:
        self.events: list[Event] = []
        self.files: dict[str, str] = {}

    def append(self, event: Event) -> None:
        self.events.append(event)

    def save(self, name: str, text: str) -> str:
        self.files[name] = text
        return name

    def close(self) -> None:
        pass


class JsonlSink:
    """Appends each event to `directory/events.jsonl` in one unbuffered write, so that a killed process
    loses at most the event in flight. Saved texts become files under `directory`."""

    def __init__(self, directory: Path):
        self.directory = directory
        directory.mkdir(parents=True, exist_ok=True)
        flags = os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_APPEND
        self._file = os.open(directory / "events.jsonl", flags, 0o644)
        self._buffer = bytearray()

    def append(self, event: Event) -> None:
        _ENCODER.encode_into(event, self._buffer)
        self._buffer += b"\n"
        data = memoryview(self._buffer)
        while data:
            data = data[os.write(self._file, data) :]
        self._buffer = bytearray()

    def save(self, name: str, text: str) -> str:
        path = self.directory / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
        return name

    def close(self) -> None:
        if self._file >= 0:
            os.close(self._file)
            self._file = -1

    def __enter__(self) -> JsonlSink:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


class Tee:
    """Hands each event to several sinks; the first one keeps the saved texts."""

    def __init__(self, first: EventSink, *others: EventSink):
        self._first = first
        self._all = (first, *others)

    def append(self, event: Event) -> None:
        for sink in self._all:
            sink.append(event)

    def save(self, name: str, text: str) -> str:
        return self._first.save(name, text)

    def close(self) -> None:
        for sink in self._all:
            sink.close()


def read_events(path: Path) -> Iterator[Event]:
    """Yield the events of an `events.jsonl`; a last line cut short by a kill is left out."""
    with path.open("rb") as lines:
        for line in lines:
            if line.endswith(b"\n"):
                yield _DECODER.decode(line)


def file_stem(name: str) -> str:
    """Make a model-given id safe as a file name."""
    return re.sub(r"[^A-Za-z0-9._-]", "_", name)[:80].lstrip(".") or "unnamed"


class Recorder:
    """Numbers and stamps the events of one rollout and hands them to its listeners in order."""

    def __init__(self, rollout: str, *listeners: Any):
        self.rollout = rollout
        self._append = [listener.append for listener in listeners]
        self._seq = 0

    def emit(
        self, kind: EventKind, payload: dict[str, Any], agent: str = "", span: str = "", parent: str = ""
    ) -> None:
        event = Event(self.rollout, self._seq, time.time(), kind, agent, span, parent, payload)
        self._seq += 1
        for append in self._append:
            append(event)
