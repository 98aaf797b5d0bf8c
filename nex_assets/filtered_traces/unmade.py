"""What an answer says was made or done, and no call made: a comment, a message, a reminder, a ticket; or one of
several things that the user listed. Only where every change there was says what it is: a command, a program, a
screen or another agent can have done anything.
"""

# ruff: noqa: E501, SIM905 (wordings and scripts are easier to read unbroken)

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator

from nex_assets.filtered_traces.claims import unreal
from nex_assets.filtered_traces.effects import words_of
from nex_assets.filtered_traces.prose import CJK, sentences
from nex_assets.filtered_traces.view import Site, Thread

_THINGS: dict[
    str, tuple[str, str]
] = {  # how it is spoken of; what a call that makes it has in its name or texts
    "comment": (
        r"comments?|notes?|remarks?|kommentare?|notiz(?:en)?|anmerkung(?:en)?|commentaires?|comentarios?|notas?|commento|comentários?|评论|备注|留言|コメント|メモ|комментари\w+|заметк\w+",
        r"comment|note|remark|repl|messag|text|body|content|descri|worklog|annot|history|memo|reason|kommentar|notiz|anmerk|coment|nota|评论|备注|留言|说明|回复|コメント|メモ|коммент",
    ),
    "message": (
        r"e-?mails?|messages?|notifications?|text messages?|sms|nachricht(?:en)?|benachrichtigung(?:en)?|courriels?|messages?|notifications?|correos?(?: electrónicos?)?|mensajes?|notificación|messaggio|mensagem|通知|消息|邮件|短信|通知|メール|メッセージ|письмо|сообщени\w+|уведомлени\w+",
        r"mail|messag|sms|notif|send|sent|post|slack|chat|recipient|tell|inform|alert|ping|page|whatsapp|telegram|teams|channel|subscri|confirm|remind|invit|share|comment|submit|nachricht|benachr|schick|correo|mensaj|avis|courriel|envo|通知|消息|邮|短信|发|信|メール|送|письм|сообщ|увед",
    ),
    "reminder": (
        r"reminders?|calendar (?:event|entry)|erinnerung(?:en)?|kalendereintrag|rappels?|recordatorios?|promemoria|lembretes?|提醒|闹钟|日程|リマインダー|напоминани\w+",
        r"remind|event|meet|calendar|appoint|invit|schedul|alarm|timer|task|todo|notif|cron|job|automat|routine|trigger|alert|due|when|erinner|termin|kalender|rappel|agenda|rendez|recordator|cita|promemoria|lembrete|提醒|闹钟|日程|日历|定时|リマイン|予定|напомин",
    ),
    "ticket": (
        r"tickets?|bug reports?|工单|チケット|тикет",
        r"ticket|issue|jira|bug|task|case|report|incident|story|request|support|工单|チケット|тикет|create|open|new|file",
    ),
}
_SAID = "|".join(said for said, _ in _THINGS.values())
_MADE = {name: re.compile(made, re.IGNORECASE) for name, (_, made) in _THINGS.items()}
_IS = {name: re.compile(said, re.IGNORECASE) for name, (said, _) in _THINGS.items()}
_DEED = r"(?:opened|created|filed|raised|set up|set|scheduled|posted|added|left|sent|logged)"
_CLAIMS = tuple(
    (marks, re.compile(pattern, re.IGNORECASE))
    for marks, pattern in (
        (
            ("I ", "I'", "I’", "We ", "we "),
            rf"\b(?:I|we)(?:['’]ve| have)?\s+(?:[^.!?;:\n]{{2,90}}?,?\s+and\s+(?:(?:have|I['’]ve|I)\s+)?)?(?:(?:also|just|now|then)\s+)*{_DEED}\s+(?:(?:you|them|him|her)\s+)?(?:an?|the|your|another)\s+(?:(?!for\b|to\b|of\b|on\b|in\b|with\b|as\b)[\w-]+\s+){{0,2}}?(?P<thing>{_SAID})\b",
        ),
        (
            ("habe ", "Habe "),
            rf"\b(?:habe ich|ich habe)\s+(?:[^.!?;,:\n]{{0,60}}?\s)?(?P<thing>{_SAID})\b(?:(?!\bund\b)[^.!?;,:\n]){{0,80}}?\b(?:angefügt|hinzugefügt|erstellt|angelegt|gesendet|gesetzt|verschickt|versendet|eingerichtet|eingetragen|hinterlassen|gestellt|abgeschickt|geschickt|eröffnet|ergänzt)\b"
            r"|\b(?:habe ich|ich habe)\s+(?!mich\b|uns\b)[^.!?;:\n]{2,80}?\b(?P<told>benachrichtigt|verständigt)\b",
        ),
        (
            ("'ai ", "’ai "),
            rf"\bj['’]ai\s+(?:[^.!?;:\n]{{2,80}}?\s+et\s+(?:j['’]ai\s+)?)?(?:(?:aussi|également|bien|ensuite)\s+)*(?:ajouté|envoyé|créé|posté|laissé|programmé|publié|mis|planifié|transmis|ouvert)\s+(?:un|une|le|la|l['’]|votre)\s*(?:\w+\s+){{0,1}}?(?P<thing>{_SAID})\b"
            r"|\bj['’]ai\s+(?:[^.!?;:\n]{2,80}?\s+et\s+)?(?:(?:aussi|également|bien)\s+)*(?P<told>prévenu|notifié|averti)\b",
        ),
        (
            ("he ", "He ", "ho ", "Ho "),
            rf"\b(?:he|ho)\s+(?:(?:también|además|anche|poi)\s+)*(?:[^.!?;:\n]{{2,80}}?\s+[ye]\s+(?:(?:he|ho)\s+)?)?(?:añadido|agregado|enviado|creado|publicado|dejado|programado|puesto|mandado|abierto|aggiunto|inviato|creato|lasciato|impostato|pubblicato)\s+(?:un|una|el|la|il|lo|l['’]|tu|su)\s*(?:\w+\s+){{0,1}}?(?P<thing>{_SAID})\b"
            r"|\bhe\s+(?:[^.!?;:\n]{2,80}?\s+y\s+)?(?:(?:también|además)\s+)*(?P<told>notificado|avisado)\b",
        ),
        (
            ("发", "添加", "创建", "设置", "留", "提交", "安排", "通知"),
            rf"(?:已经?|我|并)(?!未|没)[^，。；！？：\n]{{0,20}}?(?:发送|发出|发了|添加|创建|设置|设定|留下|留了|提交|安排|发布)了?[^，。；！？：\n]{{0,8}}?(?P<thing>{_SAID})(?![\u4e00-\u9fff]*(?:设置|功能|模块|频率|规则|渠道))"
            r"|(?:并且?|也|还|同时)(?:已经?)?(?P<told>通知)了",
        ),
        (
            ("しました",),
            rf"(?P<thing>{_SAID})を(?:追加|送信|作成|設定|投稿|登録)しました|に(?P<told>通知)しました",
        ),
        (
            ("обавил", "тправил", "оставил", "Оставил", "создал", "Создал"),
            rf"(?:добавил|отправил|создал|оставил|поставил)[аи]?\s+(?:\w+\s+){{0,3}}?(?P<thing>{_SAID})",
        ),
    )
)
_SENDS = re.compile(
    r"sent|posted|left|gesendet|schickt|versendet|envoy|transmis|enviad|mandad|inviat|发|送|отправ|told",
    re.IGNORECASE,
)
_OTHERWISE = re.compile(
    r"\b(?:nicht|kein\w*|wenn|falls|sobald|soll\w*|möcht\w*|pas|si|lorsque|quand|no|cuando|non|quando|не|если)\b|未|没|ていません"
    r"|\b(?:below|above|here|draft|summary|table|list|docstring|code|readme|entwurf|unten|oben|brouillon|ci-dessous|borrador|abajo|unchanged|untouched|alone|as (?:it|they|is|before)|in place|empty|blank|earlier|yesterday|last (?:week|time))\b|草稿|下面|以下|系统|自动",
    re.IGNORECASE,
)
_EXECUTES = re.compile(
    r"run|exec|shell|bash|command|terminal|python|eval|script|code|build|query|sql|workflow|browser|page",
    re.IGNORECASE,
)
_FREE = frozenset(
    "click tap press fill type drag keypress key submit computer http https request api rest graphql rpc invoke call action repl ipython notebook batch bulk".split()
)
_FILES = frozenset("write str file patch editor edit insert append document doc page".split())


