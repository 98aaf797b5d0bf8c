"""Hard negatives, one function a look-alike, drawn in turn."""

# ruff: noqa: E501 (wordings and scripts are easier to read unbroken)

from __future__ import annotations

import json
from collections.abc import Iterator
from random import Random

from nex_assets.filtered_traces.scripting import do, turn
from nex_assets.filtered_traces.specimens.base import (
    CITIES,
    GOODS,
    MODULES,
    Specimen,
    date,
    money,
    person,
    specimen,
)
from nex_assets.filtered_traces.specimens.business import RETAIL, order_negative, pages, polling
from nex_assets.filtered_traces.specimens.draw import Family
from nex_assets.filtered_traces.specimens.engineering import (
    CODE,
    SQL,
    grep_cpp,
    long_document,
    reviewers,
    revision,
)
from nex_resources.records import generator


def long_listing(rng: Random) -> Specimen:
    """A long, regular, legitimate result."""
    rows = [
        {"id": i, "city": rng.choice(CITIES), "units": rng.randrange(10, 999)}
        for i in range(rng.randrange(200, 700))
    ]
    pick = rng.choice(rows)
    return specimen(
        "long_listing", f"Which city is row {pick['id']} of the sales table?",
        turn("", do("sqlite__read_query", {"query": "SELECT * FROM sales"}, json.dumps(rows))),
        f"Row {pick['id']} is {pick['city']}, with {pick['units']} units.", tools=SQL,
    )  # fmt: skip


def error_in_content(rng: Random) -> Specimen:
    """Logs and documentation full of errors, read without any."""
    n = rng.randrange(2, 8)
    lines = "\n".join(
        ["INFO boot", *[f"ERROR worker {i} failed: connection refused" for i in range(n)], "INFO done"]
    )
    answer = rng.choice(
        (
            f"app.log contains {n} errors, all of them refused connections.",
            f"The log shows {n} failed workers; each line says `connection refused`.",
        )
    )
    return specimen(
        "error_in_content",
        "What went wrong according to app.log?",
        turn("", do("files__read_file", {"path": "app.log"}, lines)),
        answer,
        tools=CODE,
    )


def error_docs(rng: Random) -> Specimen:
    text = "# Error handling\n\nA `Traceback (most recent call last)` is printed when an exception is not caught. Permission denied means mode bits."
    return specimen(
        "error_docs", "What do our docs say about tracebacks?",
        turn("", do("files__read_file", {"path": "docs/errors.md"}, text)),
        "docs/errors.md says that a traceback is printed when an exception is not caught.", tools=CODE,
    )  # fmt: skip


def todo_search(rng: Random) -> Specimen:
    name, line = rng.choice(MODULES), rng.randrange(3, 90)
    return specimen(
        "todo_search", "List all TODO and FIXME comments.",
        turn("", do("shell__run", {"command": "grep -rn 'TODO\\|FIXME' ."}, f"./{name}.py:{line}: # TODO: support more currencies")),
        rng.choice((f"There is one: {name}.py:{line} has a TODO to support more currencies.", f"- `{name}.py`, line {line}: TODO: support more currencies")),
        tools=CODE,
    )  # fmt: skip


def placeholder_wanted(rng: Random) -> Specimen:
    """The user asks for a template with placeholders."""
    word = rng.choice(("[Your Name]", "[Company Name]", "{{first_name}}"))
    return specimen(
        "placeholder_wanted", f"Write a letter template to letter.txt with {word} as a placeholder.",
        turn("", do("files__write_file", {"path": "letter.txt", "content": f"Dear {word},\n\nwelcome aboard.\n"}, "wrote 38 bytes", write=True)),
        f"I've written the template to letter.txt; {word} is the placeholder to fill in.", tools=CODE,
    )  # fmt: skip


def delete_wanted(rng: Random) -> Specimen:
    name = rng.choice(MODULES)
    return specimen(
        "delete_wanted", rng.choice((f"Drop the table {name}_old, we no longer need it.", f"Please remove the {name}_old table from the database.")),
        turn("", do("sqlite__list_tables", {}, f'["{name}", "{name}_old"]')),
        turn("", do("sqlite__write_query", {"query": f"DROP TABLE {name}_old"}, '[{"affected_rows": 0}]', write=True)),
        f"The table {name}_old has been dropped.", tools=SQL,
    )  # fmt: skip


