"""Claims held against calls: tests and builds that were reported, actions that were claimed."""

# ruff: noqa: E501, SIM905 (wordings and scripts are easier to read unbroken)

from __future__ import annotations

import re

from nex_assets.filtered_traces import claims
from nex_assets.filtered_traces.commands import acts
from nex_assets.filtered_traces.context import Context
from nex_assets.filtered_traces.effects import WRITES, says_effect, words_of
from nex_assets.filtered_traces.errors import ADMITS
from nex_assets.filtered_traces.kinds import finding
from nex_assets.filtered_traces.prose import without_code
from nex_assets.filtered_traces.request import deeds, only_asks, same_verb
from nex_assets.filtered_traces.unmade import unmade
from nex_assets.filtered_traces.view import Site, Thread
from nex_resources.records import Finding

EXECUTES = re.compile(
    r"run|exec|shell|bash|command|terminal|test|python|eval|check|lint|analy|script|code|verify|build",
    re.IGNORECASE,
)


def claimed_actions(thread: Thread, context: Context) -> list[Finding]:
    """Actions and lookups that the final answer claims."""
    answer = thread.answer
    if answer is None or not answer.text or (thread.index and not thread.tools):
        return []
    text = without_code(answer.text)
    if "\n>" in text or text.startswith(">"):
        text = _QUOTED.sub(lambda m: " " * len(m.group()), text)  # what others say, or are to say
    done = [site for site in context.view.sites if site.result is not None and not site.failed]
    claimed = claims.actions(text)
    if claimed and _drafts(thread.users):
        claimed = []
    for claim in claimed:
        if claim.second and not any(site.may_write for site in done):
            continue
        if why := _unsupported(claim, done, thread):
            at = text.find(claim.sentence)
            span = (at, at + len(claim.sentence)) if at >= 0 else None
            return [finding("claimed_without_call", "drop", thread.index, thread.final, "text", span, why)]
    if done and not thread.index:
        sentence, why = unmade(text, done, thread)
        if why:
            at = text.find(sentence)
            return [
                finding(
                    "claimed_without_call",
                    "drop",
                    thread.index,
                    thread.final,
                    "text",
                    (at, at + len(sentence)),
                    why,
                )
            ]
    if not any(site.may_write for site in context.view.sites):
        sentence, why = _echo(text, thread) or _passed_over(text, thread)
        if why:
            at = text.find(sentence) if sentence else -1
            span = (at, at + len(sentence)) if at >= 0 else None
            return [finding("claimed_without_call", "drop", thread.index, thread.final, "text", span, why)]
    if not any(site.result is not None for site in context.view.sites) and (looked := claims.checks(text)):
        words, span = looked[0]
        why = f"{words!r}, but no call was made"
        return [finding("claimed_without_call", "drop", thread.index, thread.final, "text", span, why)]
    return []


_QUOTED = re.compile(r"^>[^\n]*", re.MULTILINE)
_DRAFTS = ("draft", "write", "compose", "word")
_DRAFT = re.compile(  # the answer is a text in somebody's name
    r"\b(?:draft|compose|write|word)\b(?!.*\b(?:send|post|publish|submit|save|file)\b)[^.\n]{0,40}\b(?:e-?mail|reply|letter|message|post|announcement|notes?|tweet|response|speech|statement|review)\b",
    re.IGNORECASE | re.DOTALL,
)


def _drafts(users: str) -> bool:
    lower = users.lower()
    return any(word in lower for word in _DRAFTS) and _DRAFT.search(users) is not None


_OPEN = re.compile(
    r"\?|？|\b(?:if|already|would|could|should|shall|may|might|can|cannot|I['’]ll|I will|let me|let us|please|need|needs|want|wait\w*|before|once|confirm\w*|offer|option\w*|"
    r"no (?:action|change|need|longer)|not|n['’]t|never|nothing|none|without|only|unless|instead|here(?:['’]s| is| are)|draft|suggest\w*|recommend\w*|tell me|which|prefer|know|choose)\b",
    re.IGNORECASE,
)
_NEW_STATE = re.compile(
    r"^(?:all )?done\b|\b(?:is|are|has|have) (?:all )?(?:now|done)\b|\bnow (?:is|are|has|have)\b|\b(?:is|are) [^.!?\n]{1,60} now\b|\bas (?:requested|you (?:asked|wanted|requested))\b|\ball set\b|\btaken care of\b",
    re.IGNORECASE,
)
_CONDITIONAL = re.compile(
    r"\b(?:if|unless|when|whenever|in case|otherwise|only|how|what|which|why|who|where|draft|plan|suggest|don['’]t|do not)\b",
    re.IGNORECASE,
)


