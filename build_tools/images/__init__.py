"""Images of pages: for now those drawn from the transcription, where no scan is at hand."""
