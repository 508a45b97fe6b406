"""The floor: places, diagnostics and the small words that every other room builds on."""
