"""Random corrections of random texts, and a judge that knows every character by its number."""
