"""Reads finished files by code of its own and compares them with the texts of the edition."""
