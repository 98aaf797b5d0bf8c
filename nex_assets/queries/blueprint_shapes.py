"""Shapes: the abstract forms of blueprints, enumerated from a world's typed tools.

A shape is a goal call with the calls that its arguments are chained back to along typed edges: a
parameter of type `order_id` may be given by the text (a slot) or taken from a read whose outputs hold an
`order_id`, and so on back. Names are stable: the tools in the order of the calls.
"""

from __future__ import annotations

import functools
import itertools
from collections.abc import Iterator

import msgspec

from nex_resources import worlds
from nex_resources.worlds import Output, Parameter, World, WorldTool

MAX_STEPS = 4
MAX_DEPTH = 3


class Source(msgspec.Struct, frozen=True):
    """Where an argument comes from: a slot of type `type`, or `output` of the shape's step `step`."""

    parameter: str
    type: str
    step: int = -1
    output: str = ""

    @property
    def is_slot(self) -> bool:
        return self.step < 0


class ShapeStep(msgspec.Struct, frozen=True):
    """One call of a shape; `form` is the key of its world tool."""

    tool: str
    sources: tuple[Source, ...]
    form: str


class Shape(msgspec.Struct, frozen=True):
    """A goal and what leads to it; the goal is the last step."""

    name: str
    world: str
    steps: tuple[ShapeStep, ...]
    effect: str

    @property
    def goal(self) -> ShapeStep:
        return self.steps[-1]


class _Node(msgspec.Struct, frozen=True):
    """A call in the tree that an enumeration builds; `children` by parameter, None for a slot."""

    tool: WorldTool
    children: tuple[tuple[Parameter, Output | None, _Node | None], ...]

    def size(self) -> int:
        return 1 + sum(child.size() for _, _, child in self.children if child)


@functools.cache
def shapes(world_name: str) -> dict[str, Shape]:
    """Return all single-goal shapes of a world by name, simplest first."""
    world = worlds.get(world_name)
    found: dict[str, Shape] = {}
    for tool in world.tools:
        if tool.effect == "read" and not any(o.ask for o in tool.outputs):
            continue
        for node in _trees(world, tool, MAX_DEPTH, frozenset({tool.key})):
            if node.size() <= MAX_STEPS and not _returns(node) and _worth(world, node):
                shape = _shape(world_name, node, found)
                if shape is not None:
                    found[shape.name] = shape
    return dict(sorted(found.items(), key=lambda item: len(item[1].steps)))


def shape_names(world_name: str) -> tuple[str, ...]:
    """Return the names of a world's single-goal shapes."""
    return tuple(shapes(world_name))


def _trees(world: World, tool: WorldTool, depth: int, used: frozenset[str]) -> Iterator[_Node]:
    options = [list(_options(world, tool, p, depth, used)) for p in tool.parameters if p.required]
    for combination in itertools.product(*options):
        yield _Node(tool, tuple(combination))


def _options(
    world: World, tool: WorldTool, parameter: Parameter, depth: int, used: frozenset[str]
) -> Iterator[tuple[Parameter, Output | None, _Node | None]]:
    kind = world.types[parameter.type]
    if not kind.seen:
        yield parameter, None, None
    if depth <= 1 or kind.field or not (kind.existing or kind.seen):
        return
    for producer in world.tools:
        if producer.effect == "write" or producer.key in used:
            continue
        if any(p.type == parameter.type for p in producer.parameters):
            continue  # to learn an order's id from a tool that takes it
        for output in producer.outputs:
            if output.type == parameter.type:
                for child in _trees(world, producer, depth - 1, used | {producer.key}):
                    yield parameter, output, child


def _inputs(node: _Node) -> set[str]:
    """Return the types of all parameters in a subtree."""
    here = {p.type for p, _, _ in node.children}
    return here.union(*(_inputs(child) for _, _, child in node.children if child))


def _returns(node: _Node) -> bool:
    """Whether a chain comes back to a type it started from: the customer of the order of a customer."""
    return any(
        output is not None and child is not None and (output.type in _inputs(child) or _returns(child))
        for _, output, child in node.children
    )


def _nodes(node: _Node) -> Iterator[_Node]:
    for _, _, child in node.children:
        if child:
            yield from _nodes(child)
    yield node


def _worth(world: World, root: _Node) -> bool:
    """Whether the goal writes, or has something to ask that neither its chain nor the text tells already."""
    if root.tool.effect == "write":
        return not _to_itself(world, root)
    chain = [node for node in _nodes(root) if node is not root]
    told = {(o.table, _field(o)) for node in chain for o in node.tool.outputs}
    slots = [world.types[p.type] for node in _nodes(root) for p, _, child in node.children if not child]
    told |= {(kind.table.removesuffix("s"), kind.field) for kind in slots if kind.field}
    return any(o.ask and (o.table, _field(o)) not in told for o in root.tool.outputs)


def _to_itself(world: World, root: _Node) -> bool:
    """Whether a write would set a row's field to what it is: a booking's flight to the booking's flight."""
    given = [(p.type, child) for p, _, child in root.children]
    return any(
        (p.type, grandchild) in given and world.types[p.type].table.removesuffix("s") == output.table
        for _, output, child in root.children
        if child is not None and output is not None
        for p, _, grandchild in child.children
    )


def _field(output: Output) -> str:
    return output.path.rpartition(".")[2]


def _shape(world_name: str, root: _Node, taken: dict[str, Shape]) -> Shape | None:
    """Lay a tree out as steps; equal calls become one. None where an equal shape is there already."""
    steps: list[ShapeStep] = []

    def add(node: _Node) -> int:
        sources = []
        for parameter, output, child in node.children:
            if child is None or output is None:
                sources.append(Source(parameter.name, parameter.type))
            else:
                sources.append(Source(parameter.name, parameter.type, add(child), output.path))
        step = ShapeStep(node.tool.spec.name, tuple(sources), node.tool.key)
        if step in steps:
            return steps.index(step)
        steps.append(step)
        return len(steps) - 1

    if root.tool.needs:
        before = worlds.form(root.tool.needs)
        add(_Node(before, tuple((p, None, None) for p in before.parameters)))
    add(root)
    if any(tuple(steps) == shape.steps for shape in taken.values()):
        return None
    name = f"{world_name}/" + ">".join(s.form.partition("__")[2] for s in steps)
    if name in taken:
        chained = ",".join(s.parameter for s in steps[-1].sources if not s.is_slot)
        name = f"{name}({chained})"
    base, number = name, 2
    while name in taken:
        name, number = f"{base}~{number}", number + 1
    return Shape(name, world_name, tuple(steps), root.tool.effect)
