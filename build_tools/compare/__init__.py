"""Comparing two states of an edition, woven: what a branch changes."""

from build_tools.compare.edition import compare

__all__ = ["compare"]
