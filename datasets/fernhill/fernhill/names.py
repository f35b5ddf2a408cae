# SPDX-License-Identifier: Apache-2.0
"""Invented names. None is meant to be a real person, school, street or firm."""

SURNAMES_OF_TREES = ["Alder", "Ash", "Beech", "Birch", "Cedar", "Elder", "Elm", "Hawthorn", "Hazel", "Holly", "Juniper",
                     "Larch", "Laurel", "Linden", "Maple", "Oak", "Poplar", "Rowan", "Sorrel", "Willow"]
STREET_FIRST = SURNAMES_OF_TREES + [
    "Abbots", "Anchor", "Barley", "Bell", "Brick", "Canal", "Chandler", "Chapel", "Cloth", "Cooper", "Copper", "Cutler",
    "Dove", "Drover", "Fallow", "Ferry", "Foundry", "Fuller", "Garner", "Glebe", "Granary", "Harrow", "Heron", "Kiln",
    "Lantern", "Mercer", "Millrace", "Minster", "Orchard", "Osier", "Packhorse", "Pilgrim", "Plover", "Quarry", "Ropewalk",
    "Saddler", "Sexton", "Shearer", "Skylark", "Spindle", "Tanner", "Thatcher", "Tithe", "Turner", "Wainwright", "Weaver",
    "Wharf", "Wheatsheaf", "Windmill", "Wren"]
STREET_LAST = ["Street", "Road", "Lane", "Avenue", "Grove", "Hill", "Row", "Way", "Gardens", "Terrace"]

PRIMARIES = ["Abbotsmere", "Anchor Street", "Barley Lane", "Beechwood", "Bellfield", "Birchgrove", "Bront\u00eb", "Canal Road",
             "Castle Fields", "Cedar Park", "Chapel Row", "Cooper's Hill", "Dovecote", "Dunsmoor", "Eastgate", "Elderfield",
             "Ferry Road", "Foundry Lane", "Glebe", "Granary", "Harbour", "Hawthorn", "Hazelbank", "Heron Way", "Holly Lodge",
             "Juniper Hill", "Kingsmere Infant", "Kingsmere Junior", "Lantern", "Larchfield", "Linden", "Longacre", "Maplewell",
             "Millbrook", "Northgate", "Oakhanger", "Orchard", "Our Lady of the Shore", "Quarry", "Rowan Tree",
             "St Osyn's CofE", "Skylark", "Windmill"]
SECONDARIES = ["Bellfield High School", "Castle Fields Academy", "Dunsmoor School", "Harbour Academy", "Longacre School"]

PUBLIC_PARKS = ["Abbots Park", "Anchor Green", "Barley Field", "Beech Walk", "Bellfield Park", "Castle Park", "Chapel Green",
                "Coopers Rest", "Dovecote Gardens", "Dunsmoor Park", "Eastgate Recreation Ground", "Elder Green", "Ferry Gardens",
                "Foundry Park", "Granary Green", "Harbour Gardens", "Heron Park", "Jubilee Gardens", "King's Mead",
                "Lantern Park", "Longacre Park", "Millrace Park", "Oak Green", "Skylark Fields"]
OTHER_GREENS = [("Allotments Or Community Growing Spaces", ["Glebe Allotments", "Tithe Allotments", "Wren Allotments"]),
                ("Religious Grounds", ["St Osyn's Churchyard", "Minster Close", "Chapel Yard"]),
                ("Playing Field", ["Drovers Field", "Plover Field", "Fallow Field"]),
                ("Play Space", ["Wheatsheaf Play Area", "Spindle Play Area"]),
                ("Cemetery", ["Fernhill Cemetery"]), ("Golf Course", ["Dunsmoor Links"])]

YOUTH = ["Harbour Youth Club", "The Boathouse Youth Centre", "Northgate Youth Hub", "Eastgate Young People's Centre",
         "The Forge Youth Project", "Longacre Youth Club", "Millbrook Youth Centre", "Castle Fields Youth Hub",
         "Dunsmoor Scout Hall", "The Loft Youth Caf\u00e9", "Bellfield Youth Club"]
LEISURE = ["Fernhill Leisure Centre", "Harbour Swimming Pool", "Eastgate Sports Hall", "Northgate Leisure Centre",
           "Millbrook Gym and Courts", "Dunsmoor Sports Centre", "Castle Fields Ice Rink", "Longacre Fitness Centre"]
COMMUNITY = ["Abbotsmere Village Hall", "Anchor Street Centre", "Bellfield Community Centre", "Castle Fields Hall",
             "Dunsmoor Community Hub", "Eastgate Hall", "Ferry Road Centre", "Fernhill Town Hall Annexe", "Harbour Mission Hall",
             "Kingsmere Institute", "Longacre Centre", "Millbrook Hall", "Northgate Community Hub", "Old Mill Hall",
             "Wexcombe Village Hall"]

TAKEAWAYS = ["Golden Halibut", "Fernhill Fryer", "Cluck and Crumb", "Slice Street", "Wok Lane", "Kebab Junction", "Peri Harbour",
             "Dragon Lantern", "Curry Causeway", "Burger Wharf", "The Codfather's Cousin", "Saffron Box", "Noodle Quay",
             "Chicken Anchor", "Doner Dock", "Jerk Jetty", "Pizza Mill", "Sea Breeze Fish Bar", "Tandoori Tide", "Grill Granary"]
FIRM_NAMES = {
    "hot-food-takeaway": TAKEAWAYS,
    "off-licence": ["Corner Cellar", "Bottle Bay", "Harbour Wines", "Cork and Crown", "Night Owl Off-Licence", "Barrel Lane"],
    "betting-shop": ["Gallop and Green", "BetHarbour", "Oddsmakers Row", "Photo Finish"],
    "payday-lender": ["QuickPound Fernhill", "Cash Causeway", "Till Friday Loans"],
    "credit-union": ["Fernhill Community Credit Union", "Anchor Savers Credit Union"],
}
OTHER_FOOD = [("Restaurant/Cafe/Canteen", 1, ["The Copper Kettle", "Harbour Bistro", "Caf\u00e9 Lantern", "Olive and Thyme", "The Mulberry"]),
              ("Retailers - other", 4613, ["Fernhill News", "Daily Basket", "Anchor Stores", "Corner Pantry"]),
              ("Pub/bar/nightclub", 7843, ["The Ship and Plough", "The Drover's Arms", "The Heron", "The Old Lantern"])]
