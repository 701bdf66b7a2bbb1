"""What the station does: take in, scan, read, file, check, seal, send. No Qt here."""
