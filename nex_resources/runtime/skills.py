"""Skills: the prompt names them, `load_skill` brings the text."""

from __future__ import annotations

from collections.abc import Sequence

from nex_resources.config import ConfigError, read_yaml
from nex_resources.records.agent import Skill


def parse_skill(text: str, path: str) -> Skill:
    """Read a SKILL.md: YAML front matter with `name` and `description`, then the text."""
    head, found, body = text.removeprefix("---\n").partition("\n---")
    front = read_yaml(head, path) if text.startswith("---\n") and found else None
    if not isinstance(front, dict) or not front.get("name") or not front.get("description"):
        raise ConfigError(path, "", "a SKILL.md begins with front matter that has `name` and `description`")
    return Skill(str(front["name"]), str(front["description"]), body.lstrip("-\n").strip())


def with_files(skill: Skill, folder: str, files: Sequence[str]) -> Skill:
    """Return `skill` with its text saying where the `files` are that lie beside it, if there are any."""
    if not files:
        return skill
    listed = "\n".join(f"- {name}" for name in files)
    return Skill(
        skill.name, skill.description, f"{skill.text}\n\nFiles of this skill, in {folder}:\n{listed}"
    )


def skills_notice(skills: Sequence[Skill]) -> str:
    """Return what the system prompt says of the skills that may be loaded."""
    lines = [f"- {skill.name}: {skill.description}" for skill in skills]
    return "\n".join(["Skills (call `load_skill` with the name before you start such work):", *lines])
