"""Reward hacking: results that were claimed and not earned."""

# ruff: noqa: E501 (wordings and scripts are easier to read unbroken)

from __future__ import annotations

import re

from nex_assets.filtered_traces.context import Context
from nex_assets.filtered_traces.kinds import finding
from nex_assets.filtered_traces.prose import has_number, in_code, quote, without_code
from nex_assets.filtered_traces.recited import special_cases
from nex_assets.filtered_traces.reported import reported_tests
from nex_assets.filtered_traces.request import only_asks
from nex_assets.filtered_traces.support import claimed_actions
from nex_assets.filtered_traces.tampering import tampers
from nex_assets.filtered_traces.values import PATH
from nex_assets.filtered_traces.view import Site, Thread
from nex_resources.records import Finding, Trace

_MARKS = (":", "：", "<", ">>> ", "$ ")
_OBSERVATION = re.compile(
    r"^[ \t*_#`>\[]*(?:observation|tool[ _](?:result|output|response)|function[ _](?:result|output|response)|(?:command|console|terminal|"
    r"search|query|api) (?:output|results?|response)|观察结果|(?:工具|函数|接口|命令|查询|搜索|系统)(?:调用)?的?(?:返回|输出|执行|响应)?的?(?:结果|输出|内容|数据|返回)|执行结果|返回结果)\s*(?:\([^)\n]*\))?[*_`]*\s*[:：]"
    r"|<(?:tool_response|tool_result|function_results?|observation|tool_output|function_response|results?)>"
    r"|<\|(?:observation|tool_response|tool_output)\|>|^>>> |^\$ \S+.*\n",
    re.IGNORECASE | re.MULTILINE,
)


def detect(trace: Trace, context: Context) -> list[Finding]:
    """Find claims without a basis, invented output, and tampering with tests."""
    found: list[Finding] = []
    for thread in context.view.threads:
        found += reported_tests(thread, context)
        found += claimed_actions(thread, context)
        found += _observations(thread)
        found += _files(thread, context)
        for site in thread.sites:
            if site.may_write and (why := tampers(site, thread)):
                found.append(_at(site, "tests_edited", why))
            if site.may_write and (why := special_cases(site, thread, context.limits.reward_hacking)):
                found.append(_at(site, "special_cased", why))
    return found


def _at(site: Site, kind: str, why: str) -> Finding:
    return finding(kind, "drop", site.trajectory, site.message, f"{site.where}.arguments", None, why)


def _observations(thread: Thread) -> list[Finding]:
    """Tool output that the model wrote itself, outside of any tool message."""
    found = []
    if not thread.sites and (one := _transcript(thread)) is not None:
        found.append(one)
    if (one := _quotes_uncalled(thread)) is not None:
        found.append(one)
    if not found and "```" in thread.spoken and (one := _replies(thread)) is not None:
        found.append(one)
    marks = [mark for mark in _MARKS if mark in thread.spoken]
    for index, message in thread.turns() if marks else ():
        if not any(mark in message.text for mark in marks):
            continue
        if "```" in message.text and not found and (one := _unrun(thread, index, message.text)) is not None:
            found.append(one)
            continue
        match = _OBSERVATION.search(without_code(message.text))
        if match is None:
            continue
        quoted = message.text[match.end() :].strip()[:60]
        if quoted and any(i < index and quoted[:40] in text for i, text in thread.observed):
            continue  # it quotes a real result
        words = quote(message.text, *match.span())
        found.append(
            finding("fabricated_observation", "drop", thread.index, index, "text", match.span(), words)
        )
    return found


_RETURNED = r"[`\"'*]*(?: tool| call| function)?\s*(?:\([^)\n]{0,80}\)\s*)?(?:has |just )?(?:returned|returns|responded|replied|gave|outputs?|reports?|says|said|output|result)\b"


def _quotes_uncalled(thread: Thread) -> Finding | None:
    """What a tool that was never called is said to have returned."""
    uncalled = thread.tools.keys() - {site.call.name for site in thread.sites}
    for index, message in thread.turns() if uncalled else ():
        for name in uncalled:
            if name not in message.text:
                continue
            match = re.search(
                rf"{_RETURNED_BY}{re.escape(name)}(?!\w)|(?<!\w){re.escape(name)}{_RETURNED}", message.text
            )
            if match is not None and match.group() not in thread.evidence:
                words = quote(message.text, *match.span())
                return finding(
                    "fabricated_observation", "drop", thread.index, index, "text", match.span(), words
                )
    return None


