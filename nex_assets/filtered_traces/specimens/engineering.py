"""Engineering specimens: code, tests, git, databases, files, logs, several agents."""

# ruff: noqa: E501 (wordings and scripts are easier to read unbroken)

from __future__ import annotations

import json
from random import Random

from nex_assets.filtered_traces.scripting import do, tool, trajectory, turn
from nex_assets.filtered_traces.specimens.base import CITIES, MODULES, Specimen, date, money, person, specimen

READ = tool("files__read_file", path="string", required=["path"])
LIST = tool("files__list_directory", path="string", required=["path"])
WRITE = tool("files__write_file", "write", path="string", content="string", required=["path", "content"])
EDIT = tool(
    "files__edit_file", "write", path="string", old="string", new="string", required=["path", "old", "new"]
)
SHELL = tool("shell__run", "unknown", command="string", required=["command"])
CODE = (READ, LIST, WRITE, EDIT, SHELL)
SQL = (
    tool("sqlite__list_tables"),
    tool("sqlite__describe_table", table="string", required=["table"]),
    tool("sqlite__read_query", query="string", required=["query"]),
    tool("sqlite__write_query", "write", query="string", required=["query"]),
)


def _source(rng: Random, module: str) -> str:
    rate = rng.randrange(2, 30)
    return (
        f'"""{module.title()} helpers."""\n\nfrom __future__ import annotations\n\nRATE = 0.{rate:02}\n\n\n'
        f"def total(lines: list[tuple[str, float]]) -> float:\n    # TODO: support more currencies\n"
        f"    result = 0.0\n    for _, price in lines:\n        result += price\n    return result * (1 - RATE)\n\n\n"
        f"def is_empty(lines: list[tuple[str, float]]) -> bool:\n    if len(lines) == 0:\n        return True\n    return False\n"
    )


def fix_bug(rng: Random) -> Specimen:
    module, tests = rng.choice(MODULES), rng.randrange(6, 40)
    source = _source(rng, module)
    fixed = "return result * (1 + RATE)"
    failing = f"F....\n=== FAILURES ===\ntest_{module}.py:14: AssertionError: assert {money(rng)} == {money(rng)}\n1 failed, {tests - 1} passed in 0.{rng.randrange(10, 99)}s"
    passing = f"{'.' * min(tests, 20)} [100%]\n{tests} passed in 0.{rng.randrange(10, 99)}s"
    ask = rng.choice(
        (
            f"total() in {module}.py subtracts the rate instead of adding it. Fix that and run the tests.",
            f"There's a bug in {module}.py: the rate has the wrong sign. Can you repair it?",
        )
    )
    answer = rng.choice((
        f"I fixed the sign in `total()` of {module}.py, and all {tests} tests pass now.",
        f"The bug was in {module}.py: the rate was subtracted. After the change the suite reports {tests} passed.",
        f"Fixed. `{module}.py` now multiplies by `1 + RATE`:\n\n```python\n{fixed}\n```\n\nThe test suite passes ({tests} tests).",
    ))  # fmt: skip
    return specimen(
        "fix_bug", ask,
        turn("Let me reproduce the failure.", do("shell__run", {"command": "python -m pytest -q"}, failing)),
        turn("", do("files__read_file", {"path": f"{module}.py"}, source)),
        turn("The sign is wrong.", do("files__edit_file", {"path": f"{module}.py", "old": "return result * (1 - RATE)", "new": fixed}, "1 replacement", write=True)),
        turn("", do("shell__run", {"command": "python -m pytest -q"}, passing)),
        answer, tools=CODE,
    )  # fmt: skip