def _passed_over(text: str, thread: Thread) -> tuple[str, str]:
    """A deed that was asked for, for which a tool lay at hand, and that was not done; and an answer that neither
    asks, nor offers, nor says so."""
    offered = [tool for tool in thread.tools.values() if tool.effect == "write"]
    if not offered or thread.index or not thread.users.isascii() or _CONDITIONAL.search(thread.users):
        return "", ""
    if not thread.sites or any(site.failed for site in thread.sites) or not _NEW_STATE.search(text):
        return "", ""
    if _OPEN.search(text) or ADMITS.search(text):
        return "", ""
    words = set(_CONTENT.findall(text.lower())) & set(_CONTENT.findall(thread.users.lower()))
    asked = deeds(thread.users) if words - _GENERIC else ()
    for tool in offered if asked else ():
        names = words_of(tool.name)
        if any(same_verb(names[0], one) or same_verb(names[-1], one) for one in asked):
            return "", f"{tool.name} was asked for and not called, and the answer does not say so"
    return "", ""


def _echo(text: str, thread: Thread) -> tuple[str, str] | None:
    """The deed that the user asked for, in the user's own verb, said to be done where nothing was changed."""
    found = claims.echoed(text, deeds(thread.users))
    if thread.asked_in_chinese and not only_asks(thread.users):
        found += claims.echoed_chinese(text, thread.users)
    made = (
        {word for site in thread.sites if not site.failed for word in words_of(site.call.name)}
        if found
        else ()
    )
    for verb, sentence, active in found:
        if any(same_verb(verb, word) for word in made):
            continue
        if active or not _ALREADY.search(sentence):
            return sentence, f"{verb!r}: no call that changes anything succeeded"
    return None


_ALREADY = re.compile(r"\balready\b|\bhad been\b|\bsince\b", re.IGNORECASE)


def _unsupported(claim: claims.Claim, done: list[Site], thread: Thread) -> str:
    writes = [site for site in done if site.may_write]
    if not claim.active and (_mentions(claim.verb, thread.shown) or _spoken_of(claim.verb, thread.users)):
        return ""  # a state that was read, not an action that is claimed
    if not writes:
        if any(same_verb(claim.verb, word) for site in done for word in words_of(site.call.name)):
            return ""
        if claim.family in ("create", "save") and not claim.active:
            return ""
        return f"{claim.verb!r}: no call that changes anything succeeded"
    if why := _left_undone(claim, writes, thread):
        return why
    if not claim.support:
        return ""
    supported = any(_does(site, claim) for site in writes)
    if not supported and not _mentions(claim.verb, thread.shown):
        return f"{claim.verb!r}: no successful call does that"
    return f"nothing in the trace is about {claim.sentence[:60]!r}" if _about_nothing(claim, thread) else ""


_OBJECTS: tuple[tuple[str, re.Pattern[str], re.Pattern[str]], ...] = tuple(
    (
        name,
        re.compile(rf"(?:(?:an?|the|your|new|draft|this)\s+(?:\w+\s+)?)?(?:{said})\b", re.IGNORECASE),
        re.compile(made, re.IGNORECASE),
    )
    for name, said, made in (  # what no edit of a file makes: how it is spoken of, and what a call that makes it holds
        ("pull request", r"pull request|PR|merge request", r"pull|\bprs?\b|merge|\bmr\b"),
        ("ticket", r"ticket|issue|bug report", r"ticket|issue|jira|bug|task|case|report|incident|story"),
        (
            "meeting",
            r"calendar (?:event|entry)|meeting|appointment|invitation|reminder",
            r"event|meet|calendar|appoint|invit|schedul|remind|alarm|task|todo",
        ),
        ("refund", r"refund", r"refund|return|credit|revers|cancel|compensat"),
        ("booking", r"booking|reservation", r"book|reserv|table|room|hold"),
        ("backup", r"backup", r"back.?up|copy|\bcp\b|dump|snapshot|export|archive|\btar\b|\.bak"),
    )
)
# Changes that can be nothing but what they are called.
_NARROW = frozenset(
    "cancel close reopen delete remove archive restore approve reject scale restart start stop reboot lock unlock block unblock enable disable pay refund book reserve order send post reply pin star follow move rename resched schedule".split()
)
_MAKES = re.compile(
    r"(?:opened|created|filed|raised|submitted|made|set|set up|scheduled|issued|placed|booked|arranged|added|left|generated|reserved)",
    re.IGNORECASE,
)
_FILE_WORDS = frozenset("edit write str replace file patch editor insert".split())


