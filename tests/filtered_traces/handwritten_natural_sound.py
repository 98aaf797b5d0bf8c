"""Sound traces as strong agents really produce them, by the writer of `handwritten_natural.py`: support, coding,
research, planning, data, homes, games, in several languages."""

# ruff: noqa: E501, W291 (wordings and scripts are easier to read unbroken)
# fmt: off

from __future__ import annotations

from nex_assets.filtered_traces.scripting import Ask, do, script, trajectory, turn
from nex_resources.records import Trace

SOUND: list[Trace] = []


def add(*args, **kwargs) -> None:
    SOUND.append(script(*args, **kwargs))


# ---------------------------------------------------------------- customer service: retail, airline, bank, CRM

add(
    "Hi, where's my order #W5918442? It was supposed to come on Friday.",
    turn(
        "Let me check that for you.",
        do(
            "get_order_details",
            {"order_id": "#W5918442"},
            '{"order_id": "#W5918442", "user_id": "noor_adeyemi_2217", "status": "in_transit", "carrier": "DHL", "tracking_id": "JD0146000087", "items": [{"name": "Espresso Machine", "item_id": "3709608322", "price": 744.70}, {"name": "Water Filter (2-pack)", "item_id": "9811090008", "price": 24.50}], "estimated_delivery": "2025-06-10", "events": [{"ts": "2025-06-05T07:12", "what": "Departed origin facility"}, {"ts": "2025-06-06T18:40", "what": "Delay: weather, Leipzig hub"}]}',
        ),
    ),
    "Your order **#W5918442** (Espresso Machine and Water Filter 2-pack) is still on its way. DHL logged a weather delay at the Leipzig hub on June 6, and the new estimated delivery date is **Tuesday, June 10, 2025**.\n\nYou can follow it with tracking number `JD0146000087`. Sorry for the wait! Is there anything else I can help with?",
)

add(
    "hey I'm Mei Kovacs, zip 28236. i want to swap the mouse i got in my last order for one with a different color",
    turn(
        "",
        do("find_user_id_by_name_zip", {"first_name": "Mei", "last_name": "Kovacs", "zip": "28236"}, "mei_kovacs_8020"),
    ),
    turn(
        "",
        do(
            "get_user_details",
            {"user_id": "mei_kovacs_8020"},
            '{"name": {"first_name": "Mei", "last_name": "Kovacs"}, "address": {"city": "Charlotte", "state": "NC", "zip": "28236"}, "payment_methods": {"paypal_7644869": {"source": "paypal", "id": "paypal_7644869"}}, "orders": ["#W6390527"]}',
        ),
    ),
    turn(
        "",
        do(
            "get_order_details",
            {"order_id": "#W6390527"},
            '{"order_id": "#W6390527", "status": "delivered", "items": [{"name": "Wireless Mouse", "product_id": "8310926033", "item_id": "7796624231", "price": 48.90, "options": {"color": "black", "sensor type": "laser", "connectivity": "wireless"}}, {"name": "Desk Lamp", "product_id": "6817146515", "item_id": "8384507844", "price": 137.94, "options": {"color": "white", "brightness": "medium"}}], "payment_history": [{"transaction_type": "payment", "amount": 186.84, "payment_method_id": "paypal_7644869"}]}',
        ),
        do(
            "get_product_details",
            {"product_id": "8310926033"},
            '{"name": "Wireless Mouse", "product_id": "8310926033", "variants": {"7796624231": {"options": {"color": "black", "sensor type": "laser"}, "available": true, "price": 48.90}, "5796612084": {"options": {"color": "grey", "sensor type": "optical"}, "available": true, "price": 54.30}, "8896479688": {"options": {"color": "white", "sensor type": "optical"}, "available": false, "price": 49.10}, "2193628750": {"options": {"color": "silver", "sensor type": "laser"}, "available": true, "price": 46.25}}}',
        ),
    ),
    "Thanks, Mei, I found your delivered order **#W6390527**. These other colors are in stock for the wireless mouse (you have the black laser one, $48.90):\n\n| Color | Sensor | Price | Difference |\n|---|---|---|---|\n| Grey | optical | $54.30 | +$5.40 |\n| Silver | laser | $46.25 | −$2.65 |\n\nWhite is currently out of stock. Which one would you like, and may I settle the difference with the PayPal account on file?",
    Ask("silver. hmm wait, actually grey, I like that more. paypal is fine"),
    "Sure. To confirm:\n\n- **Return:** black laser mouse (item 7796624231)\n- **Receive:** grey optical mouse (item 5796612084)\n- **Charge:** $5.40 to PayPal\n\nExchanges can only be requested once per order, so please make sure this is everything. Shall I go ahead (yes/no)?",
    Ask("yes"),
    turn(
        "",
        do(
            "exchange_delivered_order_items",
            {
                "order_id": "#W6390527",
                "item_ids": ["7796624231"],
                "new_item_ids": ["5796612084"],
                "payment_method_id": "paypal_7644869",
            },
            '{"order_id": "#W6390527", "status": "exchange requested", "exchange_items": ["7796624231"], "exchange_new_items": ["5796612084"], "exchange_price_difference": 5.40}',
            write=True,
        ),
    ),
    "Done! The exchange for order #W6390527 has been requested and the difference of $5.40 goes to your PayPal account. You'll get an e-mail with instructions for sending back the black mouse.",
    system_prompt="You are a retail customer-service agent. Authenticate the user first. Before any change list the details and obtain explicit confirmation. An order can be exchanged once; the customer then gets an e-mail about how to return the items.",
)

add(
    "How many bags can I bring free on reservation QKRT7P and what would two extra ones cost?",
    turn(
        "",
        do(
            "airline.get_reservation",
            {"code": "QKRT7P"},
            '{"code":"QKRT7P","cabin":"economy","passengers":2,"membership":"silver","free_bags_per_passenger":2,"bags_booked":2,"extra_bag_fee_usd":50}',
        ),
    ),
    "On reservation **QKRT7P** (economy, silver member) each of the 2 passengers has 2 free checked bags, so **4 free bags in total**. You have booked 2 so far, so the next two are still free.\n\nBeyond the four free ones, each extra bag is $50, so two would cost **$100**. Would you like me to add any?",
)

add(
    "I need to cancel my reservation 8X4KLM and get my money back.",
    turn(
        "I'll pull up the reservation first.",
        do(
            "get_reservation_details",
            {"reservation_id": "8X4KLM"},
            '{"reservation_id": "8X4KLM", "user_id": "omar_lindqvist_4410", "origin": "BOS", "destination": "DEN", "cabin": "basic_economy", "flights": [{"flight_number": "HAT118", "date": "2024-05-27", "price": 131}, {"flight_number": "HAT204", "date": "2024-05-30", "price": 118}], "insurance": "no", "created_at": "2024-05-02T09:41:00", "total_baggages": 0, "payment_history": [{"payment_id": "credit_card_7201455", "amount": 249}]}',
        ),
        thinking="Policy: basic economy can't be cancelled unless within 24h of booking, airline cancelled, or insurance with a covered reason. Booked May 2; now it is May 15. No insurance. So not eligible.",
    ),
    "I'm sorry, but I can't cancel reservation **8X4KLM** for a refund. It is a basic economy ticket booked on May 2, so the 24-hour window has passed, and there is no travel insurance on it. If the airline itself cancels a flight, you'd be entitled to a refund of the $249 you paid.\n\nIs there something else I can do for the trip?",
    Ask("ugh ok. then I'll fly. can you at least add one checked bag, same card?"),
    "Yes. One checked bag on 8X4KLM costs **$50** because basic economy includes no free bag at your membership level. It would be charged to the card used for the booking (credit_card_7201455). Do you want me to proceed?",
    Ask("yes please"),
    turn(
        "",
        do(
            "update_reservation_baggages",
            {
                "reservation_id": "8X4KLM",
                "total_baggages": 1,
                "nonfree_baggages": 1,
                "payment_id": "credit_card_7201455",
            },
            '{"reservation_id": "8X4KLM", "total_baggages": 1, "nonfree_baggages": 1, "payment_history": [{"payment_id": "credit_card_7201455", "amount": 249}, {"payment_id": "credit_card_7201455", "amount": 50}]}',
            write=True,
        ),
    ),
    "One checked bag is now on your reservation 8X4KLM, and $50 was charged to the card on file. That brings the total for this booking to $299. Have a good trip to Denver!",
    system_prompt="You are an airline agent. The current time is 2024-05-15 15:00 EST. Basic economy cannot be cancelled unless booked within 24 hours, cancelled by the airline, or insured for a covered reason. Regular members get no free bag in basic economy; each extra bag is 50 dollars.",
)

add(
    "Find me nonstop flights New York JFK to Seattle on Sept 12 2025, I don't want to land after 3 pm. Compare the options please.",
    turn(
        "I'll search for nonstop flights on that date.",
        do(
            "flights__search",
            {"origin": "JFK", "destination": "SEA", "date": "2025-09-12", "max_stops": 0},
            """{
  "results": [
    {"flight": "AS 21",  "dep": "2025-09-12T07:00-04:00", "arr": "2025-09-12T10:12-07:00", "fare": {"main": 219, "first": 640}, "aircraft": "737 MAX 9", "seats_left": 14},
    {"flight": "DL 745", "dep": "2025-09-12T08:25-04:00", "arr": "2025-09-12T11:49-07:00", "fare": {"main": 244, "first": 702}, "aircraft": "A321neo", "seats_left": 6},
    {"flight": "B6 263", "dep": "2025-09-12T10:45-04:00", "arr": "2025-09-12T14:10-07:00", "fare": {"main": 189}, "aircraft": "A320", "seats_left": 3},
    {"flight": "AS 29",  "dep": "2025-09-12T14:30-04:00", "arr": "2025-09-12T17:55-07:00", "fare": {"main": 204, "first": 610}, "aircraft": "737-900", "seats_left": 22},
    {"flight": "DL 416", "dep": "2025-09-12T18:59-04:00", "arr": "2025-09-12T22:21-07:00", "fare": {"main": 231, "first": 688}, "aircraft": "A321neo", "seats_left": 9}
  ],
  "currency": "USD"
}""",
        ),
    ),
    turn(
        "Three of these land before 3 pm. I'll look up their baggage rules, as that changes the real price.",
        do("flights__baggage_policy", {"carrier": "AS", "fare_class": "main"}, '{"carry_on": 0, "first_bag": 35, "second_bag": 45}'),
        do("flights__baggage_policy", {"carrier": "DL", "fare_class": "main"}, '{"carry_on": 0, "first_bag": 35, "second_bag": 45}'),
        do("flights__baggage_policy", {"carrier": "B6", "fare_class": "main"}, '{"carry_on": 0, "first_bag": 40, "second_bag": 55}'),
    ),
    """## JFK → SEA, Friday, 12 September 2025 (nonstop, landing before 3 pm)

| Flight | Departs | Arrives | Duration | Main fare | With 1 checked bag | Seats left |
|---|---|---|---|---|---|---|
| **B6 263** | 10:45 am | 2:10 pm | 6 h 25 m | **$189** | $229 | 3 |
| **AS 21** | 7:00 am | 10:12 am | 6 h 12 m | $219 | $254 | 14 |
| **DL 745** | 8:25 am | 11:49 am | 6 h 24 m | $244 | $279 | 6 |

**My take**

- 💸 **Cheapest:** B6 263, $30 below Alaska, and still the cheapest if you check a bag. Only 3 seats are left, so I'd decide soon.
- ⏱️ **Fastest and earliest:** AS 21, which also lands almost four hours before the JetBlue flight.
- DL 745 is the most expensive of the three, with no clear advantage unless you collect SkyMiles.

Two other nonstops (AS 29 and DL 416) land at 5:55 pm and 10:21 pm, so I left them out. Times are local. Shall I hold one of these for you?""",
)

add(
    "Summarise my card spending for March by category",
    turn(
        "",
        do(
            "bank_listTransactions",
            {"account": "main-card", "from": "2025-03-01", "to": "2025-03-31"},
            """date,merchant,category,amount_eur
2025-03-02,Rewe,groceries,54.20
2025-03-03,BVG,transport,49.00
2025-03-05,Spotify,subscriptions,12.99
2025-03-08,Trattoria Vento,dining,38.50
2025-03-11,Edeka,groceries,81.35
2025-03-14,iCloud,subscriptions,9.99
2025-03-16,Falafel Humbaba,dining,27.90
2025-03-21,Bolt,transport,12.40
2025-03-24,Rewe,groceries,23.10
2025-03-29,Sakura Grill,dining,64.00
""",
        ),
    ),
    """You spent **€373.43** on this card in March 2025, across 10 transactions:

| Category | Transactions | Amount | Share |
|---|---:|---:|---:|
| Groceries | 3 | €158.65 | 42.5 % |
| Dining | 3 | €130.40 | 34.9 % |
| Transport | 2 | €61.40 | 16.4 % |
| Subscriptions | 2 | €22.98 | 6.2 % |

The largest single purchase was €81.35 at Edeka on March 11, followed by €64.00 at Sakura Grill on March 29.""",
)

add(
    "Move 2,000 from my checking to savings",
    turn(
        "",
        do(
            "banking/get_accounts",
            {},
            '[{"id":"chk-01","type":"checking","balance":1640.18,"currency":"USD"},{"id":"sav-01","type":"savings","balance":8815.00,"currency":"USD"}]',
        ),
    ),
    "Your checking account holds $1,640.18, which is $359.82 short of $2,000, so that transfer would be declined. Would you like to move a smaller amount instead?",
    Ask("oh right rent went out. do 1,200 then"),
    turn(
        "",
        do(
            "banking/transfer",
            {"from": "chk-01", "to": "sav-01", "amount": 1200, "currency": "USD"},
            '{"transfer_id":"tr_58821","status":"posted","balances":{"chk-01":440.18,"sav-01":10015.00}}',
            write=True,
        ),
    ),
    "Done. I moved **$1,200.00** from checking to savings (transfer `tr_58821`).\n\n- Checking: $440.18\n- Savings: $10,015.00",
)

add(
    "Which shared mailboxes do we have for Contoso's departments in the CRM? I need all of their addresses.",
    turn(
        "",
        do(
            "crm.contacts.search",
            {"company": "Contoso", "type": "role_account"},
            '{"total":4,"contacts":[{"label":"Accounts Payable","email":"ap@contoso.com"},{"label":"Procurement","email":"procurement@contoso.com"},{"label":"IT Service Desk","email":"servicedesk@contoso.com"},{"label":"Press Office","email":"press@contoso.com"}]}',
        ),
    ),
    "There are four shared mailboxes for Contoso in the CRM:\n\n- **Accounts Payable** – ap@contoso.com\n- **Procurement** – procurement@contoso.com\n- **IT Service Desk** – servicedesk@contoso.com\n- **Press Office** – press@contoso.com",
)

add(
    "Give me a summary of our open opportunities for Q3: total value, weighted value, by stage, and which ones look stuck (no activity for 30+ days). Today is 2025-08-20.",
    turn(
        "I'll page through the open opportunities that close in Q3.",
        do(
            "salesforce_query",
            {"soql": "SELECT Id, Name, StageName, Amount, Probability, LastActivityDate FROM Opportunity WHERE IsClosed = false AND CloseDate = THIS_FISCAL_QUARTER ORDER BY Amount DESC LIMIT 5"},
            """{"totalSize": 8, "done": false, "nextRecordsUrl": "/query/01gD0-5", "records": [
{"Id":"006A1","Name":"Halden Marine - Fleet telemetry","StageName":"Negotiation","Amount":120000,"Probability":80,"LastActivityDate":"2025-08-18"},
{"Id":"006A2","Name":"Brixton Foods - Cold chain","StageName":"Proposal","Amount":90000,"Probability":50,"LastActivityDate":"2025-07-09"},
{"Id":"006A3","Name":"Oakline Rail - Pilot","StageName":"Proposal","Amount":60000,"Probability":50,"LastActivityDate":"2025-08-12"},
{"Id":"006A4","Name":"Vesta Homes - Sensors","StageName":"Discovery","Amount":45000,"Probability":20,"LastActivityDate":"2025-08-01"},
{"Id":"006A5","Name":"Nordkraft - Substation kit","StageName":"Negotiation","Amount":40000,"Probability":80,"LastActivityDate":"2025-08-19"}]}""",
        ),
    ),
    turn(
        "",
        do(
            "salesforce_queryMore",
            {"nextRecordsUrl": "/query/01gD0-5"},
            """{"totalSize": 8, "done": true, "records": [
{"Id":"006A6","Name":"Piper Logistics - Renewal","StageName":"Negotiation","Amount":25000,"Probability":80,"LastActivityDate":"2025-08-15"},
{"Id":"006A7","Name":"Casa Verde - Irrigation","StageName":"Discovery","Amount":15000,"Probability":20,"LastActivityDate":"2025-06-30"},
{"Id":"006A8","Name":"Tern Labs - Add-on","StageName":"Discovery","Amount":5000,"Probability":20,"LastActivityDate":"2025-08-05"}]}""",
        ),
        thinking="Negotiation: 120+40+25=185k, weighted 148k. Proposal 150k, weighted 75k. Discovery 45+15+5=65k, weighted 13k. Total 400k; weighted 236k.",
    ),
    """## Open Q3 pipeline (as of 2025-08-20)

**8 opportunities · $400,000 total · $236,000 weighted**

| Stage | Deals | Amount | Probability | Weighted |
|---|---:|---:|---:|---:|
| Negotiation | 3 | $185,000 | 80 % | $148,000 |
| Proposal | 2 | $150,000 | 50 % | $75,000 |
| Discovery | 3 | $65,000 | 20 % | $13,000 |

### Stuck (no activity for 30+ days)

1. **Brixton Foods – Cold chain** ($90,000, Proposal): last activity July 9, i.e. 42 days ago.
2. **Casa Verde – Irrigation** ($15,000, Discovery): last activity June 30, 51 days ago.

Together they make up $105,000, a little over a quarter of the pipeline. Brixton is the one I'd chase first: it is the second-largest deal, and its $45,000 weighted contribution is probably too optimistic after six quiet weeks.

### Worth noting
- Halden Marine alone is 30 % of the total and was touched two days ago.
- The other six deals have all seen activity in August.

Do you want me to create follow-up tasks for the two stalled deals?""",
)

add(
    "Look at Zendesk ticket 48213 and reply to the customer that the fix ships with 4.2.1, then set it to pending",
    turn(
        "",
        do(
            "zendesk_get_ticket",
            {"ticket_id": 48213},
            '{"id":48213,"subject":"Export to XLSX drops last column","status":"open","priority":"normal","requester":"Customer (Acme Tooling)","comments":[{"author":"requester","body":"When I export the report the last column is missing. Version 4.2.0."},{"author":"support","body":"Reproduced, passed on to engineering (ENG-9121)."}]}',
        ),
    ),
    turn(
        "",
        do(
            "zendesk_add_comment",
            {
                "ticket_id": 48213,
                "public": True,
                "body": "Hello,\n\nthank you for your patience. We found the cause of the missing column in the XLSX export and the fix ships with version 4.2.1.\n\nKind regards,\nSupport",
            },
            '{"comment_id": 99120344, "created": true}',
            write=True,
        ),
        do("zendesk_update_ticket", {"ticket_id": 48213, "status": "pending"}, '{"id":48213,"status":"pending"}', write=True),
    ),
    "Both done: I posted a public reply on ticket #48213 saying that the missing-column fix ships with 4.2.1, and the ticket's status is now **pending**.\n\nThe reply gives no release date, as I didn't find one in the ticket.",
)

add(
    "Book a double room at the Hotel Lindenhof in Freiburg from 31 April to 3 May 2025",
    "April has only 30 days, so I want to be sure before I book. Do you mean **30 April to 3 May 2025** (3 nights) or something else?",
    Ask("haha yes, 30 April"),
    turn(
        "",
        do(
            "hotels_check_availability",
            {"hotel": "Hotel Lindenhof", "city": "Freiburg", "check_in": "2025-04-30", "check_out": "2025-05-03", "room_type": "double"},
            '{"available": true, "offers": [{"offer_id": "LH-D-STD", "rate_per_night": 118, "breakfast": false, "refundable": true}, {"offer_id": "LH-D-BF", "rate_per_night": 136, "breakfast": true, "refundable": true}]}',
        ),
    ),
    "Two offers are available for 3 nights (30 April – 3 May), both refundable:\n\n1. **Without breakfast:** €118 per night, €354 total\n2. **With breakfast:** €136 per night, €408 total\n\nWhich one should I book?",
    Ask("with breakfast"),
    turn(
        "",
        do(
            "hotels_book",
            {"offer_id": "LH-D-BF", "check_in": "2025-04-30", "check_out": "2025-05-03", "guests": 2},
            '{"error": {"code": "PRICE_CHANGED", "message": "Rate for LH-D-BF is now 139 per night. Re-confirm with accept_rate."}}',
            write=True,
        ),
    ),
    "The booking did not go through: the hotel has just raised the rate to **€139 per night**, which makes **€417** for the three nights (€9 more). Is that still OK?",
    Ask("fine, book it"),
    turn(
        "",
        do(
            "hotels_book",
            {"offer_id": "LH-D-BF", "check_in": "2025-04-30", "check_out": "2025-05-03", "guests": 2, "accept_rate": 139},
            '{"booking_id": "FRB-220917", "status": "confirmed", "total": 417, "currency": "EUR"}',
            write=True,
        ),
    ),
    "Booked! ✅ Double room with breakfast at the Hotel Lindenhof, 30 April – 3 May 2025, **€417** in total. Your booking number is **FRB-220917**.",
)

add(
    "My mobile data isn't working abroad. Number is on line L1004, I'm customer C2291.",
    turn(
        "",
        do("telecom.get_line", {"customer_id": "C2291", "line_id": "L1004"}, '{"line_id":"L1004","status":"Active","plan":"Premium 15GB","data_used_gb":6.2,"data_limit_gb":15.0,"roaming_enabled":false}'),
    ),
    "Your line L1004 is active and you have used 6.2 of 15 GB, so neither is the problem. **Roaming is switched off** on our side, which explains why there's no data abroad. Shall I enable it?",
    Ask("yes, do it"),
    turn("", do("telecom.enable_roaming", {"customer_id": "C2291", "line_id": "L1004"}, '{"line_id":"L1004","roaming_enabled":true}', write=True)),
    "Roaming is now enabled for L1004. Please also check that *Data roaming* is on in your phone's settings, then restart it or toggle airplane mode for a few seconds. Does it work now?",
)

add(
    "Wie ist der Stand meiner Schadenmeldung SM-2025-0417?",
    turn(
        "Ich sehe nach.",
        do(
            "versicherung_schaden_abfragen",
            {"schadennummer": "SM-2025-0417"},
            '{"schadennummer":"SM-2025-0417","sparte":"Hausrat","status":"in Prüfung","gemeldet_am":"2025-02-03","fehlende_unterlagen":["Kaufbeleg Fahrrad","Anzeige der Polizei"],"selbstbeteiligung_eur":150,"geforderter_betrag_eur":1280}',
        ),
    ),
    "Ihre Schadenmeldung **SM-2025-0417** (Hausrat, gemeldet am 3. Februar 2025) ist noch **in Prüfung**. Es fehlen zwei Unterlagen:\n\n- der Kaufbeleg des Fahrrads\n- die Anzeige der Polizei\n\nSie haben 1.280 € geltend gemacht. Bei einer Selbstbeteiligung von 150 € kämen höchstens **1.130 €** zur Auszahlung, sofern der Schaden voll anerkannt wird. Möchten Sie die Unterlagen jetzt hochladen?",
)

add(
    "Refund the three duplicate charges ch_3P01, ch_3P02 and ch_3P03 in full, reason duplicate.",
    turn(
        "I'll refund them one by one.",
        do("stripe__create_refund", {"charge": "ch_3P01", "reason": "duplicate"}, '{"id":"re_901","object":"refund","amount":2900,"currency":"usd","charge":"ch_3P01","status":"succeeded"}', write=True),
        do("stripe__create_refund", {"charge": "ch_3P02", "reason": "duplicate"}, '{"id":"re_902","object":"refund","amount":2900,"currency":"usd","charge":"ch_3P02","status":"succeeded"}', write=True),
        do(
            "stripe__create_refund",
            {"charge": "ch_3P03", "reason": "duplicate"},
            "Error: Charge ch_3P03 has been charged back; cannot issue a refund.",
            "tool_error",
            write=True,
        ),
    ),
    "Two of the three refunds went through; the third did not.\n\n| Charge | Amount | Result |\n|---|---|---|\n| ch_3P01 | $29.00 | ✅ refunded (`re_901`) |\n| ch_3P02 | $29.00 | ✅ refunded (`re_902`) |\n| ch_3P03 | – | ❌ not refunded |\n\nStripe rejected **ch_3P03** because the customer has already charged it back through their bank. The money is being returned through that dispute, so a refund isn't possible and isn't needed unless you win the dispute. In total $58.00 was refunded.",
)

add(
    "Can you change the delivery address of order #W2002781 to my office? It's 9 Harbor St, Suite 4, Portland ME 04101",
    turn(
        "",
        do(
            "get_order_details",
            {"order_id": "#W2002781"},
            '{"order_id":"#W2002781","status":"delivered","delivered_at":"2025-01-22","items":[{"name":"Garden Hose","price":76.13}]}',
        ),
    ),
    "I'm afraid that isn't possible: order **#W2002781** (Garden Hose) was already delivered on January 22, 2025, and an address can only be changed while an order is still pending.\n\nIf it did not arrive at the old address, please let me know and I will look into it further.",
)

# ---------------------------------------------------------------- coding

add(
    "The /users endpoint skips the first record on every page. Please fix it, repo is in /workspace/api.",
    turn(
        "I'll start by looking at the repository.",
        do(
            "bash",
            {"command": "cd /workspace/api && git status --short && ls -R app tests && grep -rn 'offset' app"},
            """app:
__init__.py
main.py
paging.py

tests:
test_main.py
test_paging.py
app/paging.py:14:    offset = (page - 1) * size + 1
app/paging.py:15:    return items[offset : offset + size]
app/main.py:22:    return {"users": page_of(USERS, page, size), "page": page}
""",
        ),
    ),
    turn(
        "The `+ 1` on line 14 of `app/paging.py` looks like the culprit. Let me see the whole file and the existing tests before changing anything.",
        do(
            "bash",
            {"command": "cd /workspace/api && cat app/paging.py tests/test_paging.py && python -m pytest -q 2>&1 | tail -20"},
            """from __future__ import annotations

from typing import Sequence, TypeVar

T = TypeVar("T")


def page_of(items: Sequence[T], page: int, size: int) -> Sequence[T]:
    \"\"\"Return page number `page` (from 1) of `items`.\"\"\"
    if page < 1:
        raise ValueError("page must be >= 1")
    # TODO: validate size as well
    # offset of the first item
    offset = (page - 1) * size + 1
    return items[offset : offset + size]
import pytest

from app.paging import page_of


def test_page_must_be_positive():
    with pytest.raises(ValueError):
        page_of([1, 2], 0, 1)


def test_length():
    assert len(page_of(list(range(10)), 1, 3)) == 3
...                                                                      [100%]
3 passed in 0.31s
""",
        ),
    ),
    turn(
        "The existing tests only check the length, so they miss this. I'll fix the offset.",
        do(
            "str_replace_editor",
            {
                "command": "str_replace",
                "path": "/workspace/api/app/paging.py",
                "old_str": "    offset = (page - 1) * size + 1\n",
                "new_str": "    offset = (page - 1) * size\n",
            },
            "The file /workspace/api/app/paging.py has been edited.",
            write=True,
        ),
    ),
    turn(
        "Now I'll verify the behaviour directly and rerun the tests.",
        do(
            "bash",
            {
                "command": "cd /workspace/api && python -c \"from app.paging import page_of; x=list(range(1,8)); print([page_of(x,p,3) for p in (1,2,3,4)])\" && python -m pytest -q && git diff --stat"
            },
            """[[1, 2, 3], [4, 5, 6], [7], []]
...                                                                      [100%]
3 passed in 0.29s
 app/paging.py | 2 +-
 1 file changed, 1 insertion(+), 1 deletion(-)
""",
        ),
    ),
    """Fixed. The cause was an off-by-one in `page_of` (`app/paging.py`): the offset was computed as

```python
offset = (page - 1) * size + 1
```

so every page started one item too late. I removed the `+ 1`.

**Verification**
- With items 1–7 and a page size of 3, pages 1 to 4 are now `[1, 2, 3]`, `[4, 5, 6]`, `[7]` and `[]`.
- The 3 existing tests pass. They also passed before, since none of them checks *which* items a page holds; you may want to add a test for that.

I left the existing `TODO: validate size as well` alone, since it's a separate matter: with `size=0` every page would be empty.""",
)

add(
    "npm test fails on my machine in CI timezone. figure out why and fix the source (not the test!)",
    turn(
        "",
        do(
            "run_terminal_cmd",
            {"command": "TZ=UTC npx jest --silent 2>&1 | tail -40", "is_background": False},
            """FAIL src/formatDate.test.ts
  ● formatDate › formats an ISO date

    expect(received).toBe(expected) // Object.is equality

    Expected: "2024-03-31"
    Received: "2024-03-30"

      4 |   it("formats an ISO date", () => {
    > 5 |     expect(formatDate("2024-03-31T00:30:00+01:00", "Europe/Berlin")).toBe("2024-03-31");
        |                                                                     ^
      6 |   });

Tests:       1 failed, 11 passed, 12 total
""",
        ),
        do(
            "read_file",
            {"target_file": "src/formatDate.ts"},
            """export function formatDate(iso: string, timeZone: string): string {
  const d = new Date(iso);
  const pad = (n: number) => String(n).padStart(2, "0");
  return `${d.getFullYear()}-${pad(d.getMonth() + 1)}-${pad(d.getDate())}`;
}
""",
        ),
    ),
    turn(
        "`formatDate` ignores its `timeZone` argument and uses the host's zone. I'll use `Intl.DateTimeFormat` with the zone that was asked for.",
        do(
            "edit_file",
            {
                "target_file": "src/formatDate.ts",
                "code_edit": 'export function formatDate(iso: string, timeZone: string): string {\n  // en-CA formats as YYYY-MM-DD\n  return new Intl.DateTimeFormat("en-CA", {\n    timeZone,\n    year: "numeric",\n    month: "2-digit",\n    day: "2-digit",\n  }).format(new Date(iso));\n}\n',
            },
            "Applied edit to src/formatDate.ts",
            write=True,
        ),
    ),
    turn(
        "",
        do(
            "run_terminal_cmd",
            {
                "command": "for tz in UTC Europe/Berlin America/Los_Angeles Asia/Tokyo; do echo $tz; TZ=$tz npx jest --silent 2>&1 | grep ^Tests; done",
                "is_background": False,
            },
            """UTC
Tests:       12 passed, 12 total
Europe/Berlin
Tests:       12 passed, 12 total
America/Los_Angeles
Tests:       12 passed, 12 total
Asia/Tokyo
Tests:       12 passed, 12 total
""",
        ),
    ),
    """The test was right and the source was wrong. 🎯

**Cause:** `formatDate` took a `timeZone` argument but never used it. `getFullYear()`, `getMonth()` and `getDate()` work in the *host's* zone, so in UTC `2024-03-31T00:30+01:00` is still March 30 (23:30). On a machine in Berlin it happened to work.

**Fix** (`src/formatDate.ts`):

```ts
return new Intl.DateTimeFormat("en-CA", {
  timeZone,
  year: "numeric",
  month: "2-digit",
  day: "2-digit",
}).format(new Date(iso));
```

`en-CA` is used because it yields `YYYY-MM-DD`.

All 12 tests now pass with `TZ` set to UTC, Europe/Berlin, America/Los_Angeles and Asia/Tokyo. No test was touched.""",
)

