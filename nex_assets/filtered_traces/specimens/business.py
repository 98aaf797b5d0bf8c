"""Business specimens: orders, mail, calendars, spreadsheets, polling and pages, in English and Chinese."""

# ruff: noqa: E501 (wordings and scripts are easier to read unbroken)

from __future__ import annotations

import json
from random import Random

from nex_assets.filtered_traces.scripting import Ask, do, tool, turn
from nex_assets.filtered_traces.specimens.base import (
    CITIES,
    GOODS,
    ITEMS_ZH,
    Specimen,
    date,
    money,
    order_id,
    person,
    specimen,
)

GET = tool("retail__get_order", order_id="string", required=["order_id"])
CANCEL = tool(
    "retail__cancel_order", "write", order_id="string",
    reason={"type": "string", "enum": ["no longer needed", "ordered by mistake"]}, required=["order_id", "reason"],
)  # fmt: skip
RETURN = tool(
    "retail__return_items", "write", order_id="string", item_ids="array", required=["order_id", "item_ids"]
)
FIND = tool("retail__find_user", name="string", zip="string", required=["name"])
ADDRESS = tool("retail__change_address", "write", order_id="string", address="string", required=["order_id"])
RETAIL = (GET, CANCEL, RETURN, FIND, ADDRESS)
LOOK = ("Let me look that up.", "I'll check the order first.", "", "First I need the order's details.")


def _order(rng: Random, number: str, status: str) -> tuple[str, dict[str, float]]:
    goods = {good: money(rng) for good in rng.sample(GOODS, rng.randrange(1, 4))}
    rows = [
        {"item_id": str(rng.randrange(10**9, 10**10)), "name": name, "price": price}
        for name, price in goods.items()
    ]
    body = {"order_id": number, "status": status, "items": rows, "placed": date(rng), "city": rng.choice(CITIES),
            "total": round(sum(goods.values()), 2)}  # fmt: skip
    return json.dumps(body, indent=rng.choice((None, 2))), goods


def order_status(rng: Random) -> Specimen:
    number, status = order_id(rng), rng.choice(("pending", "delivered", "shipped", "processed"))
    body, goods = _order(rng, number, status)
    total = f"{sum(goods.values()):.2f}"
    ask = rng.choice(
        (
            f"Where is order {number} and what did it cost?",
            f"Could you give me the status and total of #{number}?",
        )
    )
    answer = rng.choice((
        f"Order {number} is currently {status}, and its total comes to ${total}.",
        f"Your order #{number} is {status}. It contains {', '.join(goods)}, for a total of ${total}.",
        f"Here is what I found:\n\n- **Order:** {number}\n- **Status:** {status}\n- **Total:** ${total}\n\nLet me know if you need anything else.",
    ))  # fmt: skip
    return specimen(
        "order_status",
        ask,
        turn(rng.choice(LOOK), do("retail__get_order", {"order_id": number}, body)),
        answer,
        tools=RETAIL,
        facts=[status, total],
    )


def order_cancel(rng: Random) -> Specimen:
    number = order_id(rng)
    body, goods = _order(rng, number, "pending")
    reason = rng.choice(("no longer needed", "ordered by mistake"))
    ask = rng.choice(
        (
            f"Please cancel {number}, it is {reason}.",
            f"I'd like to call off my order {number}; it was {reason}.",
        )
    )
    done = json.dumps({"order_id": number, "status": "cancelled", "refund": round(sum(goods.values()), 2)})
    answer = rng.choice((
        f"I've cancelled order {number}. A refund of ${sum(goods.values()):.2f} will go back to your original payment method.",
        f"Order {number} has been cancelled successfully because it was {reason}.",
        f"Done! Your order {number} is now cancelled, and ${sum(goods.values()):.2f} will be refunded.",
    ))  # fmt: skip
    return specimen(
        "order_cancel", ask,
        turn(rng.choice(LOOK), do("retail__get_order", {"order_id": number}, body)),
        turn(rng.choice(("The order is still pending, so I can cancel it.", "")), do("retail__cancel_order", {"order_id": number, "reason": reason}, done, write=True)),
        answer, tools=RETAIL, facts=["cancelled"],
    )  # fmt: skip


def order_recovery(rng: Random) -> Specimen:
    """A wrong first try (the order number lacks a digit), an error, and the recovery."""
    number, name = order_id(rng), person(rng)
    body, goods = _order(rng, number, "shipped")
    found = json.dumps({"name": name, "orders": [number]})
    ask = f"I'm {name}. What's the total of the order I placed? I think it was {number[:-1]}."
    return specimen(
        "order_recovery", ask,
        turn("I'll try that number.", do("retail__get_order", {"order_id": number[:-1]}, "Error: order not found", "tool_error")),
        turn("That number does not exist, so I'll look you up by name.", do("retail__find_user", {"name": name}, found)),
        turn("", do("retail__get_order", {"order_id": number}, body)),
        f"The number was missing a digit: your order is {number}, and its total is ${sum(goods.values()):.2f}.",
        tools=RETAIL,
    )  # fmt: skip


