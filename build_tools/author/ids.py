"""Ids for new records: the model derives them, for readers of newcomers' files do so as well."""

from build_tools.model.ids import DEVICES, LETTERS, LONGEST, derived_id

__all__ = ["DEVICES", "LETTERS", "LONGEST", "derived_id"]
