"""Comparing two states of an edition, woven: what a branch changes."""

from build_tools.compare.edition import compare
from build_tools.compare.records import written

__all__ = ["compare", "written"]
