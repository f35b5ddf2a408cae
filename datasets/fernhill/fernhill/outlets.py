# SPDX-License-Identifier: Apache-2.0
"""Fifteen years of outlets: a stochastic model with a planted effect, gap and hot spot, and the registers it leaves.

The model. Premises fall into groups: small area i x inside or outside the policy's zones z x inside or outside the
hot spot h. Openings of a use in group (i, z, h) and quarter t are a Poisson draw with mean

    openings / 4 * residents_i / 1000 * growth_t * gap^d_i * hot^h * effect^(z and t from 2012 Q2) * share

where residents_i are those of 2011, growth_t is one factor for the whole borough, d_i runs from 0 (least deprived small
area) to 1 (most), and share is the part of the area's premises that lie in the group. Draws are independent. The effect
applies to takeaways alone and only to openings. Each outlet then closes after an exponential time. Those trading on
1 January 2011 are drawn from the same model's balance, before the policy, and carry no opening date: the record starts
there. So, over seeds, the ratio (openings after / before, inside) / (after / before, outside), each per unit of time,
has EFFECT as its expected value, and openings per resident have GAP and HOT_RATIO as their ratios of means.

Zones. Inside: within 400 m of a secondary or all-through school's boundary or within 200 m of a public park or a youth
facility, and not in a town centre. Premises whose zone could be argued (10 m either side of a limit or of a centre's
edge) or that changes over the years (round a school that opened, closed or is proposed, or is known only by a
point) hold no outlets, so that every way of drawing the zones agrees on which openings were inside.
"""

from datetime import date, timedelta
from math import hypot

from .geometry import Shape, box_distance, distance, relation
from .names import FIRM_NAMES, OTHER_FOOD, TAKEAWAYS
from .parameters import (AS_AT, BOROUGH_NAME, EFFECT, HOT_SPOT, NO_LOCATION, OUTLET_SEED, PARK_LIMIT, POLICY_FROM,
                         POPULATION_GROWTH, POSTCODE_JITTER, RE_REGISTRATION, SECONDARY_LIMIT, SITE_RADIUS,
                         SNAPSHOT_DAY, USES, YEARS)
from .rng import Rng

MARGIN = 10.0
FIRST_DAY, LAST_DAY = date(YEARS[0], 1, 1), date(YEARS[-1], 12, 31)


class Outlet:
    def __init__(self, id, use, name, premises, opened, closed):
        self.id, self.use, self.name, self.premises = id, use, name, premises
        self.opened, self.closed = opened, closed        # dates; None is before the record, and still trading

    def trading(self, day):
        return (self.opened is None or self.opened <= day) and (self.closed is None or day < self.closed)


def protected(places):
    """(shape, limit, steady) of each place whose zone the policy draws; steady: the same on every day since 2012."""
    for school in places["schools"]:
        if school.kind in ("secondary", "all-through"):
            steady = not (school.opened or school.closed or school.status == "proposed" or school.shape.is_point())
            yield school.shape, SECONDARY_LIMIT, steady
    for park in places["parks"]:
        if park.facts["function"] == "Public Park Or Garden":
            yield park.shape, PARK_LIMIT, True
    for youth in places["youth-facilities"]:
        yield youth.shape, PARK_LIMIT, True


def zone_of(premises, zones, centres):
    """True inside the zones, False outside, None where it could be argued."""
    site = Shape(points=[premises.point])
    where = [relation(site, centre.shape, MARGIN) for centre in centres]
    if "edge" in where:
        return None
    inside = doubtful = False
    for shape, limit, steady in zones:
        reach = limit + MARGIN + (0 if steady else SITE_RADIUS)
        if box_distance(site, shape) > reach:
            continue
        metres = distance(site, shape)
        inside = inside or (steady and metres <= limit - MARGIN)
        doubtful = doubtful or (metres <= reach and not (steady and metres <= limit - MARGIN))
    if doubtful and not inside:
        return None
    return inside and "inside" not in where


def in_hot_spot(premises):
    return hypot(premises.point[0] - HOT_SPOT[0], premises.point[1] - HOT_SPOT[1]) <= HOT_SPOT[2]


def make_groups(world):
    """{(small area, in zone, in hot spot): premises}; the Market Street units are kept as the worked example has them."""
    zones, groups = list(protected(world.places)), {}
    for premises in world.premises:
        if premises.parade is world.market:
            continue
        zone = zone_of(premises, zones, world.places["town-centres"])
        if zone is not None:
            groups.setdefault((premises.cell, zone, in_hot_spot(premises)), []).append(premises)
    return groups


def quarters():
    """(first day, days, begun since the policy) of each quarter; the policy begins on a quarter's first day."""
    for year in YEARS:
        starts = [date(year, month, 1) for month in (1, 4, 7, 10)] + [date(year + 1, 1, 1)]
        for first, next_first in zip(starts, starts[1:]):
            yield first, (next_first - first).days, first.isoformat() >= POLICY_FROM


def make_outlets(world, seed=OUTLET_SEED, effect=EFFECT):
    groups = make_groups(world)
    size = {}
    for (cell, _, _), members in groups.items():
        size[cell] = size.get(cell, 0) + len(members)
    outlets, busy = [], {}          # busy: premises -> the day it is free again
    for use, model in USES.items():
        rng = Rng(seed, use)
        for key in sorted(groups):
            cell, zone, hot = key
            area = world.small_areas[cell]
            rate = (model["openings"] * area.population[YEARS[0]] / 1000 * model["gap"] ** area.deprivation
                    * (model["hot"] if hot else 1) * len(groups[key]) / size[cell])
            for opened in openings(rng, rate, model["closure"], effect if zone and model["policy"] else 1.0):
                start = opened or FIRST_DAY
                closed = start + timedelta(days=1 + int(365.25 * rng.exponential(model["closure"])))
                closed = closed if closed <= LAST_DAY else None
                premises = free_premises(rng, groups[key], busy, start, closed)
                outlets.append(Outlet("", use, firm_name(rng, use), premises, opened, closed))
    outlets.append(Outlet("", "hot-food-takeaway", "Market Street Fryer", world.market.units[19].premises, None, None))
    outlets.sort(key=lambda o: (o.opened or date.min, o.premises.uprn, o.use))
    for k, outlet in enumerate(outlets):
        outlet.id = f"FH{k + 1:05d}"
    return outlets


