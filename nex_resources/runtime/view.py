"""A rollout as a tree: agents, their turns, their calls, and the sub-agents that these started."""

from __future__ import annotations

from typing import Any

import msgspec
from rich.console import Console, ConsoleOptions, RenderResult
from rich.markup import escape
from rich.segment import Segment
from rich.tree import Tree

from nex_resources.records import Event


class TreeView:
    """Takes events, as a sink does, and keeps `tree` up to date. `width` cuts each text."""

    def __init__(self, width: int = 160):
        self.tree = Tree("rollout")
        self._width = width
        self._agents: dict[str, Tree] = {}
        self._calls: dict[tuple[str, str], Tree] = {}

    def append(self, event: Event) -> None:
        payload = msgspec.to_builtins(event.payload)
        show = getattr(self, f"_on_{event.kind}", None)
        if show:
            show(event, payload)

    def save(self, name: str, text: str) -> str:
        return name

    def close(self) -> None:
        pass

    def _on_rollout_started(self, event: Event, payload: dict[str, Any]) -> None:
        self.tree.label = f"[bold]{escape(payload['task']['id'])}[/] [dim]{escape(payload['model'])}[/]"

    def _on_agent_started(self, event: Event, payload: dict[str, Any]) -> None:
        above = self._calls.get((event.parent, payload.get("call_id", "")), self.tree)
        tools = len(payload.get("tools", ()))
        node = above.add(f"[bold cyan]{escape(event.agent)}[/] [dim]{event.span}, {tools} tools[/]")
        self._agents[event.span] = node
        self._user(node, payload["messages"][-1]["text"])

    def _on_user_turn(self, event: Event, payload: dict[str, Any]) -> None:
        self._user(self._agents[event.span], payload["message"]["text"])

    def _user(self, node: Tree, text: str) -> None:
        node.add(f"[blue]user[/] {self._cut(text)}")

    def _on_completion(self, event: Event, payload: dict[str, Any]) -> None:
        message, node = payload["message"], self._agents[event.span]
        for thought in message.get("thinking", ()):
            node.add(f"[dim italic]{self._cut(thought.get('text', ''))}[/]")
        if message.get("text"):
            node.add(f"[green]says[/] {self._cut(message['text'])} [dim]{payload['seconds']:.1f} s[/]")

    def _on_tool_call(self, event: Event, payload: dict[str, Any]) -> None:
        call = payload["call"]
        arguments = self._cut(msgspec.json.encode(call.get("arguments", {})).decode())
        node = self._agents[event.span].add(f"[yellow]{escape(call['name'])}[/] {arguments}")
        self._calls[event.span, call["id"]] = node

    def _on_tool_result(self, event: Event, payload: dict[str, Any]) -> None:
        result = payload["result"]
        node = self._calls.get((event.span, result["call_id"]), self._agents[event.span])
        color = "red" if result.get("error") else "white"
        kind = f"{result['error']}: " if result.get("error") else ""
        text = self._cut(result.get("text", ""))
        node.add(f"[{color}]→ {kind}{text}[/] [dim]{result.get('seconds', 0):.2f} s[/]")

    def _on_tools_offered(self, event: Event, payload: dict[str, Any]) -> None:
        names = ", ".join(tool["name"] for tool in payload["tools"])
        self._agents[event.span].add(f"[magenta]found tools: {escape(names) or 'none'}[/]")

    def _on_limit(self, event: Event, payload: dict[str, Any]) -> None:
        node = self._agents.get(event.span, self.tree)
        node.add(f"[red]limit {payload['name']}: {payload['seen']:g} of {payload['allowed']:g}[/]")

    def _on_compaction(self, event: Event, payload: dict[str, Any]) -> None:
        tokens = f"{payload['before']} → {payload['after']} tokens"
        text = f"history compacted: {tokens}, whole in {payload['archived']}"
        self._agents[event.span].add(f"[magenta]{escape(text)}[/]")

    def _on_completion_failed(self, event: Event, payload: dict[str, Any]) -> None:
        text = f"{payload['error']} after {payload['attempts']} attempts: {self._cut(payload['text'])}"
        self._agents[event.span].add(f"[red]{text}[/]")

    def _on_agent_finished(self, event: Event, payload: dict[str, Any]) -> None:
        if payload["status"] != "completed":
            self._agents[event.span].add(f"[red]{payload['status']}[/]")

    def _on_rollout_finished(self, event: Event, payload: dict[str, Any]) -> None:
        usage = payload.get("usage", {})
        spent = f"{usage.get('input_tokens', 0)} + {usage.get('output_tokens', 0)} tokens"
        if usage.get("cost_usd"):
            spent += f", ${usage['cost_usd']:.4f}"
        color = "green" if payload["status"] == "completed" else "red"
        self.tree.add(f"[{color}]{payload['status']}[/] [dim]{payload['seconds']:.1f} s, {spent}[/]")

    def _cut(self, text: str) -> str:
        flat = " ".join(text.split())
        return escape(flat if len(flat) <= self._width else flat[: self._width - 1] + "…")


class Tail:
    """As much of the end of a tree as the screen has lines for: a live view follows what happens."""

    def __init__(self, tree: Tree):
        self._tree = tree

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        lines = console.render_lines(self._tree, options, pad=False)
        for line in lines[-max(1, console.height - 1) :]:
            yield from line
            yield Segment.line()


def print_tree(view: TreeView, console: Console | None = None) -> None:
    (console or Console()).print(view.tree)
