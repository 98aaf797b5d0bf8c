"""Whether a tool reads or writes, guessed from the words of its name where its effect is not known."""

# ruff: noqa: E501, SIM905 (wordings and scripts are easier to read unbroken)

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from nex_resources.records import split_qualified

READS = frozenset(
    "get list read search find query fetch show describe count status log diff view lookup check calculate calc compute convert validate browse inspect select analyze analyse compare summarize summarise peek head tail think glob grep ls stat stats explain retrieve preview look see scan detect measure estimate history info details help ping whoami translate cat tree available forecast current monitor poll verify review".split()
)
WRITES = frozenset(
    "create add insert update set delete remove write edit modify send post put patch cancel refund return exchange book reserve schedule pay transfer charge submit append apply replace rename move copy commit push merge deploy publish upload save store close open reopen assign approve reject grant revoke reset clear drop truncate kill start stop restart run exec execute shell bash sh command terminal python eval install uninstall mkdir touch rm mv cp make build order buy purchase subscribe unsubscribe enable disable archive restore block unblock lock unlock notify mail email message reply comment invite share upsert import sync click type fill press drag register login logout repl code notebook change switch toggle adjust upgrade downgrade migrate extend renew pause resume rotate trigger forward waive redeem enroll".split()
)
_VERBS_ZH = {
    "查询": "query", "获取": "get", "搜索": "search", "列表": "list", "列出": "list", "读取": "read", "查看": "view", "详情": "details", "统计": "count",
    "删除": "delete", "关闭": "close", "取消": "cancel", "创建": "create", "新建": "create", "添加": "add", "更新": "update", "修改": "update", "发送": "send",
    "预订": "book", "预约": "book", "支付": "pay", "转账": "transfer", "转派": "assign", "提交": "submit", "退款": "refund", "下单": "order", "设置": "set",
    "保存": "save", "发布": "publish", "重启": "restart", "写入": "write",
}  # fmt: skip
_PINYIN = {
    "chaxun": "query", "huoqu": "get", "sousuo": "search", "liebiao": "list", "duqu": "read", "shanchu": "delete", "guanbi": "close", "quxiao": "cancel",
    "xinjian": "create", "xiugai": "update", "gengxin": "update", "fasong": "send", "tijiao": "submit", "xiadan": "order", "tuikuan": "refund", "shezhi": "set",
}  # fmt: skip
_INFINITIVES = {  # of German, French, Spanish, Portuguese, Italian and Dutch tool names, by what they do
    "list": "lister listar auflisten anzeigen zeigen afficher mostrar elencare mostrare tonen consulter consultar",
    "search": "chercher rechercher buscar suchen cercare zoeken trouver finden trovare pesquisar",
    "get": "obtenir obtener obter ottenere abrufen holen ophalen",
    "read": "lire leer ler leggere lesen lezen",
    "check": "verifier verificar verificare pruefen controleren",
    "send": "envoyer enviar inviare senden versenden verschicken schicken versturen verzenden",
    "create": "creer crear criar creare anlegen erstellen aanmaken",
    "add": "ajouter agregar anadir adicionar aggiungere hinzufuegen eintragen toevoegen",
    "delete": "supprimer eliminar borrar excluir apagar eliminare loeschen entfernen verwijderen",
    "update": "modificar actualizar atualizar aggiornare modificare aendern aktualisieren wijzigen",
    "cancel": "annuler cancelar annullare stornieren kuendigen annuleren",
    "book": "reserver reservar prenotare buchen reservieren boeken",
    "pay": "pagar pagare bezahlen ueberweisen betalen",
    "order": "commander bestellen ordinare",
    "close": "fermer cerrar fechar chiudere schliessen sluiten",
    "save": "enregistrer guardar salvar salvare speichern opslaan",
    "publish": "publier publicar pubblicare veroeffentlichen",
    "assign": "assigner asignar assegnare zuweisen toewijzen",
}  # fmt: skip
_ROMANISED = {**_PINYIN, **{word: verb for verb, words in _INFINITIVES.items() for word in words.split()}}
_SPLIT = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+")


_TOLD = {  # how the imperatives of these verbs begin
    re.sub(r"(?:[aei]re|[nr])\Z", lambda m: m.group()[0] if len(m.group()) == 3 else "", word): verb
    for verb, words in _INFINITIVES.items()
    if verb in WRITES
    for word in words.split()
}


