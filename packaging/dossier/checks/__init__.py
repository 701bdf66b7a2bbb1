"""What is missing, contradictory or unreadable in a dossier, before anybody seals it."""

from dossier.checks.explanations import Explanation, explain, unexplained
from dossier.checks.run import run_checks
from dossier.checks.texts import describe

__all__ = ["Explanation", "describe", "explain", "run_checks", "unexplained"]
