"""Getting a sealed package there, and knowing that it arrived."""
