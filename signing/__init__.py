"""Keys and proofs. Knows no other folder of ours."""
