"""Writing for authors: edits of the files of an edition, proposed and never carried out."""
