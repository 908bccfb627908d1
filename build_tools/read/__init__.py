"""Reading: a tree of files in, records with their places and problems out."""
