"""Training as it is watched: rounds of one sample, runs of the descent lab, their controls."""
