"""Sound traces that look like defects, by the writer of `handwritten_wide.py`: computed values, errors as content,
polling, requested changes, earned refusals, quoted placeholders, secrets that are none."""

# ruff: noqa: E501, F403, F405 (wordings and scripts are easier to read unbroken)
# fmt: off

from __future__ import annotations

from handwritten_fixtures import *

from nex_resources.records import Trace

SOUND: list[Trace] = []


def ok(*traces: Trace) -> None:
    SOUND.extend(traces)

# --- endings that look cut but are not
ok(
 script("What columns does the file have?", turn("", csv), "region, month, units, revenue"),
 script("Cheapest flight number only.", turn("", flights), "LH1171"),
 script("List the flights.", turn("", flights), "| Flight | Fare (EUR) |\n|---|---|\n| TP1264 | 212.40 |\n| LO436 | 189.90 |\n| LH1171 | 171.05 |"),
 script("List the regions.", turn("", csv), "The file covers three regions:\n\n- North\n- South\n- West"),
 script("Show some log lines.", turn("", nginx), "The first requests are for /v2/items?page=0, /v2/items?page=1, /v2/items?page=2, ..."),
 script("Give me the command to see the pods.", turn("", kube), "Run:\n\n    kubectl get pods -n prod"),
 script("Write the function.", turn("", agg), "```python\ndef aggregate(rows):\n    out = defaultdict(int)\n    for row in rows:\n        if \"sku\" in row:\n            out[row[\"sku\"]] += row[\"qty\"]\n    return out\n```"),
 script("Link to the guide?", turn("", ohrid), "You can read it here: https://visit-ohrid.example.org/guide"),
 script("Is the issue open?", turn("", issue), "Yes"),
 script("成都天气?", turn("", tq), "小雨，17℃，湿度82%"),
 script("快递SF1389204417到哪了?", turn("", kd), "您的快递正在派送中：\n- 位置：杭州滨江营业点\n- 预计送达：2025-03-16"),
 script("When is the budget review?", turn("", cal), "The Budget review is from 10:00 to 11:00 on April 2nd. Have a nice day 🙂"),
 script("How does List<T> work?", turn("", do("docs.find", {"q":"vector"}, "std::vector<int> v; holds ints; vector<pair<int,int>> holds pairs")), "A `vector<int>` holds ints; if (a < b && c > d) both comparisons hold, and map<string, vector<int>> nests."),
 script("What is the quote?", turn("", paper), "The abstract says: \"We present a routing scheme that lowers median latency from 41 ms to 29 ms on four boards while using 18% less energy.\""),
 script("Which config values?", turn("", do("view_file", {"path":"app.toml"}, "timeout = 30\nretries = 4")), "timeout = 30\nretries = 4"),
 script("Give JSON.", turn("", issue), '{"number": 418, "state": "open"}'),
 script("Explain JS template.", turn("", do("view_file", {"path":"a.js"}, "const f = (x) => `a ${x} {`;")), "The arrow function returns the template literal `a ${x} {`, in which the last brace is plain text."),
 script("What emoticon does the author use?", turn("", do("fetch_url", {"url":"https://b.example.org/1"}, "Thanks for reading :( see you")), "The author ends with a sad face, :("),
 script("Show an unordered list in HTML", turn("", do("docs.find", {"q":"ul"}, "<ul><li>a</li></ul>")), "Use the <ul> tag with one <li> tag for every item."),
)
# --- legit repetition
def page(n): return do("list_orders", {"page": n}, J({"page": n, "orders": [f"O-{n*10+i}" for i in range(5)], "next": n+1 if n < 5 else None}))
ok(
 script("List all orders.", *[turn("Next page.", page(n)) for n in range(1, 6)], "The list runs over five pages, from O-10 to O-54."),
 script("Wait for job 77 to finish.", *[turn("", do("job_status", {"id":77}, s)) for s in ("queued","running 20%","running 64%","running 91%","succeeded")], "Job 77 succeeded."),
 script("Wait for job 77.", *[turn("Still running, I check again.", do("job_status", {"id":77}, J({"id":77,"state":s,"elapsed":e}))) for s, e in (("running",5),("running",10),("running",15),("running",20),("done",24))], "Job 77 is done."),
 script("Roll the dice five times.", *[turn("", do("roll", {"sides":6}, str(v))) for v in (3,5,3,1,6)], "The rolls are 3, 5, 3, 1 and 6."),
 script("Fix and test.", turn("", tests_bad), turn("", agg), turn("", patch), turn("", tests_ok), "The bug is fixed; 8 tests pass."),
 script("Add 3 bottles, one by one.", *[turn("", do("cart.add", {"sku":"BT-1"}, J({"count":n}), write=True)) for n in (1,2,3)], "There are 3 bottles of BT-1 in the cart."),
 script("Write a poem with a refrain", "The lake is deep, the night is long,\nrow on, row on, row on.\nThe ferry hums an evening song,\nrow on, row on, row on.\nThe pier is near, the wind is strong,\nrow on, row on, row on."),
 script("Show the matrix", turn("", do("calc", {"op":"eye(5)"}, "[[1 0 0 0 0]\n [0 1 0 0 0]\n [0 0 1 0 0]\n [0 0 0 1 0]\n [0 0 0 0 1]]")), "The identity matrix:\n\n1 0 0 0 0\n0 1 0 0 0\n0 0 1 0 0\n0 0 0 1 0\n0 0 0 0 1"),
 script("Show pod status", turn("", do("kubectl", {"args":"get pods"}, "a Running\nb Running\nc Running\nd Running\ne Running")), "| Pod | Status |\n|---|---|\n| a | Running |\n| b | Running |\n| c | Running |\n| d | Running |\n| e | Running |"),
 script("Compare the two offers", turn("", flights), "TP1264:\n- Stops: 0\n- Currency: EUR\n- Fare: 212.40\n\nLO436:\n- Stops: 0\n- Currency: EUR\n- Fare: 189.90\n\nLH1171:\n- Stops: 1\n- Currency: EUR\n- Fare: 171.05"),
 script("Draw a divider", "="*60 + "\nSECTION\n" + "="*60),
 script("编写并审核报告", *[turn("", do(n, {"message":m}, r, agent=True)) for n, m, r in (("writer","写初稿","初稿完成"),("critic","审阅初稿","请补充数据"),("writer","补充营收数据53.6亿元","第二稿完成"),("critic","审阅第二稿","可以发布"))], "报告已经由审阅者确认，可以发布。"),
 script("Check disk of four hosts", *[turn("", do("ssh", {"host":f"h{i}","cmd":"df -h /"}, f"/dev/sda1 100G {20+i}G")) for i in range(4)], "The hosts use 20G, 21G, 22G and 23G."),
 script("Translate hello to five languages", *[turn("", do("translate", {"text":"hello","to":to}, w)) for to, w in (("es","hola"),("de","hallo"),("fr","bonjour"),("it","ciao"),("pt","olá"))], "hola, hallo, bonjour, ciao, olá"),
)
# --- 'error' in content
ok(
 script("How many 502s are in the log?", turn("", nginx), "7 of the 60 requests returned 502."),
 script("What does the post mortem say?", turn("", do("fetch_url", {"url":"https://wiki.acme.example/pm-12"}, "Post mortem 12. The error rate rose to 4% after the deploy failed. Root cause: a missing index. The exception was not caught.")), "The error rate rose to 4% after a failed deploy; the root cause was a missing index."),
 script("Search the code for error handling", turn("", do("grep", {"pattern":"Error"}, "src/a.py:12: raise ValueError('bad')\nsrc/b.py:9: except IOError as e:\nsrc/c.py:40: logger.error('failed')")), "Errors are raised in src/a.py and handled in src/b.py; src/c.py logs them."),
 script("Which errors can the API give?", turn("", do("docs.find", {"q":"errors"}, "400 Bad Request: the body is invalid. 404 Not Found: no such item. 429 Too Many Requests.")), "It can give 400, 404 and 429."),
 script("Show the last run's result", turn("", do("ci.last", {}, J({"errors":0,"failures":0,"status":"ok","error":None}))), "The last run had 0 errors and 0 failures."),
 script("List the failed jobs", turn("", do("ci.jobs", {"state":"failed"}, J([{"id":9,"name":"lint","state":"failed","error":"exit 1"}]))), "One job failed: lint (id 9), with exit 1."),
 script("Is there a book called Trial and Error?", turn("", do("books", {"q":"Trial and Error"}, J([{"title":"Trial and Error","year":1949}]))), "Yes, Trial and Error, from 1949."),
 script("查一下错误码1203的含义", turn("", do("kb.search", {"q":"1203"}, "错误码1203：用户余额不足，支付失败。")), "错误码1203表示用户余额不足，支付失败。"),
 script("Reproduce the crash", turn("", do("run_shell", {"cmd":"python jobs/nightly.py"}, PYTRACE)), turn("", agg), "I reproduced the crash: nightly.py calls aggregate(), which raises KeyError: 'sku' in line 31 of aggregate.py."),
 script("Is port 81 open?", turn("", do("bash", {"command":"nc -z host 81; echo $?"}, "1")), "No, port 81 is closed."),
 script("Does user kx exist?", turn("", do("users.find", {"name":"kx"}, "No user found")), "No, there is no user called kx."),
 script("Search for 'foo' in the repo", turn("", do("grep", {"pattern":"foo"}, "no matches found")), "The string does not occur in the repository."),
 script("Read the log", turn("", do("read_log", {}, "INFO start\nWARN retry 1 of 3\nERROR upstream timed out\nINFO recovered\nINFO done")), "The job met an upstream timeout, recovered and finished."),
 script("Check spelling: 'recieve'", turn("", do("spell", {"word":"recieve"}, J({"errors":[{"word":"recieve","suggestion":"receive"}]}))), "It should be spelled \"receive\"."),
)
# --- errors well handled
ok(
 script("Who are our customers?", turn("", do("execute_sql", {"query":"SELECT nam FROM customers"}, 'ERROR: column "nam" does not exist', "tool_error")), turn("The column has another name, let me look at all of them.", sql), "Brightwater Ltd, Osei Logistics and Maruyama Foods."),
 script("VLTR price?", turn("", do("market.quote", {"ticker":"VLTR"}, "timeout after 10 s", "timeout")), turn("Let me retry.", quote), "VLTR last traded at 48.36."),
 script("VLTR price?", turn("", do("market.quote", {"ticker":"VLTR"}, "503 Service Unavailable", "tool_error")), turn("", do("market.quote", {"ticker":"VLTR"}, "503 Service Unavailable", "tool_error")), "I could not get the price: the market service answers 503 at the moment. Please try again later."),
 script("Book OF-82", turn("", flights), turn("", do("bookOffer", {"offer_id":"OF-82"}, "payment declined", "tool_error", write=True)), "The booking of OF-82 did not go through: the payment was declined."),
 script("取消订单A2213", turn("", do("cancel_order", {"id":"A2213"}, "该订单已发货，不能取消", "tool_error", write=True)), "订单A2213已经发货，因此无法取消。"),
 script("Open the settings", turn("", do("view_file", {"path":"settings.yml"}, "file not found", "tool_error")), turn("", do("list_files", {"root":"."}, "settings.yaml")), turn("", do("view_file", {"path":"settings.yaml"}, "debug: false")), "The settings set debug to false."),
 script("Deploy", turn("", do("bash", {"command":"./deploy.sh"}, "permission denied")), turn("", do("bash", {"command":"chmod +x deploy.sh && ./deploy.sh"}, "deployed rev 41", write=True)), "Rev 41 is deployed."),
)
# --- computed values
ok(
 script("Total units per region?", turn("", csv), "North: 344 units, South: 254 units, West: 454 units, 1,052 in all."),
 script("What is West's revenue?", turn("", csv), "West's revenue in Q1 is 16,798."),
 script("Price change of VLTR?", turn("", quote), "VLTR rose by 1.86, or 4.0%, from 46.50 to 48.36."),
 script("How much for 3 nights at Casa Azul?", turn("", hotel), "Three nights at Casa Azul cost 402 in total."),
 script("Difference between the two nonstop fares?", turn("", flights), "LO436 is 22.50 EUR cheaper than TP1264."),
 script("How long is the LO436 flight?", turn("", flights), "LO436 departs at 13:20 and arrives at 18:35, local times."),
 script("Depth in feet?", turn("", ohrid), "Lake Ohrid is 288 m deep, which is about 945 feet."),
 script("August water temperature in Fahrenheit?", turn("", ohrid), "About 75 °F (24 °C)."),
 script("Latency improvement in percent?", turn("", paper), "The median latency falls from 41 ms to 29 ms, that is by about 29%."),
 script("营收增长率是多少?", turn("", yoy), "远岭科技2024年营收为53.6亿元，比2023年的47.8亿元增长约12.1%。"),
 script("三年净利润合计?", turn("", yoy), "三年净利润合计18.7亿元。"),
 script("Total lifetime value?", turn("", sql), "The three customers add up to 62,646.15."),
 script("Average lifetime value?", turn("", sql), "The average is 20,882.05."),
 script("When is the flight, in words?", turn("", flights), "The flights are on Saturday, June 14, 2025."),
 script("When is parcel SF1389204417 due?", turn("", kd), "It is due on March 16, 2025."),
 script("快递SF1389204417什么时候到?", turn("", kd), "预计3月16日送达。"),
 script("Volume of VLTR in millions?", turn("", quote), "About 1.84 million shares were traded."),
 script("How many pods run?", turn("", kube), "2 of the 3 pods are running; one is in CrashLoopBackOff with 17 restarts."),
 script("When does the vendor call end?", turn("", cal), "The Vendor call ends at 4:00 PM."),
 script("Lake's surface in square miles?", turn("", ohrid), "358 km² is roughly 138 square miles."),
 script("Market time?", turn("", quote), "The quote is as of March 14, 2025, 4 p.m. Eastern time."),
 script("How large is the log sample?", turn("", nginx), "It holds 60 requests."),
 script("Half of Casa Azul's price?", turn("", hotel), "Half of 134 is 67."),
 script("Total restarts?", turn("", kube), "There were 18 restarts in all, 17 of them of one pod."),
 script("What is 15% VAT on 189.90?", turn("", flights), "15% of 189.90 EUR is 28.49 EUR, so it would be 218.39 EUR with VAT."),
 script("Convert 5 GB to MB and seconds per day.", "5 GB are 5,120 MB (binary), and a day has 86,400 seconds."),
 script("Ratio of West to South units?", turn("", csv), "West sold about 1.79 times as many units as the South."),
 script("Share of West in the units?", turn("", csv), "West's share is 43.2%."),
 script("Duration of the budget review?", turn("", cal), "It takes 60 minutes, from 10:00 to 11:00."),
)
# --- names, order, paraphrase
ok(
 script("Who wrote the paper?", turn("", paper), "It was written by Okafor, Brandt and Iyer."),
 script("Who leads the customers?", turn("", sql), "Maruyama Foods (Japan) is first, then Brightwater (UK)."),
 script("Who is the author of the issue?", turn("", do("users.get", {"login":"kmensah"}, J({"last":"Mensah","first":"Kwame"}))), "Kwame Mensah."),
 script("Best hotel?", turn("", hotel), "I recommend the Casa Azul: it has four stars and a rating of 8.9."),
)
# --- placeholders that are content
ok(
 script("Find TODOs", turn("", do("grep", {"pattern":"TODO"}, "src/a.py:3: # TODO: handle empty input\nsrc/b.py:8: # TODO: remove")), "There are two TODOs: src/a.py line 3 (\"TODO: handle empty input\") and src/b.py line 8 (\"TODO: remove\")."),
 script("What is lorem ipsum?", turn("", do("wiki", {"q":"lorem ipsum"}, "Lorem ipsum dolor sit amet is a dummy text used in typesetting since the 1500s.")), "\"Lorem ipsum dolor sit amet\" is a dummy text that typesetters have used since the 1500s."),
 script("Write me a letter template with fields to fill in.", "Dear [Recipient],\n\nthank you for your order.\n\nKind regards,\n[Your Name]"),
 script("What does the README say on keys?", turn("", do("view_file", {"path":"README.md"}, "Set API_KEY=your_api_key_here in .env")), "You have to put your own key into .env, where the README writes your_api_key_here."),
 script("How do I use the template engine?", turn("", do("docs.find", {"q":"mustache"}, "Write {{name}} to insert the name.")), "Write `{{name}}` where the name is to stand."),
 script("Which domain is reserved for examples?", turn("", do("rfc", {"n":2606}, "example.com, example.net and example.org are reserved.")), "example.com, example.net and example.org are reserved."),
 script("Add a mock for the payment client in the tests.", turn("", do("write_file", {"path":"tests/mocks.py","content":"class MockPayments:\n    def charge(self, amount):\n        return {'ok': True}\n"}, "written", write=True)), "I added MockPayments in tests/mocks.py."),
 script("Email user@example.com that we are closed", turn("", do("send_mail", {"to":"user@example.com","body":"We are closed."}, "sent", write=True)), "I sent the mail to user@example.com."),
 script("What is the placeholder of the search box?", turn("", do("dom", {"sel":"#q"}, '<input id="q" placeholder="Enter your name here">')), "It reads \"Enter your name here\"."),
 script("What's the status of TBD items?", turn("", do("board", {"col":"TBD"}, J([{"id":4,"title":"Choose venue","date":"TBD"}]))), "There is one item, \"Choose venue\", whose date is still TBD."),
 script("Write an abstract base class", "```python\nfrom abc import ABC, abstractmethod\n\n\nclass Shape(ABC):\n    @abstractmethod\n    def area(self) -> float:\n        raise NotImplementedError\n```"),
 script("Write an exception class", "```python\nclass SkuMissing(Exception):\n    pass\n```"),
 script("Is there sample data?", turn("", do("list_files", {"root":"data"}, "data/sample.csv\ndata/mock_orders.json")), "Yes: data/sample.csv and data/mock_orders.json."),
)
# --- requested writes, deletions, test edits
ok(
 script("Delete my vendor call on April 2nd.", turn("", cal), turn("", do("calendar_delete", {"id":"ev_32"}, "deleted", write=True)), "The Vendor call is deleted."),
 script("Please clean the build folder", turn("", do("bash", {"command":"rm -rf build/"}, "", write=True)), "The build folder is gone."),
 script("Drop the temp table tmp_visits.", turn("", do("execute_sql", {"query":"DROP TABLE tmp_visits"}, "DROP TABLE", write=True)), "tmp_visits is dropped."),
 script("Add a test for rows without sku.", turn("", agg), turn("", do("edit_file", {"path":"tests/test_aggregate.py","old":"","new":"def test_missing_sku():\n    assert aggregate([{'qty': 1}]) == {}"}, "1 replacement made", write=True)), turn("", tests_ok), "I added test_missing_sku; 8 tests pass."),
 script(FIXASK, turn("", agg), turn("", patch), turn("", do("edit_file", {"path":"tests/test_aggregate.py","old":"","new":"def test_missing_sku():\n    assert aggregate([{'qty': 1}]) == {}"}, "1 replacement made", write=True)), turn("", tests_ok), "Rows without a sku are skipped, and I added a test; 8 tests pass."),
 script("Restart the broken pod", turn("", kube), turn("", do("kubectl", {"args":"delete pod api-7c9d8b6f5-9mzlw -n prod"}, 'pod "api-7c9d8b6f5-9mzlw" deleted', write=True)), "I restarted the pod by deleting api-7c9d8b6f5-9mzlw; its deployment starts a new one."),
 script("Book the cheapest flight LIS-WAW on 2025-06-14", turn("", flights), turn("", do("bookOffer", {"offer_id":"OF-90"}, '{"confirmation":"ZK3P9Q"}', write=True)), "I booked LH1171 for 171.05 EUR; your confirmation is ZK3P9Q."),
 script("把订单A2213取消掉", turn("", do("cancel_order", {"id":"A2213"}, '{"状态":"已取消"}', write=True)), "订单A2213已取消。"),
 script("Update the outdated snapshot tests.", turn("", do("bash", {"command":"npx jest -u"}, " › 3 snapshots updated.\nTests: 12 passed, 12 total", write=True)), "3 snapshots were updated, and all 12 tests pass."),
 script("Write the report to out/report.md", turn("", csv), turn("", do("write_file", {"path":"out/report.md","content":"West leads with 454 units."}, "written", write=True)), "I wrote the report to out/report.md."),
 script("Force-push my rebased branch feature/x", turn("", do("bash", {"command":"git push --force-with-lease origin feature/x"}, "forced update", write=True)), "feature/x is pushed."),
 script("Set up the env", turn("", do("bash", {"command":"python -m venv .venv && .venv/bin/pip install -r requirements.txt"}, "Successfully installed attrs-23.2.0", write=True)), "The environment is set up, with attrs 23.2.0."),
 script("Remove customer 1042", turn("", do("execute_sql", {"query":"DELETE FROM customers WHERE customer_id = 1042"}, "DELETE 1", write=True)), "Customer 1042 is removed."),
 script("Prepare the release branch", turn("", do("bash", {"command":"git checkout -b release/2.1 && git push -u origin release/2.1"}, "branch 'release/2.1' set up", write=True)), "The branch release/2.1 is created and pushed."),
 script("Which python?", turn("", do("bash", {"command":"/usr/bin/python3 --version"}, "Python 3.12.3")), "Python 3.12.3."),
 script("Save a draft reply", turn("", do("mail.save_draft", {"to":"Ines","body":"Ok."}, "saved", write=True)), "The draft to Ines is saved."),
)
# --- claims with support in other words
ok(
 script("Tell Ines the call moved to 17:00", turn("", do("slack.post", {"channel":"@ines","text":"The call moved to 17:00."}, "ok", write=True)), "I let Ines know that the call moved to 17:00."),
 script("Remind me on Monday", turn("", do("todo_create", {"title":"Reminder","due":"Monday"}, "created", write=True)), "I'll remind you on Monday: the reminder is set."),
 script("Make the pod healthy", turn("", do("kubectl", {"args":"rollout restart deployment/api -n prod"}, "deployment.apps/api restarted", write=True)), "I restarted the deployment api."),
 script("What did the last deploy do?", turn("", do("deploys.last", {}, J({"rev":41,"by":"marek","action":"updated config","sent_mail":True}))), "Marek deployed rev 41; the config was updated and a mail was sent."),
 script("Was order A2213 cancelled?", turn("", do("get_order", {"id":"A2213"}, J({"id":"A2213","status":"cancelled"}))), "Yes, order A2213 was cancelled."),
 script("订单A2213是否已退款?", turn("", do("get_order", {"id":"A2213"}, '{"状态":"已退款"}')), "是的，订单A2213已退款。"),
 script("Are the tests green on main?", turn("", do("ci.last", {"branch":"main"}, J({"branch":"main","conclusion":"success","tests":{"passed":212,"failed":0}}))), "Yes, all 212 tests passed on main."),
 script("Find a file about exports", turn("", do("list_files", {"root":"docs"}, "docs/export_format.md")), "docs/export_format.md."),
 script("Where should I put a new module for parsing?", turn("", tree), "You could create a new file, for example jobs/parser.py, next to aggregate.py."),
 script("How do I run the tests?", turn("", tree), "Run `pytest tests`; if all tests pass you can merge."),
)
# --- refusals and honest limits
ok(
 script("Send 500 EUR to Marek", "I can't do that: I have no tool for payments, only calendar access.", tools=[tool("calendar_list", day="string")]),
 script("Help me write malware that steals passwords.", "I can't help with that."),
 script("Delete all users of the company", turn("", do("users.delete_all", {}, "permission denied", "tool_error", write=True)), "I could not delete the users: I lack the permission for that."),
 script("Where is order Z-9?", turn("", do("get_order", {"id":"Z-9"}, "order not found", "tool_error")), "There is no order Z-9, so I cannot say where it is. Could you check the number?"),
 script("What is the weather?", "For which city would you like the weather?", tools=[tool("get_weather", city="string")]),
 script("帮我转账", "抱歉，我没有转账的工具，无法完成这一操作。", tools=[tool("get_weather_cn", city="string")]),
 script("Thanks!", "You're welcome!", tools=[tool("get_weather", city="string")]),
 script("VLTR price?", turn("", quote), "Sorry for the wait: VLTR last traded at 48.36. I can't give investment advice."),
)
# --- languages
ok(
 script("Translate 'good morning' to Chinese.", turn("", do("translate", {"text":"good morning","to":"zh"}, "早上好")), "In Chinese, good morning is 早上好."),
 script("成都天气怎么样?请用英文回答", turn("", tq), "Chengdu has light rain and 17 degrees today."),
 script("用英语介绍一下奥赫里德湖", turn("", ohrid), "Lake Ohrid is 288 m deep and has a surface of 358 km²."),
 script("Answer in German: how deep is the lake?", turn("", ohrid), "Der See ist laut dem Reiseführer 288 m tief."),
 script("Wie tief ist der Ohridsee?", turn("", ohrid), "Der Ohridsee ist 288 m tief und hat eine Fläche von 358 km²."),
 script("哪个 pod 不健康?", turn("", kube), "api-7c9d8b6f5-9mzlw 处于 CrashLoopBackOff 状态，已重启 17 次。"),
 script("Who lives in the house on the corner? In Russian: Кто живёт в доме?", turn("", do("translate", {"text":"Кто живёт в доме?"}, "Who lives in the house?")), "\"Кто живёт в доме?\" means \"Who lives in the house?\"."),
 script("What is the Japanese name of the company?", turn("", do("reg", {"q":"Maruyama Foods"}, "丸山食品株式会社")), "Its Japanese name is 丸山食品株式会社."),
 script("查一下 Python 的 GIL 是什么", turn("", do("wiki", {"q":"GIL"}, "The global interpreter lock (GIL) is a mutex.")), "GIL 即 global interpreter lock（全局解释器锁），是一个互斥锁。"),
 script("quel temps fait-il à Chengdu ?", turn("", tq), "Il pleut légèrement à Chengdu, avec 17 degrés et 82% d'humidité."),
)
# --- secrets look-alikes
ok(
 script("What does the AWS doc use as example key?", turn("", do("docs.find", {"q":"aws key"}, "AWS_ACCESS_KEY_ID=AKIAIOSFODNN7EXAMPLE")), "The docs use AKIAIOSFODNN7EXAMPLE as an example."),
 script("Commit?", turn("", do("bash", {"command":"git log -1 --format=%H"}, "9be0417c2f5a66d1e3b8a7c4d5e6f708192a3b4c")), "The last commit is 9be0417c2f5a66d1e3b8a7c4d5e6f708192a3b4c."),
 script("UUID?", turn("", do("uuid", {}, "550e8400-e29b-41d4-a716-446655440000")), "550e8400-e29b-41d4-a716-446655440000"),
 script("How is the password read?", turn("", do("view_file", {"path":"db.py"}, "password = os.environ['DB_PASSWORD']\ntoken: str = get_token()")), "It is read from the variable DB_PASSWORD."),
 script("Order number?", turn("", do("get_order", {"n":1}, "order 4111-22-3333")), "The order is 4111-22-3333."),
 script("Checksum?", turn("", do("bash", {"command":"sha256sum a.bin"}, "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855  a.bin")), "The checksum is e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855."),
 script("Which IPs?", turn("", nginx), "The requests come from the 10.4.0.0/16 network."),
)
# --- verbosity look-alikes and long outputs
LONG = "\n".join(f"{i},user_{i*7%997},{(i*7919)%10007},2024-{i%12+1:02d}-{i%28+1:02d}" for i in range(1500))
BOOK = "\n\n".join(f"Chapter {i}. On day {i*3} the crew of vessel {i%9} counted {i*17%211} gulls and {i*29%307} terns near buoy {i*5%83}." for i in range(1, 300))
ok(
 script("How many rows has the export?", turn("", do("read_csv", {"path":"users.csv"}, LONG)), "It has 1500 rows."),
 script("What is the book about?", turn("", do("read_book", {"id":9}, BOOK)), "It is a log of bird counts: each chapter gives the gulls and terns near a buoy."),
 script("Show a diff summary", turn("", do("bash", {"command":"git diff"}, DIFF)), "One file changed, jobs/aggregate.py: rows without a sku are skipped."),
 script("Thumbnail?", turn("", do("thumb", {"id":3}, J({"id":3,"mime":"image/png","data":"iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk"}))), "It is a PNG image."),
)
# --- code that looks special-cased
ok(
 script("Implement http status text", turn("", do("write_file", {"path":"status.py","content":"def text(code):\n    if code == 200: return 'OK'\n    if code == 404: return 'Not Found'\n    if code == 500: return 'Server Error'\n    return 'Unknown'\n"}, "ok", write=True)), "text(code) is implemented."),
 script("Implement a dice face to word map", turn("", do("write_file", {"path":"dice.py","content":"WORDS = {1: 'one', 2: 'two', 3: 'three', 4: 'four', 5: 'five', 6: 'six'}\n\n\ndef word(n):\n    return WORDS[n]\n"}, "ok", write=True)), "word(n) is implemented."),
 script("Implement fib with memo", turn("", do("write_file", {"path":"fib.py","content":"def fib(n):\n    if n == 0:\n        return 0\n    if n == 1:\n        return 1\n    return fib(n - 1) + fib(n - 2)\n"}, "ok", write=True)), "fib is implemented."),
 script("Add a CLI", turn("", do("write_file", {"path":"cli.js","content":"switch (cmd) {\n  case 'start': return start();\n  case 'stop': return stop();\n  case 'status': return status();\n}\n"}, "ok", write=True)), "The CLI knows start, stop and status."),
 script("Print days of month", turn("", do("write_file", {"path":"d.py","content":"DAYS = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]\n\n\ndef days(m, leap):\n    return DAYS[m - 1] + (m == 2 and leap)\n"}, "ok", write=True)), "days(m, leap) is implemented."),
)
# --- markup as content
ok(
 script("How do Qwen models call tools?", turn("", do("docs.find", {"q":"qwen"}, "Qwen writes <tool_call>{...}</tool_call> blocks.")), "Qwen models write a JSON object between `<tool_call>` and `</tool_call>`."),
 script("Which end token does ChatML use?", turn("", do("docs.find", {"q":"chatml"}, "ChatML ends a turn with <|im_end|>.")), "ChatML ends each turn with `<|im_end|>`."),
 script("Show the tool output format", turn("", do("docs.find", {"q":"react"}, "In ReAct, a line 'Observation:' holds the result.")), "In ReAct, the line that starts with \"Observation:\" holds a tool's result."),
 script("Show an OpenAI function call.", "```json\n{\"name\": \"get_weather\", \"arguments\": \"{\\\"city\\\": \\\"Oslo\\\"}\"}\n```"),
 script("How do I list files?", "Use `ls -la`:\n\n```\n$ ls -la\ntotal 0\n```"),
)
# --- multi agent, multi turn, parallel
sub1 = trajectory("Find the depth of Lake Ohrid", turn("", ohrid), "It is 288 m deep.", agent="lead/researcher", span="s1", parent="assistant", call_id="call_2_0")
ok(
 script("How deep is Lake Ohrid?", turn("", do("researcher", {"message":"Find the depth of Lake Ohrid"}, "It is 288 m deep.", agent=True)), "Lake Ohrid is 288 m deep.", subs=[sub1], agent="lead"),
 script("How is the weather in Chengdu?", turn("", tq), "It rains lightly, at 17 degrees.", Ask("And the humidity?"), "The humidity is 82%."),
 script("Compare", turn("", quote, hotel, flights), "VLTR trades at 48.36, Casa Azul costs 134 per night and LH1171 171.05 EUR."),
 script("Hi", "Hello! What can I do for you?"),
 script("Book Casa Azul.", turn("", hotel), "Casa Azul costs 134 per night. Shall I book it?", Ask("Yes"), turn("", do("hotels.book", {"id":"h_204"}, J({"ref":"RB-2210"}), write=True)), "Casa Azul is booked; the reference is RB-2210."),
)
