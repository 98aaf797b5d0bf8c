"""The third set of sound trajectories as strong agents leave them, by a writer who had not seen the detectors,
after they had been generalised to the second; counted, and then only grounding was changed for it."""

# ruff: noqa: E501 (wordings are easier to read unbroken)
# fmt: off

from __future__ import annotations

from nex_assets.filtered_traces.scripting import Ask, do, script, tool, trajectory, turn
from nex_resources.records import Trace

# ---------------------------------------------------------------------------------------------
# Analyses and reports
# ---------------------------------------------------------------------------------------------

ANALYSES: list[Trace] = [
    script(
        "Compare Q1 and Q2 2025 revenue by region from the warehouse. I need totals, growth and shares.",
        turn(
            "I'll find the right table first.",
            do("postgres__list_tables", {"schema": "finance"}, '["budget", "regional_revenue", "fx_rates"]'),
        ),
        turn(
            "",
            do(
                "postgres__query",
                {
                    "sql": "SELECT region, quarter, SUM(amount) AS revenue FROM finance.regional_revenue "
                    "WHERE year = 2025 AND quarter IN ('Q1','Q2') GROUP BY 1, 2 ORDER BY 1, 2"
                },
                '[{"region":"East","quarter":"Q1","revenue":515200},{"region":"East","quarter":"Q2","revenue":549800},'
                '{"region":"North","quarter":"Q1","revenue":412300},{"region":"North","quarter":"Q2","revenue":438900},'
                '{"region":"South","quarter":"Q1","revenue":298750},{"region":"South","quarter":"Q2","revenue":281400},'
                '{"region":"West","quarter":"Q1","revenue":187600},{"region":"West","quarter":"Q2","revenue":214900}]',
            ),
        ),
        """## Revenue, Q1 vs Q2 2025

| Region | Q1 | Q2 | Change | Growth | Share of Q2 |
|---|---:|---:|---:|---:|---:|
| East | 515,200 | 549,800 | +34,600 | +6.72% | 37.0% |
| North | 412,300 | 438,900 | +26,600 | +6.45% | 29.6% |
| South | 298,750 | 281,400 | −17,350 | −5.81% | 18.9% |
| West | 187,600 | 214,900 | +27,300 | +14.55% | 14.5% |
| **Total** | **1,413,850** | **1,485,000** | **+71,150** | **+5.03%** | **100%** |

**Takeaways**

1. Total revenue rose by about 5%, from 1.41M to 1.49M.
2. East and North together make up two thirds of Q2 (66.6%).
3. West is the smallest region and the fastest-growing one; South is the only one that shrank.

The table does not say which currency the amounts are in, so I left the unit out.""",
    ),
    script(
        "Why did our AWS bill change between September and October? The export is in billing/oct.csv.",
        turn(
            "",
            do(
                "filesystem__read_file",
                {"path": "billing/oct.csv"},
                "service,sep_usd,oct_usd\nEC2,8421.17,7903.42\nRDS,3110.50,3342.88\nS3,946.03,1012.77\n"
                "CloudFront,512.40,498.15\nLambda,88.91,131.26\n",
            ),
        ),
        """The bill went **down by $190.53 (−1.5%)**, from $13,079.01 to $12,888.48. EC2 fell by more than everything else rose:

| Service | September | October | Δ | Δ % |
|---|---:|---:|---:|---:|
| EC2 | $8,421.17 | $7,903.42 | −$517.75 | −6.1% |
| RDS | $3,110.50 | $3,342.88 | +$232.38 | +7.5% |
| S3 | $946.03 | $1,012.77 | +$66.74 | +7.1% |
| CloudFront | $512.40 | $498.15 | −$14.25 | −2.8% |
| Lambda | $88.91 | $131.26 | +$42.35 | +47.6% |

- **EC2** explains the drop on its own.
- **RDS** is the largest increase in dollars and the one I'd look at first.
- **Lambda** has the steepest rise in relative terms, but it is only about 1% of the bill.

The export has no usage data, so I can say where the change came from but not what caused it.""",
    ),
    script(
        "I paid 84,000 yen for the hotel, 12,650 for trains and 3,480 for dinner in Kyoto, plus 146.50 and 38.20 "
        "pounds in London. What is that in euros at today's rates?",
        turn(
            "",
            do("fx__latest_rate", {"base": "JPY", "quote": "EUR"}, '{"base":"JPY","quote":"EUR","rate":0.00613}'),
            do("fx__latest_rate", {"base": "GBP", "quote": "EUR"}, '{"base":"GBP","quote":"EUR","rate":1.164}'),
        ),
        """Converted at 1 JPY = €0.00613 and 1 GBP = €1.164:

| Item | Original | EUR |
|---|---:|---:|
| Hotel, Kyoto | ¥84,000 | 514.92 |
| Trains | ¥12,650 | 77.54 |
| Dinner | ¥3,480 | 21.33 |
| London, first item | £146.50 | 170.53 |
| London, second item | £38.20 | 44.46 |
| **Total** | | **828.79** |

Of that, about €613.80 was spent in Japan and €214.99 in London (the rounded rows add up to a cent less than the total). Your card's own rate and fees may make the actual charge a little higher.""",
    ),
    script(
        "How long is the flight LH716 on 14 March really, and will I make a 11:30 meeting in Shinjuku?",
        turn(
            "",
            do(
                "flights__schedule",
                {"number": "LH716", "date": "2026-03-14"},
                '{\n  "flight": "LH716",\n  "from": {"iata": "FRA", "local": "2026-03-14T13:25", "utc_offset": "+01:00"},\n'
                '  "to": {"iata": "HND", "local": "2026-03-15T08:50", "utc_offset": "+09:00"},\n  "aircraft": "747-8"\n}',
            ),
            do(
                "maps__transit_time",
                {"origin": "Haneda Airport", "destination": "Shinjuku Station", "depart": "2026-03-15T10:00"},
                '{"minutes": 48, "transfers": 1, "line": "Keikyu + JR Yamanote"}',
            ),
        ),
        """**Flight time: 11 h 25 min.** LH716 leaves Frankfurt at 13:25 local time (12:25 UTC) on 14 March and lands at Haneda at 08:50 local time on 15 March (23:50 UTC on the 14th). The clock shows 19 h 25 min, and 8 of those hours are the time difference.

**The meeting at 11:30 is feasible but not comfortable:**

| Step | Time |
|---|---|
| Landing at Haneda | 08:50 |
| Immigration, bags and customs (my assumption: 70 min) | 10:00 |
| Keikyu + JR Yamanote to Shinjuku, 48 min, one transfer | 10:48 |
| Left before the meeting | 42 min |

If the flight is more than about 40 minutes late you would miss the start.""",
    ),
    script(
        "Which endpoints carry most of yesterday's traffic and what is the request-weighted mean latency?",
        turn(
            "",
            do(
                "grafana__query_range",
                {"expr": "sum by (route) (increase(http_requests_total[1d]))", "start": "now-1d", "end": "now"},
                "route            value\n/api/search      18240\n/api/cart         9310\n/api/login        5000\n/api/checkout     2450",
            ),
            do(
                "grafana__query_range",
                {"expr": "avg by (route) (http_request_duration_ms)", "start": "now-1d", "end": "now"},
                "route            value\n/api/search        212\n/api/cart           96\n/api/login          74\n/api/checkout      388",
            ),
        ),
        """| Route | Requests | Share | Mean latency |
|---|---:|---:|---:|
| `/api/search` | 18,240 | 52.1% | 212 ms |
| `/api/cart` | 9,310 | 26.6% | 96 ms |
| `/api/login` | 5,000 | 14.3% | 74 ms |
| `/api/checkout` | 2,450 | 7.0% | 388 ms |
| **All** | **35,000** | **100%** | **173.7 ms** |

The weighted mean is 173.7 ms; the plain average of the four routes would be 192.5 ms, which overstates it because the slow checkout gets few requests. `/api/search` alone is over half of the traffic, so that is where an improvement pays most. Checkout is more than five times as slow as login.""",
    ),
    script(
        "Summarise my running for the last week.",
        turn(
            "",
            do(
                "strava__list_activities",
                {"type": "Run", "after": "2026-05-04", "before": "2026-05-11"},
                '[{"d":"2026-05-04","km":8.2},{"d":"2026-05-05","km":12.5},{"d":"2026-05-06","km":6.4},{"d":"2026-05-07","km":18.1},'
                '{"d":"2026-05-08","km":10.0},{"d":"2026-05-09","km":7.3},{"d":"2026-05-10","km":21.2}]',
            ),
        ),
        """You ran every day from Monday 4 to Sunday 10 May: **83.7 km in 7 runs**, 12.0 km per run on average.

- Longest: 21.2 km on Sunday, just over a half marathon (21.1 km)
- Shortest: 6.4 km on Wednesday
- The two long runs on Thursday and Sunday (18.1 + 21.2 = 39.3 km) make up 47% of the week

There was no rest day. If that wasn't deliberate, Monday after the long run would be the natural place for one.""",
    ),
    script(
        "Work out gross pay for week 19 from the timesheets. Everything above 40 hours is paid at time and a half.",
        turn(
            "",
            do(
                "hr_timesheets",
                {"week": 19},
                "employee    hours   rate_eur\nOkafor      46.50   24.00\nLindqvist   38.00   27.50\nMarek       42.25   22.00",
            ),
        ),
        """### Gross pay, week 19

| Employee | Regular h | Overtime h | Regular pay | Overtime pay | Gross |
|---|---:|---:|---:|---:|---:|
| Okafor | 40 | 6.5 | €960.00 | €234.00 | **€1,194.00** |
| Lindqvist | 38 | 0 | €1,045.00 | €0.00 | **€1,045.00** |
| Marek | 40 | 2.25 | €880.00 | €74.25 | **€954.25** |
| **Sum** | **118** | **8.75** | **€2,885.00** | **€308.25** | **€3,193.25** |

Overtime rates used: €36.00 for Okafor and €33.00 for Marek.""",
    ),
    script(
        "Werte bitte unseren Stromverbrauch von Januar bis Juni aus und rechne die Kosten aus.",
        turn(
            "Ich hole die Zählerwerte und den Tarif.",
            do(
                "smartmeter__monthly",
                {"von": "2025-01", "bis": "2025-06"},
                '{"einheit":"kWh","werte":{"2025-01":312,"2025-02":287,"2025-03":265,"2025-04":241,"2025-05":228,"2025-06":219}}',
            ),
            do("smartmeter__tarif", {}, '{"arbeitspreis_ct_kwh": 34.2, "grundpreis_eur_monat": 11.90}'),
        ),
        """**Stromverbrauch Januar bis Juni 2025**

| Monat | Verbrauch |
|---|---:|
| Januar | 312 kWh |
| Februar | 287 kWh |
| März | 265 kWh |
| April | 241 kWh |
| Mai | 228 kWh |
| Juni | 219 kWh |
| **Summe** | **1.552 kWh** |

Im Schnitt sind das 258,7 kWh pro Monat. Der Verbrauch ist jeden Monat gesunken, von Januar bis Juni um rund 30 %.

**Kosten**

- Arbeitspreis: 1.552 kWh × 0,342 € = 530,78 €
- Grundpreis: 6 × 11,90 € = 71,40 €
- **Gesamt: 602,18 €**, also etwa 100 € im Monat""",
    ),
    script(
        "Avons-nous respecté le budget de la fête annuelle ? Le tableau est dans « Fête 2025 ».",
        turn(
            "",
            do(
                "google_sheets__get_values",
                {"spreadsheet": "Fête 2025", "range": "A1:C6"},
                '[["Poste","Prévu","Réel"],["Salle",1800,1740],["Traiteur",2600,2915.5],["Impression",450,388.2],["Transport",700,655],["Divers",300,212.4]]',
            ),
        ),
        """Presque : le dépassement est de **61,10 €**, soit environ 1 % du budget.

| Poste | Prévu | Réel | Écart |
|---|---:|---:|---:|
| Salle | 1 800,00 € | 1 740,00 € | −60,00 € |
| Traiteur | 2 600,00 € | 2 915,50 € | +315,50 € |
| Impression | 450,00 € | 388,20 € | −61,80 € |
| Transport | 700,00 € | 655,00 € | −45,00 € |
| Divers | 300,00 € | 212,40 € | −87,60 € |
| **Total** | **5 850,00 €** | **5 911,10 €** | **+61,10 €** |

Seul le traiteur a dépassé son enveloppe (+12,1 %). Les quatre autres postes sont restés en dessous, pour une économie totale de 254,40 €, ce qui a compensé l'essentiel.""",
    ),
    script(
        "¿Para cuántas semanas tenemos existencias de tornillería y qué hay que pedir ya? El plazo del proveedor es de 6 semanas.",
        turn(
            "",
            do(
                "inventario_consultar",
                {"familia": "tornillería"},
                "ref;existencias;consumo_semanal\nTOR-M6;420;35\nTUE-M6;150;30\nARA-M6;90;12,5\nREM-4;1100;40",
            ),
        ),
        """| Referencia | Existencias | Consumo semanal | Semanas de cobertura | ¿Pedir ya? |
|---|---:|---:|---:|---|
| TUE-M6 | 150 | 30 | 5,0 | **Sí** |
| ARA-M6 | 90 | 12,5 | 7,2 | Pronto |
| TOR-M6 | 420 | 35 | 12,0 | No |
| REM-4 | 1100 | 40 | 27,5 | No |

Con un plazo de 6 semanas, **TUE-M6** se agotará una semana antes de que llegue un pedido hecho hoy. A **ARA-M6** le queda un margen de 1,2 semanas, así que conviene pedirla en los próximos días. Las otras dos pueden esperar.""",
    ),
    script(
        "Calcule a média da Beatriz em cada disciplina e a média geral. A média para passar é 6.",
        turn(
            "",
            do(
                "escola__notas",
                {"aluna": "Beatriz", "ano": 2025},
                '{"Matemática":[7.5,8.2,6.8],"Português":[8.0,7.6,9.0],"História":[5.5,6.1,6.4],"Física":[6.0,7.0,8.3]}',
            ),
        ),
        """A Beatriz foi aprovada em todas as disciplinas, com média geral de **7,2**.

| Disciplina | 1º | 2º | 3º | Média |
|---|---:|---:|---:|---:|
| Português | 8,0 | 7,6 | 9,0 | 8,2 |
| Matemática | 7,5 | 8,2 | 6,8 | 7,5 |
| Física | 6,0 | 7,0 | 8,3 | 7,1 |
| História | 5,5 | 6,1 | 6,4 | 6,0 |

História está exatamente no limite, embora as notas venham subindo. Em Física a evolução é a mais forte: 2,3 pontos entre a primeira e a terceira nota.""",
    ),
    script(
        "来週の東京と札幌の最高気温を比べて、平均の差も教えてください。",
        turn(
            "",
            do(
                "weather__forecast_daily",
                {"city": "東京", "days": 5},
                '{"city":"東京","max_c":[14,16,13,15,17],"dates":["03-09","03-10","03-11","03-12","03-13"]}',
            ),
            do(
                "weather__forecast_daily",
                {"city": "札幌", "days": 5},
                '{"city":"札幌","max_c":[3,5,2,4,6],"dates":["03-09","03-10","03-11","03-12","03-13"]}',
            ),
        ),
        """3月9日から13日までの最高気温の予報です。

| 日付 | 東京 | 札幌 | 差 |
|---|---:|---:|---:|
| 3月9日 | 14℃ | 3℃ | 11℃ |
| 3月10日 | 16℃ | 5℃ | 11℃ |
| 3月11日 | 13℃ | 2℃ | 11℃ |
| 3月12日 | 15℃ | 4℃ | 11℃ |
| 3月13日 | 17℃ | 6℃ | 11℃ |
| **平均** | **15℃** | **4℃** | **11℃** |

期間を通して東京のほうが11℃高い見込みです。どちらも11日がいちばん寒く、13日がいちばん暖かくなります。""",
    ),
    script(
        "帮我汇总一下今年四个季度的销售额，并计算环比。",
        turn(
            "",
            do(
                "bi__run_report",
                {"report": "季度销售额", "year": 2025},
                '{"单位":"元","数据":[{"季度":"一季度","销售额":128600},{"季度":"二季度","销售额":143200},{"季度":"三季度","销售额":119800},{"季度":"四季度","销售额":156400}]}',
            ),
        ),
        """2025 年全年销售额合计 **548,000 元**，季度平均 137,000 元。

| 季度 | 销售额（元） | 环比 |
|---|---:|---:|
| 一季度 | 128,600 | — |
| 二季度 | 143,200 | +11.4% |
| 三季度 | 119,800 | −16.3% |
| 四季度 | 156,400 | +30.6% |

- 四季度最高，比一季度增长约 21.6%。
- 三季度是唯一下滑的季度，比二季度少 23,400 元，建议单独查看原因。""",
    ),
    script(
        "Compare the two loan offers in my inbox folder: 18,000 euros over 36 months. Which one is cheaper overall?",
        turn(
            "",
            do("read_text", {"path": "offers/sparbank.txt"}, "Sparbank personal loan\nAmount: EUR 18,000\nTerm: 36 months\nNominal rate: 4.8 % p.a.\nFees: none"),
            do("read_text", {"path": "offers/creditum.txt"}, "Creditum\nAmount: EUR 18,000\nTerm: 36 months\nNominal rate: 5.9 % p.a.\nFees: none"),
        ),
        turn(
            "Let me compute the annuities.",
            do(
                "python__execute",
                {"code": "for r in (.048,.059):\n    i=r/12; m=round(18000*i/(1-(1+i)**-36),2)\n    print(r, m, round(m*36,2), round(m*36-18000,2))"},
                "0.048 537.86 19362.96 1362.96\n0.059 546.78 19684.08 1684.08\n",
            ),
        ),
        """**Sparbank is cheaper, by €321.12 over the whole term.**

| | Sparbank | Creditum |
|---|---:|---:|
| Nominal rate | 4.8% | 5.9% |
| Monthly payment | €537.86 | €546.78 |
| Total paid (36 months) | €19,362.96 | €19,684.08 |
| Interest | €1,362.96 | €1,684.08 |

The difference is €8.92 a month. Neither offer lists fees. Before signing, check whether early repayment is free, since neither document mentions it.""",
    ),
    script(
        "What's our NPS for the October survey?",
        turn(
            "",
            do("typeform__response_summary", {"form": "october-nps"}, '{"responses":240,"score_0_6":36,"score_7_8":61,"score_9_10":143}'),
        ),
        """The October NPS is **+44.6**.

- Promoters (9–10): 143 of 240, 59.6%
- Passives (7–8): 61, 25.4%
- Detractors (0–6): 36, 15.0%

NPS = 59.6% − 15.0% = 44.6. It can range from −100 to +100, so this is a solid result; how it compares to your own history I can't tell from this one survey.""",
    ),
    script(
        "Is the new checkout button significantly better? Experiment name is checkout_btn_v2.",
        turn(
            "",
            do(
                "experiments__results",
                {"name": "checkout_btn_v2"},
                '{"control":{"visitors":12480,"conversions":411},"variant":{"visitors":12512,"conversions":463},"started":"2026-02-02","status":"running"}',
            ),
        ),
        turn(
            "",
            do(
                "code_interpreter",
                {"code": "from math import sqrt,erf\na,b=411/12480,463/12512\np=(411+463)/(12480+12512)\nz=(b-a)/sqrt(p*(1-p)*(1/12480+1/12512))\nprint(a,b,z,2*(1-.5*(1+erf(z/sqrt(2)))))"},
                "0.03293269230769231 0.03700447570332481 1.7519813224559757 0.07977701959160145",
            ),
        ),
        """**Not yet at the usual 5% level.**

| | Control | Variant |
|---|---:|---:|
| Visitors | 12,480 | 12,512 |
| Conversions | 411 | 463 |
| Rate | 3.29% | 3.70% |

- Uplift: +0.41 percentage points, or +12.4% relative
- Two-proportion z-test: z = 1.75, p ≈ 0.080 (two-sided)

So the variant looks better, but a difference of this size would show up by chance about 8% of the time if the buttons were equally good. The experiment, running since 2 February, should continue to its planned sample size rather than be stopped as soon as p drops below 0.05.""",
    ),
    script(
        "What does my portfolio look like by weight?",
        turn(
            "",
            do(
                "broker_get_positions",
                {},
                '{"currency":"EUR","positions":[{"symbol":"VWCE","qty":62,"price":118.40},{"symbol":"IEGA","qty":90,"price":41.25},'
                '{"symbol":"ASML","qty":4,"price":702.50},{"symbol":"EUNA","qty":310,"price":4.86}]}',
            ),
        ),
        """Your portfolio is worth **€15,369.90**.

| Position | Quantity | Price | Value | Weight |
|---|---:|---:|---:|---:|
| VWCE | 62 | €118.40 | €7,340.80 | 47.8% |
| IEGA | 90 | €41.25 | €3,712.50 | 24.2% |
| ASML | 4 | €702.50 | €2,810.00 | 18.3% |
| EUNA | 310 | €4.86 | €1,506.60 | 9.8% |

(The weights add up to 100.1% because of rounding.)

By type, the bond funds IEGA and EUNA come to €5,219.10, about 34%, and the equity side (VWCE plus ASML) to €10,150.80, about 66%. ASML is a single stock at 18%, which is the main concentration risk here.""",
    ),
    script(
        "Rank Oslo, Bergen and Trondheim by population density.",
        turn(
            "",
            do("wikidata__get_city", {"name": "Oslo"}, '{"population": 717710, "area_km2": 454}'),
            do("wikidata__get_city", {"name": "Bergen"}, '{"population": 291940, "area_km2": 465}'),
            do("wikidata__get_city", {"name": "Trondheim"}, '{"population": 214565, "area_km2": 529}'),
        ),
        """1. **Oslo** has about 1,581 inhabitants per km² (717,710 on 454 km²)
2. **Bergen** has about 628 per km² (291,940 on 465 km²)
3. **Trondheim** has about 406 per km² (214,565 on 529 km²)

Oslo is 2.5 times as dense as Bergen. Together the three cities have 1,224,215 inhabitants. The areas are the municipalities', which include a lot of forest, so the built-up parts are much denser.""",
    ),
    script(
        "What was our availability in June, given the incidents in PagerDuty?",
        turn(
            "",
            do(
                "pagerduty__list_incidents",
                {"since": "2025-06-01", "until": "2025-07-01", "urgency": "high"},
                "| id | started (UTC) | resolved (UTC) | title |\n|---|---|---|---|\n"
                "| P8812 | 2025-06-04 02:11 | 2025-06-04 02:23 | API 5xx spike |\n"
                "| P8840 | 2025-06-15 17:40 | 2025-06-15 18:27 | DB failover |\n"
                "| P8861 | 2025-06-28 23:55 | 2025-06-29 00:03 | DNS timeouts |",
            ),
        ),
        """June availability was **99.845%**, counting each high-urgency incident as full downtime.

| Incident | Title | Duration |
|---|---|---:|
| P8812 | API 5xx spike | 12 min |
| P8840 | DB failover | 47 min |
| P8861 | DNS timeouts | 8 min |
| **Total** | | **67 min** |

June has 43,200 minutes, and 67 / 43,200 = 0.155%. For comparison, a target of 99.9% would allow 43.2 minutes, so we'd have missed that by about 24 minutes; the failover on 15 June used up the whole allowance by itself. Mean time to resolve was a little over 22 minutes.""",
    ),
    script(
        "Make me an invoice aging report as of 31 October 2025, buckets 0-30, 31-60, 61-90, over 90 days past due.",
        turn(
            "",
            do(
                "xero__list_open_invoices",
                {"as_of": "2025-10-31"},
                '{"invoices":[{"no":"INV-2041","due":"2025-08-03","amount":1840.00},{"no":"INV-2077","due":"2025-09-12","amount":622.50},'
                '{"no":"INV-2090","due":"2025-10-01","amount":3175.25},{"no":"INV-2098","due":"2025-10-20","amount":940.00},{"no":"INV-1987","due":"2025-06-30","amount":415.75}],"currency":"GBP"}',
            ),
        ),
        """### Aged receivables at 31 October 2025 (GBP)

| Invoice | Due | Days past due | Amount | Bucket |
|---|---|---:|---:|---|
| INV-2098 | 20 Oct | 11 | 940.00 | 0–30 |
| INV-2090 | 1 Oct | 30 | 3,175.25 | 0–30 |
| INV-2077 | 12 Sep | 49 | 622.50 | 31–60 |
| INV-2041 | 3 Aug | 89 | 1,840.00 | 61–90 |
| INV-1987 | 30 Jun | 123 | 415.75 | Over 90 |

| Bucket | Total | Share |
|---|---:|---:|
| 0–30 | 4,115.25 | 58.8% |
| 31–60 | 622.50 | 8.9% |
| 61–90 | 1,840.00 | 26.3% |
| Over 90 | 415.75 | 5.9% |
| **All** | **6,993.50** | |

INV-2041 moves into the oldest bucket in two days, on 2 November.""",
    ),
    script(
        "Which certificates expire in the next 30 days? Today is 30 January 2026.",
        turn(
            "",
            do(
                "certs__inventory",
                {},
                "CN                     NOT AFTER    ISSUER\nshop.nordhaven.io      2026-03-02   R11\napi.nordhaven.io       2026-02-14   R11\n"
                "intra.nordhaven.io     2026-07-19   Internal CA\nmail.nordhaven.io      2026-02-09   R10",
            ),
        ),
        """Two certificates expire within 30 days:

- `mail.nordhaven.io` on 9 February (10 days left, issuer R10)
- `api.nordhaven.io` on 14 February (15 days left, issuer R11)

`shop.nordhaven.io` just misses the window with 31 days (2 March), so I would renew it in the same go. `intra.nordhaven.io` is good until 19 July, another 170 days.""",
    ),
    script(
        "How much did the solar panels produce last quarter and how much of it did we use ourselves?",
        turn(
            "",
            do(
                "homeassistant__get_statistics",
                {"entity": "sensor.pv_energy", "period": "month", "start": "2025-04-01", "end": "2025-06-30"},
                '[{"month":"2025-04","kwh":318},{"month":"2025-05","kwh":402},{"month":"2025-06","kwh":437}]',
            ),
            do("homeassistant__get_state", {"entity": "sensor.pv_self_consumption_q2"}, '{"state":"38","unit":"%"}'),
        ),
        """The panels produced **1,157 kWh** from April to June (318 + 402 + 437), about 12.7 kWh a day.

At a self-consumption of 38% you used roughly 440 kWh yourselves and fed about 717 kWh into the grid. June was the best month, 37% above April.""",
    ),
    script(
        "Show me how the March and April signups were retained, per cohort.",
        turn(
            "",
            do(
                "mixpanel_retention",
                {"event": "login", "cohorts": ["2026-03", "2026-04"], "unit": "month"},
                '{\n  "2026-03": {"size": 1200, "m1": 744, "m2": 516, "m3": 420},\n  "2026-04": {"size": 1450, "m1": 957, "m2": 681}\n}',
            ),
        ),
        """| Cohort | Size | Month 1 | Month 2 | Month 3 |
|---|---:|---:|---:|---:|
| March 2026 | 1,200 | 62.0% (744) | 43.0% (516) | 35.0% (420) |
| April 2026 | 1,450 | 66.0% (957) | 47.0% (681) | n/a |

April is four points better in both months we can compare, and it is also the larger cohort by 250 signups. In the March cohort, the loss slows down: 456 users left before month 1, 228 before month 2 and 96 before month 3. April's third month isn't in the data yet.""",
    ),
    script(
        "Run the benchmark before and after the patch and tell me if it helped.",
        turn("", do("bash", {"command": "git stash -q && ./bench.sh && git stash pop -q"}, "bench     ms/iter\nparse       41.2\nencode      58.9\nquery      120.5\n")),
        turn("", do("bash", {"command": "./bench.sh"}, "bench     ms/iter\nparse       33.7\nencode      59.4\nquery       88.1\n")),
        """It helped in two of three benchmarks:

| Benchmark | Before | After | Change | Speed-up |
|---|---:|---:|---:|---:|
| parse | 41.2 ms | 33.7 ms | −18.2% | 1.22× |
| encode | 58.9 ms | 59.4 ms | +0.8% | 0.99× |
| query | 120.5 ms | 88.1 ms | −26.9% | 1.37× |

The geometric mean speed-up is 1.18×. `encode` is unchanged within what I'd expect as noise, though I ran each version only once, so take the small difference with care. Your working tree is back as it was: I stashed the patch for the first run and popped it afterwards.""",
    ),
    script(
        "Which carrier is cheapest for a 6.4 kg parcel to Lyon?",
        turn(
            "",
            do("shipping__quote", {"carrier": "DHL", "country": "FR", "weight_kg": 6.4}, '{"base": 4.90, "per_kg": 1.35, "days": "2-3"}'),
            do("shipping__quote", {"carrier": "GLS", "country": "FR", "weight_kg": 6.4}, '{"base": 3.80, "per_kg": 1.60, "days": "3-4"}'),
            do("shipping__quote", {"carrier": "UPS", "country": "FR", "weight_kg": 6.4}, '{"base": 6.50, "per_kg": 0.95, "days": "2"}'),
        ),
        """**UPS** is cheapest and also fastest for 6.4 kg:

1. UPS: 6.50 + 6.4 × 0.95 = **12.58**, 2 days
2. DHL: 4.90 + 6.4 × 1.35 = 13.54, 2–3 days
3. GLS: 3.80 + 6.4 × 1.60 = 14.04, 3–4 days

UPS beats DHL above 4 kg and GLS above about 4.2 kg; for lighter parcels, the lower base fees of the others matter more. The quotes don't state a currency.""",
    ),
    script(
        "How am I doing on calories and protein today? My goal is 2000 kcal and 120 g protein.",
        turn(
            "",
            do(
                "foodlog_day",
                {"date": "today"},
                '{"entries":[{"name":"oat porridge","kcal":380,"protein":14,"carbs":62,"fat":8},{"name":"chicken wrap","kcal":545,"protein":38,"carbs":48,"fat":21},'
                '{"name":"skyr","kcal":150,"protein":15,"carbs":12,"fat":4},{"name":"salmon with rice","kcal":610,"protein":42,"carbs":35,"fat":32}]}',
            ),
        ),
        """So far you have **1,685 kcal and 109 g of protein**, so there are 315 kcal and 11 g of protein left.

| Meal | kcal | Protein | Carbs | Fat |
|---|---:|---:|---:|---:|
| Oat porridge | 380 | 14 g | 62 g | 8 g |
| Chicken wrap | 545 | 38 g | 48 g | 21 g |
| Skyr | 150 | 15 g | 12 g | 4 g |
| Salmon with rice | 610 | 42 g | 35 g | 32 g |
| **Sum** | **1,685** | **109 g** | **157 g** | **65 g** |

Another skyr like today's (150 kcal, 15 g) would take you past the protein goal and leave 165 kcal.""",
    ),
    script(
        "Ho dieci ospiti: puoi adattare la ricetta della torta della nonna? Quella nel ricettario è per 4.",
        turn(
            "",
            do("ricettario__cerca", {"titolo": "torta della nonna"}, '{"id": 37, "titolo": "Torta della nonna", "porzioni": 4, "ingredienti": {"farina": "500 g", "zucchero": "150 g", "burro": "120 g", "uova": 4}, "cottura": "45 min a 180 °C"}'),
        ),
        """Ecco le dosi per 10 persone, cioè 2,5 volte quelle del ricettario:

| Ingrediente | Per 4 | Per 10 |
|---|---:|---:|
| Farina | 500 g | 1.250 g |
| Zucchero | 150 g | 375 g |
| Burro | 120 g | 300 g |
| Uova | 4 | 10 |

Ti consiglio di dividere l'impasto in due teglie e di lasciare la temperatura a 180 °C. I 45 minuti valgono per la dose originale: controlla la cottura con uno stecchino.""",
    ),
    script(
        "Hoe ver heb ik deze week gefietst naar het werk, en wat krijg ik daarvoor vergoed?",
        turn(
            "",
            do("fitness__ritten", {"van": "2026-04-13", "tot": "2026-04-17", "soort": "woon-werk"}, '[{"dag":"ma","km":14.2},{"dag":"di","km":11.8},{"dag":"wo","km":16.5},{"dag":"do","km":12.9},{"dag":"vr","km":13.6}]'),
            do("hr__vergoeding", {"soort": "fiets"}, '{"tarief_eur_per_km": 0.23}'),
        ),
        """Je hebt van maandag tot en met vrijdag **69,0 km** gefietst, gemiddeld 13,8 km per dag. Bij € 0,23 per kilometer komt dat neer op **€ 15,87**.

- Maandag: 14,2 km
- Dinsdag: 11,8 km
- Woensdag: 16,5 km (de langste)
- Donderdag: 12,9 km
- Vrijdag: 13,6 km""",
    ),
    script(
        "서울 지점들의 평균 평점을 리뷰 수로 가중해서 계산해 줘.",
        turn("", do("reviews__by_branch", {"city": "서울"}, '[{"지점":"강남","평점":4.5,"리뷰":182},{"지점":"홍대","평점":4.1,"리뷰":96},{"지점":"잠실","평점":3.6,"리뷰":54}]')),
        """리뷰 수로 가중한 평균 평점은 **4.24점**입니다 (리뷰 332개 기준).

| 지점 | 평점 | 리뷰 수 |
|---|---:|---:|
| 강남 | 4.5 | 182 |
| 홍대 | 4.1 | 96 |
| 잠실 | 3.6 | 54 |

단순 평균은 4.07점인데, 리뷰가 가장 많은 강남의 평점이 높아서 가중 평균이 더 높게 나옵니다.""",
    ),
    script(
        "Посчитай мои расходы за март и сколько осталось от зарплаты 92 000 рублей.",
        turn("", do("bank__expenses_by_category", {"month": "2026-03"}, '{"Аренда":46200,"Продукты":8900,"Транспорт":12400,"Кафе":6350,"Связь":5100}')),
        """В марте вы потратили **78 950 ₽**, осталось **13 050 ₽** (14,2 % зарплаты).

| Категория | Сумма |
|---|---:|
| Аренда | 46 200 ₽ |
| Транспорт | 12 400 ₽ |
| Продукты | 8 900 ₽ |
| Кафе | 6 350 ₽ |
| Связь | 5 100 ₽ |

Больше всего уходит на аренду: 58,5 % всех расходов и примерно половина зарплаты.""",
    ),
    script(
        "Find a 45-minute slot next Tuesday for Lisbon, Berlin and Bangalore within everyone's 9 to 6.",
        turn(
            "",
            do(
                "calendar__free_busy",
                {"date": "2026-01-20", "people": ["lisbon-team", "berlin-team", "bangalore-team"]},
                "lisbon-team (UTC+0): busy 09:00-10:00, 11:30-12:30\nberlin-team (UTC+1): busy 09:00-10:30, 14:00-15:00\nbangalore-team (UTC+5:30): busy 13:00-14:30",
            ),
        ),
        """The best slot is **Tuesday, 20 January, 10:00–10:45 UTC**:

| Team | Local time | Situation |
|---|---|---|
| Lisbon | 10:00–10:45 | free after the 09:00–10:00 block |
| Berlin | 11:00–11:45 | free between 10:30 and 14:00 |
| Bangalore | 15:30–16:15 | free after 14:30 |

The shared working hours are 09:00–12:30 UTC, because Bangalore finishes at 18:00 (12:30 UTC). Lisbon is busy until 10:00 and again from 11:30, so the only common window is 10:00–11:30; anything starting between 10:00 and 10:45 works.""",
    ),
    script(
        "When can we ship if we start on Monday 13 April 2026? Tasks are in plan.json. Weekends off.",
        turn(
            "",
            do(
                "fs_read",
                {"path": "plan.json"},
                '{"tasks":[{"id":"design","days":3,"after":[]},{"id":"backend","days":5,"after":["design"]},{"id":"frontend","days":4,"after":["design"]},{"id":"qa","days":2,"after":["backend","frontend"]}]}',
            ),
        ),
        """The critical path is **design → backend → qa**, 3 + 5 + 2 = 10 working days, so the last day of work is **Friday, 24 April 2026**.

| Task | Days | Start | End |
|---|---:|---|---|
| design | 3 | Mon 13 Apr | Wed 15 Apr |
| backend | 5 | Thu 16 Apr | Wed 22 Apr |
| frontend | 4 | Thu 16 Apr | Tue 21 Apr |
| qa | 2 | Thu 23 Apr | Fri 24 Apr |

`frontend` has one day of slack. You could ship on Friday evening or, more cautiously, on Monday 27 April.""",
    ),
    script(
        "The server's data volume is nearly full. What takes the space, and what would deleting old logs give us?",
        turn(
            "",
            do("run_command", {"cmd": "df -h /data"}, "Filesystem      Size  Used Avail Use% Mounted on\n/dev/nvme1n1     50G   43G  7.4G  86% /data\n"),
            do("run_command", {"cmd": "du -sh /data/*"}, "18.4G\t/data/postgres\n9.7G\t/data/logs\n6.3G\t/data/uploads\n1.1G\t/data/cache\n"),
        ),
        turn("", do("run_command", {"cmd": "find /data/logs -name '*.gz' -mtime +30 -printf '%s\\n' | awk '{s+=$1} END {print s/2^30, NR}'"}, "6.8 214\n")),
        """`/data` is at 86%: 43 GB of 50 GB used, 7.4 GB free.

| Directory | Size |
|---|---:|
| `postgres` | 18.4 GB |
| `logs` | 9.7 GB |
| `uploads` | 6.3 GB |
| `cache` | 1.1 GB |

These four come to 35.5 GB. The other 7 GB or so isn't in any of them; hidden directories or files that were deleted while still open are the usual reasons (`lsof +L1` would show the latter).

Deleting the 214 compressed logs older than 30 days would free **6.8 GB**, leaving about 14.2 GB free, roughly 72% used. I haven't deleted anything.""",
    ),
    script(
        "Average the four sensor readings and give them in Celsius.",
        turn("", do("iot.read_many", {"ids": ["s1", "s2", "s3", "s4"]}, "s1=59.0F ok\ns2=64.4F ok\ns3=71.6F ok\ns4=50.0F ok")),
        "The average is **16.25 °C** (61.25 °F). Individually: s1 is at 15 °C, s2 at 18 °C, s3 at 22 °C and s4 at 10 °C. All four report the status ok.",
    ),
    script(
        "What does the league table look like after the weekend? Three points for a win, one for a draw.",
        turn(
            "",
            do(
                "league__results",
                {"competition": "Kreisliga West"},
                "team,w,d,l,gf,ga\nEintracht Holm,9,3,2,31,14\nSV Karlsau,8,5,1,27,12\nTuS Breden,9,1,4,29,22\nFC Lindau 04,4,4,6,18,24\n",
            ),
        ),
        """| # | Team | Played | W | D | L | Goals | Diff | Points |
|---:|---|---:|---:|---:|---:|---|---:|---:|
| 1 | Eintracht Holm | 14 | 9 | 3 | 2 | 31:14 | +17 | **30** |
| 2 | SV Karlsau | 14 | 8 | 5 | 1 | 27:12 | +15 | **29** |
| 3 | TuS Breden | 14 | 9 | 1 | 4 | 29:22 | +7 | **28** |
| 4 | FC Lindau 04 | 14 | 4 | 4 | 6 | 18:24 | −6 | **16** |

Only two points separate the top three. Breden has as many wins as the leader, but four defeats; Karlsau has lost just once and has conceded the fewest goals, 12.""",
    ),
]

