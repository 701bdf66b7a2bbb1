"""Devices: scanners, cameras, pads. Knows no other folder of ours."""