add(
    "cargo build complains about a moved value in src/main.rs, can you sort it out?",
    turn(
        "",
        do(
            "bash",
            {"command": "cargo build 2>&1; cat src/main.rs"},
            """   Compiling tally v0.1.0 (/workspace/tally)
error[E0382]: borrow of moved value: `words`
 --> src/main.rs:9:42
  |
6 |     let words: Vec<String> = std::env::args().skip(1).collect();
  |         ----- move occurs because `words` has type `Vec<String>`, which does not implement the `Copy` trait
7 |     for w in words {
  |              ----- `words` moved due to this implicit call to `.into_iter()`
9 |     println!("{} words, {} unique", words.len(), seen.len());
  |                                     ^^^^^ value borrowed here after move

error: could not compile `tally` (bin "tally") due to 1 previous error
use std::collections::HashMap;

fn main() {
    let mut seen: HashMap<String, usize> = HashMap::new();

    let words: Vec<String> = std::env::args().skip(1).collect();
    for w in words {
        *seen.entry(w).or_insert(0) += 1; }
    println!("{} words, {} unique", words.len(), seen.len());
}
""",
        ),
    ),
    turn(
        "The loop consumes `words`. Borrowing it and cloning each key is enough here.",
        do(
            "bash",
            {
                "command": "sed -i 's/for w in words {/for w in \\&words {/; s/seen.entry(w)/seen.entry(w.clone())/' src/main.rs && cargo build 2>&1 && ./target/debug/tally a b a c"
            },
            """   Compiling tally v0.1.0 (/workspace/tally)
    Finished `dev` profile [unoptimized + debuginfo] target(s) in 0.42s
4 words, 3 unique
""",
            write=True,
        ),
    ),
    "It builds now, and `tally a b a c` prints `4 words, 3 unique`.\n\n**What was wrong:** `for w in words` calls `words.into_iter()`, which *moves* the `Vec<String>`, so `words.len()` afterwards was no longer allowed (E0382). I changed two spots in `src/main.rs`:\n\n```rust\nfor w in &words {\n    *seen.entry(w.clone()).or_insert(0) += 1;\n}\n```\n\nIf you'd rather avoid the clones, a `HashMap<&str, usize>` with `w.as_str()` as the key works too.",
)

add(
    "Our Go worker pool sometimes prints the wrong total. Is it a race? If so fix it.",
    turn(
        "I'll read the code and run the race detector.",
        do(
            "filesystem__read_text_file",
            {"path": "/workspace/pool/pool.go"},
            """package pool

import "sync"

// Sum adds up the squares of xs with n workers.
func Sum(xs []int, n int) int {
	var wg sync.WaitGroup
	ch := make(chan int)
	total := 0
	for i := 0; i < n; i++ {
		wg.Add(1)
		go func() {
			defer wg.Done()
			for x := range ch {
				total += x * x
			}
		}()
	}
	for _, x := range xs {
		ch <- x
	}
	close(ch)
	wg.Wait()
	return total
}
""",
        ),
        do(
            "shell__execute",
            {"cmd": "go test -race ./...", "cwd": "/workspace/pool"},
            """==================
WARNING: DATA RACE
Read at 0x00c0000142a8 by goroutine 9:
  example.com/pool.Sum.func1()
      /workspace/pool/pool.go:15 +0x9c
Previous write at 0x00c0000142a8 by goroutine 8:
  example.com/pool.Sum.func1()
      /workspace/pool/pool.go:15 +0xb0
==================
--- FAIL: TestSum (0.01s)
    testing.go:1465: race detected during execution of test
FAIL
FAIL	example.com/pool	0.021s
""",
        ),
    ),
    turn(
        "Confirmed: `total += x * x` is executed by several goroutines without synchronisation. I'll keep a local sum per worker and add it up atomically.",
        do(
            "filesystem__edit_file",
            {
                "path": "/workspace/pool/pool.go",
                "edits": [
                    {"oldText": 'import "sync"', "newText": 'import (\n\t"sync"\n\t"sync/atomic"\n)'},
                    {"oldText": "\ttotal := 0\n", "newText": "\tvar total atomic.Int64\n"},
                    {
                        "oldText": "\t\t\tfor x := range ch {\n\t\t\t\ttotal += x * x\n\t\t\t}\n",
                        "newText": "\t\t\tlocal := 0\n\t\t\tfor x := range ch {\n\t\t\t\tlocal += x * x\n\t\t\t}\n\t\t\ttotal.Add(int64(local))\n",
                    },
                    {"oldText": "\treturn total\n", "newText": "\treturn int(total.Load())\n"},
                ],
            },
            "Successfully applied 4 edits to /workspace/pool/pool.go",
            write=True,
        ),
    ),
    turn(
        "",
        do("shell__execute", {"cmd": "gofmt -l . ; go vet ./... && go test -race -count=50 ./...", "cwd": "/workspace/pool"}, "ok  \texample.com/pool\t1.873s\n"),
    ),
    "Yes, it was a data race. The workers all executed `total += x * x` (line 15 of `pool.go`) on the same variable; that is a read followed by a write, so updates from two goroutines could overwrite each other and the total came out too low.\n\nThe fix: each worker keeps its own `local` sum and adds it once to an `atomic.Int64` when its channel is drained. That removes the race and also avoids contention per element.\n\nI ran `go test -race -count=50 ./...`: it passes, with no race reported. `go vet` and `gofmt` are clean too.",
)

add(
    "Compile solution.cpp and tell me what's wrong",
    turn(
        "",
        do(
            "execute_command",
            {"command": "g++ -std=c++17 -Wall -o solution solution.cpp"},
            """solution.cpp: In function 'int main()':
solution.cpp:8:28: error: no matching function for call to 'sum(std::vector<std::string>&)'
    8 |     std::cout << sum(names) << '\\n';
      |                  ~~~^~~~~~~
solution.cpp:4:5: note: candidate: 'int sum(const std::vector<int>&)'
    4 | int sum(const std::vector<int>& v) { return std::accumulate(v.begin(), v.end(), 0); }
      |     ^~~
solution.cpp:4:5: note:   no known conversion for argument 1 from 'vector<std::string>' to 'const vector<int>&'
""",
        ),
    ),
    "The compilation fails with one error, on **line 8**: `sum(names)` passes a `vector<string>`, but the only `sum` (line 4) takes a `const vector<int>&`, and there is no conversion between the two.\n\nDepending on what you meant, you can:\n\n- **Sum the lengths:** build a `vector<int>` of `s.size()` first.\n- **Concatenate the strings:** make it a template that starts from a default value:\n\n```cpp\ntemplate <typename T>\nT sum(const std::vector<T>& v) {\n    return std::accumulate(v.begin(), v.end(), T{});\n}\n```\n\nWith that, `vector<int>` yields a number and `vector<string>` one long string. Shall I apply one of them?",
)

add(
    "list all TODOs and FIXMEs in the repo",
    turn(
        "",
        do(
            "grep_search",
            {"query": "TODO|FIXME", "is_regexp": True, "include_pattern": "**/*.py"},
            "src/cache.py:18:    # TODO: evict by age, not by count\nsrc/cache.py:44:    # FIXME: not thread-safe\nsrc/io/load.py:7:# TODO(lena): support .parquet\ntests/test_cache.py:30:    # TODO: test eviction\n",
        ),
    ),
    """There are four, three TODOs and one FIXME:

| File | Line | Comment |
|---|---|---|
| `src/cache.py` | 18 | `TODO: evict by age, not by count` |
| `src/cache.py` | 44 | `FIXME: not thread-safe` |
| `src/io/load.py` | 7 | `TODO(lena): support .parquet` |
| `tests/test_cache.py` | 30 | `TODO: test eviction` |

I searched Python files only; tell me if I should include other file types.""",
)

add(
    "who last touched config/limits.yaml and why?",
    turn(
        "",
        do(
            "git_log",
            {"path": "config/limits.yaml", "max_count": 1},
            "commit 4be07a91c2\nAuthor: Tomasz W. <tomasz@users.noreply.github.com>\nDate:   Tue Feb 11 16:02:33 2025 +0100\n\n    Raise upload limit to 50 MB\n\n    Support asked for it, videos from phones kept failing. Closes #812.\n",
        ),
    ),
    "Tomasz W. changed it last, on **February 11, 2025** (commit `4be07a91c2`). The upload limit was raised to 50 MB because videos from phones kept failing and support had asked for it (closes #812).",
)

add(
    "Triage the open bugs in acme/reader: which ones are likely the same root cause?",
    turn(
        "I'll list the open issues with the bug label.",
        do(
            "github__list_issues",
            {"owner": "acme", "repo": "reader", "state": "open", "labels": ["bug"]},
            """[
 {"number": 341, "title": "Crash opening EPUB with Arabic title", "comments": 4, "created_at": "2025-02-18"},
 {"number": 338, "title": "Library shows ??? instead of author name", "comments": 2, "created_at": "2025-02-15"},
 {"number": 330, "title": "Dark mode: selected text unreadable", "comments": 1, "created_at": "2025-02-02"},
 {"number": 327, "title": "Sync deletes bookmarks", "comments": 9, "created_at": "2025-01-30"}
]""",
        ),
    ),
    turn(
        "341 and 338 both smell like an encoding problem. I'll read the threads of all four.",
        do("github__get_issue", {"owner": "acme", "repo": "reader", "issue_number": 341}, "Opening any EPUB whose title has non-ASCII characters crashes since 2.8.\n\n```\nUnicodeDecodeError: 'ascii' codec can't decode byte 0xd8 in position 0\n  File \"reader/meta.py\", line 61, in parse_opf\n```\n\n> maintainer: we changed `open(..., encoding=...)` in #319, could be that."),
        do("github__get_issue", {"owner": "acme", "repo": "reader", "issue_number": 338}, "Authors such as Borges or Brontë... the ë shows as `???`. Started with 2.8. Title is fine when it is English."),
        do("github__get_issue", {"owner": "acme", "repo": "reader", "issue_number": 330}, "Selection colour is the same as the background in dark mode."),
        do("github__get_issue", {"owner": "acme", "repo": "reader", "issue_number": 327}, "Bookmarks vanish when the tablet syncs after the phone. Happens since at least 2.5. Clock of the tablet was 3 min behind."),
    ),
    turn(
        "Now the change that the maintainer suspects.",
        do(
            "github__get_pull_request_diff",
            {"owner": "acme", "repo": "reader", "pull_number": 319},
            """--- a/reader/meta.py
+++ b/reader/meta.py
@@ -58,4 +58,4 @@ def parse_opf(path):
-    with open(path, encoding="utf-8") as f:
-        text = f.read()
+    with open(path, encoding=DEFAULT_ENCODING, errors=ERRORS) as f:
+        text = f.read()
--- a/reader/settings.py
+++ b/reader/settings.py
@@ -1,2 +1,4 @@
+DEFAULT_ENCODING = "ascii"
+ERRORS = "strict"
""",
        ),
    ),
    """## Triage of the 4 open bugs in `acme/reader`

### 🔗 Likely the same root cause: #341 and #338
Both started with 2.8 and both involve non-ASCII metadata. PR **#319** replaced `encoding="utf-8"` in `parse_opf` with a new `DEFAULT_ENCODING = "ascii"`.

- **#341** is a direct match: the `UnicodeDecodeError` comes from `reader/meta.py`, line 61, inside the function that was changed.
- **#338** fits less perfectly. `errors="strict"` should raise an error rather than show `???`, so there may be a second place that replaces characters (when writing to the library, for example). Same version and same kind of input, though, so I'd fix #341 first and then retest.

**Suggested fix:** set `DEFAULT_ENCODING = "utf-8"` in `reader/settings.py`.

### Independent
| Issue | Topic | Assessment |
|---|---|---|
| #327 | Sync deletes bookmarks | **Highest impact** (data loss, 9 comments). Older than 2.8; the tablet's clock lagging 3 minutes suggests last-write-wins by wall clock. |
| #330 | Dark mode selection | Cosmetic; a single colour to change. |

### Proposed order
1. #327 – data loss
2. #341 (then retest #338) – probably a one-line fix
3. #330

I haven't labelled or commented on anything. Want me to link #338 to #341?""",
)

add(
    "Add unit tests for slugify in lib/text.py, put them in tests/test_text.py (doesn't exist yet) and run them.",
    turn(
        "",
        do(
            "bash",
            {"command": "cat lib/text.py; ls tests"},
            'import re\nimport unicodedata\n\n\ndef slugify(text: str) -> str:\n    """Make `text` safe for a URL."""\n    text = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()\n    return re.sub(r"[^a-z0-9]+", "-", text.lower()).strip("-")\n__init__.py\ntest_io.py\n',
        ),
    ),
    turn(
        "I'll write the tests now.",
        do(
            "str_replace_editor",
            {
                "command": "create",
                "path": "tests/test_text.py",
                "file_text": 'import pytest\n\nfrom lib.text import slugify\n\n\n@pytest.mark.parametrize(\n    ("text", "slug"),\n    [\n        ("Hello World", "hello-world"),\n        ("  spaces  around ", "spaces-around"),\n        ("Crème brûlée", "creme-brulee"),\n        ("a--b__c", "a-b-c"),\n        ("C++ & Rust!", "c-rust"),\n        ("2024", "2024"),\n        ("", ""),\n        ("!!!", ""),\n        ("日本", ""),\n    ],\n)\ndef test_slugify(text, slug):\n    assert slugify(text) == slug\n\n\ndef test_is_idempotent():\n    once = slugify("Ünïcode – and dashes")\n    assert slugify(once) == once\n',
            },
            "New file created at tests/test_text.py",
            write=True,
        ),
    ),
    turn("", do("bash", {"command": "python -m pytest tests/test_text.py -q"}, "..........                                                               [100%]\n10 passed in 0.08s\n")),
    "I added `tests/test_text.py` with 10 test cases for `slugify`, and **all 10 pass**. They cover plain words, surrounding spaces, accents, repeated separators, punctuation, digits, empty results and idempotence.\n\nOne thing that the tests document rather than fix: text without any Latin letters, such as `日本`, becomes an empty slug. If you use slugs as URLs, that could collide; you may want a fallback (an id, or transliteration).",
)

add(
    "docker build fails, log says something with pip. pls fix",
    turn(
        "",
        do("bash", {"command": "cat Dockerfile requirements.txt && docker build -q . 2>&1 | tail -8"}, """FROM python:3.12-slim
WORKDIR /app
COPY . .
RUN pip install -r requirements.txt
CMD ["python", "serve.py"]
flask==3.0.3
psycopg2==2.9.9
ERROR: failed to solve: process "/bin/sh -c pip install -r requirements.txt" did not complete successfully: exit code: 1
      Error: pg_config executable not found.

      pg_config is required to build psycopg2 from source.  Please add the directory
      containing pg_config to the $PATH or specify the full executable path with the
      option:
          python setup.py build_ext --pg-config /path/to/pg_config build ...
""", "tool_error"),
    ),
    turn(
        "`psycopg2` is compiled from source and the slim image has no PostgreSQL headers or compiler. The binary wheel avoids both.",
        do("bash", {"command": "sed -i 's/^psycopg2==/psycopg2-binary==/' requirements.txt && docker build -q . && docker run --rm $(docker build -q .) python -c 'import psycopg2, flask; print(psycopg2.__version__)'"}, "sha256:9d1f3c5e77aa\n2.9.9 (dt dec pq3 ext lo64)\n", write=True),
    ),
    "The image builds again. The cause was `psycopg2`, which pip compiles from source and which needs `pg_config` (not part of `python:3.12-slim`).\n\nI changed one line in `requirements.txt`:\n\n```diff\n-psycopg2==2.9.9\n+psycopg2-binary==2.9.9\n```\n\nInside the new image `import psycopg2` works and reports 2.9.9. For production its maintainers recommend building from source; in that case install `libpq-dev` and `gcc` in the Dockerfile instead.",
)

add(
    "Make mypy pass in strict mode for the pricing package. Don't just sprinkle type: ignore.",
    turn(
        "",
        do(
            "bash",
            {"command": "mypy --strict pricing; cat pricing/tax.py pricing/cart.py"},
            """pricing/tax.py:4: error: Function is missing a type annotation  [no-untyped-def]
pricing/cart.py:12: error: Returning Any from function declared to return "Decimal"  [no-any-return]
pricing/cart.py:12: error: Call to untyped function "with_tax" in typed context  [no-untyped-call]
Found 3 errors in 2 files (checked 3 source files)
from decimal import Decimal


def with_tax(net, rate=None):
    if rate is None:
        rate = Decimal("0.19")
    return (net * (1 + rate)).quantize(Decimal("0.01"))
from dataclasses import dataclass, field
from decimal import Decimal

from pricing.tax import with_tax


@dataclass
class Cart:
    prices: list[Decimal] = field(default_factory=list)

    def total(self) -> Decimal:
        return with_tax(sum(self.prices, Decimal(0)))
""",
        ),
    ),
    turn(
        "All three stem from the one untyped function.",
        do(
            "str_replace_editor",
            {
                "command": "str_replace",
                "path": "pricing/tax.py",
                "old_str": "def with_tax(net, rate=None):",
                "new_str": "def with_tax(net: Decimal, rate: Decimal | None = None) -> Decimal:",
            },
            "The file pricing/tax.py has been edited.",
            write=True,
        ),
        do("bash", {"command": "mypy --strict pricing && python -m pytest -q"}, "Success: no issues found in 3 source files\n.....                                                                    [100%]\n5 passed in 0.12s\n"),
    ),
    "`mypy --strict pricing` now reports no issues, and the 5 tests still pass. All three errors came from a single place: `with_tax` in `pricing/tax.py` had no annotations. It is now\n\n```python\ndef with_tax(net: Decimal, rate: Decimal | None = None) -> Decimal:\n```\n\nNo `type: ignore` was needed and the behaviour is unchanged.",
)

add(
    "What does the retry helper in utils/net.js do exactly?",
    turn(
        "",
        do(
            "readFile",
            {"path": "utils/net.js"},
            """export async function retry(fn, { tries = 4, base = 250 } = {}) {
  for (let i = 0; ; i++) {
    try {
      return await fn();
    } catch (e) {
      if (i + 1 >= tries || e.status === 404) throw e;
      await new Promise((r) => setTimeout(r, base * 2 ** i));
    }
  }
}
""",
        ),
    ),
    """`retry(fn, options)` calls the async function `fn` until it succeeds, with **exponential backoff** between attempts:

1. It runs `fn()` and returns its value if that works.
2. If it throws, `retry` gives up and rethrows when
   - this was the last of `tries` attempts (default **4**), or
   - the error has `status === 404`. A 404 means that the resource does not exist, so trying again would be pointless.
3. Otherwise it waits `base * 2 ** i` milliseconds and tries again.

With the defaults the waits are **250, 500 and 1000 ms**, i.e. at most 1.75 s of waiting before the fourth attempt.

Two things it does *not* do: there is no jitter (many clients would retry in lockstep), and other client errors such as 400 or 401 are retried although they'd usually fail again.""",
)

add(
    "Write primes.py in the workspace that prints all primes below n (argument) and show me it works for 50",
    turn(
        "",
        do(
            "write_file",
            {
                "path": "primes.py",
                "content": 'import sys\n\n\ndef primes_below(n: int) -> list[int]:\n    """Sieve of Eratosthenes."""\n    if n < 3:\n        return []\n    sieve = bytearray([1]) * n\n    sieve[0] = sieve[1] = 0\n    for i in range(2, int(n**0.5) + 1):\n        if sieve[i]:\n            sieve[i * i :: i] = bytes(len(range(i * i, n, i)))\n    return [i for i, prime in enumerate(sieve) if prime]\n\n\nif __name__ == "__main__":\n    print(*primes_below(int(sys.argv[1])))\n',
            },
            "Wrote 455 bytes to primes.py",
            write=True,
        ),
        do("run_python", {"file": "primes.py", "args": ["50"]}, "2 3 5 7 11 13 17 19 23 29 31 37 41 43 47\n"),
    ),
    "`primes.py` is in the workspace. `python primes.py 50` prints the 15 primes below 50:\n\n```\n2 3 5 7 11 13 17 19 23 29 31 37 41 43 47\n```\n\nIt uses the sieve of Eratosthenes, so it's fast even for a few million.",
)

add(
    "Upgrade our Django app from 4.2 to 5.1 and get the test-suite green",
    turn(
        "First the state before the upgrade, so that I can tell old failures from new ones.",
        do(
            "bash",
            {"command": "pip list 2>/dev/null | grep -i django; python -m pytest -q 2>&1 | tail -8"},
            """Django                 4.2.16
django-filter          23.5
........................F.......                                         [100%]
=================================== FAILURES ===================================
FAILED tests/test_mail.py::test_smtp_roundtrip - ConnectionRefusedError: [Errno 111] Connection refused
1 failed, 31 passed in 6.02s
""",
        ),
    ),
    turn(
        "One test already fails before the upgrade, since there is no SMTP server here. Now the upgrade.",
        do(
            "bash",
            {"command": "sed -i 's/^Django==.*/Django==5.1.2/; s/^django-filter==.*/django-filter==24.3/' requirements.txt && pip install -q -r requirements.txt && python -m pytest -q 2>&1 | tail -12"},
            """ImportError while loading conftest '/workspace/shop/tests/conftest.py'.
tests/conftest.py:4: in <module>
    from shop.models import Order
shop/models.py:3: in <module>
    from django.utils.timezone import utc
E   ImportError: cannot import name 'utc' from 'django.utils.timezone'
""",
            write=True,
        ),
    ),
    turn(
        "`django.utils.timezone.utc` was removed in Django 5.0. I'll see where it's used.",
        do("bash", {"command": "grep -rnE 'timezone import utc|index_together|USE_L10N|\\butc\\b' shop config"}, "shop/models.py:3:from django.utils.timezone import utc\nshop/models.py:27:    created = models.DateTimeField(default=lambda: datetime.now(tz=utc))\nshop/models.py:34:        index_together = [('customer', 'created')]\nconfig/settings.py:88:USE_L10N = True\n"),
    ),
    turn(
        "Three removals concern us. I'll fix each, and generate the migration for the index (5.1 no longer knows `index_together`).",
        do(
            "bash",
            {
                "command": "sed -i \"s/^from django.utils.timezone import utc/from datetime import timezone/; s/tz=utc/tz=timezone.utc/; s/index_together = \\[('customer', 'created')\\]/indexes = [models.Index(fields=['customer', 'created'])]/\" shop/models.py && sed -i '/^USE_L10N/d' config/settings.py && git diff shop config && python manage.py makemigrations shop"
            },
            """diff --git a/config/settings.py b/config/settings.py
@@ -85,4 +85,3 @@
-USE_L10N = True
diff --git a/shop/models.py b/shop/models.py
@@ -1,4 +1,4 @@
-from django.utils.timezone import utc
+from datetime import timezone
@@ -27 +27 @@
-    created = models.DateTimeField(default=lambda: datetime.now(tz=utc))
+    created = models.DateTimeField(default=lambda: datetime.now(tz=timezone.utc))
@@ -34 +34 @@
-        index_together = [('customer', 'created')]
+        indexes = [models.Index(fields=['customer', 'created'])]
Migrations for 'shop':
  shop/migrations/0012_rename_order_customer_created.py
    - Rename unnamed index for ('customer', 'created') on order to shop_order_custome_1f0a_idx
""",
            write=True,
        ),
    ),
    turn(
        "",
        do(
            "bash",
            {"command": "python manage.py check && python -m pytest -q 2>&1 | tail -8"},
            """System check identified no issues (0 silenced).
........................F.......                                         [100%]
=================================== FAILURES ===================================
FAILED tests/test_mail.py::test_smtp_roundtrip - ConnectionRefusedError: [Errno 111] Connection refused
1 failed, 31 passed in 5.71s
""",
        ),
    ),
    """The app now runs on **Django 5.1.2**, but the suite is **not fully green**: 31 of 32 tests pass and one fails, the same one as before the upgrade.

### Still failing
`tests/test_mail.py::test_smtp_roundtrip` gets `ConnectionRefusedError`: it needs an SMTP server, and none is running in this sandbox. It isn't related to Django. I didn't skip or change it; it should pass where a mail server is reachable.

### What I changed
| File | Change |
|---|---|
| `requirements.txt` | Django 4.2.16 → 5.1.2, django-filter 23.5 → 24.3 |
| `shop/models.py` | `django.utils.timezone.utc` (removed in 5.0) → `datetime.timezone.utc` |
| `shop/models.py` | `index_together` (removed in 5.1) → `Meta.indexes` |
| `config/settings.py` | dropped `USE_L10N`, which has no effect any more |
| `shop/migrations/0012_rename_order_customer_created.py` | generated: renames the existing index, no table rewrite |

### Before deploying
1. Run `python manage.py migrate` on staging (I have only generated the migration).
2. Check your PostgreSQL version: Django 5.1 requires 13 or newer.""",
)

add(
    "Why did the last CI run on main fail?",
    turn(
        "",
        do("gh", {"args": ["run", "list", "--branch", "main", "--limit", "1"]}, "STATUS  TITLE                    WORKFLOW  BRANCH  EVENT  ID           ELAPSED  AGE\nX       Bump eslint to 9 (#540)  ci        main    push   11820044511  2m14s    about 3 hours ago\n"),
    ),
    turn(
        "",
        do("gh", {"args": ["run", "view", "11820044511", "--log-failed"]}, """lint	Run npx eslint .	
lint	Run npx eslint .	Oops! Something went wrong! :(
lint	Run npx eslint .	
lint	Run npx eslint .	ESLint: 9.14.0
lint	Run npx eslint .	
lint	Run npx eslint .	ESLint couldn't find an eslint.config.(js|mjs|cjs) file.
lint	Run npx eslint .	
lint	Run npx eslint .	From ESLint v9.0.0, the default configuration file is now eslint.config.js.
lint	Run npx eslint .	##[error]Process completed with exit code 2.
"""),
    ),
    "The last run on `main` (11820044511, *Bump eslint to 9 (#540)*) failed in the **lint** job. ESLint 9.14.0 found no `eslint.config.js`: since v9 the old `.eslintrc.*` format is no longer read by default.\n\nYou can either migrate (`npx @eslint/migrate-config .eslintrc.json`, or whatever your file is called) or go back to ESLint 8 until there's time for it.",
)

add(
    "Review PR 77 in shopkit/checkout and be critical",
    turn(
        "",
        do("github.getPullRequest", {"repo": "shopkit/checkout", "number": 77}, '{"number":77,"title":"Apply coupon before tax","state":"open","additions":16,"deletions":3,"changed_files":2,"mergeable":true,"checks":"passing"}'),
        do(
            "github.getDiff",
            {"repo": "shopkit/checkout", "number": 77},
            """diff --git a/src/total.ts b/src/total.ts
@@ -10,9 +10,18 @@ export interface Line { price: number; qty: number }
-export function total(lines: Line[], rate: number): number {
-  const net = lines.reduce((s, l) => s + l.price * l.qty, 0);
-  return net * (1 + rate);
+export interface Coupon { kind: "percent" | "fixed"; value: number }
+
+export function total(lines: Line[], rate: number, coupon?: Coupon): number {
+  let net = lines.reduce((s, l) => s + l.price * l.qty, 0);
+  if (coupon) {
+    if (coupon.kind == "percent") net = net - net * coupon.value;
+    else net = net - coupon.value;
+  }
+  return Math.round(net * (1 + rate) * 100) / 100;
 }
diff --git a/src/total.test.ts b/src/total.test.ts
@@ -14,0 +15,5 @@
+test("percent coupon", () => {
+  expect(total([{ price: 10, qty: 2 }], 0.2, { kind: "percent", value: 0.1 })).toBe(21.6);
+});
""",
        ),
        thinking="Issues: fixed coupon may make net negative; percent value semantic 0.1 vs 10; rounding behaviour change for no-coupon; == vs ===; no test for fixed. Test: 20*0.9=18*1.2=21.6 correct.",
    ),
    """## Review of #77 – *Apply coupon before tax*

**Verdict: request changes.** The idea is right and the one new test is correct (20 × 0.9 × 1.2 = 21.6), but a fixed coupon can produce a negative total.

### 🔴 Must fix
1. **Negative totals.** With `kind: "fixed"` nothing stops the coupon from exceeding the net amount; a 30 coupon on a 20 basket gives −12.00 at a 20 % rate. Clamp it:
   ```ts
   net = Math.max(0, net - coupon.value);
   ```
2. **No test for the fixed branch**, which is exactly where the bug is.

### 🟡 Should fix
3. **Unit of `value` is ambiguous.** For `percent`, `0.1` means 10 %. Somebody *will* pass `10`, giving a net of −9× the basket. Document it, or validate `0 <= value && value <= 1`.
4. **Rounding changes for everybody.** Orders *without* a coupon are now rounded to two decimals too. Probably desirable, but it deserves a mention in the description, and floating-point cents are fragile anyway; integers in cents would be safer.

### 🟢 Nits
- `coupon.kind == "percent"` → `===`, as the linter will likely ask.
- `net -= net * coupon.value` reads better.

I haven't posted this on GitHub. Shall I submit it as a "request changes" review?""",
)

add(
    "I have a merge conflict in README.md, keep both sections please, theirs first",
    turn("", do("bash", {"command": "git status --short; cat README.md"}, """UU README.md
# Tidemark

<<<<<<< HEAD
## Install
pipx install tidemark
=======
## Licence
Apache-2.0, see LICENSE.
>>>>>>> feature/licence
""")),
    turn(
        "",
        do(
            "bash",
            {"command": "cat > README.md <<'EOF'\n# Tidemark\n\n## Licence\nApache-2.0, see LICENSE.\n\n## Install\npipx install tidemark\nEOF\ngrep -c -E '^(<<<<<<<|=======|>>>>>>>)' README.md; git add README.md && git status --short"},
            "0\nM  README.md\n",
            write=True,
        ),
    ),
    "The conflict in `README.md` is resolved and staged. Theirs (**Licence**) comes first, followed by yours (**Install**), and no conflict markers are left. I haven't committed the merge; run `git commit` when you're happy with it.",
)

add(
    "How much disk do the top 5 folders in /data use?",
    turn("", do("ssh_exec", {"host": "nas", "command": "du -sh /data/* | sort -rh | head -5; df -h /data | tail -1"}, "812G\t/data/video\n204G\t/data/photos\n96G\t/data/backups\n11G\t/data/docs\n3.4G\t/data/tmp\n/dev/md0        2.7T  1.2T  1.5T  45% /data\n")),
    "The five largest folders in `/data`:\n\n1. `/data/video` – 812 GB\n2. `/data/photos` – 204 GB\n3. `/data/backups` – 96 GB\n4. `/data/docs` – 11 GB\n5. `/data/tmp` – 3.4 GB\n\nThat's about 1.1 TB together. The volume has 1.2 TB of 2.7 TB in use (45 %), so there's plenty of room.",
)

add(
    "In src/store.ts, is there any place where we mutate the Map<string, number[]> after it's been exposed?",
    turn(
        "",
        do("code_search", {"pattern": "series", "path": "src/store.ts"}, """ 3: const series = new Map<string, number[]>();
 6: export function add(key: string, v: number) {
 7:   const xs = series.get(key) ?? [];
 8:   xs.push(v);
 9:   series.set(key, xs);
12: export function all(): ReadonlyMap<string, readonly number[]> {
13:   return series;
16: export function snapshot() {
17:   return new Map([...series].map(([k, v]) => [k, [...v]]));
"""),
    ),
    "Yes, one: `all()` (line 12) returns the live `series` map, only typed as `ReadonlyMap<string, readonly number[]>`. `add()` then mutates the very same arrays through `xs.push(v)` on line 8, so whoever holds the result of `all()` sees it change under their feet. The read-only types merely stop *callers* from writing.\n\n`snapshot()` (line 16) is safe, because it copies both the map and every array.\n\nEasiest remedy: let `all()` return `snapshot()`, or make `add()` replace the array: `series.set(key, [...xs, v])`.",
)

add(
    "Fix the button overlap on mobile in web/styles.css. I can't see the page on my phone properly, the two buttons in .hero collide below ~400px",
    turn("", do("view_file", {"path": "web/styles.css", "start": 40, "end": 62}, """.hero {
  display: flex;
  padding: 2rem;
}

.hero .btn {
  position: relative;
  min-width: 220px;
  margin-left: -8px;
}
""")),
    turn(
        "Two buttons of 220 px plus padding can't fit in 400 px, and the flex row neither wraps nor has a gap; the negative margin pulls them over each other.",
        do(
            "replace_in_file",
            {
                "path": "web/styles.css",
                "diff": "<<<<<<< SEARCH\n.hero {\n  display: flex;\n  padding: 2rem;\n}\n\n.hero .btn {\n  position: relative;\n  min-width: 220px;\n  margin-left: -8px;\n}\n=======\n.hero {\n  display: flex;\n  flex-wrap: wrap;\n  gap: 0.75rem;\n  padding: 2rem;\n}\n\n.hero .btn {\n  position: relative;\n  flex: 1 1 220px;\n}\n>>>>>>> REPLACE",
            },
            "web/styles.css updated",
            write=True,
        ),
        do("browser_screenshot_metrics", {"url": "http://localhost:8080/", "width": 375, "selector": ".hero .btn"}, '[{"x":32,"y":210,"w":311,"h":48},{"x":32,"y":270,"w":311,"h":48}]'),
    ),
    "Fixed in `web/styles.css`. At a width of 375 px the two buttons are now stacked, each 311 px wide, with 12 px between them (measured in the browser), so they no longer collide.\n\nWhat I changed:\n\n- `.hero` wraps (`flex-wrap: wrap`) and has a `gap` of 0.75rem.\n- `.hero .btn` uses `flex: 1 1 220px` in place of `min-width: 220px`.\n- The `margin-left: -8px`, which pulled one button over the other, is gone.\n\nOn wider screens they still sit side by side, but they now grow to fill the row. If you don't want that, use `flex: 0 1 220px`.",
)