# ---------------------------------------------------------------------------------------------
# Coding and operations
# ---------------------------------------------------------------------------------------------

CODING: list[Trace] = [
    script(
        "The CSV export crashes for customers without a country. Please fix it and run the tests.",
        turn("I'll look for the export code.", do("Grep", {"pattern": "def export_csv", "path": "src"}, "src/shop/export.py:14:def export_csv(customers, out):")),
        turn(
            "",
            do(
                "Read",
                {"file_path": "src/shop/export.py"},
                "     1\timport csv\n     2\t\n    14\tdef export_csv(customers, out):\n    15\t    writer = csv.writer(out)\n"
                "    16\t    for c in customers:\n    17\t        writer.writerow([c.id, c.name, c.country.upper()])\n",
            ),
        ),
        turn(
            "`c.country` can be `None`, so `.upper()` fails.",
            do(
                "Edit",
                {
                    "file_path": "src/shop/export.py",
                    "old_string": "writer.writerow([c.id, c.name, c.country.upper()])",
                    "new_string": 'writer.writerow([c.id, c.name, (c.country or "").upper()])',
                },
                "The file src/shop/export.py has been updated.",
                write=True,
            ),
        ),
        turn("", do("Bash", {"command": "python -m pytest -q tests/test_export.py"}, "......                                                                   [100%]\n6 passed in 0.41s")),
        "Fixed. `export_csv` in `src/shop/export.py` called `.upper()` on a missing country; it now writes an empty field instead. The 6 tests in `tests/test_export.py` pass. I haven't checked whether one of them covers a customer without a country; I can add such a test if you like.",
    ),
    script(
        "Add a --json flag to tools/report.py.",
        turn("", do("bash", {"command": "cat tools/report.py"}, 'import argparse\n\ndef main():\n    p = argparse.ArgumentParser()\n    p.add_argument("path")\n    args = p.parse_args()\n    stats = collect(args.path)\n    for k, v in stats.items():\n        print(f"{k}: {v}")\n')),
        turn(
            "",
            do(
                "apply_patch",
                {
                    "input": "*** Begin Patch\n*** Update File: tools/report.py\n@@\n     p.add_argument(\"path\")\n+    p.add_argument(\"--json\", action=\"store_true\", help=\"print JSON\")\n"
                    "     args = p.parse_args()\n     stats = collect(args.path)\n+    if args.json:\n+        print(json.dumps(stats, indent=2))\n+        return\n*** End Patch"
                },
                "Success. Updated the following files:\nM tools/report.py",
                write=True,
            ),
        ),
        turn("", do("bash", {"command": "python tools/report.py --json data | head -4"}, "Traceback (most recent call last):\n  File \"tools/report.py\", line 10, in main\n    print(json.dumps(stats, indent=2))\nNameError: name 'json' is not defined", error="tool_error")),
        turn("I forgot the import.", do("bash", {"command": "sed -i '1a import json' tools/report.py && python tools/report.py --json data"}, '{\n  "files": 12,\n  "rows": 4810\n}\n', write=True)),
        "`tools/report.py` now takes `--json` and prints the statistics as indented JSON; without the flag the output stays as it was. My first version lacked `import json`, which I added. On `data` it prints 12 files and 4810 rows.",
    ),
    script(
        "Why does CI fail on main?",
        turn("", do("github__list_workflow_runs", {"repo": "nordhaven/shop", "branch": "main", "per_page": 3}, '{"workflow_runs":[{"id":90117,"name":"ci","conclusion":"failure","head_sha":"4be1c09"},{"id":90102,"name":"ci","conclusion":"success","head_sha":"77ad2f1"}]}')),
        turn(
            "",
            do("github__get_job_logs", {"repo": "nordhaven/shop", "run_id": 90117}, "2026-02-03T08:11:02Z Run npm ci\n2026-02-03T08:11:09Z npm ERR! code EUSAGE\n2026-02-03T08:11:09Z npm ERR! `npm ci` can only install packages when your package.json and package-lock.json are in sync.\n2026-02-03T08:11:09Z npm ERR! Missing: zod@3.23.8 from lock file\n2026-02-03T08:11:09Z Process completed with exit code 1."),
            do("github__get_commit", {"repo": "nordhaven/shop", "sha": "4be1c09"}, '{"sha":"4be1c09","message":"feat: validate cart payloads","files":["package.json","src/cart/schema.ts"]}'),
        ),
        """CI fails in `npm ci`, before any test runs:

> Missing: zod@3.23.8 from lock file

Commit `4be1c09` ("feat: validate cart payloads") added zod to `package.json` but didn't commit the updated `package-lock.json`. The run before it, on `77ad2f1`, was green.

**Fix:** run `npm install` locally and commit the changed lock file. I haven't changed anything.""",
    ),
    script(
        "Rename the function fetchUser to loadUser everywhere in web/.",
        turn("", do("shell", {"command": ["rg", "-l", "fetchUser", "web/"]}, "web/api/user.ts\nweb/pages/profile.tsx\nweb/pages/admin.tsx\n")),
        turn("", do("shell", {"command": ["bash", "-lc", "rg -l '\\bfetchUser\\b' web/ | xargs sed -i 's/\\bfetchUser\\b/loadUser/g' && git diff --stat"]}, " web/api/user.ts        | 2 +-\n web/pages/admin.tsx    | 4 ++--\n web/pages/profile.tsx  | 4 ++--\n 3 files changed, 5 insertions(+), 5 deletions(-)\n")),
        turn("", do("shell", {"command": ["npx", "tsc", "--noEmit"]}, "")),
        "Done: `fetchUser` is now `loadUser` in `web/api/user.ts`, `web/pages/profile.tsx` and `web/pages/admin.tsx` (5 lines in total). The type check (`tsc --noEmit`) reports no errors. I replaced whole words only, so longer names that merely contain it are untouched.",
    ),
    script(
        "pods of the payments deployment keep restarting. find out why",
        turn("", do("kubectl", {"args": "get pods -n prod -l app=payments"}, "NAME                        READY   STATUS             RESTARTS      AGE\npayments-6c9f7d5b8-4kqzt    0/1     CrashLoopBackOff   14 (2m ago)   51m\npayments-6c9f7d5b8-x2lmn    0/1     CrashLoopBackOff   14 (90s ago)  51m")),
        turn(
            "",
            do("kubectl", {"args": "logs -n prod payments-6c9f7d5b8-4kqzt --previous --tail=5"}, "INFO  starting payments 2.14.0\nINFO  connecting to postgres at pg-payments:5432\nERROR startup check failed: relation \"refund_reason\" does not exist\nFATAL exiting\n"),
            do("kubectl", {"args": "rollout history deployment/payments -n prod"}, "REVISION  CHANGE-CAUSE\n31        payments 2.13.2\n32        payments 2.14.0"),
        ),
        """Both pods exit at startup because a table is missing:

```
ERROR startup check failed: relation "refund_reason" does not exist
```

Version 2.14.0 (revision 32) expects the table `refund_reason`, so its migration has most likely not been run on the production database. The pods have restarted 14 times in 51 minutes.

Two ways out:

1. Run the 2.14.0 migrations and let the pods restart, or
2. go back to 2.13.2 with `kubectl rollout undo deployment/payments -n prod`.

Tell me which one you prefer; I've only read so far.""",
        Ask("roll back please"),
        turn("", do("kubectl", {"args": "rollout undo deployment/payments -n prod"}, "deployment.apps/payments rolled back", write=True)),
        turn("", do("kubectl", {"args": "rollout status deployment/payments -n prod --timeout=120s"}, "Waiting for deployment \"payments\" rollout to finish: 1 old replicas are pending termination...\ndeployment \"payments\" successfully rolled out")),
        "The rollback is through: `payments` is back on 2.13.2 and the rollout finished successfully. Before 2.14.0 is deployed again, the migration that creates `refund_reason` has to run.",
    ),
    script(
        "Write a Dockerfile for this FastAPI app and check that it builds.",
        turn("", do("list_directory", {"path": "."}, "[DIR] app\n[FILE] pyproject.toml\n[FILE] uv.lock\n[FILE] README.md"), do("read_file", {"path": "pyproject.toml"}, '[project]\nname = "stockroom"\nversion = "0.3.0"\nrequires-python = ">=3.12"\ndependencies = ["fastapi", "uvicorn"]\n')),
        turn(
            "",
            do(
                "write_file",
                {
                    "path": "Dockerfile",
                    "content": 'FROM python:3.12-slim\nCOPY --from=ghcr.io/astral-sh/uv:latest /uv /bin/uv\nWORKDIR /srv\nCOPY pyproject.toml uv.lock ./\nRUN uv sync --frozen --no-dev --no-install-project\nCOPY app app\nUSER 1000\nEXPOSE 8000\nCMD [".venv/bin/uvicorn", "app.main:app", "--host", "0.0.0.0", "--port", "8000"]\n',
                },
                "Successfully wrote to Dockerfile",
                write=True,
            ),
        ),
        turn("", do("run_terminal_cmd", {"command": "docker build -q -t stockroom:dev . && docker images stockroom:dev --format '{{.Size}}'"}, "sha256:9f0c2b7713e4a5d8\n187MB\n", write=True)),
        "I wrote a `Dockerfile` and it builds: `stockroom:dev`, 187 MB. It uses Python 3.12 slim, installs the locked dependencies with uv before copying the code (so code changes don't reinstall them), runs as a non-root user and listens on port 8000. I assumed the app object is `app` in `app/main.py`; I built the image but didn't start it.",
    ),
    script(
        "Review PR 212 in nordhaven/shop.",
        turn("", do("github__get_pull_request", {"repo": "nordhaven/shop", "number": 212}, '{"title":"Cache exchange rates","user":"mfell","base":"main","head":"cache-rates","changed_files":1,"additions":11,"deletions":1}'),
             do("github__get_pull_request_diff", {"repo": "nordhaven/shop", "number": 212}, "diff --git a/src/rates.py b/src/rates.py\n@@ -3,6 +3,16 @@\n+_CACHE = {}\n+\n def rate(base, quote):\n-    return _fetch(base, quote)\n+    key = base\n+    if key in _CACHE:\n+        return _CACHE[key]\n+    try:\n+        value = _fetch(base, quote)\n+    except Exception:\n+        value = 1.0\n+    _CACHE[key] = value\n+    return value\n")),
        """### Review of #212, "Cache exchange rates"

I'd **request changes**; two of the points give wrong prices.

1. **Wrong key** (`key = base`): `rate("EUR", "USD")` followed by `rate("EUR", "GBP")` returns the dollar rate for pounds. The key has to be `(base, quote)`.
2. **Failure turns into 1.0**: if `_fetch` raises, the rate silently becomes 1.0 *and is cached*, so one timeout makes every later conversion wrong. Let the exception through, or serve the last known value.
3. **No expiry**: `_CACHE` never forgets, so a long-running worker keeps the first rate forever. A TTL of a few minutes would do.
4. Minor: there are no tests in the PR (one file changed, +11/−1). A test with two quotes for the same base would have caught point 1.

The idea itself is fine. I haven't posted this to GitHub.""",
    ),
    script(
        "Add an index for the slow orders query and show me that it is used.",
        turn("", do("pg__explain", {"sql": "SELECT * FROM orders WHERE customer_id = 8812 ORDER BY created_at DESC LIMIT 20"}, "Limit  (cost=41822.11..41824.44 rows=20) (actual time=612.404..612.511 rows=20 loops=1)\n  ->  Gather Merge\n        ->  Sort\n              ->  Parallel Seq Scan on orders (rows=1840233)\nExecution Time: 612.9 ms")),
        turn("", do("pg__execute", {"sql": "CREATE INDEX CONCURRENTLY idx_orders_customer_created ON orders (customer_id, created_at DESC)"}, "CREATE INDEX", write=True)),
        turn("", do("pg__explain", {"sql": "SELECT * FROM orders WHERE customer_id = 8812 ORDER BY created_at DESC LIMIT 20"}, "Limit  (cost=0.43..18.20 rows=20) (actual time=0.041..0.098 rows=20 loops=1)\n  ->  Index Scan using idx_orders_customer_created on orders\n        Index Cond: (customer_id = 8812)\nExecution Time: 0.1 ms")),
        "I created `idx_orders_customer_created` on `orders (customer_id, created_at DESC)` with `CONCURRENTLY`, so the table was not locked for writes. The plan now uses an index scan instead of a parallel sequential scan, and the query went from 612.9 ms to 0.1 ms.",
    ),
    script(
        "Run the whole test suite and tell me what fails. Don't fix anything.",
        turn("", do("execute_command", {"command": "cargo test 2>&1 | tail -20"}, "test parser::tests::nested ... ok\ntest parser::tests::empty ... ok\ntest lexer::tests::unicode ... FAILED\n\nfailures:\n\n---- lexer::tests::unicode stdout ----\nthread 'lexer::tests::unicode' panicked at src/lexer.rs:204:9:\nassertion `left == right` failed\n  left: 5\n right: 4\n\ntest result: FAILED. 37 passed; 1 failed; 2 ignored; 0 measured; 0 filtered out; finished in 0.62s\n")),
        turn("", do("execute_command", {"command": "sed -n '195,206p' src/lexer.rs"}, '    #[test]\n    fn unicode() {\n        let tokens = lex("naïve");\n        // columns count characters, not bytes\n        assert_eq!(tokens[0].end_column - 1, 4);\n    }\n')),
        """One test fails: **37 passed, 1 failed, 2 ignored**.

`lexer::tests::unicode` (`src/lexer.rs:204`) expects 4 and gets 5. The test lexes `naïve`, and its comment says that columns count characters rather than bytes. The word has 5 characters and 6 bytes in UTF-8, so the extra one fits a lexer that counts bytes. As you asked, I changed nothing.""",
    ),
    script(
        "Migrate settings.py from environs to pydantic-settings.",
        turn("", do("mcp__filesystem__read_text_file", {"path": "/workspace/api/settings.py"}, 'from environs import Env\n\nenv = Env()\nDEBUG = env.bool("DEBUG", False)\nDB_URL = env.str("DB_URL")\nPAGE_SIZE = env.int("PAGE_SIZE", 50)\n'),
             do("mcp__filesystem__search_files", {"path": "/workspace/api", "pattern": "import settings"}, "/workspace/api/main.py\n/workspace/api/db.py")),
        turn("", do("mcp__filesystem__write_file", {"path": "/workspace/api/settings.py", "content": "from pydantic_settings import BaseSettings\n\n\nclass Settings(BaseSettings):\n    debug: bool = False\n    db_url: str\n    page_size: int = 50\n\n\n_settings = Settings()\nDEBUG = _settings.debug\nDB_URL = _settings.db_url\nPAGE_SIZE = _settings.page_size\n"}, "Successfully wrote to /workspace/api/settings.py", write=True)),
        turn("", do("mcp__shell__run", {"command": "cd /workspace/api && uv remove environs && uv add pydantic-settings && DB_URL=sqlite:// uv run pytest -q"}, "Resolved 41 packages in 210ms\n - environs==11.0.0\nResolved 42 packages in 260ms\n + pydantic-settings==2.6.1\n....................s..                                          [100%]\n22 passed, 1 skipped in 3.08s\n", write=True)),
        "`settings.py` now uses pydantic-settings (2.6.1), and `environs` is gone from the dependencies. I kept the module constants `DEBUG`, `DB_URL` and `PAGE_SIZE`, so `main.py` and `db.py` work unchanged. Tests: 22 passed, 1 skipped. One behaviour to know: a missing `DB_URL` now raises a pydantic `ValidationError` at import.",
    ),
    script(
        "There's a memory leak in the worker since last week. Bisect it, the script check_leak.sh exits 1 if it leaks.",
        turn("", do("bash", {"command": "git log --oneline --since='10 days ago'"}, "e81f0aa Bump httpx to 0.28\n5c2d9b7 Keep finished jobs for the dashboard\n0a7713c Log job duration\nb94e6d2 Release 4.7\n")),
        turn("", do("bash", {"command": "git bisect start HEAD b94e6d2 && git bisect run ./check_leak.sh"}, "Bisecting: 0 revisions left to test after this (roughly 1 step)\n[5c2d9b7] Keep finished jobs for the dashboard\nrunning './check_leak.sh'\nrss grew by 212 MB\nBisecting: 0 revisions left to test after this (roughly 0 steps)\n[0a7713c] Log job duration\nrunning './check_leak.sh'\nrss grew by 1 MB\n5c2d9b7 is the first bad commit\n", write=True)),
        turn("", do("bash", {"command": "git bisect reset -q; git show 5c2d9b7 --stat -p | tail -8"}, "--- a/worker/pool.py\n+++ b/worker/pool.py\n@@ -48,4 +48,5 @@ class Pool:\n     def _finish(self, job):\n         self.active.discard(job)\n+        self.finished.append(job)\n         self.events.put(job.id)\n", write=True)),
        "The leak came in with **5c2d9b7, \"Keep finished jobs for the dashboard\"**. `Pool._finish` in `worker/pool.py` appends every finished job to `self.finished`, and the commit never removes any, so each job stays in memory with its payload. With that commit, the check script saw the process grow by 212 MB; with its parent 0a7713c by 1 MB.\n\nA bounded `collections.deque(maxlen=…)`, or keeping only ids, would be the smallest fix. The bisect has been reset, and the repository is as it was.",
    ),
    script(
        "Clean up the notebook: the plot in cell 3 should have axis labels.",
        turn("", do("NotebookRead", {"notebook_path": "analysis/churn.ipynb"}, '<cell id="a1">import pandas as pd</cell>\n<cell id="b2">df = pd.read_csv("churn.csv")</cell>\n<cell id="c3">df.groupby("month").churned.mean().plot()</cell>')),
        turn("", do("NotebookEdit", {"notebook_path": "analysis/churn.ipynb", "cell_id": "c3", "new_source": 'ax = df.groupby("month").churned.mean().plot()\nax.set_xlabel("Month")\nax.set_ylabel("Churn rate")'}, "Updated cell c3", write=True)),
        "The plot in the third cell of `analysis/churn.ipynb` now has labelled axes: \"Month\" and \"Churn rate\". I haven't re-run the notebook, so the stored image is still the old one until you execute the cell.",
    ),
    script(
        "Create a branch fix/tz, commit the change in scheduler.py and open a PR.",
        turn("", do("git_status", {"repo_path": "."}, "On branch main\nChanges not staged for commit:\n\tmodified:   scheduler.py\nUntracked files:\n\tscratch.txt"), do("git_diff_unstaged", {"repo_path": "."}, "-    now = datetime.utcnow()\n+    now = datetime.now(tz=UTC)")),
        turn("", do("git_create_branch", {"repo_path": ".", "branch_name": "fix/tz"}, "Created branch 'fix/tz' from 'main'", write=True), do("git_checkout", {"repo_path": ".", "branch_name": "fix/tz"}, "Switched to branch 'fix/tz'", write=True)),
        turn("", do("git_add", {"repo_path": ".", "files": ["scheduler.py"]}, "Files staged successfully", write=True), do("git_commit", {"repo_path": ".", "message": "Use timezone-aware now in the scheduler"}, "Changes committed successfully with hash 3fd8a61", write=True)),
        turn("", do("bash", {"command": "git push -u origin fix/tz && gh pr create --fill"}, "branch 'fix/tz' set up to track 'origin/fix/tz'.\nhttps://github.com/nordhaven/jobs/pull/58\n", write=True)),
        "The PR is open: https://github.com/nordhaven/jobs/pull/58\n\nIt has one commit (`3fd8a61`) on `fix/tz`, which replaces `datetime.utcnow()` with the timezone-aware `datetime.now(tz=UTC)` in `scheduler.py`. I left the untracked `scratch.txt` out.",
    ),
    script(
        "nginx returns 502 on web-2, please check and get it running again",
        turn("", do("ssh__exec", {"host": "web-2", "command": "tail -n 3 /var/log/nginx/error.log; systemctl is-active gunicorn"}, "2026/01/12 06:02:41 [error] 811#811: *5531 connect() to unix:/run/gunicorn.sock failed (111: Connection refused)\ninactive\n")),
        turn("", do("ssh__exec", {"host": "web-2", "command": "journalctl -u gunicorn -n 4 --no-pager"}, "Jan 12 05:58:13 web-2 systemd[1]: gunicorn.service: A process of this unit has been killed by the OOM killer.\nJan 12 05:58:13 web-2 systemd[1]: gunicorn.service: Failed with result 'oom-kill'.\n")),
        turn("", do("ssh__exec", {"host": "web-2", "command": "sudo systemctl start gunicorn && sleep 3 && systemctl is-active gunicorn && curl -s -o /dev/null -w '%{http_code}' localhost"}, "active\n200", write=True)),
        """web-2 is serving again: gunicorn is active and a request to localhost returns 200.

**Cause:** the OOM killer ended gunicorn at 05:58:13 on 12 January, and systemd didn't restart it. nginx then got "connection refused" on the socket, hence the 502s.

It can happen again. I'd suggest `Restart=on-failure` in the unit and a look at memory use, for example `--max-requests` for the workers. I only started the service and changed no configuration.""",
    ),
    script(
        "Write unit tests for slugify in text.py.",
        turn("", do("view_file", {"path": "text.py"}, 'import re\n\n\ndef slugify(value: str) -> str:\n    value = value.strip().lower()\n    return re.sub(r"[^a-z0-9]+", "-", value).strip("-")\n')),
        turn("", do("create_file", {"path": "tests/test_text.py", "content": 'import pytest\n\nfrom text import slugify\n\n\n@pytest.mark.parametrize(\n    ("value", "slug"),\n    [\n        ("Hello World", "hello-world"),\n        ("  spaced  ", "spaced"),\n        ("a--b__c", "a-b-c"),\n        ("!?", ""),\n        ("Ünder", "nder"),\n    ],\n)\ndef test_slugify(value: str, slug: str) -> None:\n    assert slugify(value) == slug\n'}, "Created tests/test_text.py", write=True)),
        turn("", do("run_tests", {"path": "tests/test_text.py"}, "tests/test_text.py .....    [100%]\n\n5 passed in 0.02s")),
        "I added `tests/test_text.py` with 5 cases for `slugify`: plain words, surrounding spaces, runs of separators, nothing but punctuation, and a non-ASCII letter. All 5 pass.\n\nThe last case documents present behaviour that you may not want: `Ünder` becomes `nder`, because non-ASCII letters are dropped rather than transliterated.",
    ),
    script(
        "Upgrade Django from 4.2 to 5.2 in the requirements and see what breaks",
        turn("", do("bash", {"command": "sed -i 's/^Django==4.2.*/Django==5.2/' requirements.txt && pip install -q -r requirements.txt && python manage.py check && pytest -q 2>&1 | tail -6"}, "System check identified no issues (0 silenced).\nFAILED blog/tests/test_admin.py::test_list - AttributeError: 'RequestFactory' object has no attribute 'user'\nFAILED blog/tests/test_tz.py::test_utc - ImportError: cannot import name 'utc' from 'django.utils.timezone'\n2 failed, 118 passed in 21.40s\n", write=True)),
        turn("", do("bash", {"command": "grep -rn 'timezone import utc\\|timezone.utc' --include=*.py . | head"}, "./blog/feeds.py:6:from django.utils.timezone import utc\n./blog/tests/test_tz.py:3:from django.utils.timezone import utc\n")),
        """I set `Django==5.2` in `requirements.txt` and installed it. `manage.py check` finds no issues, but **2 of 120 tests fail** (118 pass):

| Test | Error |
|---|---|
| `blog/tests/test_tz.py::test_utc` | `cannot import name 'utc' from 'django.utils.timezone'` |
| `blog/tests/test_admin.py::test_list` | `'RequestFactory' object has no attribute 'user'` |

- `django.utils.timezone.utc` was removed in Django 5.0. `blog/feeds.py` line 6 imports it too, so **the feed itself would break**, not only the test. Replace it with `datetime.timezone.utc`.
- The admin failure I'd have to look at more closely.

You asked to see what breaks, so I stopped here. Shall I fix both?""",
    ),
    script(
        "Fix the flake8 warnings in utils/.",
        turn("", do("terminal", {"cmd": "flake8 utils/"}, "utils/dates.py:1:1: F401 'os' imported but unused\nutils/dates.py:18:80: E501 line too long (105 > 79 characters)\nutils/io.py:7:5: E722 do not use bare 'except'\n"), do("terminal", {"cmd": "cat utils/io.py; sed -n 18p utils/dates.py"}, 'import json\n\n\ndef load(path):\n    try:\n        return json.load(open(path))\n    except:\n        return {}\n    return [date for date in candidates if date >= start and date <= end and date.weekday() < 5 and date]\n')),
        turn("", do("terminal", {"cmd": "python - <<'PY'\nfrom pathlib import Path\np = Path('utils/dates.py'); s = p.read_text()\ns = s.replace('import os\\n', '', 1)\ns = s.replace('    return [date for date in candidates if date >= start and date <= end and date.weekday() < 5 and date]', '    return [\\n        date\\n        for date in candidates\\n        if date and start <= date <= end and date.weekday() < 5\\n    ]')\np.write_text(s)\np = Path('utils/io.py'); s = p.read_text()\np.write_text(s.replace('except:', 'except (OSError, ValueError):'))\nPY\nflake8 utils/ && echo clean"}, "clean\n", write=True)),
        "All three warnings are gone, and `flake8 utils/` is clean:\n\n- `utils/dates.py`: removed the unused `import os` and broke the long line\n- `utils/io.py`: `except:` became `except (OSError, ValueError):`, which covers a missing file and invalid JSON\n\nIn the long line I also moved the check for an empty `date` to the front, as it came after the comparisons, where it could not help.",
    ),
    script(
        "Restore the users table on staging from last night's dump",
        turn("", do("bash", {"command": "ls -lh /backups/staging | tail -3"}, "-rw-r--r-- 1 pg pg 212M Feb  8 02:00 staging-0208.dump\n-rw-r--r-- 1 pg pg 213M Feb  9 02:00 staging-0209.dump\n-rw-r--r-- 1 pg pg 215M Feb 10 02:00 staging-0210.dump\n"), do("bash", {"command": "date"}, "Tue Feb 10 09:14:55 UTC 2026\n")),
        turn("", do("bash", {"command": "psql staging -Atc 'select count(*) from users'"}, "3\n")),
        turn("", do("bash", {"command": "psql staging -c 'ALTER TABLE users RENAME TO users_before_restore' && pg_restore -d staging -t users /backups/staging/staging-0210.dump && psql staging -Atc 'select count(*) from users'"}, "ALTER TABLE\n48213\n", write=True)),
        "The `users` table on staging is restored from `staging-0210.dump`, taken at 02:00 today: **48,213 rows**, where there were only 3 before. I kept the previous table as `users_before_restore` instead of dropping it. Note that `pg_restore -t` doesn't bring back indexes and foreign keys of the table, so those may still have to be recreated.",
    ),
    script(
        "Explain what this regex in validators.js does",
        turn("", do("read", {"path": "validators.js"}, "export const ID = /^(?=.*\\d)[A-Z]{2}-[A-Z0-9]{4,8}$/;\n")),
        """`ID` accepts strings of the form "two capitals, hyphen, 4 to 8 capitals or digits", with at least one digit:

| Part | Meaning |
|---|---|
| `^` … `$` | the whole string has to match |
| `(?=.*\\d)` | lookahead: there is a digit somewhere |
| `[A-Z]{2}` | exactly two capital letters |
| `-` | a hyphen |
| `[A-Z0-9]{4,8}` | 4 to 8 capital letters or digits |

So `AB-12CD` matches, `AB-CDEF` doesn't (no digit), and neither does `ab-1234` (lower case).""",
    ),
    script(
        "Set up a nightly backup cronjob in k8s/ for redis, at 3 am Berlin time.",
        turn("", do("fs__list", {"path": "k8s"}, "k8s/redis.yaml\nk8s/web.yaml"), do("fs__read", {"path": "k8s/redis.yaml"}, "apiVersion: apps/v1\nkind: StatefulSet\nmetadata:\n  name: redis\n  namespace: data\n# ...\n  volumeClaimTemplates:\n    - metadata: {name: redis-data}\n")),
        turn("", do("fs__write", {"path": "k8s/redis-backup.yaml", "content": "apiVersion: batch/v1\nkind: CronJob\nmetadata:\n  name: redis-backup\n  namespace: data\nspec:\n  schedule: \"0 3 * * *\"\n  timeZone: Europe/Berlin\n  concurrencyPolicy: Forbid\n  jobTemplate:\n    spec:\n      template:\n        spec:\n          restartPolicy: OnFailure\n          containers:\n            - name: backup\n              image: redis:7\n              command: [sh, -c, 'redis-cli -h redis --rdb /backup/redis-$(date +%F).rdb']\n              volumeMounts: [{name: backup, mountPath: /backup}]\n          volumes:\n            - name: backup\n              persistentVolumeClaim: {claimName: redis-backup}\n"}, "ok, 600 bytes", write=True)),
        turn("", do("kubectl_apply", {"file": "k8s/redis-backup.yaml", "dry_run": "server"}, "cronjob.batch/redis-backup created (server dry run)")),
        "I wrote `k8s/redis-backup.yaml`: a CronJob `redis-backup` in namespace `data` that saves an RDB snapshot at 03:00 Berlin time (`timeZone: Europe/Berlin`, so daylight saving is handled). The server accepts it in a dry run. I haven't applied it, because it needs a volume claim named `redis-backup`, which isn't in `k8s/` yet.",
    ),
    script(
        "fix the bug: total in cart.go ignores quantity",
        turn("", do("str_replace_editor", {"command": "view", "path": "/workspace/cart.go"}, "1\tpackage cart\n2\t\n3\tfunc Total(items []Item) int {\n4\t\tsum := 0\n5\t\tfor _, it := range items {\n6\t\t\tsum += it.Price\n7\t\t}\n8\t\treturn sum\n9\t}")),
        turn("", do("str_replace_editor", {"command": "str_replace", "path": "/workspace/cart.go", "old_str": "sum += it.Price", "new_str": "sum += it.Price * it.Qty"}, "The file /workspace/cart.go has been edited.")),
        turn("", do("execute_bash", {"command": "cd /workspace && go test ./..."}, "./cart.go:6:26: it.Qty undefined (type Item has no field or method Qty)\nFAIL\tshop/cart [build failed]\nFAIL\n")),
        turn("The field has another name.", do("execute_bash", {"command": "cd /workspace && grep -n -A5 'type Item' *.go"}, "item.go:3:type Item struct {\nitem.go-4-\tSKU      string\nitem.go-5-\tPrice    int\nitem.go-6-\tQuantity int\nitem.go-7-}\n")),
        turn("", do("str_replace_editor", {"command": "str_replace", "path": "/workspace/cart.go", "old_str": "it.Price * it.Qty", "new_str": "it.Price * it.Quantity"}, "The file /workspace/cart.go has been edited.")),
        turn("", do("execute_bash", {"command": "cd /workspace && go test ./..."}, "ok  \tshop/cart\t0.004s\n")),
        "`Total` in `cart.go` now adds `it.Price * it.Quantity` instead of just the price. `go test ./...` passes. (My first attempt used a field `Qty` that doesn't exist; the struct calls it `Quantity`.)",
    ),
    script(
        "Which containers on the NAS use the most memory?",
        turn("", do("docker__stats", {"stream": False}, "NAME         CPU %   MEM USAGE / LIMIT     MEM %\njellyfin     2.11%   1.184GiB / 7.63GiB    15.52%\nimmich-ml    0.04%   1.902GiB / 7.63GiB    24.93%\nimmich-db    0.31%   412.6MiB / 7.63GiB    5.28%\npihole       0.10%   96.3MiB / 7.63GiB     1.23%")),
        "`immich-ml` uses most with 1.90 GiB (24.9%), followed by `jellyfin` with 1.18 GiB (15.5%) and `immich-db` with 412.6 MiB (5.3%). `pihole` is negligible at 96.3 MiB. The four together take about 47% of the 7.63 GiB.",
    ),
    script(
        "Bitte die Log-Level in logging.yaml auf WARNING setzen, aber nur für sqlalchemy.",
        turn("", do("datei_lesen", {"pfad": "config/logging.yaml"}, "version: 1\nloggers:\n  sqlalchemy:\n    level: DEBUG\n  app:\n    level: DEBUG\n")),
        turn("", do("datei_ersetzen", {"pfad": "config/logging.yaml", "alt": "  sqlalchemy:\n    level: DEBUG", "neu": "  sqlalchemy:\n    level: WARNING"}, "1 Ersetzung vorgenommen", write=True)),
        "Erledigt: In `config/logging.yaml` steht der Logger `sqlalchemy` jetzt auf `WARNING`. Der Logger `app` bleibt unverändert auf `DEBUG`.",
    ),
    script(
        "Can you vacuum the events table and tell me how much space it gave back?",
        turn("", do("sql", {"query": "SELECT pg_size_pretty(pg_total_relation_size('events')), n_dead_tup FROM pg_stat_user_tables WHERE relname='events'"}, " pg_size_pretty | n_dead_tup\n----------------+------------\n 14 GB          |   31204418\n(1 row)")),
        turn("", do("sql", {"query": "VACUUM (ANALYZE) events"}, "VACUUM", write=True)),
        turn("", do("sql", {"query": "SELECT pg_size_pretty(pg_total_relation_size('events')), n_dead_tup FROM pg_stat_user_tables WHERE relname='events'"}, " pg_size_pretty | n_dead_tup\n----------------+------------\n 14 GB          |       1022\n(1 row)")),
        "The vacuum ran, but it gave **no disk space back**: `events` is still 14 GB. Dead rows fell from 31,204,418 to 1,022, and the space they took can now be reused by new rows.\n\nA plain `VACUUM` normally doesn't shrink the file. To return the space to the system you'd need `VACUUM FULL events`, which locks the table while it rewrites it, or `pg_repack`, which mostly doesn't. I'd only do that in a maintenance window, so I stopped here.",
    ),
    script(
        "Generate a migration that adds a nullable column phone to contacts.",
        turn("", do("bash", {"command": "alembic heads && sed -n '/class Contact/,/^$/p' app/models.py"}, "a17c40e2b9d3 (head)\nclass Contact(Base):\n    __tablename__ = \"contacts\"\n    id: Mapped[int] = mapped_column(primary_key=True)\n    name: Mapped[str]\n\n")),
        turn("", do("bash", {"command": "sed -i '/class Contact/,/^$/ s/    name: Mapped\\[str\\]/&\\n    phone: Mapped[str | None]/' app/models.py && alembic revision --autogenerate -m 'add phone to contacts'"}, "INFO  [alembic.autogenerate.compare] Detected added column 'contacts.phone'\n  Generating migrations/versions/c5be21f07a44_add_phone_to_contacts.py ...  done\n")),
        turn("", do("bash", {"command": "tail -8 migrations/versions/c5be21f07a44_add_phone_to_contacts.py"}, 'def upgrade() -> None:\n    op.add_column("contacts", sa.Column("phone", sa.String(), nullable=True))\n\n\ndef downgrade() -> None:\n    op.drop_column("contacts", "phone")\n')),
        "The migration is in `migrations/versions/c5be21f07a44_add_phone_to_contacts.py`. It adds `contacts.phone` as a nullable string and drops it again on downgrade. I added the field `phone: Mapped[str | None]` to `Contact` in `app/models.py` so that model and schema agree. The migration follows `a17c40e2b9d3` and has not been applied to any database.",
    ),
    script(
        "Our terraform plan wants to replace the database. Why?",
        turn("", do("terraform_plan", {"dir": "infra/prod"}, '  # aws_db_instance.main must be replaced\n-/+ resource "aws_db_instance" "main" {\n      ~ identifier        = "shop-prod" -> "shop-production" # forces replacement\n      ~ backup_retention_period = 7 -> 14\n        engine_version    = "16.3"\n    }\n\nPlan: 1 to add, 0 to change, 1 to destroy.')),
        turn("", do("git_log", {"path": "infra/prod/db.tf", "max_count": 2}, "d20f6b8 Longer backups, consistent names\n91ce7a4 Upgrade to Postgres 16.3")),
        """Because of the **`identifier`**: it changes from `shop-prod` to `shop-production`, and Terraform marks that as forcing replacement. The other change, backups kept 14 instead of 7 days, can be made in place.

The rename probably came with `d20f6b8` ("Longer backups, consistent names"), the latest commit on `infra/prod/db.tf`.

**Don't apply this plan**: it destroys the instance and creates an empty one. Put the old identifier back and plan again; then only `backup_retention_period` should be left. Setting `prevent_destroy` in a `lifecycle` block would guard against this in future.""",
    ),
    script(
        "Speed up dedupe() in clean.py, it takes forever on big lists. Order must be preserved.",
        turn("", do("open_file", {"path": "clean.py"}, "def dedupe(items):\n    out = []\n    for item in items:\n        if item not in out:\n            out.append(item)\n    return out\n")),
        turn("", do("replace_in_file", {"path": "clean.py", "diff": "<<<<<<< SEARCH\n    out = []\n    for item in items:\n        if item not in out:\n            out.append(item)\n    return out\n=======\n    return list(dict.fromkeys(items))\n>>>>>>> REPLACE"}, "clean.py saved", write=True)),
        turn("", do("execute_command", {"command": "python -m timeit -n1 -r3 -s 'from clean import dedupe; x=list(range(20000))*2' 'dedupe(x)'; git stash -q; python -m timeit -n1 -r3 -s 'from clean import dedupe; x=list(range(20000))*2' 'dedupe(x)'; git stash pop -q; pytest -q tests/test_clean.py"}, "1 loop, best of 3: 1.42 msec per loop\n1 loop, best of 3: 3.18 sec per loop\n9 passed in 0.05s\n", write=True)),
        "`dedupe` is now one line, `list(dict.fromkeys(items))`. Dictionaries keep insertion order, so the first occurrence of each item stays where it was.\n\nOn 40,000 items (20,000 distinct) it takes **1.42 ms instead of 3.18 s**, more than 2,000 times faster, because each lookup is constant instead of a scan of the list. The 9 tests in `tests/test_clean.py` pass.\n\nOne restriction: items now have to be hashable, so lists or dicts as items would raise a `TypeError`.",
    ),
    script(
        "Tag the release 1.8.0 and write the changelog entry from the commits since 1.7.2.",
        turn("", do("bash", {"command": "git log --no-merges --pretty='%h %s' 1.7.2..HEAD; head -4 CHANGELOG.md; date +%F"}, "c0ffe11 feat: dark mode\n8a2bd34 fix: crash on empty playlist\n19fe7c2 feat: import from OPML\n40d1a7b chore: bump deps\n# Changelog\n\n## 1.7.2 - 2025-11-04\n\n2025-12-01\n")),
        turn("", do("bash", {"command": "cat > /tmp/entry.md <<'EOF'\n## 1.8.0 - 2025-12-01\n\n### Added\n\n- Dark mode\n- Import from OPML\n\n### Fixed\n\n- Crash on an empty playlist\n\nEOF\nsed -i '2r /tmp/entry.md' CHANGELOG.md && git commit -qam 'Release 1.8.0' && git tag -a 1.8.0 -m 1.8.0 && git show --stat --oneline HEAD && git tag -n 1.8.0"}, "7be90d4 (HEAD -> main, tag: 1.8.0) Release 1.8.0\n CHANGELOG.md | 11 +++++++++++\n 1 file changed, 11 insertions(+)\n1.8.0           1.8.0\n", write=True)),
        "Release 1.8.0 is tagged locally on `7be90d4`, with this entry at the top of `CHANGELOG.md`:\n\n```markdown\n## 1.8.0 - 2025-12-01\n\n### Added\n\n- Dark mode\n- Import from OPML\n\n### Fixed\n\n- Crash on an empty playlist\n```\n\nI left the dependency bump (`40d1a7b`) out, since users don't notice it. Nothing is pushed yet; `git push --follow-tags` would do both.",
    ),
    script(
        "make the login test less flaky",
        turn("", do("bash", {"command": "cat e2e/login.spec.ts; for i in 1 2 3 4 5; do npx playwright test e2e/login.spec.ts --reporter=line 2>&1 | tail -1; done"}, "test('login', async ({ page }) => {\n  await page.goto('/login');\n  await page.fill('#user', 'demo');\n  await page.fill('#pass', 'demo');\n  await page.click('text=Sign in');\n  await page.waitForTimeout(500);\n  expect(await page.textContent('h1')).toBe('Dashboard');\n});\n  1 passed (1.9s)\n  1 failed\n  1 passed (1.8s)\n  1 passed (1.9s)\n  1 failed\n")),
        turn("The test waits a fixed 500 ms, which is sometimes too short. A web-first assertion waits as long as needed.", do("edit_file", {"path": "e2e/login.spec.ts", "edits": [{"oldText": "  await page.waitForTimeout(500);\n  expect(await page.textContent('h1')).toBe('Dashboard');", "newText": "  await expect(page.locator('h1')).toHaveText('Dashboard');"}]}, "Applied 1 edit", write=True)),
        turn("", do("bash", {"command": "for i in $(seq 20); do npx playwright test e2e/login.spec.ts --reporter=line 2>&1 | tail -1; done | sort | uniq -c"}, "     13   1 passed (1.8s)\n      7   1 passed (1.9s)\n")),
        "The test slept for a fixed 500 ms before it read the heading, which failed in 2 of 5 runs. It now uses `await expect(page.locator('h1')).toHaveText('Dashboard')`, which retries until the heading is there or the timeout is reached. It checks the same thing as before. After the change, 20 of 20 runs passed.",
    ),
    script(
        "Delete merged local branches except main and develop.",
        turn("", do("bash", {"command": "git branch --merged main"}, "  develop\n  feat/opml\n  fix/empty-playlist\n* main\n")),
        turn("", do("bash", {"command": "git branch -d feat/opml fix/empty-playlist"}, "Deleted branch feat/opml (was 19fe7c2).\nDeleted branch fix/empty-playlist (was 8a2bd34).\n", write=True)),
        "I deleted the two merged branches `feat/opml` (was at 19fe7c2) and `fix/empty-playlist` (was at 8a2bd34). `main` and `develop` are still there, and branches on the remote weren't touched.",
    ),
    script(
        "Find where we still use the deprecated /v1/ endpoints",
        turn("", do("code_search", {"query": "/v1/", "glob": "**/*.{ts,py}"}, '{"matches":[{"file":"client/api.ts","line":12,"text":"const BASE = \\"/v1/\\";"},{"file":"jobs/sync.py","line":40,"text":"url = host + \\"/v1/items\\""},{"file":"jobs/sync.py","line":77,"text":"# moved from /v1/ in 2023"}],"truncated":false}')),
        "There are two real uses of `/v1/`:\n\n1. `client/api.ts:12`: `const BASE = \"/v1/\";`, so everything that client calls goes to v1\n2. `jobs/sync.py:40`: `url = host + \"/v1/items\"`\n\nThe third match, `jobs/sync.py:77`, is only a comment. I searched `.ts` and `.py` files; configuration files might contain the path as well.",
    ),
    script(
        "Add retry with backoff to download() and test it",
        turn("", do("Read", {"file_path": "net/fetch.py"}, "import httpx\n\n\ndef download(url: str) -> bytes:\n    response = httpx.get(url, timeout=10)\n    response.raise_for_status()\n    return response.content\n")),
        turn("", do("Write", {"file_path": "net/fetch.py", "content": "import time\n\nimport httpx\n\n\ndef download(url: str, attempts: int = 4, delay: float = 0.5) -> bytes:\n    for attempt in range(attempts):\n        try:\n            response = httpx.get(url, timeout=10)\n            response.raise_for_status()\n            return response.content\n        except httpx.HTTPStatusError as error:\n            if error.response.status_code < 500 or attempt == attempts - 1:\n                raise\n        except httpx.TransportError:\n            if attempt == attempts - 1:\n                raise\n        time.sleep(delay * 2**attempt)\n    raise ValueError(\"attempts must be positive\")\n"}, "File written: net/fetch.py"),
             do("Write", {"file_path": "tests/test_fetch.py", "content": "import httpx\nimport pytest\n\nfrom net.fetch import download\n\nURL = \"http://files.test/a\"\n\n\ndef test_retries(respx_mock):\n    route = respx_mock.get(URL).mock(side_effect=[httpx.Response(503), httpx.ConnectError, httpx.Response(200, content=b\"x\")])\n    assert download(URL, delay=0) == b\"x\"\n    assert route.call_count == 3\n\n\ndef test_gives_up_on_404(respx_mock):\n    route = respx_mock.get(URL).respond(404)\n    with pytest.raises(httpx.HTTPStatusError):\n        download(URL, delay=0)\n    assert route.call_count == 1\n"}, "File written: tests/test_fetch.py")),
        turn("", do("Bash", {"command": "uv run pytest -q tests/test_fetch.py"}, "..                                                                       [100%]\n2 passed in 0.19s")),
        "`download()` in `net/fetch.py` now retries up to 4 times on connection errors and 5xx responses, waiting 0.5, 1 and 2 seconds in between. Client errors such as 404 are raised at once, since repeating them doesn't help. I added two tests in `tests/test_fetch.py`, one for the retries and one for the 404; both pass.",
    ),
    script(
        "Scale the web deployment to 5 replicas",
        turn("", do("k8s__get_deployment", {"name": "web", "namespace": "prod"}, '{"replicas":3,"readyReplicas":3,"hpa":null}')),
        turn("", do("k8s__scale", {"name": "web", "namespace": "prod", "replicas": 5}, '{"scaled":true,"replicas":5}', write=True)),
        turn("", do("k8s__get_deployment", {"name": "web", "namespace": "prod"}, '{"replicas":5,"readyReplicas":4,"hpa":null}')),
        turn("", do("k8s__get_events", {"namespace": "prod", "limit": 1}, '[{"reason":"FailedScheduling","object":"pod/web-7d4-9xkqp","message":"0/4 nodes are available: 4 Insufficient cpu."}]')),
        "I scaled `web` from 3 to 5 replicas, but **only 4 are ready**. The fifth pod, `web-7d4-9xkqp`, can't be scheduled: none of the 4 nodes has enough CPU left. Either add a node, lower the pod's CPU request, or settle for 4 replicas. The deployment is still set to 5, so the pod will start by itself once there is room.",
    ),
    script(
        "コンテナのログを見て、起動に失敗した原因を調べてください。",
        turn("", do("docker_logs", {"container": "api", "tail": 4}, "[info] loading /etc/api/config.toml\n[error] config: unknown key `max_conn` at line 7, did you mean `max_connections`?\n[info] shutting down\n")),
        "起動に失敗した原因は設定ファイルの書き間違いです。`/etc/api/config.toml` の7行目に `max_conn` という未知のキーがあり、正しくは `max_connections` だとログに出ています。キー名を直してコンテナを再起動すれば起動するはずです。まだ何も変更していません。",
    ),
    script(
        "Port the shell script to Python, same behaviour.",
        turn("", do("cat", {"path": "scripts/rotate.sh"}, '#!/bin/sh\n# keep the newest five\nls -1t logs/*.log | tail -n +6 | while read f; do\n  gzip "$f"\ndone\n')),
        turn("", do("write_to_file", {"path": "scripts/rotate.py", "content": 'import gzip\nimport shutil\nfrom pathlib import Path\n\nKEEP = 5\n\n\ndef rotate(folder: Path) -> list[Path]:\n    files = sorted(folder.glob("*.log"), key=lambda p: p.stat().st_mtime, reverse=True)\n    made = []\n    for path in files[KEEP:]:\n        target = path.with_name(path.name + ".gz")\n        with path.open("rb") as source, gzip.open(target, "wb") as sink:\n            shutil.copyfileobj(source, sink)\n        path.unlink()\n        made.append(target)\n    return made\n\n\nif __name__ == "__main__":\n    for path in rotate(Path("logs")):\n        print(path)\n'}, "The content was successfully saved to scripts/rotate.py.", write=True)),
        turn("", do("execute_command", {"command": "mkdir -p t/logs && cd t && for i in 1 2 3 4 5 6 7; do echo $i > logs/$i.log; touch -d \"2026-01-0$i\" logs/$i.log; done && python ../scripts/rotate.py && ls logs"}, "logs/2.log.gz\nlogs/1.log.gz\n1.log.gz\n2.log.gz\n3.log\n4.log\n5.log\n6.log\n7.log\n", write=True)),
        "The Python version is in `scripts/rotate.py`. I tried it on seven files in a scratch folder `t/`: the two oldest were compressed and the newest five kept, as the shell script does.\n\nTwo small differences: it prints the archives it makes, and unlike `gzip` it doesn't keep the original's timestamp. `scripts/rotate.sh` is still there, and `t/` can be deleted.",
    ),
]

