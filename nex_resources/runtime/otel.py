"""Export a rollout's events as OpenTelemetry spans (OTLP JSON) with the GenAI semantic conventions.

One `invoke_agent` span a run of an agent, one `chat` span a completion, one `execute_tool` span a call; a
sub-agent's span hangs under the call that started it. Texts are left out unless asked for. The names are
those of the conventions' version 1.41.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from typing import Any

import msgspec

from nex_resources.records import Event

INTERNAL, CLIENT = 1, 3  # span kinds of OTLP


def export(events: Iterable[Event], texts: bool = False) -> dict[str, Any]:
    """Return an OTLP `ExportTraceServiceRequest` as JSON-ready data."""
    exporter = _Exporter(texts)
    for event in events:
        exporter.take(event, msgspec.to_builtins(event.payload))
    scope = {"scope": {"name": "nex_resources.runtime"}, "spans": exporter.finished()}
    resource = {"attributes": _attributes({"service.name": "nexau"})}
    return {"resourceSpans": [{"resource": resource, "scopeSpans": [scope]}]}


class _Exporter:
    def __init__(self, texts: bool):
        self._texts = texts
        self._spans: list[dict[str, Any]] = []
        self._open: dict[str, dict[str, Any]] = {}
        self._models: dict[str, str] = {}  # by path of agent
        self._requests: dict[str, dict[str, Any]] = {}
        self._common: dict[str, Any] = {}
        self._at = 0.0

    def take(self, event: Event, payload: dict[str, Any]) -> None:
        self._at = event.at
        take = getattr(self, f"_{event.kind}", None)
        if take:
            take(event, payload)

    def finished(self) -> list[dict[str, Any]]:
        """Return all spans; what a killed process left open ends with its last event."""
        for span in self._open.values():
            span["endTimeUnixNano"] = _nano(self._at)
            span["status"] = {"code": 2, "message": "interrupted"}
        return self._spans

    def _span(
        self,
        event: Event,
        key: str,
        name: str,
        parent: str,
        start: float,
        kind: int,
        attributes: dict[str, Any],
    ) -> None:
        span = {
            "traceId": _hash(event.rollout, 16),
            "spanId": _hash(f"{event.rollout}/{key}", 8),
            "name": name,
            "kind": kind,
            "startTimeUnixNano": _nano(start),
            "attributes": _attributes(
                {f"gen_ai.{name}": value for name, value in (self._common | attributes).items()}
            ),
        }
        if parent:
            span["parentSpanId"] = _hash(f"{event.rollout}/{parent}", 8)
        self._spans.append(span)
        self._open[key] = span

    def _end(self, key: str, at: float, error: str = "", attributes: dict[str, Any] | None = None) -> None:
        span = self._open.pop(key, None)
        if span is None:  # a call that was answered without being carried out
            return
        more = {f"gen_ai.{name}": value for name, value in (attributes or {}).items()}
        if error:
            more["error.type"] = error
            span["status"] = {"code": 2}
        span["endTimeUnixNano"] = _nano(at)
        span["attributes"] += _attributes(more)

    def _rollout_started(self, event: Event, payload: dict[str, Any]) -> None:
        self._common = {
            "provider.name": payload.get("provider") or "nexau",
            "conversation.id": event.rollout,
        }
        self._settings_of(payload["spec"], payload["spec"]["name"], payload.get("model", ""))

    def _settings_of(self, spec: dict[str, Any], path: str, model: str) -> None:
        """Note the model and the request's settings of each agent of the hierarchy."""
        settings = spec.get("settings", {})
        self._models[path] = settings.get("model") or model
        known = ("temperature", "max_tokens", "top_p", "seed", "frequency_penalty", "presence_penalty")
        self._requests[path] = {f"request.{name}": settings[name] for name in known if name in settings}
        for child in spec.get("sub_agents", ()):
            self._settings_of(child, f"{path}/{child['name']}", self._models[path])

    def _chat(self, event: Event, key: str, start: float) -> None:
        model = self._models.get(event.agent, "")
        about = {"operation.name": "chat", "request.model": model, "agent.name": _name(event)}
        about |= self._requests.get(event.agent, {})
        self._span(event, key, f"chat {model}", event.span, start, CLIENT, about)

    def _agent_started(self, event: Event, payload: dict[str, Any]) -> None:
        name = _name(event)
        parent = f"{event.parent}/{payload.get('call_id')}" if event.parent else ""
        about = {"operation.name": "invoke_agent", "agent.name": name, "agent.id": event.span}
        about["request.model"] = self._models.get(event.agent, "")
        said: dict[str, Any] = {}
        if self._texts:
            system = [_text(m["text"]) for m in payload["messages"] if m["role"] == "system"]
            others = [_said(m) for m in payload["messages"] if m["role"] != "system"]
            said = {"system_instructions": system, "input.messages": others}
        self._span(event, event.span, f"invoke_agent {name}", parent, event.at, INTERNAL, about | said)

    def _user_turn(self, event: Event, payload: dict[str, Any]) -> None:
        span = next(
            span for span in self._spans if span["spanId"] == _hash(f"{event.rollout}/{event.span}", 8)
        )
        self._open[event.span] = span

    def _agent_finished(self, event: Event, payload: dict[str, Any]) -> None:
        status = payload["status"]
        self._end(event.span, event.at, "" if status == "completed" else status)

    def _completion(self, event: Event, payload: dict[str, Any]) -> None:
        key, usage = f"{event.span}#{event.seq}", payload["usage"]
        self._chat(event, key, event.at - payload["seconds"])
        cached = usage.get("cache_read_tokens", 0)
        counts = {
            "usage.input_tokens": usage.get("input_tokens", 0) + cached + usage.get("cache_write_tokens", 0),
            "usage.output_tokens": usage.get("output_tokens", 0),
            "usage.cache_read.input_tokens": cached,
            "usage.cache_creation.input_tokens": usage.get("cache_write_tokens", 0),
        }
        reason = payload["stop_reason"].replace("tool_calls", "tool_call")
        said = {"output.messages": [_said(payload["message"]) | {"finish_reason": reason}]}
        said = said if self._texts else {}
        self._end(key, event.at, "", counts | said | {"response.finish_reasons": [payload["stop_reason"]]})

    def _completion_failed(self, event: Event, payload: dict[str, Any]) -> None:
        key = f"{event.span}#{event.seq}"
        self._chat(event, key, event.at - payload.get("seconds", 0.0))
        self._end(key, event.at, payload["error"])

    def _tool_call(self, event: Event, payload: dict[str, Any]) -> None:
        call = payload["call"]
        about = {"operation.name": "execute_tool", "tool.name": call["name"], "tool.call.id": call["id"]}
        about |= {"tool.type": "function", "agent.name": _name(event)}
        said = {"tool.call.arguments": call.get("arguments", {})} if self._texts else {}
        key = f"{event.span}/{call['id']}"
        self._span(event, key, f"execute_tool {call['name']}", event.span, event.at, INTERNAL, about | said)

    def _tool_result(self, event: Event, payload: dict[str, Any]) -> None:
        result = payload["result"]
        said = {"tool.call.result": result.get("text", "")} if self._texts else {}
        self._end(f"{event.span}/{result['call_id']}", event.at, result.get("error") or "", said)


