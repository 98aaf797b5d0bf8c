"""Retail: customers, products, payments and orders of a small shop.

Policies: only pending orders may be cancelled or changed, only delivered ones returned; a payment method
must belong to the order's customer; no order exceeds the stock.
"""

from __future__ import annotations

from typing import Any

from nex_resources.worlds.base import Parameter, SemanticType, WorldError
from nex_resources.worlds.business import BusinessWorld, State, Tool, new_id, outputs, row
from nex_resources.worlds.people import email_of, person_name
from nex_resources.worlds.pools import Draw
from nex_resources.worlds.words import CITIES, GOODS, MATERIALS

TYPES = (
    SemanticType("customer_id", table="customers"),
    SemanticType("email", table="customers", field="email"),
    SemanticType("order_id", table="orders"),
    SemanticType("product_id", table="products"),
    SemanticType("product_name", table="products", field="name"),
    SemanticType("payment_id", table="payments"),
    SemanticType("new_email"),
    SemanticType("city"),
    SemanticType("quantity", json="integer"),
    SemanticType("points", json="integer"),
)

STATUSES = ("pending", "delivered", "shipped", "cancelled", "returned")
KINDS = ("card", "voucher", "bank", "paypal")


def make_state(draw: Draw) -> State:
    """Draw 8 customers with 2 to 4 payment methods each, 12 products and 2 to 4 orders a customer."""
    state: State = {"customers": {}, "products": {}, "payments": {}, "orders": {}}
    for _ in range(12):
        _add_product(state, draw)
    for _ in range(8):
        customer = _add_customer(state, draw)
        for kind in draw.rng.sample(KINDS, draw.rng.randint(2, 3)):
            payment = draw.identifier("M")
            balance = draw.amount(20, 900)
            state["payments"][payment] = {"customer_id": customer, "kind": kind, "balance": balance}
        for status in _statuses(draw):
            _add_order(state, draw, customer, status)
    return state


def _statuses(draw: Draw) -> list[str]:
    first = draw.rng.choices(STATUSES, (6, 4, 1, 1, 1))[0]
    others = draw.rng.choices(STATUSES, (3, 4, 2, 1, 1), k=draw.rng.randint(1, 3))
    return [first, *others]


def _add_product(state: State, draw: Draw) -> None:
    name = draw.make(lambda rng: f"{rng.choice(MATERIALS)} {rng.choice(GOODS)}", unique=True)
    stock = draw.rng.choices((draw.number(1, 8), draw.number(11, 95)), (1, 3))[0]
    product = {"name": name, "price": draw.amount(4, 180), "stock": stock}
    state["products"][draw.identifier("P")] = product


def _add_customer(state: State, draw: Draw) -> str:
    name = person_name(draw)
    customer = draw.identifier("C")
    state["customers"][customer] = {
        "name": name,
        "email": email_of(draw, name),
        "city": draw.pick(CITIES),
        "points": draw.number(10, 950),
    }
    return customer


def _add_order(state: State, draw: Draw, customer: str, status: str) -> None:
    product = draw.choice(sorted(state["products"]))
    mine = [key for key, p in state["payments"].items() if p["customer_id"] == customer]
    quantity = draw.number(1, 9)
    state["orders"][draw.identifier("O")] = {
        "customer_id": customer,
        "product_id": product,
        "quantity": quantity,
        "total": round(quantity * state["products"][product]["price"], 2),
        "status": status,
        "city": draw.pick(CITIES),
        "payment_id": draw.choice(mine),
    }


def find_customer(state: State, email: str) -> dict[str, Any]:
    for key, customer in state["customers"].items():
        if customer["email"] == email:
            return {"customer_id": key, "name": customer["name"], "city": customer["city"]}
    raise WorldError(f"no customer has the email {email}")


def get_customer(state: State, customer_id: str) -> dict[str, Any]:
    return {"customer_id": customer_id, **row(state, "customers", customer_id)}


def set_email(state: State, customer_id: str, email: str) -> dict[str, Any]:
    customer = row(state, "customers", customer_id)
    if any(c["email"] == email for c in state["customers"].values()):
        raise WorldError(f"the email {email} is taken; give another")
    customer["email"] = email
    return {"customer_id": customer_id, "email": email}


