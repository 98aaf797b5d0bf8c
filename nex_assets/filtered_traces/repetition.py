"""Repetition: text that loops, calls that go round, agents that play ping-pong.

What looks alike and is legitimate: pages of one listing (arguments differ), polling (results differ),
reading again after a write, rows of a table, lines of code.
"""

from __future__ import annotations

import re
import zlib
from collections import Counter
from operator import eq

from nex_assets.filtered_traces.context import Context
from nex_assets.filtered_traces.kinds import finding
from nex_assets.filtered_traces.limits import RepetitionLimits
from nex_assets.filtered_traces.prose import CJK, quote, without_code
from nex_assets.filtered_traces.view import Site, Thread
from nex_resources.records import Finding, Trace

_UNITS = re.compile(r"(?<=[.!?])\s+|[。！？；\n]+")
_LOOP = re.compile(r"(.{4,200}?)\1{2,}", re.DOTALL)
_MARKS = re.compile(r"([!?,;。！？，、])\1{19}\1*")
_LETTERS = re.compile(r"[^\W\d_]")
_DISTINCT = 0.75  # a text with more different words than this share has no room for a loop
_LONG_CYCLE = 50  # a cycle this long is a loop after two and a half rounds already
_COMPRESSED = 0.65  # longer texts that do not compress below this share hold no loop worth looking for


def detect(trace: Trace, context: Context) -> list[Finding]:
    """Find loops in text and in calls."""
    limits = context.limits.repetition
    found: list[Finding] = []
    for thread in context.view.threads:
        for index, message in thread.turns():
            if len(message.text) >= 24 and (loop := find_loop(message.text, limits)) is not None:
                found.append(_text(thread.index, index, "text", loop))
            for position, block in enumerate(message.thinking):
                if len(block.text) >= 24 and (loop := find_loop(block.text, limits)) is not None:
                    found.append(_text(thread.index, index, f"thinking.{position}", loop))
        found += _turns(thread, limits)
        if len(thread.sites) >= limits.identical_calls:
            found += _calls(thread, limits)
            found += _ping_pong(thread, context.view.agents, limits)
    if len(context.view.threads) > 2 * limits.cycles - 1:
        found += _nested(context.view.threads, limits)
    return found


def _text(trajectory: int, message: int, where: str, loop: tuple[int, int, str]) -> Finding:
    start, end, why = loop
    return finding("repeated_text", "drop", trajectory, message, where, (start, end), why)


def find_loop(text: str, limits: RepetitionLimits) -> tuple[int, int, str] | None:
    """Return [start, end) of a loop in the prose of `text` and what repeats, or None."""
    words = text.split()
    if (
        text.isascii()
        and len(set(words)) > _DISTINCT * len(words)
        and len(max(words, key=len)) < limits.loop_length
    ):
        return None
    prose = without_code(text, inline=False)
    if (marks := _MARKS.search(prose)) is not None:
        return (*marks.span(), f"{marks.end() - marks.start()} times {marks.group(1)!r}")
    return _units(prose, limits) or _words(prose, limits) or _characters(prose, limits)


def _units(text: str, limits: RepetitionLimits) -> tuple[int, int, str] | None:
    units = [unit.strip() for unit in _UNITS.split(text)]
    units = [unit for unit in units if len(unit) >= 5 and not unit.startswith("|") and _LETTERS.search(unit)]
    if len(units) < limits.unit_repeats or len(set(units)) == len(units):
        return None
    for period in (1, 2, 3, 4):
        run = _longest_run(units, period)
        repeats = run // period + 1
        cycle = units[:period]
        long = 2 * run >= 3 * period and sum(map(len, cycle)) >= _LONG_CYCLE
        if (long or run >= period * (limits.unit_repeats - 1)) and run * len(cycle[0]) >= 20:
            start = text.find(units[_run_start(units, period)])
            return max(start, 0), len(text), f"{repeats} times over: {quote(units[-1], 0, len(units[-1]))}"
    unit, times = Counter(units).most_common(1)[0]
    prose = len(unit) >= limits.spread_length or (len(unit) >= 12 and bool(CJK.search(unit)))
    if times >= limits.spread_repeats and prose:
        return text.find(unit), text.rfind(unit) + len(unit), f"{times} times: {quote(unit, 0, len(unit))}"
    return None


