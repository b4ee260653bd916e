"""Live plots: what the numbers look like as curves."""
