"""Tool-call formats: one codec a file, and the chat frame around their turns.

A codec writes an assistant turn as the text that a format's models emit and engines parse, and reads it
back. What a syntax cannot carry is reported with its reason (`can_carry`) and never written corrupted.
`FORMATS` maps names to codecs, `SEVEN` names those every dataset is rendered in; `frames` puts the turns
of a conversation together.
"""

from nex_resources.formats.base import Codec, DecodeError
from nex_resources.formats.deepseek import DeepSeek
from nex_resources.formats.frames import ChatFrame, Rendered
from nex_resources.formats.glm import Glm
from nex_resources.formats.hermes import Hermes
from nex_resources.formats.minimax import MiniMax
from nex_resources.formats.nexau_xml import NexauXml
from nex_resources.formats.openai import OpenAI
from nex_resources.formats.openrouter import OpenRouter
from nex_resources.formats.qwen_xml import QwenXml

SEVEN = ("openai", "nexau_xml", "qwen_xml", "minimax", "glm", "deepseek", "openrouter")

_CODECS: tuple[Codec, ...] = (
    OpenAI(),
    NexauXml(),
    QwenXml(),
    MiniMax(),
    Glm(),
    DeepSeek(),
    OpenRouter(),
    Hermes(),
)
FORMATS: dict[str, Codec] = {codec.name: codec for codec in _CODECS}

__all__ = ["FORMATS", "SEVEN", "ChatFrame", "Codec", "DecodeError", "Rendered"]
