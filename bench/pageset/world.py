"""Words of an invented world: no real place, person or number. Simplified and traditional Chinese."""

from __future__ import annotations

import datetime as dt

import numpy as np
from papercase.idnumber import id_number

POLICE = "清禾市公安局望陵分局"
STATION = "望陵分局溪桥派出所"
TRAFFIC = "清禾市公安局交通警察支队望陵大队"
JAIL = "清禾市第二看守所"
PROCURACY = "清禾市望陵区人民检察院"
LAB = "清禾市正衡司法鉴定中心"
PRICE = "清禾市望陵区价格认证中心"
HOSPITAL = "望陵区第三人民医院"
OFFICES = (POLICE, STATION, TRAFFIC, JAIL, PROCURACY, LAB, PRICE, HOSPITAL)

SURNAMES = "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦许何吕张孔曹严华金魏陶姜"
GIVEN = "明华建国志强文斌晓燕丽娟海涛玉兰春生德福秀英立新永康佳宁子涵思远若彤振东国梁雅琴"
PLACES = (
    "溪桥路",
    "望江街",
    "柳湾村",
    "南津渡口",
    "北市场",
    "青石巷",
    "稻香苑小区",
    "三里亭",
    "榆林大道",
    "东风电影院",
)
CHARGES = (
    "盗窃",
    "危险驾驶",
    "故意伤害",
    "诈骗",
    "寻衅滋事",
    "非法持有毒品",
    "掩饰、隐瞒犯罪所得",
    "帮助信息网络犯罪活动",
)
THINGS = (
    "电动自行车",
    "黑色双肩包",
    "银色笔记本电脑",
    "白色塑料袋",
    "木柄菜刀",
    "红色手提箱",
    "现金",
    "银行卡",
    "手机",
    "自行车锁",
    "铁钳",
    "行车记录仪",
)
COLOURS = ("黑色", "白色", "银灰色", "蓝色", "红色")

STATEMENTS = (
    "{date}{hour}时许，{suspect}在{place}与{victim}因琐事发生口角，随后二人互相推搡，{victim}倒地受伤。",
    "经审查查明，{suspect}于{date}窜至{place}，趁人不备将被害人{victim}的{thing}盗走，后以{money}元的价格变卖。",
    "上述事实，有被害人陈述、证人证言、现场勘验笔录、扣押清单、监控录像等证据予以证实，足以认定。",
    "犯罪嫌疑人{suspect}到案后如实供述自己的罪行，自愿认罪认罚，并已退赔被害人损失{money}元。",
    "民警在{place}将{suspect}抓获，当场查获{thing}{count}件，经{victim}辨认确系其所有。",
    "根据《中华人民共和国刑事诉讼法》第{article}条之规定，决定对{suspect}涉嫌{charge}案立案侦查。",
    "送检的血样编号为{number}，经检验，乙醇含量为{money}mg/100ml，检材已全部消耗。",
    "价格认定基准日为{date}，采用市场法进行认定，{thing}的市场价格为人民币{money}元整。",
    "因案情复杂，期限届满不能终结，经上级机关批准，将羁押期限延长至{date}。",
    "{witness}证实，当晚{hour}时左右听到门外有吵闹声，出门后看见{suspect}手持{thing}站在{place}口。",
    "该车为{colour}小型轿车，号牌为测A·D{plate}，发动机号{number}，登记所有人为{suspect}。",
    "以上情况属实，如有虚假，愿意承担相应的法律责任。",
)
QUESTIONS = (
    "问：你的基本情况？",
    "问：你把当时的经过讲一下？",
    "问：{thing}是从哪里来的，现在在什么地方？",
    "问：当时还有谁在场？",
    "问：你对被害人{victim}的损失是怎样赔偿的？",
    "问：以上所讲是否属实？",
    "问：你是否需要申请有关人员回避？",
)
ANSWERS = (
    "答：我叫{suspect}，{date}出生，住{place}{count}号，身份证号码{id}。",
    "答：那天{hour}点多，我和朋友吃完饭，走到{place}的时候碰到了{victim}，他说我欠他{money}元钱，我们就吵起来了。",
    "答：是我在网上买的，花了{money}元，卖家的电话是100 0000 {plate}，聊天记录还在手机里。",
    "答：还有{witness}和另外{count}个人，名字我叫不上来，他们都看见了。",
    "答：我已经赔给他{money}元，他也给我写了谅解书。",
    "答：属实。",
    "答：不需要。",
)
TRADITIONAL = (
    "具狀人林國棟，住清禾縣望陵鎮溪橋里，為聲明事實懇請詳查事。",
    "竊於民國三十七年四月間，聲請人與鄰人陳書華訂立租約，租用臨街鋪面一間，月租稻穀三石。",
    "詎料本年入夏以來，該鋪屋瓦滲漏，貨物盡濕，屢次請求修繕，均遭置之不理。",
    "為此檢具收據兩紙、證人結文一件，懇請鈞局派員查勘，依法裁處，實為德便。",
    "右列物品經點驗無訛，計銀圓貳拾枚、懷錶壹隻、地契參張，當面交還原主收執。",
    "據稱當日黃昏時分，見有二人自後門進入，攜帶包袱往東而去，面貌未能辨認。",
    "以上所述俱屬實情，如有虛偽，願受法律處分，特具切結為憑。",
)
DIGITS = "〇一二三四五六七八九"


