"""What the program itself says, in English and in traditional Chinese."""