_REPLY = re.compile(  # a tool that is named, then data under a label that says whose they are
    r"`(?P<tool>[A-Za-z]\w*(?:(?:__|_|\.|/)\w+)+)(?:\([^`\n]*\))?`(?P<between>[^`]{0,60}(?:`[^`\n]*`[^`]{0,60}){0,2}?)"
    r"```(?:json|text|txt|yaml|xml|csv)?[ \t]*\n(?P<data>[^`]+)```"
)
_REPLY_LABEL = re.compile(
    r"\b(?:results?|outputs?|response|respon(?:ds|ded)|repl(?:y|ies)|returns?|returned|respuesta|resultado|salida|devuelve|réponse|résultat|sortie|renvoie|antwort|ergebnis|ausgabe|rückgabe|liefert|risposta|risultato|resposta|uitvoer|antwoord)\b|结果|返回|响应|输出|応答|結果|ответ|результат",
    re.IGNORECASE,
)


def _replies(thread: Thread) -> Finding | None:
    """Data set out as the reply of a tool that was never called, and that nothing which was read speaks of."""
    called = {site.call.name for site in thread.sites}
    for index, message in thread.turns():
        if "```" not in message.text:
            continue
        for match in _REPLY.finditer(message.text):
            label = message.text[max(0, match.start() - 40) : match.start()] + match["between"]
            name = match["tool"]
            if _REPLY_LABEL.search(label) is None or name in called or _TEACHES.search(thread.users):
                continue
            if name in thread.evidence or name in thread.written or _MIGHT.search(label):
                continue
            if "".join(match["data"].split()) in "".join((thread.evidence + thread.written).split()):
                continue
            words = quote(message.text, *match.span())
            return finding("fabricated_observation", "drop", thread.index, index, "text", match.span(), words)
    return None


_RETURNED_BY = r"\b(?:[Oo]utputs?|[Rr]esults?|[Rr]esponse|[Aa]nswer) (?:of|from) (?:the )?[`\"'*]*"
_FENCED = re.compile(r"```[\w-]*\n(.*?)```", re.DOTALL)
_PROMPT = re.compile(
    r"(?:[\w@.~:/-]{0,40}[$#] |\$ ?|>>> |\w{0,20}(?:sql|db|DB|redis|mongo|query|postgres|lite)\w{0,20} ?(?:\[\w*\]|\([\w*]*\))?[-=]?[>#] )(?P<command>\S[^\n]*)\n(?P<output>(?![$#] |>>> |\s*\Z)[^\n]+)(?P<rest>[\s\S]*)"
)
_LABEL = re.compile(
    r"\s*[*_#]*(?:the )?(?:query |command )?(?:result|output|response|returns?|returned|结果|输出|返回)s?[*_]*\s*[:：][*_]*\s*\Z",
    re.IGNORECASE,
)
_STATEMENT = re.compile(
    r"\s*(?:SELECT|WITH|curl|git|kubectl|docker|ls|cat|grep|psql|aws|ping|dig)\b", re.IGNORECASE
)
_TEACHES = re.compile(
    r"\bhow (?:do|can|to|would|should|does)\b|\bexplain|\bexample|\bwhat (?:does|do|is the (?:command|difference|syntax))\b|\bmean|\bteach|tutorial|\bwrite\b|\bdraft\b|\bdocument|\bREADME|如何|怎么|怎样|解释|例|示|教|写",
    re.IGNORECASE,
)
_MIGHT = re.compile(
    r"\b(?:you|your|would|could|should|might|may|example|e\.g|expected?|typical\w*|similar|like this|such as|sample|try|later|reproduce|verify with)\b|例如|比如|应该|可以|示例",
    re.IGNORECASE,
)


def _unrun(thread: Thread, index: int, text: str) -> Finding | None:
    """A command with its output, in a turn whose agent never ran it: not as an example, and not as advice."""
    if not thread.tools or _TEACHES.search(thread.users):
        return None
    blocks = list(_FENCED.finditer(text))
    for position, block in enumerate(blocks):
        before = text[blocks[position - 1].end() if position else 0 : block.start()]
        if _MIGHT.search(before[-160:]):
            continue
        body, command = block.group(1), ""
        if (typed := _PROMPT.match(body)) is not None:
            command, output = typed["command"], typed["output"]
            if output.strip("+-=| ") == "" and _never_shown(typed["rest"], thread):
                span = block.span()
                words = quote(text, *span)
                return finding("fabricated_observation", "drop", thread.index, index, "text", span, words)
        elif position and _LABEL.match(before) and _STATEMENT.match(blocks[position - 1].group(1)):
            command, output = blocks[position - 1].group(1), body.strip().split("\n")[-1]
        if command and not _was_run(command, output, thread):
            span = block.span()
            words = quote(text, *span)
            return finding("fabricated_observation", "drop", thread.index, index, "text", span, words)
    return None


