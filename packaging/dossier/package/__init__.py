"""The sealed package: a BagIt 1.0 bag (RFC 8493) in one canonical, uncompressed zip file."""
