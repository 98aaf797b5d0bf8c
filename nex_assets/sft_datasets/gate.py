"""The release gate: pure checks that a dataset has to pass before it leaves the house."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

import msgspec

from nex_assets.sft_datasets.chat import messages_of, tools_of
from nex_resources.formats import FORMATS
from nex_resources.records import Sample

_LIMIT = 50  # problems that a gate lists; it counts all


class Gate(msgspec.Struct):
    """One check's outcome: how many rows it saw, how many problems, and the first of them."""

    name: str
    rows: int = 0
    count: int = 0
    problems: list[str] = msgspec.field(default_factory=list)

    @property
    def passed(self) -> bool:
        return self.count == 0

    def note(self, problem: str) -> None:
        self.count += 1
        if len(self.problems) < _LIMIT:
            self.problems.append(problem)


SECRETS = {
    "private key": re.compile(r"-----BEGIN (?:[A-Z]+ )*PRIVATE KEY-----"),
    "cloud access key": re.compile(r"\b(?:AKIA|ASIA)[0-9A-Z]{16}\b"),
    "repository token": re.compile(r"\b(?:gh[pousr]_[A-Za-z0-9]{36,}|github_pat_\w{22,}|glpat-[\w\-]{20,})"),
    "model provider key": re.compile(r"\bsk-(?:ant-|proj-|or-)?[A-Za-z0-9_\-]{20,}"),
    "chat token": re.compile(r"\bxox[abprs]-[A-Za-z0-9\-]{10,}"),
    "web token": re.compile(r"\beyJ[\w\-]{8,}\.eyJ[\w\-]{8,}\.[\w\-]{8,}"),
    "password in an address": re.compile(r"\b[a-z][a-z0-9+.\-]*://[^\s/:@]+:[^\s/@]{3,}@[^\s/]+"),
    "hub token": re.compile(r"\bhf_[A-Za-z0-9]{30,}\b"),
}
_MAIL = re.compile(r"\b[\w.+\-]+@([\w\-]+(?:\.[\w\-]+)+)\b")
_CARD = re.compile(r"\b(?:\d[ \-]?){13,19}\b")
_FICTITIOUS = re.compile(r"(?:^|\.)(?:example(?:\.(?:com|org|net))?|test|invalid|localhost|local)$")


def secrets(samples: Iterable[Sample], allowed_domains: Iterable[str] = ()) -> Gate:
    """No credentials, and no personal data: mail addresses outside fictitious domains, card numbers."""
    gate, allowed = Gate("secrets"), frozenset(allowed_domains)
    for sample in samples:
        gate.rows += 1
        for kind, quoted in find_secrets(sample.text, allowed):
            gate.note(f"{sample.id}: {kind}: {quoted}")
    return gate


def find_secrets(text: str, allowed_domains: frozenset[str] = frozenset()) -> list[tuple[str, str]]:
    """Return (kind, excerpt with the middle blotted out) of each secret or personal datum in `text`."""
    found = [(kind, _blot(hit.group())) for kind, shape in SECRETS.items() for hit in shape.finditer(text)]
    for hit in _MAIL.finditer(text):
        domain = hit.group(1).lower()
        if domain not in allowed_domains and not _FICTITIOUS.search(domain):
            found.append(("mail address", _blot(hit.group())))
    found += [("card number", _blot(hit.group())) for hit in _CARD.finditer(text) if _luhn(hit.group())]
    return found


def overlap(samples: Iterable[Sample], benchmarks: Mapping[str, Iterable[str]], words: int = 13) -> Gate:
    """No run of `words` words shared with a benchmark's tasks. `benchmarks` maps names to their texts."""
    gate, known = Gate("benchmark overlap"), dict[tuple[str, ...], str]()
    for name, texts in benchmarks.items():
        for text in texts:
            known |= dict.fromkeys(_runs(text, words), name)
    for sample in samples:
        gate.rows += 1
        said = " \n ".join(
            message.text for message in messages_of(sample) if message.role in ("user", "assistant")
        )
        hit = next((run for run in _runs(said, words) if run in known), None)
        if hit:
            gate.note(f"{sample.id}: shares with {known[hit]}: {' '.join(hit)}")
    return gate


def licences(samples: Iterable[Sample], servers: Mapping[str, str], permitted: Iterable[str]) -> Gate:
    """Every server that a sample's tools come from has a licence, and a permitted one."""
    gate, fine = Gate("licences"), {word.lower() for word in permitted}
    seen: set[str] = set()
    for sample in samples:
        gate.rows += 1
        seen |= {tool.server for tool in tools_of(sample) if tool.server}
    for server in sorted(seen):
        licence = servers.get(server)
        if licence is None:
            gate.note(f"server {server} has no licence on record")
        elif licence.lower() not in fine:
            gate.note(f"server {server} is under {licence}; permitted are {', '.join(sorted(fine))}")
    return gate


def schema(samples: Iterable[Sample]) -> Gate:
    """Rows are whole: known format, JSON that reads, one flag a message, labels inside the text and in order,
    ids unique."""
    gate, seen = Gate("schema"), set[str]()
    for sample in samples:
        gate.rows += 1
        for problem in row_problems(sample):
            gate.note(f"{sample.id}: {problem}")
        if sample.id in seen:
            gate.note(f"{sample.id}: the id occurs twice")
        seen.add(sample.id)
    return gate


def row_problems(sample: Sample) -> list[str]:
    """Return what is wrong with one row."""
    found = [] if sample.format in FORMATS else [f"unknown format {sample.format!r}"]
    try:
        messages, _ = messages_of(sample), tools_of(sample)
    except msgspec.DecodeError as error:
        return [*found, f"messages or tools do not read: {error}"]
    if not len(messages) == len(sample.train) == len(sample.mask_why):
        found.append(f"{len(messages)} messages, {len(sample.train)} flags, {len(sample.mask_why)} reasons")
    if len(sample.labelled) != sum(sample.train) or not sample.labelled:
        found.append(f"{len(sample.labelled)} labelled ranges for {sum(sample.train)} trained messages")
    position = 0
    for start, stop in sample.labelled:
        if not position <= start < stop <= len(sample.text):
            found.append(f"labelled range [{start}, {stop}) is empty, out of order or outside the text")
        position = stop
    wrong = [
        m.role for m, flag in zip(messages, sample.train, strict=False) if flag and m.role != "assistant"
    ]
    return found + [f"a {role} message is trained on" for role in wrong]


def _runs(text: str, words: int) -> Iterable[tuple[str, ...]]:
    found = re.findall(r"\w+", text.lower())
    return (tuple(found[at : at + words]) for at in range(len(found) - words + 1))


def _blot(text: str) -> str:
    return f"{text[:4]}…{text[-2:]}" if len(text) > 8 else "…"


def _luhn(text: str) -> bool:
    digits = [int(c) for c in text if c.isdigit()]
    if not 13 <= len(digits) <= 19 or len(set(digits)) < 2:
        return False
    doubled = (d * 2 - 9 * (d > 4) if i % 2 else d for i, d in enumerate(reversed(digits)))
    return sum(doubled) % 10 == 0
