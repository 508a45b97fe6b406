"""What the tests make by chance from a seed: models, projects, and ways to complete them."""
