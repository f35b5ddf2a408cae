// SPDX-License-Identifier: Apache-2.0
#include "libgeo/report/zones_answer.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "libgeo/base/text.h"
#include "libgeo/report/cells.h"
#include "libgeo/report/layout.h"
#include "libgeo/report/styles.h"
#include "libgeo/report/table_rows.h"

namespace geo {
namespace {

constexpr double kHectare = 10'000;
constexpr int kHectares = 4, kPercent = 3, kMetres = 3;
// As on paper: blue for the distance, red for the breach (ColorBrewer RdBu).
constexpr std::string_view kReachColour = "33,102,172", kBreachColour = "178,24,43";

double percent(double part, double whole) { return whole > 0 ? 100 * part / whole : kNoNumber; }
double percent(std::uint64_t part, std::uint64_t whole) {
    return percent(static_cast<double>(part), static_cast<double>(whole));
}

/// A row of the answer: a rule, or all of them together.
struct Row {
    const RuleZone* zone = nullptr;
    const Policy* policy = nullptr;  ///< null: all
    const Rule* rule = nullptr;
    std::size_t number = 0;  ///< in Zones::rules
};

std::vector<Row> rows_of(const ZonesFacts& facts) {
    std::vector<Row> rows;
    for (std::size_t k = 0; k < facts.zones->rules.size(); ++k) {
        const RuleZone& zone = facts.zones->rules[k];
        const Policy& policy = facts.policies[zone.policy];
        rows.push_back({&zone, &policy, &policy.rules[zone.rule], k});
    }
    // One rule of an adopted policy is all of them.
    if (rows.size() != 1 || rows.front().policy->status != Policy::Status::adopted)
        rows.push_back({&facts.zones->all, nullptr, nullptr, 0});
    return rows;
}

std::string limit_of(const Rule& rule) {
    if (const auto* inside = std::get_if<InsideMeasure>(&rule.measure))
        return inside->breach_inside ? "inside areas" : "outside areas";
    const auto* distance = std::get_if<DistanceMeasure>(&rule.measure);
    return rule.breach.text + (distance != nullptr && distance->by == By::walking ? " on foot" : "");
}

std::string drawing_of(const Row& row) {
    if (!row.zone->walking) return kZoneIsDrawn;
    return row.policy == nullptr ? kPartlyWalkingZoneIsDrawn : kWalkingZoneIsDrawn;
}

std::string policy_of(const Row& row) { return row.policy == nullptr ? "all" : row.policy->id; }
std::string status_of(const Row& row) {
    return std::string(row.policy == nullptr ? word(Policy::Status::adopted) : word(row.policy->status));
}

const CoveredCounts& counts_of(const LayerCover& cover, const Row& row) {
    return row.policy == nullptr ? cover.all : cover.rules[row.number];
}

/// The layers of one kind together; total is kNoWhole where there are none.
struct Sum {
    std::int64_t total = kNoWhole, breach = kNoWhole, left = kNoWhole;
};
Sum sum_of(const ZonesFacts& facts, const Row& row, LayerCover::Kind kind) {
    CoveredCounts counts;
    bool any = false;
    for (const LayerCover& cover : facts.covers) {
        if (cover.kind != kind) continue;
        counts += counts_of(cover, row);
        any = true;
    }
    if (!any) return {};
    const auto whole = [](std::uint64_t n) { return static_cast<std::int64_t>(n); };
    return {whole(counts.total()), whole(counts.breach), whole(counts.left())};
}

/// Columns that both layers of a map have.
void begin_columns(TableRows& table) {
    table.texts("policy").texts("policy_status").texts("rule").texts("title").texts("limit").texts("as_at");
}
void begin_row(TableRows& table, const ZonesFacts& facts, const Row& row) {
    table.put(policy_of(row)).put(status_of(row));
    table.put(row.rule == nullptr ? std::string() : row.rule->id);
    table.put(row.rule == nullptr ? std::string("every rule of the adopted policies together") : row.rule->title);
    table.put(row.rule == nullptr ? std::string() : limit_of(*row.rule));
    table.put(format_date(facts.zones->as_at));
}

/// One shape alone is drawn from where it is: of a whole country that is much.
void add_shape(AnswerTable& table, const Shapes& shape, bool alone, Shapes& shapes) {
    table.shapes = alone ? &shape : &shapes;
    if (alone) {
        table.shape_of.push_back(0);
        return;
    }
    table.shape_of.push_back(static_cast<std::uint32_t>(shapes.size()));
    if (shape.size() == 0)
        shapes.add_nothing();
    else
        shapes.add_copy(shape, 0);
}

AnswerTable zones_table(const ZonesFacts& facts, const std::vector<Row>& rows, Shapes& shapes) {
    TableRows table("zones");
    begin_columns(table);
    table.wholes("places").numbers("zone_ha", kHectares).numbers("zone_area_ha", kHectares);
    table.numbers("zone_percent", kPercent).numbers("breach_ha", kHectares).numbers("breach_area_ha", kHectares);
    table.numbers("breach_percent", kPercent).numbers("left_ha", kHectares).numbers("left_percent", kPercent);
    table.wholes("units").wholes("units_breach").wholes("units_left").wholes("outlets").wholes("outlets_breach");
    table.wholes("addresses").wholes("addresses_breach").texts("drawing");
    const double area = facts.zones->study_area_m2;
    for (const Row& row : rows) {
        const RuleZone& zone = *row.zone;
        begin_row(table, facts, row);
        table.put(static_cast<std::int64_t>(zone.places)).put(zone.reach_m2 / kHectare);
        table.put(zone.reach_in_area_m2 / kHectare).put(percent(zone.reach_in_area_m2, area));
        table.put(zone.breach_m2 / kHectare).put(zone.breach_in_area_m2 / kHectare);
        table.put(percent(zone.breach_in_area_m2, area));
        const double left = area - zone.breach_in_area_m2;
        table.put(left / kHectare).put(percent(left, area));
        const Sum units = sum_of(facts, row, LayerCover::Kind::units);
        const Sum outlets = sum_of(facts, row, LayerCover::Kind::outlets);
        const Sum addresses = sum_of(facts, row, LayerCover::Kind::addresses);
        table.put(units.total).put(units.breach).put(units.left).put(outlets.total).put(outlets.breach);
        table.put(addresses.total).put(addresses.breach).put(drawing_of(row));
        add_shape(table.table(), zone.reach, rows.size() == 1, shapes);
    }
    table.table().style = single_style(Symbol::fill, kReachColour);
    return table.table();
}

AnswerTable breach_table(const ZonesFacts& facts, const std::vector<Row>& rows, Shapes& shapes) {
    TableRows table("breach");
    begin_columns(table);
    table.numbers("breach_ha", kHectares).numbers("breach_area_ha", kHectares).numbers("breach_percent", kPercent);
    table.texts("drawing");
    for (const Row& row : rows) {
        begin_row(table, facts, row);
        table.put(row.zone->breach_m2 / kHectare).put(row.zone->breach_in_area_m2 / kHectare);
        table.put(percent(row.zone->breach_in_area_m2, facts.zones->study_area_m2)).put(drawing_of(row));
        add_shape(table.table(), row.zone->breach, rows.size() == 1, shapes);
    }
    table.table().style = single_style(Symbol::fill, kBreachColour);
    return table.table();
}

bool by_walking(const Row& row) { return row.policy != nullptr && row.zone->walking; }

AnswerTable streets_table(const ZonesFacts& facts, const std::vector<Row>& rows, Shapes& shapes) {
    const bool alone = std::count_if(rows.begin(), rows.end(), by_walking) == 1;
    TableRows table("streets");
    for (const char* name : {"policy", "policy_status", "rule", "limit", "as_at"}) table.texts(name);
    for (const char* name : {"length_m", "begin_m", "end_m"}) table.numbers(name, kMetres);
    for (const Row& row : rows) {
        if (!by_walking(row)) continue;
        const WalkedStreets& streets = row.zone->streets;
        const std::size_t base = alone ? 0 : shapes.size();
        for (std::size_t k = 0; k < streets.lines.size(); ++k) {
            table.put(policy_of(row)).put(status_of(row)).put(row.rule->id).put(limit_of(*row.rule));
            table.put(format_date(facts.zones->as_at)).put(std::abs(streets.at_end[k] - streets.at_begin[k]));
            table.put(streets.at_begin[k]).put(streets.at_end[k]);
            table.table().shape_of.push_back(static_cast<std::uint32_t>(base + k));
            if (!alone) shapes.add_copy(streets.lines, k);
        }
        table.table().shapes = alone ? &streets.lines : &shapes;
    }
    table.table().style = single_style(Symbol::line, kReachColour);
    return table.table();
}

AnswerTable covered_table(const ZonesFacts& facts, const std::vector<Row>& rows) {
    TableRows table("covered");
    table.texts("of").texts("layer").texts("policy").texts("rule").wholes("total").wholes("within").wholes("exempt");
    table.wholes("breach").numbers("breach_percent", kPercent).wholes("left").wholes("elsewhere");
    table.wholes("unknown");
    const auto whole = [](std::uint64_t n) { return static_cast<std::int64_t>(n); };
    for (const LayerCover& cover : facts.covers)
        for (const Row& row : rows) {
            const CoveredCounts& counts = counts_of(cover, row);
            table.put(std::string(word(cover.kind))).put(cover.layer).put(policy_of(row));
            table.put(row.rule == nullptr ? std::string() : row.rule->id);
            table.put(whole(counts.total())).put(whole(counts.within())).put(whole(counts.exempt));
            table.put(whole(counts.breach)).put(percent(counts.breach, counts.total())).put(whole(counts.left()));
            table.put(whole(counts.elsewhere)).put(whole(counts.untold));
        }
    return table.table();
}

/// `1,234.5 ha`.
std::string hectares(double square_metres) {
    const std::string text = format_fixed(square_metres / kHectare, 1);
    if (text.empty()) return "–";
    const std::size_t point = text.find('.');
    return grouped(static_cast<std::uint64_t>(std::stoull(text.substr(0, point)))) + text.substr(point);
}
std::string percents(double part, double whole) {
    const std::string text = format_fixed(percent(part, whole), 1);
    return text.empty() ? std::string("–") : text + " %";
}
std::string percents(std::uint64_t part, std::uint64_t whole) {
    return percents(static_cast<double>(part), static_cast<double>(whole));
}

std::string area_sentence(const Zones& zones) {
    const RuleZone& all = zones.all;
    const std::string walking =
        all.walking ? " Rules by walking are in these hectares as they are drawn, along streets." : "";
    if (std::isnan(zones.study_area_m2))
        return fmt::format(
                   "Together the zones of the adopted policies take in {} ha; a proposal would breach in {} ha. The "
                   "study states no area, so there are no shares.",
                   hectares(all.reach_m2), hectares(all.breach_m2)) +
               walking;
    const double left = zones.study_area_m2 - all.breach_in_area_m2;
    return fmt::format(
               "Of the study area's {} ha the zones of the adopted policies together take in {} ha ({}); a proposal "
               "would breach in {} ha ({}); {} ha ({}) are left.",
               hectares(zones.study_area_m2), hectares(all.reach_in_area_m2),
               percents(all.reach_in_area_m2, zones.study_area_m2), hectares(all.breach_in_area_m2),
               percents(all.breach_in_area_m2, zones.study_area_m2), hectares(left),
               percents(left, zones.study_area_m2)) +
           walking;
}

std::string cover_sentence(const LayerCover& cover, Date day) {
    const CoveredCounts& all = cover.all;
    const std::string of = printable(cover.layer, 60), share = percents(all.breach, all.total());
    switch (cover.kind) {
        case LayerCover::Kind::units:
            return fmt::format(
                "{} of {} of {} ({}) stand where a proposal would breach, {} more where an exemption "
                "takes that back; {} are left.",
                grouped(all.breach), counted(all.total(), "unit"), of, share, grouped(all.exempt), grouped(all.left()));
        case LayerCover::Kind::outlets:
            return fmt::format(
                "{} of {} of {} in trade on {} ({}) stand where a new one would breach, {} more where an "
                "exemption takes that back.",
                grouped(all.breach), counted(all.total(), "outlet"), of, format_date_long(day), share,
                grouped(all.exempt));
        case LayerCover::Kind::addresses:
            return fmt::format("{} of {} ({}) lie where a proposal would breach.", grouped(all.breach),
                               counted(all.total(), "address", "addresses"), share);
    }
    return {};
}

std::string left_out_sentence(const LayerCover& cover) {
    std::vector<std::string> why;
    if (cover.outside > 0) why.push_back(fmt::format("{} outside the study area", grouped(cover.outside)));
    if (cover.without_location > 0)
        why.push_back(fmt::format("{} without a location", grouped(cover.without_location)));
    if (cover.unclear > 0) why.push_back(fmt::format("{} with dates that cannot be read", grouped(cover.unclear)));
    const std::string of = fmt::format("{} ({})", printable(cover.layer, 60), word(cover.kind));
    std::string words = why.empty() ? std::string() : fmt::format("Not counted of {}: {}.", of, join_words(why));
    if (const std::uint64_t untold = cover.all.untold; untold > 0)
        words += fmt::format(
            "{}{} of {} {} neither in nor left: no walk there is known, and in a straight line {} near enough.",
            words.empty() ? "" : " ", grouped(untold), of, untold == 1 ? "is" : "are",
            untold == 1 ? "it is" : "they are");
    return words;
}

/// How the zones are drawn: of each rule by walking what its limit is.
void add_drawing_notes(const ZonesFacts& facts, std::vector<std::string>& notes) {
    const std::vector<RuleZone>& zones = facts.zones->rules;
    const auto walking = [](const RuleZone& zone) { return zone.walking; };
    constexpr const char* kMeasured =
        "Hectares are of the drawings. Units, outlets and addresses are measured one by one, as `cordon check` "
        "measures; tolerance aside.";
    if (zones.empty() || !std::all_of(zones.begin(), zones.end(), walking))
        notes.push_back(fmt::format(
            "Zones{} are drawings: the line drawn is the true line or lies up to 10 cm outside it, never inside. {}",
            std::any_of(zones.begin(), zones.end(), walking) ? " in a straight line" : "", kMeasured));
    else
        notes.push_back(std::string("Zones are drawings. ") + kMeasured);
    for (const RuleZone& zone : zones) {
        if (!zone.walking) continue;
        const Policy& policy = facts.policies[zone.policy];
        const Rule& rule = policy.rules[zone.rule];
        notes.push_back(fmt::format(
            "{} {} is drawn along streets that are within {} m on foot ({} km of them), up to {} m beside them, less "
            "where the limit ends, and on the ground of places that are walked to from their boundary; a verdict is "
            "measured, not read off.",
            printable(policy.id, 80), printable(rule.id, 40), format_shortest(rule.breach.limit),
            format_fixed(zone.streets.length_m / 1000, 1), format_shortest(kBesideStreets)));
    }
}

}  // namespace

std::vector<AnswerTable> zones_tables(const ZonesFacts& facts, Shapes& shapes) {
    const std::vector<Row> rows = rows_of(facts);
    std::vector<AnswerTable> tables;
    tables.push_back(zones_table(facts, rows, shapes));
    tables.push_back(breach_table(facts, rows, shapes));
    if (std::any_of(rows.begin(), rows.end(), by_walking)) tables.push_back(streets_table(facts, rows, shapes));
    if (!facts.covers.empty()) tables.push_back(covered_table(facts, rows));
    return tables;
}

std::vector<std::string> zones_sentences(const ZonesFacts& facts) {
    std::vector<std::string> sentences{area_sentence(*facts.zones)};
    for (const LayerCover& cover : facts.covers) sentences.push_back(cover_sentence(cover, facts.zones->as_at));
    return sentences;
}

std::vector<std::string> zones_notes(const ZonesFacts& facts) {
    std::vector<std::string> notes;
    add_drawing_notes(facts, notes);
    for (const std::string& remark : facts.zones->remarks) notes.push_back(printable(remark, 400) + ".");
    for (const std::string& remark : facts.remarks) notes.push_back(printable(remark, 400) + ".");
    for (const LayerCover& cover : facts.covers)
        if (std::string sentence = left_out_sentence(cover); !sentence.empty()) notes.push_back(std::move(sentence));
    return notes;
}

std::string zones_text(const ZonesFacts& facts, unsigned width) {
    TextTable table;
    table.column("policy");
    table.column("rule");
    table.column("limit");
    for (const char* name : {"places", "zone, ha", "breach, ha", "of the area"}) table.column(name, true);
    for (const Row& row : rows_of(facts)) {
        const RuleZone& zone = *row.zone;
        std::string status = row.policy != nullptr && row.policy->status != Policy::Status::adopted
                                 ? " (" + std::string(word(row.policy->status)) + ")"
                                 : std::string();
        table.row({row.policy == nullptr ? "all adopted" : cut(printable(row.policy->id, 200), 32) + status,
                   row.rule == nullptr ? std::string() : cut(printable(row.rule->id, 200), 16),
                   row.rule == nullptr ? std::string() : printable(limit_of(*row.rule), 40), grouped(zone.places),
                   hectares(zone.reach_m2), hectares(zone.breach_m2),
                   percents(zone.breach_in_area_m2, facts.zones->study_area_m2)});
    }
    std::string text = "\n";
    table.append(text, 2, width);
    text += '\n';
    for (const std::string& sentence : zones_sentences(facts)) append_wrapped(text, sentence, width, "", 0);
    return text;
}

}  // namespace geo
