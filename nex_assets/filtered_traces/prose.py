"""Small text tools that several detectors need: prose without its code, sentences, scripts, quotes."""

from __future__ import annotations

import re
from collections.abc import Callable

_FENCE = re.compile(r"```.*?(?:```|\Z)", re.DOTALL)
_INLINE = re.compile(r"`[^`\n]*`")
_SENTENCE = re.compile(r"(?<=[.!?])\s+|(?<=[。！？；])|\n+")
CJK = re.compile(r"[\u3400-\u9fff]")


def without_code(text: str, inline: bool = True) -> str:
    """Blank out fenced code (and inline code), keeping every other character's position."""
    if "`" not in text:
        return text
    blanked = _FENCE.sub(lambda m: " " * len(m.group()), text)
    return _INLINE.sub(lambda m: " " * len(m.group()), blanked) if inline else blanked


def in_code(text: str, at: int) -> bool:
    """Tell whether the character at `at` stands in fenced or inline code."""
    if text.count("```", 0, at) % 2:
        return True
    line = text[text.rfind("\n", 0, at) + 1 : at]
    return line.count("`") % 2 == 1


_PROSE_FENCES = ("", "text", "txt", "md", "markdown", "email", "plaintext", "plain")


def in_program(text: str, at: int) -> bool:
    """As `in_code`, for inline code and for fences that name a programming language."""
    if text.count("```", 0, at) % 2 == 0:
        return in_code(text, at)
    fence = text.rfind("```", 0, at) + 3
    return text[fence : text.find("\n", fence)].strip().lower() not in _PROSE_FENCES


def sentences(text: str) -> list[str]:
    """Split prose into trimmed sentences and lines."""
    return [part for raw in _SENTENCE.split(text) if (part := raw.strip())]


def is_chinese(text: str) -> bool:
    """Tell whether Chinese characters make up a fifth of the letters or more."""
    if text.isascii():
        return False
    chinese = len(CJK.findall(text))
    letters = sum(map(str.isalpha, text))
    return chinese >= 2 and chinese * 5 >= letters


def quote(text: str, start: int, end: int, width: int = 80) -> str:
    """Quote `text[start:end]`, cut in the middle to `width` characters."""
    piece = text[start:end].replace("\n", " ")
    return piece if len(piece) <= width else f"{piece[: width // 2]}…{piece[-width // 2 :]}"


def has_word(text: str, word: str) -> bool:
    """Tell whether `word` stands in `text` with no letter on either side; both in one case."""
    return _has(text, word, str.isalpha)


def has_number(text: str, digits: str) -> bool:
    """Tell whether `digits` stand in `text` with no digit on either side."""
    return _has(text, digits, str.isdigit)


def _has(text: str, needle: str, joined: Callable[[str], bool]) -> bool:
    at = text.find(needle)
    while at >= 0:
        before, after = text[at - 1 : at] if at else "", text[at + len(needle) : at + len(needle) + 1]
        if not joined(before or " ") and not joined(after or " "):
            return True
        at = text.find(needle, at + 1)
    return False
