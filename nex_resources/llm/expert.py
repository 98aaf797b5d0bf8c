"""The keyless teacher: a scripted policy that carries out a query's proved blueprint.

`Expert` is an LLM like any other: the ordinary loop asks it for completions and it answers with calls or
text. It is told the plan but no results: every value in a call comes from the query's slots or from a
result that this agent has seen, every fact it states was read from a result. It spends no tokens.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import msgspec

from nex_resources import worlds
from nex_resources.llm import expert_words as words
from nex_resources.llm.base import Completion
from nex_resources.llm.expert_plan import (
    Knowledge,
    able_child,
    closed_group,
    find_agent,
    literal_arguments,
    needed_outside,
    ready,
)
from nex_resources.llm.expert_slips import Mistakes, slip
from nex_resources.records import (
    AgentSpec,
    Message,
    Query,
    Step,
    ToolCall,
    ToolResult,
    ToolSpec,
    assistant,
    generator,
    split_qualified,
)
from nex_resources.worlds import PathError, states_value


class Assignment(msgspec.Struct, frozen=True):
    """What a message hands to a sub-agent: steps, and the values that it states, by (step, path)."""

    steps: tuple[str, ...]
    values: dict[tuple[str, str], Any]


class Expert:
    """Carries out `query.blueprint` with the hierarchy `spec`. One instance serves one rollout.

    `mistakes` lets it err on purpose and recover. A completion that errs has `raw = {"mistake": kind,
    "step": …, "argument": …, "call": id}`, so that filters can be measured against known labels.
    """

    name = "expert"

    def __init__(self, query: Query, spec: AgentSpec, seed: int = 0, mistakes: Mistakes | None = None):
        self.query, self.spec, self.seed = query, spec, seed
        self._rng = generator(seed, "expert", query.id)
        # Manner goes by framework and kind of task: a choice at random for each would be noise that a
        # student can only be confused by.
        self._voice = generator(seed, "manner", query.framework_id, query.blueprint.shape)
        self._slips = mistakes.choose(query.blueprint, seed, query.id) if mistakes else {}
        self._known: dict[str, Knowledge] = {}
        self._assigned: dict[tuple[str, str], Assignment] = {}
        self._order = tuple(query.certificate.order)
        self._count = 0

    async def close(self) -> None:
        """Nothing is held."""

    async def complete(
        self, messages: Sequence[Message], tools: Sequence[ToolSpec], settings: Mapping[str, Any]
    ) -> Completion:
        """Answer for the agent at `settings["agent"]` in its run `settings["span"]`."""
        path = str(settings.get("agent", self.spec.name))
        known = self._knowledge(path, str(settings.get("span", "")), messages)
        self._take_in(known, messages)
        turn = self._turn(messages) if path == self.spec.name else len(self.query.turns)
        if self.query.blueprint.kind == "irrelevance":
            return self._say(words.refusal(self.query.blueprint.refusal, self._language, self._voice))
        return self._next(path, known, tools, turn)

    def _turn(self, messages: Sequence[Message]) -> int:
        """Return which user turn is the latest; one said again, because it is not done, is no new one."""
        said = [m.text for m in messages if m.role == "user"]
        texts = (self.query.text, *self.query.turns)
        return max((turn for turn, text in enumerate(texts) if any(text in s for s in said)), default=0)

    def _knowledge(self, path: str, span: str, messages: Sequence[Message]) -> Knowledge:
        if span not in self._known:
            task = next((m.text for m in messages if m.role == "user"), "")
            everything = Assignment(tuple(s.id for s in self.query.blueprint.steps), {})
            mine = (
                everything if path == self.spec.name else self._assigned.get((path, task), Assignment((), {}))
            )
            self._known[span] = Knowledge(mine.steps)
            self._known[span].told.update(mine.values)
        return self._known[span]

    # What was seen

    def _take_in(self, known: Knowledge, messages: Sequence[Message]) -> None:
        for message in messages:
            for result in message.results:
                if result.call_id in known.calls:
                    self._take_result(known, result, known.calls.pop(result.call_id))

    def _take_result(self, known: Knowledge, result: ToolResult, steps: tuple[str, ...]) -> None:
        if result.call_id in known.slips:
            if not result.is_error:
                known.trouble = f"a mistaken call of {result.name} was carried out: {result.text[:200]}"
            return
        step = self._step(steps[0])
        if result.name == step.tool:
            self._take_own(known, result, step)
        else:
            self._take_report(known, result, steps)

    def _take_own(self, known: Knowledge, result: ToolResult, step: Step) -> None:
        known.done.add(step.id)
        if result.is_error and step.expect_error:
            known.errors[step.id] = result.text
        elif result.is_error or step.expect_error:
            known.trouble = known.trouble or f"{result.name} answered: {result.text[:200]}"
        else:
            server, tool = split_qualified(step.tool)
            try:
                known.results[step.id] = worlds.get(server).parse(tool, result.text)
            except ValueError:
                known.trouble = known.trouble or f"{result.name} gave an unreadable result"

    def _take_report(self, known: Knowledge, result: ToolResult, steps: tuple[str, ...]) -> None:
        """Believe a sub-agent only as far as its words go: a value that they do not state stays unknown."""
        known.done.update(steps)
        refused = any(self._step(s).expect_error for s in steps) and worlds.is_refusal(result.text)
        if refused:
            known.errors.update({s: result.text for s in steps if self._step(s).expect_error})
        elif result.is_error or worlds.is_refusal(result.text):
            known.trouble = known.trouble or f"{result.name} reported: {result.text[:200]}"
        for step, path in needed_outside(self.query.blueprint, steps):
            value = self._seen_below(result.call_id, step, path)
            if value is not None and states_value(result.text, value):
                known.told[step, path] = value
            elif not refused and not known.trouble:
                known.trouble = f"{result.name} did not report {words.path_words(path)}"

    def _seen_below(self, call_id: str, step: str, path: str) -> Any:
        """The value as the agent below saw it; used only where that agent's words state it."""
        for known in self._known.values():
            if step in known.steps and known.knows(step, path):
                return known.look_up(step, path)
        return None

    # What to do next

    def _next(self, path: str, known: Knowledge, tools: Sequence[ToolSpec], turn: int) -> Completion:
        steps = [] if known.trouble else ready(self.query.blueprint, self._order, known.steps, known, turn)
        calls: list[ToolCall] = []
        raw: dict[str, Any] | None = None
        taken: set[str] = set()
        own = {tool.name for tool in tools}
        for step in steps:
            if step.id in taken:
                continue
            if step.tool in own:
                if step.id in self._slips:
                    call, raw = self._slip(known, step)
                    calls = [call]  # alone, so that the recovery follows at once
                    break
                calls.append(self._call(known, step.tool, self._arguments(known, step), (step.id,)))
                continue
            handed = self._delegate(path, known, step, tools, turn)
            if handed is None:
                return self._say(
                    words.refusal(f"no tool is offered for {step.tool}", self._language, self._voice)
                )
            taken.update(known.calls[handed.id])
            calls.append(handed)
        if calls:
            return Completion(assistant("", *calls), stop_reason="tool_calls", raw=raw)
        return self._say(self._answer(path, known, turn))

    def _call(
        self, known: Knowledge, tool: str, arguments: dict[str, Any], steps: tuple[str, ...]
    ) -> ToolCall:
        self._count += 1
        call = ToolCall(f"call_{self._count}", tool, arguments)
        known.calls[call.id] = steps
        return call

    def _slip(self, known: Knowledge, step: Step) -> tuple[ToolCall, dict[str, Any]]:
        kind = self._slips.pop(step.id)
        arguments, argument = slip(kind, self._arguments(known, step), self._rng)
        call = self._call(known, step.tool, arguments, (step.id,))
        known.slips.add(call.id)
        return call, {"mistake": kind, "step": step.id, "argument": argument, "call": call.id}

    def _delegate(
        self, path: str, known: Knowledge, step: Step, tools: Sequence[ToolSpec], turn: int
    ) -> ToolCall | None:
        children = find_agent(self.spec, path).sub_agents
        child = able_child(step, children, tools)
        if child is None:
            return None
        own = {tool.name for tool in tools}
        able = [
            s
            for s in self.query.blueprint.steps
            if s.id in known.steps
            and s.turn <= turn
            and s.tool not in own
            and able_child(s, children, tools) is child
        ]
        group = closed_group(self.query.blueprint, step, able, known, self._order)
        ids = tuple(s.id for s in group)
        literal = {s.id: self._literal(known, s) for s in group}
        report = needed_outside(self.query.blueprint, ids)
        text = words.message_for(self.query.blueprint, group, literal, report, self._rng)
        given = {
            (r.step, r.path): known.look_up(r.step, r.path)
            for s in group
            for r in worlds.references(s)
            if known.knows(r.step, r.path)
        }
        self._assigned[f"{path}/{child.name}", text] = Assignment(ids, given)
        return self._call(known, child.name, {"message": text}, ids)

    def _literal(self, known: Knowledge, step: Step) -> dict[str, Any]:
        literal = {}
        for name, value in step.arguments.items():
            try:
                literal[name] = worlds.fill(value, self.query.blueprint.slots, known.look_up)
            except PathError:
                continue  # comes from within the group
        return literal

    def _arguments(self, known: Knowledge, step: Step) -> dict[str, Any]:
        return literal_arguments(step, self.query.blueprint.slots, known)

    # What to say

    def _say(self, text: str) -> Completion:
        return Completion(assistant(text))

    def _answer(self, path: str, known: Knowledge, turn: int) -> str:
        blueprint = self.query.blueprint
        if known.trouble:
            return words.trouble(known.trouble, self._spoken(path), self._voice)
        lines = [f for f in self._refusals(path, known, turn) if f]
        lines += self._done_lines(known, turn, path)
        if path == self.spec.name:
            lines += self._fact_lines(known, turn)
        else:
            lines += [
                f"{words.upper_first(words.path_words(p)[4:])}: {words.shown(known.look_up(s, p))}."
                for s, p in needed_outside(blueprint, known.steps)
                if known.knows(s, p)
            ]
        return " ".join(lines) or words.trouble(
            "nothing was asked of me that I can do", self._spoken(path), self._voice
        )

    def _refusals(self, path: str, known: Knowledge, turn: int) -> list[str]:
        blueprint = self.query.blueprint
        seen = [text for step, text in known.errors.items() if self._step(step).turn in (turn, 0)]
        if seen:
            return [words.refusal(text, self._spoken(path), self._voice) for text in dict.fromkeys(seen)]
        if blueprint.refusal and path == self.spec.name and turn >= len(self.query.turns):
            return [words.refusal(blueprint.refusal, self._spoken(path), self._voice)]
        return []

    def _done_lines(self, known: Knowledge, turn: int, path: str) -> list[str]:
        root = path == self.spec.name
        written = [
            s
            for s in self.query.blueprint.steps
            if s.id in known.done
            and s.id in known.steps
            and not s.expect_error
            and (not root or s.turn == turn)
            and worlds.effect_of(s.tool) == "write"
        ]
        if not written:
            return []
        pairs = [(s, self._literal(known, s)) for s in written]
        return [words.done_sentence(pairs, self._spoken(path), self._voice)]

    def _fact_lines(self, known: Knowledge, turn: int) -> list[str]:
        lines = []
        for fact in self.query.blueprint.facts:
            if self._step(fact.step).turn == turn and known.knows(fact.step, fact.path):
                value = known.look_up(fact.step, fact.path)
                lines.append(words.fact_sentence(fact, value, self._language, self._voice))
        return lines

    def _spoken(self, path: str) -> Any:
        """Return the language that an agent answers in: the user's, or that of the delegating messages."""
        return self._language if path == self.spec.name else "en"

    @property
    def _language(self) -> Any:
        return self.query.language

    def _step(self, ident: str) -> Step:
        return next(s for s in self.query.blueprint.steps if s.id == ident)
