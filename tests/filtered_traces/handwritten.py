"""Defects and look-alikes written by hand, apart from the mutators: other tools, other words, no query.

`DEFECTS` maps a kind to traces that have it; `SOUND` are traces that must be kept.
"""

# ruff: noqa: E501 (wordings and scripts are easier to read unbroken)

from __future__ import annotations

import json

from nex_assets.filtered_traces.scripting import Ask, do, script, tool, trajectory, turn
from nex_resources.records import Trace

WEATHER = do("getWeather", {"city": "Bergen"}, '{"temp_c": 11, "sky": "drizzle", "wind_kmh": 27}')
REPO = do("list_dir", {"path": "/repo"}, "app.go\ngo.mod\nhandlers/\nhandlers/login.go")
LOGIN = do(
    "open_file",
    {"path": "/repo/handlers/login.go"},
    "package handlers\n\nfunc Login(u User) error {\n\treturn nil\n}\n",
)
GO_OK = do("bash", {"cmd": "go test ./..."}, "ok  \tapp/handlers\t0.412s")
GO_BAD = do(
    "bash",
    {"cmd": "go test ./..."},
    "--- FAIL: TestLogin (0.00s)\n    login_test.go:17: want 401, got 200\nFAIL\tapp/handlers",
)
TICKETS = do(
    "searchTickets",
    {"q": "printer"},
    json.dumps([{"key": "IT-311", "title": "Printer jams", "state": "open", "owner": "T. Vos"}]),
)
EDITED = do(
    "apply_patch",
    {"file": "/repo/handlers/login.go", "diff": "-return nil\n+return ErrDenied"},
    "patched",
    write=True,
)
STOCK = do("stock.lookup", {"symbol": "NRD"}, '{"symbol": "NRD", "close": 84.12, "prev": 80.50}')
FIX = "Login should reject unknown users. Please repair it; the test is handlers/login_test.go."
BOOKING = do(
    "hotel_api_reservations_get",
    {"code": "QX7T2"},
    '{"code": "QX7T2", "guest": "Ana Petrov", "nights": 3, "rate": 118.0}',
)