def person(rng: np.random.Generator) -> str:
    given = "".join(rng.choice(list(GIVEN), rng.integers(1, 3)))
    return str(rng.choice(list(SURNAMES))) + given


def day(rng: np.random.Generator) -> dt.date:
    return dt.date(2023, 1, 1) + dt.timedelta(days=int(rng.integers(0, 1000)))


def chinese_day(date: dt.date) -> str:
    """二〇二三年十二月五日"""
    year = "".join(DIGITS[int(digit)] for digit in str(date.year))
    return f"{year}年{_count(date.month)}月{_count(date.day)}日"


def _count(number: int) -> str:
    tens, ones = divmod(number, 10)
    head = {0: "", 1: "十"}.get(tens, DIGITS[tens] + "十")
    return head + (DIGITS[ones] if ones else "")


def document_number(rng: np.random.Generator) -> str:
    word = rng.choice(["立", "拘", "受案", "取保", "鉴通", "诉"])
    return f"清公(望){word}字〔{rng.integers(2021, 2026)}〕{rng.integers(1, 2000)}号"


def filled(template: str, rng: np.random.Generator) -> str:
    """A template with its blanks filled from the invented world."""
    born = dt.date(1960, 1, 1) + dt.timedelta(days=int(rng.integers(0, 16000)))
    date = day(rng)
    return template.format(
        date=f"{date.year}年{date.month}月{date.day}日",
        hour=rng.integers(0, 24),
        suspect=person(rng),
        victim=person(rng),
        witness=person(rng),
        place=rng.choice(PLACES),
        thing=rng.choice(THINGS),
        colour=rng.choice(COLOURS),
        charge=rng.choice(CHARGES),
        money=rng.integers(80, 60000),
        count=rng.integers(1, 30),
        article=rng.integers(80, 170),
        number="".join(map(str, rng.integers(0, 10, 8))),
        plate="".join(map(str, rng.integers(0, 10, 4))),
        id=id_number(born, int(rng.integers(0, 1000))),
    )


def paragraph(rng: np.random.Generator, sentences: int) -> str:
    """Running text of a report, simplified."""
    return "".join(filled(STATEMENTS[i], rng) for i in rng.permutation(len(STATEMENTS))[:sentences])


def traditional_paragraph(rng: np.random.Generator, sentences: int) -> str:
    return "".join(TRADITIONAL[i] for i in rng.permutation(len(TRADITIONAL))[:sentences])
