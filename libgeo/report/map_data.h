// SPDX-License-Identifier: Apache-2.0
//
// All that a map or a figure shows, as plain data: filled once (libgeo/map.h), read by the interactive map and by figures. Nothing here is decided or counted
// anew: findings are those of the assessment, counts those of `cordon density`, zones those of coverage/zones.h. Texts are as they stand in the data: whoever
// writes them escapes them. Coordinates are in the study's CRS, metres.
#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "libgeo/assess/finding.h"
#include "libgeo/base/dates.h"
#include "libgeo/base/provenance.h"
#include "libgeo/base/uses.h"
#include "libgeo/coverage/zones.h"
#include "libgeo/density/area_counts.h"
#include "libgeo/density/density_table.h"
#include "libgeo/geometry/crs.h"
#include "libgeo/geometry/shapes.h"
#include "libgeo/layers/places.h"
#include "libgeo/policy/policy.h"
#include "libgeo/report/table.h"

namespace geo {

/// Protected places of one layer that are there on the day (open, proposed, or not clear which); columns of equal length, in the layer's order.
struct MapPlaces {
    std::string layer;  ///< `schools`
    std::vector<std::string> id, name, kind;
    std::vector<PlaceState> state;
    std::vector<std::uint8_t> point_only;  ///< 1: only a point is known, no boundary
    Shapes shapes;
    std::size_t size() const { return id.size(); }
};

/// The zones of one rule.
struct MapZone {
    std::string policy, policy_title, rule, cite;
    std::string label;   ///< `FH1: 400 m of schools, parks …`, for a legend
    bool counts = true;  ///< of an adopted policy
    RuleZone zone;
};

/// Outlets over time of one layer, one entry a premises and unbroken spell of trade (layers/premises.h); columns of equal length.
struct MapOutlets {
    std::string layer;
    std::vector<std::string> id, name;  ///< of the latest record
    std::vector<UseSet> uses;
    std::vector<Date> opened, closed;   ///< in trade on [opened, closed); kBeforeRecords, kNotEnded
    std::vector<std::uint8_t> unclear;  ///< 1: dates could not be read: drawn on no day
    Shapes shapes;                      ///< a point each; without location where none is known
    std::size_t size() const { return id.size(); }
    bool trades(std::size_t i, Date day) const { return unclear[i] == 0 && opened[i] <= day && day < closed[i]; }
};

/// One rule on one proposal and site: the very cells of `check --findings`, with the sentence that says why and the line that was measured.
struct MapFinding {
    std::string policy, policy_status, rule, cite;
    Result result = Result::not_applicable;
    bool counts = true;                  ///< of an adopted policy in the verdict
    std::string sentence;                ///< reason(): `312.4 m from the boundary of …: contrary to FH1`
    std::string layer, place_id, place;  ///< what it was measured to; empty where nothing was
    std::string measured_words;          ///< `312.4 m`, as the sentence has it; empty where nothing was measured
    std::string measured, limit, unit, margin, tolerance;  ///< cells of `findings`, as text; empty where there is none
    std::string from, site_from, exempt_by, outcome;
    bool line = false;  ///< a distance: `site` and `at_place` are the two ends of what was measured
    Point site, at_place;
    bool walked = false;                                       ///< `measured` is a walk
    std::string start_kind, access_place, along, access_site;  ///< cells: the parts of a walk; empty of a straight line
    Shapes way;  ///< of a walk that is drawn: one shape of three lines (walked_words.h, add_parts); else none
};

/// A proposal with its verdict; one entry a proposal, in input order.
struct MapProposal {
    std::string reference, name;
    Use use = Use::unstated;
    Date as_at{};
    Date decided = kBeforeRecords;  ///< kBeforeRecords: not known
    Result verdict = Result::not_applicable;
    bool triggered = false;      ///< something is triggered beside it
    std::string outcome;         ///< what the policy says of a breach or borderline
    std::string why;             ///< verdict_reason(): one line
    std::string triggers;        ///< reason of the first triggered finding; empty: none
    std::int32_t deciding = -1;  ///< index into `findings` of the one that decided
    std::string nearest_layer, nearest_id, nearest_name, nearest_m;  ///< cells of `verdicts`
    bool nearest_walked = false;                                     ///< `nearest_m` is a walk
    std::vector<std::string> kept;                                   ///< values of MapData::kept
    std::uint32_t shape = 0;           ///< index into MapData::sites: all its sites together
    Point at;                          ///< a point on it, as in `verdicts`; NaN without a location
    std::vector<MapFinding> findings;  ///< of every site, in the order of slots; not-applicable ones left out
};

/// What a cell of a square grid holds, where there are too many proposals or outlets to show each.
struct MapCell {
    std::int64_t column = 0, row = 0;         ///< lower left corner: (column, row) * size
    std::array<std::uint32_t, 7> verdicts{};  ///< proposals by Result
    std::vector<std::uint32_t> outlets;       ///< in trade on each of MapData::days
    std::uint32_t places = 0;                 ///< protected places
};
struct MapGrid {
    double size_m = 0;           ///< 0: nothing is gathered in cells
    std::vector<MapCell> cells;  ///< by row, then column
};

/// Areas with the figures of `density`: the same counts and rows.
struct MapAreas {
    std::string layer;
    std::vector<std::string> code, name;
    Shapes shapes;
    AreaCounts counts;             ///< days, uses, and which outlet lies in which area; no days: nothing to count
    std::vector<DensityRow> rows;  ///< by use, day, area; the total (kNoArea) last
    AnswerTable
        table;  ///< the same rows as the cells of `density`; its `shape_of` counts in `shapes` above, to which it does not point
    DensityOptions options;
    std::size_t size() const { return code.size(); }
};

/// A unit of a frontage on the day.
struct MapUnits {
    std::string layer;
    std::vector<std::string> id, name, frontage;
    std::vector<Use> use;
    std::vector<std::string> state;  ///< `observed`, `vacant`, …
    Shapes shapes;
    std::size_t size() const { return id.size(); }
};

/// What lies beneath: lines of streets, outlines of other layers of areas (town centres, parades, the study area).
struct MapBase {
    std::string layer;
    LayerKind kind = LayerKind::areas;
    bool study_area = false;
    bool of_policy = false;  ///< some rule names the layer: areas that exempt, town centres
    std::vector<std::string> name;
    Shapes shapes;
};

struct MapAttribution {
    std::string layers;  ///< `schools, parks`
    std::string text, licence;
    std::string dates;  ///< of the data, as the study says; empty: not said
};

struct MapData {
    std::string title;
    std::optional<Crs> crs;     ///< of the study
    Date as_at{};               ///< of zones, places and units: `--on`, else the study's, else the day of the run
    std::string as_at_words;    ///< of the verdicts: `each proposal's date of decision, else 2026-04-01 (study)`
    std::optional<Box> extent;  ///< of the study area, else of all that is shown; none: nothing has a location
    bool incomplete = false;
    std::string incomplete_words;      ///< one line: which rows are missing that could change what is shown
    std::vector<std::string> remarks;  ///< what was not tested, what is left out, what to know of the figures

    std::vector<Policy> policies;
    std::vector<MapPlaces> places;
    std::vector<MapZone> zones;  ///< of each rule, in the order of policies and rules
    RuleZone all_zones;          ///< of the adopted policies in force together
    std::vector<std::string> zone_remarks;

    std::vector<Date> days;  ///< of the time slider: those that `density` counts on, ascending; empty: no outlets
    std::vector<Use> uses;   ///< that outlets have, in the order of the enumeration
    std::vector<MapOutlets> outlets;
    std::optional<MapAreas> areas;  ///< none: the study has no areas or no outlets to count

    std::vector<std::string> kept;  ///< names of the proposals' own columns
    std::vector<MapProposal> proposals;
    Shapes sites;
    std::array<std::uint64_t, 7> verdicts{};  ///< how many proposals have each Result
    std::uint64_t proposals_in_all = 0;
    MapGrid
        grid;  ///< too many proposals (places, outlets) to show each: `proposals` (`places`, `outlets`) is empty then

    std::vector<std::pair<std::string, Point>> postcodes;  ///< of the study's look-up, within the extent; ascending
    std::vector<MapUnits> units;
    std::vector<MapBase> base;
    std::vector<MapAttribution> attributions;
    Provenance provenance;
};

}  // namespace geo
