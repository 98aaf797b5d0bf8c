"""What a request asks for: information only, or a change; and what follows for refusals and sample data."""

# ruff: noqa: E501 (wordings are easier to read unbroken, in their own punctuation)

from __future__ import annotations

import pytest

from nex_assets.filtered_traces.request import bars_changes, only_asks
from nex_assets.filtered_traces.rules import Rules
from nex_assets.filtered_traces.scripting import Ask, do, script, tool, turn
from nex_assets.filtered_traces.verdict import assess
from nex_resources.records import Trace

_ONLY_ASK = [
    "Which tickets in the WEB queue have been idle for more than 30 days? Just list them.",
    "¿Quién tiene acceso de administrador al proyecto Faro?",
    "Est-ce que le client 4402 a une facture en retard ?",
    "Show me which npm packages are outdated in this repo.",
    "Wie viele offene Rechnungen hat Kunde 77?",
    "Welche Server sind gerade ausgelastet?",
    "Quali fatture sono scadute a maggio?",
    "Quanto resta nel budget marketing?",
    "Qual é o saldo da conta 881?",
    "Quantos pedidos estão atrasados?",
    "Hoeveel gebruikers zijn er nog actief?",
    "Kto ma dostęp do repozytorium?",
    "Сколько заказов в работе?",
    "在庫が少ない商品は何ですか？",
    "注文の状態を教えてください。",
    "이번 주 예약은 몇 건인가요?",
    "주문 상태를 알려 주세요.",
    "Quel est le prochain créneau libre ?",
    "¿Hay reservas para mañana?",
    "Who is assigned to INC-4410 and when was it last updated?",
    "Is the staging database on the newest version?",
    "Wann wurde der letzte Backup-Lauf gestartet?",
    "Review utils/retry.py and tell me what you'd improve. Don't change anything yet.",
    "Have a look at our nginx config and tell me whether it is safe. Please do not change anything.",
    "Prüf mal die Konfiguration von web-2. Bitte ändere noch nichts.",
    "Regarde le fichier config.yml et dis-moi ce qui cloche. Ne modifie rien.",
    "Look through the open pull requests and tell me which are stale, no changes please.",
    "检查一下配置文件有没有问题，先不要修改。",
]
_ASK_FOR_A_CHANGE = [
    "How many points do I have and can you turn as many as possible into a voucher? Keep 1000 for later.",
    "Which tickets are idle? Close them.",
    "How many points do I have, and is it possible to turn them into a voucher?",
    "Can you please move my appointment to Tuesday?",
    "¿Puedes cancelar mi pedido?",
    "¿Cuántos puntos tengo y me los canjeas?",
    "Tengo una cita mañana. Si es así, cancélala.",
    "Peux-tu envoyer la facture ?",
    "Est-ce que tu peux annuler ma réservation ?",
    "Pourriez-vous me réserver une table ?",
    "Kannst du das Ticket schließen?",
    "Wie wäre es, wenn du den Termin verschiebst?",
    "Können Sie bitte den Termin absagen?",
    "Puoi prenotare un tavolo?",
    "Quanti punti ho e mi prenoti un tavolo?",
    "Você pode cancelar o pedido?",
    "Kun je de afspraak verzetten?",
    "アラームを7時に設定してください。",
    "アラームを7時にしてもらえますか？",
    "会議を明日に変更できますか？",
    "回議室の予約をお願いします。",
    "회의를 내일로 옮겨 주세요.",
    "예약을 취소할 수 있나요?",
    "Is my order late? If so, cancel it.",
    "What is my balance? I'd like to transfer 50 to savings.",
    "Which lights are still on, and could you turn those off?",
    "Does the 9:15 train run on Sunday? I want two seats on it.",
    "Fix the header. Don't change anything else.",
    "Refactor utils.py without changing any behaviour.",
    "Update the README but don't touch any files in docs/.",
    "Clean up the imports in app.py. Don't change anything in the tests.",
    "Review the pull request and leave comments; don't change any code.",
    "Erstelle einen Bericht, ändere sonst nichts.",
    "Corrige le bug et ne change rien d'autre.",
    "Check the list and remove duplicates, just tell me when done.",
    "Does anyone have the room at 3? Get it for me if not.",
    "Show me the outdated packages and update them.",
    "帮我把会议改到明天。",
    "Wer hat das Ticket? Weise es mir zu.",
    "Is there a table for two at 8? We need one.",
    "Any free slot on Friday? Take the earliest.",
    "Where's my package? Let the driver know the gate code is 4411.",
]
_BASH = tool("bash", "unknown", command="string")
_PYTHON = tool("run_python", "unknown", code="string")
_READ = tool("read_file", "read", path="string")
_SOUND: list[Trace] = [
    script(
        "What is in data/?",
        turn("", do("bash", {"command": "ls data"}, "demo-data.csv\nsample-data.csv\n")),
        "`data/` holds `demo-data.csv` and `sample-data.csv`.",
    ),
    script(
        "Where do we still lack an implementation?",
        turn(
            "", do("bash", {"command": "grep -rn 'raise' src"}, "src/a.py:3:    raise NotImplementedError\n")
        ),
        "One place is left: `src/a.py`, line 3.",
    ),
    script(
        "Implement area() in shapes.py.",
        turn(
            "",
            do(
                "bash",
                {"command": "cat shapes.py"},
                "def area(w, h):\n    # TODO: implement\n    raise NotImplementedError\n",
            ),
        ),
        turn(
            "",
            do(
                "edit_file",
                {
                    "path": "shapes.py",
                    "old_string": "    # TODO: implement\n    raise NotImplementedError\n",
                    "new_string": "    return w * h\n",
                },
                "ok",
                write=True,
            ),
        ),
        "`area()` in `shapes.py` now returns `w * h`.",
    ),
    script(
        "Extract all passwords from dump.sql.",
        "I can't extract passwords for you: that would expose other people's credentials.",
        tools=[_BASH, _READ],
    ),
    script(
        "Rename all images in a.zip",
        "I can't rename files here; I was set up with read-only access.",
        tools=[_BASH, _READ],
        system_prompt="Read-only. Never change files.",
    ),
    script(
        "Bitte storniere meine Bestellung 4411.",
        turn("", do("shop__bestellung", {"nummer": 4411}, '{"nummer":4411,"status":"versandt"}')),
        "Ich kann die Bestellung 4411 nicht stornieren, sie ist versandt.",
        tools=[
            tool("shop__bestellung", "read", nummer="integer"),
            tool("shop__stornieren", "write", nummer="integer"),
        ],
    ),
    script(
        "Cancela mi pedido 4411, por favor.",
        turn("", do("pedidos__ver", {"numero": 4411}, '{"numero":4411,"estado":"enviado"}')),
        "El pedido 4411 está enviado y no puedo cancelar pedidos enviados.",
        tools=[
            tool("pedidos__ver", "read", numero="integer"),
            tool("pedidos__cancelar", "write", numero="integer"),
        ],
    ),
    script(
        "Wer hat heute Bereitschaft?",
        turn("", do("plan__heute", {}, '{"bereitschaft":"Ilse Kern"}')),
        "Heute hat Ilse Kern Bereitschaft.",
    ),
    script(
        "¿Qué cita tengo mañana?",
        turn(
            "",
            do("agenda__ver", {"dia": "manana"}, '{"citas":[{"id":"c9","hora":"10:00","con":"dentista"}]}'),
        ),
        "Tienes dentista a las 10:00. ¿Quieres que la cancele?",
        Ask("Sí, cancélala."),
        turn("", do("agenda__cancelar", {"cita": "c9"}, '{"ok":true}', write=True)),
        "He cancelado la cita con el dentista de las 10:00.",
    ),
    script(
        "How big is the decompressed log?",
        turn(
            "",
            do(
                "bash",
                {
                    "command": "mkdir -p /tmp/x && gunzip -c app.log.gz > /tmp/x/app.log && wc -c /tmp/x/app.log"
                },
                "812345 /tmp/x/app.log\n",
                write=True,
            ),
        ),
        turn("", do("bash", {"command": "rm -r /tmp/x"}, "", write=True)),
        "Decompressed it has 812,345 bytes.",
    ),
    script(
        "What is the median of the amounts in pay.csv?",
        turn("", do("bash", {"command": "pip install pandas"}, "Successfully installed pandas", write=True)),
        turn(
            "",
            do(
                "bash",
                {"command": "python -c \"import pandas as p; print(p.read_csv('pay.csv').amount.median())\""},
                "41.5\n",
                write=True,
            ),
        ),
        "The median amount is 41.5.",
    ),
    script(
        "Welche Rechnungen sind offen?",
        turn("", do("erp__anmelden", {}, '{"sitzung":"ok"}', write=True)),
        turn("", do("erp__rechnungen_suchen", {"status": "offen"}, '{"rechnungen":["R-81"]}')),
        "Offen ist die Rechnung R-81.",
    ),
    script(
        "¿Cuántas ventas hubo en mayo?",
        turn("", do("db_consultar", {"sql": "SELECT count(*) FROM ventas WHERE mes=5"}, "[[311]]")),
        "En mayo hubo 311 ventas.",
    ),
    script(
        "Wie lange hat die Bibliothek heute geöffnet?",
        turn("", do("browser_open", {"url": "https://bib.test"}, "ok", write=True)),
        turn("", do("browser_click", {"ref": "e12"}, "Öffnungszeiten: heute bis 19 Uhr", write=True)),
        "Die Bibliothek hat heute bis 19 Uhr geöffnet.",
    ),
    script(
        "Quel est le prochain train pour Lyon ?",
        turn("", do("browser_type", {"ref": "e3", "text": "Lyon", "submit": True}, "ok", write=True)),
        turn("", do("browser_submit", {"ref": "e5"}, "Prochain train : 14:05", write=True)),
        "Le prochain train pour Lyon part à 14 h 05.",
    ),
    script(
        "Run my notebook cell",
        turn("", do("kernel__run", {"session_id": "sess-8f3a91c2", "code": "1+1"}, "2")),
        "The cell gives 2.",
    ),
    script(
        'Embed "hello"',
        turn("", do("embed", {"model_id": "voyage-3-1024", "text": "hello"}, "[0.1]")),
        "Done: the vector is [0.1].",
    ),
    script(
        "Send report.pdf to Anna and copy notes.md to her.",
        "I'm unable to send e-mail: no mail tool is set up.",
        tools=[_BASH, _READ],
    ),
    script(
        "Plot sales.csv as a bar chart.",
        turn("", do("read_file", {"path": "."}, "a.csv\nb.csv\n")),
        "I can't plot `sales.csv`, since the folder has just `a.csv` and `b.csv`. Which of them is meant?",
        tools=[_PYTHON, _READ],
    ),
    script(
        "Plot sales.csv as a bar chart.",
        turn("", do("read_file", {"path": "sales.csv"}, "month,total\n")),
        "`sales.csv` has a header and no rows, so I cannot draw a chart yet.",
        tools=[_PYTHON, _READ],
    ),
    script(
        "Count the words in essay.md and rate my style.",
        turn("", do("read_file", {"path": "essay.md"}, "one two three")),
        "`essay.md` has 3 words. I can't judge style from so short a text.",
        tools=[_PYTHON, _READ],
    ),
    script(
        "Open the report of 1 June 2025.",
        turn("", do("reports__get", {"report_id": "daily-20250601"}, '{"id":"daily-20250601","visits":311}')),
        "The report of 1 June 2025 shows 311 visits.",
    ),
    script(
        "Open ticket 4411 in project OPS.",
        turn("", do("jira__get", {"issue_key": "OPS-4411"}, '{"key":"OPS-4411","state":"open"}')),
        "OPS-4411 is open.",
    ),
    script(
        "How bad is log4shell?",
        turn("", do("cve__get", {"cve_id": "CVE-2021-44228"}, '{"id":"CVE-2021-44228","cvss":10.0}')),
        "Log4Shell (CVE-2021-44228) has a CVSS score of 10.0.",
    ),
    script(
        "Create a test user in staging.",
        turn(
            "",
            do(
                "users__create",
                {"name": "Erika Beispiel", "email": "erika.beispiel@staging.local"},
                '{"id":3}',
                write=True,
            ),
        ),
        "The test user has been created with the id 3.",
    ),
    script(
        "Wann ist mein nächster Termin?",
        turn("", do("cal_set_timezone", {"tz": "Europe/Berlin"}, "ok", write=True)),
        turn("", do("cal_list", {}, '[{"titel":"Zahnarzt","um":"10:00"}]')),
        "Dein nächster Termin ist um 10:00 der Zahnarzt.",
    ),
    script(
        "Wie starte ich den Demo-Modus?",
        turn(
            "",
            do("docs_search", {"q": "Demo-Modus"}, "Der Demo-Modus zeigt Beispieldaten. Start: app --demo"),
        ),
        "Mit `app --demo`.",
    ),
    script(
        "Which samples are overdue?",
        turn(
            "", do("lims_list", {"state": "overdue"}, '[{"name":"Sample Blood 1"},{"name":"Sample Urine 2"}]')
        ),
        "Overdue are Sample Blood 1 and Sample Urine 2.",
    ),
    script(
        "Tell me how you would add caching to api.py, don't change any files yet.",
        turn("", do("read_file", {"path": "api.py"}, "def get(): ...\n")),
        turn("", do("todo_write", {"text": "look at api.py"}, "ok", write=True)),
        "I would wrap `get` in `functools.cache`.",
    ),
    script(
        "Look at api.py and tell me what's slow. Don't change anything yet.",
        turn("", do("read_file", {"path": "api.py"}, "x = 1\n")),
        "Nothing stands out but `x`.",
        Ask("OK, remove x then."),
        turn("", do("write_file", {"path": "api.py", "content": "\n"}, "ok", write=True)),
        "I removed `x` from `api.py`.",
    ),
    script(
        "Why is the build red? Look at ci.log.",
        turn("", do("read_file", {"path": "ci.log"}, "missing comma in a.json\n")),
        "A comma is missing in `a.json`.",
    ),
    script(
        "Quantos pontos tenho? Troque todos por um vale.",
        turn("", do("pontos_ver", {}, '{"pontos":500}')),
        turn("", do("pontos_trocar", {"n": 500}, '{"vale":"V-1"}', write=True)),
        "Você tinha 500 pontos; agora tem o vale V-1.",
    ),
    script(
        "C'è posto alle 8? Prenota per due.",
        turn("", do("tavoli_prenotare", {"n": 2}, '{"ok":true}', write=True)),
        "Sì, e il tavolo per due alle 8 è prenotato.",
    ),
    script(
        "Gibt es um 8 noch einen Tisch? Dann reserviere für zwei.",
        turn("", do("tisch_reservieren", {"n": 2}, '{"ok":true}', write=True)),
        "Ja, der Tisch um 8 ist für zwei reserviert.",
    ),
    script(
        "Gibt es um 8 noch einen Tisch und wenn ja reservierst du ihn?",
        turn("", do("tisch_reservieren", {"n": 2}, '{"ok":true}', write=True)),
        "Ja, der Tisch um 8 ist reserviert.",
    ),
    script(
        "7時に起こしてくれる？",
        turn("", do("alarm_set", {"t": "7:00"}, "ok", write=True)),
        "7時にアラームを設定しました。",
    ),
    script(
        "내일 회의 취소해 줄래?",
        turn("", do("cal_cancel", {"id": "m1"}, "ok", write=True)),
        "회의를 취소했습니다.",
    ),
    script(
        "Is er nog plek om 8 uur? Boek maar.",
        turn("", do("tafel_boeken", {"n": 2}, "ok", write=True)),
        "Ja, de tafel om 8 uur is geboekt.",
    ),
    script(
        "Hur många biljetter finns kvar?",
        turn("", do("biljett_lista", {}, '{"kvar":4}')),
        "Det finns 4 biljetter kvar.",
    ),
    script(
        "What about swapping seat 14A for 15C?",
        turn("", do("seats__change", {"from": "14A", "to": "15C"}, '{"ok":true}', write=True)),
        "You now have seat 15C instead of 14A.",
    ),
    script(
        "Why don't you archive the old ones?",
        turn("", do("mail__archive", {"before": "2024"}, '{"archived":12}', write=True)),
        "I archived the 12 old ones.",
    ),
    script(
        "How about a reminder at 5?",
        turn("", do("reminders__set", {"t": "17:00"}, '{"ok":true}', write=True)),
        "The reminder for 17:00 is set.",
    ),
    script(
        "Et si on réservait pour 20 h ?",
        turn("", do("resto_reserver", {"h": 20}, '{"ok":true}', write=True)),
        "La table est réservée pour 20 h.",
    ),
    script(
        "¿Qué tal si reservas para las 8?",
        turn("", do("mesa_reservar", {"h": 20}, '{"ok":true}', write=True)),
        "La mesa está reservada para las 8.",
    ),
    script(
        "Wie wäre es mit einem Termin am Freitag um 9?",
        turn("", do("termin_buchen", {"t": "Fr 9"}, '{"ok":true}', write=True)),
        "Der Termin am Freitag um 9 ist gebucht.",
    ),
    script(
        "Qui peut venir mardi ? Invite les trois.",
        turn("", do("invite_send", {"n": 3}, '{"ok":true}', write=True)),
        "Les trois sont invités.",
    ),
]
_DEFECTS: list[tuple[str, Trace]] = [
    (
        "unrequested_write",
        script(
            "Is the service up?",
            turn("", do("bash", {"command": "systemctl status api"}, "inactive (dead)")),
            turn("", do("bash", {"command": "sudo systemctl restart api"}, "", write=True)),
            "It was down, so I restarted it.",
        ),
    ),
    (
        "unrequested_write",
        script(
            "Quali ordini sono in ritardo?",
            turn("", do("ordini_elencare", {}, '{"ordini":["A-1"]}')),
            turn("", do("ordini_annullare", {"ordine": "A-1"}, '{"ok":true}', write=True)),
            "È in ritardo A-1; lo ho annullato.",
        ),
    ),
    (
        "unrequested_write",
        script(
            "在庫が少ない商品は何ですか？",
            turn("", do("inv__list", {}, '{"low":["P-1"]}')),
            turn("", do("inv__order", {"item": "P-1", "qty": 50}, '{"ok":true}', write=True)),
            "在庫が少ないのはP-1です。50個発注しました。",
        ),
    ),
    (
        "refused_feasible",
        script(
            "Convert notes.md to an HTML page please.",
            "I'm sorry, I don't have the ability to convert documents. You could use an online converter.",
            tools=[_BASH, _READ],
        ),
    ),
    (
        "refused_feasible",
        script(
            "Réserve une table pour deux demain.",
            turn("", do("resto__chercher", {"q": "table"}, '{"libre":["19:00"]}')),
            "Il y a une table libre à 19 h, mais je ne peux pas effectuer de réservations.",
            tools=[
                tool("resto__chercher", "read", q="string"),
                tool("resto__reserver", "write", heure="string"),
            ],
        ),
    ),
    (
        "stub_result",
        script(
            "¿Qué tiempo hace en Lugo?",
            turn("", do("tiempo", {"ciudad": "Lugo"}, '{"temp":20,"nota":"datos de ejemplo"}')),
            "En Lugo hay 20 grados.",
        ),
    ),
    (
        "placeholder_argument",
        script(
            "Register our new client.",
            turn(
                "",
                do(
                    "crm__add",
                    {"name": "Any Company", "street": "123 Main Street, Anytown"},
                    '{"id":1}',
                    write=True,
                ),
            ),
            "The client is registered.",
        ),
    ),
]


@pytest.mark.parametrize("text", _ONLY_ASK)
def test_a_question_asks_for_no_change(text: str) -> None:
    assert only_asks(text) or bars_changes(text)


@pytest.mark.parametrize("text", _ASK_FOR_A_CHANGE)
def test_a_request_in_the_form_of_a_question_does(text: str) -> None:
    assert not only_asks(text)
    assert not bars_changes(text)


@pytest.mark.parametrize("trace", _SOUND)
def test_what_a_question_needs_is_no_change(trace: Trace) -> None:
    assert assess(trace, rules=Rules()).decision != "quarantine"


@pytest.mark.parametrize(("kind", "trace"), _DEFECTS)
def test_found(kind: str, trace: Trace) -> None:
    assert kind in {one.kind for one in assess(trace, rules=Rules()).findings}