def write_module(rng: Random) -> Specimen:
    module, name = rng.choice(MODULES), rng.choice(("chunks", "median", "slugify"))
    bodies = {
        "chunks": "def chunks(items, size):\n    if size < 1:\n        raise ValueError('size')\n    for i in range(0, len(items), size):\n        yield items[i:i + size]\n",
        "median": "def median(values):\n    ordered = sorted(values)\n    n = len(ordered)\n    if n == 0:\n        return None\n    if n % 2 == 1:\n        return ordered[n // 2]\n    return (ordered[n // 2 - 1] + ordered[n // 2]) / 2\n",
        "slugify": "import re\n\ndef slugify(text):\n    return re.sub(r'[^a-z0-9]+', '-', text.lower()).strip('-')\n",
    }
    path = f"src/{module}_{name}.py"
    return specimen(
        "write_module", f"Write a function {name} in {path} and try it out.",
        turn("", do("files__write_file", {"path": path, "content": bodies[name]}, f"wrote {len(bodies[name])} bytes", write=True)),
        turn("Now a quick try.", do("shell__run", {"command": f"python -c 'import sys; sys.path.insert(0, \"src\"); import {module}_{name}; print(\"ok\")'"}, "ok")),
        rng.choice((f"I've created {path} with the function `{name}`, and importing it works.", f"`{name}` is now in {path}; a quick import printed `ok`.")),
        tools=CODE,
    )  # fmt: skip


def explain_code(rng: Random) -> Specimen:
    module = rng.choice(MODULES)
    source = _source(rng, module)
    return specimen(
        "explain_code", f"What does {module}.py do?",
        turn("", do("files__list_directory", {"path": "."}, f"{module}.py\nREADME.md\nsetup.cfg")),
        turn("", do("files__read_file", {"path": f"{module}.py"}, source)),
        rng.choice((
            f"{module}.py holds two helpers. `total` adds up the prices of all lines and applies RATE; `is_empty` tells whether there are any lines.",
            "The module defines:\n\n1. `total(lines)`: sums prices, then applies the discount rate.\n2. `is_empty(lines)`: checks for an empty list.\n\nThere is also a TODO about currencies.",
        )), tools=CODE,
    )  # fmt: skip


def logs(rng: Random) -> Specimen:
    count, service = rng.randrange(2, 9), rng.choice(MODULES)
    lines = [
        f"{date(rng)} 10:{i:02}:07 INFO {service} handled request {rng.randrange(10**5)}" for i in range(12)
    ]
    lines += [
        f"{date(rng)} 11:{i:02}:09 ERROR {service} timeout after {rng.randrange(100, 999)} ms"
        for i in range(count)
    ]
    return specimen(
        "logs", f"How many errors are in {service}.log, and what are they?",
        turn("", do("files__read_file", {"path": f"{service}.log"}, "\n".join(lines))),
        f"There are {count} errors in {service}.log, and all of them are timeouts.", tools=CODE,
    )  # fmt: skip


def grep_cpp(rng: Random) -> Specimen:
    name = rng.choice(MODULES)
    code = f"#include <vector>\n#include <map>\nstd::vector<int> {name}_ids(const std::map<std::string, int>& rows) {{\n  std::vector<int> out;\n  for (const auto& [key, id] : rows) out.push_back(id);\n  return out;\n}}\n"
    return specimen(
        "grep_cpp", f"What does {name}_ids return in {name}.cpp?",
        turn("", do("files__read_file", {"path": f"{name}.cpp"}, code)),
        f"`{name}_ids` in {name}.cpp returns a vector<int> with the ids of all rows, in key order:\n\n```cpp\n{code}```",
        tools=CODE,
    )  # fmt: skip


