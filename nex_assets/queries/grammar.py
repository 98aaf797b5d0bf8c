"""Words for a blueprint's parts: noun phrases for arguments, verb phrases for calls, phrases for facts.

All words come from the domain files; this module only chooses among them and fills them in. What it
cannot say it refuses with a reason, so that no query reaches an agent with a hole in it.
"""

from __future__ import annotations

import json
import random
import re
from collections.abc import Mapping, Sequence
from typing import Any

import msgspec

from nex_resources.domains import TextRules, ToolWords, Words
from nex_resources.domains.load import PLACEHOLDER
from nex_resources.records import Blueprint, Fact, Language, Step
from nex_resources.worlds import WorldTool, bound, references, selectors
from nex_resources.worlds.paths import segments

AGREES = re.compile(r"\[(\w+): ([^|\]]*)\|([^\]]*)\]")
"""`[bags: bag|bags]` in a phrase: the one for 1, the other for more, by the argument's value."""


class TextError(ValueError):
    """A blueprint that cannot be said. `reason` is a stable name to count by."""

    def __init__(self, reason: str, detail: str):
        super().__init__(f"{reason}: {detail}")
        self.reason = reason


class Mention(msgspec.Struct, frozen=True):
    """An entity that the text names: its semantic type and what tells it from others."""

    type: str
    identity: str


def written(value: Any) -> str:
    """Return `value` as the text states it: strings bare, all else as JSON."""
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


