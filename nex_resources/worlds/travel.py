"""Travel: travellers, flights and bookings of a small agency.

Policies: only confirmed bookings may be changed, cancelled or checked in, only held ones confirmed; a flight
may be changed only to one with the same destination and a free seat; gold travellers get the whole fare
back, others 80%.
"""

from __future__ import annotations

import hashlib
from typing import Any

from nex_resources.worlds.base import Parameter, SemanticType, WorldError
from nex_resources.worlds.business import BusinessWorld, State, Tool, new_id, outputs, row
from nex_resources.worlds.people import email_of, person_name
from nex_resources.worlds.pools import Draw
from nex_resources.worlds.words import CITIES

CABINS = ("economy", "business")
MEALS = ("standard", "vegan", "halal", "kosher", "none")
TIERS = ("basic", "silver", "gold")
MAX_BAGS = 4

TYPES = (
    SemanticType("traveller_id", table="travellers"),
    SemanticType("email", table="travellers", field="email"),
    SemanticType("flight_id", table="flights"),
    SemanticType("destination", table="flights", field="destination", many=True),
    SemanticType("booking_id", table="bookings"),
    SemanticType("miles", json="integer"),
    SemanticType("new_email"),
    SemanticType("bags", json="integer", choices=(1, 2, 3)),
    SemanticType("cabin", choices=CABINS),
    SemanticType("meal", choices=MEALS),
)


def make_state(draw: Draw) -> State:
    """Draw 5 destinations with 2 to 4 flights each, 8 travellers and 1 to 4 bookings a traveller."""
    state: State = {"travellers": {}, "flights": {}, "bookings": {}}
    for _ in range(5):
        destination = draw.pick(CITIES, unique=True)
        for _ in range(draw.rng.randint(2, 4)):
            _add_flight(state, draw, destination)
    for _ in range(8):
        name = person_name(draw)
        traveller = draw.identifier("T")
        state["travellers"][traveller] = {
            "name": name,
            "email": email_of(draw, name),
            "tier": draw.choice(TIERS),
            "miles": draw.number(400, 90_000),
        }
        for _ in range(draw.rng.randint(1, 4)):
            _add_booking(state, draw, traveller)
    return state


def _add_flight(state: State, draw: Draw, destination: str) -> None:
    state["flights"][draw.identifier("F")] = {
        "origin": draw.pick([city for city in CITIES if city != destination]),
        "destination": destination,
        "date": draw.date(),
        "price": draw.amount(60, 900),
        "seats": draw.rng.choices((0, draw.number(3, 60)), (1, 5))[0],
    }


def _add_booking(state: State, draw: Draw, traveller: str) -> None:
    flight = draw.choice(sorted(state["flights"]))
    cabin = draw.rng.choices(CABINS, (3, 1))[0]
    state["bookings"][draw.identifier("B")] = {
        "traveller_id": traveller,
        "flight_id": flight,
        "cabin": cabin,
        "bags": draw.rng.randint(0, 2),
        "meal": draw.choice(MEALS),
        "status": draw.rng.choices(("confirmed", "held", "checked_in", "cancelled"), (5, 2, 1, 1))[0],
        "total": _fare(state, flight, cabin),
    }


def _fare(state: State, flight_id: str, cabin: str) -> float:
    price: float = state["flights"][flight_id]["price"]
    return round(price * (2.5 if cabin == "business" else 1), 2)


def _open_booking(state: State, booking_id: str, what: str) -> dict[str, Any]:
    booking = row(state, "bookings", booking_id)
    if booking["status"] != "confirmed":
        raise WorldError(
            f"booking {booking_id} is {booking['status']}; only confirmed bookings can be {what}"
        )
    return booking


def _take_seat(state: State, flight_id: str) -> None:
    flight = row(state, "flights", flight_id)
    if flight["seats"] < 1:
        raise WorldError(f"flight {flight_id} has no free seat")
    flight["seats"] -= 1


def find_traveller(state: State, email: str) -> dict[str, Any]:
    for key, traveller in state["travellers"].items():
        if traveller["email"] == email:
            return {"traveller_id": key, "name": traveller["name"], "tier": traveller["tier"]}
    raise WorldError(f"no traveller has the email {email}")


def get_traveller(state: State, traveller_id: str) -> dict[str, Any]:
    return {"traveller_id": traveller_id, **row(state, "travellers", traveller_id)}