def told_abroad(text: str) -> frozenset[str]:
    """Return the changes that `text`, in another European language, tells the agent to make, as English verbs."""
    plain = text.lower().translate({228: "ae", 246: "oe", 252: "ue"})
    plain = "".join(c for c in unicodedata.normalize("NFKD", plain) if not unicodedata.combining(c))
    return frozenset(
        verb
        for word in re.findall(r"[a-z]{4,}", plain)
        for stem, verb in _TOLD.items()
        if word.startswith(stem)
    )


# Changes that others notice or that cannot be taken back; notes, drafts and scratch files are none.
_CONSEQUENTIAL = frozenset(
    "delete remove drop destroy purge wipe cancel close refund return exchange book reserve order buy purchase pay transfer charge send submit post publish deploy merge push approve reject grant revoke reset kill terminate restart reboot stop scale disable archive subscribe unsubscribe invite share notify mail email message reply uninstall evict drain rollback change switch upgrade downgrade pause forward rotate redeem waive assign".split()
)


_EITHER = frozenset(
    "order exchange return book reserve transfer charge message mail email post share refund cancel pay purchase close release reply comment deploy build store move type press stop invite approve grant block lock import".split()
)
_THINGS = frozenset(
    "rate rates status policy policies history details detail info information list fee fees price prices quote balance eligibility count summary number id ids date dates statistics stats options availability tracking address calendar hours times window terms rules limit limits methods reasons records record log logs catalog preview estimate simulation report overview tracker".split()
)


_LOOKS = frozenset("get list read search find query fetch show describe view lookup check inspect".split())


def names_a_thing(words: list[str]) -> bool:
    """Tell whether a tool's name is a noun phrase, as `exchange_rate` or `order_status`, and no command."""
    return (
        len(words) > 1
        and (words[-1] in _THINGS or words[-1] in _LOOKS)
        and words[0] in _EITHER
        and WRITES.isdisjoint(words[1:-1])
    )


def consequential(words: list[str]) -> str:
    """Return the word among those of a tool's name or of a command that stands for such a change, before any
    word that stands for a look; or an empty string."""
    if names_a_thing(words):
        return ""
    for word in words:
        if word in _CONSEQUENTIAL:
            return word
        if word in READS:
            return ""
    return ""


def words_of(name: str) -> list[str]:
    """Split a tool's name into lower-case words: `getOrder`, `orders.get` and `retail__get_order` alike."""
    bare = split_qualified(name)[1] or name
    plain = [_ROMANISED.get(word.lower(), word.lower()) for word in _SPLIT.findall(bare)]
    return plain if bare.isascii() else plain + [word for verb, word in _VERBS_ZH.items() if verb in bare]


@lru_cache(maxsize=16_384)
def looks_up(name: str) -> bool:
    """Tell whether a tool's name says that it searches what others wrote."""
    return not _SEARCHES.isdisjoint(words_of(name))


_SEARCHES = frozenset(
    "search find lookup docs doc wiki kb knowledge explain define dictionary faq help grep".split()
)


_ACKNOWLEDGES = re.compile(
    r"\b(?:ok|okay|done|success\w*|accepted|confirm\w*|created|added|updated|deleted|removed|sent|saved|written|placed|booked|scheduled|queued|cancel\w*|"
    r"complete[d]?|applied|enabled|disabled|closed|opened|started|stopped|restarted|deployed|edited|patched|moved|assigned|submitted|published|granted|refunded|reserved|paid)\b|成功|已|完成",
    re.IGNORECASE,
)
_DATA_LENGTH = 48  # bytes; a shorter answer may be an acknowledgement
_ROWS = 3  # as many lines are a table or a text, unless they end by saying "done"


def shows_data(text: str) -> bool:
    """Tell whether a result looks like data that was read: long enough, and nothing in it says "done"."""
    if len(text.encode()) < _DATA_LENGTH:
        return False
    lines = text.strip().split("\n")
    return _ACKNOWLEDGES.search(lines[-1] if len(lines) >= _ROWS else text) is None


@lru_cache(maxsize=16_384)
def says_effect(name: str) -> bool:
    """Tell whether any word of a tool's name stands for a look or for a change."""
    return any(word in READS or word in WRITES for word in words_of(name))


@lru_cache(maxsize=16_384)
def seems_to_write(name: str) -> bool:
    """Tell whether the first telling word of a tool's name stands for a change; unknown names count as one."""
    words = words_of(name)
    if names_a_thing(words):
        return False
    if words[:1] == ["open"] and {"file", "page", "url", "document", "doc", "path"} & set(words):
        return False
    for word in words:
        if word in READS:
            return False
        if word in WRITES:
            return True
    return True
