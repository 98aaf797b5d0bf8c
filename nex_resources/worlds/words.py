"""Word lists that worlds build names from. Written for this project; wide enough to be split in pools."""

from __future__ import annotations


def _words(text: str) -> list[str]:
    return text.split()


FIRST_NAMES = _words("""
Ada Amir Ana Anton Aria Bela Ben Bruno Carla Chen Clara Dana Daniel Diego Elena Elif Emil Emma Erik
Eva Farah Felix Fiona Gina Goran Greta Hana Hugo Ida Ines Ivan Jana Jin Jonas Julia Kai Karim Kira
Lara Lars Leila Leo Lina Luca Maja Marco Maria Max Mei Mila Milan Mina Nadia Nico Nina Noah Nora
Olga Omar Oscar Paula Pavel Petra Priya Rafael Rita Rosa Ruben Sami Sara Sofia Stefan Tara Theo
Tomas Uma Vera Victor Wei Yara Yusuf Zara Zoe
""")

LAST_NAMES = _words("""
Adler Akman Almeida Bauer Becker Berg Bianchi Blum Borg Brandt Castro Chang Costa Cruz Dahl Delgado
Demir Dubois Duarte Egede Evans Fischer Fontana Garcia Gomes Grant Haas Hansen Hart Holm Huang Ito
Ivanov Jansen Jensen Kaya Keller Khan Klein Kovacs Lang Larsen Laurent Lehmann Lopez Lund Maier
Marin Martin Mendes Meyer Moreau Moretti Nagy Nakata Novak Okafor Olsen Ortiz Park Patel Perez
Petrov Pinto Popov Rao Reyes Ricci Rossi Roth Ruiz Santos Sato Schmid Silva Singh Soto Stein Suzuki
Tanaka Torres Vega Vogel Wagner Weber Wolf Yamada Yilmaz Zhang
""")

CITIES = _words("""
Aarhus Accra Ankara Antwerp Athens Austin Baku Bari Basel Bergen Berlin Bilbao Bologna Boston Bremen
Brno Bruges Cairo Cardiff Chicago Cologne Cork Cusco Dakar Dallas Delft Denver Dresden Dublin Essen
Fargo Fez Florence Geneva Genoa Ghent Graz Hamburg Hanoi Havana Helsinki Houston Izmir Kigali Kobe
Krakow Kyoto Leeds Leipzig Lille Lima Linz Lisbon London Lugano Lund Luxor Lyon Madrid Malaga Malmo
Manila Miami Milan Munich Nagoya Nantes Naples Nice Odense Osaka Oslo Ottawa Oxford Padua Palermo
Paris Parma Perth Pisa Porto Prague Quito Reims Riga Rome Seoul Seville Sofia Split Tampa Tokyo
Toledo Toulouse Trento Turin Utrecht Valencia Venice Verona Vienna Vilnius Warsaw York Zagreb Zurich
""")

MATERIALS = _words("""
amber bamboo birch brass bronze canvas ceramic cedar copper cork cotton denim enamel felt glass
granite hemp ivory jade leather linen maple marble nylon oak olive pearl pine rattan rubber silk
silver slate steel suede teak velvet walnut wicker wool
""")

GOODS = _words("""
apron armchair backpack basket bench blanket bookshelf bottle bowl bracelet brush bucket candle
chair clock cup curtain cushion desk dish drawer frame hammock jacket jar jug kettle keyring lamp
mat mirror mug notebook pan planter plate pot ring rug scarf shelf stool table teapot tote towel
tray vase wallet
""")

DOMAINS = ["mail.example", "post.example", "inbox.example", "home.example", "work.example"]


def plural(noun: str) -> str:
    """Return the plural of a regular English noun: `brushes`, `scarves`, `shelves`."""
    if noun.endswith(("s", "sh", "ch", "x", "z")):
        return f"{noun}es"
    if noun.endswith(("lf", "rf")):
        return f"{noun[:-1]}ves"
    return f"{noun}s"
