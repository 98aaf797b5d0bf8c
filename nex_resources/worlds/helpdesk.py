"""Helpdesk: employees, their devices and accounts, tickets, and the technicians who work on them.

Policies: an employee has at most one open ticket on a topic; only assigned tickets may be closed and only
closed ones reopened; a technician takes at most six open tickets; a password is reset only on an active
account, and only locked accounts are unlocked; a device is replaced only within its warranty.
"""

from __future__ import annotations

from typing import Any

from nex_resources.worlds.base import Parameter, SemanticType, WorldError
from nex_resources.worlds.business import BusinessWorld, State, Tool, new_id, outputs, row
from nex_resources.worlds.people import email_of, person_name
from nex_resources.worlds.pools import Draw
from nex_resources.worlds.words import MATERIALS

TODAY = "2026-06-15"
MAX_LOAD = 6
TEAMS = ("network", "hardware", "accounts")
PRIORITIES = ("low", "medium", "high", "urgent")
TOPICS = ("printer", "email", "wifi", "laptop", "phone", "vpn", "screen", "software")
MAKES = ("Aero", "Brick", "Comet", "Delta", "Ember", "Flint", "Gamma", "Halo", "Ion", "Juno")

TYPES = (
    SemanticType("employee_id", table="employees"),
    SemanticType("email", table="employees", field="email"),
    SemanticType("device_id", table="devices"),
    SemanticType("ticket_id", table="tickets"),
    SemanticType("technician_id", table="technicians"),
    SemanticType("team", choices=TEAMS),
    SemanticType("priority", choices=PRIORITIES),
    SemanticType("topic", choices=TOPICS),
    SemanticType("note"),
)


def make_state(draw: Draw) -> State:
    """Draw 7 technicians, 8 employees, 1 to 3 devices and 1 to 4 tickets an employee."""
    state: State = {"employees": {}, "devices": {}, "tickets": {}, "technicians": {}}
    for number in range(7):
        technician = {"name": person_name(draw), "team": TEAMS[number % len(TEAMS)]}
        state["technicians"][draw.identifier("A")] = technician
    for _ in range(8):
        name = person_name(draw)
        employee = draw.identifier("E")
        state["employees"][employee] = {
            "name": name,
            "email": email_of(draw, name),
            "office": f"{draw.pick(MATERIALS)} {draw.rng.randint(1, 40)}",
            "account": draw.rng.choices(("active", "locked"), (2, 1))[0],
        }
        _add_devices(state, draw, employee)
        for topic in draw.rng.sample(TOPICS, draw.rng.randint(1, 4)):
            _add_ticket(state, draw, employee, topic)
    return state


def _add_devices(state: State, draw: Draw, employee: str) -> None:
    for _ in range(draw.rng.randint(1, 3)):
        state["devices"][draw.identifier("D")] = {
            "employee_id": employee,
            "model": f"{draw.choice(MAKES)} {draw.number(10, 990)}",
            "warranty": draw.date("2025-09-01", 540),
            "status": draw.rng.choices(("in_use", "replaced"), (5, 1))[0],
        }


def _add_ticket(state: State, draw: Draw, employee: str, topic: str) -> None:
    assigned = draw.rng.random() < 0.7
    state["tickets"][draw.identifier("K")] = {
        "employee_id": employee,
        "topic": topic,
        "priority": draw.choice(PRIORITIES),
        "status": draw.rng.choices(("open", "closed"), (2, 1))[0],
        "technician_id": draw.choice(sorted(state["technicians"])) if assigned else "",
        "opened": draw.date("2026-01-05", 150),
        "note": "",
    }


def find_employee(state: State, email: str) -> dict[str, Any]:
    for key, employee in state["employees"].items():
        if employee["email"] == email:
            return {"employee_id": key, "name": employee["name"], "account": employee["account"]}
    raise WorldError(f"no employee has the email {email}")


def get_employee(state: State, employee_id: str) -> dict[str, Any]:
    return {"employee_id": employee_id, **row(state, "employees", employee_id)}


def list_tickets(state: State, employee_id: str) -> dict[str, Any]:
    row(state, "employees", employee_id)
    mine = [(key, t) for key, t in sorted(state["tickets"].items()) if t["employee_id"] == employee_id]
    return {
        "tickets": [
            {"ticket_id": k, "topic": t["topic"], "status": t["status"], "opened": t["opened"]}
            for k, t in mine
        ]
    }


def get_ticket(state: State, ticket_id: str) -> dict[str, Any]:
    return {"ticket_id": ticket_id, **row(state, "tickets", ticket_id)}


