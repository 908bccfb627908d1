"""Reports: problems told to people and to programs."""
