"""Binding: from records to a bound edition, every anchor and reference resolved, or a problem."""

from build_tools.bind.edition import bind_edition

__all__ = ["bind_edition"]
