"""The library on disk: one SQLite database, page files written once, and the trail of every step (全程留痕)."""
