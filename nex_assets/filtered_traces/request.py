"""What the user's words ask for: which deeds, and whether any change at all."""

# ruff: noqa: E501, SIM905 (wordings and scripts are easier to read unbroken)

from __future__ import annotations

import re
from functools import lru_cache

from nex_assets.filtered_traces.effects import READS, WRITES

_IMPERATIVE = re.compile(
    r"(?:^|[.!?;:\n]\s*|\b(?:please|pls|and|then|can you|could you|would you|will you|kindly|let['’]?s|help me|also|just|don['’]t|need you to|now|or|but)\s+)([a-z]{2,14})\b",
    re.IGNORECASE,
)
_WORD = re.compile(r"[a-z]+")
_IRREGULAR = {
    "sent": "send", "told": "tell", "made": "make", "bought": "buy", "sold": "sell", "wrote": "write", "written": "write", "paid": "pay",
    "put": "put", "cut": "cut", "cast": "cast", "reset": "reset", "set": "set", "took": "take", "taken": "take", "gave": "give", "given": "give", "left": "leave", "kept": "keep",
    "built": "build", "ran": "run", "shut": "shut", "rang": "ring", "began": "begin", "got": "get", "held": "hold", "hid": "hide",
    "hidden": "hide", "let": "let", "lent": "lend", "spent": "spend", "split": "split", "undone": "undo", "redone": "redo", "withdrew": "withdraw",
}  # fmt: skip
# Verbs whose deed is the answer itself, or a look: no call has to bear them out.
_SPEECH = frozenset(
    "what which who whom whose when where why how any does did has had can could would should will may might if so there here i you we it he she they "
    "write draft compose say answer reply explain describe summarize summarise list show tell give name outline suggest recommend propose plan think "
    "consider compare calculate compute convert translate solve work find look check see know understand help try use take keep need want please "
    "ensure be do have get let go come put review report read determine identify estimate quote print draw design prepare note include follow "
    "return output respond act start begin base pick choose select rank sort group count sum provide present is are was were the this that it".split()
)
_CHANGES_ZH = re.compile(
    r"创建|新建|添加|新增|删除|移除|修改|更新|更改|发送|发给|发到|转发|寄|通知|告诉|提醒|取消|撤销|预订|预约|预定|订|购买|下单|支付|付款|转账|退款|退货|提交|推送|合并|部署|发布|"
    r"关闭|打开|开启|启用|禁用|重启|启动|停止|保存|写|导出|上传|下载|备份|安装|卸载|配置|设置|迁移|复制|移动|重命名|恢复|归档|批准|拒绝|分配|邀请|订阅|修复|修|改|加|换|帮我(?!查|看|找|算|搜|分析|总结|比较)|实现|编写|运行|执行|清空|清理|标记|回复|登记|办理"
)
_QUESTION = re.compile(
    r"\s*(?:what|which|who|whom|whose|when|where|why|how|is|are|was|were|do|does|did|has|have|any|show|list|find|look|search|tell (?:me|us)|give (?:me|us)|check|get|see|read|"
    r"summari[sz]e|describe|explain|compare|count|display|fetch|retrieve|identify|analy[sz]e|report|view|inspect|can you (?:tell me|show|find|check|look|list)|"
    r"could you (?:tell me|show|find|check|look|list)|please (?:tell me|show|find|check|look|list|summari[sz]e|give))\b",
    re.IGNORECASE,
)
_QUESTION_ZH = re.compile(
    r"[?？]\s*$|^(?:请|帮我|麻烦)?(?:查|看|找|搜|列出|显示|总结|分析|比较|统计|介绍|说明|解释|告诉我)|什么|哪|多少|几|吗|如何|怎么|为什么|谁"
)


def lemma(word: str) -> str:
    """Return the bare form of an English verb: `booked` and `booking` to `book`, `sent` to `send`."""
    word = word.lower()
    if word in _IRREGULAR:
        return _IRREGULAR[word]
    for ending in ("ied", "ies"):
        if word.endswith(ending) and len(word) > 4:
            return word[:-3] + "y"
    for ending in ("ed", "ing"):
        if word.endswith(ending) and len(word) > len(ending) + 2:
            bare = word[: -len(ending)]
            return bare[:-1] if len(bare) > 3 and bare[-1] == bare[-2] and bare[-1] not in "lsz" else bare
    return word