def order_negative(rng: Random) -> Specimen:
    number = order_id(rng)
    body, _ = _order(rng, number, "delivered")
    ask = f"Cancel order {number} right away, it was ordered by mistake."
    answer = rng.choice((
        f"I'm sorry, but order {number} has already been delivered, so it can no longer be cancelled. I could start a return instead.",
        f"Unfortunately I can't cancel {number}: only pending orders can be cancelled, and this one is delivered.",
    ))  # fmt: skip
    return specimen(
        "order_negative",
        ask,
        turn("", do("retail__get_order", {"order_id": number}, body)),
        answer,
        kind="negative",
        tools=RETAIL,
    )


def irrelevance(rng: Random) -> Specimen:
    ask = rng.choice(
        (
            f"What will the weather be in {rng.choice(CITIES)} tomorrow?",
            f"Book me a flight to {rng.choice(CITIES)} on {date(rng)}.",
            "Play some jazz music, please.",
        )
    )
    answer = rng.choice((
        "I'm sorry, I don't have a tool for that. I can look up, cancel or return retail orders.",
        "I can't do that with the tools I have: they only cover retail orders. Is there an order I can help with?",
    ))  # fmt: skip
    return specimen("irrelevance", ask, answer, kind="irrelevance", tools=RETAIL)


def order_chinese(rng: Random) -> Specimen:
    number, total, item = order_id(rng), money(rng), rng.choice(ITEMS_ZH)
    body = json.dumps(
        {"order_id": number, "status": "pending", "items": [item], "total": total}, ensure_ascii=False
    )
    if rng.random() < 0.5:
        ask = rng.choice(
            (f"请帮我查一下订单{number}的状态和金额。", f"订单{number}现在什么情况？一共多少钱？")
        )
        answer = rng.choice((
            f"订单{number}目前处于待处理（pending）状态，商品为{item}，总金额为{total}元。",
            f"您好，您的订单 {number} 还在处理中，内含{item}，合计 {total} 元。如需其他帮助请告诉我。",
        ))  # fmt: skip
        return specimen(
            "order_chinese",
            ask,
            turn("我来查询一下。", do("retail__get_order", {"order_id": number}, body)),
            answer,
            language="zh",
            tools=RETAIL,
        )
    done = do(
        "retail__cancel_order",
        {"order_id": number, "reason": "no longer needed"},
        '{"status": "cancelled"}',
        write=True,
    )
    answer = rng.choice(
        (
            f"订单{number}已为您成功取消，{total}元将原路退回。",
            f"已经帮您取消了订单 {number}，退款金额为 {total} 元。",
        )
    )
    return specimen(
        "order_chinese",
        f"我不需要订单{number}了，请取消。",
        turn("先看一下订单。", do("retail__get_order", {"order_id": number}, body)),
        turn("", done),
        answer,
        language="zh",
        tools=RETAIL,
    )


def mail(rng: Random) -> Specimen:
    name, city, day = person(rng), rng.choice(CITIES), date(rng)
    address = f"{name.lower().replace(' ', '.')}@fabrikam-travel.net"
    tools = (
        tool("contacts__search", query="string", required=["query"]),
        tool(
            "mail__send_message",
            "write",
            to="string",
            subject="string",
            body="string",
            required=["to", "body"],
        ),
    )
    ask = f"Write to {name} that the meeting in {city} is on {day}."
    answer = rng.choice((
        f"I found {name}'s address and sent them a message about the meeting in {city} on {day}.",
        f"Done. I've emailed {name} ({address}) with the date of the meeting, {day}.",
    ))  # fmt: skip
    return specimen(
        "mail", ask,
        turn("", do("contacts__search", {"query": name}, json.dumps([{"name": name, "email": address}]))),
        turn("", do("mail__send_message", {"to": address, "subject": f"Meeting in {city}", "body": f"Hello {name.split()[0]}, the meeting in {city} is on {day}."}, '{"id": "m-1", "status": "sent"}', write=True)),
        answer, tools=tools,
    )  # fmt: skip


