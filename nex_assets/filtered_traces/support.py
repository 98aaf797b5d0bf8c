"""Claims held against calls: tests and builds that were reported, actions that were claimed."""

# ruff: noqa: E501, SIM905 (wordings and scripts are easier to read unbroken)

from __future__ import annotations

import re

from nex_assets.filtered_traces import claims
from nex_assets.filtered_traces.context import Context
from nex_assets.filtered_traces.kinds import finding
from nex_assets.filtered_traces.prose import quote, without_code
from nex_assets.filtered_traces.request import deeds, only_asks
from nex_assets.filtered_traces.view import Site, Thread
from nex_resources.records import Finding, split_qualified

_RUNNER = re.compile(
    r"\b(?:pytest|unittest|tox|nox|jest|vitest|mocha|(?:npm|yarn|pnpm|bun)(?: run)? (?:test|check|ci|build|lint)|go (?:test|build|vet)|"
    r"cargo (?:test|build|check|clippy)|mvn|gradlew?|make|ctest|rspec|phpunit|dotnet (?:test|build)|run_?tests?|test_runner|"
    r"doctest|nosetests|manage\.py test|cmake|ruff|mypy|flake8|eslint|tsc|pylint|docker build|gcc|g\+\+|javac|"
    r"python[\d.]*\s+\S*test\S*)\b",
    re.IGNORECASE,
)
_EXECUTES = re.compile(
    r"run|exec|shell|bash|command|terminal|test|python|eval|check|lint|analy|script|code|verify|build",
    re.IGNORECASE,
)
_FAILING = re.compile(
    r"\b[1-9]\d*\s+(?:failed|failures?|failing|errors?)\b|\bFAILED\b|^FAIL\b|\bFAILURES\b|AssertionError|"
    r"Tests?:\s+[1-9]\d* failed|error\[E\d+\]|\bBUILD FAILED\b|[1-9]\d* 个?(?:失败|未通过)",
    re.MULTILINE,
)
_REPORT = re.compile(
    r"\"(?:failures?|failed|errors)\":\s*0\b|\b0 (?:failed|failures|errors)\b|"
    r"\bpass(?:ed|es|ing)\b|\bPASS\b|^OK\b|\b\d+ ok\b|tests? ok\b|通过",
    re.MULTILINE,
)


def reported_tests(thread: Thread, context: Context) -> list[Finding]:
    """Reports of passing tests or builds: was anything run, and did its last output agree?"""
    found: list[Finding] = []
    if not claims.may_report(thread.spoken):
        return found
    for index, message in thread.turns():
        if not message.text or not claims.may_report(message.text):
            continue
        text = without_code(message.text, inline=False)
        reported = [(claim, True) for claim in claims.tests(text)]
        reported += [(claim, False) for claim in claims.builds(text)]
        if not reported:
            continue
        runs = [site for site in context.view.sites if _ran_before(site, thread, index)]
        for (words, span), tests in reported:
            if why := _unearned(words, runs, thread, index, tests):
                found.append(
                    finding(
                        "fabricated_test_result",
                        "drop",
                        thread.index,
                        index,
                        "text",
                        span,
                        f"{words!r}: {why}",
                    )
                )
                break
    return found


def _ran_before(site: Site, thread: Thread, index: int) -> bool:
    before = site.trajectory != thread.index or site.message < index
    ran = site.result is not None and _EXECUTES.search(split_qualified(site.call.name)[1]) is not None
    return before and (ran or _RUNNER.search(site.key.decode()) is not None)


def _unearned(words: str, runs: list[Site], thread: Thread, index: int, tests: bool) -> str:
    told = any(
        i < index and claims.tests(text) for i, text in thread.asked if thread.messages[i].role == "user"
    )
    shown = any(i < index and _REPORT.search(text) for i, text in thread.observed)
    if told:
        return ""
    runs = [
        run
        for run in runs
        if _RUNNER.search(run.key.decode())
        or re.search(r"test|check|lint|build", run.call.name)
        or _REPORT.search(run.text)
    ]
    if not runs:
        return "" if shown and not tests else ("nothing was run" if not shown else "")
    last = runs[-1].text
    if _FAILING.search(last):
        return f"the last run says {quote(last, *_FAILING.search(last).span())!r}"  # type: ignore[union-attr]
    if runs[-1].failed:
        return "the last run failed"
    counted = re.search(r"\b(\d+)\s+(?:\w+\s+)?(?:tests?\s+)?pass|\b(\d+)\s*/\s*\d+", words)
    number = next((g for g in counted.groups() if g), "") if counted else ""
    if number and not re.search(rf"(?<!\d){number}(?!\d)", thread.shown):
        return f"no output mentions {number}"
    return ""


