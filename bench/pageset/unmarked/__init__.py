"""Pages without a seal, a fingerprint or a signature to find, each with something that might be taken for one."""

from functools import partial

from pageset.mark_page import Case, body
from pageset.unmarked.covers import coffee_table, file_cover, rusty_clips, water_edge
from pageset.unmarked.figures import numbering_machine, page_number
from pageset.unmarked.forms import invoice_with_code, receipt, red_form, red_table
from pageset.unmarked.heads import joint_head, letter_paper, notice, red_head, spaced_head
from pageset.unmarked.pens import red_pen, ringed_words, ticks, underlined
from pageset.unmarked.pictures import emblem, photograph, red_things, round_things
from pageset.unmarked.rules import calendar, ledger, manuscript, red_rules

OTHERS: dict[str, Case] = {
    "text": body,
    "head": red_head,
    "number": page_number,
    "red pen": red_pen,
    "photo": photograph,
    "red rules": red_rules,
    "invoice": red_form,
    "rings": round_things,
    "spaced head": spaced_head,
    "joint head": joint_head,
    "letter paper": letter_paper,
    "notice": notice,
    "receipt": receipt,
    "invoice with a code": invoice_with_code,
    "red table": red_table,
    "ledger": ledger,
    "manuscript": manuscript,
    "calendar": calendar,
    "words ringed in red": partial(ringed_words, red=True),
    "words ringed in black": partial(ringed_words, red=False),
    "ticks": ticks,
    "underlined": underlined,
    "numbering machine": numbering_machine,
    "red things": red_things,
    "marked photo": partial(red_things, pointed_at=True),
    "emblem": emblem,
    "file cover": file_cover,
    "cup": coffee_table,
    "rust": rusty_clips,
    "water": water_edge,
}
