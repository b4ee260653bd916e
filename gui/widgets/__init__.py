"""Parts that several rooms share; they know the theme and nothing of the document."""
