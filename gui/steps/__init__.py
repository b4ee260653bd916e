"""The derivation: one card a step, and the bar that walks along them."""
