"""One page image in, knowledge out. Knows no other folder of ours."""