def calendar(rng: Random) -> Specimen:
    day, name, hour = date(rng), person(rng), rng.randrange(9, 16)
    tools = (
        tool("calendar__list_events", date="string", required=["date"]),
        tool(
            "calendar__create_event",
            "write",
            title="string",
            start="string",
            minutes="integer",
            required=["title", "start"],
        ),
    )
    busy = json.dumps(
        [
            {"title": "Standup", "start": f"{day}T{hour - 1:02}:00"},
            {"title": "Review", "start": f"{day}T{hour + 1:02}:00"},
        ]
    )
    ask = f"Find a free hour on {day} and put in a call with {name}."
    return specimen(
        "calendar", ask,
        turn("I'll see what is already there.", do("calendar__list_events", {"date": day}, busy)),
        turn(f"{hour}:00 is free.", do("calendar__create_event", {"title": f"Call with {name}", "start": f"{day}T{hour:02}:00", "minutes": 60}, '{"id": "ev_88", "status": "confirmed"}', write=True)),
        rng.choice((f"I've scheduled the call with {name} for {day} at {hour}:00.", f"The call with {name} has been booked: {day}, {hour}:00 to {hour + 1}:00.")),
        tools=tools,
    )  # fmt: skip


def sheet(rng: Random) -> Specimen:
    rows = [(rng.choice(CITIES), rng.randrange(100, 900)) for _ in range(rng.randrange(4, 9))]
    text = "city,units\n" + "\n".join(f"{city},{units}" for city, units in rows)
    total = sum(units for _, units in rows)
    best = max(rows, key=lambda row: row[1])
    tools = (
        tool("excel__read_range", path="string", range="string", required=["path"]),
        tool(
            "excel__write_cell",
            "write",
            path="string",
            cell="string",
            value="string",
            required=["path", "cell", "value"],
        ),
    )
    ask = f"Add up the units in sales.xlsx and write the total into B{len(rows) + 2}. Which city sold most?"
    return specimen(
        "sheet", ask,
        turn("", do("excel__read_range", {"path": "sales.xlsx", "range": f"A1:B{len(rows) + 1}"}, text)),
        turn(f"The total is {total}.", do("excel__write_cell", {"path": "sales.xlsx", "cell": f"B{len(rows) + 2}", "value": str(total)}, "cell written", write=True)),
        f"The total of {total} units is now in B{len(rows) + 2} of sales.xlsx. {best[0]} sold most, with {best[1]} units.",
        tools=tools,
    )  # fmt: skip


def polling(rng: Random) -> Specimen:
    job = f"job-{rng.randrange(1000, 9999)}"
    tools = (
        tool("etl__start_job", "write", name="string"),
        tool("etl__job_status", job_id="string", required=["job_id"]),
    )
    waits = [
        turn(
            rng.choice(("Still running.", "", "Let me check again.")),
            do("etl__job_status", {"job_id": job}, '{"state": "running"}'),
        )
        for _ in range(rng.randrange(2, 6))
    ]
    rows = rng.randrange(1000, 90000)
    return specimen(
        "polling", "Start the nightly import and tell me how many rows it loads.",
        turn("", do("etl__start_job", {"name": "nightly"}, json.dumps({"job_id": job}), write=True)), *waits,
        turn("", do("etl__job_status", {"job_id": job}, json.dumps({"state": "finished", "rows": rows}))),
        f"The nightly import ({job}) has finished and loaded {rows:,} rows.", tools=tools,
    )  # fmt: skip


def pages(rng: Random) -> Specimen:
    count, wanted = rng.randrange(3, 7), rng.choice(GOODS)
    tools = (tool("shop__list_products", page="integer", per_page="integer", required=["page"]),)
    turns = []
    for page in range(1, count + 1):
        rows = [
            {
                "sku": f"SKU-{rng.randrange(10000, 99999)}",
                "name": rng.choice(GOODS) if page < count else wanted,
                "price": money(rng),
            }
            for _ in range(5)
        ]
        turns.append(
            turn(
                f"Let me fetch page {page}."
                if rng.random() < 0.5
                else "Let me fetch the next page of products.",
                do("shop__list_products", {"page": page, "per_page": 5}, json.dumps(rows)),
            )
        )
    return specimen(
        "pages",
        f"Is there a {wanted} anywhere in the product list? What does one cost?",
        *turns,
        f"Yes: page {count} lists a {wanted} ({rows[-1]['sku']}) at ${rows[-1]['price']:.2f}.",
        tools=tools,
    )


def multi_turn(rng: Random) -> Specimen:
    number = order_id(rng)
    body, _ = _order(rng, number, "pending")
    street = f"{rng.randrange(2, 99)} {rng.choice(CITIES)} Road"
    return specimen(
        "multi_turn", f"Hello, can you find {number}?",
        turn("", do("retail__get_order", {"order_id": number}, body)),
        f"Yes, I have order {number} in front of me; it is pending. What would you like to do?",
        Ask(f"Send it to {street} instead."),
        turn("", do("retail__change_address", {"order_id": number, "address": street}, '{"status": "ok"}', write=True)),
        f"The delivery address of {number} has been changed to {street}.", kind="multi_turn", tools=RETAIL,
    )  # fmt: skip
