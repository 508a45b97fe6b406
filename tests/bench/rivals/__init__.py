"""The same tier decision by other engines of rules, side by side in one run.

The rubric is written in their languages by code, from the algebra that our own engines run, so
that what is compared stays the same decision. Neither of them knows what is partly known, or not
known: rows hold known answers only, and the algebra is taken for what it says of those, yes or no.
"""
