"""Refusal errors, both ways: a feasible task refused, an infeasible one carried out."""

# ruff: noqa: E501, SIM905 (wordings and scripts are easier to read unbroken)

from __future__ import annotations

import re
from itertools import pairwise

from nex_assets.filtered_traces.context import Context
from nex_assets.filtered_traces.effects import WRITES, seems_to_write, told_abroad, words_of
from nex_assets.filtered_traces.kinds import finding
from nex_assets.filtered_traces.request import deeds, same_verb
from nex_assets.filtered_traces.view import Thread
from nex_resources.records import Finding, ToolSpec, Trace

_REFUSES = re.compile(
    r"\bI(?:['’]m| am) (?:sorry|afraid|unable|not able|not comfortable|not allowed)\b|\bI (?:cannot|can['’]?t|can not|won['’]t|will not|must decline|have to decline|"
    r"do(?:n['’]t| not) have (?:the |any )?(?:ability|access|capability|tools?|permission|means|way))\b|\bAs an AI\b|\bmy (?:apologies|limitations)\b|"
    r"\b(?:unable|not able) to (?:help|assist|fulfil|complete|do|comply|process|access|perform|provide|proceed)|\bI (?:must|have to) (?:refuse|decline)|\bdecline to\b|"
    r"\bagainst my (?:guidelines|policy|policies)\b|\bbeyond (?:my|what I)\b|\boutside (?:of )?my\b|\bcannot (?:help|assist|be done|be completed|be fulfilled)|\bno (?:available )?tool\b|"
    r"\b(?:this|that|it) (?:cannot|can['’]?t|can not) be (?:done|completed|processed|fulfilled|handled)|^(?:sorry|apologies|unfortunately)\b|\bI apologi[sz]e\b|(?:\bnot|n['’]t) something (?:that )?I (?:can|am able)|"
    r"\bnone of (?:the|my) (?:available )?tools\b|抱歉|对不起|无法(?:帮助|协助|完成|处理|提供|满足|执行|访问|为您)|不能(?:帮助|协助|完成|提供|满足)|没有(?:权限|能力|可用的工具|相应的工具)|作为(?:一个)?(?:AI|人工智能)|我拒绝",
    re.IGNORECASE,
)
_REFUSAL_WORDS = (
    "sorry", "afraid", "able", "not ", "n't", "n’t", "cant", "decline", "refuse", "as an ai", "apolog", "limitations", "guidelines",
    "polic", "beyond", "outside", "no tool", "no available", "none of", "unfortunately", "cannot", "歉", "对不起", "无法", "不能", "没有", "作为", "拒绝",
)  # fmt: skip
_ADMITS_INFEASIBLE = re.compile(
    r"\b(?:cannot|can['’]?t|can not|could ?n['’]?t|could not|unable|not (?:possible|able|found|allowed|available|exist|eligible|permitted|supported|cancel\w*|return\w*|process\w*|complete\w*|\w+ed)|no (?:such|tool|matching|order|user|way|record|results?|longer|\w+ (?:tool|with|found|exists?|matches))|"
    r"does ?n['’o]t|does not|do not|don['’]t|is ?n['’o]t|is not|was not|wasn['’]t|did not|didn['’]t|failed?|already|only (?:pending|delivered|orders)|decline|refuse|sorry|unfortunately|denied|rejected|insufficient|exceeds?|invalid|error|impossible|missing|need(?:s)? more|which (?:one|of)|clarify|none of)\b"
    r"|无法|不能|不存在|没有|未找到|找不到|抱歉|失败|不支持|不允许|不可|不符合|已经|错误|拒绝",
    re.IGNORECASE,
)


def detect(trace: Trace, context: Context) -> list[Finding]:
    """Compare whether the final answer refuses with whether the task can be done."""
    if not context.view.threads:
        return []
    thread = context.view.threads[0]
    answer = thread.answer
    if answer is None or not answer.text:
        return []
    kind = None if context.query is None else context.query.blueprint.kind
    if kind in ("negative", "irrelevance"):
        return _complied(thread, answer.text, kind, context)
    head = answer.text[:400]
    lower = head.lower()
    refusal = _REFUSES.search(head) if any(word in lower for word in _REFUSAL_WORDS) else None
    if refusal is None and kind is None:
        refusal = _denies_in_another_language(thread, answer.text)
        if refusal is not None:
            return [
                finding("refused_feasible", "drop", 0, thread.final, "text", refusal.span(), refusal.group())
            ]
    if refusal is None or _earned(thread, kind, context, answer.text):
        return []
    span = refusal.span()
    return [finding("refused_feasible", "drop", 0, thread.final, "text", span, refusal.group())]


