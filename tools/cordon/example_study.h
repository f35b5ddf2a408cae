// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string_view>
#include <utility>

namespace cordon {

/// A small invented borough that `init` writes into an empty folder: name of the file → its text. study.toml is the first.
inline constexpr std::pair<std::string_view, std::string_view> kExampleStudy[] = {
    {"study.toml", R"toml(# A study binds layers to files and names the policies to test. Run it with
#     cordon check study.toml
# Everything in this folder is invented. Put your own files in its place; `cordon inspect study.toml` shows what was read from them.

[study]
title = "Hot food takeaways in Exampleton (invented)"
crs = "EPSG:27700"                    # British National Grid; every layer is brought into it
as-at = 2026-04-01                    # the day to judge applications at that are not decided yet
policies = ["policy.toml"]            # files, or ids that `cordon policies` lists

# What the policy protects. Columns that are not called as here are named with: columns = { id = "URN", name = "EstablishmentName" }
[layers.schools]
kind = "places"
file = "schools.csv"                  # CSV, Shapefile, GeoPackage, GeoJSON, …; also .zip and .gz
crs = "EPSG:27700"                    # only for files that carry none, such as CSV
columns = { id = "id", name = "name", kind = "phase", wkt = "boundary" }
accuracy = "2 m"                      # 95 % of the points are nearer to the truth than this

[layers.applications]
kind = "proposals"
file = "applications.csv"
crs = "EPSG:27700"
columns = { reference = "reference", name = "address", x = "easting", y = "northing", decided = "decided", use = "use_class" }
keep = ["ward"]                       # columns of your own, carried into every answer
accuracy = "1 m"
)toml"},
    {"policy.toml",
     R"toml(# A policy as data: what is measured, when that is a breach, what follows, and the words it rests on.

[policy]
id = "exampleton-2020"
title = "Hot Food Takeaways SPD"
authority = "Exampleton Council (invented)"
kind = "spd"                          # development-plan | spd | guidance | national | licensing
status = "adopted"                    # adopted | emerging | withdrawn
in-force = { from = 2020-01-01 }       # until = DAY where it has ended: the first day on which it is not in force
applies-to = ["hot-food-takeaway"]
source = "Hot Food Takeaways SPD, January 2020 (invented)"
not-encoded = ["HF2: opening hours, litter, extraction"]

[[rule]]
id = "HF1"
title = "Not within 400 m of a secondary school"
text = "Hot food takeaways will not be permitted within 400 metres of the boundary of a secondary school."
cite = "HF1"
distance = { to = [{ layer = "schools", kinds = ["secondary"] }], from = "boundary", by = "straight-line" }
breach = "<= 400 m"
outcome = "refuse"
)toml"},
    {"schools.csv", R"csv(id,name,phase,boundary
1001,Exampleton Academy,secondary,"POLYGON((655000 250000, 655200 250000, 655200 250100, 655000 250100, 655000 250000))"
1002,Church Lane Primary School,primary,"POLYGON((656000 250000, 656080 250000, 656080 250060, 656000 250060, 656000 250000))"
1003,Northfield School,secondary,"POLYGON((655400 252000, 655600 252000, 655600 252150, 655400 252150, 655400 252000))"
)csv"},
    {"applications.csv", R"csv(reference,address,ward,easting,northing,decided,use_class
24/0001/FUL,1 High Street,Castle,655400,250050,2024-03-05,Sui Generis (hot food takeaway)
24/0002/FUL,80 Mill Road,Castle,655601,250050,2024-04-16,Sui Generis (hot food takeaway)
24/0003/FUL,3 Station Parade,Riverside,656100,250030,2024-05-21,Sui Generis (hot food takeaway)
24/0004/FUL,5 Market Place,Castle,655300,250050,2024-06-11,E(b)
24/0005/FUL,Land off Quarry Lane,Riverside,,,2024-07-02,Sui Generis (hot food takeaway)
26/0006/FUL,22 North Street,Northfield,655500,252300,,Sui Generis (hot food takeaway)
)csv"},
};

}  // namespace cordon