add(
    "Bitte repariere den Test in rechnung/, der Rabatt wird falsch gerundet",
    turn(
        "Ich sehe mir zuerst den fehlschlagenden Test an.",
        do("bash", {"command": "cd rechnung && python -m pytest -q 2>&1 | tail -12; cat rabatt.py"}, """E       AssertionError: assert Decimal('2.68') == Decimal('2.69')
E        +  where Decimal('2.68') = rabatt(Decimal('17.90'), Decimal('0.15'))
test_rabatt.py:9: AssertionError
1 failed, 4 passed in 0.07s
from decimal import ROUND_HALF_EVEN, Decimal

CENT = Decimal("0.01")


def rabatt(betrag: Decimal, satz: Decimal) -> Decimal:
    return (betrag * satz).quantize(CENT, rounding=ROUND_HALF_EVEN)
"""),
    ),
    turn(
        "17,90 € × 15 % sind genau 2,685 €. `ROUND_HALF_EVEN` rundet das auf 2,68; erwartet wird kaufmännische Rundung.",
        do("bash", {"command": "cd rechnung && sed -i 's/ROUND_HALF_EVEN/ROUND_HALF_UP/g' rabatt.py && python -m pytest -q"}, ".....                                                                    [100%]\n5 passed in 0.05s\n", write=True),
    ),
    "Der Fehler ist behoben, alle 5 Tests laufen durch.\n\n**Ursache:** In `rabatt.py` wurde mit `ROUND_HALF_EVEN` gerundet („Banker's Rounding“). Bei 17,90 € × 15 % = 2,685 € ergibt das 2,68 €. Im kaufmännischen Sinn ist 2,69 € richtig, also verwende ich jetzt `ROUND_HALF_UP`. Am Test selbst habe ich nichts geändert.\n\nBitte bedenken: Alte Rechnungen mit Beträgen genau auf einem halben Cent weichen nun eventuell um einen Cent ab.",
)

add(
    "Run npm audit and tell me if anything is serious",
    turn(
        "",
        do("terminal", {"command": "npm audit --json | jq '{v: .metadata.vulnerabilities, list: [.vulnerabilities[] | {name, severity, via: [.via[] | if type==\"object\" then .title else . end], fix: .fixAvailable}]}'"}, """{
  "v": {"info": 0, "low": 1, "moderate": 2, "high": 1, "critical": 0, "total": 4},
  "list": [
    {"name": "cookie", "severity": "low", "via": ["cookie accepts cookie name, path, and domain with out of bounds characters"], "fix": true},
    {"name": "express", "severity": "moderate", "via": ["cookie", "express vulnerable to XSS via response.redirect()"], "fix": true},
    {"name": "send", "severity": "moderate", "via": ["send vulnerable to template injection that can lead to XSS"], "fix": true},
    {"name": "path-to-regexp", "severity": "high", "via": ["path-to-regexp outputs backtracking regular expressions"], "fix": true}
  ]
}"""),
    ),
    "`npm audit` finds 4 vulnerable packages: **1 high**, 2 moderate, 1 low, none critical.\n\n| Package | Severity | Problem |\n|---|---|---|\n| `path-to-regexp` | 🔴 high | regular expressions that backtrack (denial of service) |\n| `express` | 🟠 moderate | XSS via `response.redirect()` |\n| `send` | 🟠 moderate | template injection that can lead to XSS |\n| `cookie` | 🟡 low | accepts out-of-bounds characters |\n\nThe high one matters if your server is reachable from outside: a crafted URL can keep the event loop busy. All four have a fix available; `npm audit fix` should do. I haven't changed anything yet. Want me to run it?",
)

add(
    "Convert the callbacks in lib/load.js to async/await, keep behaviour, run the tests.",
    turn(
        "",
        do("fs.read", {"path": "lib/load.js"}, """const fs = require("fs");

function loadAll(paths, cb) {
  const out = [];
  let i = 0;
  (function next() {
    if (i === paths.length) return cb(null, out);
    fs.readFile(paths[i], "utf8", (err, text) => {
      if (err) return cb(err);
      out.push(JSON.parse(text));
      i++;
      next();
    });
  })();
}

module.exports = { loadAll };
"""),
        do("exec", {"cmd": "grep -rn loadAll --include=*.js . | grep -v node_modules"}, "./lib/load.js:3:function loadAll(paths, cb) {\n./lib/load.js:17:module.exports = { loadAll };\n./bin/merge.js:6:loadAll(process.argv.slice(2), (err, docs) => {\n./test/load.test.js:5:test(\"loads in order\", (t, done) => loadAll([a, b], (err, docs) => {\n"),
    ),
    "`loadAll` takes a callback in two places besides its own file: `bin/merge.js` and `test/load.test.js`. If I make it return a promise, both callers break. I could\n\n1. change `loadAll` **and** both callers (including the test's way of calling it), or\n2. make it async but still accept an optional callback, so nothing else needs to change.\n\nWhich one do you prefer?",
    Ask("2, good point"),
    turn(
        "",
        do(
            "fs.write",
            {
                "path": "lib/load.js",
                "content": 'const { readFile } = require("fs/promises");\n\nasync function readAll(paths) {\n  const out = [];\n  for (const path of paths) out.push(JSON.parse(await readFile(path, "utf8")));\n  return out;\n}\n\n/** Read JSON files in order. Returns a promise, or calls `cb` where it is given. */\nfunction loadAll(paths, cb) {\n  const docs = readAll(paths);\n  if (!cb) return docs;\n  docs.then(\n    (out) => process.nextTick(cb, null, out),\n    (err) => process.nextTick(cb, err),\n  );\n}\n\nmodule.exports = { loadAll };\n',
            },
            '{"ok":true}',
            write=True,
        ),
        do("exec", {"cmd": "node --test"}, "✔ loads in order (4.1ms)\n✔ reports a missing file (1.2ms)\nℹ tests 2\nℹ pass 2\nℹ fail 0\n"),
    ),
    "Done. `lib/load.js` now uses `async`/`await`, `loadAll` returns a promise, and the callback still works, so `bin/merge.js` and the test are unchanged. Both tests pass (`node --test`: 2 passed, 0 failed).\n\nOne deliberate improvement: a file with invalid JSON used to throw inside the `readFile` callback, where nobody could catch it. Now it reaches the callback or rejects the promise like any other error.",
)

# ---------------------------------------------------------------- search, documents, data analysis

add(
    "whats the newest stable version of ripgrep and what changed",
    turn("", do("web_search", {"query": "ripgrep latest release changelog"}, """1. Releases · BurntSushi/ripgrep - https://github.com/BurntSushi/ripgrep/releases
   14.1.1 - This is a minor release with a bug fix for a matching bug. In particular, a bug was found that could cause ripgrep to ignore lines that should match.
2. ripgrep - Arch Wiki ...
3. ripgrep/CHANGELOG.md at master
   14.1.1 (2024-09-08): Bug fixes: BUG #2884: Fix bug where ripgrep could miss some matches that it should report. Miscellaneous: MISC #2748: Remove ripgrep's `simd-accel` feature because it was frequently broken.
"""))
    ,
    "According to the changelog I found, the newest stable release is **ripgrep 14.1.1** (September 8, 2024). It is a small one:\n\n- **Bug fix (#2884):** ripgrep could miss some matches that it should report.\n- **Removed (#2748):** the `simd-accel` feature, because it was frequently broken.\n\nIf you depend on complete results, the bug fix alone makes the upgrade worthwhile. A newer version might not have shown up in the search yet; see https://github.com/BurntSushi/ripgrep/releases.",
)

add(
    "Find recent arXiv papers on speculative decoding with tree attention, I'd like 3 with a one-line summary each",
    turn(
        "",
        do(
            "arxiv-mcp__search_papers",
            {"query": "speculative decoding tree attention", "max_results": 5, "sort_by": "relevance"},
            """[{"id":"2305.09781","title":"SpecInfer: Accelerating Generative Large Language Model Serving with Tree-based Speculative Inference and Verification","published":"2023-05-16","authors":["Xupeng Miao","et al."],"abstract":"... uses small speculative models to predict the LLM's outputs; the predictions are organized as a token tree, whose nodes each represent a candidate token sequence. The correctness of all candidate token sequences is verified against the LLM in parallel ..."},
{"id":"2401.10774","title":"Medusa: Simple LLM Inference Acceleration Framework with Multiple Decoding Heads","published":"2024-01-19","authors":["Tianle Cai","et al."],"abstract":"... augments LLM inference by adding extra decoding heads to predict multiple subsequent tokens in parallel. Using a tree-based attention mechanism, Medusa constructs multiple candidate continuations and verifies them simultaneously in each decoding step. ..."},
{"id":"2406.16858","title":"EAGLE-2: Faster Inference of Language Models with Dynamic Draft Trees","published":"2024-06-24","authors":["Yuhui Li","et al."],"abstract":"... the acceptance rate of draft tokens is also context-dependent. We introduce context-aware dynamic draft trees ..."},
{"id":"2211.17192","title":"Fast Inference from Transformers via Speculative Decoding","published":"2022-11-30","authors":["Yaniv Leviathan","Matan Kalman","Yossi Matias"],"abstract":"..."}]""",
        ),
    ),
    """Here are three that fit well, newest first:

1. **EAGLE-2: Faster Inference of Language Models with Dynamic Draft Trees** ([2406.16858](https://arxiv.org/abs/2406.16858), June 2024). Shapes the draft tree dynamically, because how likely a draft token is to be accepted depends on the context.
2. **Medusa: Simple LLM Inference Acceleration Framework with Multiple Decoding Heads** ([2401.10774](https://arxiv.org/abs/2401.10774), January 2024). Adds extra decoding heads to the model itself and verifies several continuations at once with tree attention.
3. **SpecInfer** ([2305.09781](https://arxiv.org/abs/2305.09781), May 2023). Small models draft a token tree, which the large model verifies in parallel.

The search also returned the original speculative-decoding paper by Leviathan, Kalman and Matias (2211.17192), which has no trees but is the usual starting point. Shall I download any of them?""",
)

add(
    "go to the city library site and tell me opening hours on sundays, it's https://library.example.org",
    turn("", do("browser_navigate", {"url": "https://library.example.org"}, "- Page URL: https://library.example.org/\n- Page Title: City Library\n- Page Snapshot\n- banner:\n  - link \"Catalogue\" [ref=e4]\n  - link \"Visit us\" [ref=e5]\n  - link \"Events\" [ref=e6]\n- main:\n  - heading \"Welcome\" [level=1]\n  - paragraph: New: board games can now be borrowed for four weeks.")),
    turn("Opening hours should be under *Visit us*.", do("browser_click", {"element": "Visit us link", "ref": "e5"}, "- Page URL: https://library.example.org/visit\n- Page Snapshot\n- heading \"Opening hours\" [level=2]\n- table:\n  - row \"Mon-Fri 9:00-20:00\"\n  - row \"Saturday 10:00-18:00\"\n  - row \"Sunday 13:00-17:00 (reading rooms only, no service desk)\"\n- paragraph: Closed on public holidays.")),
    "On Sundays the City Library is open from **1 pm to 5 pm**, but only the reading rooms: the service desk is closed. It's also closed on public holidays.\n\n(Source: https://library.example.org/visit)",
)

add(
    "How much higher is Mont Blanc than the Großglockner, and what's that in feet?",
    turn(
        "",
        do("wikipedia.summary", {"title": "Mont Blanc"}, "Mont Blanc is a mountain in the Alps, rising 4,805.59 m (15,766 ft) above sea level (2023 survey). It is the highest mountain in the Alps and Western Europe."),
        do("wikipedia.summary", {"title": "Grossglockner"}, "The Grossglockner is, at 3,798 m (12,461 ft) above the Adriatic, the highest mountain in Austria."),
    ),
    "Mont Blanc (4,805.59 m in the 2023 survey) is about **1,008 m** higher than the Großglockner (3,798 m). That's roughly **3,305 feet** (15,766 ft − 12,461 ft).\n\nMont Blanc's ice cap makes its height vary by a metre or two from survey to survey, so treat the last digits with caution.",
)

add(
    "What's the weather like in Lisbon the next days? I need Fahrenheit, and tell me what to pack.",
    turn(
        "",
        do(
            "get_forecast",
            {"city": "Lisbon", "days": 4, "units": "metric"},
            '{"city":"Lisbon","daily":[{"date":"2025-10-06","max":24,"min":16,"rain_mm":0,"wind_kmh":12,"sky":"sunny"},{"date":"2025-10-07","max":26,"min":18,"rain_mm":0,"wind_kmh":10,"sky":"sunny"},{"date":"2025-10-08","max":21,"min":15,"rain_mm":8.4,"wind_kmh":31,"sky":"rain"},{"date":"2025-10-09","max":20,"min":14,"rain_mm":1.2,"wind_kmh":22,"sky":"partly cloudy"}]}',
        ),
    ),
    """### Lisbon, October 6–9, 2025

| Day | High | Low | Rain | Sky |
|---|---|---|---|---|
| Mon 6 | 75 °F | 61 °F | – | ☀️ sunny |
| Tue 7 | 79 °F | 64 °F | – | ☀️ sunny |
| Wed 8 | 70 °F | 59 °F | 0.33 in | 🌧️ rain, windy (19 mph) |
| Thu 9 | 68 °F | 57 °F | 0.05 in | ⛅ partly cloudy |

**What to pack**
- T-shirts and sunglasses for Monday and Tuesday
- A light sweater for the evenings, especially from Wednesday on
- A rain jacket rather than an umbrella: with gusty wind on Wednesday an umbrella won't last long
- Shoes with good grip; Lisbon's cobblestones get slippery in the rain

Have a great trip!""",
)

add(
    "plan a drive munich -> salzburg -> ljubljana -> trieste with total km and time. leaving 8am, 45 min stops in the two cities in between",
    turn(
        "",
        do("maps_directions", {"origin": "Munich", "destination": "Salzburg", "mode": "driving"}, '{"distance_km": 145, "duration_min": 102, "summary": "A8"}'),
        do("maps_directions", {"origin": "Salzburg", "destination": "Ljubljana", "mode": "driving"}, '{"distance_km": 288, "duration_min": 185, "summary": "A10/A11 Karawanks Tunnel", "warnings": ["toll", "vignette AT", "vignette SI"]}'),
        do("maps_directions", {"origin": "Ljubljana", "destination": "Trieste", "mode": "driving"}, '{"distance_km": 95, "duration_min": 65, "summary": "A1/A3", "warnings": ["vignette SI"]}'),
    ),
    """## Munich → Trieste: 528 km, 5 h 52 min of driving

| Leg | Route | Distance | Driving time | Depart | Arrive |
|---|---|---:|---:|---|---|
| Munich → Salzburg | A8 | 145 km | 1 h 42 | 8:00 | 9:42 |
| *Stop in Salzburg* | | | 0 h 45 | 9:42 | 10:27 |
| Salzburg → Ljubljana | A10/A11, Karawanks Tunnel | 288 km | 3 h 05 | 10:27 | 13:32 |
| *Stop in Ljubljana* | | | 0 h 45 | 13:32 | 14:17 |
| Ljubljana → Trieste | A1/A3 | 95 km | 1 h 05 | 14:17 | **15:22** |

With the two stops the whole trip takes **7 h 22 min**.

🎫 You'll need vignettes for Austria and Slovenia, and there's an extra toll on the Salzburg–Ljubljana leg. The times assume ordinary traffic; the A8 and the tunnel get congested on summer Saturdays.""",
)

add(
    "Compare AAPL and MSFT for the week of March 3, 2025: closes, change, average, range",
    turn(
        "",
        do("stockdata__daily", {"symbol": "AAPL", "start": "2025-03-03", "end": "2025-03-07"}, "date,close,volume\n2025-03-03,238.03,47184000\n2025-03-04,235.93,53798100\n2025-03-05,235.74,47227600\n2025-03-06,235.33,45170400\n2025-03-07,239.07,46273600\n"),
        do("stockdata__daily", {"symbol": "MSFT", "start": "2025-03-03", "end": "2025-03-07"}, "date,close,volume\n2025-03-03,388.49,23007700\n2025-03-04,388.61,29342900\n2025-03-05,401.02,23433100\n2025-03-06,396.89,23304600\n2025-03-07,393.31,22034100\n"),
    ),
    """**Closing prices, March 3–7, 2025 (USD)**

| | AAPL | MSFT |
|---|---:|---:|
| Mon | 238.03 | 388.49 |
| Tue | 235.93 | 388.61 |
| Wed | 235.74 | 401.02 |
| Thu | 235.33 | 396.89 |
| Fri | 239.07 | 393.31 |
| **Change Mon→Fri** | +1.04 (+0.44 %) | +4.82 (+1.24 %) |
| **Average** | 236.82 | 393.66 |
| **Range (high − low close)** | 3.74 | 12.53 |

Microsoft gained more, but most of it came on Wednesday (+12.41, or 3.2 %) and part was given back by Friday. Apple slid until Thursday and made it all up on Friday.

The change is measured from Monday's close; I don't have the close of the Friday before. This isn't investment advice.""",
)

add(
    "850 CHF to EUR and USD please",
    turn("", do("fx_rates", {"base": "CHF", "symbols": "EUR,USD"}, '{"base":"CHF","date":"2025-05-14","rates":{"EUR":1.0665,"USD":1.1940}}')),
    "At the rates of May 14, 2025, **850 CHF** is about\n\n- **€906.53** (1 CHF = 1.0665 EUR)\n- **$1,014.90** (1 CHF = 1.1940 USD)\n\nBanks and card issuers add a margin, so expect slightly less.",
)

add(
    "Read contract.pdf and tell me: how long is it, how can we get out of it, what does it cost, and anything that should worry us.",
    turn("", do("pdf_info", {"path": "contract.pdf"}, '{"pages": 4, "title": "Managed Hosting Agreement", "encrypted": false}')),
    turn(
        "",
        do(
            "pdf_extract_text",
            {"path": "contract.pdf", "pages": "1-2"},
            """MANAGED HOSTING AGREEMENT
between Kestrel Cloud GmbH ("Provider") and Birchwood Media AG ("Customer")

§1 Services. Provider operates the systems listed in Annex A (6 application servers, 2 database servers).
§2 Term. The agreement starts on 1 July 2025 and has a fixed initial term of 36 months. It then renews by 12 months
at a time unless terminated with 6 months' written notice to the end of the term.
§3 Fees. The monthly fee is EUR 7,400 plus VAT, payable in advance. Provider may adjust the fee once a year by the
change of the consumer price index, capped at 8 percent. Traffic above 20 TB per month is billed at EUR 45 per TB.
§4 Service level. Availability of 99.5 percent per calendar month. Below that, Customer receives a credit of 5 percent of
the monthly fee per started 0.5 percentage points, at most 20 percent. Planned maintenance is not counted.
""",
        ),
        do(
            "pdf_extract_text",
            {"path": "contract.pdf", "pages": "3-4"},
            """§5 Termination for cause. Either party may terminate without notice if the other commits a material breach and fails to remedy
it within 30 days of a written warning. Availability below 97 percent in three consecutive months counts as material breach.
§6 Liability. Provider's liability is limited to the fees of the last three months, except for intent and gross negligence.
§7 Data. On termination Provider hands over the data in a format of its choice within 60 days. Support for migration is
billed at EUR 165 per hour.
§8 Assignment. Provider may assign this agreement to an affiliate without Customer's consent.
§9 Law. German law, place of jurisdiction Leipzig.
""",
        ),
        thinking="36 months × 7400 = 266,400. 12 × 7400 = 88,800. Initial term ends 30 June 2028; notice by 31 December 2027. Availability 99.5% of 30-day month: 3.6 hours of downtime. 3 months' fees = 22,200. Credit cap 20% = 1,480.",
    ),
    """# Managed Hosting Agreement – summary

*Kestrel Cloud GmbH (provider) and Birchwood Media AG (customer), 4 pages*

## ⏳ Term
- Starts **1 July 2025**, fixed for **36 months**, i.e. until 30 June 2028 (§2).
- Then renews by 12 months at a time.

## 🚪 Ways out
| Route | Condition | § |
|---|---|---|
| Ordinary termination | 6 months' written notice to the end of the term, so by **31 December 2027** at the latest for the initial term | 2 |
| For cause | Material breach not remedied within 30 days of a written warning | 5 |
| Poor availability | Below 97 % in three consecutive months | 5 |

There's **no** way to leave early without cause.

## 💶 Cost
- **€7,400 a month** plus VAT, in advance: €88,800 a year, **€266,400** over the initial term before any adjustment.
- Annual increase by CPI, up to 8 %. In the worst case the fee would be €7,992 in year two and about €8,631 in year three.
- Traffic above 20 TB: €45 per TB.

## ⚠️ What would worry me
1. **Toothless SLA.** 99.5 % permits about 3.6 hours of downtime in a 30-day month, planned maintenance not counted, and the credit is capped at 20 % (€1,480).
2. **The threshold for leaving is extreme.** 97 % means more than 21 hours of downtime a month, three months in a row.
3. **Liability is limited to three months' fees** (€22,200), except for intent and gross negligence.
4. **Exit costs.** Data comes "in a format of its choice" within 60 days, and migration support costs €165 per hour. Ask for a defined format and a capped fee.
5. **Assignment without your consent** (§8) to any affiliate.

I'd negotiate points 1, 2 and 4 first. This is a reading of the text, not legal advice; have a lawyer look at it before you sign.""",
)

add(
    "Analyse sales_q1.csv: clean it, then revenue by region and month. anything odd?",
    turn(
        "I'll start with the shape and quality of the data.",
        do(
            "python",
            {"code": "import pandas as pd\ndf = pd.read_csv('sales_q1.csv', parse_dates=['date'])\nprint(df.shape)\nprint(df.dtypes)\nprint(df.isna().sum())\nprint('dup', df.duplicated('order_id').sum())\nprint(df.head(3))"},
            """(1217, 4)
order_id             int64
date        datetime64[ns]
region              object
revenue            float64
dtype: object
order_id     0
date         0
region      14
revenue      0
dtype: int64
dup 3
   order_id       date region  revenue
0    100001 2025-01-02  North    89.90
1    100002 2025-01-02  South   142.00
2    100003 2025-01-02  North    74.50
""",
        ),
    ),
    turn(
        "",
        do(
            "python",
            {"code": "d = df.drop_duplicates('order_id').dropna(subset=['region'])\nprint(len(d))\ng = d.groupby('region').revenue.agg(['count','sum','mean']).sort_values('sum', ascending=False)\nprint(g)\nprint(d.groupby(d.date.dt.month).revenue.agg(['count','sum']))"},
            """1200
        count      sum   mean
region
North     412  51500.0  125.0
South     388  44620.0  115.0
West      250  35000.0  140.0
East      150  13500.0   90.0
      count      sum
date
1       340  40110.0
2       380  45200.0
3       480  59310.0
""",
        ),
    ),
    turn(
        "Now outliers and the East region, whose average is low.",
        do(
            "python",
            {"code": "print(d.revenue.describe(percentiles=[.5,.95,.99]))\nprint(d.nlargest(3,'revenue'))\nprint(d[d.region=='East'].groupby(d.date.dt.month).revenue.agg(['count','mean']))\nprint((d.revenue<=0).sum())"},
            """count    1200.000000
mean      120.516667
std        96.301442
min         4.900000
50%       101.500000
95%       262.200000
99%       410.750000
max      2400.000000
Name: revenue, dtype: float64
     order_id       date region  revenue
877    100878 2025-03-14   West   2400.0
402    100403 2025-02-01  North   780.0
1103   101104 2025-03-27  South   699.0
      count   mean
date
1        20   92.5
2        40   91.0
3        90   89.0
0
""",
        ),
    ),
    """# Q1 2025 sales

## Cleaning
- 1,217 rows → **1,200**: 3 duplicate order IDs and 14 rows without a region were dropped.
- No missing dates or revenues; no zero or negative amounts.

## Revenue by region

| Region | Orders | Revenue | Share | Avg. order |
|---|---:|---:|---:|---:|
| North | 412 | 51,500 | 35.6 % | 125.00 |
| South | 388 | 44,620 | 30.9 % | 115.00 |
| West | 250 | 35,000 | 24.2 % | **140.00** |
| East | 150 | 13,500 | 9.3 % | 90.00 |
| **Total** | **1,200** | **144,620** | 100 % | 120.52 |

## Revenue by month

| Month | Orders | Revenue | vs. previous |
|---|---:|---:|---:|
| January | 340 | 40,110 | – |
| February | 380 | 45,200 | +12.7 % |
| March | 480 | 59,310 | +31.2 % |

## What stands out
1. **One order of 2,400** (100878, West, March 14) is more than three times the next largest (780). Without it the West's average falls from 140.00 to about 130.92. Worth verifying.
2. **East is growing fast from a small base:** 20 → 40 → 90 orders a month, while its average order slips slightly (92.50 → 91.00 → 89.00).
3. **March's growth is volume:** average order value moved from about 118 to 124, orders from 380 to 480 (+26 %).

The 14 rows without a region are left out of every figure above; if you can recover their regions, I can rerun it.""",
)

add(
    "Which plan has the worst churn in our postgres db? tables are customers and subscriptions",
    turn("", do("postgres__query", {"sql": "SELECT table_name, column_name, data_type FROM information_schema.columns WHERE table_name IN ('customers','subscriptions') ORDER BY 1, ordinal_position"}, """table_name    | column_name | data_type
--------------+-------------+----------
customers     | id          | integer
customers     | name        | text
customers     | country     | text
subscriptions | id          | integer
subscriptions | customer_id | integer
subscriptions | plan        | text
subscriptions | started_at  | date
subscriptions | cancelled_at| date
(8 rows)""")),
    turn("", do("postgres__query", {"sql": "SELECT plan, count(*) n, count(canceled_at) churned FROM subscriptions GROUP BY plan"}, 'ERROR:  column "canceled_at" does not exist\nHINT:  Perhaps you meant to reference the column "subscriptions.cancelled_at".', "tool_error")),
    turn("The column is spelled `cancelled_at`.", do("postgres__query", {"sql": "SELECT plan, count(*) n, count(cancelled_at) churned, round(100.0*count(cancelled_at)/count(*),1) pct, round(avg(cancelled_at - started_at)) avg_days FROM subscriptions GROUP BY plan ORDER BY pct DESC"}, """plan     |   n | churned |  pct | avg_days
---------+-----+---------+------+---------
starter  | 820 |     287 | 35.0 |       71
team     | 410 |      82 | 20.0 |      164
business | 125 |      10 |  8.0 |      240
(3 rows)""")),
    "**Starter** has the worst churn by far: 287 of 820 subscriptions (35.0 %) have been cancelled, after 71 days on average.\n\n| Plan | Subscriptions | Cancelled | Churn | Avg. days until cancellation |\n|---|---:|---:|---:|---:|\n| Starter | 820 | 287 | 35.0 % | 71 |\n| Team | 410 | 82 | 20.0 % | 164 |\n| Business | 125 | 10 | 8.0 % | 240 |\n\nAcross all plans it's 379 of 1,355, or 28.0 %. Note that this is lifetime churn: long-established plans look worse than they'd do in a monthly rate. Do you want me to break it down by start month?",
)

add(
    "In my budget sheet, put a formula in D2:D13 with the difference of planned (B) and actual (C), and tell me the year's result",
    turn("", do("sheets.readRange", {"spreadsheetId": "budget-2024", "range": "A1:D14"}, '{"values":[["Month","Planned","Actual","Diff"],["Jan",2000,1910],["Feb",2000,2055],["Mar",2100,2100],["Apr",2000,1875],["May",2000,2230],["Jun",2200,2190],["Jul",2500,2815],["Aug",2500,2400],["Sep",2000,1990],["Oct",2000,2010],["Nov",2000,1950],["Dec",2700,2975]]}'), ),
    turn("", do("sheets.writeRange", {"spreadsheetId": "budget-2024", "range": "D2:D13", "values": [["=B2-C2"], ["=B3-C3"], ["=B4-C4"], ["=B5-C5"], ["=B6-C6"], ["=B7-C7"], ["=B8-C8"], ["=B9-C9"], ["=B10-C10"], ["=B11-C11"], ["=B12-C12"], ["=B13-C13"]]}, '{"updatedRange":"D2:D13","updatedCells":12}', write=True), do("sheets.readRange", {"spreadsheetId": "budget-2024", "range": "D2:D13"}, '{"values":[[90],[-55],[0],[125],[-230],[10],[-315],[100],[10],[-10],[50],[-275]]}')),
    "The formulas are in `D2:D13` (planned minus actual, so negative means over budget).\n\n**Result for the year: −500.** You planned 26,000 and spent 26,500. The overspending comes mostly from July (−315), December (−275) and May (−230); April (+125) and August (+100) were the best months.",
    system_prompt="You work in the user's spreadsheets. The user's budget sheet has the id budget-2024.",
)

add(
    "the phone column in leads.csv is a mess, normalise country codes to +49 format where possible and tell me how many you couldn't fix",
    turn("", do("execute_python", {"code": "import csv,collections\nrows=list(csv.DictReader(open('leads.csv')))\nprint(len(rows), rows[0].keys())\nimport re\nprint(collections.Counter(re.sub(r'[0-9]','9',r['phone'])[:6] for r in rows).most_common())"}, "240 dict_keys(['id', 'company', 'phone'])\n[('099 99', 96), ('+49 99', 71), ('0049 9', 38), ('099/99', 22), ('', 9), ('n/a', 4)]\n")),
    turn("", do("execute_python", {"code": "def norm(p):\n    d=re.sub(r'[^0-9+]','',p)\n    if d.startswith('0049'): d='+49'+d[4:]\n    elif d.startswith('0'): d='+49'+d[1:]\n    return d if re.fullmatch(r'\\+49\\d{6,12}',d) else None\nbad=0\nfor r in rows:\n    n=norm(r['phone'])\n    if n: r['phone']=n\n    else: bad+=1\nwith open('leads_clean.csv','w',newline='') as f:\n    w=csv.DictWriter(f,rows[0].keys()); w.writeheader(); w.writerows(rows)\nprint(len(rows)-bad,bad)"}, "227 13\n", write=True)),
    "I normalised **227 of 240** phone numbers to the `+49…` format; **13 couldn't be fixed** (9 are empty, 4 say `n/a`) and are unchanged. The result is in `leads_clean.csv`, your `leads.csv` is untouched.\n\nOne assumption: numbers with a leading 0 and no country code (118 rows) were taken to be German.",
)

add(
    "scale this pancake recipe to 10 people: recipe id 88",
    turn("", do("recipes/get", {"id": 88}, '{"id":88,"title":"Buttermilk Pancakes","serves":4,"ingredients":[["flour","200 g"],["buttermilk","300 ml"],["eggs","2"],["butter","40 g"],["baking powder","1.5 tsp"],["salt","0.5 tsp"]]}')),
    "For 10 people multiply the *Buttermilk Pancakes* (serves 4) by 2.5:\n\n- **Flour:** 500 g\n- **Buttermilk:** 750 ml\n- **Eggs:** 5\n- **Butter:** 100 g\n- **Baking powder:** 3¾ tsp (1¼ tbsp)\n- **Salt:** 1¼ tsp\n\nTip: with that much batter keep the finished pancakes warm in the oven at a low temperature. 🥞",
)

