"""What can go wrong with who may do what, and with files that hold malware."""

from __future__ import annotations

from app.station.errors import StationError, StoppedByHand


class OperatorsBroken(StationError):
    key = "operators.broken"
    text = "The list of operators {file} cannot be used: {detail}."
    remedy = "An administrator mends what it names; until then the station does not open."
    exit_code = 2


class OperatorsNotAdministrators(StationError):
    key = "operators.not-administrators"
    text = "The list of operators {file} can be written by others than the administrator ({owner}, {mode})."
    remedy = "Let it belong to root and let nobody else write it: chown root, chmod 644."
    exit_code = 2


class FileInfected(StationError):
    key = "import.infected"
    text = "{file} holds the malware {malware}; it was not taken."
    remedy = "Take the medium to whoever looks after malware, and look at what else came from it."


class PackageInfected(StationError):
    key = "seal.infected"
    text = "The malware {malware} was found in the finished package of case {case_no}; it was removed."
    remedy = "Look which of the files brought in holds it (`juanzong check {case_no}`), and take it out of the case."


class SearchStopped(StoppedByHand):
    key = "malware.stopped"
    text = "The search for malware was stopped."
    remedy = "Nothing was taken or made. Start anew when it suits."
