"""From bytes to data with places, and from there to the typed models."""