add(
    "summarize this talk for me https://youtu.be/k3Zq81TtWc0",
    turn("", do("youtube__get_transcript", {"url": "https://youtu.be/k3Zq81TtWc0", "lang": "en"}, """{"title":"Boring technology, ten years on","channel":"SysConf","duration":"31:20","transcript":[
{"t":"00:12","text":"When we started we had three innovation tokens and spent all of them in a month."},
{"t":"03:40","text":"We picked a graph database nobody on the team had operated before. The first outage took nineteen hours."},
{"t":"09:05","text":"So we moved to Postgres. It took us four months and afterwards on-call pages dropped by about two thirds."},
{"t":"17:30","text":"People say boring means old. No. Boring means its failure modes are well understood."},
{"t":"24:10","text":"Where should you spend a token? Where it is your product. For us that was the routing engine, which we wrote in Rust."},
{"t":"29:55","text":"If you remember one thing: count your tokens before you spend them."}]}""")),
    """**"Boring technology, ten years on"** – SysConf, 31 minutes

**The gist:** Choose technology whose failure modes are well understood, and save novelty for what makes your product special.

- **The mistake (3:40).** The speaker's team spent all three of its "innovation tokens" in a month, among other things on a graph database nobody had operated before. Their first outage lasted 19 hours.
- **The way back (9:05).** They migrated to Postgres in four months; on-call pages dropped by about two thirds.
- **The definition (17:30).** Boring isn't the same as old: "Boring means its failure modes are well understood."
- **Where to be bold (24:10).** Where it *is* your product. For them that was the routing engine, written in Rust.
- **Take-away (29:55).** "Count your tokens before you spend them."

The transcript I got is abridged, so smaller points may be missing.""",
)

add(
    "How many people attended the 2024 harbour festival in Lindau? I've heard different figures",
    turn("", do("brave_web_search", {"query": "Lindau harbour festival 2024 attendance visitors", "count": 5}, """[1] Lindau City - Press release 15 July 2024: "The organisers count 38,000 guests over three days."
[2] Bodensee Kurier, 14 July 2024: "Police estimated 31,000 visitors at the harbour festival."
[3] lakeside-blog, "over 50.000 people!!" (no date, no source)
"""), ),
    "The figures do differ, depending on who counted:\n\n| Source | Figure | How reliable |\n|---|---|---|\n| City of Lindau, press release of 15 July 2024 | 38,000 over three days | organisers' count |\n| Bodensee Kurier, 14 July 2024 | 31,000 | police estimate |\n| A blog | \"over 50,000\" | no date or source |\n\nI'd say **between 31,000 and 38,000** and cite both the police and the organisers. Organisers tend to count generously, and the newspaper appeared a day before the press release, so it may not include the whole final day. I would ignore the blog.",
)

add(
    "Get our greeting text from content/welcome.en.md and translate it to German (formal) for content/welcome.de.md",
    turn("", do("read_file", {"path": "content/welcome.en.md"}, "# Welcome aboard\n\nThank you for registering. Your trial lasts 14 days and ends by itself.\n\n- Invite your team\n- Connect your calendar\n- Read the guide\n\nQuestions? Just reply to this e-mail.\n")),
    turn("", do("write_file", {"path": "content/welcome.de.md", "content": "# Willkommen an Bord\n\nVielen Dank für Ihre Registrierung. Ihre Testphase dauert 14 Tage und endet von selbst.\n\n- Laden Sie Ihr Team ein\n- Verbinden Sie Ihren Kalender\n- Lesen Sie die Anleitung\n\nHaben Sie Fragen? Antworten Sie einfach auf diese E-Mail.\n"}, "ok", write=True)),
    "I wrote the translation to `content/welcome.de.md`, using the formal *Sie*:\n\n> # Willkommen an Bord\n>\n> Vielen Dank für Ihre Registrierung. Ihre Testphase dauert 14 Tage und endet von selbst.\n>\n> - Laden Sie Ihr Team ein\n> - Verbinden Sie Ihren Kalender\n> - Lesen Sie die Anleitung\n>\n> Haben Sie Fragen? Antworten Sie einfach auf diese E-Mail.\n\nI rendered \"trial\" as *Testphase*; if your product calls it *Probezeitraum* elsewhere, tell me and I'll adapt it.",
)

add(
    "帮我查一下明天上海到北京的高铁,下午两点以后出发,哪趟最快?",
    turn("好的,我来查询。", do("train_query", {"from": "上海虹桥", "to": "北京南", "date": "2025-04-18", "after": "14:00"}, '{"trains":[{"no":"G16","dep":"14:00","arr":"18:28","second_class":662,"left":35},{"no":"G18","dep":"15:00","arr":"19:36","second_class":662,"left":0},{"no":"G22","dep":"17:00","arr":"21:18","second_class":673,"left":12}]}')),
    "明天(4月18日)14:00以后从上海虹桥到北京南的高铁如下:\n\n| 车次 | 出发 | 到达 | 历时 | 二等座 | 余票 |\n|---|---|---|---|---|---|\n| G16 | 14:00 | 18:28 | 4小时28分 | 662元 | 35 |\n| G18 | 15:00 | 19:36 | 4小时36分 | 662元 | 无 |\n| **G22** | 17:00 | 21:18 | **4小时18分** | 673元 | 12 |\n\n**最快的是G22**,全程4小时18分,比G16快10分钟,但票价贵11元,而且只剩12张票。如果想早点到,可以选G16。需要我帮您预订吗?",
    system_prompt="今天是2025年4月17日。你是一个出行助手。",
)

add(
    "Busca restaurantes vegetarianos cerca de la plaza Mayor de Salamanca, que estén abiertos el lunes por la noche",
    turn("", do("places_search", {"query": "restaurante vegetariano", "near": "Plaza Mayor, Salamanca", "radius_m": 800}, '{"results":[{"id":"p1","name":"Verde Limón","rating":4.6,"distance_m":320},{"id":"p2","name":"El Laurel","rating":4.4,"distance_m":450},{"id":"p3","name":"La Huerta de Tormes","rating":4.1,"distance_m":710}]}')),
    turn("", do("places_details", {"id": "p1"}, '{"name":"Verde Limón","hours":{"lunes":"cerrado"},"price":"€€"}'), do("places_details", {"id": "p2"}, '{"name":"El Laurel","hours":{"lunes":"13:00-16:00, 20:00-23:30"},"price":"€"}'), do("places_details", {"id": "p3"}, '{"name":"La Huerta de Tormes","hours":{"lunes":"20:30-23:00"},"price":"€€"}')),
    "He encontrado dos restaurantes vegetarianos abiertos el lunes por la noche:\n\n1. **El Laurel** (4,4 ⭐, precio €): a 450 m de la plaza Mayor, de 20:00 a 23:30.\n2. **La Huerta de Tormes** (4,1 ⭐, precio €€): a 710 m, de 20:30 a 23:00.\n\nEl mejor valorado de la zona, *Verde Limón* (4,6), cierra los lunes. ¿Quieres que busque cómo llegar a alguno de ellos?",
)

add(
    "Quel est le prochain train pour Rennes depuis Montparnasse, et combien coûte-t-il avec une carte Avantage ?",
    turn("", do("sncf_itineraires", {"depart": "Paris Montparnasse", "arrivee": "Rennes", "date": "2025-06-20", "heure": "16:10"}, '{"trajets":[{"train":"TGV 8625","depart":"16:53","arrivee":"18:25","prix":58.0},{"train":"TGV 8629","depart":"17:54","arrivee":"19:31","prix":64.0}]}')),
    "Le prochain train est le **TGV 8625** : départ à 16 h 53 de Paris Montparnasse, arrivée à Rennes à 18 h 25 (1 h 32 de trajet). Il coûte **58 €** en plein tarif.\n\nLa carte Avantage donne droit à 30 % de réduction, soit environ **40,60 €** ; l'outil n'indique cependant que le plein tarif, vérifiez donc le prix avant de payer. Le train suivant, le TGV 8629, part à 17 h 54 et coûte 64 €.",
    system_prompt="Tu es un assistant de voyage. Nous sommes le 20 juin 2025, il est 16 h 10.",
)

add(
    "来週の月曜日に山田商事へ送る、打ち合わせ延期のお詫びメールの下書きを作ってください。元の予定はカレンダーにあります。",
    turn("カレンダーを確認します。", do("calendar_search", {"query": "山田商事"}, '[{"id":"ev77","title":"山田商事様 打ち合わせ(新製品のご提案)","start":"2025-07-16T14:00","end":"2025-07-16T15:00","location":"本社 第2会議室"}]')),
    turn("", do("mail_create_draft", {"to": "山田商事", "subject": "【お詫び】7月16日の打ち合わせ延期のお願い", "body": "山田商事 ご担当者様\n\nいつもお世話になっております。\n\n7月16日(水)14時より予定しておりました新製品のご提案に関する打ち合わせにつきまして、誠に勝手ながら延期をお願いしたくご連絡いたしました。\nご迷惑をおかけし、心よりお詫び申し上げます。\n\nつきましては、ご都合のよい日時をいくつかお知らせいただけますと幸いです。\n\n何卒よろしくお願い申し上げます。"}, '{"draft_id":"d204","status":"saved"}', write=True)),
    "下書きを保存しました(未送信です)。\n\n**件名:** 【お詫び】7月16日の打ち合わせ延期のお願い\n\n> 山田商事 ご担当者様\n>\n> いつもお世話になっております。\n>\n> 7月16日(水)14時より予定しておりました新製品のご提案に関する打ち合わせにつきまして、誠に勝手ながら延期をお願いしたくご連絡いたしました。ご迷惑をおかけし、心よりお詫び申し上げます。\n>\n> つきましては、ご都合のよい日時をいくつかお知らせいただけますと幸いです。\n>\n> 何卒よろしくお願い申し上げます。\n\n延期の理由や候補日を入れたい場合は、お知らせください。",
)

add(
    "Compare GDP per capita growth 2013-2023 of Portugal, Greece and Czechia (current US$), with CAGR",
    turn(
        "",
        do("worldbank_indicator", {"country": "PRT", "indicator": "NY.GDP.PCAP.CD", "date": "2013:2023"}, '[{"date":"2023","value":27331},{"date":"2018","value":23562},{"date":"2013","value":21653}]'),
        do("worldbank_indicator", {"country": "GRC", "indicator": "NY.GDP.PCAP.CD", "date": "2013:2023"}, '[{"date":"2023","value":23401},{"date":"2018","value":19757},{"date":"2013","value":21787}]'),
        do("worldbank_indicator", {"country": "CZE", "indicator": "NY.GDP.PCAP.CD", "date": "2013:2023"}, "Error: upstream returned 502 Bad Gateway"),
    ),
    turn("The request for Czechia failed upstream; I'll try it once more.", do("worldbank_indicator", {"country": "CZE", "indicator": "NY.GDP.PCAP.CD", "date": "2013:2023", "per_page": 50}, '[{"date":"2023","value":31591},{"date":"2018","value":23425},{"date":"2013","value":20133}]')),
    turn("", do("calculator", {"expression": "[(27331/21653)^(1/10)-1, (23401/21787)^(1/10)-1, (31591/20133)^(1/10)-1]"}, "[0.02356, 0.00717, 0.04608]")),
    """## GDP per capita, 2013 → 2023 (current US$, World Bank)

| Country | 2013 | 2018 | 2023 | Change | Total growth | CAGR |
|---|---:|---:|---:|---:|---:|---:|
| 🇨🇿 Czechia | 20,133 | 23,425 | **31,591** | +11,458 | 56.9 % | **4.6 %** |
| 🇵🇹 Portugal | 21,653 | 23,562 | 27,331 | +5,678 | 26.2 % | 2.4 % |
| 🇬🇷 Greece | 21,787 | 19,757 | 23,401 | +1,614 | 7.4 % | 0.7 % |

**Reading the numbers**

- **The order has reversed.** In 2013 Greece was first of the three and Czechia last; ten years on it's the other way round.
- **Greece lost ground first:** by 2018 it was 2,030 dollars below its 2013 level (−9.3 %), and it gained 3,644 since.
- **Czechia's jump came late:** 8,166 of its 11,458 dollars were added after 2018.

**Caveat:** these are *current* dollars, so inflation and exchange rates are mixed in. For a comparison of living standards use constant or PPP dollars (`NY.GDP.PCAP.PP.KD`). Shall I pull that series as well?""",
)

add(
    "Which of these has been cited more: 'Deep Residual Learning' or 'Batch Normalization'?",
    turn("", do("semanticscholar.search", {"query": "Deep Residual Learning for Image Recognition", "fields": "title,year,citationCount", "limit": 1}, '{"code": "429", "message": "Too Many Requests. Please wait and try again."}', "silent_error")),
    turn("I'm being rate-limited. I'll wait a little and try again.", do("sleep", {"seconds": 10}, "ok")),
    turn("", do("semanticscholar.search", {"query": "Deep Residual Learning for Image Recognition", "fields": "title,year,citationCount", "limit": 1}, '{"total":1,"data":[{"paperId":"2c03df8b","title":"Deep Residual Learning for Image Recognition","year":2015,"citationCount":193402}]}'), do("semanticscholar.search", {"query": "Batch Normalization: Accelerating Deep Network Training", "fields": "title,year,citationCount", "limit": 1}, '{"total":1,"data":[{"paperId":"995c5f5e","title":"Batch Normalization: Accelerating Deep Network Training by Reducing Internal Covariate Shift","year":2015,"citationCount":43210}]}')),
    "**Deep Residual Learning for Image Recognition** has been cited far more: 193,402 times, against 43,210 for **Batch Normalization**, so about 4.5 times as often. Both appeared in 2015. The counts are from Semantic Scholar; Google Scholar's are usually higher.",
)

add(
    "OCR receipts/lunch.jpg and tell me my share, there were 3 of us and we tip 10%",
    turn("", do("ocr_image", {"path": "receipts/lunch.jpg"}, "TRATTORIA DA NINO\n12.06.2025 13:22\n3x Pranzo      43,50\n2x Acqua 0,75   7,00\n3x Espresso     6,90\nTOTALE   EUR   57,40\nGrazie!")),
    "The bill comes to €57.40 (Trattoria da Nino, 12 June 2025). With a 10 % tip (€5.74) that's €63.14, so your share of three is **€21.05** (€21.0467 to be exact; if everybody pays €21.05 you're one cent over).",
)

add(
    "Who wrote the book with ISBN 9780262033848 and how many pages?",
    turn("", do("openlibrary_isbn", {"isbn": "9780262033848"}, '{"title":"Introduction to Algorithms","edition":"3rd","publish_date":"2009","publishers":["MIT Press"],"number_of_pages":1292,"authors":["Thomas H. Cormen","Charles E. Leiserson","Ronald L. Rivest","Clifford Stein"]}')),
    "ISBN 9780262033848 is ***Introduction to Algorithms*** (3rd edition, MIT Press, 2009) by Thomas H. Cormen, Charles E. Leiserson, Ronald L. Rivest and Clifford Stein – often just called \"CLRS\". It has **1,292 pages**.",
)

# ---------------------------------------------------------------- office, operations, home, health, games

add(
    "Find a 45 min slot with Priya and Jonas this week (Mon-Fri, 9-17h) and book it, topic 'Roadmap Q4'",
    turn(
        "I'll look up everybody's busy times.",
        do(
            "calendar.freebusy",
            {"people": ["me", "Priya", "Jonas"], "from": "2025-09-08T09:00", "to": "2025-09-12T17:00"},
            """{"me":["Mon 09:00-17:00","Tue 09:00-12:00","Wed 13:00-17:00","Thu 09:00-10:30","Fri 09:00-17:00"],
 "Priya":["Mon 10:00-12:00","Tue 11:00-17:00","Wed 09:00-11:30","Thu 11:30-17:00"],
 "Jonas":["Tue 12:00-13:00","Wed 11:00-13:00","Thu 09:00-10:00","Fri 09:00-17:00"]}""",
        ),
        thinking="Mon: I'm busy. Tue: I'm free 12-17, Priya busy 11-17 -> none. Wed: me free 9-13; Priya free from 11:30; Jonas busy 11-13 -> none. Thu: me free from 10:30; Priya free until 11:30; Jonas from 10 -> 10:30-11:30 OK. Fri: none. So Thu 10:30-11:15.",
    ),
    turn("", do("calendar.create_event", {"title": "Roadmap Q4", "start": "2025-09-11T10:30", "end": "2025-09-11T11:15", "attendees": ["Priya", "Jonas"]}, '{"id":"evt_5521","status":"confirmed","link":"https://cal.example.com/evt_5521"}', write=True)),
    "Booked: **Roadmap Q4** on **Thursday, September 11, 10:30–11:15**, with Priya and Jonas invited ([event](https://cal.example.com/evt_5521)).\n\nThat was the only window of 45 minutes that works for all three: Thursday 10:30–11:30. On the other days at least one of you is busy throughout.",
)

add(
    "any unread mails from finance? summarise them",
    turn("", do("gmail_search", {"q": "is:unread from:finance"}, '[{"id":"m1","subject":"Travel expenses August: receipt missing","date":"2025-09-02"},{"id":"m2","subject":"Budget round 2026 - deadline","date":"2025-09-04"}]')),
    turn("", do("gmail_read", {"id": "m1"}, "Hi,\nthe hotel receipt for 21 August (EUR 129) is missing. Please upload it by 12 September, otherwise we can't reimburse it this month.\nFinance"), do("gmail_read", {"id": "m2"}, "Dear budget owners,\nplease enter your 2026 figures in the planning tool by 30 September. New this year: cloud costs are planned separately.\nFinance")),
    "You have two unread mails from Finance:\n\n1. **Travel expenses August: receipt missing** (September 2). The hotel receipt of August 21 over €129 is missing. Upload it by **September 12**, or it won't be reimbursed this month.\n2. **Budget round 2026 – deadline** (September 4). Enter your 2026 figures in the planning tool by **September 30**. New: cloud costs are planned separately.\n\nThe first one is more urgent.",
)

add(
    "Post the standup summary in #team-atlas: yesterday's closed Jira tickets (project ATL). Show me before you post",
    turn("", do("jira__search", {"jql": "project = ATL AND statusCategory = Done AND statusCategoryChangedDate >= -1d", "fields": ["summary", "assignee", "issuetype"]}, '{"total":3,"issues":[{"key":"ATL-311","fields":{"summary":"Import hangs on empty CSV","issuetype":"Bug","assignee":"Ravi"}},{"key":"ATL-318","fields":{"summary":"Add audit log page","issuetype":"Story","assignee":"Hanna"}},{"key":"ATL-320","fields":{"summary":"Rotate staging certificates","issuetype":"Task","assignee":"Ravi"}}]}')),
    "Three tickets were closed. Here's my draft for #team-atlas:\n\n> *Closed yesterday* ✅\n> • ATL-311 Import hangs on empty CSV (bug, Ravi)\n> • ATL-318 Add audit log page (story, Hanna)\n> • ATL-320 Rotate staging certificates (task, Ravi)\n\nShall I post it?",
    Ask("drop the certificates one, otherwise good"),
    turn("", do("slack__chat_postMessage", {"channel": "#team-atlas", "text": "*Closed yesterday* ✅\n• ATL-311 Import hangs on empty CSV (bug, Ravi)\n• ATL-318 Add audit log page (story, Hanna)"}, '{"ok":true,"channel":"C04ATLAS","ts":"1757315700.004200"}', write=True)),
    "Posted in #team-atlas, without ATL-320.",
)

add(
    "Create a Jira story in WEB for 'Remember table sort order', 3 points, put it into the current sprint",
    turn("", do("mcp__atlassian__getSprints", {"board": "WEB", "state": "active"}, '{"sprints":[{"id":144,"name":"WEB Sprint 31","endDate":"2025-05-23"}]}')),
    turn("", do("mcp__atlassian__createIssue", {"project": "WEB", "type": "Story", "summary": "Remember table sort order", "storyPoints": 3}, '{"key":"WEB-902"}', write=True)),
    turn("", do("mcp__atlassian__addToSprint", {"sprintId": 144, "issues": ["WEB-902"]}, '{"errorMessages":["You do not have the permission to modify this sprint (Manage Sprints)."]}', "tool_error", write=True)),
    "I created **WEB-902** *Remember table sort order* (story, 3 points), but I **couldn't add it to the sprint**: Jira says that I lack the *Manage Sprints* permission, so it's in the backlog for now.\n\nEither someone with that permission moves WEB-902 into *WEB Sprint 31* (until May 23), or you grant it to this integration and I'll try again.",
)

add(
    "the checkout pods keep restarting in prod namespace, find out why",
    turn("", do("kubectl", {"command": "get pods -n prod -l app=checkout"}, """NAME                        READY   STATUS             RESTARTS        AGE
checkout-6d9f7c5b8d-2xk4p   0/1     CrashLoopBackOff   14 (2m10s ago)  58m
checkout-6d9f7c5b8d-9wz7q   0/1     CrashLoopBackOff   14 (95s ago)    58m
checkout-5b7c9d4f66-hh2lm   1/1     Running            0               9d
""")),
    turn("The old replica set is healthy and the new one isn't. I'll look at the events and the last logs of a crashing pod.", do("kubectl", {"command": "describe pod checkout-6d9f7c5b8d-2xk4p -n prod"}, """Containers:
  checkout:
    Image:          registry.example.com/checkout:2.14.0
    Last State:     Terminated
      Reason:       Error
      Exit Code:    1
    Limits:  cpu 500m, memory 512Mi
    Environment:
      PAYMENT_URL:  https://pay.internal
      LEDGER_TOPIC: <set to the key 'topic' in secret 'ledger'>  Optional: true
Events:
  Type     Reason   Age                   Message
  Warning  BackOff  3m (x210 over 57m)    Back-off restarting failed container
"""), do("kubectl", {"command": "logs checkout-6d9f7c5b8d-2xk4p -n prod --previous --tail=15"}, """INFO  starting checkout 2.14.0
INFO  config loaded from environment
ERROR config: LEDGER_TOPIC must not be empty
FATAL startup failed
""")),
    turn("", do("kubectl", {"command": "get secret ledger -n prod -o jsonpath={.data}"}, 'Error from server (NotFound): secrets "ledger" not found'), do("kubectl", {"command": "get secret ledger -n staging -o name"}, "secret/ledger"), do("kubectl", {"command": "rollout history deployment/checkout -n prod"}, "REVISION  CHANGE-CAUSE\n41        checkout 2.13.3\n42        checkout 2.14.0: publish to ledger\n")),
    """## Why `checkout` keeps restarting

**The secret `ledger` doesn't exist in the `prod` namespace.** Version 2.14.0 reads `LEDGER_TOPIC` from it, finds nothing and exits:

```
ERROR config: LEDGER_TOPIC must not be empty
FATAL startup failed
```

### How it fits together
1. Revision 42 (*checkout 2.14.0: publish to ledger*) introduced `LEDGER_TOPIC`, taken from the key `topic` of the secret `ledger`.
2. The reference is marked `Optional: true`, so Kubernetes starts the container anyway, with the variable unset, rather than reporting a configuration error.
3. The secret exists in `staging`, but not in `prod`; that's why it wasn't noticed earlier.

It's not a memory problem: the container ended with exit code 1 (`Error`), not `OOMKilled`.

### Impact
Both new pods have restarted 14 times in 58 minutes. One pod of the previous version is still running and serves all the traffic, so checkout works, but without redundancy.

### What to do
- **Fix:** create the secret in `prod`, with the production topic:
  ```bash
  kubectl create secret generic ledger -n prod --from-literal=topic=<production topic>
  ```
  The pods will pick it up at their next restart.
- **Or roll back:** `kubectl rollout undo deployment/checkout -n prod` returns to revision 41 (2.13.3).
- **Afterwards:** remove `optional: true`, so that a missing secret is reported at once.

I've only read, nothing was changed. Which way do you want to go?""",
)

add(
    "How many EC2 instances are stopped in eu-central-1 and how much EBS do they still hold?",
    turn("", do("aws_cli", {"command": "aws ec2 describe-instances --region eu-central-1 --filters Name=instance-state-name,Values=stopped --query 'Reservations[].Instances[].[InstanceId,InstanceType]' --output text"}, "i-0a11\tm5.large\ni-0b27\tt3.medium\ni-0c93\tm5.xlarge\n"), do("aws_cli", {"command": "aws ec2 describe-volumes --region eu-central-1 --filters Name=attachment.instance-id,Values=i-0a11,i-0b27,i-0c93 --query 'Volumes[].[VolumeId,Size,VolumeType,Attachments[0].InstanceId]' --output text"}, "vol-01\t100\tgp3\ti-0a11\nvol-02\t30\tgp3\ti-0b27\nvol-03\t200\tgp3\ti-0c93\nvol-04\t500\tst1\ti-0c93\n")),
    "Three instances are stopped in `eu-central-1`, and they still hold **830 GiB** of EBS storage, which is billed although they are stopped:\n\n| Instance | Type | Volumes | Size |\n|---|---|---|---:|\n| i-0a11 | m5.large | vol-01 (gp3) | 100 GiB |\n| i-0b27 | t3.medium | vol-02 (gp3) | 30 GiB |\n| i-0c93 | m5.xlarge | vol-03 (gp3), vol-04 (st1) | 700 GiB |",
)

add(
    "turn off everything in the living room and set the bedroom to 18 degrees",
    turn("", do("homeassistant__get_states", {"area": "living_room"}, '[{"entity_id":"light.ceiling","state":"on"},{"entity_id":"light.shelf","state":"off"},{"entity_id":"media_player.tv","state":"on"},{"entity_id":"fan.living","state":"on"}]'), do("homeassistant__get_states", {"area": "bedroom"}, '[{"entity_id":"climate.bedroom","state":"heat","attributes":{"temperature":20.5,"current_temperature":19.8}}]')),
    turn("", do("homeassistant__call_service", {"service": "light.turn_off", "entity_id": "light.ceiling"}, '{"ok":true}', write=True), do("homeassistant__call_service", {"service": "media_player.turn_off", "entity_id": "media_player.tv"}, '{"ok":true}', write=True), do("homeassistant__call_service", {"service": "fan.turn_off", "entity_id": "fan.living"}, '{"ok":true}', write=True), do("homeassistant__call_service", {"service": "climate.set_temperature", "entity_id": "climate.bedroom", "temperature": 18}, '{"ok":true}', write=True)),
    "Done! 🏠 In the living room I switched off the ceiling light, the TV and the fan (the shelf light was already off). The bedroom thermostat is now set to **18 °C**, down from 20.5; it's 19.8 °C in there at the moment, so it'll take a while to cool down.",
)

add(
    "I need an appointment with a dermatologist next week, afternoons only, as close to 50667 as possible",
    turn("", do("searchProviders", {"specialty": "dermatology", "zip": "50667", "radiusKm": 5}, '{"providers":[{"id":"pr-12","name":"Dermatology at the Cathedral","km":0.6},{"id":"pr-31","name":"Skin Centre Rhine","km":1.4},{"id":"pr-40","name":"Hautpraxis Süd","km":3.2}]}')),
    turn("", do("getSlots", {"providerId": "pr-12", "from": "2025-03-10", "to": "2025-03-14"}, '{"slots":["2025-03-11T09:20","2025-03-13T10:40"]}'), do("getSlots", {"providerId": "pr-31", "from": "2025-03-10", "to": "2025-03-14"}, '{"slots":["2025-03-10T08:30","2025-03-12T15:10","2025-03-13T16:30"]}'), do("getSlots", {"providerId": "pr-40", "from": "2025-03-10", "to": "2025-03-14"}, '{"slots":["2025-03-11T14:00"]}')),
    "The nearest practice (*Dermatology at the Cathedral*, 0.6 km) only has mornings next week. These afternoons are free elsewhere:\n\n| Practice | Distance | Slot |\n|---|---|---|\n| Skin Centre Rhine | 1.4 km | Wed, March 12, 3:10 pm |\n| Skin Centre Rhine | 1.4 km | Thu, March 13, 4:30 pm |\n| Hautpraxis Süd | 3.2 km | Tue, March 11, 2:00 pm |\n\nWhich one would you like me to book?",
    Ask("Wednesday"),
    turn("", do("bookAppointment", {"providerId": "pr-31", "slot": "2025-03-12T15:10"}, '{"error":"SLOT_TAKEN","message":"This slot has just been booked."}', "tool_error", write=True)),
    "Unfortunately, someone has just taken the Wednesday slot, so it wasn't booked. The closest alternative at the same practice is **Thursday, March 13, 4:30 pm**. Shall I take that one?",
    Ask("yes, quickly"),
    turn("", do("bookAppointment", {"providerId": "pr-31", "slot": "2025-03-13T16:30"}, '{"appointmentId":"AP-7730","status":"booked"}', write=True)),
    "Booked: **Skin Centre Rhine, Thursday, March 13, 4:30 pm** (appointment AP-7730). Remember your insurance card!",
)

add(
    "how much vacation do i have left and can i take dec 22 - jan 2?",
    turn("", do("hr.getLeaveBalance", {"year": 2025}, '{"entitled":30,"carried_over":2,"taken":21,"planned":4}'), do("hr.getHolidays", {"from": "2025-12-22", "to": "2026-01-02", "state": "BY"}, '[{"date":"2025-12-25","name":"Christmas Day"},{"date":"2025-12-26","name":"Boxing Day"},{"date":"2026-01-01","name":"New Year"}]'), do("hr.getTeamAbsences", {"from": "2025-12-22", "to": "2026-01-02"}, '[{"name":"Sofia","from":"2025-12-22","to":"2025-12-24"}]')),
    "You have **7 days** left: 30 + 2 carried over − 21 taken − 4 planned.\n\nDecember 22 to January 2 spans 10 weekdays. Three are public holidays (December 25 and 26, January 1), so you need **7 days of leave**, exactly what you have left – although January 2 counts against 2026's entitlement if your company splits at the turn of the year, which would leave you one day of 2025.\n\nOf your team only Sofia is away then (December 22–24). So yes, it's possible. Shall I submit the request?",
)

add(
    "where's container MSKU 430912-7 and will it make the delivery on the 19th?",
    turn("", do("logistics__track_container", {"number": "MSKU4309127"}, '{"container":"MSKU4309127","vessel":"Ever Dune","events":[{"date":"2025-05-02","place":"Ningbo","event":"loaded"},{"date":"2025-05-29","place":"Suez","event":"transit"},{"date":"2025-06-08","place":"Valencia","event":"transshipment, waiting for vessel"}],"eta":{"port":"Hamburg","date":"2025-06-17"}}'), do("logistics__port_dwell", {"port": "Hamburg"}, '{"import_dwell_days":{"median":3,"p90":6}}')),
    "The container is in **Valencia**, where it was unloaded on June 8 and is waiting for its onward vessel. It's due in **Hamburg on June 17**.\n\nA delivery on June 19 is **unlikely**: import containers in Hamburg currently need 3 days (median) before they leave the terminal, so June 20 is more realistic, and June 23 in one case out of ten (p90: 6 days) or later. And that's if Valencia causes no further delay. I'd warn the customer now and aim for June 23.",
)

add(
    "check the greenhouse sensors, is anything off?",
    turn("", do("iot/list_sensors", {"site": "greenhouse"}, '["gh-t1","gh-t2","gh-h1","gh-soil1"]')),
    turn("", do("iot/read", {"sensor": "gh-t1", "hours": 6}, '{"unit":"C","values":[21.2,21.9,22.8,24.1,25.0,25.3]}'), do("iot/read", {"sensor": "gh-t2", "hours": 6}, '{"unit":"C","values":[21.0,21.8,22.6,85.0,85.0,85.0]}'), do("iot/read", {"sensor": "gh-h1", "hours": 6}, '{"unit":"%","values":[68,67,65,62,60,59]}'), do("iot/read", {"sensor": "gh-soil1", "hours": 6}, '{"unit":"%","values":[31,30,29,28,27,26]}')),
    "One sensor is faulty, and one value deserves attention:\n\n- 🔴 **gh-t2 (temperature):** three readings of exactly 85.0 °C, while its neighbour gh-t1 shows 24–25 °C. It's not a fire: 85 °C is the power-on value of DS18B20 sensors and typically means a loose wire or a supply problem.\n- 🟡 **gh-soil1 (soil moisture):** falling steadily, from 31 % to 26 % in six hours, about one point per hour. Watering this evening would be sensible.\n- 🟢 **gh-t1 (temperature):** rose from 21.2 to 25.3 °C, normal for the day.\n- 🟢 **gh-h1 (humidity):** 68 → 59 %, in line with the warmth.",
)