class Grammar:
    """Fills in the words of one query, in one language and wording; remembers what it has named.

    `describe` are the phrases that stand for slots (a descriptor in place of a value) by slot name.
    """

    def __init__(
        self,
        blueprint: Blueprint,
        rules: TextRules,
        language: Language,
        wording: str,
        rng: random.Random,
        describe: Mapping[str, str] | None = None,
    ):
        self.blueprint, self.rules = blueprint, rules
        self.language, self.wording, self.rng = language, wording, rng
        self.describe = dict(describe or {})
        self._steps = {s.id: s for s in blueprint.steps}
        self._named: set[Mention] = set()
        self._forms = {s.id: form_of(s) for s in blueprint.steps}
        self._all = {
            _mention(_type_of(tool, name), value, blueprint)
            for tool, arguments in self._forms.values()
            for name, value in arguments.items()
        }

    def verb_phrase(self, step: Step) -> str:
        """Say what `step` does: `cancel order O4821`."""
        words = self._words_of(step).do
        if words is None:
            raise TextError("no_words", f"{step.tool} has no `do` phrases")
        _, arguments = self._forms[step.id]
        stated = {name for name, value in arguments.items() if not _refers(value)}
        fitting = [
            p for p in self._variants(words) if stated <= set(PLACEHOLDER.findall(p)) <= set(arguments)
        ]
        if not fitting:
            given = ", ".join(arguments) or "none"
            raise TextError(
                "no_words", f"{step.tool} has no {self.language} phrase for the arguments {given}"
            )
        return self._fill(self.rng.choice(fitting), step)

    def fact_phrase(self, step: Step, facts: Sequence[Fact]) -> str:
        """Say what of `step`'s result is asked for: `the status and the total of order O4821`."""
        words = self._words_of(step)
        whats = list(dict.fromkeys(self._what(words, f) for f in facts))
        what = self.conjoin(whats)
        if words.tell is None:
            raise TextError("no_words", f"{step.tool} has no `tell` phrases")
        return self._fill(self.rng.choice(self._variants(words.tell)), step, {"what": what}, facts[0].path)

    def fused(self, step: Step) -> str:
        """Say what `step` makes of two earlier results: `the sum of the price of … and the budget in …`."""
        words = self.rules.fusions.get(form_of(step)[0].form)
        phrases = [self._source(r.step, r.path) for r in references(step)]
        if words is None or len(phrases) != 2:
            raise TextError("no_words", f"no words for fusing {len(phrases)} results with {step.tool}")
        chosen = self.rng.choice(self._variants(words))
        return PLACEHOLDER.sub(lambda m: dict(zip("ab", phrases, strict=True))[m[1]], chosen)

    def _source(self, step_id: str, path: str) -> str:
        step = self._steps[step_id]
        tool = self._forms[step_id][0]
        output = next((o for o in tool.outputs if generic(o.path) == generic(path) and o.ask), None)
        if output is None:
            raise TextError("no_words", f"{step.tool} tells nothing under {path}")
        name = f"{output.table}.{output.path.rpartition('.')[2]}"
        return self.fact_phrase(step, [Fact(name, step_id, path, None)])

    def conjoin(self, parts: Sequence[str]) -> str:
        """Join noun phrases: `a, b and c`."""
        if len(parts) == 1:
            return parts[0]
        comma, last = (", ", " and ") if self.language == "en" else ("、", "和")
        return comma.join(parts[:-1]) + last + parts[-1]

    def _words_of(self, step: Step) -> ToolWords:
        key = self._forms[step.id][0].key
        try:
            return self.rules.tools[key]
        except KeyError:
            raise TextError("no_words", f"no words for the tool {key}") from None

    def _variants(self, words: Words) -> list[str]:
        wording = getattr(words, self.language)
        found: list[str] = (wording.alternate if self.wording == "alternate" else None) or wording.main
        return found

    def _what(self, words: ToolWords, fact: Fact) -> str:
        found = words.facts.get(fact.name) or self.rules.facts.get(fact.name)
        if found is None:
            raise TextError("no_words", f"no words for the fact {fact.name}")
        return self.rng.choice(self._variants(found))

    def _fill(self, phrase: str, step: Step, extra: Mapping[str, str] | None = None, path: str = "") -> str:
        values = dict(extra or {})
        phrase = AGREES.sub(lambda m: m[2] if self._is_one(step, m[1]) else m[3], phrase)
        for name in dict.fromkeys(PLACEHOLDER.findall(phrase)):
            if name == "pick":
                values[name] = self._pick(step, path)
            elif name not in values:
                values[name] = self.noun_phrase(step, name)
        return PLACEHOLDER.sub(lambda m: values[m[1]], phrase)

    def _is_one(self, step: Step, argument: str) -> bool:
        return str(resolve(self._forms[step.id][1].get(argument), self.blueprint)) == "1"

    def noun_phrase(self, step: Step, argument: str) -> str:
        """Say what `argument` of `step` is: a value, or what the value is found by."""
        tool, arguments = self._forms[step.id]
        if argument not in arguments:
            raise TextError("no_words", f"a phrase for {step.tool} names {argument!r}, which the call lacks")
        value = arguments[argument]
        kind = _type_of(tool, argument)
        mention = _mention(kind, value, self.blueprint)
        noun = self.rules.nouns.get(kind)
        others = {m for m in self._all if m.type == kind} - {mention}
        if noun and noun.again and mention in self._named and not others:
            return str(getattr(noun.again, self.language))
        self._named.add(mention)
        if isinstance(value, dict) and "$from" in value:
            return self._refer(value)
        if isinstance(value, dict) and value.get("$slot") in self.describe:
            return self.describe[value["$slot"]]
        text = self._stated(tool.spec.server, kind, written(resolve(value, self.blueprint)))
        return self.rng.choice(self._variants(noun.value)).replace("{value}", text) if noun else text

    def _stated(self, server: str, kind: str, value: str) -> str:
        """Return a slot's value as the text gives it: verbatim, in Chinese after what it is called there."""
        names = self.rules.values.get(f"{server}.{kind}", {}).get(value)
        return f"{names.zh}（{value}）" if names and self.language == "zh" else value

    def _refer(self, reference: Mapping[str, Any]) -> str:
        source = self._steps[reference["$from"]]
        path = str(reference.get("path", ""))
        refer = self._words_of(source).refer
        found = refer.get(path) or refer.get(generic(path))
        if found is None:  # a value that is told, not an entity: said as it would be asked for
            return self._source(source.id, path)
        return self._fill(self.rng.choice(self._variants(found)), source, path=path)

    def _pick(self, step: Step, path: str) -> str:
        """Say what singles out one row of a list: `[status=pending]` → `the pending order`."""
        found = selectors(path)
        if not found:
            raise TextError("no_pick", f"nothing singles out {path} of {step.tool}")
        key, _, value = found[0].strip("[]").partition("=")
        words = self._words_of(step).pick.get(key)
        if words is None:
            raise TextError("no_words", f"{step.tool} has no `pick` phrase for {key}")
        names = self.rules.values.get(f"{self._forms[step.id][0].spec.server}.{key}", {}).get(value)
        said = str(getattr(names, self.language)) if names else value
        return self.rng.choice(self._variants(words)).replace("{value}", said)


def generic(path: str) -> str:
    """Return `path` with `*` for what selects from a list: `orders[only].id` → `orders.*.id`."""
    parts = ["*" if s.startswith("[") or s.isdigit() else s for s in segments(path)]
    return ".".join(parts)


def resolve(value: Any, blueprint: Blueprint) -> Any:
    """Return an argument's value, slots looked up."""
    if isinstance(value, dict) and "$slot" in value:
        return blueprint.slots[value["$slot"]]
    return value


def form_of(step: Step) -> tuple[WorldTool, dict[str, Any]]:
    """Return the form of a tool that a step uses, and its typed arguments. Raises TextError."""
    try:
        return bound(step)
    except KeyError as error:
        raise TextError("unknown_tool", str(error)) from None


def _type_of(tool: WorldTool, argument: str) -> str:
    return next((p.type for p in tool.parameters if p.name == argument), argument)


def _refers(value: Any) -> bool:
    return isinstance(value, dict) and "$from" in value


def _mention(kind: str, value: Any, blueprint: Blueprint) -> Mention:
    return Mention(kind, json.dumps(resolve(value, blueprint), sort_keys=True, ensure_ascii=False))