def set_contact(state: State, traveller_id: str, email: str) -> dict[str, Any]:
    traveller = row(state, "travellers", traveller_id)
    if any(t["email"] == email for t in state["travellers"].values()):
        raise WorldError(f"the email {email} is taken; give another")
    traveller["email"] = email
    return {"traveller_id": traveller_id, "email": email}


def add_miles(state: State, traveller_id: str, miles: int) -> dict[str, Any]:
    traveller = row(state, "travellers", traveller_id)
    if miles <= 0:
        raise WorldError(f"miles must be above 0, not {miles}")
    traveller["miles"] += miles
    return {"traveller_id": traveller_id, "miles": traveller["miles"]}


def list_flights(state: State, destination: str) -> dict[str, Any]:
    found = [(key, f) for key, f in sorted(state["flights"].items()) if f["destination"] == destination]
    if not found:
        raise WorldError(f"no flight goes to {destination}")
    return {"flights": [{"flight_id": k, "date": f["date"], "price": f["price"]} for k, f in found]}


def get_flight(state: State, flight_id: str) -> dict[str, Any]:
    return {"flight_id": flight_id, **row(state, "flights", flight_id)}


def list_bookings(state: State, traveller_id: str) -> dict[str, Any]:
    row(state, "travellers", traveller_id)
    mine = [(key, b) for key, b in sorted(state["bookings"].items()) if b["traveller_id"] == traveller_id]
    return {"bookings": [{"booking_id": k, "status": b["status"], "total": b["total"]} for k, b in mine]}


def get_booking(state: State, booking_id: str) -> dict[str, Any]:
    return {"booking_id": booking_id, **row(state, "bookings", booking_id)}


def book_flight(state: State, traveller_id: str, flight_id: str, cabin: str) -> dict[str, Any]:
    row(state, "travellers", traveller_id)
    _take_seat(state, flight_id)
    booking_id = new_id("B", state["bookings"], traveller_id, flight_id, cabin)
    total = _fare(state, flight_id, cabin)
    state["bookings"][booking_id] = {
        "traveller_id": traveller_id,
        "flight_id": flight_id,
        "cabin": cabin,
        "bags": 0,
        "meal": "standard",
        "status": "confirmed",
        "total": total,
    }
    return {"booking_id": booking_id, "total": total}


def cancel_booking(state: State, booking_id: str) -> dict[str, Any]:
    booking = _open_booking(state, booking_id, "cancelled")
    share = 1.0 if state["travellers"][booking["traveller_id"]]["tier"] == "gold" else 0.8
    booking["status"] = "cancelled"
    state["flights"][booking["flight_id"]]["seats"] += 1
    return {"booking_id": booking_id, "status": "cancelled", "refund": round(share * booking["total"], 2)}


def change_flight(state: State, booking_id: str, flight_id: str) -> dict[str, Any]:
    booking = _open_booking(state, booking_id, "changed")
    old, new = row(state, "flights", booking["flight_id"]), row(state, "flights", flight_id)
    if booking["flight_id"] == flight_id:
        raise WorldError(f"booking {booking_id} is already on flight {flight_id}")
    if old["destination"] != new["destination"]:
        raise WorldError(f"flight {flight_id} does not go to {old['destination']}")
    _take_seat(state, flight_id)
    old["seats"] += 1
    booking.update(flight_id=flight_id, total=_fare(state, flight_id, booking["cabin"]))
    return {"booking_id": booking_id, "flight_id": flight_id, "total": booking["total"]}


def add_bags(state: State, booking_id: str, bags: int) -> dict[str, Any]:
    booking = _open_booking(state, booking_id, "changed")
    if booking["bags"] + bags > MAX_BAGS:
        raise WorldError(f"booking {booking_id} has {booking['bags']} bags; {MAX_BAGS} are allowed")
    booking["bags"] += bags
    return {"booking_id": booking_id, "bags": booking["bags"]}


def set_meal(state: State, booking_id: str, meal: str) -> dict[str, Any]:
    booking = _open_booking(state, booking_id, "changed")
    if booking["meal"] == meal:
        raise WorldError(f"booking {booking_id} already has the meal {meal}")
    booking["meal"] = meal
    return {"booking_id": booking_id, "meal": meal}


