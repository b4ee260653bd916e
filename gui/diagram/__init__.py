"""Pictures of the graph: the network, and the boxes in a row of a function."""
