"""Profiles: one YAML file fixes providers, sizes, limits and paths of a whole run.

Chosen by `NEX_PROFILE` (a name in `configs/profiles`, or a path), default `embedded`. State lives
under `NEX_HOME`, default `./.nex`; models and server environments, which clones share, under
`NEX_CACHE`, default `~/.cache/nex`.
"""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path
from typing import Literal

import pydantic

from nex_resources.config import ConfigError, load_yaml, nearest
from nex_resources.formats import FORMATS
from nex_resources.formats.foreign import READERS
from nex_resources.records import Split

ROOT = Path(__file__).resolve().parent.parent
CONFIGS = ROOT / "configs"


class Section(pydantic.BaseModel):
    """A part of a profile; unknown keys are refused."""

    model_config = pydantic.ConfigDict(extra="forbid", frozen=True)


class BatchLimits(Section):
    """What the rollouts of one batch may ask of the model's server, and spend, together. None: no limit."""

    requests_per_minute: float | None = pydantic.Field(default=None, gt=0)
    tokens_per_minute: float | None = pydantic.Field(default=None, gt=0)
    concurrency: int | None = pydantic.Field(default=None, ge=1)
    max_tokens: int | None = pydantic.Field(default=None, ge=1)
    max_cost_usd: float | None = pydantic.Field(default=None, gt=0)
    max_seconds: float | None = pydantic.Field(default=None, gt=0)


class Teacher(Section):
    """Who carries out the training queries. `mistakes` is the share of rollouts in which the expert
    errs once, in a labelled way, and recovers; it applies to the expert only. `batch` holds for a remote
    model and all rollouts of one batch together."""

    provider: Literal["expert", "openai", "openai_responses", "anthropic"] = "expert"
    model: str = ""
    base_url: str = ""
    api_key_env: str = ""
    mistakes: float = pydantic.Field(default=0.0, ge=0, le=1)
    temperature: float = 0.7
    max_tokens: int = 2048
    batch: BatchLimits = BatchLimits()


class Mcp(Section):
    """Which servers are probed (those with the tag `core`, all, or the named ones), how many processes the
    pool may hold, how many tools there must be, and whether a changed schema stops what follows.

    `mode` says whether rollouts run on live servers, are also recorded to `cassettes` (default
    `NEX_HOME/cassettes`), or are replayed from there with no server."""

    servers: Literal["core", "all"] | list[str] = "core"
    max_sessions: int = pydantic.Field(default=12, ge=1)
    min_tools: int = 25
    drift_blocks: bool = False
    mode: Literal["live", "record", "replay"] = "live"
    cassettes: Path | None = None


class Domain(Section):
    """How many batches (partitions) of queries a domain gets, and what a batch holds: queries by split,
    weights of languages, efforts (ranges of calls), personas and frameworks (by name; empty: all alike),
    how many unneeded tools are offered, and the share of queries whose identifiers give way to
    descriptions.

    With `encoder` (a sentence encoder's folder or name), queries that mean nearly the same count as one. With
    a keyed teacher, `paraphrased` is the share of training queries that it rewords, for at most
    `paraphrase_usd` a batch. `nexgap` is a NexGAP framework folder (absolute, or under `configs/`) that takes
    the place of a domain file: its leaves are grounded on the tools of `worlds`, its personas speak."""

    batches: int = pydantic.Field(default=1, ge=1, le=1000)
    queries: dict[Split, int]
    languages: dict[Literal["en", "zh"], float] = {"en": 0.7, "zh": 0.3}
    efforts: dict[str, float] = {"1": 0.3, "2-3": 0.5, "4-8": 0.2}
    distractors: int = pydantic.Field(default=3, ge=0)
    personas: dict[str, float] = {}
    frameworks: dict[str, float] = {}
    fuzzed: float = pydantic.Field(default=0.0, ge=0, le=1)
    encoder: str = ""
    paraphrased: float = pydantic.Field(default=0.0, ge=0, le=1)
    paraphrase_usd: float = pydantic.Field(default=1.0, ge=0)
    nexgap: str = ""
    worlds: list[str] = []


class Frameworks(Section):
    """How many frameworks to compose beyond the described and the hand-written ones."""

    generated: int = pydantic.Field(default=0, ge=0)


class Import(Section):
    """A file of trajectories that others recorded, which becomes a batch of its own: JSONL, JSON or Parquet,
    in a format that `nex_resources.formats.foreign` reads. `path` counts from the working directory."""

    reader: str
    path: Path
    limit: int | None = pydantic.Field(default=None, ge=1)


class Rollouts(Section):
    """Limits of one rollout, how many run side by side, and how many missing batches a night are made by
    the schedule, once it is switched on."""

    concurrency: int = pydantic.Field(default=8, ge=1)
    nightly: int = pydantic.Field(default=4, ge=1)
    max_seconds: float = 120.0
    tool_seconds: float = 30.0
    max_tokens: int | None = None
    max_cost_usd: float | None = None