def add_points(state: State, customer_id: str, points: int) -> dict[str, Any]:
    customer = row(state, "customers", customer_id)
    if points <= 0:
        raise WorldError(f"points must be above 0, not {points}")
    customer["points"] += points
    return {"customer_id": customer_id, "points": customer["points"]}


def list_orders(state: State, customer_id: str) -> dict[str, Any]:
    row(state, "customers", customer_id)
    mine = [(key, o) for key, o in sorted(state["orders"].items()) if o["customer_id"] == customer_id]
    return {"orders": [{"order_id": k, "status": o["status"], "total": o["total"]} for k, o in mine]}


def get_order(state: State, order_id: str) -> dict[str, Any]:
    return {"order_id": order_id, **row(state, "orders", order_id)}


def _order_in(state: State, order_id: str, status: str, what: str) -> dict[str, Any]:
    order = row(state, "orders", order_id)
    if order["status"] != status:
        raise WorldError(f"order {order_id} is {order['status']}; only {status} orders can be {what}")
    return order


def cancel_order(state: State, order_id: str) -> dict[str, Any]:
    order = _order_in(state, order_id, "pending", "cancelled")
    order["status"] = "cancelled"
    state["products"][order["product_id"]]["stock"] += order["quantity"]
    return {"order_id": order_id, "status": "cancelled", "refund": order["total"]}


def return_order(state: State, order_id: str) -> dict[str, Any]:
    order = _order_in(state, order_id, "delivered", "returned")
    order["status"] = "returned"
    return {"order_id": order_id, "status": "returned", "refund": order["total"]}


def set_city(state: State, order_id: str, city: str) -> dict[str, Any]:
    order = _order_in(state, order_id, "pending", "changed")
    if order["city"] == city:
        raise WorldError(f"order {order_id} already ships to {city}")
    order["city"] = city
    return {"order_id": order_id, "city": city}


def _take_stock(state: State, product_id: str, quantity: int) -> None:
    product = row(state, "products", product_id)
    if product["stock"] < quantity:
        raise WorldError(f"product {product_id} has only {product['stock']} in stock, not {quantity}")
    product["stock"] -= quantity


def set_quantity(state: State, order_id: str, quantity: int) -> dict[str, Any]:
    order = _order_in(state, order_id, "pending", "changed")
    if quantity < 1 or quantity == order["quantity"]:
        raise WorldError(f"quantity must be at least 1 and differ from the present {order['quantity']}")
    _take_stock(state, order["product_id"], quantity - order["quantity"])
    total = round(quantity * state["products"][order["product_id"]]["price"], 2)
    order.update(quantity=quantity, total=total)
    return {"order_id": order_id, "quantity": quantity, "total": total}


def find_product(state: State, name: str) -> dict[str, Any]:
    for key, product in state["products"].items():
        if product["name"] == name.strip().lower():
            return {"product_id": key, "price": product["price"], "stock": product["stock"]}
    raise WorldError(f"no product is named {name!r}")


def get_product(state: State, product_id: str) -> dict[str, Any]:
    return {"product_id": product_id, **row(state, "products", product_id)}


def restock(state: State, product_id: str, quantity: int) -> dict[str, Any]:
    product = row(state, "products", product_id)
    if quantity < 1:
        raise WorldError(f"quantity must be at least 1, not {quantity}")
    product["stock"] += quantity
    return {"product_id": product_id, "stock": product["stock"]}


def place_order(state: State, customer_id: str, product_id: str, quantity: int) -> dict[str, Any]:
    customer = row(state, "customers", customer_id)
    product = row(state, "products", product_id)
    if quantity < 1:
        raise WorldError(f"quantity must be at least 1, not {quantity}")
    _take_stock(state, product_id, quantity)
    order_id = new_id("O", state["orders"], customer_id, product_id, quantity)
    total = round(quantity * product["price"], 2)
    payment_id = min(k for k, p in state["payments"].items() if p["customer_id"] == customer_id)
    state["orders"][order_id] = {
        "customer_id": customer_id,
        "product_id": product_id,
        "quantity": quantity,
        "total": total,
        "status": "pending",
        "city": customer["city"],
        "payment_id": payment_id,
    }
    return {"order_id": order_id, "total": total}


