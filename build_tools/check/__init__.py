"""Checks of policy on the bound edition: a visible list, one small function each."""

from build_tools.check.checks import check_edition

__all__ = ["check_edition"]