class Training(Section):
    """The student and how it is trained. `base` is `smollm2`, `tiny` (random, for tests) or a folder;
    `processes` share each batch, one GPU each. Last batches for which `max_seconds` leave no room are left
    out."""

    base: str = "smollm2"
    format: str = "openai"
    recipe: str = "student"
    max_samples: int = 240
    epochs: int = 1
    learning_rate: float = 2e-4
    batch_size: int = 8
    max_length: int = 2048
    device: Literal["auto", "cpu", "cuda"] = "cpu"
    dtype: Literal["auto", "float32", "bfloat16"] = "auto"
    processes: int = pydantic.Field(default=1, ge=1)
    max_seconds: float | None = pydantic.Field(default=None, gt=0)


class Evaluation(Section):
    """How many held-out queries of each split are asked, of which models, and how they generate."""

    queries: dict[Split, int]
    few_shot: int = 2
    max_new_tokens: int = 96
    concurrency: int = 16
    max_iterations: int = 6
    max_seconds: float = 600.0


class Profile(Section):
    """A whole run. `seed` is the one number from which all randomness derives."""

    name: str
    seed: int = 0
    teacher: Teacher = Teacher()
    mcp: Mcp = Mcp()
    domains: dict[str, Domain]
    imports: dict[str, Import] = {}
    frameworks: Frameworks = Frameworks()
    rollouts: Rollouts = Rollouts()
    formats: list[str]
    training: Training = Training()
    evaluation: Evaluation

    def batches(self) -> list[str]:
        """Return the partition keys of queries and traces: `domain-000`, `domain-001`, …, then imports'."""
        made = [f"{name}-{i:03d}" for name, domain in self.domains.items() for i in range(domain.batches)]
        return [*made, *(f"{name}-000" for name in self.imports)]

    def import_of(self, key: str) -> Import | None:
        """Return the file that batch `key` imports, or None where it is made by rollouts."""
        return self.imports.get(split_batch(key)[0])


def split_batch(key: str) -> tuple[str, int]:
    """Return (domain or import, number) of a partition key."""
    domain, _, number = key.rpartition("-")
    return domain, int(number)


def profile_path(name: str | None = None) -> Path:
    """Return the file of the profile `name`, by default `NEX_PROFILE` or `embedded`."""
    chosen = name or os.environ.get("NEX_PROFILE") or "embedded"
    path = Path(chosen)
    if path.suffix in (".yaml", ".yml"):
        return path
    known = sorted(p.stem for p in (CONFIGS / "profiles").glob("*.yaml"))
    if chosen not in known:
        raise ConfigError("NEX_PROFILE", "", f"no profile {chosen!r}", known, nearest(chosen, known))
    return CONFIGS / "profiles" / f"{chosen}.yaml"


def load_profile(name: str | None = None) -> Profile:
    """Load the profile `name` and check the names in it that cost nothing to look up; `preflight` checks
    the others. Raises ConfigError."""
    path = profile_path(name)
    profile = load_yaml(path, Profile)
    for domain, wanted in profile.domains.items():
        if wanted.nexgap:
            _check_nexgap(path, domain, wanted, _stems("domains"))
        else:
            _known(path, f"domains.{domain}", domain, _stems("domains"))
    for index, format_name in enumerate(profile.formats):
        _known(path, f"formats.{index}", format_name, FORMATS)
    _known(path, "training.format", profile.training.format, profile.formats)
    _known(path, "training.recipe", profile.training.recipe, _stems("datasets"))
    for name, source in profile.imports.items():
        if name in profile.domains:
            raise ConfigError(path, f"imports.{name}", "is a domain's name too; choose another")
        _known(path, f"imports.{name}.reader", source.reader, READERS)
    return profile


def nexgap_folder(domain: Domain) -> Path | None:
    """Return the NexGAP folder that a domain comes from, if it comes from one."""
    return CONFIGS / domain.nexgap if domain.nexgap else None


def _check_nexgap(path: Path, name: str, domain: Domain, files: list[str]) -> None:
    where = f"domains.{name}"
    if name in files:
        raise ConfigError(path, where, f"configs/domains/{name}.yaml has this name; choose another")
    folder = nexgap_folder(domain)
    if folder is None or not (folder / "problem_types.json").is_file():
        raise ConfigError(path, f"{where}.nexgap", f"{folder} holds no problem_types.json")
    if not domain.worlds:
        raise ConfigError(path, f"{where}.worlds", "name the worlds whose tools its leaves are about")


def _stems(folder: str) -> list[str]:
    return sorted(path.stem for path in (CONFIGS / folder).glob("*.yaml"))


def _known(path: Path, key_path: str, name: str, known: Iterable[str]) -> None:
    """Refuse a `name` that is not among `known`."""
    names = list(known)
    if name not in names:
        raise ConfigError(path, key_path, f"there is no {name!r} here", names, nearest(name, names))


def home() -> Path:
    """Return the folder of this run's state: `NEX_HOME`, default `.nex` in the working directory."""
    return Path(os.environ.get("NEX_HOME") or ".nex").resolve()


def cache() -> Path:
    """Return the folder that clones share: `NEX_CACHE`, default `~/.cache/nex`."""
    return Path(os.environ.get("NEX_CACHE") or Path.home() / ".cache" / "nex")