def open_ticket(state: State, employee_id: str, topic: str, priority: str) -> dict[str, Any]:
    row(state, "employees", employee_id)
    for key, ticket in state["tickets"].items():
        if (ticket["employee_id"], ticket["topic"], ticket["status"]) == (employee_id, topic, "open"):
            raise WorldError(f"ticket {key} on {topic} is open already; one a topic is allowed")
    ticket_id = new_id("K", state["tickets"], employee_id, topic, priority)
    state["tickets"][ticket_id] = {
        "employee_id": employee_id,
        "topic": topic,
        "priority": priority,
        "status": "open",
        "technician_id": "",
        "opened": TODAY,
        "note": "",
    }
    return {"ticket_id": ticket_id, "status": "open"}


def _open(state: State, ticket_id: str, what: str) -> dict[str, Any]:
    ticket = row(state, "tickets", ticket_id)
    if ticket["status"] != "open":
        raise WorldError(f"ticket {ticket_id} is {ticket['status']}; only open tickets can be {what}")
    return ticket


def close_ticket(state: State, ticket_id: str) -> dict[str, Any]:
    ticket = _open(state, ticket_id, "closed")
    if not ticket["technician_id"]:
        raise WorldError(f"ticket {ticket_id} is not assigned; only assigned tickets can be closed")
    ticket["status"] = "closed"
    return {"ticket_id": ticket_id, "status": "closed"}


def reopen_ticket(state: State, ticket_id: str) -> dict[str, Any]:
    ticket = row(state, "tickets", ticket_id)
    if ticket["status"] != "closed":
        raise WorldError(f"ticket {ticket_id} is {ticket['status']}; only closed tickets can be reopened")
    ticket["status"] = "open"
    return {"ticket_id": ticket_id, "status": "open"}


def set_priority(state: State, ticket_id: str, priority: str) -> dict[str, Any]:
    ticket = _open(state, ticket_id, "changed")
    if ticket["priority"] == priority:
        raise WorldError(f"ticket {ticket_id} already has priority {priority}")
    ticket["priority"] = priority
    return {"ticket_id": ticket_id, "priority": priority}


def assign_ticket(state: State, ticket_id: str, technician_id: str) -> dict[str, Any]:
    ticket = _open(state, ticket_id, "assigned")
    row(state, "technicians", technician_id)
    if ticket["technician_id"] == technician_id:
        raise WorldError(f"ticket {ticket_id} is already assigned to {technician_id}")
    if _load(state, technician_id) >= MAX_LOAD:
        raise WorldError(f"technician {technician_id} has {MAX_LOAD} open tickets; no more are allowed")
    ticket["technician_id"] = technician_id
    return {"ticket_id": ticket_id, "technician_id": technician_id}


def _load(state: State, technician_id: str) -> int:
    tickets = state["tickets"].values()
    return sum(t["technician_id"] == technician_id and t["status"] == "open" for t in tickets)


def add_note(state: State, ticket_id: str, note: str) -> dict[str, Any]:
    ticket = row(state, "tickets", ticket_id)
    if not note.strip():
        raise WorldError("the note is empty")
    ticket["note"] = f"{ticket['note']}\n{note}".strip()
    return {"ticket_id": ticket_id, "notes": ticket["note"].count("\n") + 1}


def list_technicians(state: State, team: str) -> dict[str, Any]:
    found = [(key, t) for key, t in sorted(state["technicians"].items()) if t["team"] == team]
    return {
        "technicians": [
            {"technician_id": key, "name": t["name"], "load": _load(state, key)} for key, t in found
        ]
    }


def list_devices(state: State, employee_id: str) -> dict[str, Any]:
    row(state, "employees", employee_id)
    mine = [(key, d) for key, d in sorted(state["devices"].items()) if d["employee_id"] == employee_id]
    return {"devices": [{"device_id": k, "model": d["model"], "warranty": d["warranty"]} for k, d in mine]}


def get_device(state: State, device_id: str) -> dict[str, Any]:
    return {"device_id": device_id, **row(state, "devices", device_id)}


def replace_device(state: State, device_id: str) -> dict[str, Any]:
    device = row(state, "devices", device_id)
    if device["status"] == "replaced":
        raise WorldError(f"device {device_id} was replaced already")
    if device["warranty"] < TODAY:
        raise WorldError(f"the warranty of device {device_id} ended on {device['warranty']}")
    device["status"] = "replaced"
    new = new_id("D", state["devices"], device_id, "replacement")
    state["devices"][new] = {**device, "warranty": "2028-06-15", "status": "in_use"}
    return {"device_id": device_id, "new_device": new}