add(
    "I'm white, it's my move. position: r1bqkbnr/pppp1ppp/2n5/4p3/2B1P3/5Q2/PPPP1PPP/RNB1K1NR w KQkq - 0 4 -- what do I play??",
    turn("", do("chess_engine.analyse", {"fen": "r1bqkbnr/pppp1ppp/2n5/4p3/2B1P3/5Q2/PPPP1PPP/RNB1K1NR w KQkq - 0 4", "depth": 18}, '{"best":"f3f7","san":"Qxf7#","score":{"mate":1}}')),
    "Play **Qxf7#**. That's mate! ♟️ The queen takes the pawn on f7, protected by your bishop on c4, so the king can't capture it and has no square to go to. It's the famous *Scholar's Mate*.",
)

add(
    "start a game of tic tac toe, I am X and I take the centre",
    turn("", do("ttt_new", {"human": "X"}, '{"game":"g12","board":".../.../..."}', write=True), do("ttt_move", {"game": "g12", "player": "X", "cell": 5}, '{"board":".../.X./..."}', write=True), thinking="cell 5 is the centre in 1..9. I then play O in a corner."),
    turn("", do("ttt_move", {"game": "g12", "player": "O", "cell": 1}, '{"board":"O../.X./...","status":"running"}', write=True)),
    "Game on! You have the centre, and I took the top left corner:\n\n```\n O |   |   \n---+---+---\n   | X |   \n---+---+---\n   |   |   \n```\n\nYour move. Cells are numbered 1 to 9, row by row.",
    Ask("3"),
    turn("", do("ttt_move", {"game": "g12", "player": "X", "cell": 3}, '{"board":"O.X/.X./...","status":"running"}', write=True)),
    turn("X threatens 3-5-7, so I have to block cell 7.", do("ttt_move", {"game": "g12", "player": "O", "cell": 7}, '{"board":"O.X/.X./O..","status":"running"}', write=True)),
    "You threatened the diagonal, so I blocked it on 7:\n\n```\n O |   | X \n---+---+---\n   | X |   \n---+---+---\n O |   |   \n```\n\nYour turn again – watch the left column!",
)

add(
    "Is the website up? status page says ok but customers complain",
    turn("", do("http_check", {"url": "https://shop.example.com/", "locations": ["fra", "lon", "nyc", "sin"]}, """loc  status  ttfb_ms
fra  200     182
lon  200     210
nyc  504     30004
sin  504     30002
"""), do("grafana.query_range", {"expr": "sum by (region) (rate(http_requests_total{code=~\"5..\"}[5m]))", "minutes": 30}, '{"eu":[0.1,0.1,0.2,0.1],"us":[0.2,0.3,14.8,22.5],"ap":[0.1,0.2,6.1,9.7]}')),
    turn("", do("logs_search", {"service": "edge-us", "query": "504", "limit": 3}, "2025-04-22T13:41:08Z edge-us upstream timed out (110) while connecting to upstream eu-origin-2\n2025-04-22T13:41:09Z edge-us upstream timed out (110) while connecting to upstream eu-origin-2\n2025-04-22T13:41:11Z edge-us upstream timed out (110) while connecting to upstream eu-origin-2\n")),
    "The customers are right: it's **up in Europe and down in America and Asia**.\n\n| Location | Status | Time to first byte |\n|---|---|---|\n| Frankfurt | ✅ 200 | 182 ms |\n| London | ✅ 200 | 210 ms |\n| New York | ❌ 504 | 30 s (timeout) |\n| Singapore | ❌ 504 | 30 s (timeout) |\n\n- The rate of 5xx errors in the US climbed from 0.3 to **22.5 per second** within the last half hour, and in Asia-Pacific from 0.2 to 9.7. Europe is flat.\n- The US edge logs `upstream timed out` while connecting to **eu-origin-2**. A 504 means that a gateway got no answer from the server behind it in time, so the edges themselves are alive.\n\nThe status page is probably checked from Europe only. I'd look at the route between the edges and `eu-origin-2` first (firewall, peering), or take that origin out of the pool.",
)

add(
    "Export last month's timesheets as CSV and check nobody is above 45h/week",
    turn("", do("timesheets_export", {"month": "2025-06", "format": "csv"}, '{"job":"exp-81","status":"queued"}')),
    turn("", do("timesheets_export_status", {"job": "exp-81"}, '{"job":"exp-81","status":"running","progress":40}')),
    turn("", do("timesheets_export_status", {"job": "exp-81"}, '{"job":"exp-81","status":"running","progress":85}')),
    turn("", do("timesheets_export_status", {"job": "exp-81"}, '{"job":"exp-81","status":"done","file":"exports/timesheets-2025-06.csv","rows":20}')),
    turn("", do("read_file", {"path": "exports/timesheets-2025-06.csv"}, """name,week,hours
Aylin,23,40.0
Aylin,24,41.5
Aylin,25,40.0
Aylin,26,38.0
Bert,23,40.0
Bert,24,46.5
Bert,25,47.0
Bert,26,40.0
Chen,23,32.0
Chen,24,32.0
Chen,25,32.0
Chen,26,30.0
Dana,23,40.0
Dana,24,40.0
Dana,25,45.0
Dana,26,44.0
Emil,23,20.0
Emil,24,20.0
Emil,25,20.0
Emil,26,20.0
""")),
    "The export for June 2025 is ready: `exports/timesheets-2025-06.csv` (20 rows, 5 people, weeks 23–26).\n\n**One person was above 45 hours:** Bert, in week 24 (46.5 h) and week 25 (47.0 h). Dana had exactly 45.0 h in week 25, which is at the limit but not above it.\n\nMonthly totals: Bert 173.5 h, Dana 169.0 h, Aylin 159.5 h, Chen 126.0 h, Emil 80.0 h.",
)

add(
    "Move my 1:1 with Leo from Tuesday to Thursday same time",
    turn("", do("list_events", {"calendar": "primary", "q": "1:1 Leo", "timeMin": "2025-02-03", "timeMax": "2025-02-08"}, '{"items":[{"id":"k9","summary":"1:1 Leo","start":"2025-02-04T11:00","end":"2025-02-04T11:30","recurring":true}]}'), do("list_events", {"calendar": "primary", "q": "", "timeMin": "2025-02-06", "timeMax": "2025-02-07"}, '{"items":[{"id":"m3","summary":"Dentist","start":"2025-02-06T10:30","end":"2025-02-06T11:30"}]}')),
    "On Thursday, February 6, you have **Dentist** from 10:30 to 11:30, which overlaps with 11:00–11:30. Also, the 1:1 is a recurring event.\n\nShall I\n- move this week's 1:1 to Thursday **11:30** instead, or\n- keep 11:00 in spite of the overlap?\n\nI'd only change this one occurrence, not the series.",
    Ask("right, 11:30. only this one"),
    turn("", do("update_event", {"calendar": "primary", "id": "k9", "scope": "this", "start": "2025-02-06T11:30", "end": "2025-02-06T12:00"}, '{"id":"k9_20250204","updated":true}', write=True)),
    "This week's 1:1 with Leo is now on **Thursday, February 6, 11:30–12:00**. The rest of the series stays on Tuesdays at 11:00.",
)

add(
    "Which Notion pages mention the 'Helios' project? I need title + last edit.",
    turn("", do("notion-search", {"query": "Helios", "page_size": 3}, '{"results":[{"id":"a1","title":"Helios kickoff","last_edited":"2025-01-14"},{"id":"a2","title":"Vendors 2025","last_edited":"2025-03-02"},{"id":"a3","title":"Helios risks","last_edited":"2025-03-20"}],"has_more":true,"next_cursor":"c2"}')),
    turn("", do("notion-search", {"query": "Helios", "page_size": 3, "start_cursor": "c2"}, '{"results":[{"id":"a4","title":"Team offsite notes","last_edited":"2024-11-29"},{"id":"a5","title":"Helios architecture","last_edited":"2025-03-27"}],"has_more":false}')),
    "Five pages mention **Helios**, most recently edited first:\n\n| Title | Last edit |\n|---|---|\n| Helios architecture | March 27, 2025 |\n| Helios risks | March 20, 2025 |\n| Vendors 2025 | March 2, 2025 |\n| Helios kickoff | January 14, 2025 |\n| Team offsite notes | November 29, 2024 |",
)

add(
    "My Spotify playlist 'Run' - how long is it and what's the average bpm? Remove everything below 140",
    turn("", do("spotify.getPlaylist", {"name": "Run"}, '{"id":"pl7","name":"Run","tracks":[{"id":"t1","title":"Northern Line","artist":"Vales","sec":214,"bpm":168},{"id":"t2","title":"Low Tide","artist":"Mare","sec":251,"bpm":122},{"id":"t3","title":"Sprint","artist":"Kaskade Club","sec":187,"bpm":174},{"id":"t4","title":"Paper Planes Home","artist":"Juno Ash","sec":228,"bpm":136},{"id":"t5","title":"Overpass","artist":"Vales","sec":200,"bpm":160}]}')),
    turn("", do("spotify.removeTracks", {"playlistId": "pl7", "trackIds": ["t2", "t4"]}, '{"snapshot":"s-2","removed":2}', write=True)),
    "**Run** had 5 tracks, **18 minutes** in total (1,080 s), at an average of **152 bpm**.\n\nI removed the two below 140:\n- *Low Tide* – Mare (122 bpm)\n- *Paper Planes Home* – Juno Ash (136 bpm)\n\nThe remaining three average about 167 bpm but run for only 10:01 minutes. Shall I look for more in that range?",
)

add(
    "Welche Rechnungen sind überfällig? Heute ist der 10.03.2025. Bitte nach Höhe sortiert.",
    turn("", do("buchhaltung__offene_posten", {"stichtag": "2025-03-10"}, """nr;kunde;betrag;faellig
R-1044;Möbel Kranz;1250,00;2025-02-14
R-1051;Café Morgenrot;318,40;2025-03-01
R-1057;Stadtwerke Lohr;4980,00;2025-03-24
R-1039;Druckerei Falk;2210,75;2025-01-31
""")),
    "Drei Rechnungen sind überfällig, zusammen **3.779,15 €**:\n\n| Rechnung | Kunde | Betrag | Fällig am | Überfällig seit |\n|---|---|---:|---|---:|\n| R-1039 | Druckerei Falk | 2.210,75 € | 31.01.2025 | 38 Tagen |\n| R-1044 | Möbel Kranz | 1.250,00 € | 14.02.2025 | 24 Tagen |\n| R-1051 | Café Morgenrot | 318,40 € | 01.03.2025 | 9 Tagen |\n\nR-1057 (Stadtwerke Lohr, 4.980,00 €) wird erst am 24.03.2025 fällig. Soll ich für R-1039 eine Mahnung vorbereiten?",
)

add(
    "Send the two of them (R-1039, R-1044) a reminder, friendly tone, in German",
    turn("", do("invoice_get", {"number": "R-1039"}, '{"number":"R-1039","customer":"Druckerei Falk","amount":2210.75,"due":"2025-01-31","contact":"buchhaltung@falk-druck.example","status":"overdue"}'), do("invoice_get", {"number": "R-1044"}, '{"number":"R-1044","customer":"Möbel Kranz","amount":1250.00,"due":"2025-02-14","contact":"rechnung@moebel-kranz.example","status":"paid","paid_on":"2025-03-10"}')),
    turn("R-1044 was paid today, so only R-1039 gets a reminder.", do("mail_send", {"to": "buchhaltung@falk-druck.example", "subject": "Zahlungserinnerung zur Rechnung R-1039", "body": "Guten Tag,\n\nsicher ist es im Alltag nur untergegangen: Unsere Rechnung R-1039 über 2.210,75 € war am 31.01.2025 fällig, und wir konnten noch keinen Eingang feststellen. Könnten Sie die Zahlung bitte in den nächsten Tagen veranlassen?\n\nFalls sich das mit dieser E-Mail überschnitten hat, betrachten Sie sie bitte als gegenstandslos.\n\nFreundliche Grüße"}, '{"message_id":"ms-3391","status":"sent"}', write=True)),
    "I sent **one** reminder, to Druckerei Falk (buchhaltung@falk-druck.example) for R-1039 over €2,210.75, due January 31, 2025.\n\nI did **not** write to Möbel Kranz, because their R-1044 was paid today (March 10, 2025). A reminder would only have annoyed them.\n\nThe text:\n\n> Guten Tag,\n>\n> sicher ist es im Alltag nur untergegangen: Unsere Rechnung R-1039 über 2.210,75 € war am 31.01.2025 fällig, und wir konnten noch keinen Eingang feststellen. Könnten Sie die Zahlung bitte in den nächsten Tagen veranlassen?",
)

add(
    "what alerts fired last night",
    turn("", do("pagerduty_list_incidents", {"since": "2025-08-13T20:00Z", "until": "2025-08-14T06:00Z"}, '{"incidents":[{"id":"P8A","title":"High memory on cache-3","urgency":"low","created":"22:14Z","resolved":"22:31Z"},{"id":"P8B","title":"Replication lag > 60s on db-2","urgency":"high","created":"01:07Z","resolved":"01:52Z"}]}')),
    "Two incidents between 20:00 and 06:00 UTC, both resolved:\n\n- 🔴 **P8B – Replication lag > 60s on db-2** (high): 01:07–01:52, 45 minutes\n- 🟡 **P8A – High memory on cache-3** (low): 22:14–22:31, 17 minutes",
)

add(
    "Plan a workout from my garmin data: how did I do this week, and what should I run on Sunday if my target is 40 km?",
    turn("", do("garmin__activities", {"from": "2025-05-05", "to": "2025-05-10", "type": "running"}, '[{"date":"2025-05-05","km":8.2,"time":"0:47:34","avg_hr":148},{"date":"2025-05-07","km":10.0,"time":"0:55:00","avg_hr":156},{"date":"2025-05-09","km":6.3,"time":"0:38:26","avg_hr":141}]'), do("garmin__training_status", {}, '{"status":"productive","load_7d":412,"load_range":[320,560],"recovery_hours":18}')),
    """## Your week so far (May 5–10)

| Day | Distance | Time | Pace | Avg. HR |
|---|---:|---:|---:|---:|
| Mon | 8.2 km | 47:34 | 5:48 /km | 148 |
| Wed | 10.0 km | 55:00 | 5:30 /km | 156 |
| Fri | 6.3 km | 38:26 | 6:06 /km | 141 |
| **Sum** | **24.5 km** | **2:21:00** | 5:45 /km | |

Your training status is *productive*, with a 7-day load of 412, well inside your range of 320–560. The watch suggests 18 more hours of recovery.

## Sunday
You need **15.5 km** to reach 40 km. That would be your longest run of the week by more than half, so keep it easy:

1. 3 km very easy to warm up
2. 11 km at about 6:05–6:15 per km, the heart rate no higher than on Friday
3. 1.5 km walking and jogging

At that pace it takes roughly 1 h 35 min. If your legs feel heavy after 12 km, stop there: 36.5 km is a good week too. 🏃""",
)

add(
    "Turn on the oven at 200",
    turn("", do("smarthome.list_devices", {}, '[{"id":"d1","name":"Kitchen light","type":"light"},{"id":"d2","name":"Washing machine","type":"washer"},{"id":"d3","name":"Hall thermostat","type":"thermostat"}]')),
    "I can't do that: there's no oven among your connected devices. I only see the *Kitchen light*, the *Washing machine* and the *Hall thermostat*. If your oven supports remote control, add it in your smart-home app first, and I'll be glad to try again.",
)

add(
    "How's the build queue doing? And who's hogging it",
    turn("", do("jenkins_queue", {}, '{"items":[{"job":"mobile-e2e","user":"nightly-bot","waiting_min":42},{"job":"mobile-e2e","user":"nightly-bot","waiting_min":41},{"job":"web-unit","user":"farah","waiting_min":38},{"job":"mobile-e2e","user":"nightly-bot","waiting_min":40},{"job":"docs","user":"lee","waiting_min":5}],"executors":{"total":6,"busy":6}}'), do("jenkins_running", {}, '[{"job":"mobile-e2e","user":"nightly-bot","min":55},{"job":"mobile-e2e","user":"nightly-bot","min":54},{"job":"mobile-e2e","user":"nightly-bot","min":54},{"job":"mobile-e2e","user":"nightly-bot","min":53},{"job":"api-it","user":"farah","min":12},{"job":"mobile-e2e","user":"nightly-bot","min":51}]')),
    "All 6 executors are busy and 5 builds are waiting, the longest for 42 minutes.\n\nThe culprit is **nightly-bot**: its `mobile-e2e` job occupies 5 of the 6 executors and accounts for 3 of the 5 builds in the queue. Farah (`web-unit`, 38 min) and Lee (`docs`, 5 min) are waiting behind it.\n\nLimiting concurrent builds of `mobile-e2e` to two or three would solve this.",
)

add(
    "Order 3 more boxes of nitrile gloves size M from the usual supplier, budget is $60",
    turn("", do("procure.lastOrder", {"query": "nitrile gloves M"}, '{"sku":"NG-M-100","supplier":"MedSupply","unit_price":18.50,"last_order":"2025-01-09","qty":3}'), do("procure.quote", {"sku": "NG-M-100", "qty": 3}, '{"sku":"NG-M-100","qty":3,"unit_price":19.20,"shipping":0,"total":57.60,"in_stock":true}')),
    turn("The quote of $57.60 is within the budget.", do("procure.placeOrder", {"sku": "NG-M-100", "qty": 3}, '{"order":"PO-2231","status":"accepted","eta":"2025-04-03"}', write=True)),
    "Ordered: 3 boxes of nitrile gloves, size M, from MedSupply for **$57.60** including shipping (PO-2231), $2.40 under your budget. They should arrive on April 3.\n\nThe price has gone up from $18.50 to $19.20 a box (+3.8 %) since the last order in January.",
)

# ---------------------------------------------------------------- several agents

_TASK_1 = "Find the list price, the battery capacity and the WLTP range of the Renault 5 E-Tech (largest battery)."
_TASK_2 = "Find the list price, the battery capacity and the WLTP range of the Citroën ë-C3 (largest battery)."
_SUB_1 = "Renault 5 E-Tech, comfort range: battery 52 kWh, WLTP range up to 410 km, list price from EUR 32,900. Source: https://cars.example.org/renault-5"
_SUB_2 = "Citroën ë-C3: battery 44 kWh, WLTP range 320 km, list price from EUR 23,300. Source: https://cars.example.org/citroen-e-c3"
add(
    "Compare the Renault 5 electric and the Citroën e-C3: range, price, and km of range per 1000 euros",
    turn(
        "I'll have both cars researched at the same time.",
        do("researcher", {"task": _TASK_1}, _SUB_1, agent=True),
        do("researcher", {"task": _TASK_2}, _SUB_2, agent=True),
    ),
    """| | Renault 5 E-Tech | Citroën ë-C3 |
|---|---:|---:|
| Battery | 52 kWh | 44 kWh |
| WLTP range | up to 410 km | 320 km |
| List price from | €32,900 | €23,300 |
| **Range per €1,000** | 12.5 km | **13.7 km** |
| Range per kWh | 7.9 km | 7.3 km |

The **Citroën** gives more range for the money and costs €9,600 less. The **Renault** goes 90 km farther and uses its battery a little better. In winter and on the motorway expect both to fall well short of the WLTP figure.

Sources: [Renault 5](https://cars.example.org/renault-5), [ë-C3](https://cars.example.org/citroen-e-c3)""",
    subs=(
        trajectory(
            _TASK_1,
            turn("", do("web_search", {"query": "Renault 5 E-Tech 52 kWh price WLTP range"}, "https://cars.example.org/renault-5 - Renault 5 E-Tech: two batteries, 40 and 52 kWh. comfort range (52 kWh): up to 410 km WLTP, from 32.900 EUR.")),
            _SUB_1,
            agent="assistant/researcher",
            span="r1",
            parent="assistant",
            call_id="call_2_0",
        ),
        trajectory(
            _TASK_2,
            turn("", do("web_search", {"query": "Citroën ë-C3 price battery WLTP range"}, "https://cars.example.org/citroen-e-c3 - ë-C3: 44 kWh LFP battery, 320 km (WLTP), from 23.300 EUR.")),
            _SUB_2,
            agent="assistant/researcher",
            span="r2",
            parent="assistant",
            call_id="call_2_1",
        ),
    ),
)

_TASK_3 = "In /workspace/blog, find every page under content/ that links to the old domain old.example.com. Report file, line and target. Do not change anything."
_SUB_3 = "3 links to old.example.com:\n- content/about.md:12 -> https://old.example.com/team\n- content/posts/launch.md:5 -> https://old.example.com/\n- content/posts/launch.md:31 -> https://old.example.com/img/rocket.png"
_TASK_4 = "In /workspace/blog/content replace https://old.example.com with https://www.example.com in about.md and posts/launch.md, then report git diff --stat."
_SUB_4 = "Replaced. git diff --stat:\n content/about.md        | 2 +-\n content/posts/launch.md | 4 ++--\n 2 files changed, 3 insertions(+), 3 deletions(-)"
add(
    "replace all links to old.example.com in the blog with www.example.com. check first what there is",
    turn("I'll have the explorer find them.", do("delegate_to_explorer", {"prompt": _TASK_3}, _SUB_3, agent=True)),
    turn("Three links in two files, nothing surprising. Now the replacement.", do("delegate_to_coder", {"prompt": _TASK_4}, _SUB_4, agent=True, write=True)),
    "All three links now point to `www.example.com`:\n\n| File | Line | New target |\n|---|---:|---|\n| `content/about.md` | 12 | https://www.example.com/team |\n| `content/posts/launch.md` | 5 | https://www.example.com/ |\n| `content/posts/launch.md` | 31 | https://www.example.com/img/rocket.png |\n\nThe changes are not committed. I haven't checked whether the new addresses exist, in particular the image.",
    subs=(
        trajectory(
            _TASK_3,
            turn("", do("bash", {"command": "cd /workspace/blog && grep -rn 'old.example.com' content"}, "content/about.md:12:Meet the [team](https://old.example.com/team).\ncontent/posts/launch.md:5:Our [site](https://old.example.com/) is live.\ncontent/posts/launch.md:31:![rocket](https://old.example.com/img/rocket.png)\n")),
            _SUB_3,
            agent="assistant/explorer",
            parent="assistant",
            call_id="call_2_0",
        ),
        trajectory(
            _TASK_4,
            turn("", do("bash", {"command": "cd /workspace/blog/content && sed -i 's#https://old.example.com#https://www.example.com#g' about.md posts/launch.md && git diff --stat && ! grep -rn old.example.com ."}, " content/about.md        | 2 +-\n content/posts/launch.md | 4 ++--\n 2 files changed, 3 insertions(+), 3 deletions(-)\n", write=True)),
            _SUB_4,
            agent="assistant/coder",
            parent="assistant",
            call_id="call_4_0",
        ),
    ),
)

_TASK_5 = "Check these three claims against the paper in paper.txt and quote the sentence that decides each: (1) n = 212 participants, (2) the effect lasted 12 months, (3) the study was preregistered."
_SUB_5 = '(1) Correct: "We enrolled 212 adults." (2) Wrong: "At the 6-month follow-up the effect was no longer significant." (3) Correct: "The protocol was preregistered (OSF)."'
add(
    "My article says the study had 212 participants, that the effect lasted 12 months and that it was preregistered. Is that right? paper.txt",
    turn("", do("fact_checker", {"request": _TASK_5}, _SUB_5, agent=True)),
    "Two of your three claims hold up, one doesn't:\n\n1. ✅ **212 participants:** \"We enrolled 212 adults.\"\n2. ❌ **The effect lasted 12 months:** the paper says the opposite: \"At the 6-month follow-up the effect was no longer significant.\"\n3. ✅ **Preregistered:** \"The protocol was preregistered (OSF).\"\n\nI suggest rewording the second one: *\"The effect was no longer significant after six months.\"*",
    subs=(
        trajectory(
            _TASK_5,
            turn("", do("read_file", {"path": "paper.txt"}, "Abstract. Sleep coaching is widely used. We enrolled 212 adults. Sleep quality improved by 2.1 points after 8 weeks (p < .01). At the 6-month follow-up the effect was no longer significant. The protocol was preregistered (OSF).\n")),
            _SUB_5,
            agent="assistant/fact_checker",
            parent="assistant",
            call_id="call_2_0",
        ),
    ),
)

_TASK_6 = "Total the invoices in inbox/2025-04 in EUR; convert USD at the rate of the invoice date. Return a table."
_SUB_6 = "| Invoice | Date | Original | EUR |\n|---|---|---|---|\n| A-17 | 2025-04-03 | EUR 240.00 | 240.00 |\n| B-90 | 2025-04-10 | USD 550.00 | 490.15 |\n\nTotal: EUR 730.15 (USD at 1 EUR = 1.1221 USD). c-3.pdf could not be read (encrypted)."
add(
    "What did the April invoices cost us altogether?",
    turn("", do("agents.bookkeeper", {"task": _TASK_6}, _SUB_6, agent=True)),
    "The readable April invoices come to **€730.15**:\n\n- A-17 (April 3): €240.00\n- B-90 (April 10): $550.00 = €490.15, at 1 EUR = 1.1221 USD\n\n⚠️ **This isn't complete:** `c-3.pdf` is encrypted and couldn't be read. If you send me its password or amount, I'll add it.",
    system_prompt="You coordinate a bookkeeper agent. Invoices lie in inbox/ by month; the current year is 2025.",
    subs=(
        trajectory(
            _TASK_6,
            turn("", do("list_dir", {"path": "inbox/2025-04"}, "a-17.pdf\nb-90.pdf\nc-3.pdf")),
            turn(
                "",
                do("pdf_text", {"path": "inbox/2025-04/a-17.pdf"}, "Invoice A-17, 3 April 2025. Total EUR 240.00"),
                do("pdf_text", {"path": "inbox/2025-04/b-90.pdf"}, "Invoice B-90, 10 April 2025. Amount due USD 550.00"),
                do("pdf_text", {"path": "inbox/2025-04/c-3.pdf"}, "Error: file is encrypted, password required", "tool_error"),
            ),
            turn("", do("ecb_rate", {"currency": "USD", "date": "2025-04-10"}, '{"rate": 1.1221}')),
            _SUB_6,
            agent="assistant/bookkeeper",
            parent="assistant",
            call_id="call_2_0",
        ),
    ),
)

_TASK_7 = "Write a short (max. 60 words) product text in French for the bamboo desk lamp LMP-22. Facts: bamboo, 38 cm, dimmable, USB-C."
_SUB_7 = "Apportez une lumière douce à votre bureau : cette lampe en bambou de 38 cm s'adapte à votre humeur grâce à son variateur. Alimentée en USB-C, elle trouve sa place partout, sans encombrer votre espace de travail."
add(
    "get me a french product text for LMP-22 please (max 60 words)",
    turn("First the facts.", do("catalog.get", {"sku": "LMP-22"}, '{"sku":"LMP-22","name":"Desk lamp bamboo","height_cm":38,"features":["dimmable","USB-C"],"price":49.9}')),
    turn("", do("copywriter_fr", {"brief": _TASK_7}, _SUB_7, agent=True)),
    "Here's the French text for LMP-22 (under 60 words):\n\n> Apportez une lumière douce à votre bureau : cette lampe en bambou de 38 cm s'adapte à votre humeur grâce à son variateur. Alimentée en USB-C, elle trouve sa place partout, sans encombrer votre espace de travail.\n\nIt mentions the material, the height, dimming and USB-C, but not the price. Should I have it added to the catalogue?",
    subs=(trajectory(_TASK_7, _SUB_7, agent="assistant/copywriter_fr", parent="assistant", call_id="call_4_0"),),
)

# ---------------------------------------------------------------- short ones

add(
    "What time is it in Tokyo?",
    turn("", do("time__get_current_time", {"timezone": "Asia/Tokyo"}, '{"timezone":"Asia/Tokyo","datetime":"2025-03-18T07:42:10+09:00","is_dst":false}')),
    "It's **7:42 am** in Tokyo (Tuesday, March 18, 2025).",
)
add(
    "sqrt of 7396 times 12.5?",
    turn("", do("calculator", {"expression": "sqrt(7396)*12.5"}, "1075.0")),
    "√7396 × 12.5 = 86 × 12.5 = **1075**",
)
add(
    "delete the file tmp/draft_old.txt",
    turn("", do("delete_file", {"path": "tmp/draft_old.txt"}, "deleted tmp/draft_old.txt", write=True)),
    "`tmp/draft_old.txt` has been deleted.",
)
add(
    "Is table 'orders_archive' empty?",
    turn("", do("run_sql", {"query": "SELECT count(*) FROM orders_archive"}, "count\n-----\n0\n(1 row)")),
    "Yes, `orders_archive` is empty (0 rows).",
)
add(
    "any bike sharing bikes near Alexanderplatz?",
    turn("", do("nextbike_find", {"place": "Alexanderplatz", "radius": 300}, '{"stations":[{"name":"Alexanderplatz / Weltzeituhr","bikes":4,"m":120},{"name":"Rathausstraße","bikes":0,"m":240}]}')),
    "Yes, **4 bikes** at *Alexanderplatz / Weltzeituhr*, 120 m away. The other station within 300 m, *Rathausstraße*, is empty.",
)
add(
    "remind me to water the plants every monday at 8",
    turn("", do("reminders.create", {"title": "Water the plants", "rrule": "FREQ=WEEKLY;BYDAY=MO", "time": "08:00"}, '{"id":"r31","next":"2025-05-12T08:00"}', write=True)),
    "Done! I'll remind you to water the plants every Monday at 8:00, starting on May 12. 🌱",
)
add(
    "Wie viele Kalorien hat ein Croissant von ca. 60 g?",
    turn("", do("lebensmittel_suche", {"name": "Croissant"}, '{"name":"Croissant, Butter","kcal_100g":406,"fett_g":21.0}')),
    "Ein Buttercroissant von 60 g hat etwa **244 kcal** (406 kcal je 100 g), davon rund 12,6 g Fett.",
)
add(
    "¿Cuánto mide la torre más alta de Sevilla?",
    turn("", do("buscar_wiki", {"consulta": "edificio más alto de Sevilla"}, "La Torre Sevilla, con 180,5 metros y 40 plantas, es el edificio más alto de Andalucía.")),
    "La más alta es la **Torre Sevilla**, con **180,5 metros** y 40 plantas; es además el edificio más alto de Andalucía.",
)
add(
    "merge PR 18 in tools/cli if checks are green",
    turn("", do("github_get_pr_checks", {"repo": "tools/cli", "pr": 18}, '[{"name":"lint","conclusion":"success"},{"name":"unit","conclusion":"failure"},{"name":"build","conclusion":"success"}]')),
    "I did **not** merge PR 18: the `unit` check has failed (`lint` and `build` are green). Shall I look into why the unit tests fail?",
)
add(
    "what does error 0x80070005 mean in our installer log? see logs/install.log",
    turn("", do("read_file", {"path": "logs/install.log"}, "10:02:11 INFO  extracting 218 files\n10:02:14 ERROR CopyFile C:\\Program Files\\Ferro\\bin\\ferro.exe failed: 0x80070005\n10:02:14 INFO  rolling back\n")),
    "`0x80070005` is Windows' **E_ACCESSDENIED** (\"Access is denied\"). In your log it happened at 10:02:14, when the installer tried to copy `ferro.exe` to `C:\\Program Files\\Ferro\\bin`; afterwards it rolled back.\n\nUsual causes: the installer wasn't run as administrator, the old `ferro.exe` is still running, or a virus scanner blocks the file.",
)
add(
    "coin flip please, heads I go to the gym",
    turn("", do("random.choice", {"options": ["heads", "tails"]}, '"tails"')),
    "It's **tails**, so no gym today. 😄 (Nobody stops you from going anyway!)",
)
add(
    "How many open seats are there in the Python workshop?",
    turn("", do("events_get", {"slug": "python-workshop"}, '{"slug":"python-workshop","capacity":24,"registered":19,"waitlist":0,"starts":"2025-06-03T17:30"}')),
    "There are **5 seats left**: 19 of 24 are taken, and the waiting list is empty. The workshop starts on June 3, 2025, at 5:30 pm.",
)
add(
    "rename branch fix-1 to fix/login-timeout",
    turn("", do("bash", {"command": "git branch -m fix-1 fix/login-timeout && git branch"}, "* fix/login-timeout\n  main\n", write=True)),
    "Renamed: the branch is now `fix/login-timeout` (and checked out). If `fix-1` was already pushed, the remote branch still has the old name; I can take care of that too.",
)
add(
    "Is 2^61-1 prime?",
    turn("", do("sympy_eval", {"code": "isprime(2**61-1), 2**61-1"}, "(True, 2305843009213693951)")),
    "Yes. 2⁶¹ − 1 = 2,305,843,009,213,693,951 is prime – a *Mersenne prime*, as it has the form 2ᵖ − 1 with p = 61 itself prime.",
)
add(
    "日本円で120ドルはいくらですか?",
    turn("", do("exchange_rate", {"from": "USD", "to": "JPY"}, '{"rate":149.25,"date":"2025-03-17"}')),
    "2025年3月17日のレート(1ドル=149.25円)で計算すると、120ドルは約**17,910円**です。銀行やカード会社の手数料により、実際の金額は少し変わります。",
)
add(
    "这个文件夹里最大的文件是哪个?",
    turn("", do("list_directory_with_sizes", {"path": "."}, "[FILE] 报告.docx  1.2 MB\n[FILE] 视频.mp4  348.0 MB\n[FILE] 数据.xlsx  5.6 MB\n[DIR] 图片\nTotal: 3 files, 354.8 MB")),
    "最大的文件是**视频.mp4**,大小为348.0 MB,约占文件总大小(354.8 MB)的98%。子文件夹“图片”的大小没有计算在内。",
)
add(
    "Quelle est la température de l'eau à Biarritz ?",
    turn("", do("meteo_mer", {"lieu": "Biarritz"}, '{"temp_eau":19.4,"houle_m":1.1,"drapeau":"vert","releve":"14:00"}')),
    "L'eau est à **19,4 °C** à Biarritz (relevé de 14 h). La houle est d'environ 1,10 m et le drapeau est vert : la baignade est donc autorisée. Bonne baignade ! 🌊",
)
add(
    "Who is on call for payments this weekend?",
    turn("", do("opsgenie.whoIsOnCall", {"schedule": "payments", "date": "2025-07-12"}, '{"schedule":"payments","onCall":["Marta"],"until":"2025-07-14T09:00","backup":["Idris"]}')),
    "**Marta** is on call for payments, until Monday, July 14, at 9:00. **Idris** is her backup.",
    system_prompt="Today is Friday, 2025-07-11.",
)
add(
    "cancel my dentist appointment, the one next Thursday",
    turn("", do("appointments/list", {"q": "dentist"}, '[{"id":"ap1","title":"Dentist check-up","when":"2025-11-06T09:00"},{"id":"ap2","title":"Dentist (cleaning)","when":"2025-11-20T09:30"}]')),
    turn("", do("appointments/cancel", {"id": "ap1"}, '{"id":"ap1","status":"cancelled"}', write=True)),
    "Your dentist check-up on Thursday, November 6, 9:00 has been cancelled. The cleaning on November 20 stays in place.",
    system_prompt="Today is Thursday, 2025-10-30.",
)
add(
    "Can you hear this recording and tell me which bird it is? bird.wav",
    turn("", do("list_files", {"path": "."}, "bird.wav (1.4 MB)\nnotes.md (2 KB)")),
    "I'm sorry, I can see `bird.wav` (1.4 MB), but I have no tool that can play or analyse audio; I can only list files here. Apps such as *Merlin Bird ID* or *BirdNET* are very good at this. If you describe the song, the place and the season to me, I can help you narrow it down.",
)
add(
    "Which version of node is in the Dockerfile and is it still supported?",
    turn("", do("grep", {"pattern": "^FROM", "path": "Dockerfile"}, "1:FROM node:16-alpine")),
    "The Dockerfile uses **Node 16** (`node:16-alpine`). It's no longer supported: Node 16 reached its end of life in September 2023. I'd move to an LTS version that's still maintained, such as Node 22.",
)
add(
    "log 25 minutes on TASK-12 with comment 'review'",
    turn("", do("tempo_log_work", {"issue": "TASK-12", "minutes": 25, "comment": "review"}, '{"worklog":9931,"issue":"TASK-12","timeSpent":"25m","total":"3h 10m"}', write=True)),
    "I logged 25 minutes on TASK-12 (\"review\"). The total is now 3 h 10 min.",
)
add(
    "price of BTC and ETH right now, ratio too",
    turn("", do("coingecko__simple_price", {"ids": "bitcoin,ethereum", "vs_currencies": "usd"}, '{"bitcoin":{"usd":84000},"ethereum":{"usd":1920}}')),
    "- **Bitcoin:** $84,000\n- **Ethereum:** $1,920\n\nOne bitcoin is worth **43.75 ETH** at the moment.",
)
add(
    "ping the printer",
    turn("", do("net.ping", {"host": "printer.lan", "count": 4}, "4 packets transmitted, 0 received, 100% packet loss, time 3072ms")),
    "The printer (`printer.lan`) doesn't answer: all 4 pings were lost. It's probably off, asleep or disconnected from the network. Switch it on or wake it and I'll try again.",
    system_prompt="You administer a small office network. Hosts: router.lan, nas.lan, printer.lan.",
)

