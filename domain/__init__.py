"""RULES. Standard library only: no clock, no input or output, no framework."""
