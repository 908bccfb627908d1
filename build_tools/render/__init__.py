"""Rendering: from the woven edition to Markdown pages."""

from build_tools.render.edition import render_document, render_shared, textual_notes

__all__ = ["render_document", "render_shared", "textual_notes"]