# ---------------------------------------------------------------- long ones

add(
    "We're deciding between an air-source and a ground-source heat pump for a 140 m² house needing about 14,000 kWh heat a year. Research efficiency, cost and subsidies in Germany and give me a recommendation with numbers. Electricity is 0.28 €/kWh.",
    turn("I'll gather field-test data, costs and the current subsidy rules.", do("tavily_search", {"query": "heat pump field test seasonal performance factor air source ground source Germany", "max_results": 3}, """{"results":[
{"title":"Field test of heat pumps in existing buildings","url":"https://research.example.org/wp-field-test","content":"In the last monitoring phase air-source systems reached seasonal performance factors between 2.5 and 3.8 with an average of 3.1, ground-source systems between 3.3 and 4.7 with an average of 4.1."},
{"title":"Heat pumps: frequently asked questions","url":"https://advice.example.org/heat-pumps","content":"Typical noise of modern outdoor units is 50 to 55 dB(A) at one metre."}]}"""), do("tavily_search", {"query": "heat pump cost installation air ground source single family house Germany subsidy 2025", "max_results": 3}, """{"results":[
{"title":"What does a heat pump cost?","url":"https://advice.example.org/costs","content":"Air-source: 28,000 to 38,000 euros including installation. Ground-source with borehole: 40,000 to 52,000 euros."},
{"title":"Subsidies for heating","url":"https://funding.example.org/heating","content":"See details page."}]}""")),
    turn("", do("tavily_extract", {"urls": ["https://funding.example.org/heating"]}, """# Subsidies for heating (residential)
- Basic subsidy: 30 %
- Climate speed bonus: 20 % when a working oil heating or an old gas heating is replaced (owner-occupiers)
- Income bonus: 30 % for households below EUR 40,000 taxable income
- Efficiency bonus: 5 % for heat pumps that use water, ground or waste water as the source, or a natural refrigerant
- The total is capped at 70 %. Eligible costs are capped at EUR 30,000 for the first dwelling.
""")),
    turn("", do("python_exec", {"code": "need, price = 14000, .28\nfor n, spf, cost, sub in (('air', 3.1, 33000, .30), ('ground', 4.1, 46000, .35)):\n    kwh = need / spf\n    grant = sub * 30000\n    print(n, round(kwh), round(kwh * price), grant, cost - grant)\na, g = need/3.1*price, need/4.1*price\nprint(round(a - g), round((46000-10500-24000)/(a-g)))"}, "air 4516 1265 9000.0 24000.0\nground 3415 956 10500.0 35500.0\n308 37\n")),
    """# Air-source or ground-source?

**Short answer:** for your house I'd choose an **air-source** heat pump. A ground-source one saves about €308 of electricity a year but costs roughly €11,500 more after subsidies, so it would take some **37 years** to pay off.

## Assumptions
- Heat demand 14,000 kWh a year, electricity at €0.28/kWh (your figures)
- Average seasonal performance factors from a field test in existing buildings: **3.1** (air) and **4.1** (ground) [1]
- Middle of the price ranges: **€33,000** (of 28,000–38,000) and **€46,000** (of 40,000–52,000) [2]
- Subsidy without bonuses that depend on your circumstances: 30 % for air, 30 % + 5 % for ground, on at most €30,000 [3]

## The numbers

| | Air-source | Ground-source |
|---|---:|---:|
| Seasonal performance factor | 3.1 | 4.1 |
| Electricity per year | 4,516 kWh | 3,415 kWh |
| Running cost per year | €1,265 | €956 |
| Investment | €33,000 | €46,000 |
| Subsidy | −€9,000 | −€10,500 |
| **Net investment** | **€24,000** | **€35,500** |

## What could change the result
- **Your current heating.** If you replace an oil or old gas boiler, both get another 20 % (€6,000); the difference stays the same.
- **Natural refrigerant.** An air-source unit with e.g. propane (R290) also gets the 5 % efficiency bonus, which widens the gap to €13,000.
- **The spread is wide.** Field results range from 2.5 to 3.8 (air) and 3.3 to 4.7 (ground). Low flow temperatures matter more than the type of source.
- **Noise and space.** Outdoor units have some 50–55 dB(A) at one metre [4]. If the neighbours are close, that can speak for the ground.

## Next steps
1. Have the heating load of each room calculated and check whether 50 °C flow temperature suffices.
2. Get three offers, and apply for the subsidy **before** you place the order.

Do you know which heating you'd replace, and whether your household income is below €40,000? Then I can compute your actual subsidy.

---
[1] https://research.example.org/wp-field-test · [2] https://advice.example.org/costs · [3] https://funding.example.org/heating · [4] https://advice.example.org/heat-pumps""",
)

add(
    "4 days in Porto in October for two, from Frankfurt, budget 1200 euros total. Suggest flights and a hotel.",
    turn("", do("flight_search", {"from": "FRA", "to": "OPO", "depart": "2025-10-16", "return": "2025-10-20", "adults": 2}, '{"offers":[{"id":"F1","carrier":"TAP","out":"06:05-08:00","back":"19:10-22:55","total_eur":412},{"id":"F2","carrier":"Lufthansa","out":"09:15-11:05","back":"12:00-15:40","total_eur":538},{"id":"F3","carrier":"Ryanair (HHN)","out":"21:35-23:25","back":"06:20-10:00","total_eur":196}]}'), do("hotel_search", {"city": "Porto", "check_in": "2025-10-16", "check_out": "2025-10-20", "guests": 2, "max_per_night": 150}, '{"hotels":[{"id":"H1","name":"Casa da Ribeira","stars":4,"per_night":132,"rating":8.9,"area":"Ribeira"},{"id":"H2","name":"Bonfim Guesthouse","stars":3,"per_night":84,"rating":9.1,"area":"Bonfim"},{"id":"H3","name":"Hotel Boavista Park","stars":4,"per_night":109,"rating":8.2,"area":"Boavista"}]}')),
    """I assumed October 16–20, 2025 (Thursday to Monday, four nights). Two combinations fit into €1,200:

### 🅰️ Comfortable: €940
- **TAP (F1), €412** for two: out 6:05–8:00, back 19:10–22:55
- **Casa da Ribeira**, 4 stars, rated 8.9, by the river: 4 × €132 = €528
- Leaves **€260** for food and outings, €65 a day. Tight.

### 🅱️ Balanced: €748
- The same flights
- **Bonfim Guesthouse**, 3 stars, rated 9.1: 4 × €84 = €336
- Leaves **€452**, or €113 a day

I'd go for 🅱️: the guesthouse has the best rating of all and your evenings aren't on a shoestring. Ryanair (F3) is just €196, but leaves from Hahn, arrives at 23:25 and flies back at 6:20, so you'd lose nearly a day.

Does the date suit you?""",
    Ask("B sounds great but we must be home by 5pm on Monday. And can we stay one night less, so Fri-Mon?"),
    turn("Then the dates are October 17 to 20, with a flight back that lands before 17:00.", do("flight_search", {"from": "FRA", "to": "OPO", "depart": "2025-10-17", "return": "2025-10-20", "adults": 2}, '{"offers":[{"id":"F7","carrier":"TAP","out":"06:05-08:00","back":"19:10-22:55","total_eur":438},{"id":"F8","carrier":"Lufthansa","out":"09:15-11:05","back":"12:00-15:40","total_eur":566},{"id":"F9","carrier":"TAP","out":"11:50-13:45","back":"11:05-14:50","total_eur":489}]}'), do("hotel_search", {"city": "Porto", "check_in": "2025-10-17", "check_out": "2025-10-20", "guests": 2, "max_per_night": 150}, '{"hotels":[{"id":"H2","name":"Bonfim Guesthouse","stars":3,"per_night":88,"rating":9.1,"area":"Bonfim"}]}')),
    """With three nights (Friday, October 17, to Monday, October 20) I'd take:

| | | Price |
|---|---|---:|
| ✈️ TAP (F9) | out Fri 11:50–13:45, back Mon 11:05–**14:50** | €489 |
| 🏨 Bonfim Guesthouse | 3 × €88 (a little dearer on the weekend) | €264 |
| | **Total** | **€753** |

That leaves **€447**, about €149 for each of the three nights. Landing in Frankfurt at 14:50 gives you some two hours to get home by 5 pm.

Lufthansa (F8) lands at 15:40 and costs €77 more, but you'd be in Porto at 11:05 rather than 13:45. Let me know which you prefer; I haven't booked anything.""",
)

add(
    "nginx got slow yesterday evening, access log is logs/access.log. who or what was it?",
    turn("", do("shell", {"command": ["bash", "-lc", "wc -l logs/access.log; head -2 logs/access.log; awk '{print substr($4,14,5)}' logs/access.log | sort | uniq -c | sort -rn | head -6"]}, """48210 logs/access.log
198.51.100.7 - - [14/May/2025:00:00:03 +0200] "GET / HTTP/1.1" 200 5120 "-" "Mozilla/5.0" 0.041
203.0.113.50 - - [14/May/2025:00:00:04 +0200] "GET /feed.xml HTTP/1.1" 200 18234 "-" "FeedFetcher" 0.022
    912 20:14
    905 20:15
    897 20:16
    890 20:13
    144 12:01
    139 11:58
""")),
    turn("Between 20:13 and 20:16 there are about 900 requests a minute, six times the usual peak. Who and what?", do("shell", {"command": ["bash", "-lc", "grep -E '2025:20:1[3-6]' logs/access.log > /tmp/peak.log; wc -l < /tmp/peak.log; echo --ip; awk '{print $1}' /tmp/peak.log | sort | uniq -c | sort -rn | head -3; echo --path; awk '{print $7}' /tmp/peak.log | cut -d'?' -f1 | sort | uniq -c | sort -rn | head -4; echo --ua; awk -F'\"' '{print $6}' /tmp/peak.log | sort | uniq -c | sort -rn | head -3"]}, """3604
--ip
   3120 192.0.2.44
     21 198.51.100.7
     18 203.0.113.50
--path
   3098 /search
    104 /
     77 /static/app.css
     25 /feed.xml
--ua
   3120 python-requests/2.31.0
    212 Mozilla/5.0
     90 FeedFetcher
""")),
    turn("", do("shell", {"command": ["bash", "-lc", "grep ^192.0.2.44 /tmp/peak.log | awk '{print $9}' | sort | uniq -c; grep ^192.0.2.44 /tmp/peak.log | head -3 | cut -d'\"' -f2; awk '{s+=$NF} END {printf \"peak %.2f\\n\", s/NR}' /tmp/peak.log; awk '{s+=$NF} END {printf \"day %.2f\\n\", s/NR}' logs/access.log; grep -c ^192.0.2.44 logs/access.log; whois 192.0.2.44 | grep -iE '^(netname|descr)'"]}, """   2644 200
    476 503
GET /search?q=a&page=1 HTTP/1.1
GET /search?q=a&page=2 HTTP/1.1
GET /search?q=a&page=3 HTTP/1.1
peak 2.87
day 0.31
3120
netname:        TEST-NET-1
""")),
    """## It was a single scraper

**192.0.2.44** sent **3,120 of the 3,604 requests (87 %)** between 20:13 and 20:16, nearly all of them to `/search`.

| | Peak (20:13–20:16) | Whole day |
|---|---:|---:|
| Requests per minute | ≈ 900 | ≈ 33 |
| Mean response time | **2.87 s** | 0.31 s |

### Evidence
- User agent `python-requests/2.31.0`, with exactly as many requests (3,120) as the address.
- It pages through search results: `/search?q=a&page=1`, `page=2`, `page=3` …
- It appears **only** in those four minutes: all 3,120 of its requests that day are in the peak.
- 476 of them (15 %) were answered with **503**: the back end could no longer keep up. `/search` presumably hits the database every time.

`whois` only says `TEST-NET-1`, a documentation range, so the real address is probably hidden, e.g. by an anonymised log or a wrongly configured proxy header.

### What I'd do
1. **Limit the rate** of `/search`, per address:
   ```nginx
   limit_req_zone $binary_remote_addr zone=search:10m rate=2r/s;

   location /search {
       limit_req zone=search burst=10 nodelay;
   }
   ```
2. **Cache** search results for a minute (`proxy_cache_valid 200 1m`).
3. Check `real_ip_header`, so that you see true client addresses.

Do you want me to prepare the configuration change?""",
)

add(
    "Add a --json flag to our CLI `stock list` (src/stock/cli.py). Output must be a JSON array sorted by sku. There's a test for it already that fails.",
    turn("", do("bash", {"command": "cd /workspace/stock && cat src/stock/cli.py tests/test_cli.py && python -m pytest -q 2>&1 | tail -6"}, """import argparse

from stock.store import load


def main(argv=None):
    parser = argparse.ArgumentParser(prog="stock")
    sub = parser.add_subparsers(dest="cmd", required=True)
    ls = sub.add_parser("list")
    ls.add_argument("--low", type=int, help="only items with fewer than LOW pieces")
    args = parser.parse_args(argv)
    items = load()
    if args.low is not None:
        items = [i for i in items if i.qty < args.low]
    for i in items:
        print(f"{i.sku}\\t{i.qty}")
import json

from stock.cli import main


def test_plain(capsys):
    main(["list"])
    assert capsys.readouterr().out == "B2\\t7\\nA1\\t0\\n"


def test_json(capsys):
    main(["list", "--json"])
    out = json.loads(capsys.readouterr().out)
    assert [i["sku"] for i in out] == ["A1", "B2"]
    assert out[0]["added"] == "2024-11-05"
FAILED tests/test_cli.py::test_json - SystemExit: 2
1 failed, 1 passed in 0.06s
"""), do("bash", {"command": "cd /workspace/stock && cat src/stock/store.py"}, """from dataclasses import dataclass
from datetime import date


@dataclass
class Item:
    sku: str
    qty: int
    added: date


def load() -> list[Item]:
    return [Item("B2", 7, date(2025, 1, 20)), Item("A1", 0, date(2024, 11, 5))]
""")),
    turn("", do("str_replace_editor", {"command": "str_replace", "path": "/workspace/stock/src/stock/cli.py", "old_str": '    for i in items:\n        print(f"{i.sku}\\t{i.qty}")', "new_str": '    if args.json:\n        items = sorted(items, key=lambda i: i.sku)\n        print(json.dumps([asdict(i) for i in items], indent=2))\n        return\n    for i in items:\n        print(f"{i.sku}\\t{i.qty}")'}, "The file /workspace/stock/src/stock/cli.py has been edited.", write=True), do("bash", {"command": "cd /workspace/stock && sed -i 's/^import argparse$/import argparse\\nimport json\\nfrom dataclasses import asdict/; s/^    args = parser.parse_args(argv)/    ls.add_argument(\"--json\", action=\"store_true\", help=\"print a JSON array\")\\n&/' src/stock/cli.py && python -m pytest -q 2>&1 | tail -6"}, """E       TypeError: Object of type date is not JSON serializable
/usr/lib/python3.12/json/encoder.py:180: TypeError
FAILED tests/test_cli.py::test_json - TypeError: Object of type date is not JSON serializable
1 failed, 1 passed in 0.07s
""", write=True)),
    turn("`added` is a `date`, which `json` can't serialise. An ISO string is what the test expects.", do("bash", {"command": "cd /workspace/stock && sed -i 's/asdict(i) for i in items\\], indent=2)/asdict(i) for i in items], indent=2, default=str)/' src/stock/cli.py && python -m pytest -q 2>&1 | tail -3 && PYTHONPATH=src python -c \"from stock.cli import main; main(['list','--json','--low','5'])\""}, """..                                                                       [100%]
2 passed in 0.05s
[
  {
    "sku": "A1",
    "qty": 0,
    "added": "2024-11-05"
  }
]
""", write=True)),
    "`stock list --json` works, and both tests pass.\n\n- **Sorted by SKU**, as you asked. The plain output keeps its order.\n- It combines with `--low`; `stock list --json --low 5` yields:\n\n```json\n[\n  {\n    \"sku\": \"A1\",\n    \"qty\": 0,\n    \"added\": \"2024-11-05\"\n  }\n]\n```\n\nMy first attempt failed with `Object of type date is not JSON serializable`, because `Item.added` is a `date`. I pass `default=str` to `json.dumps`, so dates become ISO strings. Only `src/stock/cli.py` was changed.",
)

add(
    "This query takes 9 seconds: SELECT * FROM events WHERE tenant_id = 42 AND created_at > now() - interval '7 days' ORDER BY created_at DESC LIMIT 50. Make it fast; ask before you change anything.",
    turn("", do("pg.explain", {"sql": "EXPLAIN (ANALYZE, BUFFERS) SELECT * FROM events WHERE tenant_id = 42 AND created_at > now() - interval '7 days' ORDER BY created_at DESC LIMIT 50"}, """Limit  (cost=0.44..1893.20 rows=50 width=312) (actual time=8841.207..9120.552 rows=50 loops=1)
  Buffers: shared hit=11204 read=402118
  ->  Index Scan Backward using events_created_at_idx on events  (actual time=8841.205..9120.530 rows=50 loops=1)
        Index Cond: (created_at > (now() - '7 days'::interval))
        Filter: (tenant_id = 42)
        Rows Removed by Filter: 3918400
Planning Time: 0.310 ms
Execution Time: 9120.611 ms"""), do("pg.indexes", {"table": "events"}, "events_pkey              btree (id)                 1.1 GB\nevents_created_at_idx    btree (created_at)         1.0 GB\n")),
    "The cause is clear: PostgreSQL walks the index on `created_at` from the newest event backwards and throws away **3,918,400 rows of other tenants** to find 50 of tenant 42. There's no index that contains `tenant_id`.\n\nI suggest an index on both columns:\n\n```sql\nCREATE INDEX CONCURRENTLY events_tenant_created_idx ON events (tenant_id, created_at DESC);\n```\n\n- `CONCURRENTLY` doesn't block writes, but takes longer.\n- Expect somewhat more than 1 GB of disk, judging by the existing indexes, and slightly slower inserts.\n\nShall I create it?",
    Ask("yes go"),
    turn("", do("pg.execute", {"sql": "CREATE INDEX CONCURRENTLY events_tenant_created_idx ON events (tenant_id, created_at DESC)"}, "CREATE INDEX (412.8 s)", write=True)),
    turn("", do("pg.explain", {"sql": "EXPLAIN (ANALYZE, BUFFERS) SELECT * FROM events WHERE tenant_id = 42 AND created_at > now() - interval '7 days' ORDER BY created_at DESC LIMIT 50"}, """Limit  (actual time=0.041..0.188 rows=50 loops=1)
  Buffers: shared hit=55
  ->  Index Scan using events_tenant_created_idx on events  (actual time=0.040..0.180 rows=50 loops=1)
        Index Cond: ((tenant_id = 42) AND (created_at > (now() - '7 days'::interval)))
Planning Time: 0.402 ms
Execution Time: 0.221 ms""")),
    "The index is in place (it took just under 7 minutes to build), and the query now runs in **0.22 ms instead of 9.1 s**.\n\n| | Before | After |\n|---|---:|---:|\n| Execution time | 9,120.6 ms | 0.221 ms |\n| Buffers touched | 413,322 | 55 |\n| Rows filtered out | 3,918,400 | none |\n\n`events_tenant_created_idx` is used for both conditions and delivers the rows in the right order, so no sorting is necessary either.",
)

add(
    "Scrape all book titles and prices from http://books.example.test/ (3 pages) and tell me the cheapest and the average",
    turn("", do("fetch", {"url": "http://books.example.test/?page=1"}, """<html><body><ol class="row">
<li><h3><a title="A Light in the Attic">A Light in the ...</a></h3><p class="price_color">£51.77</p></li>
<li><h3><a title="Tipping the Velvet">Tipping the Velvet</a></h3><p class="price_color">£53.74</p></li>
<li><h3><a title="Soumission">Soumission</a></h3><p class="price_color">£50.10</p></li>
</ol><p class="pager">Page 1 of 3 <a href="?page=2">next</a></p></body></html>""")),
    turn("", do("fetch", {"url": "http://books.example.test/?page=2"}, """<html><body><ol class="row">
<li><h3><a title="Sharp Objects">Sharp Objects</a></h3><p class="price_color">£47.82</p></li>
<li><h3><a title="The Requiem Red">The Requiem Red</a></h3><p class="price_color">£22.65</p></li>
<li><h3><a title="The Black Maria">The Black Maria</a></h3><p class="price_color">£52.15</p></li>
</ol><p class="pager">Page 2 of 3 <a href="?page=3">next</a></p></body></html>"""), do("fetch", {"url": "http://books.example.test/?page=3"}, """<html><body><ol class="row">
<li><h3><a title="Starving Hearts (Triangular Trade Trilogy, #1)">Starving Hearts ...</a></h3><p class="price_color">£13.99</p></li>
<li><h3><a title="Set Me Free">Set Me Free</a></h3><p class="price_color">£17.46</p></li>
</ol><p class="pager">Page 3 of 3</p></body></html>""")),
    """I found **8 books** on the three pages:

| # | Title | Price |
|---:|---|---:|
| 1 | A Light in the Attic | £51.77 |
| 2 | Tipping the Velvet | £53.74 |
| 3 | Soumission | £50.10 |
| 4 | Sharp Objects | £47.82 |
| 5 | The Requiem Red | £22.65 |
| 6 | The Black Maria | £52.15 |
| 7 | Starving Hearts (Triangular Trade Trilogy, #1) | £13.99 |
| 8 | Set Me Free | £17.46 |

- **Cheapest:** *Starving Hearts*, £13.99
- **Most expensive:** *Tipping the Velvet*, £53.74
- **Average:** £38.71 (309.68 / 8)

Shortened titles ("A Light in the ...") were completed from the links' `title` attributes.""",
)

add(
    "Evaluate the A/B test in ab.csv (columns variant, converted). Is B better? be honest about uncertainty",
    turn("", do("jupyter_execute", {"code": "import pandas as pd\nd = pd.read_csv('ab.csv')\nprint(d.shape, d.variant.unique(), d.converted.unique())\nprint(d.groupby('variant').converted.agg(['count','sum','mean']))"}, """(10000, 2) ['A' 'B'] [0 1]
         count  sum    mean
variant
A         5000  400  0.0800
B         5000  450  0.0900
""")),
    turn("", do("jupyter_execute", {"code": "from statsmodels.stats.proportion import proportions_ztest, confint_proportions_2indep\nprint(proportions_ztest([450,400],[5000,5000]))\nprint(confint_proportions_2indep(450,5000,400,5000,compare='diff'))"}, "ModuleNotFoundError: No module named 'statsmodels'")),
    turn("`statsmodels` isn't installed. The test is simple enough to do with `math`.", do("jupyter_execute", {"code": "from math import sqrt, erf\nn=5000; pa, pb = 400/n, 450/n\np=(400+450)/(2*n)\nz=(pb-pa)/sqrt(p*(1-p)*2/n)\npv=2*(1-0.5*(1+erf(abs(z)/sqrt(2))))\nse=sqrt(pa*(1-pa)/n+pb*(1-pb)/n)\nprint(round(z,3), round(pv,4), round(pb-pa-1.96*se,4), round(pb-pa+1.96*se,4))"}, "1.793 0.073 -0.0009 0.0209\n")),
    """## A/B test: B looks better, but it isn't conclusive

| Variant | Visitors | Conversions | Rate |
|---|---:|---:|---:|
| A | 5,000 | 400 | 8.0 % |
| B | 5,000 | 450 | 9.0 % |

- **Observed difference:** +1.0 percentage point, a relative lift of **12.5 %**
- **Two-sided z-test:** z = 1.79, **p = 0.073**
- **95 % confidence interval of the difference:** −0.09 to +2.09 percentage points

### What that means
The interval just includes zero, so at the usual 5 % level you **can't rule out that there's no effect**. It does *not* mean that B is no better: most of the interval is positive, and the best guess is still +1 point.

### What I'd do
1. **Keep it running** if you can, with a sample size that you fix *now*. Stopping as soon as p drops below 0.05 inflates the rate of false positives.
2. To detect a rise from 8 % to 9 % with 80 % power you need roughly 12,000 visitors **per variant**, i.e. more than twice what you have.
3. If B costs nothing and is easy to undo, choosing it is a defensible decision, just not a proven one.

*Technical note:* `statsmodels` wasn't available, so I computed the pooled z-test and the interval by hand.""",
)

add(
    "Werte bitte unseren Stromverbrauch 2024 aus (verbrauch_2024.csv, Monatswerte in kWh, Preis 0,31 €/kWh). Was fällt auf, was sparen wir mit der neuen Wärmepumpen-Steuerung, die seit Oktober läuft? 2023 liegt in verbrauch_2023.csv.",
    turn("Ich lese beide Dateien ein.", do("datei_lesen", {"pfad": "verbrauch_2023.csv"}, "monat,kwh\n01,820\n02,760\n03,640\n04,480\n05,350\n06,300\n07,290\n08,295\n09,340\n10,500\n11,700\n12,825\n"), do("datei_lesen", {"pfad": "verbrauch_2024.csv"}, "monat,kwh\n01,840\n02,770\n03,650\n04,470\n05,360\n06,310\n07,395\n08,300\n09,345\n10,420\n11,590\n12,690\n")),
    turn("", do("python_ausfuehren", {"code": "a=[820,760,640,480,350,300,290,295,340,500,700,825]\nb=[840,770,650,470,360,310,395,300,345,420,590,690]\nprint(sum(a),sum(b),sum(a[:9]),sum(b[:9]),sum(a[9:]),sum(b[9:]))"}, "6300 6140 4275 4440 2025 1700\n")),
    """# Stromverbrauch 2024

**Kurz gesagt:** Sie haben 6.140 kWh verbraucht, 160 kWh (2,5 %) weniger als 2023. Das liegt allein am letzten Quartal, also an der Zeit mit der neuen Steuerung.

| Zeitraum | 2023 | 2024 | Differenz |
|---|---:|---:|---:|
| Januar–September | 4.275 kWh | 4.440 kWh | +165 kWh (+3,9 %) |
| Oktober–Dezember | 2.025 kWh | 1.700 kWh | **−325 kWh (−16,0 %)** |
| **Jahr** | **6.300 kWh** | **6.140 kWh** | **−160 kWh (−2,5 %)** |

Bei 0,31 €/kWh kostete der Strom 2024 **1.903,40 €** (2023 zum selben Preis: 1.953,00 €).

## Was auffällt
1. **Juli 2024:** 395 kWh gegenüber 290 kWh im Vorjahr, ein Plus von 105 kWh (36 %). Kein anderer Monat steigt so stark; vielleicht lief ein Klimagerät oder ein Gerät dauerhaft.
2. **Ab Oktober** liegt jeder Monat deutlich unter dem Vorjahr: −80, −110 und −135 kWh.

## Ersparnis durch die Steuerung
- Im vierten Quartal: 325 kWh × 0,31 € = **100,75 €**
- Hochgerechnet: Würden auch Januar bis März um 16 % sinken (2024: 2.260 kWh), kämen etwa 362 kWh oder rund **112 €** im Jahr hinzu.

⚠️ **Einschränkung:** Die Werte sind nicht witterungsbereinigt. War der Herbst 2024 milder als der von 2023, geht ein Teil der Ersparnis darauf zurück. Mit Gradtagszahlen Ihrer Wetterstation ließe sich das prüfen. Soll ich das versuchen?""",
)