def unlock_account(state: State, employee_id: str) -> dict[str, Any]:
    employee = row(state, "employees", employee_id)
    if employee["account"] != "locked":
        raise WorldError(f"the account of {employee_id} is {employee['account']}, not locked")
    employee["account"] = "active"
    return {"employee_id": employee_id, "account": "active"}


def reset_password(state: State, employee_id: str) -> dict[str, Any]:
    employee = row(state, "employees", employee_id)
    if employee["account"] != "active":
        raise WorldError(f"the account of {employee_id} is {employee['account']}; unlock it first")
    employee["account"] = "password_reset"
    return {"employee_id": employee_id, "account": "password_reset"}


EMPLOYEE = Parameter("employee_id", "employee_id")
TICKET = Parameter("ticket_id", "ticket_id")
DEVICE = Parameter("device_id", "device_id")
PRIORITY = Parameter("priority", "priority")

TOOLS = (
    Tool(
        find_employee,
        "Find an employee by email.",
        (Parameter("email", "email"),),
        outputs("employee", "name", "account", ids=("employee_id",)),
    ),
    Tool(
        get_employee,
        "Show an employee.",
        (EMPLOYEE,),
        outputs("employee", "name", "email", "office", "account"),
    ),
    Tool(
        list_tickets,
        "List an employee's tickets.",
        (EMPLOYEE,),
        outputs("ticket", "topic", "status", "opened", ids=("ticket_id",), under="tickets.*."),
    ),
    Tool(
        get_ticket,
        "Show a ticket.",
        (TICKET,),
        outputs("ticket", "topic", "priority", "status", "opened", ids=("employee_id",)),
    ),
    Tool(
        open_ticket,
        "Open a ticket for an employee.",
        (EMPLOYEE, Parameter("topic", "topic"), PRIORITY),
        outputs("ticket", "ticket_id"),
        effect="write",
        preconditions=("the employee has no open ticket on the topic",),
    ),
    Tool(
        close_ticket,
        "Close an assigned ticket.",
        (TICKET,),
        effect="write",
        preconditions=("the ticket is open", "the ticket is assigned"),
    ),
    Tool(
        reopen_ticket,
        "Reopen a closed ticket.",
        (TICKET,),
        effect="write",
        preconditions=("the ticket is closed",),
    ),
    Tool(
        set_priority,
        "Change an open ticket's priority.",
        (TICKET, PRIORITY),
        effect="write",
        preconditions=("the ticket is open",),
    ),
    Tool(
        assign_ticket,
        "Assign an open ticket to a technician.",
        (TICKET, Parameter("technician_id", "technician_id")),
        effect="write",
        preconditions=("the ticket is open", f"the technician has fewer than {MAX_LOAD} open tickets"),
    ),
    Tool(
        add_note,
        "Add a note to a ticket.",
        (TICKET, Parameter("note", "note", free_text=True)),
        outputs("ticket", "notes"),
        effect="write",
    ),
    Tool(
        list_technicians,
        "List a team's technicians.",
        (Parameter("team", "team"),),
        outputs("technician", "name", "load", ids=("technician_id",), under="technicians.*."),
    ),
    Tool(
        list_devices,
        "List an employee's devices.",
        (EMPLOYEE,),
        outputs("device", "model", "warranty", ids=("device_id",), under="devices.*."),
    ),
    Tool(
        get_device,
        "Show a device.",
        (DEVICE,),
        outputs("device", "model", "warranty", "status", ids=("employee_id",)),
    ),
    Tool(
        replace_device,
        "Replace a device under warranty.",
        (DEVICE,),
        outputs("device", "new_device"),
        effect="write",
        preconditions=("the device is in use", f"its warranty lasts beyond {TODAY}"),
    ),
    Tool(
        unlock_account,
        "Unlock an employee's locked account.",
        (EMPLOYEE,),
        effect="write",
        preconditions=("the account is locked",),
    ),
    Tool(
        reset_password,
        "Reset the password of an active account.",
        (EMPLOYEE,),
        effect="write",
        preconditions=("the account is active",),
    ),
)


def _note(draw: Draw) -> str:
    thing, act = draw.choice(("user", "caller", "colleague")), draw.choice(("asked for", "waits for", "sent"))
    return f"{thing} {act} {draw.pick(MATERIALS)} case {draw.number(100, 999)}"


HELPDESK = BusinessWorld("helpdesk", TYPES, TOOLS, make_state, {"note": _note}, free_text=frozenset({"note"}))
