"""Weaving: notes, emendations, terms and names put into the text as flat segments."""

from build_tools.weave.edition import passages_of, weave_document, weave_edition

__all__ = ["passages_of", "weave_document", "weave_edition"]
