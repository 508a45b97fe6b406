"""The kinds of rule, one file each, and the closed algebra that they are lowered to."""
