"""Formulas as trees: built from expressions, laid out by TeX's rules, written in five languages."""