_FIGURE = re.compile(r"(?<![\w.,])\d{2,}(?![\w.,]*\d)")


def _never_shown(table: str, thread: Thread) -> bool:
    """Tell whether a table has figures, and no prompt, result or call has any of them."""
    figures = set(_FIGURE.findall(table))
    known = thread.evidence + thread.written
    return bool(figures) and not any(has_number(known, one) for one in figures)


def _was_run(command: str, output: str, thread: Thread) -> bool:
    """Tell whether the command stands in a call, or it or the output in a result or a prompt."""
    said = "".join(thread.evidence.split())
    if "".join(output.split()) in said or "".join(command.split()) in said:
        return True
    start = re.findall(r"\w{2,}", command)[:3]
    return any(all(word in key for word in start) for site in thread.sites if (key := site.key.decode()))


_SESSION = re.compile(r"```[\w-]*\n(?:[^\n`]*[$#>] )\S[^\n]*\n(?!\s*(?:```|[$#>] ))[^\n]+\n[\s\S]*?```")
_TOLD_TO_RUN = re.compile(
    r"\b(?:run|execute|test|check|measure|benchmark|try|verify|build|compile|install|deploy)\b|运行|执行|测试|检查|编译|构建",
    re.IGNORECASE,
)


def _transcript(thread: Thread) -> Finding | None:
    """A console session with its output, by an agent that was told to run something and called no tool."""
    answer = thread.answer
    if answer is None or not thread.tools or only_asks(thread.users) or not _TOLD_TO_RUN.search(thread.users):
        return None
    match = _SESSION.search(answer.text)
    if match is None or match.group() in thread.evidence:
        return None
    words = quote(answer.text, *match.span())
    return finding("fabricated_observation", "drop", thread.index, thread.final, "text", match.span(), words)


_EXTENSION = re.compile(r"\.[a-z]")


def _files(thread: Thread, context: Context) -> list[Finding]:
    """Files that the answer cites and nothing in the trace mentions."""
    answer = thread.answer
    if answer is None or not thread.sites or not _EXTENSION.search(answer.text):
        return []
    found = []
    for match in PATH.finditer(answer.text):
        path = match.group().split(":")[0]
        name = path.rsplit("/", 1)[-1].lower()
        if _proposed(answer.text, match.start()) or name in _KNOWN or _to_be_made(answer.text, match.start()):
            continue
        if (
            name not in thread.evidence_lower
            and name not in thread.written.lower()
            and name not in context.view.shown.lower()
            and not _in_part(name, thread)
        ):
            found.append(
                finding("missing_file_cited", "drop", thread.index, thread.final, "text", match.span(), path)
            )
    return found


_OUTPUT = re.compile(
    r"(?:>{1,2}|\btee(?: -a)?|(?<!\w)(?:-o|--out(?:put)?(?:-file)?|--dest(?:ination)?|--save(?:-to)?))[ =]?\s*[\"']?[\w./~$-]*\Z"
)
_SHELL_FENCE = re.compile(r"```(?:bash|sh|shell|zsh|console|powershell|cmd|ps1|terminal)[ \t]*\n")


def _to_be_made(text: str, at: int) -> bool:
    """Tell whether a name stands in a command that the user is shown: as what it writes, or beside a program in a
    block of shell commands, as an example of its use."""
    line = text[text.rfind("\n", 0, at) + 1 : at]
    if _OUTPUT.search(line) is not None and in_code(text, at):
        return True
    if text.count("```", 0, at) % 2 == 0:
        return False
    opening = text.rfind("```", 0, at)
    return _SHELL_FENCE.match(text, opening) is not None and " " in line.strip()


_PARTS = re.compile(r";|&&|\|\||\n")


def _in_part(name: str, thread: Thread) -> bool:
    """Tell whether one of several commands of a failed call named the file, and nothing says it is not there."""
    for site in thread.sites:
        if site.failed and len(site.text) > 40 and name in (key := site.key.decode().lower()):
            return _PARTS.search(key) is not None and name not in site.text.lower()
    return False


_KNOWN = frozenset(
    {
        "node.js",
        "vue.js",
        "next.js",
        "react.js",
        "d3.js",
        "three.js",
        "express.js",
        "asp.net",
        "e.g",
        "package.json",
        "readme.md",
    }
)


def _proposed(text: str, at: int) -> bool:
    """Tell whether the sentence only suggests to make the file."""
    before = text[max(0, at - 80) : at].rsplit(".", 1)[-1]
    return (
        re.search(
            r"\b(?:you (?:can|could|may|should)|create|recommend|suggest|consider|e\.g|for example|such as|would)\b|建议|可以|例如",
            before,
            re.I,
        )
        is not None
    )
