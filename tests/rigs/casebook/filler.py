"""Running text, tables and talk to any length."""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping
from typing import Any

STORY = (
    "{day}，{s}在{place}趁无人注意之机实施上述行为，后迅速离开现场。",
    "案发后，{s}将涉案款项用于个人消费，部分赃款已被追回。",
    "经查，涉案物品价值人民币{sum}元，有购买凭证和价格认定结论证实。",
    "{day}晚，{s}再次来到{place}，用相同的方法作案，得款人民币{sum}元。",
    "被害人发现后立即报警，民警调取沿途监控录像，锁定了{s}的行踪。",
    "{s}归案后对作案的时间、地点、经过作了供述，与其他证据能够相互印证。",
    "另查明，{s}曾于{day}向他人借款{sum}元，至今未还。",
)
TOPICS = {
    "story": STORY,
    "search": ("在卧室衣柜内未发现可疑物品。", "在厨房、阳台未发现可疑物品。", "在客厅电视柜抽屉内发现银行卡两张。"),
    "scene": (
        "中心现场为一楼东侧房间，房门为木质单扇门，门锁完好，门框右侧有撬压痕迹一处，长3.2厘米。",
        "房间内南北长4.5米，东西宽3.6米，北墙下置双人床一张，床头柜抽屉呈打开状，物品散落。",
        "窗台上提取足迹一枚，长26厘米；在抽屉外侧提取指印两枚，均已固定提取。",
        "院墙高2.1米，墙头有蹬踏痕迹，墙外地面有轮胎印痕，宽约12厘米。",
    ),
    "price": (
        "调查人员走访了三家经营同类物品的商店，取得市场零售价格。",
        "根据使用年限和实物状况确定成新率为百分之七十。",
    ),
    "medical": (
        "处理：清创缝合，石膏固定，建议住院治疗。",
        "CT示：左尺骨中段骨皮质不连续。",
        "嘱：定期复查，不适随诊。",
    ),
    "note": ("因时间较长，部分监控录像已被覆盖，无法调取。", "经多次联系，其他在场人员未能到案说明情况。"),
}
TALK = {
    "GS01": (
        (
            "你把事情的经过讲一下？",
            "{day}{hour}点左右，我一个人走到{place}，当时周围没什么人，我就动了心思，做了那件事。",
        ),
        ("{thing}是从哪里来的？", "是我从{place}拿的，当时放在桌子上，我拿了以后就骑电动车走了。"),
        ("作案的时候还有谁在场？", "就我自己，{other}是后来才知道的，他没有参与。"),
        ("你一共得了多少钱？", "大概{sum}元，都用来还欠账和吃饭了，没有剩下。"),
        ("你当时穿什么衣服？", "上身穿黑色夹克，下身穿蓝色牛仔裤，戴一顶灰色帽子。"),
        ("你和被害人是什么关系？", "我们不认识，以前没有矛盾，也没有经济往来。"),
        ("你对自己的行为怎么看？", "我知道错了，愿意赔偿损失，请求从轻处理。"),
        ("我们对你扣押的物品你看一下是否属实？", "属实，清单上的东西都是从我这里拿走的，没有错。"),
    ),
    "BH01": (
        ("你今天来有什么事？", "我来报案，{day}{hour}点多，我在{place}被人侵害，损失了{sum}元。"),
        ("你把当时的情况讲一下？", "当时我正在{place}，有个男的走过来跟我说话，后来我就发现{thing}不见了。"),
        ("你的损失有多少？", "{thing}是我去年买的，花了{sum}元，发票还在家里。"),
        ("对方长什么样？", "三十岁左右，中等身材，短头发，说本地话，见了面我能认出来。"),
        ("你身上的伤怎么样？", "左胳膊疼，到{hospital}看了，医生说要住院。"),
        ("你还有什么要求？", "希望公安机关尽快破案，追回我的损失。"),
    ),
    "ZR01": (
        ("你和当事人是什么关系？", "我和他是邻居，住在一个小区，平时见面打个招呼，没有矛盾。"),
        ("你看到了什么？", "{day}{hour}点左右我路过{place}，听到有人喊，过去一看，有两个人在拉扯。"),
        ("你还记得那个人的样子吗？", "记得，一米七左右，穿黑色上衣，后来往北边跑了。"),
        ("当时光线怎么样？", "路灯亮着，能看清楚脸，距离也就十来米。"),
        ("还有谁在场？", "旁边小卖部的老板也在，他应该也看到了。"),
    ),
}
CHAT = (
    "在吗？",
    "这个项目还能投吗",
    "今天已经返利了，你看截图",
    "转过去了，你查收一下",
    "平台显示账户冻结",
    "需要再交保证金才能提现",
    "好的，我想想办法",
    "{sum}元已转",
    "客服说明天到账",
    "你别着急，老师会带大家操作",
    "收到",
    "再投一笔就可以全部取出来",
)
SUMMARIES = ("转账", "消费", "工资", "取现", "网银转入", "手机银行", "利息", "代扣")
SURNAMES = "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林高罗"
GIVEN = "伟芳娜敏静丽强磊军洋勇艳杰娟涛明超霞平刚"


