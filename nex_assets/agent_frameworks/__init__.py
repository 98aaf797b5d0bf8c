"""NexA4A: agent hierarchies from natural language, as declarative YAML that the runtime loads.

`descriptions.py` reads the descriptions, `interpret.py` and `roles.py` understand them by the words of
`lexicon.yaml` and the tools of the catalogue (`toolbox.py`), `patterns.py` and `dealing.py` shape the
hierarchy, `builder.py` and `prompts.py` write it, `validate.py` loads and checks it. `generate.py` does
all that in order, `combine.py` makes descriptions by the hundred, `diversity.py` measures what came
out, and `author.py` lets a model write the files instead.
"""

from nex_assets.agent_frameworks.author import Authored, AuthorError, author
from nex_assets.agent_frameworks.collect import all_frameworks, unavailable
from nex_assets.agent_frameworks.combine import describe_many, generate_many
from nex_assets.agent_frameworks.descriptions import Description, load_descriptions, load_handwritten
from nex_assets.agent_frameworks.diversity import Diversity, diversity, to_markdown
from nex_assets.agent_frameworks.framework import Framework
from nex_assets.agent_frameworks.generate import from_files, generate
from nex_assets.agent_frameworks.interpret import NoToolsError, interpret
from nex_assets.agent_frameworks.lexicon import Lexicon
from nex_assets.agent_frameworks.toolbox import Toolbox
from nex_assets.agent_frameworks.validate import InvalidFramework, load_checked

__all__ = [
    "AuthorError",
    "Authored",
    "Description",
    "Diversity",
    "Framework",
    "InvalidFramework",
    "Lexicon",
    "NoToolsError",
    "Toolbox",
    "all_frameworks",
    "author",
    "describe_many",
    "diversity",
    "from_files",
    "generate",
    "generate_many",
    "interpret",
    "load_checked",
    "load_descriptions",
    "load_handwritten",
    "to_markdown",
    "unavailable",
]
