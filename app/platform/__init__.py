"""The training platform (训练平台): a small, correct, real receiver on loopback. It is no production platform."""
