# SPDX-License-Identifier: Apache-2.0
"""What each file of the data set holds. The order here is the order in which the README lists them."""

import os

from . import areas, expected, geometry, outlets, streets, writers
from .applications import COLUMNS
from .geometry import wkt
from .grid import to_wgs84
from .parameters import BOROUGH_CODE, BOROUGH_NAME, NEIGHBOUR_CODE, NEIGHBOUR_NAME, YEARS


def degrees(point):
    lon, lat = to_wgs84(*point)
    return [round(lon, 8), round(lat, 8)]


def iso_to_british(day):
    return f"{day[8:]}-{day[5:7]}-{day[:4]}" if day else ""


def metres(value):
    return f"{value:.2f}"


def length(value):
    return "" if value is None else f"{value:.4f}"


def in_folder(folder, *name):
    return os.path.join(folder, *name)


def write_all(world, found_outlets, apps, folder):
    write_areas(world, folder)
    write_schools(world, folder)
    write_parks(world, folder)
    write_centres(world, folder)
    write_leisure_entrances(world, folder)
    write_parades(world, found_outlets, folder)
    write_streets(world, folder)
    write_outlets(world, found_outlets, folder)
    write_applications(apps, folder)
    write_expected(world, apps, folder)


# --- areas ---------------------------------------------------------------------------------------------------------------

def write_areas(world, folder):
    writers.write_geojson(in_folder(folder, "borough.geojson"), "borough", [writers.feature(
        writers.coordinates(world.borough.shape, degrees), {"LAD25CD": BOROUGH_CODE, "LAD25NM": BOROUGH_NAME})])
    writers.write_geojson(in_folder(folder, "wards.geojson"), "wards", [writers.feature(
        writers.coordinates(w.shape, degrees), {"WD25CD": w.code, "WD25NM": w.name, "LAD25CD": BOROUGH_CODE}) for w in world.wards])
    writers.write_layer(in_folder(folder, "lsoas.shp"), "lsoas", [writers.feature(
        writers.coordinates(a.shape, writers.as_it_is), {"LSOA21CD": a.code, "LSOA21NM": a.name, "WD25CD": a.ward.code})
        for a in world.small_areas], "POLYGON")
    small = world.small_areas
    writers.write_csv(in_folder(folder, "population_wards.csv"), [["ward", "year", "all_ages", "ages_5_16"]] + [
        [w.code, y, areas.ward_total(small, w, y, "population"), areas.ward_total(small, w, y, "children")]
        for w in world.wards for y in YEARS])
    writers.write_csv(in_folder(folder, "population_lsoas.csv"), [["lsoa", "year", "all_ages", "ages_5_16"]] + [
        [a.code, y, a.population[y], a.children[y]] for a in small for y in YEARS])
    writers.write_csv(in_folder(folder, "deprivation.csv"), [["lsoa", "rank", "decile", "score"]] + [
        [a.code, a.rank, a.decile, a.score] for a in small])
    writers.write_csv(in_folder(folder, "obesity.csv"), [["ward", "year", "reception_percent", "year6_percent"]]
                      + areas.obesity(small, world.wards))


# --- places --------------------------------------------------------------------------------------------------------------

def write_schools(world, folder):
    schools = world.places["schools"]
    writers.write_layer(in_folder(folder, "schools.gpkg"), "schools", [writers.feature(
        writers.coordinates(s.shape, writers.as_it_is),
        {"urn": s.id, "name": s.name, "phase": s.facts["phase"], "type": s.facts["type"], "low_age": s.facts["ages"][0],
         "high_age": s.facts["ages"][1], "status": s.facts["register_status"], "opened": s.opened or None,
         "closed": s.closed or None}) for s in schools], "GEOMETRY")
    writers.write_csv(in_folder(folder, "school_entrances.csv"), [["urn", "x", "y", "note"]] + [
        [s.id, metres(x), metres(y), note] for s in schools for x, y, note in s.entrances])
    # The national register as it is downloaded: cp1252, British dates, one point a school.
    writers.write_csv(in_folder(folder, "schools_gias.csv"), gias_rows(world), encoding="cp1252", end="\r\n")


GIAS_COLUMNS = [
    "URN", "LA (code)", "LA (name)", "EstablishmentNumber", "EstablishmentName", "TypeOfEstablishment (code)",
    "TypeOfEstablishment (name)", "EstablishmentTypeGroup (code)", "EstablishmentTypeGroup (name)",
    "EstablishmentStatus (code)", "EstablishmentStatus (name)", "OpenDate", "CloseDate", "PhaseOfEducation (code)",
    "PhaseOfEducation (name)", "StatutoryLowAge", "StatutoryHighAge", "OfficialSixthForm (name)", "SchoolCapacity",
    "NumberOfPupils", "FSM", "PercentageFSM", "Street", "Locality", "Address3", "Town", "County (name)", "Postcode",
    "GOR (name)", "DistrictAdministrative (code)", "DistrictAdministrative (name)", "AdministrativeWard (code)",
    "AdministrativeWard (name)", "UrbanRural (name)", "GSSLACode (name)", "Easting", "Northing", "MSOA (name)",
    "LSOA (name)", "MSOA (code)", "LSOA (code)", "UPRN", "SiteName"]