def _earned(thread: Thread, kind: str | None, context: Context, answer: str) -> bool:
    """A refusal counts as right where the run found a reason, or nothing was offered to do it with."""
    if kind is not None:
        return context.verdict is not None and context.verdict.success
    if _denies_its_shell(thread, answer):
        return False
    if _LACKS_TOOL.search(answer) or _HARMFUL.search(thread.users) or not _relevant(thread, _clause(answer)):
        return True
    failed = any(site.failed for site in thread.sites)
    empty = any(len(site.text.strip()) <= 4 or '"not_found"' in site.text for site in thread.sites)
    return failed or empty or _looked(thread, answer)


def _relevant(thread: Thread, refusal: str) -> bool:
    """Tell whether a tool that was offered has to do with the request or with what the refusal says is
    impossible, by a shared word or a shared field; and can do what is asked, where a change is."""
    asked = _stems(thread.users) | _stems(refusal)
    fields = _fields(f"{thread.users} {refusal}")
    able = [
        one
        for one in thread.tools.values()
        if asked
        & _stems(
            offered := f"{one.name} {one.description} {' '.join(one.input_schema.get('properties') or ())}"
        )
        or fields & _fields(offered)
    ]
    if not able or WRITES.isdisjoint(deeds(thread.users)):
        return bool(able)
    return any(_may_change(one) for one in able)


def _clause(answer: str) -> str:
    """The clause that says what is impossible."""
    match = _REFUSES.search(answer)
    start = match.start() if match else 0
    return re.split(r"[.;;\n。；]", answer[start : start + 300])[0]


def _may_change(tool: ToolSpec) -> bool:
    return tool.effect != "read" and (tool.effect == "write" or seems_to_write(tool.name))


_FIELDS: dict[str, str] = {  # one pattern a field of work, in English and Chinese
    "weather": r"weather|forecast|temperature|rain|snow|天气|气温|温度|降雨|下雨",
    "markets": r"stock|share price|quote|ticker|market|price of|trading|exchange rate|currenc|股|行情|汇率",
    "flights": r"flight|airline|airport|fly|航班|机票|飞",
    "lodging": r"hotel|room|lodging|stay|check.?in|酒店|住宿|房间",
    "orders": r"order|parcel|package|shipment|deliver|tracking|订单|快递|包裹|物流|运单",
    "mail": r"e-?mail|mail|inbox|邮件|邮箱",
    "chat": r"message|slack|sms|text (?:him|her|them)|消息|短信",
    "calendar": r"calendar|meeting|appointment|schedule|event|日程|会议|日历",
    "files": r"file|folder|director|document|文件|目录|文档",
    "code": r"repo|code|commit|branch|pull request|function|代码|仓库|提交",
    "tickets": r"issue|ticket|bug|工单|缺陷",
    "data": r"database|sql|table|rows?|customers?|records?|数据库|客户|记录|表",
    "web": r"search|browse|web|internet|online|website|url|page|搜索|网页|网站|上网|联网",
    "cluster": r"kube|pod|cluster|container|docker|deploy|集群|容器|部署",
    "papers": r"paper|article|scholar|publication|citation|论文|文献",
    "maps": r"map|route|direction|distance|nearby|address|地图|路线|导航",
    "language": r"translat|翻译",
    "sums": r"calculat|comput|math|sum|计算",
    "transit": r"train|bus|tram|metro|transit|railway|timetable|itinerar|trip|travel|火车|高铁|地铁|公交|出行",
    "inventory": r"inventor|stock|depot|warehouse|in store|availab|kucun|库存|仓库",
    "staff": r"employee|staff|attendance|payroll|leave|vacation|hr\b|kaoqin|员工|考勤|工资|请假",
    "money": r"invoice|payment|balance|account|bank|transaction|expense|发票|余额|账户|账单",
    "health": r"lab|sample|patient|medical|diagnos|prescription|health|化验|患者|病历|健康",
    "news": r"news|headline|story|stories|press|新闻|头条",
    "media": r"music|song|video|film|movie|podcast|playlist|image|photo|音乐|视频|电影|图片",
    "food": r"recipe|restaurant|menu|food|meal|菜谱|餐厅|美食",
    "home": r"home|house|room|temperature|light|lamp|thermostat|heating|door|device|sensor|灯|空调|设备",
    "people": r"contact|crm|client|user|person|people|联系人|用户",
    "logs": r"\blogs?\b|metric|monitor|trace|日志|监控",
    "memory": r"remember|note|memo|记住|笔记|备忘",
}
_FIELD_PATTERNS = {
    name: re.compile(rf"(?<![a-z])(?:{pattern})", re.IGNORECASE) for name, pattern in _FIELDS.items()
}


