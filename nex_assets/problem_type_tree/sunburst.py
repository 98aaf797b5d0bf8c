"""Draw a tree: one self-contained HTML file with a zoomable sunburst, counts per leaf, both languages."""

from __future__ import annotations

import json
from collections.abc import Mapping
from importlib.resources import files
from typing import Any

from nex_assets.problem_type_tree.tree import Tree
from nex_resources.records import ProblemType

MARK = "/*DATA*/"


def sunburst_html(tree: Tree, counts: Mapping[str, int] | None = None, title: str = "Problem types") -> str:
    """Return the page. `counts` maps leaf ids to how often each was drawn; a leaf's arc is as wide as
    its count, or all are equally wide where nothing was drawn yet."""
    drawn = dict(counts or {})
    children = [_data(tree, root, drawn) for root in tree.roots]
    data = {"en": title, "zh": "问题类型", "path": "", "count": 0, "children": children}
    text = json.dumps(data, ensure_ascii=False).replace("</", "<\\/")
    page = files(__package__).joinpath("sunburst.html").read_text(encoding="utf-8")
    return page.replace(MARK, text).replace("<!--TITLE-->", title.replace("<", "&lt;"))


def _data(tree: Tree, node: ProblemType, counts: Mapping[str, int]) -> dict[str, Any]:
    children = [_data(tree, child, counts) for child in tree.children(node.id)]
    own = {"en": node.en, "zh": node.zh, "path": node.path}
    return {**own, "children": children} if children else {**own, "count": counts.get(node.id, 0)}