def list_payments(state: State, customer_id: str) -> dict[str, Any]:
    row(state, "customers", customer_id)
    mine = [(key, p) for key, p in sorted(state["payments"].items()) if p["customer_id"] == customer_id]
    return {"payments": [{"payment_id": k, "kind": p["kind"], "balance": p["balance"]} for k, p in mine]}


def set_payment(state: State, order_id: str, payment_id: str) -> dict[str, Any]:
    order = _order_in(state, order_id, "pending", "changed")
    payment = row(state, "payments", payment_id)
    if payment["customer_id"] != order["customer_id"]:
        raise WorldError(f"payment {payment_id} does not belong to the customer of order {order_id}")
    if order["payment_id"] == payment_id:
        raise WorldError(f"order {order_id} already uses payment {payment_id}")
    order["payment_id"] = payment_id
    return {"order_id": order_id, "payment_id": payment_id}


CUSTOMER = Parameter("customer_id", "customer_id")
ORDER = Parameter("order_id", "order_id")
PRODUCT = Parameter("product_id", "product_id")


TOOLS = (
    Tool(
        find_customer,
        "Find a customer by email.",
        (Parameter("email", "email"),),
        outputs("customer", "name", "city", ids=("customer_id",)),
    ),
    Tool(
        get_customer,
        "Show a customer.",
        (CUSTOMER,),
        outputs("customer", "name", "city", "points", "email"),
    ),
    Tool(
        set_email,
        "Change a customer's email.",
        (CUSTOMER, Parameter("email", "new_email")),
        effect="write",
        preconditions=("no other customer has the email",),
    ),
    Tool(
        add_points,
        "Give a customer points.",
        (CUSTOMER, Parameter("points", "points")),
        outputs("customer", "points"),
        effect="write",
    ),
    Tool(
        list_orders,
        "List a customer's orders.",
        (CUSTOMER,),
        outputs("order", "status", "total", ids=("order_id",), under="orders.*."),
    ),
    Tool(
        get_order,
        "Show an order.",
        (ORDER,),
        outputs("order", "status", "total", "quantity", "city", ids=("customer_id", "product_id")),
    ),
    Tool(
        cancel_order,
        "Cancel a pending order.",
        (ORDER,),
        outputs("order", "refund"),
        effect="write",
        preconditions=("the order is pending",),
    ),
    Tool(
        return_order,
        "Return a delivered order.",
        (ORDER,),
        outputs("order", "refund"),
        effect="write",
        preconditions=("the order is delivered",),
    ),
    Tool(
        set_city,
        "Ship a pending order to another city.",
        (ORDER, Parameter("city", "city")),
        effect="write",
        preconditions=("the order is pending",),
    ),
    Tool(
        set_quantity,
        "Change a pending order's quantity.",
        (ORDER, Parameter("quantity", "quantity")),
        outputs("order", "total"),
        effect="write",
        preconditions=("the order is pending", "the stock suffices"),
    ),
    Tool(
        find_product,
        "Find a product by name.",
        (Parameter("name", "product_name"),),
        outputs("product", "price", "stock", ids=("product_id",)),
    ),
    Tool(get_product, "Show a product.", (PRODUCT,), outputs("product", "name", "price", "stock")),
    Tool(
        restock,
        "Add to a product's stock.",
        (PRODUCT, Parameter("quantity", "quantity")),
        outputs("product", "stock"),
        effect="write",
    ),
    Tool(
        place_order,
        "Order a product for a customer.",
        (CUSTOMER, PRODUCT, Parameter("quantity", "quantity")),
        outputs("order", "total", ids=("order_id",)),
        effect="write",
        preconditions=("the stock suffices",),
    ),
    Tool(
        list_payments,
        "List a customer's payment methods.",
        (CUSTOMER,),
        outputs("payment", "kind", "balance", ids=("payment_id",), under="payments.*."),
    ),
    Tool(
        set_payment,
        "Change a pending order's payment method.",
        (ORDER, Parameter("payment_id", "payment_id")),
        effect="write",
        preconditions=("the order is pending", "the payment is the same customer's"),
    ),
)

FRESH = {
    "new_email": lambda draw: email_of(draw, person_name(draw)),
    "city": lambda draw: draw.pick(CITIES),
    "quantity": lambda draw: draw.number(1, 9),
    "points": lambda draw: draw.number(5, 400),
}

RETAIL = BusinessWorld("retail", TYPES, TOOLS, make_state, FRESH)
