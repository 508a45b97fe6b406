"""What running worked cases came to -> text, a file a format."""
