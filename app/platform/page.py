"""The platform's one page: what came in, Chinese first."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from app.platform.checking import Pending
from app.platform.inbox import Received
from transfer.types import Verdict

_FRAME = """<!doctype html>
<html lang="zh-CN"><head><meta charset="utf-8"><title>训练平台 Training platform</title>
<style>
 body {{ font: 15px/1.6 "Noto Sans CJK SC", sans-serif; margin: 0; color: #1F2933; background: #FBFAF7 }}
 .band {{ background-color: #1F4E79; color: #fff; padding: 10px 24px;
   background-image: repeating-linear-gradient(45deg, #1F4E79, #1F4E79 12px, #2E6398 12px, #2E6398 24px) }}
 table {{ border-collapse: collapse; margin: 24px; background: #fff }}
 th, td {{ border-bottom: 1px solid #D9DEE3; padding: 6px 14px; text-align: left; vertical-align: top }}
 p {{ margin: 24px }}
</style></head><body>
<div class="band">训练平台:仅供培训、演示和测试,不是正式平台。 Training platform: for training, demonstration and tests;
no production platform.</div>
{body}
</body></html>
"""
_HEADS = ("序号 No.", "收到 Received", "案件 Case", "来自 From", "结论 Verdict", "说明 Reasons", "SHA-256")
_VERDICTS = {Verdict.ACCEPTED: "✓ 接收 accepted", Verdict.REJECTED: "✗ 退回 sent back"}


def overview_page(lines: Sequence[Received], pending: Sequence[Pending]) -> str:
    """HTML; everything that came from outside is escaped."""
    if not lines and not pending:
        return _FRAME.format(body="<p>还没有收到卷宗。 Nothing has come in yet.</p>")
    heads = "".join(f"<th>{head}</th>" for head in _HEADS)
    rows = "".join(map(_pending_row, pending)) + "".join(map(_row, lines))
    return _FRAME.format(body=f"<table><tr>{heads}</tr>{rows}</table>")


def _pending_row(each: Pending) -> str:
    state = "… 检查中 being checked"
    if each.fault is not None:
        state = f"! 检查中断({each.fault}),重启平台后再查 checking broke off; done again at the next start"
    return _cells("", "", "", each.package.station, state, "", each.package.sha256[:16] + "…")


def _row(line: Received) -> str:
    receipt = line.receipt
    return _cells(
        str(receipt.platform_sequence),
        receipt.received_at.isoformat(sep=" ", timespec="seconds"),
        line.case,
        line.station,
        _VERDICTS[receipt.verdict],
        ";".join(receipt.reasons),
        receipt.sha256[:16] + "…",
    )


def _cells(*cells: str) -> str:
    return "<tr>" + "".join(f"<td>{escape(cell)}</td>" for cell in cells) + "</tr>"
