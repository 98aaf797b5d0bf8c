"""Who speaks: the personas whose manner suits a phrasing."""

from __future__ import annotations

from collections.abc import Mapping

from nex_resources.domains import PersonaRule, Phrasing


def fitting_personas(personas: Mapping[str, PersonaRule], phrasing: Phrasing) -> set[str]:
    """Return the names of those who speak in the phrasing's register."""
    return {name for name, p in personas.items() if phrasing.register_ in p.registers}
