"""Tool-call formats: one codec a file, and the chat frame around their turns.

A codec writes an assistant turn as the text that a format's models emit and engines parse, and reads it
back. What a syntax cannot carry is reported with its reason (`can_carry`) and never written corrupted.
`FORMATS` maps names to codecs (`NEXGAP` to those of the released data's dialect), `SEVEN` names those that
every dataset is rendered in; `frames` puts the turns of a conversation together, `foreign` reads
trajectories that others have recorded.
"""

from nex_resources.formats.anthropic import Anthropic
from nex_resources.formats.base import Codec, DecodeError, Written
from nex_resources.formats.deepseek import DeepSeek
from nex_resources.formats.deepseek_v3 import DeepSeekV3
from nex_resources.formats.deepseek_v32 import DeepSeekV32
from nex_resources.formats.frames import ChatFrame, Rendered
from nex_resources.formats.glm import Glm
from nex_resources.formats.harmony import Harmony
from nex_resources.formats.hermes import Hermes
from nex_resources.formats.kimi_k2 import KimiK2
from nex_resources.formats.llama3_json import Llama3Json
from nex_resources.formats.minimax import MiniMax
from nex_resources.formats.mistral import Mistral, MistralV11
from nex_resources.formats.nexau_xml import NexauXml
from nex_resources.formats.nexgap import NEXGAP
from nex_resources.formats.openai import OpenAI
from nex_resources.formats.openrouter import OpenRouter
from nex_resources.formats.pythonic import Pythonic
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
    DeepSeekV3(),
    DeepSeekV32(),
    KimiK2(),
    Llama3Json(),
    Pythonic(),
    Mistral(),
    MistralV11(),
    Anthropic(),
    Harmony(),
)
FORMATS: dict[str, Codec] = {codec.name: codec for codec in _CODECS}

__all__ = ["FORMATS", "NEXGAP", "SEVEN", "ChatFrame", "Codec", "DecodeError", "Rendered", "Written"]
