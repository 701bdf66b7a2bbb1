"""One answer for all papers of a name (同名同类): what a clerk says one is, others under its title are too. Pure."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace

from dossier.corrections import Facts
from ocr.reading.kinds import ASK_BELOW
from ocr.reading.titles import SIGNS
from ocr.reading.types import DocumentProposal, KindGuess

LEARNT = 0.9


def learn(proposals: Sequence[DocumentProposal], facts: Sequence[Facts]) -> tuple[DocumentProposal, ...]:
    """The proposals, those that would be asked taken for the kind a clerk told of a paper under the same title.

    `facts`: what a clerk said of each of them. A title of which two kinds were told teaches nothing, nor does one that
    several kinds share (询问笔录): who was asked in one says nothing of the next. What a clerk says of a paper
    itself, and a kind that reading is sure of, is left as it is.
    """
    told: defaultdict[str, set[str]] = defaultdict(set)
    for proposal, said in zip(proposals, facts, strict=True):
        if said.kind is not None and proposal.title and not _is_shared(proposal):
            told[_bare(proposal.title)].add(said.kind)
    kinds = {title: next(iter(codes)) for title, codes in told.items() if len(codes) == 1}
    return tuple(
        _taken_for(proposal, kinds.get(_bare(proposal.title))) if said.kind is None else proposal
        for proposal, said in zip(proposals, facts, strict=True)
    )


def _taken_for(proposal: DocumentProposal, kind: str | None) -> DocumentProposal:
    guess = proposal.kind
    other = guess is not None and guess.confidence >= ASK_BELOW and guess.code != kind
    if kind is None or proposal.confidence >= ASK_BELOW or other or _is_shared(proposal):
        return proposal
    return replace(proposal, kind=KindGuess(kind, LEARNT, 0.0), confidence=min(LEARNT, proposal.followed))


def _is_shared(proposal: DocumentProposal) -> bool:
    """Whether several kinds go by the paper's title."""
    return proposal.kind is not None and bool(proposal.kind.rivals)


def _bare(title: str) -> str:
    return SIGNS.sub("", title)