def _name(event: Event) -> str:
    return event.agent.rsplit("/", 1)[-1]


def _text(text: str) -> dict[str, Any]:
    return {"type": "text", "content": text}


def _said(message: dict[str, Any]) -> dict[str, Any]:
    """Return a message in the shape of the conventions: a role and typed parts."""
    parts = [
        {"type": "reasoning", "content": t["text"]} for t in message.get("thinking", ()) if t.get("text")
    ]
    parts += [_text(message["text"])] if message.get("text") else []
    parts += [
        {"type": "tool_call", "id": call["id"], "name": call["name"], "arguments": call.get("arguments", {})}
        for call in message.get("calls", ())
    ]
    return {"role": message["role"], "parts": parts}


def _attributes(values: dict[str, Any]) -> list[dict[str, Any]]:
    return [{"key": key, "value": _value(value)} for key, value in values.items()]


def _value(value: Any) -> dict[str, Any]:
    if isinstance(value, bool):
        return {"boolValue": value}
    if isinstance(value, int):
        return {"intValue": str(value)}
    if isinstance(value, float):
        return {"doubleValue": value}
    if isinstance(value, list) and all(isinstance(item, str) for item in value):
        return {"arrayValue": {"values": [{"stringValue": item} for item in value]}}
    return {"stringValue": value if isinstance(value, str) else msgspec.json.encode(value).decode()}


def _hash(text: str, size: int) -> str:
    return hashlib.blake2b(text.encode(), digest_size=size).hexdigest()


def _nano(at: float) -> str:
    return str(int(at * 1e9))
