"""What a learner is working on: the document, its edits, its history and its file."""