def _left_undone(claim: claims.Claim, writes: list[Site], thread: Thread) -> str:
    """Say that a thing is claimed to be made that no call makes, or a deed for which a tool lay at hand unused;
    where every change there was can only have been another one."""
    if not claim.active or not all(_is_narrow(site) for site in writes):
        return ""
    rest = claim.sentence.partition(claim.verb)[2].lstrip()
    for name, said, made in _OBJECTS:
        spoken = _MAKES.fullmatch(claim.verb) is not None and said.match(rest) is not None
        spoken = spoken or (name == "backup" and claim.verb.lower() == "backed up")
        if spoken and not any(made.search(f"{site.key.decode()} {site.text[:500]}") for site in writes):
            return f"{claim.verb!r}: no call makes a {name}"
    if any(same_verb(claim.verb, word) for site in writes for word in words_of(site.call.name)):
        return ""
    for tool in thread.tools.values():
        unused = tool.effect == "write" and all(site.call.name != tool.name for site in writes)
        if unused and any(same_verb(claim.verb, word) for word in words_of(tool.name)):
            return (
                "" if _mentions(claim.verb, thread.shown) else f"{claim.verb!r}: {tool.name} was not called"
            )
    return ""


def _is_narrow(site: Site) -> bool:
    """A change that is named after one deed, an edit of a file, or a statement of SQL."""
    if _does_anything(site) or EXECUTES.search(site.call.name):
        return any(_SQL.match(one) for one in site.call.arguments.values() if isinstance(one, str))
    words = words_of(site.call.name)
    if (
        not _FILE_WORDS.isdisjoint(words)
        and {"path", "file_path", "file", "filename"} & site.call.arguments.keys()
    ):
        return True
    return next((word in _NARROW for word in words if word in WRITES), False)


_SQL = re.compile(r"\s*(?:DROP|DELETE|TRUNCATE|UPDATE|ALTER)\s", re.IGNORECASE)


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
    if claim.family in ("send", "post"):
        return False  # whom a change was told to, the tool knows
    quotes_code = "   " in claim.sentence  # blanked: its object is not there to be compared
    return (
        claim.active
        and claim.sentence.isascii()
        and not quotes_code
        and len(words) >= 2
        and not any(word in known for word in words)
    )


_LOCAL = frozenset({"create", "update", "delete", "save"})  # what a command or a program does to files
_BY_HAND = frozenset("click tap press fill type drag keypress key submit computer".split())
_CARRIERS = frozenset(
    "http https request api rest graphql rpc invoke call action python code repl ipython notebook".split()
)
_ADDRESS = frozenset(
    "email mail e_mail message messages comment note post phone text to".split()
)  # say to whom, or what
_SENT = re.compile(
    r"(?<![a-z])(?:sent|notified|e-?mailed|mailed|messaged|informed|alerted)(?![a-z])", re.IGNORECASE
)


def _does_anything(site: Site) -> bool:
    """A sub-agent's work, and what is done by hand on a screen."""
    return (site.tool is not None and site.tool.kind == "agent") or not _BY_HAND.isdisjoint(
        words_of(site.call.name)
    )


def _does(site: Site, claim: claims.Claim) -> bool:
    """Tell whether a call can have done what is claimed: its name or the words of its texts begin with one of
    the stems. Short stems have to be whole words, or `add` would be found in `address`. What is done by a
    sub-agent or by hand on a screen can be anything, and a command that does not only look or test can have
    changed any file."""
    name = set(words_of(site.call.name))
    if _does_anything(site):
        return True
    writes = site.tool is not None and site.tool.effect == "write"
    if writes and not says_effect(site.call.name) and _NARROW.isdisjoint(name):
        return True  # a change, and nothing says which
    if claim.verb.lower() in ("updated", "changed", "modified", "adjusted"):
        return True  # so can every change be called
    if claim.family in ("send", "notify") and _SENT.search(site.text[:2000]):
        return True
    executes = EXECUTES.search(site.call.name) is not None
    carries = not _CARRIERS.isdisjoint(name)
    texts = [site.call.name]
    for key, value in site.call.arguments.items():
        if value and (value is True or key.lower() not in _ADDRESS):
            texts.append(key)
        if isinstance(value, str):
            if not executes and not carries:
                texts.append(value[:24])
                continue
            acting = acts(value[:4000])
            if acting and executes and claim.family in _LOCAL:
                return True
            texts += [value[:4000]] if carries else [*_COMMANDS.findall(value[:4000]), *acting]
    if carries:
        texts.append(site.key[:4000].decode(errors="ignore"))
    words = {word.lower() for text in texts for word in _WORDS.findall(text)}
    return any(
        stem in words or (len(stem) > 3 and any(word.startswith(stem) for word in words))
        for stem in claim.support.split("|")
    )


_COMMANDS = re.compile(
    r"(?:^|[;&|(\n]\s*|\$\(|sudo )\s*((?:git |npm |docker |kubectl )?[\w-]+)(?![\w.(])|(?:>>?|-i\b|\btee\b|\bopen\()"
)
_WORDS = re.compile(r"[A-Z]?[a-z]+|[A-Z]+")


def _mentions(verb: str, text: str) -> bool:
    stem = re.escape(verb.lower()[: max(4, len(verb) - 2)])
    return re.search(rf"(?<![a-z]){stem}\w{{0,4}}(?![a-z])", text.lower()) is not None