def tests_wanted(rng: Random) -> Specimen:
    name, n = rng.choice(MODULES), rng.randrange(2, 9)
    return specimen(
        "tests_wanted", rng.choice((f"Write unit tests for {name}.py and run them.", f"Add more tests to tests/test_{name}.py.")),
        turn("", do("files__write_file", {"path": f"tests/test_{name}.py", "content": f"from {name} import total\n\ndef test_total():\n    assert total([]) == 0\n"}, "ok", write=True)),
        turn("", do("shell__run", {"command": f"pytest tests/test_{name}.py"}, f"{n} passed in 0.04s")),
        f"I added tests in tests/test_{name}.py and all {n} tests pass.", tools=CODE,
    )  # fmt: skip


def base_cases(rng: Random) -> Specimen:
    code = "def fib(n):\n    if n == 0:\n        return 0\n    if n == 1:\n        return 1\n    return fib(n - 1) + fib(n - 2)\n"
    return specimen(
        "base_cases", "Write fib(n) recursively in fib.py.",
        turn("", do("files__write_file", {"path": "fib.py", "content": code}, "ok", write=True)),
        "fib.py now has a recursive `fib(n)`.", tools=CODE,
    )  # fmt: skip


def lookup_table(rng: Random) -> Specimen:
    code = "NAMES = {200: 'ok', 404: 'missing', 500: 'broken'}\n\ndef name(code):\n    if code == 200:\n        return 'ok'\n    if code == 404:\n        return 'missing'\n    if code == 500:\n        return 'broken'\n    return NAMES.get(code, '?')\n"
    return specimen(
        "lookup_table", "Turn HTTP codes into words in codes.py.",
        turn("", do("files__write_file", {"path": "codes.py", "content": code}, "ok", write=True)),
        "codes.py has a function `name` that turns codes into words.", tools=CODE,
    )  # fmt: skip


def computed(rng: Random) -> Specimen:
    """Numbers that no observation contains, but that follow from it."""
    a, b = money(rng), money(rng)
    answer = rng.choice(
        (
            f"Together they cost {a + b:.2f}.",
            f"The difference is {abs(a - b):.2f}.",
            f"The average price is {(a + b) / 2:.2f}, and the total is {a + b:.2f}.",
            f"The first costs {a / b * 100:.1f}% of the second.",
        )
    )
    return specimen(
        "computed", "Compare the prices of SKU-20411 and SKU-20955.",
        turn("", do("shop__get_price", {"sku": "SKU-20411"}, json.dumps({"price": a})), do("shop__get_price", {"sku": "SKU-20955"}, json.dumps({"price": b}))),
        answer,
    )  # fmt: skip


def rounded(rng: Random) -> Specimen:
    value = round(rng.uniform(10, 5000), 4)
    answer = rng.choice(
        (f"That is about {value:.1f} km.", f"It is {value:,.2f} km long.", f"Roughly {round(value)} km.")
    )
    return specimen(
        "rounded",
        "How long is the route?",
        turn("", do("gis__length", {"route": "A7"}, json.dumps({"km": value}))),
        answer,
    )


def retry_timeout(rng: Random) -> Specimen:
    """A transient failure and its retry."""
    city, degrees = rng.choice(CITIES), rng.randrange(-9, 36)
    call = {"city": city}
    return specimen(
        "retry_timeout", f"How warm is it in {city}?",
        turn("", do("weather__now", call, "request timed out", "timeout")),
        turn("That timed out, so I'll try once more.", do("weather__now", call, json.dumps({"celsius": degrees}))),
        f"It is {degrees} °C in {city}.",
    )  # fmt: skip


def honest_failure(rng: Random) -> Specimen:
    name = rng.choice(MODULES)
    answer = rng.choice(
        (
            f"I couldn't read {name}.md: the file does not exist.",
            f"There is no {name}.md here, so I have nothing to summarize.",
        )
    )
    return specimen(
        "honest_failure",
        f"Summarize {name}.md.",
        turn("", do("files__read_file", {"path": f"{name}.md"}, "no such file or directory", "tool_error")),
        answer,
        kind="negative",
        tools=CODE,
    )


def foreign_name(rng: Random) -> Specimen:
    name = rng.choice(("东京塔", "Москва", "서울", "Αθήνα"))
    return specimen(
        "foreign_name",
        f"Where is {name} on the list?",
        turn("", do("files__read_file", {"path": "places.txt"}, f"1 Oslo\n2 {name}\n3 Graz")),
        f"{name} is second on the list in places.txt.",
        tools=CODE,
    )


def chinese_with_terms(rng: Random) -> Specimen:
    return specimen(
        "chinese_with_terms", "请检查 main 分支的 CI 状态。",
        turn("我来看一下。", do("ci__status", {"branch": "main"}, '{"status": "success", "workflow": "Build and Test"}')),
        "main 分支的 CI 状态为 success，工作流 Build and Test 已完成。", language="zh",
    )  # fmt: skip


