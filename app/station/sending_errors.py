"""What can go wrong between the outbox and the platform, on the way there and back; one class per cause."""

from __future__ import annotations

from app.station.errors import StationError


class NoDestination(StationError):
    key = "send.no-destination"
    text = "No platform address is set."
    remedy = "Give it with --to, or start the training platform with `juanzong platform serve`."
    exit_code = 2


class PackageUnknown(StationError):
    key = "send.package-unknown"
    text = "There is no package {package} in the outbox."
    remedy = "List them with `juanzong outbox list` and name one as it stands there."
    exit_code = 2


class PackageSettled(StationError):
    key = "send.package-settled"
    text = "Package {package} has its receipt already."
    remedy = "There is nothing left to do for it; `juanzong outbox list` shows the platform's answer."
    exit_code = 2


class PlanBroken(StationError):
    key = "send.plan-broken"
    text = "The timetable {file} cannot be used: {detail}."
    remedy = "Mend it, or move it away: without it there is no limit."
    exit_code = 2


class UnitsBroken(StationError):
    key = "units.broken"
    text = "The unit directory {file} cannot be used: {detail}."
    remedy = "Mend it, or move it away and name addresses yourself."
    exit_code = 2


class UnitUnknown(StationError):
    key = "units.unknown"
    text = "The unit directory names {count} units {unit}; it has to be one."
    remedy = "List them with `juanzong outbox units` and give the code."
    exit_code = 2


class RouteDiffers(StationError):
    key = "units.other-route"
    text = "{unit} is reached by another way."
    remedy = "Use `juanzong {command}`."
    exit_code = 2


class AlreadySending(StationError):
    key = "send.already"
    text = "The outbox is being sent by another window or command."
    remedy = "Wait until it is done; everything it can send goes out."
    exit_code = 4


class PlatformNotStarted(StationError):
    key = "platform.not-started"
    text = "The training platform did not start (exit code {code})."
    remedy = "Run `juanzong platform serve` by itself to see why."
    exit_code = 4


class VerdictImpossible(StationError):
    """A person may accept what the checks doubt, not what is damaged or signed by nobody believed."""

    key = "receive.verdict-impossible"
    text = "The package is not sound; nobody can accept it."
    remedy = "Send it back, or fetch it again from the station that sealed it."


class ReasonUnknown(StationError):
    key = "receive.reason-unknown"
    text = "{code} is no reason of the standard for sending a dossier back; there are {known}."
    remedy = "Choose one of these, and say the rest in words."
    exit_code = 2


class PackageInPieces(StationError):
    """A slip stands for one file; a folder into which somebody unpacked it has no hash of its own."""

    key = "receive.in-pieces"
    text = "{path} is an unpacked package; a slip is given for the package's one file, or its parts."
    remedy = "Receive the file as it came. `juanzong verify` looks at an unpacked one."
    exit_code = 2


class NoUserServices(StationError):
    key = "background.no-services"
    text = "This login has no services of its own: {detail}."
    remedy = "Send with `juanzong outbox send --watch` in a window that stays open, or have systemd set up."
    exit_code = 2