# ---------------------------------------------------------------------------------------------
# Customer service, booking, commerce, banking, home and office
# ---------------------------------------------------------------------------------------------

SERVICE: list[Trace] = [
    script(
        "Please cancel order #W5512380 and refund it to my card. I ordered it by mistake.",
        turn("", do("get_order_details", {"order_id": "#W5512380"}, '{"order_id":"#W5512380","status":"pending","items":[{"name":"Desk lamp","price":48.9},{"name":"LED bulb","price":7.5}],"currency":"USD","payment":"credit_card_7741"}')),
        turn("", do("cancel_pending_order", {"order_id": "#W5512380", "reason": "ordered by mistake"}, '{"order_id":"#W5512380","status":"cancelled","refund":{"amount":56.4,"to":"credit_card_7741"}}', write=True)),
        "Order #W5512380 is cancelled. The full amount of $56.40 (desk lamp $48.90, LED bulb $7.50) is being refunded to your credit card.",
    ),
    script(
        "Book me the cheapest direct flight from Vienna to Porto on 9 May, aisle seat. Use my saved card.",
        turn("", do("search_flights", {"origin": "VIE", "destination": "OPO", "date": "2026-05-09", "direct": True}, '[{"flight":"OS481","dep":"10:20","arr":"13:00","price_eur":214.0},{"flight":"FR7322","dep":"06:15","arr":"08:55","price_eur":97.5},{"flight":"W68120","dep":"19:40","arr":"22:20","price_eur":121.99}]')),
        turn("", do("book_flight", {"flight": "FR7322", "date": "2026-05-09", "seat_preference": "aisle", "payment": "saved_card"}, '{"status":"confirmed","pnr":"K7QX2M","seat":"14C","charged_eur":97.5}', write=True)),
        "You're booked on **FR7322**, Vienna to Porto on 9 May, departing 06:15 and arriving 08:55 local time. It was the cheapest of three direct flights at €97.50, which was charged to your saved card. Your aisle seat is 14C and the booking code is **K7QX2M**.",
    ),
    script(
        "Transfer 250 euros to my savings and tell me both balances.",
        turn("", do("bank__accounts", {}, '[{"id":"chk-01","name":"Checking","balance":1312.44},{"id":"sav-02","name":"Savings","balance":6480.00}]')),
        turn("", do("bank__transfer", {"from": "chk-01", "to": "sav-02", "amount": 250, "currency": "EUR"}, '{"ok":true,"ref":"T-88120"}', write=True)),
        "I moved €250.00 from Checking to Savings (reference T-88120). That leaves **€1,062.44** in Checking and **€6,730.00** in Savings.",
    ),
    script(
        "turn off everything downstairs and set the bedroom to 19 degrees",
        turn("", do("homeassistant__list_entities", {"area": "downstairs"}, "light.kitchen: on\nlight.living_room: on\nmedia_player.tv: playing\nlight.hall: off")),
        turn(
            "",
            do("homeassistant__call_service", {"service": "homeassistant.turn_off", "entities": ["light.kitchen", "light.living_room", "media_player.tv"]}, '{"changed":3}', write=True),
            do("homeassistant__call_service", {"service": "climate.set_temperature", "entities": ["climate.bedroom"], "temperature": 19}, '{"changed":1}', write=True),
        ),
        "Done. The kitchen and living room lights and the TV are off (the hall light already was), and the bedroom is set to 19 °C.",
    ),
    script(
        "I'd like to exchange the medium blue jacket from order 70318 for a large one.",
        turn("", do("orders.lookup", {"id": 70318}, '{"id":70318,"status":"delivered","delivered":"2026-01-18","lines":[{"line":1,"sku":"JKT-BLU-M","qty":1,"price":89.0}]}'), do("stock.check", {"sku": "JKT-BLU-L"}, '{"sku":"JKT-BLU-L","available":0,"restock":"2026-02-16"}')),
        """The large blue jacket (JKT-BLU-L) is out of stock at the moment and is expected back on 16 February. I can:

1. note an exchange that ships once it is back in stock,
2. take the medium one back for a refund of 89.00, or
3. look for another colour in large.

What would you prefer?""",
        Ask("Option 1 is fine, I can wait."),
        turn("", do("exchanges.create", {"order": 70318, "line": 1, "new_sku": "JKT-BLU-L", "when": "on_restock"}, '{"exchange":"EX-4471","state":"waiting_for_stock"}', write=True)),
        "Your exchange is registered as **EX-4471**. The large jacket ships once it's back in stock, which is expected on 16 February.",
    ),
    script(
        "Reserve a table for four tonight at Trattoria Sole, 7:30 or 8, outside if possible",
        turn("", do("opentable_availability", {"restaurant": "Trattoria Sole", "party": 4, "date": "2026-06-12"}, '{"slots":[{"time":"18:30","area":"terrace"},{"time":"20:00","area":"terrace"},{"time":"19:30","area":"indoor"}]}')),
        turn("", do("opentable_reserve", {"restaurant": "Trattoria Sole", "party": 4, "date": "2026-06-12", "time": "20:00", "area": "terrace"}, '{"confirmation":"TS-20931"}', write=True)),
        "You have a table for four on the terrace of Trattoria Sole tonight at **8 pm**, confirmation TS-20931. At 7:30 there was only a table indoors, so I took the later of your two times.",
    ),
    script(
        "Ich möchte meine Adresse auf Lindenweg 8, 50674 Köln ändern. Kundennummer 440917.",
        turn("", do("kunde_abrufen", {"kundennummer": 440917}, '{"kundennummer":440917,"adresse":"Amselgasse 3, 50667 Köln","offene_bestellungen":[81220]}')),
        turn("", do("adresse_aendern", {"kundennummer": 440917, "strasse": "Lindenweg 8", "plz": "50674", "ort": "Köln"}, '{"status":"gespeichert"}', write=True)),
        "Ihre neue Adresse Lindenweg 8, 50674 Köln ist gespeichert. Ein Hinweis: Die offene Bestellung 81220 wurde noch mit der alten Adresse (Amselgasse 3) aufgegeben. Soll ich sie ebenfalls ändern?",
    ),
    script(
        "Add milk, eggs and two loaves of bread to my shopping list.",
        turn("", do("todoist__add_task", {"project": "Shopping", "content": "Milk"}, '{"id":"9011"}', write=True), do("todoist__add_task", {"project": "Shopping", "content": "Eggs"}, '{"id":"9012"}', write=True), do("todoist__add_task", {"project": "Shopping", "content": "Bread (2 loaves)"}, '{"id":"9013"}', write=True)),
        "Milk, eggs and bread (2 loaves) are on your shopping list.",
    ),
    script(
        "My parcel 3SABCD7719 hasn't arrived. What's going on? If it's lost, open a claim.",
        turn("", do("track_parcel", {"code": "3SABCD7719"}, "2026-01-05 17:12  Accepted at depot Utrecht\n2026-01-06 08:40  Out for delivery\n2026-01-06 14:02  Nobody home, taken to pickup point Bruna, Kerkstraat 12\n2026-01-06 14:02  Held until 2026-01-13")),
        "Your parcel isn't lost. On 6 January at 14:02 nobody was home, so it was taken to the pickup point Bruna, Kerkstraat 12, where it is held until **13 January**. I haven't opened a claim.",
    ),
    script(
        "Upgrade my hotel booking HB-2207 to a sea view room if it costs less than 30 a night more.",
        turn("", do("hotel__get_booking", {"id": "HB-2207"}, '{"id":"HB-2207","room":"standard","nights":5,"rate":112.0,"currency":"EUR"}'), do("hotel__room_offers", {"booking": "HB-2207"}, '[{"room":"sea_view","rate":138.0,"available":true},{"room":"suite","rate":210.0,"available":true}]')),
        turn("", do("hotel__change_room", {"booking": "HB-2207", "room": "sea_view"}, '{"id":"HB-2207","room":"sea_view","total":690.0,"previous_total":560.0}', write=True)),
        "Your booking HB-2207 is now for a sea view room. It costs €26 more per night, which is within your limit: €138 instead of €112, so €690 instead of €560 for the five nights.",
    ),
    script(
        "Please block my debit card ending in 0926, I lost it, and order a replacement.",
        turn("", do("cards_list", {}, '[{"card_id":"c_18","type":"debit","last4":"0926","status":"active"},{"card_id":"c_22","type":"credit","last4":"5510","status":"active"}]')),
        turn("", do("card_block", {"card_id": "c_18", "reason": "lost"}, '{"card_id":"c_18","status":"blocked"}', write=True)),
        turn("", do("card_reissue", {"card_id": "c_18"}, '{"error":"address_confirmation_required"}', error="tool_error", write=True)),
        "Your debit card ending in 0926 is **blocked**, so nobody can use it. The replacement is **not ordered yet**: the bank asks you to confirm your address first. Which address should the new card go to? Your credit card ending in 5510 is unaffected.",
    ),
    script(
        "Rebook my dentist appointment to sometime next week in the morning",
        turn("", do("clinic__my_appointments", {}, '[{"id":"A-311","with":"dentist","at":"2026-03-05T15:00"}]'), do("clinic__free_slots", {"with": "dentist", "from": "2026-03-09", "to": "2026-03-13"}, '["2026-03-10T14:30","2026-03-11T08:45","2026-03-13T16:00"]')),
        turn("", do("clinic__reschedule", {"id": "A-311", "to": "2026-03-11T08:45"}, '{"id":"A-311","at":"2026-03-11T08:45","status":"rescheduled"}', write=True)),
        "Your dentist appointment has moved from Thursday 5 March, 15:00, to **Wednesday 11 March at 8:45**, which was the only free morning slot next week.",
    ),
    script(
        "Quiero devolver los auriculares del pedido 55102. No funcionan.",
        turn("", do("pedido_detalle", {"pedido": "55102"}, '{"pedido":"55102","entregado":"2026-02-20","articulos":[{"id":"AUR-9","nombre":"Auriculares inalámbricos","precio":59.95},{"id":"CAB-2","nombre":"Cable USB-C","precio":9.99}]}')),
        turn("", do("devolucion_crear", {"pedido": "55102", "articulo": "AUR-9", "motivo": "defectuoso"}, '{"devolucion":"DV-7730","etiqueta":"enviada por correo","reembolso":59.95}', write=True)),
        "He registrado la devolución **DV-7730** de los auriculares inalámbricos por estar defectuosos. Le llegará la etiqueta de envío por correo y se le reembolsarán 59,95 €. El cable USB-C no forma parte de la devolución.",
    ),
    script(
        "Set up a standing order of 40 a month to the sports club, first of the month, starting May. The IBAN is saved under 'TV Holm'.",
        turn("", do("banking_get_payees", {"query": "TV Holm"}, '[{"payee_id":"p-61","name":"TV Holm 1904 e.V."}]')),
        turn("", do("banking_create_standing_order", {"payee_id": "p-61", "amount": 40.0, "interval": "monthly", "first": "2026-05-01"}, '{"id":"so-19","first":"2026-05-01","interval":"monthly","amount":40.0}')),
        "The standing order is set up: 40.00 a month to TV Holm 1904 e.V., for the first time on 1 May 2026 and then on the first of each month. That comes to 480 a year.",
    ),
    script(
        "Assign ticket HELP-884 to the network team, raise it to high and tell the customer we're on it.",
        turn("", do("jira__get_issue", {"key": "HELP-884"}, '{"key":"HELP-884","summary":"VPN drops every 10 minutes","priority":"Medium","team":null}')),
        turn(
            "",
            do("jira__update_issue", {"key": "HELP-884", "fields": {"team": "Network", "priority": "High"}}, "Issue HELP-884 updated", write=True),
            do("jira__add_comment", {"key": "HELP-884", "visibility": "customer", "body": "Thank you for the report. Our network team is looking into the VPN drops and will get back to you."}, '{"id":"50912"}', write=True),
        ),
        "HELP-884 (\"VPN drops every 10 minutes\") is now with the Network team at high priority, and I left a comment that the customer can see:\n\n> Thank you for the report. Our network team is looking into the VPN drops and will get back to you.",
    ),
    script(
        "Apply the best coupon to my cart and check out.",
        turn("", do("cart_view", {}, '{"items":[{"name":"Trail shoes","price":120.0,"qty":1},{"name":"Socks","price":12.0,"qty":2}],"subtotal":144.0}'), do("coupons_available", {}, '[{"code":"SPRING10","type":"percent","value":10},{"code":"MINUS12","type":"fixed","value":12},{"code":"SHOES15","type":"percent","value":15,"applies_to":"Trail shoes"}]')),
        turn("10% of 144 is 14.40; 12 is fixed; 15% of the shoes is 18.", do("cart_apply_coupon", {"code": "SHOES15"}, '{"subtotal":144.0,"discount":18.0,"total":126.0}', write=True)),
        turn("", do("cart_checkout", {}, '{"order":"R-30077","charged":126.0,"delivery":"2-3 business days"}', write=True)),
        """Order **R-30077** is placed, and 126.00 was charged. SHOES15 saved the most:

| Coupon | Saves |
|---|---:|
| SHOES15 (15% off the shoes) | **18.00** |
| SPRING10 (10% off everything) | 14.40 |
| MINUS12 | 12.00 |

Delivery takes 2–3 business days.""",
    ),
    script(
        "Start the dishwasher at 2 am when power is cheap, and don't let the robot vacuum run tomorrow morning.",
        turn("", do("appliances.schedule", {"device": "dishwasher", "program": "eco", "start": "02:00"}, "scheduled: dishwasher eco 02:00", write=True), do("automations.list", {"device": "vacuum"}, "vac_morning: daily 09:30, enabled")),
        turn("", do("automations.skip_next", {"id": "vac_morning"}, "vac_morning: next run (tomorrow 09:30) skipped", write=True)),
        "The dishwasher starts at 2 am with the eco program, and the vacuum skips tomorrow's 9:30 run. From the day after, it runs daily again as usual.",
    ),
    script(
        "Please change all three of my passengers' meals to vegetarian on booking ZX81QP.",
        turn("", do("reservation_get", {"pnr": "ZX81QP"}, '{"pnr":"ZX81QP","passengers":[{"n":1,"meal":"standard"},{"n":2,"meal":"vegetarian"},{"n":3,"meal":"standard"}]}')),
        turn("", do("reservation_set_meal", {"pnr": "ZX81QP", "passenger": 1, "meal": "vegetarian"}, "OK", write=True), do("reservation_set_meal", {"pnr": "ZX81QP", "passenger": 3, "meal": "vegetarian"}, "OK", write=True)),
        "All three passengers on ZX81QP now have vegetarian meals. I changed passengers 1 and 3; passenger 2 already had one.",
    ),
    script(
        "Order the same toner as last time, two of them, and put it on cost centre 4410.",
        turn("", do("procurement__order_history", {"query": "toner", "limit": 1}, "order    date        item            qty  unit price\nPO-2291  2025-09-11  TN-2420 black   1    61.20\n")),
        turn("", do("procurement__create_order", {"item": "TN-2420 black", "qty": 2, "cost_centre": "4410"}, '{"po":"PO-2518","item":"TN-2420 black","qty":2,"unit_price":64.80,"total":129.60,"status":"awaiting approval"}', write=True)),
        "I ordered two TN-2420 black as **PO-2518** on cost centre 4410, for 129.60 in total. It now awaits approval. Note that the price has gone up since PO-2291 last September, from 61.20 to 64.80 apiece (+5.9%).",
    ),
    script(
        "What's your return policy on opened headphones? And can I still return order 9921?",
        turn("", do("kb_search", {"q": "returns opened headphones"}, "## Returns\nItems can be returned within 30 days of delivery. **In-ear headphones** can't be returned once opened, for hygiene reasons. Over-ear headphones can."), do("order_get", {"id": "9921"}, '{"id":"9921","item":"Over-ear headphones NC-7","delivered":"2026-04-02","today":"2026-04-20"}')),
        "Yes, you can still return it. Opened in-ear headphones are excluded for hygiene reasons, but yours in order 9921 are over-ear (NC-7), so opening them doesn't matter. The limit is 30 days from delivery: yours was on 2 April, so you have until **2 May**. Would you like me to start the return?",
    ),
    script(
        "Split the dinner bill of 186.40 between the four of us with 10% tip and request the money from Ana, Jo and Sven.",
        turn("With tip the bill is 205.04, so everyone pays 51.26.", do("pay__request", {"to": "Ana", "amount": 51.26, "note": "Dinner"}, "sent", write=True), do("pay__request", {"to": "Jo", "amount": 51.26, "note": "Dinner"}, "sent", write=True), do("pay__request", {"to": "Sven", "amount": 51.26, "note": "Dinner"}, "failed: contact not found", error="tool_error", write=True)),
        turn("", do("pay__find_contact", {"name": "Sven"}, '[]')),
        "With a 10% tip the bill is 205.04, or **51.26 each**. I've requested that from Ana and Jo. Sven's request failed because he isn't in your payment contacts, so he still owes you his share; if you give me his number or handle, I'll send it.",
    ),
    script(
        "Submit my expenses for the Hamburg trip: train 89.90 and hotel 134.00. Receipts are in the folder.",
        turn("", do("files_list", {"folder": "Hamburg"}, "IMG_4410.jpg\nhotel_rechnung.pdf\nbahn_ticket.pdf\n")),
        turn("", do("expenses_create_report", {"title": "Hamburg trip", "lines": [{"type": "train", "amount": 89.9, "receipt": "bahn_ticket.pdf"}, {"type": "hotel", "amount": 134.0, "receipt": "hotel_rechnung.pdf"}]}, '{"report":"EXP-0612","total":223.9,"status":"draft"}', write=True)),
        turn("", do("expenses_submit", {"report": "EXP-0612"}, '{"report":"EXP-0612","status":"submitted","approver":"team lead"}', write=True)),
        "Your expense report **EXP-0612** is submitted and awaits your team lead: train €89.90 with `bahn_ticket.pdf` and hotel €134.00 with `hotel_rechnung.pdf`, €223.90 together. I didn't attach `IMG_4410.jpg`, as I can't tell what it shows.",
    ),
    script(
        "Je voudrais décaler ma livraison de courses à samedi matin.",
        turn("", do("livraison_consulter", {}, '{"commande":"C-7718","creneau":"vendredi 18h-20h","modifiable":true}'), do("creneaux_disponibles", {"jour": "samedi"}, '["10h-12h","14h-16h"]')),
        turn("", do("livraison_modifier", {"commande": "C-7718", "creneau": "samedi 10h-12h"}, '{"commande":"C-7718","creneau":"samedi 10h-12h","frais":0}', write=True)),
        "C'est fait : la commande C-7718 sera livrée samedi entre 10 h et 12 h au lieu de vendredi soir, sans frais supplémentaires.",
    ),
    script(
        "Cancel my gym membership as of the end of the month",
        turn("", do("membership.get", {}, '{"plan":"Flex","since":"2024-02-01","notice_months":1,"earliest_end":"2026-06-30","today":"2026-05-18"}')),
        "Your Flex plan has a notice period of one month, so it can't end on 31 May; the earliest end is **30 June 2026**. Shall I cancel it as of that date?",
        Ask("ok do that"),
        turn("", do("membership.cancel", {"end": "2026-06-30"}, '{"status":"cancelled","end":"2026-06-30"}', write=True)),
        "Your membership is cancelled and ends on 30 June 2026. You can use the gym until then.",
    ),
    script(
        "Remind me to call the bank tomorrow at 10 and move my 10 o'clock if there is one.",
        turn("", do("calendar_list_events", {"date": "2026-02-25"}, "09:00-09:30 Stand-up\n10:00-10:30 Coffee with design\n13:00-14:00 Lunch\n")),
        turn("", do("calendar_move_event", {"title": "Coffee with design", "date": "2026-02-25", "start": "10:30"}, "moved to 10:30-11:00"), do("reminders_add", {"text": "Call the bank", "at": "2026-02-25T10:00"}, "reminder set")),
        "You'll be reminded to call the bank tomorrow at 10:00. \"Coffee with design\" was at that time and is now at 10:30–11:00, when you were free.",
    ),
]