def _values(values: Mapping[str, Any], rng: random.Random) -> dict[str, Any]:
    moment = values["filed"].later(days=-rng.randint(1, 40))
    other = rng.choice(SURNAMES) + rng.choice(GIVEN)
    more = {"sum": rng.randrange(3, 900) * 100, "hour": rng.randint(7, 22), "day": f"{moment:day}", "other": other}
    return {**values, **more}


def filling(topic: str, values: Mapping[str, Any], rng: random.Random) -> Iterator[str]:
    """`length` paragraphs of two sentences on a topic."""
    for _ in range(values.get("length", 1)):
        sentences = rng.sample(TOPICS[topic], 2)
        yield "".join(sentence.format_map(_values(values, rng)) for sentence in sentences)


def answers(kind: str, values: Mapping[str, Any], rng: random.Random) -> list[str]:
    """Questions and answers by turns, in any order."""
    pairs = list(TALK[kind]) * 3
    rng.shuffle(pairs)
    return [line.format_map(_values(values, rng)) for ask, answer in pairs for line in (f"问：{ask}", f"答：{answer}")]


def chat_lines(values: Mapping[str, Any], rng: random.Random) -> Iterator[tuple[bool, str]]:
    """A screen of a chat: whether it is one's own, and the words."""
    yield False, f"{values['filed'].later(days=-rng.randint(1, 60)):day} {rng.randint(7, 22)}:{rng.randint(10, 59)}"
    for _ in range(8):
        yield rng.random() < 0.5, rng.choice(CHAT).format_map(_values(values, rng))


def statement_rows(rng: random.Random, count: int) -> Iterator[list[str]]:
    balance = rng.uniform(1000, 90000)
    for _ in range(count):
        change = rng.uniform(-3000, 3000)
        balance = abs(balance + change)
        yield [
            f"2025{rng.randint(1, 12):02d}{rng.randint(1, 28):02d}",
            f"{rng.randint(0, 23):02d}:{rng.randint(0, 59):02d}:{rng.randint(0, 59):02d}",
            rng.choice(SUMMARIES),
            f"{change:.2f}" if change > 0 else "",
            f"{-change:.2f}" if change < 0 else "",
            f"{balance:.2f}",
            rng.choice(SURNAMES) + rng.choice(GIVEN),
            f"9999 9900 {rng.randint(0, 9999):04d} {rng.randint(0, 9999):04d}",
        ]


def call_rows(rng: random.Random, count: int) -> Iterator[list[str]]:
    for _ in range(count):
        at = f"2026-0{rng.randint(1, 6)}-{rng.randint(1, 28):02d} {rng.randint(0, 23):02d}:{rng.randint(0, 59):02d}"
        yield [
            f"{at}:{rng.randint(0, 59):02d}",
            rng.choice(("主叫", "被叫", "短信")),
            f"1000000{rng.randint(0, 9999):04d}",
            str(rng.randint(1, 900)),
            rng.choice(("本地", "异地")),
            f"{rng.randint(0, 150) / 100:.2f}",
        ]


def things_rows(values: Mapping[str, Any]) -> list[list[str]]:
    """The case's things: number, name, quantity, look, and a remark where the table has five columns."""
    rows = [
        [str(number), name, f"{count}{unit}", look, ""]
        for number, (name, count, unit, look) in enumerate(values["things"], start=1)
    ]
    return [row[:4] for row in rows] if values["kind"] == "ZC10" else rows


def catalogue_rows(values: Mapping[str, Any]) -> Iterator[list[str]]:
    yield ["序号", "责任者", "文号", "题名", "日期", "页号", "备注"]
    for number, (title, page) in enumerate(values["entries"], start=1):
        yield [str(number), values["organ"], "", title, f"{values['at']:dot}", str(page), ""]