def _fields(text: str) -> set[str]:
    spread = re.sub(r"(?<=[a-z])(?=[A-Z])|[_.-]", " ", text)
    return {name for name, pattern in _FIELD_PATTERNS.items() if pattern.search(spread)}


def _stems(text: str) -> set[str]:
    words = re.findall(r"[a-z]{4,}", re.sub(r"(?<=[a-z])(?=[A-Z])|_", " ", text).lower())
    chinese = re.findall(r"[\u3400-\u9fff]", text)
    return {word[:5] for word in words} - _VAGUE | {a + b for a, b in pairwise(chinese)}


_VAGUE = frozenset(
    {"tool", "please"[:5], "with", "that", "this", "from", "what", "have", "your", "will", "about", "which"}
)


_LACKS_TOOL = re.compile(
    r"\b(?:no|none of (?:the|my)|without a|lack(?:ing)? an?|do(?:n['’]t| not) have (?:an?y? |the )?|only (?:have )?)\s*(?:\w+\s){0,3}(?:tools?|functions?)\b|\btools? (?:\w+ ){0,3}(?:can(?:not|['’]t)|do(?:es)? ?n[o']t|only)\b|"
    r"\bonly (?:have )?[\w -]{0,20}access\b|\bI can only\b|我只能|(?:没有|缺少|不具备)[^，。\n]{0,12}(?:工具|接口|功能)|工具(?:只|仅|不)",
    re.IGNORECASE,
)
_HARMFUL = re.compile(
    r"malware|ransom|phish|keylog|steal|hack(?:ing)? into|exploit|weapon|bomb|explosive|poison|drugs?\b|launder|forge|counterfeit|stalk|spy on|bypass|"
    r"illegal|without (?:their|his|her) (?:knowledge|consent)|fake (?:id|review|invoice|passport)|ddos|木马|病毒|窃取|盗|破解|炸|毒|伪造|洗钱|违法|监视",
    re.IGNORECASE,
)


def _looked(thread: Thread, answer: str) -> bool:
    """A refusal after a look is earned where it gives a reason: it says more of what was seen, or of a rule,
    than the request itself did."""
    if not any(site.result is not None for site in thread.sites) or _denies_a_tool(thread, answer):
        return False
    if _REASON.search(answer):
        return True
    seen = _stems(thread.shown) - _stems(thread.users)
    return bool(seen & _stems(answer)) or not thread.shown.isascii()


_UNABLE = re.compile(
    r"\b(?:not able|unable|can(?:no|['’])?t|can not|(?:do not|don['’]t) have (?:the |any )?(?:ability|access|permissions?|means|tools?|way))\s+(?:to\s+)?(?:directly\s+|personally\s+)?"
    r"(?P<verb>[a-z]{3,14})\s+(?!(?:this|that|your|it|the|them|these|those|an?)\b)(?P<thing>[a-z]{4,20})(?=[.,;:!?]|\s*$|\s*\n| (?:on|in|from) (?:your|this|the) (?:system|computer|machine|device|disk|drive|file ?system|server|environment|session)\b| (?:for you|directly|here|myself|on your behalf|and|or|at the moment|right now|in this chat)\b)",
    re.IGNORECASE,
)


def _denies_a_tool(thread: Thread, answer: str) -> bool:
    """A refusal that gives no reason and says of itself that it cannot do, to any such thing, what a tool at
    hand does that was never called."""
    match = _UNABLE.search(answer)
    if (
        match is None
        or _REASON.search(answer)
        or _RULED.search(answer, match.start())
        or _BARRED.search(answer)
    ):
        return False
    called = {site.call.name for site in thread.sites}
    verb, thing = match["verb"].lower(), match["thing"].lower().rstrip("s")[:5]
    return any(
        _may_change(one)
        and (
            (any(same_verb(verb, word) for word in names) and any(word.startswith(thing) for word in names))
            or (verb in _LIGHT and same_verb(match["thing"].lower().rstrip("s"), names[0]))
        )
        for one in thread.tools.values()
        if one.name not in called and (names := words_of(one.name))
    )