TYPE_CODES = {"Community school": (1, 4, "Local authority maintained schools"), "Voluntary aided school": (2, 4, "Local authority maintained schools"),
              "Community special school": (7, 5, "Special schools"), "Pupil referral unit": (14, 4, "Local authority maintained schools"),
              "Local authority nursery school": (15, 4, "Local authority maintained schools"), "Academy converter": (34, 10, "Academies"),
              "Free schools": (35, 11, "Free Schools"), "Studio schools": (41, 11, "Free Schools")}
STATUS_CODES = {"Open": 1, "Closed": 2, "Open, but proposed to close": 3, "Proposed to open": 4}
PHASE_CODES = {"Not applicable": 0, "Nursery": 1, "Primary": 2, "Secondary": 4, "All-through": 7}


def gias_rows(world):
    yield GIAS_COLUMNS
    for k, s in enumerate(world.places["schools"]):
        x, y = (round(v) for v in s.shape.centre())
        ward = world.ward_at((x, y))
        small = next((a for a in world.small_areas if a.shape.contains((x, y))), None)
        code, name = (BOROUGH_CODE, BOROUGH_NAME) if ward else (NEIGHBOUR_CODE, NEIGHBOUR_NAME)
        near = min(world.premises, key=lambda p: (p.point[0] - x)**2 + (p.point[1] - y)**2)
        kind, facts = TYPE_CODES[s.facts["type"]], s.facts
        pupils = 210 + 15 * (k % 40) + (500 if s.kind in ("secondary", "all-through") else 0)
        yield [s.id, 999 if ward else 998, name, 2000 + k, s.name, kind[0], facts["type"], kind[1], kind[2],
               STATUS_CODES[facts["register_status"]], facts["register_status"], iso_to_british(s.opened), iso_to_british(s.closed),
               PHASE_CODES[facts["phase"]], facts["phase"], facts["ages"][0], facts["ages"][1],
               "Has a sixth form" if facts["ages"][1] >= 18 else "Does not have a sixth form", pupils + 60, pupils,
               pupils // 5, 20.0, near.street, "", "", name, "", near.postcode if ward else "", "East of England", code, name,
               ward.code if ward else "", ward.name if ward else "", "(England/Wales) Urban city and town", code, x, y,
               small.name[:-1] if small else "", small.name if small else "", "", small.code if small else "",
               str(100098000000 + 11 * k), "Upper and lower sites" if len(s.shape.polygons) > 1 else ""]


def write_parks(world, folder):
    path, parks = in_folder(folder, "parks.gpkg"), world.places["parks"]
    writers.write_layer(path, "greenspace_site", [writers.feature(
        writers.coordinates(p.shape, writers.as_it_is),
        {"id": p.id, "function": p.facts["function"], "distinctive_name_1": p.name, "distinctive_name_2": None,
         "distinctive_name_3": None, "distinctive_name_4": None}) for p in parks], "PROMOTE_TO_MULTI")
    gates = [(p, gate) for p in parks for gate in p.entrances]
    writers.write_layer(path, "access_point", [writers.feature(
        {"type": "Point", "coordinates": [x, y]}, {"id": f"FH-AP-{k + 1:03d}", "access_type": kind, "ref_to_greenspace_site": p.id})
        for k, (p, (x, y, kind)) in enumerate(gates)], "POINT")


def write_centres(world, folder):
    for layer, file in (("youth-facilities", "youth_centres"), ("leisure-centres", "leisure_centres"),
                        ("community-centres", "community_centres")):
        writers.write_layer(in_folder(folder, f"{file}.shp"), file, [writers.feature(
            writers.coordinates(p.shape, writers.as_it_is), {"id": p.id, "name": p.name}) for p in world.places[layer]], "POINT")
    writers.write_layer(in_folder(folder, "town_centres.shp"), "town_centres", [writers.feature(
        writers.coordinates(c.shape, writers.as_it_is), {"id": c.id, "name": c.name, "class": c.kind})
        for c in world.places["town-centres"]], "POLYGON")


def write_leisure_entrances(world, folder):
    writers.write_csv(in_folder(folder, "leisure_entrances.csv"), [["centre", "x", "y", "note"]] + [
        [p.id, metres(x), metres(y), note] for p in world.places["leisure-centres"] for x, y, note in p.entrances])


