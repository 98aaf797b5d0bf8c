"""Small text tools that several detectors need: prose without its code, sentences, scripts, quotes."""

from __future__ import annotations

import re

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
