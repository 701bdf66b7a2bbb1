"""犯罪嫌疑人诉讼权利义务告知书 (ZC01): front and back of one sheet, signed at the end."""

from papercase.case import HEARD, OFFICER, SECOND_OFFICER, SUSPECT, UNIT, chinese_day
from papercase.document import Document
from papercase.elements import NOTE, TITLE, Hand, signature_line
from papercase.kinds.filing import UNIT_SEAL
from papercase.seals import stamp_seal
from papercase.setting import paragraph
from papercase.sheet import Sheet

INTRODUCTION = "根据《中华人民共和国刑事诉讼法》的规定，在公安机关对案件进行侦查期间，犯罪嫌疑人有如下诉讼权利和义务："
FRONT = (
    "1.不通晓当地通用的语言文字时，有权要求配备翻译人员，有权用本民族语言文字进行诉讼。",
    "2.对于公安机关及其侦查人员侵犯其诉讼权利和人身侮辱的行为，有权提出申诉或者控告。",
    "3.对于侦查人员、鉴定人、记录人、翻译人员有法律规定应当回避情形的，有权申请他们回避；对驳回申请回避的决定，可以申请复议一次。",
    "4.自接受第一次讯问或者被采取强制措施之日起，有权委托律师作为辩护人。因经济困难或者其他原因没有委托辩护人的，"
    "可以向法律援助机构提出申请；没有委托辩护人的，有权约见值班律师，由值班律师提供法律帮助。",
    "5.有权申请变更强制措施；对强制措施法定期限届满的，有权要求解除。",
    "6.对侦查人员的提问，应当如实回答，但是对与本案无关的问题，有拒绝回答的权利。如实供述自己罪行的，可以依法从宽处理；"
    "愿意接受处罚的，可以依照法律规定适用认罪认罚从宽制度。",
    "7.有核对讯问笔录的权利；没有阅读能力的，侦查人员应当向其宣读。笔录记载有遗漏或者差错的，可以提出补充或者改正。",
    "8.未满十八周岁的犯罪嫌疑人在接受讯问时，有要求通知其法定代理人或者其他合适成年人到场的权利。",
)
BACK = (
    "9.聋、哑的犯罪嫌疑人在接受讯问时，有要求通晓聋、哑手势的人参加的权利。",
    "10.有权知道用作证据的鉴定意见的内容，对鉴定意见有异议的，可以申请补充鉴定或者重新鉴定。",
    "11.对查封、扣押的财物，有权要求侦查人员当场开列清单并由本人签名；对与案件无关的财物，有权要求退还。",
    "12.依法接受拘传、取保候审、监视居住、拘留、逮捕等强制措施和人身检查、搜查、扣押、鉴定等侦查措施。",
    "13.在接受讯问时，对公安机关送达的各种法律文书，应当签名、捺指印；拒绝签名的，由侦查人员在文书上注明。",
    "14.自案件移送审查起诉之日起，辩护人可以查阅、摘抄、复制本案的案卷材料，并可以向犯罪嫌疑人核实有关证据。",
    "此告知书在第一次讯问犯罪嫌疑人或者对其采取强制措施之日交犯罪嫌疑人，并在第一次讯问笔录中记明情况。",
    "本告知书已交本人阅读，并由办案民警向本人宣读，本人已经清楚。",
)


def rights_notice() -> tuple[Sheet, ...]:
    """Both faces carry text; the suspect signs and prints on the back, the unit seals it."""
    front, back = Sheet("ZC01-1"), Sheet("ZC01-2")
    front.centred(24, "犯罪嫌疑人诉讼权利义务告知书", TITLE, tracking=0.6)
    y = paragraph(front, 26, 44, 158, INTRODUCTION, NOTE, 9.6)
    for item in FRONT:
        y = paragraph(front, 26, y, 158, item, NOTE, 9.6)
    y = 24.0
    for item in BACK:
        y = paragraph(back, 26, y, 158, item, NOTE, 9.6)
    hand = Hand(SUSPECT.name, finger=True, date=HEARD)
    signature_line(back, 26, y + 14, "犯罪嫌疑人（签名、捺指印）：", NOTE, hand, wants_print=True, room=88)
    officers = (Hand(OFFICER), Hand(SECOND_OFFICER))
    signature_line(back, 26, y + 38, "办案民警（签名）：", NOTE, *officers, room=80)
    back.flush_right(184, y + 62, UNIT, NOTE)
    back.flush_right(176, y + 76, chinese_day(HEARD), NOTE)
    stamp_seal(back, 152, y + 71.4, UNIT_SEAL)
    back.truth.fields.update(date=HEARD.isoformat())
    return (front, back)


RIGHTS_NOTICE = Document(
    kind="ZC01",
    title="犯罪嫌疑人诉讼权利义务告知书",
    written_faces=2,
    write=rights_notice,
    date=HEARD,
    persons=(SUSPECT.name,),
    duplex=True,
)
