"""Which language a text is in: by script, and among Latin scripts by its function words."""

# ruff: noqa: E501, SIM905 (wordings and scripts are easier to read unbroken)

from __future__ import annotations

import re

from nex_assets.filtered_traces.effects import READS, WRITES

SCRIPTS = {
    "Chinese": re.compile(r"[\u3400-\u9fff]+"),
    "Japanese": re.compile(r"[\u3040-\u30ff]+"),
    "Korean": re.compile(r"[\uac00-\ud7af\u1100-\u11ff]+"),
    "Cyrillic": re.compile(r"[\u0400-\u04ff]+"),
    "Arabic": re.compile(r"[\u0600-\u06ff]+"),
    "Hebrew": re.compile(r"[\u0590-\u05ff]+"),
    "Thai": re.compile(r"[\u0e00-\u0e7f]+"),
    "Devanagari": re.compile(r"[\u0900-\u097f]+"),
    "Greek": re.compile(r"[\u0370-\u03ff]{2,}"),
}
FUNCTION_WORDS = {
    "English": frozenset("the of and to is in that for with has was your have been this are on it not you from by an be a or at as which what when where who how why there do does did can could will would please my me i we they he she its their our than then but if about into one two find show list give tell check get make per until today tomorrow yesterday yes only after before between during while both very every some any most more less these those here now still should were had".split()),
    "French": frozenset("le la les des et est une un du de dans que qui quoi quel quelle quels quelles quand où comment pourquoi combien vous votre vos avec sur pas ce cette cet ces été sont nous au aux il elle ils je tu mon ma mes son sa ses pour par plus mais ou ne se en y fait donne donnez trouve trouvez montre quelles me te lui leur leurs si tout tous toute très déjà encore aussi avez avons peut peux jour jours".split()),
    "German": frozenset("der das die und ist nicht mit für von vom den dem des ein eine einen einem einer ich sie er es wir ihr wurde auf zu zum zur im in wird haben hat sind dazu wie was wer wo wann warum welche welcher welches welchen gibt bitte mir mein meine ihr ihre aus bei nach über um am an als auch oder aber kann können sehr so tief groß hoch viel viele heute habe hast mich dich sich uns noch schon nur dieser diese dieses keine kein mehr alle wieviel jetzt morgen gestern uhr".split()),
    "Spanish": frozenset("el la los las que de y en es una un por con para su sus se del al ha han sido está están lo le usted puede según qué cuál cuáles cuándo dónde cómo cuánto cuánta cuántos quién hay son era fue mi mis me más pero o no si sobre hoy muestra busca dime cuántas cuál quiénes esta este estos estas esto soy eres tengo tiene tienes nos nuestro nuestra quiero puedes cuando donde como porque también muy ya hasta desde entre sin todo todos".split()),
    "Portuguese": frozenset("o a os as que de e em é uma um por com para seu sua seus se da do dos das foi está estão não você são ao à na no nas nos mas ou como onde quando qual quais quanto quem há mais meu minha isso este esta hoje mostre encontre quantos quantas eu meus minhas tenho tem ter nós já ainda também muito pelo pela até sem nosso nossa quero posso pode".split()),
    "Italian": frozenset("il la lo gli le che di e è una un uno con non del della dei delle sono stato stata suo sua questo questa nel nella per da al alla ci si ma o come dove quando quale quali quanto chi perché più mio mia hai ha ho oggi mostra trova quanti quante mi ti siamo tra fra dal dalla anche ancora già solo tutti cosa loro noi essere avere".split()),
    "Dutch": frozenset("de het een en van is dat die in op te voor met niet zijn was aan er ook als bij door naar uit maar om hoe wat wie waar wanneer waarom welke kan ik je jij wij u mijn uw heeft hebben wordt deze dit vandaag toon zoek hoeveel nog heb hebt mij ons onze jullie worden werd geen wel".split()),
    "Polish": frozenset("i w na z do się nie jest to że od po za o jak co kto gdzie kiedy ile który która które czy są był była dla przez ale lub oraz mój moja ma dziś pokaż znajdź mam masz mogę moje mnie ten tego tej jeszcze już tylko bardzo".split()),
    "Turkish": frozenset("ve bir bu için ile de da ne nasıl nerede kim kaç hangi var yok mi mı mu mü olarak çok daha en gibi ama veya benim olan olduğu bugün göster".split()),
    "Swedish": frozenset("och i att det som en ett på är av för med den till inte om har de var ett från hur vad vem när varför vilken vilka jag du vi min idag visa".split()),
    "Indonesian": frozenset("yang dan di ke dari untuk dengan ini itu adalah pada tidak ada apa siapa bagaimana kapan berapa mana saya anda kami bisa akan atau juga sudah hari tolong".split()),
}  # fmt: skip
_NAMES = (
    r"(?:chinese|mandarin|english|french|spanish|german|japanese|korean|russian|italian|portuguese|arabic|dutch|polish|turkish|"
    r"swedish|hindi|greek|hebrew|thai|vietnamese|indonesian|czech|danish|finnish|norwegian|hungarian|ukrainian|latin)"
)
_ASKS = re.compile(
    rf"translat|(?:\bin|\binto|\bto|\buse|\busing|\bspeak|\bwrite|\breply)\s+(?:\w+\s)?{_NAMES}\b|\b{_NAMES}\s+(?:name|word|version|text|title|translation|spelling|phrase|speaker|answer|reply|please)"
    r"|\bauf (?:deutsch|englisch|französisch|spanisch)|\ben (?:anglais|français|espagnol|allemand|inglés|español|francés|alemán)|\bin (?:inglese|italiano)|\bem (?:inglês|português)"
    r"|翻译|译成|译为|[用以讲说]\s*(?:中文|汉语|英文|英语|日文|日语|法语|德语|韩语|西班牙语|俄语)|(?:中文|英文|英语|日文|日语|法语|德语|韩语|俄语)(?:回答|回复|写|介绍|版|名)|英語で|日本語で|по-английски|по-русски|영어로|한국어로",
    re.IGNORECASE,
)
_HINTS = (
    *(
        "translat",
        "chinese",
        "mandarin",
        "english",
        "french",
        "spanish",
        "german",
        "japanese",
        "korean",
        "russian",
        "italian",
    ),
    *(
        "portuguese",
        "arabic",
        "dutch",
        "polish",
        "turkish",
        "swedish",
        "hindi",
        "greek",
        "hebrew",
        "thai",
        "vietnamese",
        "danish",
    ),
    *(
        "indonesian",
        "czech",
        "finnish",
        "norwegian",
        "hungarian",
        "ukrainian",
        "latin",
        " auf ",
        " en ",
        "in inglese",
        " em ",
    ),
)
_PLAINLY = 6  # as many different English function words leave no doubt
_WORD = re.compile(r"[^\W\d_]+")


