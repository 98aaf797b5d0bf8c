"""Git: a small repository in `{W}/repo` with branches and a changed file, behind mcp-server-git.

Its twin runs git itself on a throw-away repository, so a proof costs some tens of milliseconds.
"""

from __future__ import annotations

import atexit
import functools
import os
import shutil
import subprocess
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import msgspec

from nex_resources.worlds.base import Outcome, Output, Parameter, Rows, SemanticType
from nex_resources.worlds.business import outputs
from nex_resources.worlds.diff import canonical
from nex_resources.worlds.people import email_of, person_name
from nex_resources.worlds.pools import Draw
from nex_resources.worlds.server import ServerWorld, form
from nex_resources.worlds.words import GOODS, MATERIALS

FOLDER = "repo"
REPO = f"/workspace/{FOLDER}"
VERBS = ("Add", "Rename", "Tune", "Split", "Drop", "Check")


class Commit(msgspec.Struct):
    """A commit to make: on `branch` (made from main if new), by `author`, touching `path`."""

    branch: str
    author: str
    email: str
    at: int  # Unix time, seconds
    message: str
    path: str
    text: str


class Repository(msgspec.Struct):
    """What a repository is made from; `changed` is a tracked file's new, uncommitted text."""

    commits: list[Commit]
    changed: dict[str, str]


class Repositories:
    """The backing: repositories made with one `git fast-import`."""

    def make(self, draw: Draw) -> Repository:
        paths = [_file(draw) for _ in range(4)]
        people = [(name := person_name(draw), email_of(draw, name)) for _ in range(3)]
        at = 1_760_000_000 + draw.rng.randrange(10**7)
        commits: list[Commit] = []
        for number in range(6):
            author, email = draw.choice(people)
            at += draw.rng.randrange(3600, 10**6)
            text = f"size = {draw.number(2, 900)}\n"
            path = paths[number] if number < len(paths) else draw.choice(paths)
            commits.append(Commit("main", author, email, at, _message(draw), path, text))
        for _ in range(2):
            author, email = draw.choice(people)
            at += 5000
            commits.append(Commit(_branch(draw), author, email, at, _message(draw), _file(draw), "x = 1\n"))
        return Repository(commits, {path: f"size = {draw.number(901, 2000)}\n" for path in paths[:2]})

    def open(self, state: Repository) -> GitTwin:
        return GitTwin(self, state)

    def write(self, state: Repository, workspace: Path) -> None:
        repo = workspace / FOLDER
        shutil.rmtree(repo, ignore_errors=True)
        repo.mkdir(parents=True)
        _git(repo, "init", "-q", "-b", "main")
        _git(repo, "fast-import", "--quiet", data=_stream(state))
        _git(repo, "checkout", "-q", "-f", "main")
        with (repo / ".git" / "config").open("a", encoding="utf-8") as config:
            config.write("[user]\n\tname = Robin Hale\n\temail = robin.hale@work.example\n")
        for path, text in state.changed.items():
            (repo / path).write_text(text, encoding="utf-8")

    def read(self, workspace: Path) -> Rows:
        return _rows(workspace / FOLDER)

    def parse(self, tool: str, text: str) -> Any:
        if tool == "git_log":
            return {"commits": _commits(text)}
        if tool == "git_status":
            return {"branch": text.partition("On branch ")[2].partition("\n")[0], "text": text}
        return {"text": text}


def _file(draw: Draw) -> str:
    return draw.make(lambda rng: f"{rng.choice(MATERIALS)}_{rng.choice(GOODS)}.cfg", True)


def _branch(draw: Draw) -> str:
    return draw.make(lambda rng: f"{rng.choice(MATERIALS)}-{rng.choice(GOODS)}", True)


def _message(draw: Draw) -> str:
    return draw.make(lambda rng: f"{rng.choice(VERBS)} the {rng.choice(MATERIALS)} {rng.choice(GOODS)}", True)


