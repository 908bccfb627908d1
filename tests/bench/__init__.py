"""Measuring the builder; no test, and not run with the tests."""