def _says_what_it_is(site: Site) -> bool:
    """Tell whether a change is by a tool that does one thing, with values for its arguments."""
    if site.tool is None or site.tool.kind == "agent" or _EXECUTES.search(site.call.name) is not None:
        return False
    return _FREE.isdisjoint(words_of(site.call.name))


def unmade(text: str, done: list[Site], thread: Thread) -> tuple[str, str]:
    """Return the sentence and why, for a thing said to be made or done that no call made; or two empty strings."""
    writes = [site for site in done if site.may_write]
    if not writes or not all(map(_says_what_it_is, writes)):
        return "", ""
    return _thing(text, writes, thread) or _member(text, done, writes, thread) or ("", "")


def _claimed(text: str) -> Iterator[tuple[str, str]]:
    patterns = [(marks, pattern) for marks, pattern in _CLAIMS if any(mark in text for mark in marks)]
    for sentence in sentences(text) if patterns else ():
        if sentence.endswith(("?", "？", "吗", ":", "：")):
            continue
        for _, pattern in patterns:
            for match in pattern.finditer(sentence):
                if unreal(sentence[: match.end()]) or _OTHERWISE.search(sentence[: match.end() + 20]):
                    break
                groups = match.groupdict()
                if groups.get("told"):
                    yield sentence, "message"
                    continue
                name = next(name for name, said in _IS.items() if said.fullmatch(match["thing"]))
                if name != "message" or _SENDS.search(match.group()):
                    yield sentence, name


