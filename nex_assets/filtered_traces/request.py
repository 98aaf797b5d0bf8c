"""What the user's words ask for: which deeds, and whether any change at all."""

# ruff: noqa: E501, SIM905 (wordings and scripts are easier to read unbroken)

from __future__ import annotations

import re
from functools import lru_cache

from nex_assets.filtered_traces.effects import READS, WRITES

_LEADS = r"(?:please|pls|and|then|can you|could you|would you|will you|kindly|let['’]?s|help me|also|just|don['’]t|need you to|now|or|but)\s+"
_IMPERATIVE = re.compile(
    rf"(?:^|[!?;:\n]\s*|\.\s+|\b{_LEADS})(?:{_LEADS})*([a-z]{{2,14}})\b",
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


_WANTS = re.compile(  # a wish beside the question: it may be one for a change
    r"\b(?:what|how) about\b|\bwhy (?:not|don['’]?t (?:you|we))\b|\bbe possible\b|\bis it possible\b|\b(?:i|we)(?: (?:want|need|wish|would like)|['’]d like)\b(?! to (?:know|see|understand|check|find|hear|look|learn|get an? (?:idea|overview))\b)"
    r"|\bif (?:so|not|yes|any|there|it|they|possible)\b|\blet['’]?s\b|\bgo ahead\b|\b(?:have|get|want|need|make|put|turn) (?:it|them|this|that|these|those)\b"
    r"|\b(?:can|could|may|should) (?:i|we) (?:\w+ )?(?:have|get)\b|[.?!;,]\s+(?:please |then |just |and )*(?:take|get|grab|put|turn|let|pick|choose)\b"
)
_STARTS_OTHER = re.compile(  # how a question about how things are begins in other languages
    r"\W*(?:(?:y|e|et|und|en|och|dan|i|и)\s+)?(?:"
    r"(?:(?:a|de|en|con|desde|para|por|hasta) )?(?:qué|quién(?:es)?|cuál(?:es)?|cuándo|d[oó]nde|cómo|cuánt[oa]s?)|hay|tiene[ns]?|está[ns]?|existen?"
    r"|(?:(?:à|de|depuis|jusqu['’]à|pour|en|dans|sur) )?(?:qui|quoi|quel(?:le)?s?|quand|où|combien|comment|pourquoi)|est-ce (?:que |qu['’])|qu['’]est-ce|y a-t-il"
    r"|(?:(?:an|auf|aus|bei|bis|für|in|mit|nach|seit|um|von|zu) )?(?:wer|wen|wem|wessen|was|wann|wo|woher|wie ?viele?|wie|welche[rsnm]?|warum|wieso|weshalb)(?! (?:the|an?|my|our|your|it|there|he|she|they|this|that|i|we|any)\b)|ist|sind|hat|haben|gibt es|steht|läuft"
    r"|(?:(?:a|di|da|in|con|per) )?(?:chi|che|cosa|qual(?:e|i)?|quando|dove|come(?! (?:on|to|in|up|home)\b)|quant[oaie]|perché)|c['’]è|ci sono"
    r"|(?:(?:a|de|em|com|para|por|desde) )?(?:quem|(?:o )?que|qual|quais|quando|onde|como|quant[oa]s?)|há|tem|são|é"
    r"|wie|wat|wanneer|waar|hoe|hoeveel|welke?|waarom|zijn|heeft|staat|kto|co|kiedy|gdzie|jak|ile|któr\w+|czy|dlaczego|jaki\w*"
    r"|vem|vad|när|hur|vilk\w+|varför|finns|är|siapa|apa|apakah|kapan|bagaimana|berapa|mengapa"
    r"|кто|что|когда|где|как|сколько|как(?:ой|ая|ое|ие)|почему|есть ли|во сколько"
    r")\b[^?]*\?\Z"
)
_ADDRESSES_OTHER = re.compile(  # a word to the agent or for the speaker's own sake: it may be a request
    r"\b(?:can|could|would|you|please|about|tal|wäre\w*|si on|et si|e se|pourquoi pas|warum nicht|pued\w+|podr\w+|podemos|quier\w+|quisiera|necesit\w+|por favor|gustaría|me|nos|te|usted|tu|toi|vous|moi|nous|peu[tx]|pouv\w+|pourr\w+|veux|voudr\w+|faut|peut-on"
    r"|du|dir|sie|mir|mich|uns|bitte|kann|kannst|könn\w+|würde\w*|soll\w*|darf|dürf\w+|möcht\w+|will|wollen|lass\w*|e (?:mi|ci)|puoi|può|potr\w+|possiamo|vorrei|voglio|per favore|favore"
    r"|você|pode\w*|quero|preciso|queria|gostaria|je|jij|u|kan|kun(?:t|nen)?|zou|wil|mij|graag|alsjeblieft|możesz|mógł\w+|mogł\w+|proszę|chc\w+"
    r"|skulle|vill|mig|snälla|bisa|tolong|mohon|может\w*|можно|можешь|пожалуйста|мне|могли|хочу|ты|вы|надо|нужно)\b|-(?:me|moi|nous|tu|vous)\b"
)
_ASKS_JA = re.compile(
    r"(?:(?:です|ます|でした|ました|でしょう|いる|ある|なの)か|とは|何|誰|いつ|どこ|いくら|いくつ|どれ|は|(?:教えて|見せて|調べて|示して|確認して)(?:ください|下さい|くれますか|もらえますか|いただけますか)?)[。？?！!\s]*\Z"
)
_TELLS_JA = re.compile(
    r"(?:教えて|見せて|調べて|示して|確認して)(?:ください|下さい|くれますか|もらえますか|いただけますか)?"
)
_DOES_JA = re.compile(
    r"て(?:ください|下さい|くれ|もらえ|いただ|頂|ほしい|欲しい|おいて|から)|[でん]で(?:ください|下さい)|願|できます|たい|よう(?:に|か)|しましょう|して"
)
_ASKS_KO = re.compile(
    r"(?:까요|니까|나요|가요|은가|는지|어때요?|뭐|뭔가요|언제|어디|누구|얼마|몇 \S+|(?:알려|보여|찾아|말해)\s?(?:줘|주세요|주실래요))[.?!？\s]*\Z"
)
_TELLS_KO = re.compile(r"(?:알려|보여|찾아|말해)\s?(?:줘|주세요|주실래요)")
_DOES_KO = re.compile(r"줘|주세|주시|주실|줄래|줄 수|수 있|하자|할까|해라|고 싶|바꿔|보내|취소해|부탁")


def _enquires(text: str, parts: list[str]) -> bool:
    """Tell whether a text in another language than English or Chinese only asks how things are."""
    if re.search(r"[\u3040-\u30ff]", text):
        return all(
            _ASKS_JA.search(one) is not None and _DOES_JA.search(_TELLS_JA.sub("", one)) is None
            for one in (part for raw in parts for part in re.split(r"(?<=[。？！])", raw) if part.strip())
        )
    if re.search(r"[\uac00-\ud7af]", text):
        return all(
            _ASKS_KO.search(one) is not None and _DOES_KO.search(_TELLS_KO.sub("", one)) is None
            for one in parts
        )
    return all(_STARTS_OTHER.match(part) is not None for part in parts) and not _ADDRESSES_OTHER.search(text)


_BARS = re.compile(  # the user rules out every change
    r"(?:\b(?:do(?:n['’]?t| not)|without|never|must not|avoid|refrain from|no need to)\s+(?:(?:actually|yet|go and|be|please)\s+)?(?:chang|modify|edit|touch|alter|fix|updat|delet|writ|mak)\w*\s+(?:anything|any (?:changes?|files?|code|edits?|modifications?)|a thing)\b"
    r"(?! (?:else|other|outside|in|about|to|except|but|that|which|beyond|apart|until|on|of|under|unless|related|unrelated|without|from|before|after|i)\b)"
    r"|\b(?:no|zero) (?:changes|edits|modifications)(?: yet| please| for now)*(?=\s*[.!,;)]|\s*\Z)|\b(?:strictly|stay|keep (?:it|this)|this is) read-only\b"
    r"|\bjust (?:list|show|tell|report)\b[^.!?,;]{0,30}(?=[.!?]|\Z))"
    r"(?: (?:yet|for now|please|at all|right now|for the moment|at this point|just yet)\b)*",
    re.IGNORECASE,
)
_BARS_OTHER = re.compile(
    r"\b(?:verändere?|ändere?|ändern sie|bearbeite|lösche?)\s+(?:(?:bitte|aber|noch|dabei|daran|vorerst)\s+)*nichts\b|\bnoch nichts (?:ver)?ändern\b|\bohne (?:irgend)?etwas zu (?:ver)?ändern\b"
    r"|\bne (?:chang|modifi|touch)\w+ (?:(?:encore|pour l['’]instant) )?(?:à )?rien\b(?! d['’]autre)|\bsans rien (?:changer|modifier|toucher)\b"
    r"|\bno (?:cambies|modifiques|toques|edites) (?:(?:todavía|aún) )?nada\b(?! más)|\bsin (?:cambiar|modificar|tocar) nada\b(?! más)"
    r"|\b(?:non|senza) (?:cambiare|modificare|toccare) (?:ancora )?(?:niente|nulla)\b(?! altro)|\b(?:não (?:mude|altere|modifique)|sem (?:mudar|alterar|modificar)) (?:ainda )?nada\b(?! mais)"
    r"|\b(?:verander|wijzig) (?:nog )?niets\b|\bzonder iets te (?:veranderen|wijzigen)\b"
    r"|(?:不要|先别|别|请勿|先不要)(?:做)?(?:任何)?(?:修改|改动|更改|改|动)(?:任何(?:东西|文件|代码|内容))?(?=\s*[。，！,.!]|\s*\Z)|変更(?:は)?(?:しないで|せず)",
    re.IGNORECASE,
)
_LOOKS_FIRST = re.compile(
    r"\W*(?:(?:please|can you|could you|bitte|por favor|per favore|请|帮我|麻烦)\s*)*(?:review|check|look|inspect|audit|analy[sz]e|read|show|list|find|tell|compare|examine|explain|describe|report|go through|see|which|what|who|where|when|why|how|is|are|do|does|has|have"
    r"|prüf|schau|sieh|zeig|lies|list|analysier|überprüf|sag|vergleich|finde|such|regarde|vérifie|examine|analyse|montre|lis|dis|compare|relis|cherche|revisa|mira|muestra|lee|analiza|dime|compara|busca|comprueba|verifica"
    r"|controlla|guarda|mostra|leggi|elenca|analizza|dimmi|revise|olhe|mostre|leia|liste|analise|diga|verifique|confira|controleer|bekijk|toon|lees|analyseer|zeg|vergelijk|zoek"
    r"|查|看|检查|分析|审查|列出|说|告诉|找|比较|阅读)",
    re.IGNORECASE,
)


@lru_cache(maxsize=1_024)
def bars_changes(text: str) -> bool:
    """Tell whether `text` asks for a look and rules out, in general, that anything be changed."""
    found = _BARS.search(text)
    english = found is not None
    found = found or _BARS_OTHER.search(text)
    if found is None or _LOOKS_FIRST.match(text) is None:
        return False
    rest = f"{text[: found.start()].rstrip(' ,;.-:')}. {text[found.end() :].lstrip(' .,;!?')}".strip(" .")
    words = set(_WORD.findall(_NOMINAL.sub(" ", rest.lower())))
    return (
        not (english and deeds(rest))
        and not any(lemma(word) in WRITES for word in words - _NOUNS - {"review"})
        and _WANTS.search(rest.lower()) is None
        and _CHANGES_ZH.search(_NO_NUMBER.sub("", rest)) is None
    )


@lru_cache(maxsize=1_024)
def only_asks(text: str) -> bool:
    """Tell whether `text` asks for information and for nothing to be changed."""
    lower = text.strip().lower()
    if not lower:
        return False
    asks = [part for part in _PARTS.split(lower) if part]
    if not lower.isascii() and re.search(r"[\u3040-\u30ff]", lower):
        return _enquires(lower, asks)
    if re.search(r"[\u3400-\u9fff]", lower):
        return (
            _QUESTION_ZH.search(lower) is not None and _CHANGES_ZH.search(_NO_NUMBER.sub("", lower)) is None
        )
    if any(part.startswith(_CASES) and not part.endswith("?") for part in asks):
        return False  # what is to be done in that case
    if _enquires(lower, asks):
        return True
    if all(_ENQUIRES.match(part) is not None and _ADDRESSES.search(part) is None for part in asks) and asks:
        return not deeds(text) and _WANTS.search(lower) is None
    words = set(_WORD.findall(_NOMINAL.sub(" ", lower)))
    return (
        _QUESTION.match(lower) is not None
        and not any(lemma(word) in WRITES for word in words - _NOUNS)
        and not deeds(text)
        and _WANTS.search(lower) is None
    )


_NO_NUMBER = re.compile(
    r"(?:的|哪些|什么|多少|几个?)(?:订阅|预订|预约|通知|提醒|备份|退款|支付|付款|退货|更新|修改|配置|设置)|(?:订阅|预订|预约|通知|提醒|备份|退款|支付|付款|退货)(?=有|是|在|吗|情况|记录|状态|列表|多少|什么|哪|何时|进度|到)|(?:订|运|快递)单号?|快递|订单|地址|配置(?=文件|项|参数)|更新时间|最近更新|已\w{0,2}(?:取消|发送|退款)"
)
_NOUNS = frozenset(
    "orders books posts notes shares calls messages mails emails reports files tests changes updates events type types key press close open last set".split()
)
