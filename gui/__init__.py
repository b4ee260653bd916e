"""The windows: views of the document and nothing the engine does not know."""