def openings(rng, rate, closure, effect):
    """Opening days of one group: None for the stock at the start, then a Poisson draw each quarter."""
    days = [None] * rng.poisson(rate / closure)
    for first, length, policy in quarters():
        growth = (1 + POPULATION_GROWTH) ** (first.year - YEARS[0])
        for _ in range(rng.poisson(rate / 4 * growth * (effect if policy else 1.0))):
            days.append(first + timedelta(days=rng.integer(0, length - 1)))
    return days


def free_premises(rng, members, busy, start, closed):
    """Premises of the group that are free then; when all are taken one is shared, so that counts stay Poisson."""
    end = closed or date.max
    free = [p for p in members if all(end <= s or e <= start for s, e in busy.get(p.uprn, []))]
    premises = rng.pick(free or members)
    busy.setdefault(premises.uprn, []).append((start, end))
    return premises


def firm_name(rng, use):
    return rng.pick(FIRM_NAMES[use])


def outlet_rows(outlets):
    yield ["id", "uprn", "name", "address", "postcode", "use", "opened", "closed", "x", "y", "ward"]
    for o in outlets:
        p = o.premises
        yield [o.id, p.uprn, o.name, p.address, p.postcode, o.use, o.opened or "", o.closed or "",
               f"{p.point[0]:.2f}", f"{p.point[1]:.2f}", p.ward.code]


# --- the hygiene register -------------------------------------------------------------------------------------------

FHRS_COLUMNS = ["FHRSID", "LocalAuthorityBusinessID", "BusinessName", "BusinessType", "BusinessTypeID", "Address", "PostCode",
                "RatingValue", "RatingDate", "LocalAuthorityCode", "LocalAuthorityName", "Longitude", "Latitude"]


class Registration:
    def __init__(self, name, kind, kind_id, premises, start, end, position):
        self.name, self.kind, self.kind_id, self.premises = name, kind, kind_id, premises
        self.start, self.end, self.position, self.id = start, end, position, 0


def postcode_points(world):
    """Postcode -> the middle of its premises, to a metre as Code-Point Open has it."""
    sums = {}
    for p in world.premises:
        x, y, n = sums.get(p.postcode, (0.0, 0.0, 0))
        sums[p.postcode] = (x + p.point[0], y + p.point[1], n + 1)
    return {code: (round(x / n), round(y / n)) for code, (x, y, n) in sums.items()}


def registrations(world, outlets, centres, seed=OUTLET_SEED):
    """Takeaways (some registered anew under another id while the shop stays) and other food businesses."""
    rng, found = Rng(seed, "register"), []

    def register(name, kind, kind_id, premises, start, end):
        x, y = centres[premises.postcode]
        position = (x + rng.uniform(-1, 1) * POSTCODE_JITTER, y + rng.uniform(-1, 1) * POSTCODE_JITTER)
        found.append(Registration(name, kind, kind_id, premises, start, end, None if rng.chance(NO_LOCATION) else position))
    for o in outlets:
        if o.use != "hot-food-takeaway":
            continue
        start, end, name = o.opened or FIRST_DAY - timedelta(days=365), o.closed or date.max, o.name
        while True:
            change = start + timedelta(days=30 + int(365.25 * rng.exponential(RE_REGISTRATION)) if RE_REGISTRATION else 99999)
            register(name, "Takeaway/sandwich shop", 7844, o.premises, start, min(change, end))
            if change >= end or change > LAST_DAY:
                break
            start, name = change, (name if rng.chance(0.4) else rng.pick(TAKEAWAYS))
    for k in range(95):
        kind, kind_id, names = OTHER_FOOD[k % len(OTHER_FOOD)]
        start = FIRST_DAY + timedelta(days=rng.integer(-2000, 4000))
        register(rng.pick(names), kind, kind_id, rng.pick(world.premises), start, start + timedelta(days=rng.integer(1200, 9000)))
    found.sort(key=lambda r: (r.start, r.premises.uprn, r.kind_id))
    for k, r in enumerate(found):
        r.id = 900001 + 3 * k
    return found


def fhrs_rows(found, day, to_wgs84):
    yield FHRS_COLUMNS
    for r in found:
        if not r.start <= day < r.end:
            continue
        rng = Rng(r.id, day.year)
        lon, lat = to_wgs84(*r.position) if r.position else (None, None)
        rated = max(r.start, day - timedelta(days=rng.integer(20, 700)))
        yield [r.id, f"FH/{r.id - 900000:05d}", r.name, r.kind, r.kind_id, r.premises.address, r.premises.postcode,
               rng.weighted([("5", 55), ("4", 20), ("3", 12), ("2", 5), ("1", 5), ("0", 1), ("AwaitingInspection", 2)]),
               rated.isoformat(), "999", BOROUGH_NAME,
               "" if lon is None else f"{lon:.6f}", "" if lat is None else f"{lat:.6f}"]


def snapshot_days():
    return [date.fromisoformat(f"{year}-{SNAPSHOT_DAY}") for year in YEARS]


def trading_uses(outlets):
    day = date.fromisoformat(AS_AT)
    return {o.premises.uprn: o.use for o in outlets if o.trading(day)}