add(
    "Refactoriza src/pedidos.py: la función es demasiado larga. No cambies el comportamiento y comprueba con los tests.",
    turn("Primero leo el código y ejecuto los tests.", do("bash", {"command": "cat src/pedidos.py && python -m pytest -q"}, '''def procesar(pedido):
    total = 0
    for linea in pedido["lineas"]:
        if linea["cantidad"] <= 0:
            raise ValueError("cantidad inválida")
        subtotal = linea["precio"] * linea["cantidad"]
        if linea["cantidad"] >= 10:
            subtotal = subtotal * 0.9
        total += subtotal
    if pedido.get("cupon") == "VERANO":
        total = total - 5
    if total < 0:
        total = 0
    envio = 0 if total >= 50 else 4.95
    return {"total": round(total, 2), "envio": envio, "a_pagar": round(total + envio, 2)}
........                                                                 [100%]
8 passed in 0.04s
''')),
    turn("", do("str_replace_editor", {"command": "create", "path": "src/pedidos.py", "file_text": 'CANTIDAD_MAYORISTA = 10\nFACTOR_MAYORISTA = 0.9\nDESCUENTO_CUPON = {"VERANO": 5}\nENVIO_GRATIS_DESDE = 50\nCOSTE_ENVIO = 4.95\n\n\ndef procesar(pedido):\n    bruto = sum(_subtotal(linea) for linea in pedido["lineas"])\n    total = max(0, bruto - DESCUENTO_CUPON.get(pedido.get("cupon"), 0))\n    envio = 0 if total >= ENVIO_GRATIS_DESDE else COSTE_ENVIO\n    return {"total": round(total, 2), "envio": envio, "a_pagar": round(total + envio, 2)}\n\n\ndef _subtotal(linea):\n    if linea["cantidad"] <= 0:\n        raise ValueError("cantidad inválida")\n    subtotal = linea["precio"] * linea["cantidad"]\n    return subtotal * FACTOR_MAYORISTA if linea["cantidad"] >= CANTIDAD_MAYORISTA else subtotal\n'}, "Archivo src/pedidos.py escrito", write=True), do("bash", {"command": "python -m pytest -q"}, "........                                                                 [100%]\n8 passed in 0.04s\n")),
    "He refactorizado `src/pedidos.py` y los **8 tests siguen pasando**, igual que antes del cambio.\n\n### Qué ha cambiado\n- **`_subtotal(linea)`** valida la cantidad y aplica el descuento mayorista de cada línea.\n- **`procesar`** queda en cuatro líneas: suma, cupón, envío y resultado.\n- Los números sueltos son ahora **constantes con nombre** (`ENVIO_GRATIS_DESDE = 50`, `COSTE_ENVIO = 4.95`, etc.).\n- Los cupones están en un diccionario, de modo que añadir otro es una sola línea.\n\n### Qué no ha cambiado\nEl comportamiento: el total nunca es negativo, el envío es gratis a partir de 50 y una cantidad no positiva sigue lanzando `ValueError`.\n\nUna sugerencia para más adelante: usar `Decimal` en lugar de `float` para los importes. ¿Quieres que lo haga?",
)

add(
    "Fais-moi une synthèse des absences de l'équipe au premier trimestre 2025, par motif et par personne.",
    turn("", do("sirh.absences", {"equipe": "produit", "debut": "2025-01-01", "fin": "2025-03-31"}, '{"absences":[{"personne":"Camille","motif":"congés","jours":5},{"personne":"Camille","motif":"maladie","jours":2},{"personne":"Hugo","motif":"congés","jours":3},{"personne":"Inès","motif":"maladie","jours":9},{"personne":"Inès","motif":"formation","jours":2},{"personne":"Malik","motif":"formation","jours":2},{"personne":"Malik","motif":"congés","jours":1}],"jours_ouvres":63,"effectif":5}')),
    """## Absences de l'équipe produit – 1er trimestre 2025

**24 jours d'absence** au total, sur 315 jours théoriques (5 personnes × 63 jours ouvrés), soit **7,6 %**.

### Par motif
| Motif | Jours | Part |
|---|---:|---:|
| Maladie | 11 | 45,8 % |
| Congés | 9 | 37,5 % |
| Formation | 4 | 16,7 % |

### Par personne
| Personne | Congés | Maladie | Formation | Total |
|---|---:|---:|---:|---:|
| Inès | – | 9 | 2 | **11** |
| Camille | 5 | 2 | – | **7** |
| Hugo | 3 | – | – | **3** |
| Malik | 1 | – | 2 | **3** |

### À noter
- La cinquième personne de l'équipe n'a aucune absence enregistrée.
- Hors congés et formation, le taux d'absence pour maladie est de **3,5 %**, dont la plus grande partie pour une seule personne.
- Inès et Malik ont pris très peu de congés (0 et 1 jour) : un rappel avant l'été serait peut-être utile.

Souhaitez-vous une comparaison avec le trimestre précédent ?""",
    system_prompt="Tu es l'assistant RH de l'équipe « produit ».",
)

add(
    "请分析一下 reviews.json 里的商品评价:平均分、主要优缺点,以及最需要改进的地方。",
    turn("我先读取文件。", do("read_file", {"path": "reviews.json"}, """[
 {"id": 1, "stars": 5, "text": "音质很好,续航也长,戴着舒服"},
 {"id": 2, "stars": 2, "text": "连接老是断,客服回复慢"},
 {"id": 3, "stars": 4, "text": "音质不错,就是充电盒容易刮花"},
 {"id": 4, "stars": 1, "text": "用了两周左耳就没声音了,蓝牙也断"},
 {"id": 5, "stars": 5, "text": "续航很长,通勤够用一周"},
 {"id": 6, "stars": 3, "text": "音质可以,偶尔断连"},
 {"id": 7, "stars": 4, "text": "佩戴舒服,性价比高"},
 {"id": 8, "stars": 2, "text": "断连严重,降噪一般"}
]""")),
    """## 商品评价分析(共8条)

**平均分:3.25 / 5**

| 星级 | 数量 |
|---|---:|
| 5星 | 2 |
| 4星 | 2 |
| 3星 | 1 |
| 2星 | 2 |
| 1星 | 1 |

### 👍 主要优点
- **音质**:3条评价提到(第1、3、6条)
- **续航长**:2条(第1、5条)
- **佩戴舒服**:2条(第1、7条)

### 👎 主要缺点
- **连接不稳定**:4条(第2、4、6、8条),是最集中的问题
- 其他问题各1条:客服回复慢、左耳无声、充电盒易刮花、降噪一般

### 🔧 最需要改进的地方
**蓝牙连接的稳定性。** 提到断连的4条评价平均只有2.0分,而其余4条平均为4.5分;所有3星及以下的评价都提到了断连。如果能解决这个问题,总体评分应该会明显提高。

需要说明的是,样本只有8条,结论仅供参考。""",
)

add(
    "terraform plan for env staging, explain what'd change, apply if it's only additions",
    turn("", do("terraform__plan", {"dir": "envs/staging"}, """Terraform will perform the following actions:

  # aws_s3_bucket.exports will be created
  + resource "aws_s3_bucket" "exports" {
      + bucket = "acme-staging-exports"
    }

  # aws_db_instance.main must be replaced
-/+ resource "aws_db_instance" "main" {
      ~ storage_encrypted = false -> true # forces replacement
        identifier        = "staging-main"
    }

  # aws_sqs_queue.jobs will be updated in-place
  ~ resource "aws_sqs_queue" "jobs" {
      ~ visibility_timeout_seconds = 30 -> 120
    }

Plan: 2 to add, 1 to change, 1 to destroy.
""")),
    """I did **not** apply the plan: it isn't only additions, and one of the changes would **destroy the staging database**.

| Resource | Action | Detail |
|---|---|---|
| `aws_s3_bucket.exports` | ➕ create | new bucket `acme-staging-exports` |
| `aws_sqs_queue.jobs` | ✏️ change in place | visibility timeout 30 → 120 s |
| `aws_db_instance.main` | ⚠️ **destroy and recreate** | `storage_encrypted` false → true forces a replacement |

*(Plan: 2 to add, 1 to change, 1 to destroy. The database counts as one added and one destroyed.)*

AWS can't encrypt an existing RDS instance in place, so Terraform would delete `staging-main` with all its data. The usual way is to snapshot it, copy the snapshot with encryption enabled, and restore from the copy.

If you want, I can apply just the two harmless ones:

```bash
terraform apply -target=aws_s3_bucket.exports -target=aws_sqs_queue.jobs
```""",
    Ask("ok do the two targets"),
    turn("", do("terraform__apply", {"dir": "envs/staging", "targets": ["aws_s3_bucket.exports", "aws_sqs_queue.jobs"]}, "aws_sqs_queue.jobs: Modifications complete after 2s\naws_s3_bucket.exports: Creation complete after 3s [id=acme-staging-exports]\n\nWarning: Applied changes may be incomplete\n\nApply complete! Resources: 1 added, 1 changed, 0 destroyed.\n", write=True)),
    "Applied: **1 added, 1 changed, 0 destroyed**. The bucket `acme-staging-exports` exists, and the queue's visibility timeout is now 120 seconds.\n\nThe warning \"Applied changes may be incomplete\" is what Terraform always prints with `-target`. The database is untouched and remains in the plan; until `storage_encrypted` has been dealt with, nobody should run a plain `terraform apply` there.",
)

add(
    "Write release notes for v1.8.0 from the commits since v1.7.2. Markdown, grouped, no internal stuff",
    turn("", do("git_log_range", {"from": "v1.7.2", "to": "HEAD"}, """a91c0e2 feat: export dashboards as PDF (#410)
77d1b0f fix: wrong totals when filtering by tag (#415)
0be5521 chore: bump actions/checkout to v4
c3f4a77 feat!: drop support for Python 3.8 (#402)
e20d9b8 fix: crash on startup without network (#418)
9950a13 docs: explain api tokens (#411)
41fe6c0 test: mock clock in scheduler tests
d7a2e95 perf: load projects lazily (#409)
""")),
    turn("Two of these deserve more than their subject line.", do("git_show_message", {"commit": "c3f4a77"}, "feat!: drop support for Python 3.8 (#402)\n\n3.8 is end of life. Requires 3.9 or newer.\n"), do("git_show_message", {"commit": "d7a2e95"}, "perf: load projects lazily (#409)\n\nStart page with 500 projects: 4.2 s -> 0.6 s.\n")),
    """```markdown
# v1.8.0

## ⚠️ Breaking
- Python 3.8 is no longer supported; you need Python 3.9 or newer. (#402)

## ✨ New
- Dashboards can be exported as PDF. (#410)

## ⚡ Faster
- Projects are loaded lazily. With 500 projects the start page opens in 0.6 s, down from 4.2 s. (#409)

## 🐛 Fixed
- Totals were wrong when filtering by tag. (#415)
- The app crashed on startup without a network. (#418)

## 📖 Documentation
- API tokens are explained. (#411)
```

I left out two internal commits: the bump of `actions/checkout` (0be5521) and the mocked clock in the scheduler tests (41fe6c0).

One remark: dropping Python 3.8 is marked as a breaking change (`feat!`). Under strict semantic versioning that would call for 2.0.0 rather than 1.8.0, although many projects treat a raised minimum Python version as minor.""",
)

add(
    "Here's the transcript of our meeting: meetings/2025-06-18.txt. Minutes please: decisions, action items with owner and due date, open questions.",
    turn("", do("get_file_contents", {"path": "meetings/2025-06-18.txt"}, """[10:00] Anika: Everyone here? Teo can't make it, he's ill.
[10:02] Anika: First, launch date. Marketing wants September 1st.
[10:04] Ruben: Too early. The payment provider's review takes until the end of August. I'd say September 15th.
[10:07] Lucía: Fine for marketing, if we know by Friday.
[10:08] Anika: Then it's September 15th. Ruben, you confirm with the provider by Friday?
[10:09] Ruben: Yes.
[10:15] Lucía: Pricing. I'd like 9 euros, not 12.
[10:17] Ruben: With 9 we don't cover support, honestly.
[10:21] Anika: We can't settle that without Teo's numbers. Next week.
[10:24] Anika: Beta testers: we have 40, need 100.
[10:25] Lucía: I'll write to the newsletter on Monday.
[10:31] Ruben: Also, do we need a German version of the terms at launch?
[10:32] Anika: No idea, I'll ask legal by the end of June.
[10:35] Anika: OK, thanks all.
""")),
    """# Minutes, June 18, 2025

**Present:** Anika, Lucía, Ruben · **Absent:** Teo (ill) · **Time:** 10:00–10:35

## Decisions
1. **Launch on September 15**, not September 1, because the payment provider's review takes until the end of August.

## Action items

| Owner | What | Due |
|---|---|---|
| Ruben | Confirm the date with the payment provider | Friday, June 20 |
| Lucía | Recruit beta testers via the newsletter (40 of 100 so far, 60 missing) | Monday, June 23 |
| Anika | Ask legal whether the terms are needed in German at launch | June 30 |

## Open questions
- **Price, €9 or €12?** Lucía prefers 9. Ruben objects that 9 doesn't cover support. Postponed to next week, as Teo's numbers are needed.
- **German terms at launch?** (see Anika's action item)

## Note
Teo has no action item in the transcript, but the pricing decision depends on his numbers. Somebody should tell him before next week.""",
)

add(
    "which products do we have to reorder today? lead times matter",
    turn("", do("inventory.list", {"warehouse": "main", "fields": "sku,name,on_hand,daily_sales"}, '[{"sku":"K-10","name":"Kettle","on_hand":84,"daily_sales":6},{"sku":"T-22","name":"Toaster","on_hand":30,"daily_sales":4},{"sku":"M-05","name":"Mixer","on_hand":120,"daily_sales":3},{"sku":"G-31","name":"Grinder","on_hand":25,"daily_sales":5}]'), do("purchasing.open_orders", {"warehouse": "main"}, '[{"po":"PO-881","sku":"G-31","qty":100,"eta_days":3}]')),
    turn("", do("suppliers.lead_times", {"skus": ["K-10", "T-22", "M-05", "G-31"]}, '{"K-10":12,"T-22":14,"M-05":10,"G-31":9}')),
    """**Reorder today: the toaster (T-22).** The kettle follows within two days.

| SKU | Product | Stock | Sales/day | Lasts | Lead time | Verdict |
|---|---|---:|---:|---:|---:|---|
| T-22 | Toaster | 30 | 4 | 7.5 days | 14 days | 🔴 order now |
| K-10 | Kettle | 84 | 6 | 14 days | 12 days | 🟡 order within 2 days |
| G-31 | Grinder | 25 | 5 | 5 days | 9 days | 🟢 covered by PO-881 |
| M-05 | Mixer | 120 | 3 | 40 days | 10 days | 🟢 fine |

- **Toaster:** even if you order today, it'll be out of stock for about 6.5 days, i.e. some 26 lost sales. Ask the supplier about express delivery.
- **Grinder:** stock lasts 5 days and PO-881 brings 100 more in 3 days, so there's no gap if it arrives on time.

There's no safety stock in these figures. Shall I draft a purchase order for the toaster, and for how many?""",
)

add(
    "my lab results are in the portal, can you explain them? nothing scary please just facts",
    turn("", do("portal_getLabResults", {"patient": "me", "latest": True}, '{"date":"2025-04-02","results":[{"test":"Hemoglobin","value":14.1,"unit":"g/dL","ref":"12.0-16.0"},{"test":"Ferritin","value":11,"unit":"ng/mL","ref":"15-150"},{"test":"TSH","value":2.1,"unit":"mIU/L","ref":"0.4-4.0"},{"test":"LDL cholesterol","value":128,"unit":"mg/dL","ref":"<130"},{"test":"Vitamin D (25-OH)","value":34,"unit":"ng/mL","ref":"30-100"}]}')),
    """These are your results of **April 2, 2025**. Four of five are within the reference range, one is a bit low.

| Test | Your value | Reference | |
|---|---:|---|---|
| Hemoglobin | 14.1 g/dL | 12.0–16.0 | ✅ |
| **Ferritin** | **11 ng/mL** | 15–150 | ⬇️ slightly low |
| TSH | 2.1 mIU/L | 0.4–4.0 | ✅ |
| LDL cholesterol | 128 mg/dL | below 130 | ✅ (just) |
| Vitamin D (25-OH) | 34 ng/mL | 30–100 | ✅ |

**What they mean**
- **Ferritin** reflects your iron *stores*. Yours are low, while your **hemoglobin** is normal, so the results show no anemia. Common reasons are low intake, heavy periods or blood donations.
- **TSH** is about the thyroid; it's in the middle of the range.
- **LDL** is just below the limit. What's ideal for you depends on your other risk factors.
- **Vitamin D** is sufficient.

Please discuss the ferritin with your doctor before you take iron supplements, since they'd want to find the reason and choose the dose. If you like, I can put together a list of questions to take along.""",
)

add(
    "what does it cost us to borrow 300k over 25 years at 3.6%? how much does paying an extra 200 a month save",
    turn("", do("python_repl", {"input": "P=300000; r=.036/12; n=300\nm=P*r/(1-(1+r)**-n)\nprint(round(m,2), round(m*n,2), round(m*n-P,2))\ndef run(pay):\n    b=P; k=0; i=0\n    while b>0:\n        z=b*r; i+=z; b=b+z-pay; k+=1\n    return k, round(i,2)\nprint(run(m+200))"}, "1518.01 455402.39 155402.39\n(248, 125586.13)\n")),
    """**Without extra payments** you pay **1,518.01 a month** for 25 years: 455,402 in total, of which **155,402 is interest**.

**With 200 more a month** (1,718.01):

| | Standard | +200 a month | Difference |
|---|---:|---:|---:|
| Duration | 300 months (25 years) | 248 months (20 y 8 m) | 52 months shorter |
| Interest | 155,402 | 125,586 | **29,816 saved** |

So the loan is paid off more than four years early. Two conditions: the rate stays at 3.6 % for the whole period, and your bank accepts extra payments without a fee. Many contracts limit them (often to 5 % of the loan a year; 2,400 a year would be 0.8 %, well below).""",
)

add(
    "Check when the TLS certificates of our 4 hosts expire and renew whatever expires within 14 days. hosts are in hosts.txt",
    turn("", do("bash", {"command": "cat hosts.txt; date -u +%F; for h in $(cat hosts.txt); do echo -n \"$h \"; echo | openssl s_client -servername $h -connect $h:443 2>/dev/null | openssl x509 -noout -enddate; done"}, """www.example.net
api.example.net
docs.example.net
git.example.net
2025-08-04
www.example.net notAfter=Oct 21 09:00:12 2025 GMT
api.example.net notAfter=Aug 13 22:14:40 2025 GMT
docs.example.net notAfter=Aug 29 07:30:00 2025 GMT
git.example.net notAfter=Aug 10 11:05:33 2025 GMT
""")),
    turn("`api` (in 9 days) and `git` (in 6 days) are due. I'll renew those two.", do("bash", {"command": "certbot renew --cert-name api.example.net"}, "Renewing an existing certificate for api.example.net\n\nCongratulations, all renewals succeeded:\n  /etc/letsencrypt/live/api.example.net/fullchain.pem (success)\n", write=True), do("bash", {"command": "certbot renew --cert-name git.example.net"}, "Failed to renew certificate git.example.net with error: Some challenges have failed.\n  Type:   unauthorized\n  Detail: Invalid response from http://git.example.net/.well-known/acme-challenge/x1: 404\n\nAll renewals failed.\n", "tool_error", write=True)),
    turn("The challenge for `git` returns 404. I'll see how its web server handles that path.", do("bash", {"command": "curl -sI http://git.example.net/.well-known/acme-challenge/test | head -3; grep -n -A6 'server_name git' sites/git.conf"}, """HTTP/1.1 404 Not Found
Server: gitea
12:    server_name git.example.net;
13:    listen 80;
14:    location / {
15:        proxy_pass http://127.0.0.1:3000;
16:    }
""")),
    """One of the two due certificates was renewed, **the other one couldn't be**.

| Host | Expires | Days left | Result |
|---|---|---:|---|
| git.example.net | August 10, 2025 | 6 | ❌ **renewal failed** |
| api.example.net | August 13, 2025 | 9 | ✅ renewed |
| docs.example.net | August 29, 2025 | 25 | not due yet |
| www.example.net | October 21, 2025 | 78 | not due yet |

**Why git failed:** Let's Encrypt fetches a file below `/.well-known/acme-challenge/`, but in `sites/git.conf` everything on port 80 is passed on to Gitea, which knows no such path and answers 404.

**Fix**, above `location /`:

```nginx
location /.well-known/acme-challenge/ {
    root /var/www/letsencrypt;
}
```

(Use whichever webroot certbot is set up for.) Then reload nginx and run `certbot renew --cert-name git.example.net` once more. I didn't touch the web server's configuration, since you asked only for renewals. Shall I? There are 6 days left.""",
    system_prompt="You are an operations agent with root rights on the gateway. The user expects changes only where asked for.",
)

add(
    "My tests print 'SettingWithCopyWarning' and one asserts on a mock that's never called. Explain, don't fix. file: tests/test_clean.py",
    turn("", do("view", {"file_path": "tests/test_clean.py"}, """from unittest.mock import patch

import pandas as pd

import clean


@patch("notify.send")
def test_clean_notifies(send):
    df = pd.DataFrame({"x": [1, None, 3]})
    clean.clean(df)
    send.assert_called_once()
"""), do("view", {"file_path": "clean.py"}, """from notify import send


def clean(df):
    ok = df[df.x.notna()]
    ok["x2"] = ok.x * 2
    if len(ok) < len(df):
        send(f"{len(df) - len(ok)} rows dropped")
    return ok
""")),
    """Two separate things are going on.

### 1. Why the mock is never called
`clean.py` does `from notify import send`, which binds the name `send` **inside the module `clean`** when it's imported. Your test patches `notify.send`, so it replaces the attribute of the module `notify`, but `clean.send` still refers to the original function. The real `send` is called, and the mock isn't.

> Patch where the name is *looked up*, not where it's defined.

So the decorator would have to be `@patch("clean.send")`.

Mind that this means that your test currently runs the **real** `notify.send`, with the text "1 rows dropped".

### 2. Why pandas warns
```python
ok = df[df.x.notna()]     # might be a view or a copy
ok["x2"] = ok.x * 2       # <- SettingWithCopyWarning
```

Boolean indexing returns a copy here, so the result is right, but pandas keeps a note that `ok` was derived from `df` and warns that your assignment won't reach `df`. With an explicit `df[df.x.notna()].copy()` it knows that you mean it. From pandas 3 on, copy-on-write is the default and the warning is gone.

As you asked, I changed nothing.""",
)

add(
    "play zork a bit, get me the lamp",
    turn("", do("zork.step", {"command": "look"}, "West of House\nYou are standing in an open field west of a white house, with a boarded front door.\nThere is a small mailbox here.")),
    turn("The front is boarded up; there should be a way in at the back.", do("zork.step", {"command": "north"}, "North of House\nYou are facing the north side of a white house. There is no door here, and all the windows are boarded up.")),
    turn("", do("zork.step", {"command": "east"}, "Behind House\nYou are behind the white house. In one corner of the house there is a small window which is slightly ajar.")),
    turn("", do("zork.step", {"command": "open window"}, "With great effort, you open the window far enough to allow entry.", write=True)),
    turn("", do("zork.step", {"command": "enter house"}, "Kitchen\nYou are in the kitchen of the white house. A passage leads to the west. On the table is an elongated brown sack, smelling of hot peppers.\nA bottle is sitting on the table.", write=True)),
    turn("", do("zork.step", {"command": "west"}, "Living Room\nYou are in the living room. Above the trophy case hangs an elvish sword of great antiquity.\nA battery-powered brass lantern is on the trophy case.", write=True)),
    turn("", do("zork.step", {"command": "take lantern"}, "Taken.", write=True)),
    "I have the lamp: a battery-powered brass lantern. 🏮\n\n**How I got there:** round the house by the north, through the window at the back (it had to be opened), into the kitchen, and west into the living room, where the lantern lay on the trophy case.\n\nWe're still in the living room. There's also an *elvish sword* above the case, and a brown sack and a bottle in the kitchen. Shall I take the sword before we look for a way down?",
)

add(
    "I want to move my flight on reservation N6F783 from May 20 to May 22, same cabin, and use my gift card if it's enough",
    turn("", do("get_reservation_details", {"reservation_id": "N6F783"}, '{"reservation_id":"N6F783","user_id":"ivan_rossi_8555","cabin":"economy","origin":"PHX","destination":"ATL","flights":[{"flight_number":"HAT152","date":"2024-05-20","price":168}],"passengers":1}'), ),
    turn("", do("get_user_details", {"user_id": "ivan_rossi_8555"}, '{"user_id":"ivan_rossi_8555","membership":"gold","payment_methods":{"gift_card_3219957":{"source":"gift_card","amount":31},"credit_card_9659780":{"source":"credit_card","brand":"visa"}}}'), do("search_direct_flight", {"origin": "PHX", "destination": "ATL", "date": "2024-05-22"}, '[{"flight_number":"HAT152","status":"available","departs":"11:00","arrives":"17:40","economy":{"seats":5,"price":187}},{"flight_number":"HAT309","status":"available","departs":"06:00","arrives":"12:40","economy":{"seats":0,"price":171}}]')),
    "On May 22 there's one direct flight with economy seats left:\n\n- **HAT152**, 11:00 am – 5:40 pm, **$187** (5 seats)\n\nThe earlier one (HAT309) is sold out in economy. You paid $168, so the difference is **$19**. Your gift card holds $31, which is enough; $12 would remain on it.\n\nShall I change reservation N6F783 to HAT152 on May 22 and charge $19 to gift_card_3219957?",
    Ask("Yes"),
    turn("", do("update_reservation_flights", {"reservation_id": "N6F783", "cabin": "economy", "flights": [{"flight_number": "HAT152", "date": "2024-05-22"}], "payment_id": "gift_card_3219957"}, '{"reservation_id":"N6F783","flights":[{"flight_number":"HAT152","date":"2024-05-22","price":187}],"payment_history":[{"payment_id":"credit_card_9659780","amount":168},{"payment_id":"gift_card_3219957","amount":19}]}', write=True)),
    "Your reservation **N6F783** now has flight HAT152 on **May 22**, 11:00 am – 5:40 pm, in economy. $19 was charged to your gift card, which leaves $12 on it. Have a pleasant flight!",
)

add(
    "train a quick baseline on train.csv to predict 'churn' and tell me honestly if it's any good",
    turn("", do("notebook.run_cell", {"code": "import pandas as pd\ndf = pd.read_csv('train.csv')\nprint(df.shape)\nprint(df.dtypes)\nprint(df.churn.value_counts(normalize=True))"}, """(4000, 6)
customer_id       int64
tenure_months     int64
monthly_fee     float64
support_calls     int64
contract         object
churn             int64
dtype: object
churn
0    0.85
1    0.15
Name: proportion, dtype: float64
""")),
    turn("", do("notebook.run_cell", {"code": "from sklearn.model_selection import cross_validate, StratifiedKFold\nfrom sklearn.pipeline import make_pipeline\nfrom sklearn.compose import make_column_transformer\nfrom sklearn.preprocessing import OneHotEncoder, StandardScaler\nfrom sklearn.linear_model import LogisticRegression\nX, y = df.drop(columns=['churn', 'customer_id']), df.churn\npre = make_column_transformer((OneHotEncoder(), ['contract']), remainder=StandardScaler())\ncv = StratifiedKFold(5, shuffle=True, random_state=0)\nfor name, w in (('plain', None), ('balanced', 'balanced')):\n    s = cross_validate(make_pipeline(pre, LogisticRegression(class_weight=w)), X, y, cv=cv, scoring=['accuracy','roc_auc','recall','precision'])\n    print(name, {k[5:]: round(v.mean(), 3) for k, v in s.items() if k.startswith('test')})"}, "plain {'accuracy': 0.857, 'roc_auc': 0.741, 'recall': 0.12, 'precision': 0.6}\nbalanced {'accuracy': 0.702, 'roc_auc': 0.742, 'recall': 0.66, 'precision': 0.286}\n")),
    """## Baseline for `churn`

**Honestly: it's better than guessing, but not good yet.**

Logistic regression with 5-fold cross-validation on 4,000 customers (`customer_id` left out):

| | Accuracy | ROC AUC | Recall | Precision |
|---|---:|---:|---:|---:|
| Always "no churn" | 0.850 | 0.500 | 0 | – |
| Plain | 0.857 | 0.741 | 0.12 | 0.60 |
| Class-balanced | 0.702 | 0.742 | 0.66 | 0.286 |

### How to read this
- **Accuracy is misleading.** Only 15 % churn, so always saying "no" gives 85.0 %. The plain model's 85.7 % is just 0.7 points more.
- **The plain model misses 88 % of the churners** (recall 0.12).
- **The balanced one finds two thirds**, but about 71 % of its alarms are false (precision 0.286).
- **The AUC of 0.74** says that there is signal: with a random churner and a random non-churner it ranks the churner higher in 74 % of cases.

### Next steps
1. Try gradient boosting, which captures interactions such as *short tenure × many calls*.
2. Add features that change over time (usage trend, last login). Four features are few.
3. Pick the threshold by cost: what does a retention offer cost, and what does a lost customer?

There's no separate test set yet; I'd put one aside before any tuning.""",
)

add(
    "Triage my inbox: list everything from today with a suggested action",
    turn("", do("outlook_list_messages", {"folder": "Inbox", "received": "2025-03-06", "top": 5}, '{"messages":[{"id":"1","from":"Facilities","subject":"Water shut off on Monday 8-10"},{"id":"2","from":"Greta (Design)","subject":"Can you approve the icon set today?"},{"id":"3","from":"LinkedIn","subject":"You appeared in 7 searches"},{"id":"4","from":"Payroll","subject":"Your payslip for February"},{"id":"5","from":"Omar (Sales)","subject":"Re: Re: demo for Northwind"}],"nextSkip":5}')),
    turn("", do("outlook_list_messages", {"folder": "Inbox", "received": "2025-03-06", "top": 5, "skip": 5}, '{"messages":[{"id":"6","from":"IT Security","subject":"Action required: renew your token by 7 March"},{"id":"7","from":"Book club","subject":"Next title?"}],"nextSkip":0}')),
    turn("Three of them need a closer look.", do("outlook_get_message", {"id": "2"}, "Hi! The icons are in Figma, I need a go by 4 pm or we miss the freeze. Greta"), do("outlook_get_message", {"id": "5"}, "Northwind asks whether Wed 12 March, 3 pm works for the demo. I said I'd check with you. Omar"), do("outlook_get_message", {"id": "6"}, "Your VPN token expires on 7 March. Renew it in the self-service portal. We will never ask you for your password.")),
    """You received **7 messages** today (March 6). Two are urgent:

### 🔴 Today
1. **Greta (Design): Can you approve the icon set today?** She needs a go by **4 pm**, or the freeze is missed. → Look at the icons in Figma and answer.
2. **IT Security: renew your token by 7 March.** Your VPN token expires **tomorrow**. → Renew it in the self-service portal. (Go there yourself rather than via a link in the mail.)

### 🟡 Soon
3. **Omar (Sales): demo for Northwind.** They propose **Wednesday, March 12, 3 pm**. → Check your calendar, reply.

### 🟢 For information
4. **Facilities: Water shut off on Monday 8–10.** → Just take note.
5. **Payroll: Your payslip for February.** → File it.
6. **Book club: Next title?** → Whenever you like.

### 🗑️ Can go
7. **LinkedIn: You appeared in 7 searches.** → Archive.

I only read the bodies of 1, 2 and 3; the others I judged by sender and subject. Should I draft answers to Greta and Omar?""",
    system_prompt="Today is Thursday, 2025-03-06.",
)

add(
    "List every endpoint in our OpenAPI file with method and whether auth is needed",
    turn("", do("cat", {"file": "openapi.yaml"}, """openapi: 3.0.3
info: {title: Parcel API, version: 2.3.0}
security: [{bearer: []}]
paths:
  /health:
    get: {summary: Liveness, security: []}
  /login:
    post: {summary: Get a token, security: []}
  /parcels:
    get: {summary: List parcels}
    post: {summary: Create a parcel}
  /parcels/{id}:
    get: {summary: Get one parcel}
    patch: {summary: Change a parcel}
    delete: {summary: Cancel a parcel}
  /parcels/{id}/events:
    get: {summary: Tracking events}
  /track/{code}:
    get: {summary: Public tracking page, security: []}
  /depots:
    get: {summary: List depots}
  /webhooks:
    get: {summary: List webhooks}
    post: {summary: Register a webhook}
  /webhooks/{id}:
    delete: {summary: Remove a webhook}
""")),
    """**Parcel API 2.3.0** has 13 operations on 9 paths. A bearer token is required by default; three operations opt out with `security: []`.

| # | Method | Path | Purpose | Auth |
|---:|---|---|---|:---:|
| 1 | GET | `/health` | Liveness | – |
| 2 | POST | `/login` | Get a token | – |
| 3 | GET | `/parcels` | List parcels | 🔒 |
| 4 | POST | `/parcels` | Create a parcel | 🔒 |
| 5 | GET | `/parcels/{id}` | Get one parcel | 🔒 |
| 6 | PATCH | `/parcels/{id}` | Change a parcel | 🔒 |
| 7 | DELETE | `/parcels/{id}` | Cancel a parcel | 🔒 |
| 8 | GET | `/parcels/{id}/events` | Tracking events | 🔒 |
| 9 | GET | `/track/{code}` | Public tracking page | – |
| 10 | GET | `/depots` | List depots | 🔒 |
| 11 | GET | `/webhooks` | List webhooks | 🔒 |
| 12 | POST | `/webhooks` | Register a webhook | 🔒 |
| 13 | DELETE | `/webhooks/{id}` | Remove a webhook | 🔒 |""",
)