_SHELLS = frozenset("bash shell terminal python notebook repl sandbox interpreter exec".split())
_PROCESSES = re.compile(  # work on a file that any shell or interpreter does
    r"\s*(?:(?:hi|hello|please|can you|could you|would you|help me|i need you to)[,!]?\s+)*(?:count|plot|chart|graph|draw|convert|comput|calculat|sort|renam|merg|extract|pars|sum|averag|compress|resiz|unzip|zip|split|combin|filter|dedup|mov|cop(?:y|ies)|replac|tally|transpos|concatenat|visuali[sz])\w*\b"
    r"[^.!?\n]*(?:[^.!?\n]|\.(?=\w)){0,200}?\b[\w-]+\.(?:csv|tsv|xlsx?|jsonl?|log|txt|md|ya?ml|xml|pdf|png|jpe?g|gif|svg|webp|zip|tar|gz|parquet|db|sqlite|html?|docx?|mp[34]|wav|mov|py|sql)\b",
    re.IGNORECASE,
)
_INCAPABLE = re.compile(
    r"\b(?:beyond|outside(?: of)?) (?:my (?:abilit|capabilit|scope|reach|means|powers?)\w*|what I (?:can|am able))|(?:\bnot|n['’]t) something (?:that )?I (?:can|am able)|"
    r"\bI(?:['’]m| am) (?:not able|unable|not capable)\b|\bI do(?:n['’]t| not) have (?:the |any )?(?:ability|capability|means|way)\b|"
    r"\bI (?:cannot|can['’]?t|can not) (?:\w+ly )?(?!find|see|tell|verify|confirm|locate|guarantee|determine|help|assist|recommend|share|provide|reach|comply)(?P<verb>[a-z]{2,})",
    re.IGNORECASE,
)
_OTHER_GROUNDS = re.compile(
    r"\?|missing|\bno (?!such capabilit|abilit)\w+|\b(?:yet|until|unless|since|because|enough|too (?:few|short|small))\b|not (?:there|present|exist|found|contain|allowed|permitted|installed|available)|n['’]t (?:there|exist|find|found|contain|allowed|permitted|installed|available)|permission|denied|empty|corrupt|encrypt|password|"
    r"priva|personal|confidential|secur|credential|ethic|legal|polic|copyright|licen|consent|sensitive|harm|instruct|rule|read-only|offline|which (?:one|of)|clarif|ambigu",
    re.IGNORECASE,
)
_RESTRICTS = re.compile(
    r"\b(?:never|must not|do not|don['’]t|not allowed|read-only|may only|only (?:use|answer|help|read|run))\b",
    re.IGNORECASE,
)


_HANDLES = frozenset(
    "make do create perform process generate produce run execute draw plot save analyze analyse handle work".split()
)


def _denies_its_shell(thread: Thread, answer: str) -> bool:
    """A denial of any ability to work on a named file, where a shell or an interpreter was offered, left
    untried, and nothing but the ability is said to be wanting."""
    shells = [one.name for one in thread.tools.values() if not _SHELLS.isdisjoint(words_of(one.name))]
    denied = _INCAPABLE.search(answer) if shells else None
    if denied is None or _OTHER_GROUNDS.search(answer) or _LACKS_TOOL.search(answer):
        return False
    verb = denied["verb"]
    if verb and not (
        verb.lower() in _HANDLES
        or any(same_verb(verb, word) for word in re.findall(r"[a-z]+", thread.users.lower()))
    ):
        return False  # it denies something else
    prompt = next((message.text for message in thread.messages[:1] if message.role == "system"), "")
    return (
        not any(site.call.name in shells or site.failed or not site.text.strip() for site in thread.sites)
        and _PROCESSES.match(thread.users) is not None
        and _HARMFUL.search(thread.users) is None
        and _RESTRICTS.search(prompt) is None
    )