def confirm_booking(state: State, booking_id: str) -> dict[str, Any]:
    booking = row(state, "bookings", booking_id)
    if booking["status"] != "held":
        raise WorldError(f"booking {booking_id} is {booking['status']}; only held bookings can be confirmed")
    booking["status"] = "confirmed"
    return {"booking_id": booking_id, "status": "confirmed"}


def check_in(state: State, booking_id: str) -> dict[str, Any]:
    booking = _open_booking(state, booking_id, "checked in")
    booking["status"] = "checked_in"
    number = int.from_bytes(hashlib.blake2b(booking_id.encode(), digest_size=2).digest(), "big")
    return {
        "booking_id": booking_id,
        "status": "checked_in",
        "seat": f"{1 + number % 38}{'ABCDEF'[number % 6]}",
    }


TRAVELLER = Parameter("traveller_id", "traveller_id")
FLIGHT = Parameter("flight_id", "flight_id")
BOOKING = Parameter("booking_id", "booking_id")
CONFIRMED = ("the booking is confirmed",)

TOOLS = (
    Tool(
        find_traveller,
        "Find a traveller by email.",
        (Parameter("email", "email"),),
        outputs("traveller", "name", "tier", ids=("traveller_id",)),
    ),
    Tool(
        get_traveller,
        "Show a traveller.",
        (TRAVELLER,),
        outputs("traveller", "name", "email", "tier", "miles"),
    ),
    Tool(
        set_contact,
        "Change a traveller's email.",
        (TRAVELLER, Parameter("email", "new_email")),
        effect="write",
        preconditions=("no other traveller has the email",),
    ),
    Tool(
        add_miles,
        "Credit miles to a traveller.",
        (TRAVELLER, Parameter("miles", "miles")),
        outputs("traveller", "miles"),
        effect="write",
    ),
    Tool(
        list_flights,
        "List flights to a city.",
        (Parameter("destination", "destination"),),
        outputs("flight", "date", "price", ids=("flight_id",), under="flights.*."),
    ),
    Tool(get_flight, "Show a flight.", (FLIGHT,), outputs("flight", "origin", "date", "price", "seats")),
    Tool(
        list_bookings,
        "List a traveller's bookings.",
        (TRAVELLER,),
        outputs("booking", "status", "total", ids=("booking_id",), under="bookings.*."),
    ),
    Tool(
        get_booking,
        "Show a booking.",
        (BOOKING,),
        outputs("booking", "cabin", "bags", "meal", "status", "total", ids=("traveller_id", "flight_id")),
    ),
    Tool(
        book_flight,
        "Book a flight for a traveller.",
        (TRAVELLER, FLIGHT, Parameter("cabin", "cabin")),
        outputs("booking", "booking_id", "total"),
        effect="write",
        preconditions=("the flight has a free seat",),
    ),
    Tool(
        cancel_booking,
        "Cancel a confirmed booking.",
        (BOOKING,),
        outputs("booking", "refund"),
        effect="write",
        preconditions=CONFIRMED,
    ),
    Tool(
        change_flight,
        "Move a confirmed booking to another flight.",
        (BOOKING, FLIGHT),
        outputs("booking", "total"),
        effect="write",
        preconditions=(*CONFIRMED, "the new flight has the same destination and a free seat"),
    ),
    Tool(
        add_bags,
        "Add bags to a confirmed booking.",
        (BOOKING, Parameter("bags", "bags")),
        outputs("booking", "bags"),
        effect="write",
        preconditions=(*CONFIRMED, f"at most {MAX_BAGS} bags"),
    ),
    Tool(
        set_meal,
        "Change a confirmed booking's meal.",
        (BOOKING, Parameter("meal", "meal")),
        effect="write",
        preconditions=CONFIRMED,
    ),
    Tool(
        confirm_booking,
        "Confirm a held booking.",
        (BOOKING,),
        effect="write",
        preconditions=("the booking is held",),
    ),
    Tool(
        check_in,
        "Check in a confirmed booking.",
        (BOOKING,),
        outputs("booking", "seat"),
        effect="write",
        preconditions=CONFIRMED,
    ),
)

FRESH = {
    "new_email": lambda draw: email_of(draw, person_name(draw)),
    "miles": lambda draw: draw.number(100, 9000),
}

TRAVEL = BusinessWorld("travel", TYPES, TOOLS, make_state, FRESH)