def database(rng: Random) -> Specimen:
    rows = [(rng.choice(CITIES), money(rng, 9000)) for _ in range(rng.randrange(3, 7))]
    top = max(rows, key=lambda row: row[1])
    average = sum(amount for _, amount in rows) / len(rows)
    query = "SELECT city, SUM(amount) AS revenue FROM sales GROUP BY city ORDER BY revenue DESC"
    body = json.dumps([{"city": city, "revenue": amount} for city, amount in rows])
    answer = rng.choice((
        f"{top[0]} has the highest revenue, {top[1]:,.2f}. The average over the {len(rows)} rows is {average:.2f}.",
        "| City | Revenue |\n|---|---|\n" + "\n".join(f"| {city} | {amount:.2f} |" for city, amount in rows),
    ))  # fmt: skip
    return specimen(
        "database", "Which city has the highest revenue, and what is the average?",
        turn("Let me see the tables first.", do("sqlite__list_tables", {}, '["sales", "customers"]')),
        turn("", do("sqlite__describe_table", {"table": "sales"}, '[{"name": "city"}, {"name": "amount"}]')),
        turn("", do("sqlite__read_query", {"query": query}, body)),
        answer, tools=SQL,
    )  # fmt: skip


def database_recovery(rng: Random) -> Specimen:
    name, count = person(rng), rng.randrange(21, 900)
    return specimen(
        "database_recovery", f"How many visits did {name} log?",
        turn("", do("sqlite__read_query", {"query": f"SELECT COUNT(*) FROM visit WHERE who = '{name}'"}, "Database error: no such table: visit", "silent_error")),
        turn("The table has another name; I'll list them.", do("sqlite__list_tables", {}, '["visits"]')),
        turn("", do("sqlite__read_query", {"query": f"SELECT COUNT(*) FROM visits WHERE who = '{name}'"}, f'[{{"COUNT(*)": {count}}}]')),
        f"{name} logged {count} visits.", tools=SQL,
    )  # fmt: skip


def database_write(rng: Random) -> Specimen:
    name, city = person(rng), rng.choice(CITIES)
    return specimen(
        "database_write", f"Move the customer {name} to {city} in the database.",
        turn("", do("sqlite__read_query", {"query": f"SELECT id, city FROM customers WHERE name = '{name}'"}, '[{"id": 41, "city": "Bern"}]')),
        turn("", do("sqlite__write_query", {"query": f"UPDATE customers SET city = '{city}' WHERE id = 41"}, '[{"affected_rows": 1}]', write=True)),
        rng.choice((f"I updated {name}'s city from Bern to {city}.", f"{name} (id 41) now lives in {city}; one row was changed.")), tools=SQL,
    )  # fmt: skip


def commit(rng: Random) -> Specimen:
    module, sha = rng.choice(MODULES), f"{rng.getrandbits(28):07x}"
    tools = (
        tool("git__git_status", repo_path="string"),
        tool("git__git_add", "write", repo_path="string", files="array"),
        tool("git__git_commit", "write", repo_path="string", message="string", required=["message"]),
    )
    return specimen(
        "commit", f"Commit the changes in {module}.py with a fitting message.",
        turn("", do("git__git_status", {"repo_path": "repo"}, f"On branch main\nmodified: {module}.py")),
        turn("", do("git__git_add", {"repo_path": "repo", "files": [f"{module}.py"]}, "staged", write=True)),
        turn("", do("git__git_commit", {"repo_path": "repo", "message": f"Tidy up {module}"}, f"[main {sha}] Tidy up {module}", write=True)),
        rng.choice((f"I committed {module}.py as {sha} with the message \"Tidy up {module}\".", f"The change to {module}.py is committed ({sha}).")), tools=tools,
    )  # fmt: skip


def files_chinese(rng: Random) -> Specimen:
    module, count = rng.choice(MODULES), rng.randrange(21, 400)
    return specimen(
        "files_chinese", f"请统计 {module}.csv 一共有多少条记录，并说明字段含义。",
        turn("我先读取文件。", do("files__read_file", {"path": f"{module}.csv"}, f"编号,名称,数量\n1,螺丝,{count}\n2,螺母,{count + 7}")),
        rng.choice((f"{module}.csv 共有2条记录，字段依次为编号、名称和数量。螺丝的数量是{count}。", f"该文件包含两条记录：螺丝（{count}）和螺母（{count + 7}）。三个字段分别表示编号、名称、数量。")),
        language="zh", tools=CODE,
    )  # fmt: skip


