"""The typed form of a domain file. Unknown keys are refused; docs/queries.md explains by example."""

from __future__ import annotations

from typing import Annotated, Literal

import pydantic
from pydantic import Field, StringConstraints

from nex_resources.records import BlueprintKind, Language

Key = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]*$")]
"""A node's key: lower case, digits, underscores. Keys make paths, and paths make ids."""

Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]


Register = Literal["neutral", "casual", "formal", "terse"]
Frames = Annotated[list[Text], Field(min_length=1)]


class _Model(pydantic.BaseModel):
    model_config = pydantic.ConfigDict(extra="forbid", frozen=True)


class Names(_Model):
    """A name in both languages."""

    en: Text
    zh: Text


class LeafRule(_Model):
    """What a blueprint of a leaf must be like; what is unset comes from the node above.

    `calls` is the inclusive range of the number of calls; `shapes` are glob patterns of shape names;
    `phrasings` are names of phrasing families. `joint` asks for several goals: `beside` each other, or a
    value `handed` from one server to another.
    """

    worlds: list[str] | None = None
    kind: BlueprintKind | None = None
    targets: list[str] | None = None
    shapes: list[str] | None = None
    calls: tuple[Annotated[int, Field(ge=0)], Annotated[int, Field(ge=0)]] | None = None
    phrasings: list[str] | None = None
    joint: Literal["beside", "handed"] | None = None


class Option(_Model):
    """One value of an axis: the key and names of the node that it adds, and what it asks of a leaf."""

    key: Key
    names: Names
    leaf: LeafRule = LeafRule()


class Axis(_Model):
    """A dimension by which a node is divided further, each combination of options being one leaf."""

    name: Key
    options: Annotated[list[Option], Field(min_length=1)]


class NodeRule(_Model):
    """A node: either it has `children`, or it is a leaf. `expand` names axes that divide each leaf below
    it; `leaf` is handed down to all nodes below, which may override it key by key."""

    key: Key
    names: Names
    description: str = ""
    leaf: LeafRule = LeafRule()
    children: list[NodeRule] = []
    expand: list[str] = []


class Wording(_Model):
    """Ways of saying one thing: `main` for trained phrasings, `alternate` for held-out ones."""

    main: Annotated[list[Text], Field(min_length=1)]
    alternate: list[Text] = []


class Words(_Model):
    """One thing said in both languages."""

    en: Wording
    zh: Wording


class Noun(_Model):
    """How a value of a semantic type is named (`order {value}`) and, mentioned again where no other of
    its type is meant, pointed back to (`that order`). Types without a noun stand as the bare value."""

    value: Words
    again: Names | None = None


class ToolWords(_Model):
    """How a tool's work is asked for. Placeholders in braces stand for the call's arguments.

    `do` are verb phrases; a phrase fits the calls that give exactly its arguments. `tell` frames what is
    asked of its result (`{what} of {order_id}`); `refer` speaks of a value in its result by the call that
    gives it (`customer_id: the customer with the email {email}`; `*` in a path is any row of a list).
    `pick` says what singles out a row, for the placeholder `{pick}`: its keys are `only`, `max:field`,
    `min:field`, or a field, with `{value}`.
    """

    do: Words | None = None
    tell: Words | None = None
    refer: dict[str, Words] = {}
    pick: dict[str, Words] = {}
    facts: dict[str, Words] = {}


class TextRules(_Model):
    """Words for worlds. Keys of `tools` are qualified tool names, of `facts` fact names (`order.status`;
    a tool's own `facts` come first), of `nouns` semantic types. `fusions` join two facts: `{a}` and `{b}`.

    `values` says what the values of closed sets are called: its keys are `world.field` or `world.type`.
    In a phrase `[bags: bag|bags]` agrees with the argument `bags`.
    """

    nouns: dict[str, Noun] = {}
    tools: dict[str, ToolWords] = {}
    facts: dict[str, Words] = {}
    fusions: dict[str, Words] = {}
    values: dict[str, dict[str, Names]] = {}


class Phrasing(_Model):
    """A family of sentence frames. `do` frames hold `{steps}`, `ask` frames `{facts}`, `both` frames both
    (steps first); `tell` are verb phrases around `{facts}`, for what is asked between two steps.

    `follow` frames say `{steps}` of a later turn; `fix` frames ask for `{goal}` and, should it be refused,
    for `{remedy}` and another try; `unless` are whole sentences that ask for the reason of a refusal.

    `wording` picks the words inside the frames. Families marked `held_out` are never used in training.
    """

    name: Key
    language: Language
    wording: Literal["main", "alternate"] = "main"
    register_: Annotated[Register, Field(alias="register")] = "neutral"
    do: Frames
    ask: Frames
    both: Frames
    tell: Frames
    follow: list[Text] = []
    fix: list[Text] = []
    unless: list[Text] = []
    join: Annotated[list[str], Field(min_length=1)]
    held_out: bool = False


class PersonaRule(_Model):
    """A speaker. `openers` and `closers` are whole sentences; an empty string means none."""

    name: Key
    names: Names
    registers: Annotated[list[Register], Field(min_length=1)]
    openers: dict[Language, list[str]] = {}
    closers: dict[Language, list[str]] = {}


class Domain(_Model):
    """One file. A file may hold any of the sections; `worlds` are those its leaves run on by default."""

    domain: Key
    names: Names
    description: str = ""
    worlds: list[str] = []
    axes: list[Axis] = []
    tree: list[NodeRule] = []
    text: TextRules = TextRules()
    phrasings: list[Phrasing] = []
    personas: list[PersonaRule] = []
