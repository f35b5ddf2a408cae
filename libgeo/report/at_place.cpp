// SPDX-License-Identifier: Apache-2.0
#include "libgeo/report/at_place.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <numbers>

#include "libgeo/base/errors.h"
#include "libgeo/base/text.h"
#include "libgeo/geometry/positions.h"
#include "libgeo/layers/lookup.h"

namespace geo {
namespace {

void bring_into_study(AtFound& found, const char* from, const Study& study, const GridFolders& grids) {
    const Crs crs = Crs::from_text(from);
    const Transformation transformation = Transformation::between(crs, *study.crs, grids);
    double x = found.place.point.x, y = found.place.point.y;
    transformation.apply({&x, 1}, {&y, 1});
    if (!std::isfinite(x) || !std::isfinite(y)) {
        throw UsageError(printable(found.place.asked) + ": is outside what can be brought into " + study.crs->code() +
                         "; expected eastings and northings, or latitude and longitude in this order");
    }
    found.place.point = {x, y};
    found.facts.operation = transformation.info();
    found.facts.crs_code = crs.code();
}

void from_lookup(AtFound& found, const At& at, const Study& study, const GridFolders& grids, Issues& issues) {
    const bool postcode = at.kind == At::Kind::postcode;
    const LookupAnswer answer = look_up(study, postcode ? Lookup::postcodes : Lookup::uprns, {at.code}, grids, issues);
    const auto entry = answer.found.find(at.code);
    if (entry == answer.found.end()) {
        throw UsageError(fmt::format("{} {}: not in {}; check it, or give eastings and northings",
                                     postcode ? "postcode" : "UPRN", at.code, printable(answer.file)));
    }
    if (!postcode) found.uprn = at.code;
    found.place.point = entry->second.point;
    found.place.accuracy_m = answer.accuracy.value;
    found.place.source =
        fmt::format("{} {}, from {}", postcode ? "the centre of postcode" : "UPRN", at.code, answer.file);
    found.facts.accuracy = answer.accuracy;
    found.facts.accuracy_stated = answer.accuracy_stated;
    found.facts.accuracy_source = answer.accuracy_source;
    if (!answer.accuracy_source.empty()) found.place.source += " (" + answer.accuracy_source + ")";
}

// A reference names a square: its middle is wrong by half a diagonal at most.
void from_grid_reference(AtFound& found, const At& at, const Study& study, const GridFolders& grids) {
    found.place.accuracy_m = std::round(at.half_square_m * std::numbers::sqrt2 * 10.0) / 10.0;
    found.place.source = fmt::format("the middle of a square of {} m", format_shortest(at.half_square_m * 2.0));
    found.facts.accuracy = Metres{found.place.accuracy_m};
    if (study.crs->code() != "EPSG:27700") bring_into_study(found, "EPSG:27700", study, grids);
}

void expect_in_bounds(const AtFound& found, const Study& study) {
    const auto& bounds = study.crs->bounds();
    if (!bounds || bounds->contains(found.place.point)) return;
    throw UsageError(fmt::format(
        "{}: lies outside the area of {}; expected eastings,northings in metres or latitude,longitude with decimals",
        printable(found.place.asked), study.crs->code()));
}

}  // namespace

AtFound find_at(const std::string& asked, const Study& study, const GridFolders& grids, Issues& issues) {
    const std::optional<At> at = parse_at(asked);
    if (!at) {
        throw UsageError(
            "--at " + printable(asked) +
            ": not a place; expected \"530123,175456\" (eastings,northings), \"51.4613,-0.1156\" (latitude,longitude), "
            "\"TQ 30123 75456\", a postcode or uprn:NUMBER");
    }
    AtFound found;
    found.place.asked = asked;
    found.place.point = at->point;
    found.facts.name = "--at";
    found.facts.accuracy_stated = true;
    found.facts.accuracy_source = "as typed";
    found.facts.crs_code = study.crs->code();
    switch (at->kind) {
        case At::Kind::projected:
            break;
        case At::Kind::latitude_longitude:
            bring_into_study(found, "EPSG:4326", study, grids);
            break;
        case At::Kind::grid_reference:
            from_grid_reference(found, *at, study, grids);
            break;
        case At::Kind::postcode:
        case At::Kind::uprn:
            from_lookup(found, *at, study, grids, issues);
            break;
    }
    expect_in_bounds(found, study);
    return found;
}

ProposalBatch proposals_at(const AtFound& found, std::span<const Policy> policies, std::size_t fields) {
    std::vector<Use> uses;
    for (const Policy& policy : policies) {
        for (const Rule& rule : policy.rules) {
            const bool covered = std::any_of(rule.applies_to.begin(), rule.applies_to.end(), [&](Use use) {
                return std::find(uses.begin(), uses.end(), use) != uses.end();
            });
            if (!covered && !rule.applies_to.empty()) uses.push_back(rule.applies_to.front());
        }
    }
    if (uses.empty()) uses.push_back(Use::unstated);
    ProposalBatch batch;
    const auto held = std::make_shared<const AtFound>(found);
    const std::string_view asked = held->place.asked, uprn = held->uprn;
    batch.text = held;
    batch.fields.assign(fields, std::vector<std::string_view>(uses.size()));
    for (std::uint32_t row = 0; row < uses.size(); ++row) {
        batch.row.push_back(0);
        batch.reference.push_back(asked);
        batch.name.emplace_back();
        batch.use.push_back(uses[row]);
        batch.existing_use.push_back(Use::unstated);
        batch.use_note.emplace_back();
        batch.nothing_changes.push_back(0);
        batch.received.push_back(kBeforeRecords);
        batch.validated.push_back(kBeforeRecords);
        batch.decided.push_back(kBeforeRecords);
        batch.uprn.push_back(uprn);
        batch.unit.emplace_back();
        batch.street.emplace_back();
        batch.adds_unit.push_back(0);
        batch.shapes.add_point(found.place.point.x, found.place.point.y);
        batch.site_of.push_back(row);
    }
    return batch;
}

}  // namespace geo