def _thing(text: str, writes: list[Site], thread: Thread) -> tuple[str, str] | None:
    for sentence, name in _claimed(text):
        if name == "comment" and any(not _FILES.isdisjoint(words_of(site.call.name)) for site in writes):
            continue  # a comment in a file
        made = _MADE[name]
        if any(made.search(_about(site)) or _has_prose(site) for site in writes):
            continue
        return sentence, f"no call makes a {name}"
    return None


def _has_prose(site: Site) -> bool:
    """Tell whether a call passes words of its own: they may be what was said to be left or sent."""
    return any(
        isinstance(one, str)
        and (one.strip().count(" ") >= 2 or (not one.isascii() and len(CJK.findall(one)) >= 6))
        for one in site.call.arguments.values()
    )


def _about(site: Site) -> str:
    told = site.tool.description if site.tool is not None else ""
    return f"{site.key.decode()} {site.text[:1000]} {told}"


_TOKEN = re.compile(
    r"[\w.+-]+@[\w-]+\.[\w.-]*\w|(?<![\w.@/#-])(?=[A-Za-z0-9-]*\d)(?=[\w-]{4})[A-Za-z]{1,12}-?[A-Za-z0-9-]*[A-Za-z0-9](?![\w@/-]|\.\w)"
)
_LISTED = re.compile(
    r"[\s,;:&/+`'\"*()、，和及与]*(?:(?:and|und|y|et|e|as well as|sowie|plus)\b)?[\s,;`'\"*(#]*"
)
_CONTRAST = re.compile(
    r"\b(?:not|n['’]t|never|unchanged|untouched|kept|keeps?|remains?|stays?|left|still|except|without|but|already|instead|only|skip\w*|could|failed|pending|"
    r"nicht|kein\w*|bleibt|noch|nur|schon|bereits|aber|pas|reste|déjà|mais|sauf|ya|pero|sigue|salvo)\b|未|没|不|已经在|仍|但",
    re.IGNORECASE,
)


def _shape(token: str) -> str:
    return "@" if "@" in token else re.sub(r"[A-Za-z]", "A", re.sub(r"\d", "9", token))


def _member(text: str, done: list[Site], writes: list[Site], thread: Thread) -> tuple[str, str] | None:
    """One of several ids that the user listed side by side, which no call has and no result shows, named in the
    answer beside one for which a call was made."""
    users = thread.users
    found = list(_TOKEN.finditer(users))
    if len(found) < 2:
        return None
    calls = "\n".join(site.key.decode() for site in thread.sites)
    for one, other in itertools.pairwise(found):
        if _LISTED.fullmatch(users, one.end(), other.start()) is None or _shape(one[0]) != _shape(other[0]):
            continue
        for missing, made in ((one[0], other[0]), (other[0], one[0])):
            if missing in calls or missing in thread.shown or missing not in text:
                continue
            if not any(_passes(site, made) for site in writes):
                continue
            for sentence in sentences(text):
                beside = missing in sentence and made in sentence and not sentence.endswith(("?", "？"))
                if beside and _CONTRAST.search(sentence) is None and not unreal(sentence):
                    return sentence, f"{missing} is said to be done as {made} is, and no call has it"
    return None


def _passes(site: Site, value: str) -> bool:
    """Tell whether a call has the very value among its arguments."""
    return any(
        value == one or (isinstance(one, list) and value in one) for one in site.call.arguments.values()
    )