def write_parades(world, found_outlets, folder):
    streets.give_units_uses(world.parades, world.market, outlets.trading_uses(found_outlets))
    writers.write_layer(in_folder(folder, "parades.gpkg"), "parades", [writers.feature(
        writers.coordinates(p.shape, writers.as_it_is), {"id": p.id, "name": p.name, "centre": p.centre or None, "kind": p.kind})
        for p in world.parades], "POLYGON")
    rows = [["unit", "parade", "sequence", "street_number", "street", "uprn", "x", "y", "frontage_m", "use", "state",
             "double_front", "corner"]]
    for parade in world.parades:
        for u in parade.units:
            p = u.premises
            rows.append([u.id, parade.id, u.sequence, p.number, p.street, p.uprn, metres(p.point[0]), metres(p.point[1]),
                         metres(u.metres), u.use, u.state, "yes" if u.double else "", "yes" if u.corner else ""])
    writers.write_csv(in_folder(folder, "units.csv"), rows)


def write_streets(world, folder):
    path = in_folder(folder, "streets.gpkg")

    def line(points):
        return {"type": "LineString", "coordinates": [[x, y] for x, y in points]}
    writers.write_layer(path, "streets", [writers.feature(
        line(s.line), {"id": f"S{k + 1:04d}", "class": s.kind, "name": s.name, "note": s.note or None})
        for k, s in enumerate(world.streets)], "LINESTRING")
    writers.write_layer(path, "railway", [writers.feature(line(world.railway), {"id": "R1", "name": "Fernhill and Marsham line"})],
                        "LINESTRING")


# --- outlets -------------------------------------------------------------------------------------------------------------

def write_outlets(world, found, folder):
    writers.write_csv(in_folder(folder, "outlets.csv"), outlets.outlet_rows(found))
    centres = outlets.postcode_points(world)
    register = outlets.registrations(world, found, centres)
    os.makedirs(in_folder(folder, "fhrs"), exist_ok=True)
    for day in outlets.snapshot_days():
        writers.write_csv(in_folder(folder, "fhrs", f"fhrs_{day}.csv"), outlets.fhrs_rows(register, day, to_wgs84))
    writers.write_csv(in_folder(folder, "postcodes.csv"), [
        ["Postcode", "Positional_quality_indicator", "Eastings", "Northings", "Country_code", "NHS_regional_HA_code", "NHS_HA_code",
         "Admin_county_code", "Admin_district_code", "Admin_ward_code"]] + [
        [code, 10, x, y, "E92000001", "", "", "", BOROUGH_CODE, world.ward_at((x, y)).code] for code, (x, y) in sorted(centres.items())])


# --- applications --------------------------------------------------------------------------------------------------------

def write_applications(apps, folder):
    rows = [COLUMNS]
    for a in apps:
        x, y = (geometry.number(round(v, 7)) if v == round(v, 4) else f"{v:.7f}" for v in a.point) if a.point else ("", "")
        rows.append([a.ref, a.address, a.postcode, a.uprn, a.ward, a.description, a.received, a.validated, a.decided, a.decision,
                     a.use_class, a.existing_use, a.opening_hours, a.floorspace, a.proposal_type, x, y, a.case_officer,
                     wkt(a.site) if a.site else ""])
    writers.write_csv(in_folder(folder, "applications.csv"), rows)
    rows = [["reference", "authority", "address", "description", "appType", "appState", "startDate", "dateReceived", "decidedDate",
             "lat", "lng"]]
    for a in apps[:20]:
        lon, lat = to_wgs84(*a.point) if a.point and a.point != (0, 0) else (None, None)
        state = {"Approved": "Permitted", "Refused": "Rejected"}.get(a.decision, "Undecided")
        rows.append([a.ref, BOROUGH_NAME, a.address, a.description, "Conditions" if a.suffix == "VAR" else "Full", state, a.validated,
                     a.received, a.decided, "" if lat is None else f"{lat:.7f}", "" if lon is None else f"{lon:.7f}"])
    writers.write_csv(in_folder(folder, "applications_planit.csv"), rows)


def write_expected(world, apps, folder):
    rows = [(app, expected.assess(world, app)) for app in apps]
    expected.check_planted(rows)
    whole = expected.combine(rows)
    table = [["reference", "row", "verdict", "site_verdict", "as_at", "rule", "layer", "place_id", "distance_m", "plain", "triggered",
              "planted", "shows", "why"]]
    findings = [["reference", "row", "rule", "layer", "place_id", "place_name", "distance_m", "limit", "plain", "result"]]
    for k, (app, own) in enumerate(rows):
        proposal = whole[app.ref]
        f = proposal.deciding
        table.append([app.ref, k + 1, proposal.verdict, own.verdict, expected.decision_day(app), *(
            [f.rule if proposal.verdict != "clear" else "", f.place.layer, f.place.id, length(f.metres), f.plain()] if f else [""] * 5),
            "FH3" if own.consult else "", app.tag, app.shows, proposal.why])
        for g in own.findings:
            result = "triggered" if g.rule == "FH3" and g.result == "breach" else g.result
            findings.append([app.ref, k + 1, g.rule, g.place.layer, g.place.id, g.place.name, length(g.metres), f"{g.limit:.0f}",
                             g.plain(), result])
    writers.write_csv(in_folder(folder, "expected.csv"), table)
    writers.write_csv(in_folder(folder, "expected_findings.csv"), findings)