def is_past(word: str) -> bool:
    """Tell whether a word has the form of a past participle: `booked`, `sent`, and `set`, which does not change."""
    return word.lower() in _IRREGULAR or (
        lemma(word) != word.lower() and not word.lower().endswith(("ing", "s"))
    )


def same_verb(one: str, other: str) -> bool:
    """Tell whether two forms belong to one verb, a silent `e` aside."""
    a, b = lemma(one).rstrip("e"), lemma(other).rstrip("e")
    return (
        a == b
        or (len(a) > 3 and a[-1] == a[-2] and a[:-1] == b)
        or (len(b) > 3 and b[-1] == b[-2] and b[:-1] == a)
    )


def deeds(text: str) -> frozenset[str]:
    """Return the verbs that `text` tells the agent to do and that need a call: no looks, no words."""
    found = {match.lower() for match in _IMPERATIVE.findall(text)}
    return frozenset(word for word in found if word not in _SPEECH and (word not in READS or word in _BOTH))


_BOTH = frozenset(["ping", "call", "review", "monitor"])  # a look at a machine, a deed among people


_CASES = ("if ", "otherwise", "unless ", "in case ", "when ")
_PARTS = re.compile(r"(?<=[?!.])\s+|\n+")
_ENQUIRES = re.compile(  # a question about how things are, whatever verbs it has
    r"(?:(?:and|also|so|hi|hello|hey|btw|ok)[,!]?\s+)*(?:what|which|who|whose|when|where|why|how (?:much|many|long|often|far|old|big|large)|is|are|was|were|does|do|did|has|have)\b[^?]*\?\Z"
)
_EITHER = frozenset(  # as often a thing as a deed
    "order book post share mail email message comment import code shell bash sh python command terminal notebook repl type press click key close open set return exchange transfer reserve schedule charge".split()
)
_DEEDS = "|".join(sorted(WRITES - _EITHER))
_ADDRESSES = re.compile(  # … unless it is a request in the form of a question
    r"\byou\b|\b(?:possible|a way|any way|able|allowed|can|could|may|mind|should|please|pls)\b|\bif (?:so|not|yes)\b|\bi (?:want|need|would|['’]d)|"
    rf"\b(?:and|then|,) (?:please )?(?:{_DEEDS})\b"
)
_NOMINAL = re.compile(
    r"\b(?:an?|the|my|our|your|his|her|their|its|this|these|those|any|of|no|which|last|next|each|every|per)\s+[a-z]+\b"
    r"|\b(?:is|are|was|were|been|got|gets)\s+(?:(?:not|already|yet|ever|actually|really)\s+)?[a-z]+ed\b|\b(?:is|are|was|were|been)\s+(?:(?:not|already|yet|ever)\s+)?(?:paid|sent|sold|bought|made|put|set)\b"
)


@lru_cache(maxsize=1_024)
def only_asks(text: str) -> bool:
    """Tell whether `text` asks for information and for nothing to be changed."""
    lower = text.strip().lower()
    if not lower:
        return False
    if re.search(r"[\u3400-\u9fff]", lower):
        return (
            _QUESTION_ZH.search(lower) is not None and _CHANGES_ZH.search(_NO_NUMBER.sub("", lower)) is None
        )
    asks = [part for part in _PARTS.split(lower) if part]
    if any(part.startswith(_CASES) and not part.endswith("?") for part in asks):
        return False  # what is to be done in that case
    if all(_ENQUIRES.match(part) is not None and _ADDRESSES.search(part) is None for part in asks) and asks:
        return not deeds(text)
    words = set(_WORD.findall(_NOMINAL.sub(" ", lower)))
    return (
        _QUESTION.match(lower) is not None
        and not any(lemma(word) in WRITES for word in words - _NOUNS)
        and not deeds(text)
    )


_NO_NUMBER = re.compile(
    r"(?:的|哪些|什么|多少|几个?)(?:订阅|预订|预约|通知|提醒|备份|退款|支付|付款|退货|更新|修改|配置|设置)|(?:订阅|预订|预约|通知|提醒|备份|退款|支付|付款|退货)(?=有|是|在|吗|情况|记录|状态|列表|多少|什么|哪|何时|进度|到)|(?:订|运|快递)单号?|快递|订单|地址|更新时间|最近更新|已\w{0,2}(?:取消|发送|退款)"
)
_NOUNS = frozenset(
    "orders books posts notes shares calls messages mails emails reports files tests changes updates events type types key press close open last set".split()
)
