"""The model: frozen data in the field's own words, and pure text arithmetic."""
