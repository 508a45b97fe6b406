"""WORDS: what the program itself says, one catalog file a language, equals of each other."""
