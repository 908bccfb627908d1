"""Rendering: from the woven edition to Markdown pages."""

from build_tools.render.edition import render_edition

__all__ = ["render_edition"]