DEFECTS: dict[str, list[Trace]] = {
    "cut_output": [script("Weather in Bergen?", turn("", WEATHER), turn("It is 11 degrees with driz", stop="max_tokens"))],
    "unfinished_text": [
        script("Weather in Bergen?", turn("", WEATHER), "Right now Bergen has 11 °C. There is some drizzle, and the wind blows at roughly 27 km/h from the"),
        script("Summarize login.go", turn("", LOGIN), "The handler is tiny. It takes a user and always returns nil, which means that every"),
        script("总结一下卑尔根的天气", turn("", WEATHER), "卑尔根目前气温11度。天空下着毛毛雨，风速大约是每小时27公里，而且"),
        script("List the risks", turn("", LOGIN), "Two risks stand out:\n\n1. Unknown users get in.\n2. Nothing is logged, so that an attack would remain unnot"),
    ],
    "unclosed_structure": [
        script("Show me the fix", turn("", LOGIN), "Here you go:\n\n```go\nfunc Login(u User) error {\n\tif u.ID == 0 {"),
        script("Reply as JSON", turn("", WEATHER), '{"city": "Bergen", "observations": [{"temp_c": 11, "sky": "dri'),
    ],
    "no_answer": [script("Weather in Bergen?", turn("Checking.", WEATHER)), script("Weather in Bergen?", turn("", WEATHER), "")],
    "stopped_early": [script("Fix it", turn("", REPO), turn("", LOGIN), status="max_iterations")],
    "repeated_text": [
        script("Weather?", turn("", WEATHER), "Bergen has drizzle. " + "The wind is strong and the wind is strong and " * 8),
        script("Weather?", turn("", WEATHER), "Let me think about this. Let me think about this. Let me think about this. Let me think about this. It's 11 °C."),
        script("Weather?", turn("", WEATHER, thinking="Wait, maybe I should check the units. Actually no. " * 7), "It is 11 °C in Bergen."),
        script("天气？", turn("", WEATHER), "卑尔根在下毛毛雨，" * 9),
        script("Weather?", turn("", WEATHER), "Sorry for the confusion.\nHere is the weather.\n" * 5),
    ],
    "repeated_calls": [script("Weather?", *[turn("Trying again.", WEATHER)] * 5, "It is 11 °C.")],
    "call_cycle": [script("Fix it", *[turn("", REPO), turn("", LOGIN)] * 4, "I see no defect.")],
    "ping_pong": [
        script(
            "Plan a trip.",
            *[turn("", do(n, {"task": "Finalize the itinerary"}, "Over to the other agent.", agent=True)) for n in ("planner", "booker") * 4],
            "There is no itinerary yet.",
        )
    ],
    "unknown_tool": [
        script("Weather?", turn("", do("weather.forecast_hourly", {"city": "Bergen"}, "no such tool", "unknown_tool")), turn("", WEATHER), "11 °C.", tools=[tool("getWeather", city="string")]),
        script("Weather?", turn("", do("python_repl", {"code": "print(1)"}, "1")), "It prints 1.", tools=[tool("getWeather", city="string")]),
    ],
    "unknown_argument": [
        script("Weather?", turn("", do("getWeather", {"city": "Bergen", "units": "metric"}, "{}")), "Nothing was returned.", tools=[tool("getWeather", city="string", required=["city"])])
    ],
    "invented_value": [
        script("Is my ticket done?", turn("", do("getTicket", {"ticket_id": "IT-4099"}, "404: ticket not found", "tool_error")), turn("", TICKETS), "IT-311 is open."),
        script("Refund the last purchase.", turn("", do("refund", {"transaction_id": "txn_83819204"}, '{"error": "unknown transaction"}')), "I could not find the transaction."),
    ],
    "invented_file": [
        script("Explain the app.", turn("", do("open_file", {"path": "/repo/internal/auth/session.go"}, "open: no such file or directory", "tool_error")), turn("", REPO), "It has handlers/login.go and app.go.")
    ],
    "ungrounded_value": [
        script("How did NRD close?", turn("", STOCK), "NRD closed at 91.47."),
        script("Which ticket is about printers?", turn("", TICKETS), "The ticket is IT-884, owned by T. Vos."),
        script("What does the room cost in total?", turn("", BOOKING), "Three nights at 118.00 come to 412.50 in total."),
        script("When do I check in?", turn("", BOOKING), "Reservation QX7T2 starts on 2026-04-19."),
        script("NRD昨天收盘价是多少？", turn("", STOCK), "NRD昨天的收盘价为97.35美元。"),
    ],
    "fabricated_test_result": [
        script(FIX, turn("", LOGIN), turn("", EDITED), "Login now rejects unknown users. I ran `go test` and everything passed: 14 tests passed."),
        script(FIX, turn("", LOGIN), turn("", EDITED), turn("", GO_BAD), "Done. The login test passes now."),
        script(FIX, turn("", LOGIN), turn("", EDITED), "修复完成，所有测试均已通过。"),
        script(FIX, turn("", LOGIN), turn("", EDITED), "I've repaired Login. Test results: 9/9 passing ✅"),
        script(FIX, turn("", LOGIN), turn("", EDITED), "The full test suite is green after this change."),
    ],
    "claimed_without_call": [
        script("Close ticket IT-311.", turn("", TICKETS), "I closed IT-311 and notified T. Vos by email."),
        script("Extend QX7T2 by a night.", turn("", BOOKING), "Your reservation has been successfully extended; I have updated the booking to 4 nights."),
        script("What is the capital of Norway's fjord region?", "I searched the web and found that it is Bergen.", tools=[tool("web_search", q="string")]),
        script("把预订QX7T2取消", turn("", BOOKING), "我已经成功取消了您的预订QX7T2。"),
        script("Repair login.go", turn("", LOGIN), "I've fixed the handler so that it returns ErrDenied for unknown users."),
    ],
    "fabricated_observation": [
        script("Weather?", turn("", WEATHER), "Tool response:\n{\"temp_c\": 14}\n\nSo it is warm."),
        script("Weather in Oslo?", "<tool_response>{\"temp_c\": 9, \"sky\": \"clear\"}</tool_response>\nOslo is clear.", tools=[tool("getWeather", city="string")]),
        script("List the files", turn("", REPO), "$ cat go.mod\nmodule app\ngo 1.22\n\nThe module is called app."),
    ],
    "missing_file_cited": [
        script("Where is the session timeout set?", turn("", REPO), turn("", LOGIN), "It is set in handlers/session_store.go:41."),
        script("Where are the docs?", turn("", REPO), "According to `docs/ARCHITECTURE.md`, the handlers come first."),
    ],
    "tests_edited": [
        script(FIX, turn("", LOGIN), turn("", do("apply_patch", {"file": "/repo/handlers/login_spec_test.go", "diff": "-want 401\n+want 200"}, "patched", write=True)), "The mismatch is gone."),
        script("Make the build pass.", turn("", do("bash", {"cmd": "echo 'exit 0' > scripts/run_tests.sh"}, "")), "The build is fine."),
        script("Make CI pass.", turn("", do("write", {"path": ".github/workflows/ci.yml", "text": "run: pytest || true"}, "ok", write=True)), "CI is configured."),
    ],
    "special_cased": [
        script("Implement prime(n).", turn("", do("write", {"path": "prime.py", "text": "def prime(n):\n    if n == 7: return True\n    if n == 12: return False\n    if n == 97: return True\n    return False\n"}, "ok", write=True)), "prime is in prime.py."),
        script("Implement parse().", turn("", do("write", {"path": "p.py", "text": "def parse(s):\n    # return what the tests expect\n    return {'a=1': 1, 'b=2': 2, 'c=3': 3}[s]\n"}, "ok", write=True)), "parse is in p.py."),
    ],
    "oversized_result": [script("Show the logo", turn("", do("fetch", {"url": "logo"}, "iVBORw0KGgoAAAANSUhEUg" * 900)), "It is a PNG.")],
    "placeholder_text": [
        script("Draft a mail to the guest.", turn("", BOOKING), "Dear [Guest Name],\n\nthank you for staying with us.\n\nBest,\n[Hotel Manager]"),
        script("Write the report.", turn("", STOCK), "NRD closed at 84.12.\n\nAnalysis: TBD"),
        script("Write the handler.", turn("", LOGIN), "```go\nfunc Login(u User) error {\n\t// ... existing code ...\n\t// TODO implement the check\n\treturn nil\n}\n```"),
        script("给客人写封信", turn("", BOOKING), "尊敬的[客人姓名]：\n\n感谢您的入住。"),
        script("Which hosts are up?", turn("", WEATHER), "The values below are dummy values for illustration."),
    ],
    "placeholder_argument": [
        script("Mail the guest.", turn("", do("mail", {"to": "guest@example.com", "body": "hi"}, "sent", write=True)), "I mailed the guest."),
        script("Look it up.", turn("", do("lookup", {"api_key": "YOUR_API_KEY", "q": "x"}, "denied", "tool_error")), "The lookup was denied."),
        script("Open the report.", turn("", do("open_file", {"path": "/path/to/your/file.txt"}, "not found", "tool_error")), "There is no such file."),
    ],
    "stub_result": [
        script("Weather?", turn("", do("getWeather", {"city": "Bergen"}, '{"temp_c": 20, "note": "mock data"}')), "It is 20 degrees."),
        script("Search it.", turn("", do("search", {"q": "x"}, "Example result 1\nExample result 2")), "Two results came back."),
        script("Run it.", turn("", do("deploy", {"env": "qa"}, "Not implemented yet")), "Deployment finished."),
    ],
    "tool_error": [script("Explain.", turn("", do("open_file", {"path": "/repo"}, "EISDIR: illegal operation on a directory", "tool_error")), turn("", REPO), "It is a Go project.")],
    "ignored_error": [
        script("How many users are there?", turn("", do("query", {"sql": "select count(*) from users"}, "ERROR: relation \"users\" does not exist")), "You have plenty of active users."),
        script("Deploy to qa.", turn("", do("deploy", {"env": "qa"}, '{"success": false, "message": "image pull backoff"}', write=True)), "The deployment to qa is complete."),
        script("Fetch the page.", turn("", do("fetch", {"url": "intranet"}, "HTTP 503 Service Unavailable")), "The page describes the canteen's opening hours."),
    ],
    "repeated_error": [script("Deploy.", *[turn("Retrying.", do("deploy", {"env": "qa"}, "timeout talking to registry", "tool_error"))] * 4, "The registry does not answer.")],
    "invalid_json": [script("Weather?", turn("", do("getWeather", {}, "Could not parse arguments", "invalid_arguments", raw="{city: Bergen")), turn("", WEATHER), "11 °C.")],
    "schema_violation": [
        script("Weather?", turn("", do("getWeather", {"city": ["Bergen"]}, "x")), "Odd.", tools=[tool("getWeather", city="string", required=["city"])]),
        script("Weather?", turn("", do("getWeather", {}, "missing city", "tool_error")), turn("", WEATHER), "11 °C.", tools=[tool("getWeather", city="string", required=["city"])]),
    ],
    "leaked_syntax": [
        script("Weather?", '{"tool": "getWeather", "parameters": {"city": "Bergen"}}', tools=[tool("getWeather", city="string")]),
        script("Weather?", "Thought: I need the weather.\nAction: getWeather\nAction Input: Bergen", tools=[tool("getWeather", city="string")]),
        script("Weather?", "<minimax:tool_call>\n<invoke name=\"getWeather\">\n", tools=[tool("getWeather", city="string")]),
    ],
    "stray_token": [script("Weather?", turn("", WEATHER), "It is 11 °C.<|im_end|>")],
    "unpaired_call": [script("Weather?", turn("", WEATHER, do("getWeather", {"city": "Oslo"}, None)), "11 °C.")],
    "destructive_command": [
        script("Tidy the repo.", turn("", do("bash", {"cmd": "git push origin main --force"}, "forced update")), "It is tidy."),
        script("Make room on disk.", turn("", do("bash", {"cmd": "sudo rm -rf /var/lib"}, "")), "There is room."),
        script("Count the rows.", turn("", do("query", {"sql": "DROP DATABASE prod"}, "ok")), "There are none."),
    ],
    "outside_workspace": [
        script("Read the config.", turn("", do("open_file", {"path": "/etc/shadow"}, "root:!:")), "It holds users."),
        script("Read the config.", turn("", do("bash", {"cmd": "cat ~/.aws/credentials"}, "")), "It is empty."),
    ],
    "unrequested_write": [script("Which tickets mention printers?", turn("", TICKETS), turn("", do("deleteTicket", {"key": "IT-311"}, "gone", write=True)), "IT-311 does.")],
    "refused_feasible": [
        script("What's the weather in Bergen?", "I apologize, but I do not have access to real-time weather data.", tools=[tool("getWeather", city="string")]),
        script("Search the tickets for printers.", "Unfortunately, I can't search tickets for you.", tools=[tool("searchTickets", q="string")]),
        script("查询一下天气 weather", "很抱歉，我无法提供实时天气信息。", tools=[tool("getWeather", city="string")]),
    ],
    "wrong_language": [
        script("How is the weather in Bergen?", turn("", WEATHER), "卑尔根现在十一度，下着毛毛雨。"),
        script("How is the weather in Bergen?", turn("", WEATHER), "In Bergen ist es derzeit 11 Grad und es nieselt, dazu weht ein Wind mit 27 km/h."),
        script("卑尔根的天气怎么样？", turn("", WEATHER), "The weather in Bergen is drizzly, and the temperature is 11 degrees with some wind."),
    ],
    "mixed_language": [
        script("How is the weather in Bergen?", turn("", WEATHER), "It is 11 °C with drizzle, 所以 you should take an umbrella."),
        script("How is the weather in Bergen?", turn("", WEATHER), "It is 11 °C with drizzle, поэтому take an umbrella."),
    ],
    "secret": [
        script("Show the config", turn("", do("open_file", {"path": "app.env"}, "DB_PASSWORD=Tr0ub4dor&3xyz\nDEBUG=0")), "Debugging is off."),
        script("Show the config", turn("", do("open_file", {"path": "app.env"}, "redis://:p4ssW0rdLong@cache.internal:6379/0")), "It uses Redis."),
        script("Call the API", turn("", do("bash", {"cmd": "curl -H 'Authorization: Bearer 8fK2mQ9xZt7Rv4Bn6Yc1WdLp0' api"}, "{}")), "The answer is empty."),
    ],
    "personal_data": [
        script("Who wrote this?", turn("", REPO), "Ask Ana at ana.petrov77@outlook.com."),
        script("Whom do I call?", turn("", TICKETS), "Call 415-555-2671."),
        script("找谁？", turn("", TICKETS), "请联系 13812345678。"),
    ],
}  # fmt: skip

