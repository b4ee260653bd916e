"""Expressions as they were written, and how they are read, evaluated and differentiated."""
