# SPDX-License-Identifier: Apache-2.0
"""Every number that Fernhill is made from. Change one here, run generate.py, and commit what changes."""

WORLD_SEED = 2012          # places, streets, people
OUTLET_SEED = 3            # the dated outlets (generate.py --seed)
APPLICATION_SEED = 24

ORIGIN = (655000, 250000)  # in the North Sea off Suffolk, so that no one takes it for a real place
BOROUGH_CODE, BOROUGH_NAME = "E07999001", "Fernhill"
NEIGHBOUR_CODE, NEIGHBOUR_NAME = "E07999002", "Marsham"
AS_AT = "2026-04-01"       # the study's date: decides for applications not yet decided
YEARS = range(2011, 2026)

# The policy whose effect is planted: its start and the limits that bound its zones (policies/fernhill-2012.toml).
POLICY_FROM = "2012-04-01"
SECONDARY_LIMIT, PARK_LIMIT, GATE_LIMIT = 400.0, 200.0, 200.0
TIE = 0.001                # metres: a distance this near the limit is at the limit
SITE_RADIUS = 100.0        # how far a school known only by a point may reach
ACCURACY = {"applications": 1.0, "schools": 2.0, "parks": 3.0, "youth-facilities": 5.0, "leisure-centres": 5.0,
            "town-centres": 2.0}
ON_FOOT_FROM, DRAFT_FROM = "2026-02-01", "2026-01-15"   # policies/fernhill-2026-on-foot.toml and the draft
ON_FOOT_LIMIT, DRAFT_LIMIT = 400.0, 800.0
BAND = 10.0, 0.025         # how sure a walk is: metres, or a share of the limit where that is more

# The model of openings, per use (see outlets.py). Openings a year per 1,000 residents of 2011 in the least deprived
# area; GAP is the ratio of the most to the least deprived area; CLOSURE is the chance a year that an outlet closes.
EFFECT = 0.50              # ratio of takeaway openings inside the zones once the policy is in force (1 = no effect)
GAP = 2.5                  # takeaways: most against least deprived area, log-linear in the deprivation rank between
HOT_SPOT = (657900, 255100, 650.0)   # centre and radius in metres
HOT_RATIO = 4.0            # takeaway openings inside the hot spot against elsewhere
USES = {
    "hot-food-takeaway": {"openings": 0.16, "closure": 0.16, "gap": GAP, "hot": HOT_RATIO, "policy": True},
    "off-licence": {"openings": 0.045, "closure": 0.08, "gap": 1.8, "hot": 1.0, "policy": False},
    "betting-shop": {"openings": 0.017, "closure": 0.10, "gap": 2.2, "hot": 2.0, "policy": False},
    "payday-lender": {"openings": 0.010, "closure": 0.20, "gap": 3.0, "hot": 2.0, "policy": False},
    "credit-union": {"openings": 0.0025, "closure": 0.06, "gap": 1.5, "hot": 1.0, "policy": False},
}
RE_REGISTRATION = 0.05     # chance a year that a takeaway is registered anew under another id (often a new name)
NO_LOCATION = 0.04         # share of hygiene registrations without a position
POSTCODE_JITTER = 12.0     # metres by which a snapshot's point may lie off the postcode's own
SNAPSHOT_DAY = "07-20"     # of each year

POPULATION_GROWTH = 0.004  # a year, the same everywhere, so that growth does not pass for an effect