def _longest_run(items: list[str], period: int) -> int:
    best = run = 0
    for same in map(eq, items, items[period:]):
        run = run + 1 if same else 0
        best = max(best, run)
    return best


def _run_start(items: list[str], period: int) -> int:
    best = run = where = 0
    for index, same in enumerate(map(eq, items, items[period:])):
        run = run + 1 if same else 0
        if run > best:
            best, where = run, index - run + 1
    return where


def _words(text: str, limits: RepetitionLimits) -> tuple[int, int, str] | None:
    words = text.split()
    if len(words) < limits.loop_repeats or len(set(words)) > 0.8 * len(words):
        return None
    for period in range(1, 21):
        enough = max(period * 2, limits.loop_repeats - 1)
        if sum(map(eq, words, words[period:])) < enough or (run := _longest_run(words, period)) < enough:
            continue
        start = _run_start(words, period)
        cycle = " ".join(words[start : start + period])
        length = len(" ".join(words[start : start + run + period]))
        long = length >= limits.loop_length or run // period + 1 >= 8
        if long and _is_prose(cycle):
            at = text.find(cycle)
            return (
                max(at, 0),
                max(at, 0) + length,
                f"{run // period + 1} times over: {quote(cycle, 0, len(cycle))}",
            )
    return None


def _characters(text: str, limits: RepetitionLimits) -> tuple[int, int, str] | None:
    """Loops without spaces or punctuation between, as in Chinese or in broken output."""
    if len(text) < limits.loop_length or len(zlib.compress(text.encode(), 1)) > _COMPRESSED * len(
        text.encode()
    ):
        return None
    if not _may_loop(text, limits.loop_length):
        return None
    for match in _LOOP.finditer(text):
        cycle = match.group(1)
        span = match.end() - match.start()
        if span >= limits.loop_length and _is_prose(cycle):
            return (
                match.start(),
                match.end(),
                f"{span // len(cycle)} times over: {quote(cycle, 0, len(cycle))}",
            )
    return None


def _is_prose(cycle: str) -> bool:
    return _LETTERS.search(cycle) is not None and "|" not in cycle


_CYCLES = (4, 200)  # characters a cycle in `_LOOP` has at least and at most