def asks_for_language(text: str) -> bool:
    """Tell whether `text` asks for a translation, or names the language it wants."""
    lower = text.lower()
    if text.isascii() and not any(name in lower for name in _HINTS):
        return False
    return _ASKS.search(text) is not None


def words(text: str) -> list[str]:
    """The words of `text`, lower case."""
    return [word.lower() for word in _WORD.findall(text)]


def plainly_english(text: str) -> bool:
    """Tell whether a short text in plain letters has an English function word, or an English verb of an agent's work."""
    known = FUNCTION_WORDS["English"] | READS | WRITES
    return text.isascii() and any(len(word) > 1 and word in known for word in words(text[:400]))


def scripts(text: str) -> frozenset[str]:
    """Names of the scripts other than Latin that make up a tenth of the letters of `text`, or more. Kanji
    beside kana, and Han beside Hangul, go with them."""
    if text.isascii():
        return frozenset()
    letters = sum(map(str.isalpha, text)) or 1
    found = {
        name
        for name, pattern in SCRIPTS.items()
        if sum(len(run) for run in pattern.findall(text)) * 10 >= letters
    }
    if found & {"Japanese", "Korean"}:
        found.add("Chinese")
    return frozenset(found)


def named(text: str, enough: int) -> str:
    """Name the language of a text in Latin letters, or return an empty string where it cannot be told: where
    fewer than `enough` different function words are its own, or another language has nearly as many."""
    said = words(text[:4000])
    if not said:
        return ""
    distinct = {word for word in said if len(word) > 1}  # single letters name variables and columns
    if len(distinct & FUNCTION_WORDS["English"]) >= _PLAINLY:
        return "English"
    scores = {name: len(distinct & common) for name, common in FUNCTION_WORDS.items()}
    if not text.isascii() and ("¿" in text or "¡" in text):
        scores["Spanish"] += 1
    order = sorted(scores, key=scores.__getitem__, reverse=True)
    best, second = order[0], order[1]
    if scores[best] < enough or scores[best] <= scores[second]:
        return ""
    own = distinct & FUNCTION_WORDS[best]
    if best != "English" and scores["English"] * 2 > scores[best]:
        return ""
    share = sum(word in own for word in said) / len(said)
    return best if share >= 0.12 else ""
