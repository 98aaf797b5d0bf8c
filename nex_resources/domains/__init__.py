"""Domain files (`configs/domains/*.yaml`): what kinds of task there are, and the words to ask for them.

Two stages read them: the problem type tree takes `tree`, the queries take `text`, `phrasings` and
`personas`. `schema.py` types a file, `load.py` reads a folder of them and checks what one file says of
another.
"""

from nex_resources.domains.load import Domains, load_domains
from nex_resources.domains.schema import (
    Axis,
    Domain,
    LeafRule,
    Names,
    NodeRule,
    Noun,
    Option,
    PersonaRule,
    Phrasing,
    TextRules,
    ToolWords,
    Wording,
    Words,
)

__all__ = [
    "Axis",
    "Domain",
    "Domains",
    "LeafRule",
    "Names",
    "NodeRule",
    "Noun",
    "Option",
    "PersonaRule",
    "Phrasing",
    "TextRules",
    "ToolWords",
    "Wording",
    "Words",
    "load_domains",
]