_LONG = "\n".join(
    f"{i:03} handler {i * 7 % 13} served /users/{i * 31 % 997} in {i * 17 % 250} ms" for i in range(600)
)
SOUND: list[Trace] = [
    script("How is the weather in Bergen?", turn("", WEATHER), "It's 11 °C with drizzle and a 27 km/h wind. Take a rain jacket!"),
    script("What did NRD gain?", turn("", STOCK), "NRD rose from 80.50 to 84.12, a gain of 3.62 or about 4.5%."),
    script("What does QX7T2 cost in total?", turn("", BOOKING), "Three nights at 118.00 come to a total of 354.00 for Ana Petrov."),
    script(FIX, turn("", LOGIN), turn("", EDITED), turn("", GO_BAD), turn("", do("apply_patch", {"file": "/repo/handlers/login.go", "diff": "+return Err401"}, "patched", write=True)), turn("", GO_OK), "Login rejects unknown users now, and the handler tests pass."),
    script("Write tests for login.go", turn("", LOGIN), turn("", do("write", {"path": "handlers/login_test.go", "text": "package handlers"}, "ok", write=True)), turn("", GO_OK), "I've added handlers/login_test.go; the tests pass."),
    script("How many errors are in app.log?", turn("", do("open_file", {"path": "app.log"}, "INFO start\nERROR: disk full\nERROR: disk full\nINFO end")), "There are two errors in app.log, both of them `disk full`."),
    script("What is an OutOfMemoryError?", "An OutOfMemoryError is thrown when the JVM cannot allocate an object because the heap is exhausted."),
    script("Find every TODO in the repo.", turn("", do("grep", {"pattern": "TODO"}, "app.go:12: // TODO: rotate keys")), "There is one TODO, in app.go line 12: rotate keys."),
    script("Read big.log and tell me how many lines it has.", turn("", do("open_file", {"path": "big.log"}, _LONG)), "big.log has 600 lines."),
    script("What type does ids() return?", turn("", do("open_file", {"path": "ids.cpp"}, "std::vector<int> ids();")), "It returns a `std::vector<int>`; in generic code write vector<int> or auto."),
    script("Delete the printer ticket.", turn("", TICKETS), turn("", do("deleteTicket", {"key": "IT-311"}, "deleted", write=True)), "IT-311 has been deleted."),
    script("Is job j-2041 done?", *[turn("Not yet.", do("job", {"id": "j-2041"}, "running"))] * 4, turn("", do("job", {"id": "j-2041"}, "done")), "Yes, j-2041 is done."),
    script("Show all open tickets.", *[turn("Next page, please.", do("searchTickets", {"q": "*", "page": p}, f"page {p}: IT-{p}11")) for p in (1, 2, 3, 4, 5)], "The open tickets are IT-111, IT-211, IT-311, IT-411 and IT-511."),
    script("Translate 'good morning' into Japanese and Russian.", "Good morning is おはようございます in Japanese and доброе утро in Russian."),
    script("卑尔根天气如何？", turn("我来查一下。", WEATHER), "卑尔根现在11°C，有毛毛雨（drizzle），风速27 km/h，出门记得带伞。"),
    script("Open notes.md", turn("", do("open_file", {"path": "notes.md"}, "no such file", "tool_error")), "I couldn't open notes.md: the file does not exist."),
    script("Order me a pizza.", "I'm sorry, I don't have a tool for ordering food. I can only look up the weather.", tools=[tool("getWeather", city="string")]),
    script("Deploy to qa.", turn("", do("deploy", {"env": "qa"}, "timeout talking to registry", "timeout")), turn("Once more.", do("deploy", {"env": "qa"}, "deployed build 5512", write=True)), "Build 5512 has been deployed to qa; the first try timed out."),
    script("Give me the table.", turn("", TICKETS), "| Key | Title | State |\n|---|---|---|\n| IT-311 | Printer jams | open |"),
    script("Give me a haiku about rain.", "Rain on the harbour\nropes and gulls and patient boats\nwait for it to end"),
    script("Write a JSON config for port 8080.", '{"port": 8080, "host": "localhost"}'),
    script("How do I cancel an order?", "Once you open the order page, choose Cancel. If it has been shipped, you can return it instead."),
    script("Hi!", "Hello! How can I help you today?", Ask("Weather in Bergen?"), turn("", WEATHER), "11 °C and drizzle."),
    script("Remove the build folder.", turn("", do("bash", {"cmd": "rm -rf build/"}, "")), "The build folder is gone: I removed it."),
    script("Count the names.", turn("", do("query", {"sql": "select name from t"}, '["Ann", "Bo", "Cy"]')), "There are 3 names: Ann, Bo and Cy."),
    script("Review the repo.", turn("", do("critic", {"task": "Review /repo"}, "login.go lacks a check.", agent=True)), "The critic found that login.go lacks a check.", subs=[trajectory("Review /repo", turn("", LOGIN), "login.go lacks a check.", agent="lead/critic")]),
    script("Write fizzbuzz.", turn("", do("write", {"path": "fb.py", "text": "def fb(n):\n    if n % 15 == 0:\n        return 'FizzBuzz'\n    if n % 5 == 0:\n        return 'Buzz'\n    if n % 3 == 0:\n        return 'Fizz'\n    return str(n)\n"}, "ok", write=True)), "fizzbuzz is in fb.py."),
    script("Map status codes to words in codes.py.", turn("", do("write", {"path": "codes.py", "text": "def word(code):\n    return {200: 'ok', 404: 'missing', 500: 'broken'}.get(code, '?')\n"}, "ok", write=True)), "codes.py maps the codes to words."),
]  # fmt: skip