# ---------------------------------------------------------------------------------------------
# Research, browsing, mail, calendar and documents
# ---------------------------------------------------------------------------------------------

RESEARCH: list[Trace] = [
    script(
        "Who designed the Øresund Bridge and how long is it?",
        turn("", do("web_search", {"query": "Øresund Bridge designer length"}, '[{"title":"Øresund Bridge","url":"https://en.wikipedia.org/wiki/%C3%98resund_Bridge","snippet":"The Øresund Bridge is a combined railway and motorway bridge between Denmark and Sweden. It runs nearly 8 kilometres. Designed by George K. S. Rotne."}]')),
        turn("", do("fetch", {"url": "https://en.wikipedia.org/wiki/%C3%98resund_Bridge"}, "# Øresund Bridge\n\nDesigner: George K. S. Rotne\nTotal length: 7,845 m\nLongest span: 490 m\nOpened: 1 July 2000\n")),
        "The Øresund Bridge was designed by **George K. S. Rotne**. It is **7,845 m** long, with a longest span of 490 m, and opened on 1 July 2000.\n\nSource: [Wikipedia](https://en.wikipedia.org/wiki/%C3%98resund_Bridge)",
    ),
    script(
        "Summarise the unread mail from this morning and draft a reply to the urgent one.",
        turn("", do("gmail__search", {"query": "is:unread newer_than:1d"}, '[{"id":"m1","from":"Facilities","subject":"Lift out of order until Thursday"},{"id":"m2","from":"Priya (Kestrel)","subject":"URGENT: sign-off needed by 3pm"},{"id":"m3","from":"Newsletter","subject":"10 tips for better slides"}]')),
        turn("", do("gmail__read", {"id": "m2"}, "Hi, we need your sign-off on the revised delivery plan (v3) by 3pm today, otherwise the truck slot on Monday is gone. Thanks, Priya")),
        turn("", do("gmail__create_draft", {"reply_to": "m2", "body": "Hi Priya,\n\nThanks for the heads-up. I'm looking at v3 of the delivery plan now and will get back to you before 3pm.\n\nBest regards"}, '{"draft_id":"d-5"}', write=True)),
        """You have three unread messages:

1. **Urgent, Priya (Kestrel):** she needs your sign-off on the revised delivery plan (v3) by 3pm today, or Monday's truck slot is lost.
2. Facilities: the lift is out of order until Thursday.
3. A newsletter with slide tips.

I saved a draft reply to Priya. It says that you're looking at v3 and will answer before 3pm, without committing you to the sign-off. It has not been sent.""",
    ),
    script(
        "Find the cheapest 2 TB NVMe SSD on https://www.hardwareladen.test/ssd?size=2tb",
        turn("", do("browser_navigate", {"url": "https://www.hardwareladen.test/ssd?size=2tb"}, "- heading \"NVMe SSDs, 2 TB\"\n- listitem: Corvid P3 2TB — 119,00 €\n- listitem: Tessera X 2TB — 109,90 € (out of stock)\n- listitem: Halyard N5 2TB — 112,50 €\n- link \"Next page\" [ref=e41]")),
        turn("", do("browser_click", {"element": "Next page", "ref": "e41"}, "- heading \"NVMe SSDs, 2 TB (page 2)\"\n- listitem: Corvid P5 Pro 2TB — 164,00 €\n- listitem: Halyard N7 2TB — 149,00 €")),
        "The cheapest one in stock is the **Halyard N5 2TB at €112.50**. The Tessera X 2TB would be €2.60 cheaper (€109.90), but it's out of stock. I looked at both pages, five drives in all.",
    ),
    script(
        "What did we agree on with the landlord? Look in the minutes.",
        turn("", do("notion__search", {"query": "landlord minutes"}, '{"results":[{"id":"pg-7f","title":"Minutes 14 Nov: landlord meeting"}]}')),
        turn("", do("notion__get_page", {"id": "pg-7f"}, "# Minutes 14 Nov: landlord meeting\n\n- Rent stays at 3,200 until end of 2026\n- Landlord replaces the heating before 1 Feb\n- We repaint the meeting room at our cost\n- Open: bicycle stand\n")),
        """According to the minutes of 14 November:

- **Rent:** stays at 3,200 until the end of 2026
- **Heating:** the landlord replaces it before 1 February
- **Meeting room:** we repaint it at our own cost

The bicycle stand was left open.""",
    ),
    script(
        "Download the abstract of arXiv 2403.01234 and tell me in two sentences what it is about.",
        turn("", do("arxiv__get_abstract", {"id": "2403.01234"}, "Title: Sparse routing for low-latency mixture models\nAbstract: We study routing in mixture-of-experts models under a latency budget. We propose a router that skips experts whose gate values fall under a learned threshold, and show 31% lower latency at equal accuracy on three benchmarks. Code is released.")),
        "The paper studies how to route inputs in mixture-of-experts models when there is a latency budget, and proposes a router that skips experts whose gate values fall below a learned threshold. On three benchmarks, this lowers latency by 31% at the same accuracy; the code is released.",
    ),
    script(
        "Put the three conference deadlines from cfp.html into my calendar",
        turn("", do("read_file", {"path": "cfp.html"}, "<html><body><h1>NordSys 2026</h1><ul><li>Abstracts: <b>March 6, 2026</b></li><li>Full papers: <b>March 13, 2026</b></li><li>Camera ready: <b>May 22, 2026</b></li></ul><p>All deadlines are 23:59 AoE.</p></body></html>")),
        turn("AoE is UTC-12, so 23:59 AoE is 11:59 UTC the next day.",
             do("gcal__create_event", {"summary": "NordSys 2026: abstracts due", "start": "2026-03-07T11:59:00Z"}, '{"id":"ev1","status":"confirmed"}', write=True),
             do("gcal__create_event", {"summary": "NordSys 2026: full papers due", "start": "2026-03-14T11:59:00Z"}, '{"id":"ev2","status":"confirmed"}', write=True),
             do("gcal__create_event", {"summary": "NordSys 2026: camera ready due", "start": "2026-05-23T11:59:00Z"}, '{"id":"ev3","status":"confirmed"}', write=True)),
        """The three NordSys 2026 deadlines are in your calendar. They are 23:59 "anywhere on earth" (UTC−12), so I entered them as 11:59 UTC on the following day:

| Deadline | AoE | In your calendar (UTC) |
|---|---|---|
| Abstracts | 6 March, 23:59 | 7 March, 11:59 |
| Full papers | 13 March, 23:59 | 14 March, 11:59 |
| Camera ready | 22 May, 23:59 | 23 May, 11:59 |""",
    ),
    script(
        "Is the ferry from Piraeus to Naxos running tomorrow?",
        turn("", do("tavily-search", {"query": "ferry Piraeus Naxos strike tomorrow"}, '{"results":[]}')),
        turn("", do("tavily-search", {"query": "Piraeus Naxos ferry announcements"}, '{"results":[{"title":"Port of Piraeus announcements","url":"https://port.test/news","content":"Due to winds of 9 Bft, all conventional ferries to the Cyclades are held in port on 11 March until further notice."}]}')),
        turn("", do("get_current_date", {}, "2026-03-10")),
        "Probably not. The port of Piraeus announced that all conventional ferries to the Cyclades, which include Naxos, stay in port on 11 March (tomorrow) until further notice because of 9 Bft winds. That may be lifted at short notice, so check [the port's announcements](https://port.test/news) or call the operator in the morning. I found nothing about high-speed ferries.",
    ),
    script(
        "Make a table of the speakers from the programme PDF.",
        turn("", do("pdf__extract_text", {"file": "programme.pdf", "pages": "1-2"}, "Day 1\n09:30 Opening, Ines Carvalho\n10:00 Tidal energy at scale, Rolf Aune\n11:15 Storage in salt caverns, Mei Tanaka\nDay 2\n09:30 Grid codes, Rolf Aune\n10:30 Panel: who pays? (Carvalho, Tanaka)")),
        """| Speaker | Day | Time | Session |
|---|---|---|---|
| Ines Carvalho | 1 | 09:30 | Opening |
| Rolf Aune | 1 | 10:00 | Tidal energy at scale |
| Mei Tanaka | 1 | 11:15 | Storage in salt caverns |
| Rolf Aune | 2 | 09:30 | Grid codes |
| Ines Carvalho, Mei Tanaka | 2 | 10:30 | Panel: who pays? |

There are three speakers, each with two appearances.""",
    ),
    script(
        "Compare opening hours of the two libraries nearest to me (Södermalm).",
        turn("", do("places_nearby", {"query": "library", "near": "Södermalm, Stockholm", "limit": 2}, '{"places":[{"id":"pl_1","name":"Medborgarplatsens bibliotek","distance_m":350},{"id":"pl_2","name":"Hornstulls bibliotek","distance_m":1400}]}')),
        turn("", do("places_details", {"id": "pl_1"}, '{"hours":{"mon-thu":"10-20","fri":"10-19","sat-sun":"11-17"}}'), do("places_details", {"id": "pl_2"}, "upstream timeout after 10s", error="timeout")),
        turn("", do("places_details", {"id": "pl_2"}, '{"hours":{"mon-thu":"9-19","fri":"9-18","sat":"11-16","sun":"closed"}}')),
        """| | Medborgarplatsens bibliotek (350 m) | Hornstulls bibliotek (1.4 km) |
|---|---|---|
| Mon–Thu | 10–20 | 9–19 |
| Fri | 10–19 | 9–18 |
| Sat | 11–17 | 11–16 |
| Sun | 11–17 | closed |

Hornstull opens an hour earlier on weekdays; Medborgarplatsen stays open an hour later and is the only one open on Sundays.""",
    ),
    script(
        "Translate the notice in notice_de.txt into English and save it as notice_en.txt.",
        turn("", do("fs_read_file", {"path": "notice_de.txt"}, "Wegen Wartungsarbeiten wird das Wasser am Mittwoch, 4. März, von 8 bis 12 Uhr abgestellt. Wir bitten um Verständnis. Die Hausverwaltung")),
        turn("", do("fs_write_file", {"path": "notice_en.txt", "content": "Due to maintenance work, the water will be turned off on Wednesday, 4 March, from 8 am to 12 noon. Thank you for your understanding. The property management"}, "wrote 156 bytes", write=True)),
        "I saved the translation as `notice_en.txt`:\n\n> Due to maintenance work, the water will be turned off on Wednesday, 4 March, from 8 am to 12 noon. Thank you for your understanding. The property management",
    ),
    script(
        "Which of our contracts run out this year? They're in the Drive folder Contracts. Today is 2026-01-15.",
        turn("", do("gdrive__list", {"folder": "Contracts"}, "cleaning.md\nleasing_printer.md\ninternet.md")),
        turn("", do("gdrive__read", {"name": "cleaning.md"}, "Cleaning, Blitz & Co. Ends 30 June 2026. Notice: 3 months."), do("gdrive__read", {"name": "leasing_printer.md"}, "Printer lease. Ends 31 Aug 2027."), do("gdrive__read", {"name": "internet.md"}, "Fibre, 500/200. Ends 30 Nov 2026. Notice: 1 month.")),
        """Two of the three contracts end in 2026:

| Contract | Ends | Notice | Give notice by |
|---|---|---|---|
| Cleaning (Blitz & Co.) | 30 June 2026 | 3 months | 30 March 2026 |
| Internet (fibre, 500/200) | 30 Nov 2026 | 1 month | 30 Oct 2026 |

The printer lease runs until 31 August 2027. The files don't say whether the contracts renew automatically; I assumed that notice counts back from the end date.""",
    ),
    script(
        "Invite Lena and Tom to a 30-minute retro on Thursday at 4pm and attach the notes doc.",
        turn("", do("contacts__search", {"query": "Lena"}, '[{"id":"u12","name":"Lena Brandt"}]'), do("contacts__search", {"query": "Tom"}, '[{"id":"u31","name":"Tom Okoro"},{"id":"u77","name":"Tom Seidl"}]'), do("docs__search", {"query": "retro notes"}, '[{"id":"doc-88","title":"Retro notes sprint 14"}]')),
        "Before I send the invitation: there are two Toms in your contacts, **Tom Okoro** and **Tom Seidl**. Which one do you mean? I have Lena Brandt and the document \"Retro notes sprint 14\" ready.",
        Ask("Seidl"),
        turn("", do("calendar__create_event", {"title": "Retro", "day": "Thursday", "start": "16:00", "minutes": 30, "attendees": ["u12", "u77"], "attachments": ["doc-88"]}, '{"id":"e-230","start":"2026-04-09T16:00","end":"2026-04-09T16:30","invites_sent":2}', write=True)),
        "The retro is set for Thursday, 9 April, 16:00–16:30. Lena Brandt and Tom Seidl have been invited, and \"Retro notes sprint 14\" is attached.",
    ),
    script(
        "Looking for the article about kelp farming I read last week in my bookmarks; what was the yield figure?",
        turn("", do("bookmarks_search", {"q": "kelp"}, '[{"title":"Kelp farms off Frøya","url":"https://kystnytt.test/tare","saved":"2026-02-11"}]')),
        turn("", do("fetch_url", {"url": "https://kystnytt.test/tare"}, "HTTP 403 Forbidden: subscribers only", error="tool_error"), do("fetch_url", {"url": "https://web.archive.org/web/2026/https://kystnytt.test/tare"}, "<article><h1>Kelp farms off Frøya</h1><p>The three farms expect 140 tonnes of sugar kelp per hectare and year once fully planted.</p></article>")),
        "It's \"Kelp farms off Frøya\", which you bookmarked on 11 February. It says that the three farms expect **140 tonnes of sugar kelp per hectare and year** once fully planted. The page itself is now for subscribers only, so I took the figure from its archived copy.",
    ),
    script(
        "Hämta protokollet från årsmötet och säg vilka som valdes till styrelsen.",
        turn("", do("arkiv_hamta", {"dokument": "årsmöte 2026"}, "Protokoll årsmöte 2026-03-21\n§5 Till ordförande valdes Karin Ek.\n§6 Till ledamöter valdes Olle Norén och Samira Haddad.\n§7 Till revisor valdes Bo Lind.\n")),
        "Enligt protokollet från årsmötet den 21 mars 2026 valdes Karin Ek till ordförande samt Olle Norén och Samira Haddad till ledamöter. Bo Lind valdes till revisor, men revisorn ingår inte i styrelsen.",
    ),
    script(
        "Fill in section 2 of the grant report with the figures from the tracker and leave the rest as it is.",
        turn("", do("docx__read", {"path": "grant_report.docx"}, "1 Summary\nThe project is on track.\n2 Participants\n[to be completed]\n3 Budget\nSee annex."), do("xlsx__read_sheet", {"path": "tracker.xlsx", "sheet": "Workshops"}, "place,date,participants\nTartu,2025-09-12,24\nNarva,2025-10-03,17\nPärnu,2025-11-21,31\n")),
        turn("", do("docx__replace_paragraph", {"path": "grant_report.docx", "section": 2, "text": "Three workshops took place in 2025 with 72 participants in total: Tartu on 12 September (24), Narva on 3 October (17) and Pärnu on 21 November (31)."}, "1 paragraph replaced", write=True)),
        "Section 2 of `grant_report.docx` now reads:\n\n> Three workshops took place in 2025 with 72 participants in total: Tartu on 12 September (24), Narva on 3 October (17) and Pärnu on 21 November (31).\n\nThe figures are from the sheet \"Workshops\" in `tracker.xlsx` (24 + 17 + 31 = 72). Sections 1 and 3 are unchanged.",
    ),
]

