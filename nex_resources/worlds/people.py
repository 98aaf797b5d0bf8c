"""Names and emails, which all business worlds need."""

from __future__ import annotations

from nex_resources.worlds.pools import Draw
from nex_resources.worlds.words import DOMAINS, FIRST_NAMES, LAST_NAMES


def person_name(draw: Draw) -> str:
    """Draw a name that this generator has not drawn before."""
    return draw.make(lambda rng: f"{rng.choice(FIRST_NAMES)} {rng.choice(LAST_NAMES)}", unique=True)


def email_of(draw: Draw, name: str) -> str:
    """Draw an address such as `ada.holm47@mail.example` for `name`."""
    stem = name.lower().replace(" ", ".")
    return draw.make(lambda rng: f"{stem}{rng.randint(1, 99)}@{rng.choice(DOMAINS)}", unique=True)
