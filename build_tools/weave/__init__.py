"""Weaving: notes, emendations, terms and names put into the text as flat segments."""

from build_tools.weave.edition import weave_edition

__all__ = ["weave_edition"]