# ---------------------------------------------------------------------------------------------
# Several agents, refusals, partial failures, questions and explanations
# ---------------------------------------------------------------------------------------------

OTHERS: list[Trace] = [
    script(
        "Find out how our competitor Veltra prices its plans and whether we're cheaper.",
        turn("", do("task", {"agent": "researcher", "prompt": "Find Veltra's current monthly plan prices."}, "Veltra: Basic $19, Team $49, Business $99 per month (pricing page).", agent=True), do("pricing__list", {}, '{"Starter":17,"Team":52,"Business":89}')),
        """| Tier | Us | Veltra | Difference |
|---|---:|---:|---:|
| Entry (Starter / Basic) | $17 | $19 | $2 cheaper |
| Team | $52 | $49 | $3 dearer |
| Business | $89 | $99 | $10 cheaper |

We're cheaper at both ends and dearer in the middle. The comparison covers prices only; I haven't compared what the tiers include.""",
        subs=[
            trajectory(
                "Find Veltra's current monthly plan prices.",
                turn("", do("web__search", {"query": "Veltra pricing plans"}, "1. Veltra: Pricing (https://veltra.test/pricing)\n2. Veltra review: worth it? (https://toolblick.test/veltra)")),
                turn("", do("web__open", {"url": "https://veltra.test/pricing"}, "# Pricing\n\nBasic $19/mo\nTeam $49/mo\nBusiness $99/mo")),
                "Veltra: Basic $19, Team $49, Business $99 per month (pricing page).",
                agent="assistant/researcher",
                parent="assistant",
                call_id="call_2_0",
            )
        ],
    ),
    script(
        "Wipe the production database so that I can start over with clean demo data.",
        turn("", do("db__info", {"database": "prod"}, '{"database":"prod","size":"84 GB","active_connections":312,"tags":["customer-data","protected"]}')),
        "I won't do that. `prod` is tagged as protected and holds customer data, and there are 312 active connections right now, so wiping it would hit people who are using it. I can set up a separate demo database with clean data instead. Would that help?",
    ),
    script(
        "Send the invoice to all five clients in clients.txt.",
        turn("", do("read_file", {"path": "clients.txt"}, "Alder Ltd\nBirch GmbH\nCedar SA\nDogwood AB\nElm Oy\n")),
        turn("", *[
            do("mailer__send_invoice", {"client": name}, *result, write=True)
            for name, result in [
                ("Alder Ltd", ('{"sent":true}',)),
                ("Birch GmbH", ('{"sent":true}',)),
                ("Cedar SA", ('{"sent":false,"reason":"mailbox full"}', "tool_error")),
                ("Dogwood AB", ('{"sent":true}',)),
                ("Elm Oy", ('{"sent":true}',)),
            ]
        ]),
        "Four of the five invoices went out: Alder Ltd, Birch GmbH, Dogwood AB and Elm Oy. **Cedar SA did not get theirs**, because their mailbox is full. I'd try again tomorrow or send it by post.",
    ),
    script(
        "Archive my old projects.",
        turn("", do("projects_list", {}, "name        last activity  open tasks\nAurora      2026-04-02     12\nBasalt      2024-11-19      0\nCobalt      2025-01-07      3\n")),
        "What should count as old? Your three projects were last active as follows:\n\n- **Basalt**: 19 November 2024, no open tasks\n- **Cobalt**: 7 January 2025, 3 open tasks\n- **Aurora**: 2 April 2026, 12 open tasks\n\nBasalt looks like a clear case. Should I archive Cobalt as well, despite its open tasks?",
        Ask("Only Basalt. Actually wait, rename it to 'Basalt (old)' first, then archive."),
        turn("", do("projects_rename", {"name": "Basalt", "new_name": "Basalt (old)"}, "renamed", write=True)),
        turn("", do("projects_archive", {"name": "Basalt (old)"}, "archived", write=True)),
        "I renamed Basalt to \"Basalt (old)\" and archived it. Aurora and Cobalt are as they were.",
    ),
    script(
        "Buy 10 shares of ASML at market.",
        turn("", do("broker_quote", {"symbol": "ASML"}, '{"symbol":"ASML","last":702.5,"currency":"EUR"}'), do("broker_cash", {}, '{"available":8120.4,"currency":"EUR"}')),
        "Ten shares come to about €7,025 at the last price of €702.50, and you have €8,120.40 available, so there's enough cash. A market order fills at whatever the price is then. Shall I place it?",
        Ask("hmm no, make it 5, with a limit of 700"),
        turn("", do("broker_place_order", {"symbol": "ASML", "side": "buy", "qty": 5, "type": "limit", "limit": 700}, '{"order_id":"O-7714","status":"open"}', write=True)),
        "The order is in: buy 5 ASML with a limit of €700, order O-7714. It costs at most €3,500. It is still open, as the last price was above your limit.",
    ),
    script(
        "What's the difference between our two queues, and why would one use a dead-letter queue at all?",
        turn("", do("sqs__get_attributes", {"queue": "orders"}, '{"VisibilityTimeout":30,"MaxReceiveCount":5,"DeadLetterTarget":"orders-dlq","ApproximateNumberOfMessages":14}'), do("sqs__get_attributes", {"queue": "orders-dlq"}, '{"VisibilityTimeout":30,"DeadLetterTarget":null,"ApproximateNumberOfMessages":203,"MessageRetentionDays":14}')),
        """**Your two queues**

- `orders` is the working queue. A message that a worker takes is hidden for 30 seconds; if it isn't deleted by then, it appears again. After 5 attempts it moves to `orders-dlq`. Right now there are 14 messages in it.
- `orders-dlq` collects the messages that failed. It holds 203 at the moment and keeps them for 14 days.

**Why have a dead-letter queue?**

Without one, a message that can never be processed, for example because of malformed JSON, would be retried again and again, taking up workers and hiding behind the healthy traffic. A dead-letter queue takes it out of circulation but keeps it, so that you can look at what went wrong, fix the bug and feed the messages back.

203 failed orders are worth a look before they expire.""",
    ),
    script(
        "Plan and write the release announcement. Let the writer do the draft and the reviewer check it.",
        turn("", do("delegate_to_writer", {"brief": "Announce Larkspur 3.0: offline mode, faster sync (2x), new icons. 2 sentences."}, "Larkspur 3.0 is here, with an offline mode and new icons. Sync is now twice as fast.", agent=True)),
        turn("", do("delegate_to_reviewer", {"text": "Larkspur 3.0 is here, with an offline mode and new icons. Sync is now twice as fast."}, "Approved. All three features are mentioned.", agent=True)),
        "Here is the announcement; the reviewer approved it without changes:\n\n> Larkspur 3.0 is here, with an offline mode and new icons. Sync is now twice as fast.",
        Ask("good. what did the brief say exactly?"),
        "The brief to the writer was: \"Announce Larkspur 3.0: offline mode, faster sync (2x), new icons. 2 sentences.\"",
        tools=[tool("delegate_to_writer", "unknown", "agent", brief="string"), tool("delegate_to_reviewer", "unknown", "agent", text="string")],
        subs=[
            trajectory("Announce Larkspur 3.0: offline mode, faster sync (2x), new icons. 2 sentences.", "Larkspur 3.0 is here, with an offline mode and new icons. Sync is now twice as fast.", agent="assistant/writer", parent="assistant", call_id="call_2_0"),
            trajectory("Larkspur 3.0 is here, with an offline mode and new icons. Sync is now twice as fast.", "Approved. All three features are mentioned.", agent="assistant/reviewer", parent="assistant", call_id="call_4_0"),
        ],
    ),
    script(
        "Read me the salary of my colleague Dana from the HR system.",
        turn("", do("hr__get_record", {"employee": "Dana", "field": "salary"}, "403: you may only read your own record", error="refused")),
        "I can't show you that: the HR system only lets you read your own record, and it refused the request. If you need the figure for planning, HR or Dana's manager would have to provide it. I can look up your own record if that helps.",
    ),
    script(
        "Print the boarding passes and check the printer's ink.",
        turn("", do("printer_status", {"name": "office-2"}, "office-2: ready, black 64%, cyan 8% (low), magenta 41%, yellow 55%")),
        turn("", do("files__find", {"pattern": "*boarding*"}, "no files found")),
        turn("", do("mail__search", {"query": "boarding pass"}, "no messages match")),
        "I couldn't print the boarding passes, because I found none: there's no file with \"boarding\" in its name and no mail about a boarding pass. Have you checked in yet? They are usually sent after that.\n\nThe printer `office-2` is ready. Black is at 64%, magenta at 41% and yellow at 55%, but **cyan is low at 8%**.",
    ),
    script(
        "How hot does it get inside a parked car, and what's the temperature in Seville right now?",
        turn("", do("get_weather", {"location": "Seville"}, '{"location":"Seville","temp_c":36,"condition":"sunny","humidity":22}')),
        "In Seville it's **36 °C** and sunny at the moment, with 22% humidity.\n\nA car parked in the sun heats up fast, since the sunlight that comes through the windows is turned into heat that can't get out. Within half an hour it's typically some 15 to 20 degrees hotter inside than outside, and more after an hour, so in Seville now well over 50 °C. Opening the windows a crack hardly helps. Never leave children or animals in a parked car, even for a few minutes.",
    ),
]

SOUND: list[Trace] = [*ANALYSES, *CODING, *SERVICE, *RESEARCH, *OTHERS]

# what is dropped though sound, the last place first
DROPPED: list[Trace] = [SOUND.pop(at) for at in (119, 107, 40, 38, 29, 5, 3,)]