def _stream(state: Repository) -> bytes:
    """Write the commits in git's fast-import format."""
    lines: list[str] = []
    known: set[str] = set()
    for c in state.commits:
        message, text = c.message + "\n", c.text
        lines += [f"commit refs/heads/{c.branch}"]
        lines += [f"{who} {c.author} <{c.email}> {c.at} +0000" for who in ("author", "committer")]
        lines += [f"data {len(message.encode())}", message.rstrip("\n")]
        if c.branch != "main" and c.branch not in known:
            lines += ["from refs/heads/main"]
        lines += [f"M 100644 inline {c.path}", f"data {len(text.encode())}", text.rstrip("\n"), ""]
        known.add(c.branch)
    return "\n".join(lines).encode()


def _git(repo: Path, *words: str, data: bytes | None = None) -> str:
    """Run git in `repo`, free of the machine's own configuration. Raises OSError with what it printed."""
    plain = {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1", "LC_ALL": "C", "HOME": str(repo)}
    found = subprocess.run(
        ["git", *words], cwd=repo, input=data, capture_output=True, env={"PATH": os.environ["PATH"], **plain}
    )
    if found.returncode:
        raise OSError(found.stderr.decode(errors="replace").strip())
    return found.stdout.decode(errors="replace")


def _rows(repo: Path) -> Rows:
    """Branches with their tree, last message and length, HEAD, what is staged, and changed files.

    Hashes of commits hold the time of day, so they are left out; trees stand for what was committed.
    """
    parents = dict(
        line.split("\0") for line in _git(repo, "log", "--branches", "--format=%H%x00%P").splitlines()
    )
    shape = "%(refname:short)%00%(objectname)%00%(tree)%00%(contents:subject)"
    branches: dict[str, dict[str, Any]] = {}
    for line in _git(repo, "for-each-ref", f"--format={shape}", "refs/heads").splitlines():
        name, commit, tree, subject = line.split("\0")
        branches[name] = {"tree": tree, "message": subject, "commits": _length(commit, parents)}
    head = (repo / ".git" / "HEAD").read_text().strip().removeprefix("ref: refs/heads/")
    files = {
        line[3:]: {"index": line[0], "worktree": line[1]}
        for line in _git(repo, "status", "--porcelain").splitlines()
    }
    return canonical({"branches": branches, "head": {"HEAD": {"branch": head}}, "files": files})


def _length(commit: str, parents: Mapping[str, str]) -> int:
    """Count a commit and all before it."""
    seen: set[str] = set()
    left = [commit]
    while left:
        here = left.pop()
        if here and here not in seen:
            seen.add(here)
            left += parents[here].split()
    return len(seen)


def _commits(text: str) -> list[dict[str, str]]:
    """Read git_log's text: blocks of `Commit:`, `Author:`, `Date:`, `Message:` lines."""
    found: list[dict[str, str]] = []
    for line in text.splitlines():
        key, colon, value = line.partition(": ")
        if key == "Commit" and colon:
            found.append({"commit": value.strip("'\"")})
        elif found and key in ("Author", "Date", "Message"):
            found[-1][key.lower()] = value.strip("'\"").removesuffix("\\n")
    return found


@functools.lru_cache(maxsize=256)
def _seeded(state: bytes) -> Path:
    """Return a repository in this state, made once a process: sampling and proof open the same one."""
    folder = Path(tempfile.mkdtemp(prefix="nex-git-seeded-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    Repositories().write(msgspec.json.decode(state, type=Repository), folder)
    return folder


class GitTwin:
    """Answers as mcp-server-git does, by running git."""

    def __init__(self, backing: Repositories, state: Repository):
        self._folder = Path(tempfile.mkdtemp(prefix="nex-git-"))
        self._backing = backing
        self._seeded = _seeded(msgspec.json.encode(state))
        self._live = self._folder / "live"
        self._changed = False
        self.reset()

    def call(self, tool: str, arguments: Mapping[str, Any]) -> Outcome:
        run = getattr(self, f"_{tool}", None)
        if run is None:
            return Outcome(f"Unknown tool: {tool}", error=True)
        try:
            if arguments.get("repo_path") != REPO:
                raise OSError(f"no repository at {arguments.get('repo_path')}")
            text = run(**{k: v for k, v in arguments.items() if k != "repo_path"})
        except (OSError, TypeError) as error:
            return Outcome(str(error.args[-1]), error=True)
        return Outcome(text, self._backing.parse(tool, text))

    @property
    def _repo(self) -> Path:
        return self._live / FOLDER

    def _git_status(self) -> str:
        return "Repository status:\n" + _git(self._repo, "status").rstrip("\n")

    def _git_log(self, max_count: int = 10) -> str:
        shape = "Commit: %H%nAuthor: %an%nDate: %aI%nMessage: %s%n"
        return "Commit history:\n" + _git(self._repo, "log", f"--max-count={max_count}", f"--format={shape}")

    def _git_create_branch(self, branch_name: str, base_branch: str | None = None) -> str:
        self._changed = True
        base = base_branch or _git(self._repo, "rev-parse", "--abbrev-ref", "HEAD").strip()
        _git(self._repo, "branch", branch_name, base)
        return f"Created branch '{branch_name}' from '{base}'"

    def _git_checkout(self, branch_name: str) -> str:
        self._changed = True
        _git(self._repo, "checkout", branch_name)
        return f"Switched to branch '{branch_name}'"

    def _git_add(self, files: list[str]) -> str:
        self._changed = True
        before = _git(self._repo, "ls-files", "--stage", "--", *files)
        _git(self._repo, "add", "--", *files)
        if _git(self._repo, "ls-files", "--stage", "--", *files) == before:
            return "No changes were staged: the given paths had nothing new to stage."
        return "Files staged successfully"

    def _git_commit(self, message: str) -> str:
        self._changed = True
        if not _git(self._repo, "diff", "--cached", "--name-only").strip():
            raise OSError("No changes staged for commit. Use git_add to stage changes first.")
        _git(self._repo, "commit", "-q", "-m", message)
        return "Changes committed successfully"

    def rows(self) -> Rows:
        return _rows(self._repo)

    def reset(self) -> None:
        if self._changed or not self._live.exists():
            shutil.rmtree(self._live, ignore_errors=True)
            shutil.copytree(self._seeded, self._live, symlinks=True)
        self._changed = False

    def close(self) -> None:
        shutil.rmtree(self._folder, ignore_errors=True)


TYPES = (
    SemanticType("branch", table="branches"),
    SemanticType("changed_file", table="files"),
    SemanticType("new_branch"),
    SemanticType("message"),
    SemanticType("count", json="integer", choices=(1, 2, 3)),
)
BRANCH = Parameter("branch", "branch")


def _form(
    tool: str, name: str, description: str, more: dict[str, Any], *parameters: Parameter, **rest: Any
) -> Any:
    return form("git", tool, name, description, {"repo_path": REPO, **more}, parameters, **rest)


TOOLS = (
    _form(
        "git_status", "status", "Show the working tree's status.", {}, outputs=outputs("repository", "branch")
    ),
    _form(
        "git_log",
        "last_commit",
        "Show the last commit.",
        {"max_count": 1},
        outputs=(
            Output("commits.0.author", "commit.author", "commit"),
            Output("commits.0.message", "commit.message", "commit"),
        ),
    ),
    _form(
        "git_create_branch",
        "create_branch",
        "Create a branch from the current one.",
        {"branch_name": {"$arg": "new_branch"}},
        Parameter("new_branch", "new_branch"),
        effect="write",
    ),
    _form(
        "git_create_branch",
        "branch_from",
        "Create a branch from another.",
        {"branch_name": {"$arg": "new_branch"}, "base_branch": {"$arg": "branch"}},
        Parameter("new_branch", "new_branch"),
        BRANCH,
        effect="write",
    ),
    _form(
        "git_checkout",
        "switch",
        "Switch to a branch.",
        {"branch_name": {"$arg": "branch"}},
        BRANCH,
        effect="write",
    ),
    _form(
        "git_add",
        "stage",
        "Stage a changed file.",
        {"files": [{"$arg": "file"}]},
        Parameter("file", "changed_file"),
        effect="write",
    ),
    _form(
        "git_commit",
        "commit",
        "Commit what is staged.",
        {"message": {"$arg": "message"}},
        Parameter("message", "message"),
        effect="write",
        needs="git__stage",
    ),
)

FRESH = {"new_branch": _branch, "message": _message}

GIT = ServerWorld("git", Repositories(), TYPES, TOOLS, FRESH)
