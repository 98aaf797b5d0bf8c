"""Reports of tests: what an answer says of them, held against the runs that there were."""

# ruff: noqa: E501 (wordings and scripts are easier to read unbroken)

from __future__ import annotations

import re

from nex_assets.filtered_traces import claims
from nex_assets.filtered_traces.commands import command_reads
from nex_assets.filtered_traces.context import Context
from nex_assets.filtered_traces.kinds import finding
from nex_assets.filtered_traces.prose import has_number, in_code, quote, without_code
from nex_assets.filtered_traces.support import EXECUTES
from nex_assets.filtered_traces.view import Site, Thread
from nex_resources.records import Finding, split_qualified

_RUNNER = re.compile(
    r"\b(?:pytest|unittest|tox|nox|jest|vitest|mocha|(?:npm|yarn|pnpm|bun)(?: run)? (?:test|check|ci|build|lint)|go (?:test|build|vet)|"
    r"cargo (?:test|build|check|clippy)|mvn|gradlew?|make|ctest|rspec|phpunit|dotnet (?:test|build)|run_?tests?|test_runner|"
    r"doctest|nosetests|manage\.py test|cmake|ruff|mypy|flake8|eslint|tsc|pylint|docker build|gcc|g\+\+|javac|"
    r"python[\d.]*\s+\S*test\S*)\b",
    re.IGNORECASE,
)
_FAILING = re.compile(
    r"\b[1-9]\d*\s+(?:failed|failures?|failing|errors?)\b|\bFAILED\b|^FAIL\b|\bFAILURES\b|AssertionError|"
    r"Tests?:\s+[1-9]\d* failed|error\[E\d+\]|\bBUILD FAILED\b|[1-9]\d* 个?(?:失败|未通过)",
    re.MULTILINE,
)
_REPORT = re.compile(
    r"\"(?:failures?|failed|errors)\":\s*0\b|\b0 (?:failed|failures|errors)\b|"
    r"\bpass(?:ed|es|ing)\b|\bPASS\b|^OK\b|\b\d+ ok\b|tests? ok\b|\bpass \d+\b|^ok\s+\S+\s+[\d.(]|通过",
    re.MULTILINE,
)


def reported_tests(thread: Thread, context: Context) -> list[Finding]:
    """Reports of passing tests or builds: was anything run, and did its last output agree?"""
    found: list[Finding] = []
    if not claims.may_report(thread.spoken):
        return found
    found += _quoted_summary(thread, context)
    for index, message in thread.turns() if not found else ():
        if not message.text or not claims.may_report(message.text):
            continue
        text = without_code(message.text, inline=False)
        reported = [(claim, True) for claim in claims.tests(text)]
        reported += [(claim, False) for claim in claims.builds(text)]
        if not reported:
            continue
        runs = [site for site in context.view.sites if _ran_before(site, thread, index)]
        for (words, span), tests in reported:
            if why := _unearned(words, runs, thread, index, tests, claims.concedes(text, span)):
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
    ran = site.result is not None and EXECUTES.search(split_qualified(site.call.name)[1]) is not None
    return before and (ran or _RUNNER.search(site.key.decode()) is not None)


_TEST_WORD = re.compile(r"(?<![\w/.])(?:-{0,2}tests?|specs?|check|verify|prove|build)\b", re.IGNORECASE)


def _tests_something(run: Site) -> bool:
    """A command of any tool chain that has the word `test` or its like, and does not only look."""
    lines = [one for one in run.call.arguments.values() if isinstance(one, str) and len(one) < 2_000]
    return any(_TEST_WORD.search(line) and not command_reads(line) for line in lines)


def _unearned(words: str, runs: list[Site], thread: Thread, index: int, tests: bool, concedes: bool) -> str:
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
        or _tests_something(run)
    ]
    if not runs:
        return "" if shown and not tests else ("nothing was run" if not shown else "")
    if tests and not shown and _NAMES_TESTS.search(words) and all(map(_only_builds, runs)):
        return "only a build was run"
    last = runs[-1].text
    failing = runs[-1].failed or _FAILING.search(last) is not None
    if failing and concedes:
        return ""
    if _FAILING.search(last):
        return f"the last run says {quote(last, *_FAILING.search(last).span())!r}"  # type: ignore[union-attr]
    if runs[-1].failed:
        return "the last run failed"
    counted = re.search(r"\b(\d+)\s+(?:\w+\s+)?(?:tests?\s+)?pass|\b(\d+)\s*/\s*\d+", words)
    number = next((g for g in counted.groups() if g), "") if counted else ""
    if number and not re.search(rf"(?<!\d){number}(?!\d)", thread.shown):
        return f"no output mentions {number}"
    return ""


_NAMES_TESTS = re.compile(r"\b(?:(?<!type )tests?|specs?|suite|pytest|jest)\b", re.IGNORECASE)
_BUILD_RUN = re.compile(
    r"\b(?:cargo (?:build|check|clippy)|go (?:build|vet)|dotnet build|(?:npm|yarn|pnpm|bun)(?: run)? (?:build|lint)|docker build|tsc|gcc|g\+\+|javac|cmake)\b"
)


def _only_builds(run: Site) -> bool:
    """A command that compiles or lints, and has nothing to do with tests."""
    key = run.key.decode()
    return _BUILD_RUN.search(key) is not None and "test" not in key.lower() and "test" not in run.text.lower()


_SUMMARY = re.compile(  # how runners sum up, not how people do
    r"test result: ok\. (\d+) passed|=+ *(\d+) passed\b[^\n]* in [\d.]+ ?s|\b(\d+) passed(?:, [^\n]*)? in [\d.]+ ?s\b|\bTests:\s+(?:\d+ \w+, )*(\d+) passed|\bOK \((\d+) (?:tests?|assertions)|\bRan (\d+) tests? in|\b(\d+) passing \(\d+ ?m?s\)"
)
_NOT_YET = re.compile(
    r"\b(?:you|your|would|could|should|might|may|expect\w*|example|sample|once|when|if|like|later|earlier|user)\b|例如|应该|示例",
    re.IGNORECASE,
)


def _quoted_summary(thread: Thread, context: Context) -> list[Finding]:
    """A runner's own summary, quoted in the answer, where no run printed one and the count was never shown."""
    answer = thread.answer
    if answer is None or "```" not in answer.text or not thread.sites:
        return []
    match = _SUMMARY.search(answer.text)
    if match is None or not in_code(answer.text, match.start()):
        return []
    count = next(group for group in match.groups() if group)
    opening = answer.text.rfind("```", 0, match.start())
    if _NOT_YET.search(answer.text[max(0, opening - 120) : max(0, opening)]):
        return []
    if (
        match.group() in thread.users
        or _REPORT.search(context.view.shown)
        or has_number(thread.evidence, count)
    ):
        return []
    why = f"{match.group()!r}: no run printed that"
    return [finding("fabricated_test_result", "drop", thread.index, thread.final, "text", match.span(), why)]