def _may_loop(text: str, length: int) -> bool:
    """Tell whether `_LOOP` can match prose of `length` characters: it takes long where nothing repeats.

    A loop equals itself a cycle further on. Its cycle is a third of it at most, so a short probe that starts
    in its first two thirds stands there twice, and probes are taken close enough that one starts there.
    Where too many probes stand there twice by chance, `_LOOP` has to tell.
    """
    least, most = _CYCLES
    room = -(-2 * length // 3)
    size = max(1, room // 3)
    chances = 16 + len(text) // 8
    for at in range(0, len(text) - size + 1, max(1, room - size + 1)):
        if (letter := _LETTERS.search(text, at, at + most)) is None:
            continue  # a cycle has letters
        probe, end = text[at : at + size], at + most + size
        again = text.find(probe, max(at + least, letter.end()), end)
        while again >= 0:
            cycle = again - at
            run = _same_around(text, at, cycle, 2 * most + length)
            if run >= 2 * cycle and run + cycle >= length and _is_prose(text[at:again]):
                return True
            chances -= 1
            if not chances:
                return True
            again = text.find(probe, again + 1, end)
    return False


def _same_around(text: str, at: int, cycle: int, enough: int) -> int:
    """Count the characters around `at` that equal those a cycle further on, up to `enough`."""
    start = at
    while start and text[start - 1] == text[start - 1 + cycle] and at - start < enough:
        start -= 1
    end, last = at, len(text) - cycle
    while end < last and text[end] == text[end + cycle] and end - start < enough:
        end += 1
    return end - start


def _turns(thread: Thread, limits: RepetitionLimits) -> list[Finding]:
    """The same long text in several turns whose calls do not differ either."""
    texts = [
        (index, message.text.strip().lower())
        for index, message in thread.turns()
        if len(message.text) >= limits.spread_length
    ]
    if len(texts) - len({text for _, text in texts}) < limits.repeated_turns - 1:
        return []
    seen: dict[tuple[str, bytes], list[int]] = {}
    keys: dict[int, bytes] = {}
    for site in thread.sites:
        keys[site.message] = keys.get(site.message, b"") + site.key
    for index, text in texts:
        seen.setdefault((text, keys.get(index, b"")), []).append(index)
    return [
        finding(
            "repeated_text", "drop", thread.index, where[-1], "text", None, f"the text of {len(where)} turns"
        )
        for where in seen.values()
        if len(where) >= limits.repeated_turns
    ]


def _calls(thread: Thread, limits: RepetitionLimits) -> list[Finding]:
    """Identical calls with identical results while nothing was changed in between."""
    keys = [b"".join(site.key.lower().split()) for site in thread.sites]
    if len(keys) - len(set(keys)) < limits.identical_calls - 1:
        return []
    runs: dict[bytes, list[Site]] = {}
    worst: dict[bytes, list[Site]] = {}
    before: dict[bytes, str] = {}
    for site, key in zip(thread.sites, keys, strict=True):
        same = runs.get(key)
        if same is not None and same[-1].text == site.text:
            same.append(site)
        else:
            runs[key] = [site]
        if len(runs[key]) > len(worst.get(key, ())):
            worst[key] = list(runs[key])
        if site.may_write and not site.failed and before.get(key) != site.text:
            runs = {key: runs[key]}
        before[key] = site.text
    found = []
    for sites in worst.values():
        if len(sites) < limits.identical_calls or all(site.failed for site in sites):
            continue  # failing ones are `repeated_error`
        last = sites[-1]
        if _progressed(last, thread):
            continue
        between = last.message - sites[0].message
        consecutive = between <= 2 * (len(sites) - 1)
        kind = "repeated_calls" if consecutive else "call_cycle"
        why = f"{last.call.name} {len(sites)} times with equal arguments and results"
        found.append(finding(kind, "drop", thread.index, last.message, last.where, None, why))
    return found


def _progressed(last: Site, thread: Thread) -> bool:
    """Polling: the call that kept returning the same returned something else in the end."""
    for site in thread.sites:
        if site.message > last.message:
            if site.key == last.key and site.text != last.text:
                return True
            if site.may_write and not site.failed:
                return False
    return False


def _ping_pong(thread: Thread, agents: set[str], limits: RepetitionLimits) -> list[Finding]:
    """Two or more agents called in turn with the same words, round after round."""
    handoffs = [site for site in thread.sites if _is_agent(site, agents)]
    if len(handoffs) < 2 * limits.cycles:
        return []
    keys = [b"".join(site.key.lower().split()) for site in handoffs]
    for period in (2, 3):
        run = best = 0
        for index in range(len(keys) - period):
            run = run + 1 if keys[index] == keys[index + period] else 0
            if run > best:
                best, end = run, index + period
        if best >= period * (limits.cycles - 1) and len(set(keys[end - period + 1 : end + 1])) > 1:
            last = handoffs[end]
            why = f"{best // period + 1} rounds between the same agents with the same message"
            return [finding("ping_pong", "drop", thread.index, last.message, last.where, None, why)]
    return []


def _nested(threads: list[Thread], limits: RepetitionLimits) -> list[Finding]:
    """Agents that call each other in turn, each a sub-agent of the one before, with the same words."""
    parents = {thread.trajectory.span: thread for thread in threads}
    tasks = {thread.index: _task(thread) for thread in threads}
    for thread in threads:
        own = tasks[thread.index]
        rounds, between, above = 1, False, parents.get(thread.trajectory.parent)
        for _ in threads:
            if above is None:
                break
            if tasks[above.index] == own:
                rounds += 1
            between = between or tasks[above.index][0] != own[0]
            above = parents.get(above.trajectory.parent)
        if rounds >= limits.cycles and between:
            why = f"{rounds} rounds between the same agents with the same message"
            return [finding("ping_pong", "drop", thread.index, thread.final, evidence=why)]
    return []


def _task(thread: Thread) -> tuple[str, str]:
    return thread.trajectory.agent.rsplit("/", 1)[-1], "".join(thread.users.lower().split())


def _is_agent(site: Site, agents: set[str]) -> bool:
    return (site.tool is not None and site.tool.kind == "agent") or site.call.name in agents
