"""CHECK: what one document cannot know; one function for each diagnostic code."""
