"""Networks of neurons: their shape, the relations between their quantities, and their training."""
