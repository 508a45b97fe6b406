"""One short file a command. What a command needs is imported when it runs, for a quick start."""