_DENIES_OTHER = re.compile(  # of a kind of thing in general: "kann ich keine Buchungen vornehmen"
    r"\b(?:kann ich|ich kann) (?:(?:leider|selbst|hier|aber|jedoch|derzeit) )*keine?n? \w+ (?:\w+ ){0,2}\w+en\b|\bich bin (?:leider )?nicht in der lage,? \w+(?:en|s|er) zu \w+en\b"
    r"|\bje (?:ne )?(?:peux|suis) (?:malheureusement )?pas (?:(?:en mesure|capable) d(?:e |['’]))?\w+(?:er|ir|re) (?:de |d['’])\w+s\b(?=\s*[.,;:!]|\s*\Z| (?:pour|en|à) (?:vous|toi|votre|ta|ligne)\b| (?:et|ni)\b)"
    r"|\bno puedo \w+[aei]r (?!los |las |tus |sus |estos |estas |esos |esas |nos )\w+s\b(?=\s*[.,;:!]|\s*\Z| (?:en|por|para|a|per|em) (?:tu|su|ti|te|você|usted|aquí)\b| (?:y|ni|e|ou|né)\b)|\b(?:não posso|não consigo) \w+[aei]r (?!os |as |seus |suas |esses |essas )\w+s\b(?=\s*[.,;:!]|\s*\Z| (?:en|por|para|a|per|em) (?:tu|su|ti|te|você|usted|aquí)\b| (?:y|ni|e|ou|né)\b)"
    r"|\bnon (?:posso|riesco a|sono in grado di) \w+re (?!gli |le |i |tuoi |tue |questi |queste )\w+[ie]\b(?=\s*[.,;:!]|\s*\Z| (?:en|por|para|a|per|em) (?:tu|su|ti|te|você|usted|aquí)\b| (?:y|ni|e|ou|né)\b)|\b(?:kan ik|ik kan) (?:helaas )?geen \w+(?:en|s) \w+en\b",
    re.IGNORECASE,
)
_GROUNDS_OTHER = re.compile(
    r"\?|\b(?:weil|da|denn|bereits|schon|nur|erst|ausgebucht|abgelaufen|nicht mehr|ohne|bevor|zuerst|fehl\w+|frist|limit|regel\w*|richtlin\w*|erlaub\w*|berechtig\w*|bestätig\w*|benötig\w*|brauche|werkzeug\w*|tools?"
    r"|parce|car|puisque|déjà|seulement|complet|expir\w+|règle\w*|politique|autoris\w*|confirm\w*|besoin|manqu\w*|délai|outils?|sans"
    r"|porque|ya|s[óo]lo|agotad\w*|vencid\w*|política|regla\w*|autoriz\w*|necesit\w*|falta\w*|plazo|límite|herramientas?|sin|pois|já|apenas|regras?|precis\w+|prazo|ferramentas?|sem"
    r"|perché|poiché|già|regol\w+|politica|autorizz\w*|serv\w+|manca\w*|scadut\w*|strument\w+|senza|omdat|want|alleen|regels?|beleid|nodig|zonder)\b",
    re.IGNORECASE,
)


def _denies_in_another_language(thread: Thread, answer: str) -> re.Match[str] | None:
    """As `_denies_a_tool`, of a deed that the user asked for in another language: a tool never called does it."""
    if thread.language in ("English", "Chinese", "") or any(
        site.failed or len(site.text.strip()) <= 4 for site in thread.sites
    ):
        return None
    found = _DENIES_OTHER.search(answer)
    if found is None or _GROUNDS_OTHER.search(answer):
        return None
    called = {site.call.name for site in thread.sites}
    verbs = told_abroad(thread.users)
    able = any(
        _may_change(one) and not verbs.isdisjoint(words_of(one.name))
        for one in thread.tools.values()
        if one.name not in called
    )
    return found if able else None


_LIGHT = frozenset(["issue", "process", "make", "perform", "do", "handle", "give", "place", "carry"])
_BARRED = re.compile(
    r"\b(?:non-?refundable|not eligible|ineligible|expired|basic|too late|past the|outside|deadline|window)\b",
    re.IGNORECASE,
)
_RULED = re.compile(
    r"\b(?:eligib\w+|non-?refundable|window|deadline|basic|departed|shipped|delivered|closed|within|hours?|days?|unless|until|before|owner|verif\w+|confirm|identity|authori[sz]\w+|transferr?ed|human agent)\b",
    re.IGNORECASE,
)
_REASON = re.compile(
    r"\b(?:because|since|as it|already|only|polic\w+|rules?|requires?|must be|no longer|expired|exceed\w*|insufficient|found no|did not find|does not (?:include|contain|say|mention)|nothing)\b|因为|由于|已经|规定|只有|需要|超过|不足",
    re.IGNORECASE,
)


def _complied(thread: Thread, text: str, kind: str, context: Context) -> list[Finding]:
    if context.verdict is not None and context.verdict.success:
        return []
    wrote = [
        site for site in context.view.sites if site.may_write and not site.failed and site.result is not None
    ]
    wrote = [site for site in wrote if site.tool is not None and site.tool.effect == "write"]
    if wrote:
        site = wrote[0]
        why = f"{site.call.name} was carried out on a task that cannot be done"
        return [finding("complied_infeasible", "drop", site.trajectory, site.message, site.where, None, why)]
    if _ADMITS_INFEASIBLE.search(text):
        return []
    why = "the task cannot be done, and the answer does not say so"
    return [finding("complied_infeasible", "drop", 0, thread.final, "text", (0, min(120, len(text))), why)]