def claimed_actions(thread: Thread, context: Context) -> list[Finding]:
    """Actions and lookups that the final answer claims."""
    answer = thread.answer
    if answer is None or not answer.text or (thread.index and not thread.tools):
        return []
    text = without_code(answer.text)
    done = [site for site in context.view.sites if site.result is not None and not site.failed]
    for claim in claims.actions(text):
        if why := _unsupported(claim, done, thread):
            at = text.find(claim.sentence)
            span = (at, at + len(claim.sentence)) if at >= 0 else None
            return [finding("claimed_without_call", "drop", thread.index, thread.final, "text", span, why)]
    if not any(site.may_write for site in context.view.sites) and (echo := _echo(text, thread)):
        sentence, why = echo
        at = text.find(sentence)
        span = (at, at + len(sentence)) if at >= 0 else None
        return [finding("claimed_without_call", "drop", thread.index, thread.final, "text", span, why)]
    if not any(site.result is not None for site in context.view.sites) and (looked := claims.checks(text)):
        words, span = looked[0]
        why = f"{words!r}, but no call was made"
        return [finding("claimed_without_call", "drop", thread.index, thread.final, "text", span, why)]
    return []


def _echo(text: str, thread: Thread) -> tuple[str, str] | None:
    """The deed that the user asked for, in the user's own verb, said to be done where nothing was changed."""
    found = claims.echoed(text, deeds(thread.users))
    if thread.asked_in_chinese and not only_asks(thread.users):
        found += claims.echoed_chinese(text, thread.users)
    for verb, sentence, active in found:
        if active or not _ALREADY.search(sentence):
            return sentence, f"{verb!r}: no call that changes anything succeeded"
    return None


_ALREADY = re.compile(r"\balready\b|\bhad been\b|\bsince\b", re.IGNORECASE)


def _unsupported(claim: claims.Claim, done: list[Site], thread: Thread) -> str:
    writes = [site for site in done if site.may_write]
    if not claim.active and (_mentions(claim.verb, thread.shown) or _spoken_of(claim.verb, thread.users)):
        return ""  # a state that was read, not an action that is claimed
    if not writes:
        if claim.family in ("create", "save") and not claim.active:
            return ""
        return f"{claim.verb!r}: no call that changes anything succeeded"
    if not claim.support:
        return ""
    supported = any(_does(site, claim.support) for site in writes)
    if not supported and not _mentions(claim.verb, thread.shown):
        return f"{claim.verb!r}: no successful call does that"
    return f"nothing in the trace is about {claim.sentence[:60]!r}" if _about_nothing(claim, thread) else ""


def _spoken_of(verb: str, users: str) -> bool:
    """Tell whether the user spoke of the state; a Chinese verb may as well be the request itself."""
    return verb.lower() in users.lower() and (verb.isascii() or only_asks(users))


_GENERIC = frozenset(
    "also have been been that this with your yours their them they everything accordingly following requested request change changes file files code function issue issues problem problems task tasks information details necessary needed required successfully already just into from then which will would should please done made make work works well now here there above below result results item items entry entries data content order orders account step steps version both each these those".split()
)
_CONTENT = re.compile(r"(?<![\w#-])[A-Za-z]{4,}(?![\w-])", re.ASCII)


def _about_nothing(claim: claims.Claim, thread: Thread) -> bool:
    """Tell whether no word of the claim's object was ever seen, said or passed: a deed out of nowhere."""
    _, _, rest = claim.sentence.partition(claim.verb)
    words = {word.lower()[:5] for word in _CONTENT.findall(rest) if word.lower() not in _GENERIC}
    known = thread.evidence_lower + thread.written.lower()
    return (
        claim.active and claim.sentence.isascii() and bool(words) and not any(word in known for word in words)
    )


def _does(site: Site, support: str) -> bool:
    """Tell whether a call's name or the words of its texts begin with one of the stems; short stems have to
    be whole words, or `add` would be found in `address`."""
    texts = [site.call.name]
    for value in site.call.arguments.values():
        if isinstance(value, str):
            texts.append(
                value[:24]
                if not _EXECUTES.search(site.call.name)
                else " ".join(_COMMANDS.findall(value[:4000]))
            )
    words = {word.lower() for text in texts for word in _WORDS.findall(text)}
    return any(
        stem in words or (len(stem) > 3 and any(word.startswith(stem) for word in words))
        for stem in support.split("|")
    )


_COMMANDS = re.compile(
    r"(?:^|[;&|(\n]\s*|\$\(|sudo )\s*((?:git |npm |docker |kubectl )?[\w-]+)(?![\w.(])|(?:>>?|-i\b|\btee\b|\bopen\()"
)
_WORDS = re.compile(r"[A-Z]?[a-z]+|[A-Z]+")


def _mentions(verb: str, text: str) -> bool:
    stem = re.escape(verb.lower()[: max(4, len(verb) - 2)])
    return re.search(rf"(?<![a-z]){stem}\w{{0,4}}(?![a-z])", text.lower()) is not None