def long_document(rng: Random) -> Specimen:
    names = [person(rng) for _ in range(40)]
    paragraphs = [
        f"{i}. {name} reported from {rng.choice(CITIES)} on {date(rng)} that {rng.randrange(20, 999)} of {rng.randrange(1000, 5000)} units of the {rng.choice(MODULES)} had arrived, {rng.choice(('late', 'early', 'on time'))}."
        for i, name in enumerate(names * rng.randrange(2, 5), 1)
    ]
    pick = rng.randrange(len(paragraphs))
    return specimen(
        "long_document", f"What does entry {pick + 1} of report.txt say?",
        turn("", do("files__read_file", {"path": "report.txt"}, "\n".join(paragraphs))),
        f"Entry {pick + 1} of report.txt says: {paragraphs[pick].split('. ', 1)[1]}", tools=CODE,
    )  # fmt: skip


def reviewers(rng: Random) -> Specimen:
    """A lead with two workers, one call each."""
    module = rng.choice(MODULES)
    source = _source(rng, module)
    opinion = (
        f"`total` in {module}.py mutates nothing and is correct; `is_empty` could simply return `not lines`."
    )
    style = f"{module}.py has a docstring and type hints; one TODO is left."
    subs = [
        trajectory(
            f"Check the logic of {module}.py.",
            turn("", do("files__read_file", {"path": f"{module}.py"}, source)),
            opinion,
            tools=CODE,
            agent="lead/logic_reviewer",
            parent="lead",
        ),
        trajectory(
            f"Check the style of {module}.py.",
            turn("", do("files__read_file", {"path": f"{module}.py"}, source)),
            style,
            tools=CODE,
            agent="lead/style_reviewer",
            parent="lead",
        ),
    ]
    tools = (
        tool("logic_reviewer", "read", "agent", required=["message"], message="string"),
        tool("style_reviewer", "read", "agent", required=["message"], message="string"),
    )
    return specimen(
        "reviewers", f"Review {module}.py.",
        turn("I'll have two reviewers look at it.", do("logic_reviewer", {"message": f"Check the logic of {module}.py."}, opinion, agent=True), do("style_reviewer", {"message": f"Check the style of {module}.py."}, style, agent=True)),
        f"Both reviewers looked at {module}.py. The logic is correct, though `is_empty` could be simpler; the style is fine, with one TODO left.",
        tools=tools, subs=subs, agent="lead",
    )  # fmt: skip


def revision(rng: Random) -> Specimen:
    """A writer and a critic who go two rounds, with different words each time."""
    city = rng.choice(CITIES)
    drafts = [
        f"{city} is a city by the water.",
        f"{city} is a city by the water, known for its old town and its trams.",
    ]
    critiques = ["Too short: add what it is known for.", "Good. No further remarks."]
    tools = (
        tool("writer", "read", "agent", required=["message"], message="string"),
        tool("critic", "read", "agent", required=["message"], message="string"),
    )
    turns, subs = [], []
    for draft, critique, ask in zip(
        drafts, critiques, (f"Draft a sentence on {city}.", critiques[0]), strict=True
    ):
        turns += [
            turn("", do("writer", {"message": ask}, draft, agent=True)),
            turn("", do("critic", {"message": f"Criticize: {draft}"}, critique, agent=True)),
        ]
        subs += [
            trajectory(ask, draft, agent="lead/writer", parent="lead"),
            trajectory(f"Criticize: {draft}", critique, agent="lead/critic", parent="lead"),
        ]
    return specimen(
        "revision",
        f"Have a sentence about {city} written and checked.",
        *turns,
        f"Here is the checked sentence:\n\n{drafts[1]}",
        tools=tools,
        subs=subs,
        agent="lead",
    )
