"""What facts measure: only values of one kind are added up or handed from one server to another."""

from __future__ import annotations

from nex_resources.worlds import WorldTool

UNITS: dict[str, tuple[str, ...]] = {
    "money": (
        "order.total",
        "product.price",
        "payment.balance",
        "flight.price",
        "booking.total",
        "book.price",
        "note.budget",
        "item.price",
        "page.fee",
    ),
    "date": ("flight.date", "loan.due", "note.due", "device.warranty", "ticket.opened", "page.starts"),
    "email": ("customer.email", "traveller.email", "employee.email", "page.contact"),
    "city": ("customer.city", "order.city", "flight.origin", "page.city"),
}
"""Unit → fact names. What is not here (a number of miles, a stock) goes with nothing else."""

_UNIT = {fact: unit for unit, facts in UNITS.items() for fact in facts}


def unit_of(fact: str) -> str:
    """Return the unit of a fact's values, or an empty string."""
    return _UNIT.get(fact, "")


def tells(tool: WorldTool, unit: str) -> bool:
    """Tell whether a tool's result holds a value of `unit` that can be asked for."""
    return any(o.ask and unit_of(f"{o.table}.{o.path.rpartition('.')[2]}") == unit for o in tool.outputs)
