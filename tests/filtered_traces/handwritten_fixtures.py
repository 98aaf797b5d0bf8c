"""Calls with results as they look in the field, for `handwritten_wide.py` and `handwritten_sound.py`."""

# ruff: noqa: E501, F401, N802 (wordings and scripts are easier to read unbroken)
# fmt: off

from __future__ import annotations

import json
from typing import Any

from nex_assets.filtered_traces.scripting import Ask, do, script, tool, trajectory, turn


def J(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)


SALES_CSV = "region,month,units,revenue\n" + "\n".join(f"{r},2024-{m:02d},{u},{u*37}" for (r, m, u) in [("North",1,112),("North",2,98),("North",3,134),("South",1,87),("South",2,91),("South",3,76),("West",1,143),("West",2,151),("West",3,160)])
PSQL = """ customer_id |       name        |  country  | lifetime_value
-------------+-------------------+-----------+----------------
        1042 | Brightwater Ltd   | UK        |       18250.40
        1077 | Osei Logistics    | Ghana     |       12988.00
        1103 | Maruyama Foods    | Japan     |       31407.75
(3 rows)"""
KUBE = """NAME                        READY   STATUS             RESTARTS      AGE
api-7c9d8b6f5-2xkqp         1/1     Running            0             3d4h
api-7c9d8b6f5-9mzlw         0/1     CrashLoopBackOff   17 (2m ago)   3d4h
worker-5f6b7c8d9-hh2vt      1/1     Running            1 (26h ago)   5d"""
NGINX = "\n".join(f'10.4.{i%7}.{i%250} - - [12/Mar/2025:08:{i%60:02d}:11 +0000] "GET /v2/items?page={i} HTTP/1.1" {200 if i%9 else 502} {1200+i*13}' for i in range(60))
FLIGHTS = J({"origin":"LIS","destination":"WAW","date":"2025-06-14","offers":[{"id":"OF-81","carrier":"TP","number":"TP1264","depart":"07:05","arrive":"12:10","stops":0,"fare":{"amount":212.4,"currency":"EUR"}},{"id":"OF-82","carrier":"LO","number":"LO436","depart":"13:20","arrive":"18:35","stops":0,"fare":{"amount":189.9,"currency":"EUR"}},{"id":"OF-90","carrier":"LH","number":"LH1171","depart":"06:00","arrive":"14:25","stops":1,"fare":{"amount":171.05,"currency":"EUR"}}]})
PYTRACE = '''Traceback (most recent call last):
  File "/srv/app/jobs/nightly.py", line 88, in main
    totals = aggregate(rows)
  File "/srv/app/jobs/aggregate.py", line 31, in aggregate
    out[row["sku"]] += row["qty"]
KeyError: 'sku'
'''
AGG = '''from collections import defaultdict


def aggregate(rows):
    out = defaultdict(int)
    for row in rows:
        out[row["sku"]] += row["qty"]
    return out
'''
DIFF = '''diff --git a/jobs/aggregate.py b/jobs/aggregate.py
index 3f1c2aa..9be0417 100644
--- a/jobs/aggregate.py
+++ b/jobs/aggregate.py
@@ -4,5 +4,7 @@ def aggregate(rows):
     out = defaultdict(int)
     for row in rows:
-        out[row["sku"]] += row["qty"]
+        if "sku" not in row:
+            continue
+        out[row["sku"]] += row["qty"]
     return out
'''
HTML = '<!doctype html><html><head><title>Lake Ohrid - Visitor Guide</title></head><body><h1>Lake Ohrid</h1><p>Lake Ohrid is 288 m deep and has a surface of 358 km². Ferries leave at 09:30 and 14:00 from the town pier; a return ticket costs 10 EUR.</p><ul><li>Season: May to October</li><li>Water temperature in August: 24 °C</li></ul></body></html>'
PAPER = "Title: Sparse Routing for Edge Inference\nAuthors: M. Okafor, L. Brandt, S. Iyer\nVenue: EdgeSys 2023\nAbstract: We present a routing scheme that lowers median latency from 41 ms to 29 ms on four boards while using 18% less energy. Code is released under Apache-2.0.\nCitations: 57"
QUOTE = J({"ticker":"VLTR","last":48.36,"open":47.1,"prevClose":46.5,"volume":1843200,"pe":21.7,"asOf":"2025-03-14T16:00:00-04:00"})
HOTEL = J({"hotels":[{"id":"h_204","name":"Casa Azul","stars":4,"price_per_night":134,"rating":8.9},{"id":"h_311","name":"Pensao Lima","stars":2,"price_per_night":58,"rating":8.1}]})
KD = J({"运单号":"SF1389204417","状态":"派送中","最新位置":"杭州滨江营业点","预计送达":"2025-03-16","收件人":"陈女士"})
TQ = J({"城市":"成都","天气":"小雨","气温":17,"湿度":"82%","风力":"2级"})
YOY = J({"年份":[2022,2023,2024],"营收_亿元":[42.1,47.8,53.6],"净利润_亿元":[5.2,6.1,7.4]})
ISSUE = J({"number":418,"title":"Exporter drops last row","state":"open","labels":["bug","exporter"],"author":"kmensah","comments":6})
CAL = J([{"id":"ev_31","title":"Budget review","start":"2025-04-02T10:00","end":"2025-04-02T11:00","attendees":["Ines","Marek"]},{"id":"ev_32","title":"Vendor call","start":"2025-04-02T15:30","end":"2025-04-02T16:00","attendees":["Ines"]}])
TREE = "repo\n├── pyproject.toml\n├── jobs\n│   ├── __init__.py\n│   ├── aggregate.py\n│   └── nightly.py\n└── tests\n    └── test_aggregate.py"
csv = do("read_csv", {"path":"data/sales_q1.csv"}, SALES_CSV)
sql = do("execute_sql", {"query":"SELECT customer_id, name, country, lifetime_value FROM customers ORDER BY 1"}, PSQL)
kube = do("kubectl", {"args":"get pods -n prod"}, KUBE)
nginx = do("tail_log", {"service":"edge","lines":60}, NGINX)
flights = do("searchFlights", {"origin":"LIS","destination":"WAW","date":"2025-06-14"}, FLIGHTS)
agg = do("view_file", {"path":"jobs/aggregate.py"}, AGG)
tree = do("list_files", {"root":"."}, TREE)
ohrid = do("fetch_url", {"url":"https://visit-ohrid.example.org/guide"}, HTML)
paper = do("scholar_lookup", {"title":"Sparse Routing for Edge Inference"}, PAPER)
quote = do("market.quote", {"ticker":"VLTR"}, QUOTE)
hotel = do("hotels.search", {"city":"Lisbon","checkin":"2025-05-02","nights":3}, HOTEL)
kd = do("query_express", {"no":"SF1389204417"}, KD)
tq = do("get_weather_cn", {"city":"成都"}, TQ)
yoy = do("fin_report", {"company":"远岭科技"}, YOY)
issue = do("tracker.get_issue", {"number":418}, ISSUE)
cal = do("calendar_list", {"day":"2025-04-02"}, CAL)
patch = do("edit_file", {"path":"jobs/aggregate.py","old":'        out[row["sku"]] += row["qty"]',"new":'        if "sku" not in row:\n            continue\n        out[row["sku"]] += row["qty"]'}, "1 replacement made", write=True)
tests_ok = do("run_shell", {"cmd":"python -m pytest tests -q"}, "........                                                                 [100%]\n8 passed in 0.42s")
tests_bad = do("run_shell", {"cmd":"python -m pytest tests -q"}, "..F.....                                                                 [100%]\n=================================== FAILURES ===================================\n______________________________ test_missing_sku _______________________________\nE       KeyError: 'sku'\n=========================== short test summary info ============================\nFAILED tests/test_aggregate.py::test_missing_sku - KeyError: 'sku'\n1 failed, 7 passed in 0.51s")
FIXASK = "The nightly job crashes with KeyError 'sku'. Fix jobs/aggregate.py so rows without a sku are skipped."