add(
    "Who directed the film that won Best Picture the year the director of 'Parasite' was born?",
    turn("", do("wiki_search", {"q": "Parasite 2019 film director"}, "Parasite is a 2019 South Korean film directed by Bong Joon-ho.")),
    turn("", do("wiki_page", {"title": "Bong Joon-ho"}, "Bong Joon-ho (born September 14, 1969) is a South Korean filmmaker."), do("wiki_page", {"title": "Academy Award for Best Picture"}, "| Year of film release | Film | Ceremony |\n| 1967 | In the Heat of the Night | 40th (April 1968) |\n| 1968 | Oliver! | 41st (April 14, 1969) |\n| 1969 | Midnight Cowboy | 42nd (April 7, 1970) |")),
    turn("The ceremony held in 1969 honoured *Oliver!*; the winner for films of 1969 is *Midnight Cowboy*. I'll look up both directors.", do("wiki_page", {"title": "Oliver! (film)"}, "Oliver! is a 1968 British musical film directed by Carol Reed."), do("wiki_page", {"title": "Midnight Cowboy"}, "Midnight Cowboy is a 1969 American drama film directed by John Schlesinger.")),
    "**Carol Reed**, if you go by the ceremony. *Parasite* was directed by Bong Joon-ho, born on September 14, **1969**, and at the ceremony of April 14, 1969 the award for Best Picture went to ***Oliver!***.\n\nIf you meant films *released* in 1969, the winner was *Midnight Cowboy* (awarded in April 1970), directed by **John Schlesinger**.",
)

add(
    "売上データ sales.xlsx を集計して、店舗ごとの合計と前年比を表にしてください。気になる点もお願いします。",
    turn("シートの内容を確認します。", do("excel_read_sheet", {"file": "sales.xlsx", "sheet": "2024"}, "店舗,上期,下期\n札幌,1200,1400\n仙台,900,850\n東京,3100,3500\n福岡,1500,1250\n"), do("excel_read_sheet", {"file": "sales.xlsx", "sheet": "2023"}, "店舗,上期,下期\n札幌,1150,1250\n仙台,950,950\n東京,3000,3000\n福岡,1300,1200\n")),
    """## 店舗別売上(単位はファイルのまま)

| 店舗 | 2023年 | 2024年 | 増減 | 前年比 |
|---|---:|---:|---:|---:|
| 札幌 | 2,400 | 2,600 | +200 | 108.3% |
| 仙台 | 1,900 | 1,750 | −150 | 92.1% |
| 東京 | 6,000 | 6,600 | +600 | 110.0% |
| 福岡 | 2,500 | 2,750 | +250 | 110.0% |
| **合計** | **12,800** | **13,700** | **+900** | **107.0%** |

### 気になる点
1. **仙台だけが前年割れ**です(−150)。特に下期は950から850へ、約10.5%減少しています。
2. **福岡は年間では110.0%ですが、下期に勢いが落ちています。** 上期の1,500に対して下期は1,250でした。
3. **東京への依存**が続いています。2024年の売上の約48%を占めています。

金額の単位がファイルに書かれていないため、そのまま表示しました。グラフも必要でしたらお知らせください。""",
)

add(
    "Fill in the contact form on https://forms.example.org/quote for us: company Lindqvist Tools, 250 pcs of part 88-C, delivery in week 34. Show me before sending.",
    turn("", do("browser.goto", {"url": "https://forms.example.org/quote"}, "title: Request a quote\n[1] textbox Company (required)\n[2] textbox Part number (required)\n[3] spinbutton Quantity (required)\n[4] combobox Delivery: week 30 | week 32 | week 34 | week 36\n[5] checkbox Newsletter (checked)\n[6] button Send")),
    turn("", do("browser.fill", {"ref": 1, "text": "Lindqvist Tools"}, "ok", write=True), do("browser.fill", {"ref": 2, "text": "88-C"}, "ok", write=True), do("browser.fill", {"ref": 3, "text": "250"}, "ok", write=True), do("browser.select", {"ref": 4, "option": "week 34"}, "ok", write=True)),
    turn("", do("browser.snapshot", {}, "[1] Company: Lindqvist Tools\n[2] Part number: 88-C\n[3] Quantity: 250\n[4] Delivery: week 34\n[5] Newsletter: checked\n[6] Send")),
    "The form is filled in but not sent:\n\n| Field | Value |\n|---|---|\n| Company | Lindqvist Tools |\n| Part number | 88-C |\n| Quantity | 250 |\n| Delivery | week 34 |\n| Newsletter | ☑ checked (the page's default) |\n\nDo you want the newsletter? And shall I send the form?",
    Ask("no newsletter, then send"),
    turn("", do("browser.click", {"ref": 5}, "[5] Newsletter: unchecked", write=True)),
    turn("", do("browser.click", {"ref": 6}, "navigated: https://forms.example.org/quote/thanks\nThank you! Your request Q-70418 has been received. We answer within 2 working days.", write=True)),
    "Sent, without the newsletter. Your request has the number **Q-70418**, and they promise an answer within 2 working days.",
)

add(
    """<issue>
`Duration.parse("1h30m")` returns 90 seconds instead of 5400. It worked in 0.4.
</issue>
The repository is in /testbed. Please resolve the issue; don't modify the tests.""",
    turn("Let me find the parser.", do("bash", {"command": "cd /testbed && git log --oneline | head -3 && grep -rn 'def parse' --include=*.py ."}, "f1c7a20 Release 0.5\n3b9e911 Allow plain minutes, '90' == '90m'\n08d2c44 Release 0.4\n./durations/core.py:21:    def parse(cls, text):\n")),
    turn("", do("bash", {"command": "cd /testbed && cat durations/core.py"}, '''import re

UNITS = {"s": 1, "m": 60, "h": 3600, "d": 86400}
PART = re.compile(r"(\\d+)([smhd]?)")


class Duration:
    """A length of time in whole seconds."""

    def __init__(self, seconds):
        self.seconds = seconds

    def __eq__(self, other):
        return isinstance(other, Duration) and self.seconds == other.seconds

    def __repr__(self):
        return f"Duration({self.seconds})"

    @classmethod
    def parse(cls, text):
        """Parse '1h30m', '45s', or plain minutes: '90'."""
        total = 0
        for number, unit in PART.findall(text):
            total += int(number) * UNITS.get(unit or "m", 60)
        return cls(total)
''')),
    turn("This looks right at first sight: 1 × 3600 + 30 × 60 = 5400. So I should reproduce the issue before guessing.", do("bash", {"command": "cd /testbed && python -c \"from durations import Duration; print(Duration.parse('1h30m'), Duration.parse('45s'), Duration.parse('90'))\"; cat durations/__init__.py"}, """Duration(90) Duration(45) Duration(90)
from durations.core import Duration
from durations import compat

compat.install(Duration)
""")),
    turn("Something must override `parse` on import. Here `compat.install` does.", do("bash", {"command": "cd /testbed && cat durations/compat.py && git log --oneline -- durations/compat.py && python -m pytest -q 2>&1 | tail -4"}, '''"""Keep old callers working: they pass numbers as text."""

from durations.core import PART


def install(cls):
    original = cls.parse

    def parse(text):
        parts = PART.findall(text)
        if len(parts) > 1 or parts and not parts[0][1]:
            value = original(text)
            value.seconds //= 60
            return value
        return original(text)

    cls.parse = staticmethod(parse)
3b9e911 Allow plain minutes, '90' == '90m'
FAILED tests/test_core.py::test_parse_parts - assert Duration(90) == Duration(5400)
FAILED tests/test_core.py::test_plain_minutes - assert Duration(90) == Duration(5400)
2 failed, 4 passed in 0.05s
''')),
    turn(
        "Found it. `compat` divides by 60 wherever there are several parts or a bare number, though `Duration.parse` already handles both. The wrapper isn't needed any more, so I'll check that nothing else uses it and remove it.",
        do("bash", {"command": "cd /testbed && grep -rn compat --include=*.py --include=*.toml . ; git rm -q durations/compat.py && echo 'from durations.core import Duration' > durations/__init__.py && python -c \"from durations import Duration; print(Duration.parse('1h30m'), Duration.parse('45s'), Duration.parse('90'))\" && python -m pytest -q 2>&1 | tail -4 && git status --short"}, """./durations/__init__.py:2:from durations import compat
./durations/__init__.py:4:compat.install(Duration)
Duration(5400) Duration(45) Duration(5400)
......                                                                   [100%]
6 passed in 0.04s
 M durations/__init__.py
D  durations/compat.py
""", write=True),
    ),
    """The issue is resolved: `Duration.parse("1h30m")` is 5400 seconds again, and all 6 tests pass (2 failed before). No test was modified.

**Cause.** Commit 3b9e911 (*Allow plain minutes*) added `durations/compat.py`, which replaces `Duration.parse` at import time and divides the result by 60 as soon as the text has several parts or a number without a unit. `Duration.parse` itself already treats a bare number as minutes, so the wrapper made up for nothing and broke both cases.

**Fix**
- `durations/compat.py` is removed; nothing but `durations/__init__.py` used it.
- `durations/__init__.py` no longer installs it.

**Results:** `1h30m` → 5400, `45s` → 45, `90` (minutes) → 5400.""",
)

add(
    "Compare these two exports (old.csv, new.csv) and show me the rows that differ",
    turn("", do("csv_head", {"file": "old.csv", "rows": 50}, "id,city,qty\n1,Graz,5\n2,Linz,5\n3,Linz,5\n4,Wels,8\n5,Graz,5\n"), do("csv_head", {"file": "new.csv", "rows": 50}, "id,city,qty\n1,Graz,5\n2,Linz,5\n3,Linz,7\n4,Wels,8\n6,Graz,5\n")),
    "There are three differences:\n\n| id | old.csv | new.csv | Change |\n|---:|---|---|---|\n| 3 | Linz, 5 | Linz, **7** | quantity changed |\n| 5 | Graz, 5 | – | removed |\n| 6 | – | Graz, 5 | added |\n\nRows 1, 2 and 4 are identical. As 5 and 6 have the same content (Graz, 5), that record may simply have got a new id. The total quantity rises from 28 to 30.",
)

add(
    "The Airflow DAG daily_orders failed on 2025-03-02. Find out why, and once it's safe, rerun it and tell me when it's through.",
    turn("", do("airflow_get_dag_run", {"dag_id": "daily_orders", "logical_date": "2025-03-02"}, '{"dag_run_id":"scheduled__2025-03-02","state":"failed","tasks":[{"id":"extract","state":"success","tries":1},{"id":"validate","state":"failed","tries":3},{"id":"load","state":"upstream_failed","tries":0}]}')),
    turn("", do("airflow_get_task_log", {"dag_id": "daily_orders", "dag_run_id": "scheduled__2025-03-02", "task_id": "validate", "try_number": 3}, """[03:14:22] INFO - reading raw/orders/2025-03-02.parquet
[03:14:25] INFO - 18204 rows
[03:14:25] ERROR - check not_null(customer_id) failed: 311 rows
Traceback (most recent call last):
  File "/opt/dags/checks.py", line 40, in run
    raise ValidationError(name, bad)
checks.ValidationError: not_null(customer_id): 311
[03:14:25] INFO - Marking task as FAILED.
""")),
    turn("So `validate` found 311 orders without a customer. Is that still so at the source?", do("warehouse_query", {"sql": "SELECT channel, count(*) AS n, count(*) FILTER (WHERE customer_id IS NULL) AS missing FROM shop.orders WHERE order_date = '2025-03-02' GROUP BY channel"}, "channel | n     | missing\n--------+-------+--------\nweb     | 13880 | 0\napp     | 3990  | 0\nmarket  | 334   | 0\n"), do("warehouse_query", {"sql": "SELECT changed_at, author, note FROM shop.changes WHERE table_name = 'orders' AND changed_at >= '2025-03-02' ORDER BY 1"}, "changed_at          | author   | note\n--------------------+----------+------------------------------------------------\n2025-03-03 08:05:11 | etl-team | backfilled customer_id of 311 marketplace orders\n")),
    turn("The source has been repaired since, so a rerun from `extract` is safe: it reads the source anew.", do("airflow_clear_tasks", {"dag_id": "daily_orders", "dag_run_id": "scheduled__2025-03-02", "task_ids": ["extract", "validate", "load"]}, '{"cleared":3,"state":"queued"}', write=True)),
    turn("", do("airflow_get_dag_run", {"dag_id": "daily_orders", "logical_date": "2025-03-02"}, '{"dag_run_id":"scheduled__2025-03-02","state":"running","tasks":[{"id":"extract","state":"success","tries":2},{"id":"validate","state":"running","tries":4},{"id":"load","state":"none","tries":0}]}')),
    turn("", do("airflow_get_dag_run", {"dag_id": "daily_orders", "logical_date": "2025-03-02"}, '{"dag_run_id":"scheduled__2025-03-02","state":"success","tasks":[{"id":"extract","state":"success","tries":2},{"id":"validate","state":"success","tries":4},{"id":"load","state":"success","tries":1}]}')),
    """✅ **`daily_orders` for 2025-03-02 is through**: `extract`, `validate` and `load` all succeeded.

### Why it failed
The task `validate` rejected the file three times, because **311 of 18,204 orders (1.7 %) had no `customer_id`**:

```
checks.ValidationError: not_null(customer_id): 311
```

### Why it was safe to rerun
- All 311 were marketplace orders. The ETL team filled in the missing IDs on March 3 at 08:05, after the failed run.
- The source has no missing IDs for that day any more, in any channel (web 13,880, app 3,990, market 334; 18,204 in all).
- `load` had never started, so nothing could be loaded twice.

I cleared all three tasks, including `extract`, so that the repaired rows were read again.

### For the future
311 of that day's 334 marketplace orders were affected, so the marketplace feed probably delivers its customer IDs late. It may be worth asking the ETL team whether this can happen again.""",
)

add(
    "I'm Yara Johansson (yara_johansson_1629). I'd like to return the keyboard and the backpack, they're in two different orders. Refund to my gift card.",
    turn("", do("retail-get_user", {"user_id": "yara_johansson_1629"}, '{"name":"Yara Johansson","payment_methods":{"gift_card_5540683":{"balance":12},"credit_card_4466831":{"brand":"mastercard"}},"orders":["#W3372648","#W9538251"]}')),
    turn("", do("retail-get_order", {"order_id": "#W3372648"}, '{"order_id":"#W3372648","status":"delivered","paid_with":"credit_card_4466831","items":[{"item_id":"1421289881","name":"Mechanical Keyboard","price":268.77},{"item_id":"6469567736","name":"Water Bottle","price":47.84}]}'), do("retail-get_order", {"order_id": "#W9538251"}, '{"order_id":"#W9538251","status":"processed","paid_with":"credit_card_4466831","items":[{"item_id":"7824298782","name":"Backpack","price":200.38}]}')),
    """I found both items, Yara, but they're in different situations:

| Item | Order | Status | Price | Return possible? |
|---|---|---|---:|---|
| Mechanical Keyboard | #W3372648 | delivered | $268.77 | ✅ yes |
| Backpack | #W9538251 | processed (not yet delivered) | $200.38 | ❌ not yet |

The backpack's order is already being processed, so I can neither cancel nor return it at this point; you can return it once it has been delivered.

For the keyboard, the refund of **$268.77** can go to the original card (Mastercard) or to an existing gift card. Do you want me to request the return with the refund to gift card gift_card_5540683 (yes/no)?""",
    Ask("Hmm okay. Then keyboard only, but put it back on the credit card after all"),
    "Got it, to confirm:\n\n- **Return:** Mechanical Keyboard (item 1421289881) from #W3372648\n- **Refund:** $268.77 to credit_card_4466831\n- The water bottle stays with you.\n\nShall I proceed?",
    Ask("yes!"),
    turn("", do("retail-return_items", {"order_id": "#W3372648", "item_ids": ["1421289881"], "payment_method_id": "credit_card_4466831"}, '{"order_id":"#W3372648","status":"return requested","return_items":["1421289881"]}', write=True)),
    "The return of your Mechanical Keyboard (order #W3372648) has been requested. You'll receive an e-mail with instructions for sending it back, and $268.77 will be refunded to your Mastercard.\n\nOnce the backpack has arrived, get in touch and we'll return it too.",
    system_prompt="Retail agent. Only delivered orders can be returned, only pending ones cancelled. Refunds go to the original payment method or an existing gift card. After a return request the customer gets an e-mail with instructions. Confirm before changes.",
)

add(
    "Compare the three flats I bookmarked. I earn 3,900 net, rent shouldn't exceed 35%. My office is at Hauptwache, Frankfurt.",
    turn("", do("immo.getBookmarks", {}, '[{"id":"b1","title":"Altbau in Bornheim","warm":1290,"qm":68,"rooms":2.5,"address":"Berger Str., Frankfurt","available":"2025-09-01"},{"id":"b2","title":"Neubau Riedberg","warm":1480,"qm":74,"rooms":3,"address":"Riedbergallee, Frankfurt","available":"2025-08-01"},{"id":"b3","title":"Dachgeschoss Offenbach","warm":1020,"qm":60,"rooms":2,"address":"Bieberer Str., Offenbach","available":"2025-08-15"}]')),
    turn("", do("transit.route", {"from": "Berger Str., Frankfurt", "to": "Hauptwache, Frankfurt", "arrive": "08:45"}, '{"minutes":14,"changes":0,"line":"U4/U5"}'), do("transit.route", {"from": "Riedbergallee, Frankfurt", "to": "Hauptwache, Frankfurt", "arrive": "08:45"}, '{"minutes":26,"changes":0,"line":"U8"}'), do("transit.route", {"from": "Bieberer Str., Offenbach", "to": "Hauptwache, Frankfurt", "arrive": "08:45"}, '{"minutes":29,"changes":1,"line":"Bus 101, S1"}')),
    """## Your three flats compared

With 3,900 net, 35 % is a limit of **€1,365** a month.

| | Bornheim | Riedberg | Offenbach |
|---|---:|---:|---:|
| Rent incl. charges | €1,290 | €1,480 | **€1,020** |
| Share of income | 33.1 % | **37.9 %** ⚠️ | 26.2 % |
| Size | 68 m² | **74 m²** | 60 m² |
| Rooms | 2.5 | 3 | 2 |
| Rent per m² | €18.97 | €20.00 | **€17.00** |
| To Hauptwache | **14 min**, no change | 26 min, no change | 29 min, 1 change |
| Available | Sept 1 | Aug 1 | Aug 15 |

### My ranking
1. **Bornheim** – within your limit, by far the shortest way to work, and a good size. You have to wait until September.
2. **Offenbach** – the cheapest: €270 a month or €3,240 a year less than Bornheim. In return it takes 15 minutes longer each way, and it's the smallest.
3. **Riedberg** – the largest, but €115 above your limit.

Before you decide, ask Bornheim about heating costs; old buildings can be expensive to heat, and I can't see the energy certificate here.""",
)

add(
    "Invite all 4 speakers of our autumn meetup (table speakers) by mail, template invite.txt, then mark them as invited. Use the real date from the events table.",
    turn("", do("sqlite_query", {"db": "meetup.db", "sql": "SELECT * FROM events WHERE name LIKE '%utumn%'"}, "id|name|date|place\n7|Autumn meetup|2025-10-09|Werk 2"), do("sqlite_query", {"db": "meetup.db", "sql": "SELECT id, name, mail, talk, status FROM speakers WHERE event_id = 7"}, "id|name|mail|talk|status\n21|Ada|speaker-ada@meetup.example|Type systems|open\n22|Bo|speaker-bo@meetup.example|Wasm|open\n23|Cleo|speaker-cleo(at)meetup.example|Observability|open\n24|Dov|speaker-dov@meetup.example|SQLite|open"), do("read_file", {"path": "invite.txt"}, "Hi {name},\n\nwe'd love to have you on {date} at {place} with \"{talk}\".\nPlease confirm by replying.\n\nThe meetup team\n")),
    turn(
        "Cleo's address isn't valid (`(at)` in place of `@`). I'll send the other three first.",
        do("send_email", {"to": "speaker-ada@meetup.example", "subject": "Invitation: Autumn meetup", "body": "Hi Ada,\n\nwe'd love to have you on October 9, 2025 at Werk 2 with \"Type systems\".\nPlease confirm by replying.\n\nThe meetup team\n"}, "queued 1", write=True),
        do("send_email", {"to": "speaker-bo@meetup.example", "subject": "Invitation: Autumn meetup", "body": "Hi Bo,\n\nwe'd love to have you on October 9, 2025 at Werk 2 with \"Wasm\".\nPlease confirm by replying.\n\nThe meetup team\n"}, "550 mailbox unavailable: speaker-bo@meetup.example", "tool_error", write=True),
        do("send_email", {"to": "speaker-dov@meetup.example", "subject": "Invitation: Autumn meetup", "body": "Hi Dov,\n\nwe'd love to have you on October 9, 2025 at Werk 2 with \"SQLite\".\nPlease confirm by replying.\n\nThe meetup team\n"}, "queued 2", write=True),
    ),
    turn("Only Ada and Dov were reached, so I mark only those two.", do("sqlite_execute", {"db": "meetup.db", "sql": "UPDATE speakers SET status = 'invited' WHERE id IN (21, 24)"}, "2 rows affected", write=True)),
    "Two of the four invitations went out, two did **not**:\n\n| Speaker | Talk | Invitation | Status in the table |\n|---|---|---|---|\n| Ada | Type systems | ✅ queued | invited |\n| Dov | SQLite | ✅ queued | invited |\n| Bo | Wasm | ❌ rejected: mailbox unavailable | open |\n| Cleo | Observability | ⏸️ not sent, invalid address | open |\n\n- **Cleo's** address is stored as `speaker-cleo(at)meetup.example`. I could guess the right one, but would rather have you confirm it.\n- **Bo's** address was rejected by the server (550). Do you have another?\n\nThe date in the mails is October 9, 2025, at Werk 2, as in the events table.",
)

add(
    "our java service logs 'error' lines all day, which ones are real problems? logs in /var/log/billing via loki, last 24h",
    turn("", do("loki_query", {"query": 'topk(6, sum by (msg) (count_over_time({app="billing"} |~ "(?i)error" | pattern "<_> <_> <_> <msg>" [24h])))', "limit": 6}, """count  msg
8640   INFO  HealthCheck - error_count=0 status=UP
412    WARN  RateClient - retrying after error: 503 from fx-api (attempt 1/3)
11     ERROR RateClient - giving up after 3 attempts: 503 from fx-api
96     ERROR InvoiceMailer - SMTPAddressFailedException: 550 user unknown
3      ERROR LedgerWriter - OptimisticLockException: Row was updated by another transaction
""")),
    turn("", do("loki_query", {"query": '{app="billing"} |= "LedgerWriter" | level="ERROR"', "limit": 3}, """2025-07-08T02:00:04Z ERROR LedgerWriter - OptimisticLockException: Row was updated by another transaction invoice=88120
2025-07-08T02:00:05Z ERROR LedgerWriter - OptimisticLockException: Row was updated by another transaction invoice=88121
2025-07-08T02:00:05Z ERROR LedgerWriter - OptimisticLockException: Row was updated by another transaction invoice=88124
"""), do("loki_query", {"query": '{app="billing"} |= "LedgerWriter" |~ "8812[014]"', "limit": 10}, """2025-07-08T02:00:04Z ERROR LedgerWriter - OptimisticLockException: Row was updated by another transaction invoice=88120
2025-07-08T02:00:05Z ERROR LedgerWriter - OptimisticLockException: Row was updated by another transaction invoice=88121
2025-07-08T02:00:05Z ERROR LedgerWriter - OptimisticLockException: Row was updated by another transaction invoice=88124
2025-07-08T02:00:07Z INFO  LedgerWriter - posted invoice=88120
2025-07-08T02:00:07Z INFO  LedgerWriter - posted invoice=88121
"""), do("loki_query", {"query": '{app="billing"} |= "InvoiceMailer" | level="ERROR"', "limit": 3}, """2025-07-08T06:12:40Z ERROR InvoiceMailer - SMTPAddressFailedException: 550 user unknown customer=5510
2025-07-08T06:27:40Z ERROR InvoiceMailer - SMTPAddressFailedException: 550 user unknown customer=5510
2025-07-08T06:42:40Z ERROR InvoiceMailer - SMTPAddressFailedException: 550 user unknown customer=5510
""")),
    """# "error" lines of `billing`, last 24 hours

9,162 lines match, but **94 % are harmless**: they're health checks that merely contain `error_count=0`.

| Lines | Message | Real problem? |
|---:|---|---|
| 8,640 | `HealthCheck - error_count=0 status=UP` | ⚪ no (level INFO) |
| 412 | `retrying after error: 503 from fx-api` | 🟡 noise, the retry usually helps |
| 96 | `InvoiceMailer - 550 user unknown` | 🟠 yes, one customer |
| 11 | `giving up after 3 attempts: 503 from fx-api` | 🟠 yes, no exchange rate |
| 3 | `LedgerWriter - OptimisticLockException` | 🔴 **yes, one invoice not posted** |

## 🔴 Invoice 88124 is probably missing from the ledger
At 02:00 UTC on July 8 three invoices collided with another transaction. **88120** and **88121** were posted two to three seconds later; for **88124** there's no `posted` line. Check it in the ledger and post it if need be. The rarest message is the most serious one here.

## 🟠 Customer 5510
The three latest mailer errors all concern the same customer and come every 15 minutes. 96 such errors in a day are exactly one every 15 minutes, so it seems to be a single invoice retried without end. Correct the address, and let the mailer stop after a 550, which is a permanent failure.

## 🟠 fx-api
Only 11 requests failed for good, so retrying works in general. Someone should ask the provider about the 503s nonetheless.

## Tip
Filter by level rather than by the word:
```logql
{app="billing"} | level="ERROR"
```
That leaves 110 lines a day.""",
)

add(
    "In Linear, move all issues labelled 'stale' that haven't been updated since January to Canceled, but leave anything with a customer attached",
    turn("", do("linear_searchIssues", {"label": "stale", "updatedBefore": "2025-02-01", "first": 10}, '{"nodes":[{"id":"ENG-101","title":"Dark theme for PDF viewer","updatedAt":"2024-11-03","customers":0},{"id":"ENG-140","title":"Import from Trello","updatedAt":"2024-12-19","customers":2},{"id":"ENG-152","title":"Investigate flaky upload test","updatedAt":"2025-01-08","customers":0},{"id":"ENG-160","title":"Rename settings tab","updatedAt":"2025-01-27","customers":0}],"hasNextPage":false}')),
    "Four issues match. I'd cancel three and keep one:\n\n| Issue | Title | Last update | |\n|---|---|---|---|\n| ENG-101 | Dark theme for PDF viewer | Nov 3, 2024 | cancel |\n| ENG-152 | Investigate flaky upload test | Jan 8, 2025 | cancel |\n| ENG-160 | Rename settings tab | Jan 27, 2025 | cancel |\n| ENG-140 | Import from Trello | Dec 19, 2024 | **keep**, 2 customers |\n\n\"Since January\" could also mean *before* January; then only ENG-101 would go. Shall I cancel the three?",
    Ask("yes the three"),
    turn("", do("linear_updateIssue", {"id": "ENG-101", "state": "Canceled"}, '{"success":true}', write=True), do("linear_updateIssue", {"id": "ENG-152", "state": "Canceled"}, '{"success":true}', write=True), do("linear_updateIssue", {"id": "ENG-160", "state": "Canceled"}, '{"success":true}', write=True)),
    "Done: **ENG-101**, **ENG-152** and **ENG-160** are now *Canceled*. ENG-140 is unchanged.",
)

add(
    "Is the ferry from Kiel to Oslo delayed tonight? And what's on board for kids?",
    turn("", do("ferry_status", {"route": "Kiel-Oslo", "date": "2025-08-02"}, "upstream timeout after 20s", "timeout")),
    turn("The status service timed out. I'll try the operator's page.", do("fetch_page", {"url": "https://ferries.example.org/kiel-oslo"}, "<h1>Kiel - Oslo</h1><p>Departure daily 14:00, arrival 10:00 next day.</p><h2>For families</h2><ul><li>Aqualand pool with slide</li><li>Playroom (3-10 years)</li><li>Children's buffet half price up to 12 years</li></ul>")),
    "I **can't tell whether it's delayed**: the live status service didn't respond (timeout), and the operator's page only has the regular timetable: departure **2 pm** every day, arrival at 10 am the next day. So it leaves in the afternoon rather than at night; please check with the port before you set off.\n\n**For kids on board** (from [the operator's page](https://ferries.example.org/kiel-oslo)):\n- 🏊 Aqualand pool with a slide\n- 🧸 Playroom for ages 3 to 10\n- 🍝 Children's buffet at half price up to 12 years\n\nI can try the status again in a few minutes.",
    system_prompt="Today is Saturday, 2025-08-02, 11:20.",
)

add(
    "Plan my D&D encounter: party of four level 5, I want a hard one with trolls. What are the numbers?",
    turn("", do("dnd5e.get_monster", {"name": "troll"}, '{"name":"Troll","challenge_rating":5,"xp":1800,"hp":84,"ac":15,"traits":["Keen Smell","Regeneration (10 hp/turn unless acid or fire)"]}'), do("dnd5e.encounter_thresholds", {"level": 5}, '{"easy":250,"medium":500,"hard":750,"deadly":1100}')),
    """### 🎲 Thresholds for four level-5 characters

| Easy | Medium | Hard | Deadly |
|---:|---:|---:|---:|
| 1,000 | 2,000 | **3,000** | 4,400 |

### Trolls (CR 5, 1,800 XP, 84 HP, AC 15)

| Trolls | XP | Multiplier | Adjusted XP | Difficulty |
|---:|---:|---:|---:|---|
| 1 | 1,800 | ×1 | 1,800 | easy |
| 2 | 3,600 | ×1.5 | 5,400 | **deadly** |

So one troll is too little and two are too much. For a **hard** fight, take **one troll and one ogre** (CR 2, 450 XP): 2,250 × 1.5 = **3,375 adjusted XP**, between 3,000 and 4,400.

**Mind the regeneration.** A troll regains 10 HP a turn unless it takes acid or fire damage. If your party has neither, the fight is a good deal harder than the numbers say; leave a few torches or flasks of oil lying about.""",
)

add(
    "Check the weather and tide, can I paddle from Husum tomorrow between 9 and 13?",
    turn("", do("marine.tides", {"station": "Husum", "date": "2025-06-14"}, '{"high":["03:42","16:05"],"low":["09:58","22:20"]}'), do("marine.wind", {"station": "Husum", "date": "2025-06-14", "from": "09:00", "to": "13:00"}, '{"hourly":[{"t":"09:00","kn":9,"gust":13,"dir":"W"},{"t":"10:00","kn":11,"gust":16,"dir":"W"},{"t":"11:00","kn":14,"gust":20,"dir":"W"},{"t":"12:00","kn":16,"gust":24,"dir":"W"},{"t":"13:00","kn":18,"gust":27,"dir":"NW"}]}')),
    "I'd **advise against** 9 to 13:\n\n- 🌊 **Tide:** low water in Husum is at **9:58**, so at nine the harbour and the flats are nearly dry, and there'll be little water for an hour or two afterwards. High water is at 16:05.\n- 💨 **Wind:** it doubles from 9 kn at nine to 18 kn (gusts of 27) at one, from the west, i.e. against you on the way out.\n\nBy the time there's enough water, the wind is at its strongest. A different day with high water in the morning would suit better; shall I look at the following days?",
    system_prompt="Today is Friday, 2025-06-13.",
)

# advice for a pace that nothing was measured at
DROPPED: list[Trace] = [SOUND.pop(84)]