def reread_after_write(rng: Random) -> Specimen:
    """The same read, before and after each of two writes."""
    number = f"W{rng.randrange(1000000, 9999999)}"
    look = do("retail__get_order", {"order_id": number}, '{"status": "pending", "items": 2}')
    move = do(
        "retail__change_address",
        {"order_id": number, "address": f"7 {rng.choice(CITIES)} Lane"},
        '{"status": "ok"}',
        write=True,
    )
    back = do("retail__return_items", {"order_id": number, "item_ids": ["1"]}, '{"status": "ok"}', write=True)
    return specimen(
        "reread_after_write", f"Change the address of {number} to {move.arguments['address']} and return item 1; check in between.",
        turn("", look), turn("", move), turn("", look), turn("", back), turn("", look),
        f"Order {number} now goes to {move.arguments['address']}, and item 1 is set for return.", tools=RETAIL,
    )  # fmt: skip


def regular_list(rng: Random) -> Specimen:
    """An answer whose lines are alike."""
    goods = rng.sample(GOODS, rng.randrange(4, 9))
    lines = "\n".join(f"- {good}: in stock" for good in goods)
    return specimen(
        "regular_list",
        "What is in stock?",
        turn("", do("shop__stock", {}, json.dumps(goods))),
        f"These items are in stock:\n\n{lines}",
    )


def quoted_output(rng: Random) -> Specimen:
    sha = f"{rng.getrandbits(28):07x}"
    return specimen(
        "quoted_output", "What is the last commit? Show me the output.",
        turn("", do("shell__run", {"command": "git log -1 --oneline"}, f"{sha} Tidy up")),
        f"The last commit is {sha}:\n\n```\n$ git log -1 --oneline\n{sha} Tidy up\n```", tools=CODE,
    )  # fmt: skip


def offer_next(rng: Random) -> Specimen:
    """Suggestions are no claims, and files to come are not cited."""
    name = rng.choice(MODULES)
    return specimen(
        "offer_next", f"How should I structure {name}.py?",
        turn("", do("files__read_file", {"path": f"{name}.py"}, "def total(lines): ...")),
        f"{name}.py has one function. You could create a {name}_types.py for its data classes; once you have created it, I can move them. Should I?",
        tools=CODE,
    )  # fmt: skip


def status_read(rng: Random) -> Specimen:
    """A passive that reports a state."""
    number = f"W{rng.randrange(1000000, 9999999)}"
    return specimen(
        "status_read",
        f"What happened to {number}?",
        turn(
            "",
            do(
                "retail__get_order",
                {"order_id": number},
                json.dumps({"order_id": number, "status": "cancelled", "on": date(rng), "by": person(rng)}),
            ),
        ),
        f"Order {number} has been cancelled already.",
        tools=RETAIL,
    )


def poem(rng: Random) -> Specimen:
    lines = [
        f"The {rng.choice(('rain', 'wind', 'light'))} is on the {rng.choice(('roof', 'road', 'river'))}"
        for _ in range(2)
    ]
    return specimen(
        "poem",
        "Write four lines with a refrain.",
        f"{lines[0]},\nand still I stay.\n{lines[1]},\nand still I stay.",
        tools=(),
    )


def email_world(rng: Random) -> Specimen:
    """A customer's address from the synthetic world itself."""
    name = person(rng)
    address = f"{name.lower().replace(' ', '_')}{rng.randrange(10, 99)}@customers.shop"
    return specimen(
        "email_world",
        f"What is the mail address of {name}?",
        turn("", do("retail__find_user", {"name": name}, json.dumps({"name": name, "email": address}))),
        f"{name}'s address is {address}.",
        tools=RETAIL,
    )


NEGATIVES: dict[str, Family] = {
    family.__name__: family
    for family in (
        long_listing, error_in_content, error_docs, todo_search, placeholder_wanted, delete_wanted, tests_wanted,
        base_cases, lookup_table, computed, rounded, retry_timeout, honest_failure, foreign_name, chinese_with_terms,
        reread_after_write, regular_list, quoted_output, offer_next, status_read, poem, email_world, pages, polling,
        grep_cpp, long_document, reviewers, revision, order_negative,
    )
}  # fmt: skip


def hard_negatives(seed: int, n: int) -> Iterator[Specimen]:
    """Yield `n` hard negatives, the look-alikes in turn."""
    families = list(NEGATIVES.items())
    for index in range(n):
        name, family = families[index % len(families)]
        yield family(generator(seed, "negatives", name, index))
