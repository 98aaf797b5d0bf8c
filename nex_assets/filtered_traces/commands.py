"""What a command line or a database query does: whether it only looks."""

# ruff: noqa: E501, SIM905 (wordings and scripts are easier to read unbroken)

from __future__ import annotations

import re
from functools import lru_cache

_READ_COMMANDS = frozenset(
    "ls cat head tail less more grep egrep rg find fd wc sort uniq cut awk diff file stat du df ps top free env printenv echo pwd whoami id date uname which type tree jq nl od xxd hexdump strings md5sum sha256sum nc ping dig host curl lsof netstat history man cd test true [ export".split()
)
_SUB_READ = frozenset(
    "get describe logs log status diff show blame branch remote list ls info search ps images inspect top version help explain tag rev-parse config view".split()
)
_WITH_SUB = frozenset(
    "git kubectl docker helm npm pip pip3 systemctl gh aws gcloud az terraform brew apt cargo poetry conda crictl oc podman".split()
)
_NO_TEXT = re.compile(r"'[^'\n]*'|\"[^\"\n]*\"")
_QUERY = re.compile(r"\s*(?:select|with|show|explain|describe|pragma)\b", re.IGNORECASE)
_QUERY_WRITES = re.compile(
    r"\b(?:insert|update|delete|drop|alter|create|truncate|merge|grant|replace)\b", re.IGNORECASE
)
_REDIRECTS = re.compile(
    r"(?<![0-9&<-])>{1,2}(?!&)(?!\s*/dev/null)|\btee\b|\b(?:sed|perl|ruby)\b[^|;&\n]*\s-\w*i|\s-[oO]\b|-delete\b|\s-X\s*(?:POST|PUT|PATCH|DELETE)|\s(?:-d|--data\S*)\s"
)


@lru_cache(maxsize=4_096)
def command_reads(command: str) -> bool:
    """Tell whether a command line or a database query only looks: every part of it is known to."""
    if _QUERY.match(command):
        return _QUERY_WRITES.search(command) is None
    bare = _NO_TEXT.sub("''", command)
    if (
        "find" in bare
        and "-exec" in bare
        and not re.search(r"-exec\w*\s+(?:grep|cat|ls|head|tail|wc|stat|file|du)\b", bare)
    ):
        return False
    if len(command) > 2_000 or _REDIRECTS.search(bare):
        return False
    parts = [part.split() for part in re.split(r"&&|\|\||[;|\n]", bare)]
    return bool(parts) and all(
        _part_reads([w for w in part if "=" not in w or w.startswith("-")]) for part in parts if part
    )


_GROUPS = frozenset(  # what stands before the verb: `gh pr list`, `aws s3 ls`, `docker compose logs`
    "pr issue run repo release workflow s3 ec2 iam rds lambda logs compose container image volume network rollout stash worktree compute instances vm account group".split()
)


def _looks_only(name: str, rest: list[str]) -> bool:
    if not rest:
        return True
    if rest[0] in _GROUPS and len(rest) > 1 and rest[0] not in _SUB_READ:
        verb = rest[1] if rest[1] not in _GROUPS or len(rest) < 3 else rest[2]
        return verb in _SUB_READ or verb.startswith(("describe-", "list-", "get-"))
    if rest[0] in ("version", "config") and len(rest) > 1:
        return name not in ("npm", "kubectl", "pip") or rest[1] in (
            "get",
            "view",
            "list",
            "current-context",
            "get-contexts",
        )
    return rest[0] in _SUB_READ


_SUB_EITHER = frozenset(["branch", "remote", "tag", "config"])  # alone they list; with a name they change
_LISTING = frozenset(
    "-a -r -v -vv -l --list --all --show-current --contains --merged --no-merged --points-at --get --get-all --get-regexp --sort -n --format".split()
)


def _lists(rest: list[str], words: list[str]) -> bool:
    """`git branch`, `git branch -a`, `git remote show x`, but not `git branch -m a b`."""
    options = [word.split("=")[0] for word in words if word.startswith("-")]
    if any(option not in _LISTING for option in options):
        return False
    return (
        len(rest) == 1
        or bool(options)
        or rest[1] in ("show", "get-url", "list", "get")
        or (rest[0] == "config" and len(rest) == 2)
    )


_RUNS_TESTS = re.compile(
    r"(?:\w+=\S*\s+|(?:sudo|time|uv|poetry|pipenv|hatch|bundle|npx|bunx|dotenv|env|timeout \S+)\s+(?:run\s+|exec\s+)?)*"
    r"(?:py\.?test|tox|nox|jest|vitest|mocha|rspec|phpunit|ctest|prove|mypy|ruff check|flake8|pylint|eslint|tsc|"
    r"python[\d.]*\s+-m\s+(?:pytest|unittest|mypy|doctest)|python[\d.]*\s+(?:manage\.py test|\S*test\S*)|(?:npm|yarn|pnpm|bun|deno)\s+(?:run\s+)?(?:test|build|check|lint)|"
    r"node\s+--test|(?:go|cargo|swift|dotnet|mix|mvn|gradle|\./gradlew|bazel|zig|make|just|flutter|sbt|rake|cabal|stack|lein)\s+(?:run\s+)?(?:test|build|check|vet|clippy|compile|verify)|g\+\+|gcc|javac)\b"
)


@lru_cache(maxsize=4_096)
def acts(command: str) -> tuple[str, ...]:
    """The parts of a command line that neither only look nor run tests or a build."""
    bare = _NO_TEXT.sub("''", command)
    parts = [part.strip() for part in re.split(r"&&|\|\||[;|\n]", bare)]
    quiet = "-c" in bare or "-e" in bare
    quiet = quiet and _CODE_WRITES.search(command) is None
    return tuple(
        part for part in parts if part and not _harmless(part) and not (quiet and _ONE_LINER.match(part))
    )


_ONE_LINER = re.compile(r"(?:\w+=\S*\s+)*(?:python[\d.]*|node|ruby|perl|php)\s+-[cer]\s")
_CODE_WRITES = re.compile(
    r"write|open\(|save|dump|to_(?:csv|excel|json|parquet|sql)|shutil|subprocess|\bos\.|unlink|mkdir|rename|requests|urllib|http|execute|commit|fetch\(|system\("
)


def _harmless(part: str) -> bool:
    if _REDIRECTS.search(part):
        return False
    words = [word for word in part.split() if "=" not in word or word.startswith("-")]
    return _part_reads(words) or words[:1] == ["cd"] or _RUNS_TESTS.match(part) is not None


def _part_reads(words: list[str]) -> bool:
    words = words[1:] if words[:1] == ["sudo"] else words
    if not words:
        return True
    name = words[0].rsplit("/", 1)[-1]
    if name in _WITH_SUB:
        rest = [word for word in words[1:] if not word.startswith("-")]
        if rest[:1] and rest[0] in _SUB_EITHER and name == "git":
            return _lists(rest, words)
        return _looks_only(name, rest)
    if name == "sed":
        return not any(word.startswith(("-i", "--in-place")) for word in words)
    return name in _READ_COMMANDS or words[-1] in ("--version", "--help", "-V")
