// SPDX-License-Identifier: Apache-2.0
#include "libgeo/report/pack_sections.h"

#include <fmt/format.h>

#include <algorithm>

#include "libgeo/base/text.h"
#include "libgeo/layers/frontages.h"
#include "libgeo/report/pack_tables.h"
#include "libgeo/report/walked_words.h"

namespace geo {
namespace {

constexpr int kRate = 2;
constexpr unsigned kChartWidth = 840;

void put_chart(HtmlPage& page, const std::string& svg, const std::string& alt) {
    if (!svg.empty()) page.figure({svg, "image/svg+xml", alt, {}, kChartWidth});
}

std::string text_at(const AnswerTable& table, std::string_view column, std::size_t row) {
    return column_named(table, column).texts[row];
}

/// Totals of a use over the days.
void put_totals(HtmlPage& page, const AnswerTable& density, const std::string& use) {
    page.table(pack_table(density, uses_in_words(use) + " in all areas, over time",
                          {{"period", "Day", {}, false},
                           {"outlets", "Outlets", {}, false},
                           {"opened", "Opened since", {}, false},
                           {"closed", "Closed since", {}, false},
                           {"change", "Change", {}, true},
                           {"population", "Residents", {}, false},
                           {"rate", "Rate", kRate, false},
                           {"rate_lower", "from", kRate, false},
                           {"rate_upper", "to", kRate, false}},
                          [&](std::size_t row) {
                              return text_at(density, "area_code", row) == "total" &&
                                     text_at(density, "use", row) == use;
                          }));
}

/// Each area on the last day; openings, closures and change since the first where two days were counted.
void put_areas(HtmlPage& page, const PackContents& contents, const std::string& use) {
    const bool two_days = contents.change.there();
    const AnswerTable& table = two_days ? contents.change.tables.front() : contents.density.tables.front();
    const auto of_use = [&](std::size_t row) {
        return text_at(table, "use", row) == use && column_named(table, "outlets").wholes[row] != kNoWhole;
    };
    const auto [first, last] = first_and_last(table, "period", of_use);
    std::vector<PackColumn> columns = {{"area_name", "Area", {}, false}, {"outlets", "Outlets", {}, false}};
    if (two_days) {
        columns.push_back({"opened", "Opened", {}, false});
        columns.push_back({"closed", "Closed", {}, false});
        columns.push_back({"change", "Change", {}, true});
    }
    columns.insert(columns.end(), {{"population", "Residents", {}, false},
                                   {"rate", "Rate", kRate, false},
                                   {"rate_lower", "from", kRate, false},
                                   {"rate_upper", "to", kRate, false},
                                   {"per_km2", "Per km²", 1, false}});
    std::string caption = uses_in_words(use) + " by area on " + day_in_words(last);
    if (two_days && first != last) caption += "; opened, closed and change since " + day_in_words(first);
    page.table(pack_table(table, std::move(caption), columns, [&, day = last](std::size_t row) {
        return of_use(row) && text_at(table, "period", row) == day;
    }));
}

const auto kEveryRow = [](std::size_t) { return true; };

void put_zone_tables(HtmlPage& page, const PackPart& zones) {
    if (const AnswerTable* table = zones.table("zones")) {
        HtmlTable rules =
            pack_table(*table, "Each rule's zone, and the share of the study area in which a proposal would breach",
                       {{"rule", "Rule", {}, false},
                        {"policy", "Policy", {}, false},
                        {"policy_status", "Status", {}, false},
                        {"limit", "Limit", {}, false},
                        {"places", "Places", {}, false},
                        {"zone_ha", "Zone, ha", 1, false},
                        {"breach_ha", "Breach, ha", 1, false},
                        {"breach_percent", "Breach, %", 1, false},
                        {"left_percent", "Left, %", 1, false}},
                       kEveryRow);
        for (std::vector<std::string>& row : rules.rows)
            if (row.front().empty()) row.front() = "All adopted rules";
        page.table(rules);
    }
    if (const AnswerTable* table = zones.table("covered"); table != nullptr && table->rows() > 0)
        page.table(pack_table(*table, "Units, outlets and addresses in the zones, measured one by one",
                              {{"of", "What", {}, false},
                               {"layer", "Layer", {}, false},
                               {"policy", "Policy", {}, false},
                               {"rule", "Rule", {}, false},
                               {"total", "All", {}, false},
                               {"within", "Within", {}, false},
                               {"exempt", "Exempt", {}, false},
                               {"breach", "Would breach", {}, false},
                               {"breach_percent", "%", 1, false},
                               {"left", "Left", {}, false}},
                              kEveryRow));
}

/// Proposals of one verdict, each with the line that says why.
void put_reasons(HtmlPage& page, const MapData& map, Result result, const char* caption) {
    constexpr std::size_t kMost = 40;
    HtmlTable list;
    list.caption = caption;
    list.columns = {{"Reference", HtmlColumn::Kind::text}, {"Why", HtmlColumn::Kind::text}};
    std::size_t all = 0;
    for (const MapProposal& proposal : map.proposals)
        if (proposal.verdict == result && ++all <= kMost) list.rows.push_back({proposal.reference, proposal.why});
    if (all > kMost) list.note = fmt::format("The first {} of {}; `cordon check` lists them all.", kMost, grouped(all));
    if (!list.rows.empty()) page.table(list);
}

/// Those of `sentences` that do not stand in `said` already.
std::vector<std::string> not_said(const std::vector<std::string>& sentences, const std::vector<std::string>& said) {
    std::vector<std::string> left;
    for (const std::string& one : sentences)
        if (std::find(said.begin(), said.end(), one) == said.end()) left.push_back(one);
    return left;
}

}  // namespace

void where_section(HtmlPage& page, const PackContents& contents) {
    page.begin_page("Where outlets and zones are", "where");
    page.paragraph(
        "Maps are drawings: a verdict is a measured distance, never read off a map. They are shown smaller than the "
        "sheet they were made for: go by the scale bar.");
    put_figures(page, contents, "where");
    put_sentences(page, contents.no_figures);
    page.end_section();
}

void areas_section(HtmlPage& page, const PackContents& contents) {
    page.begin_page("Area by area, and over time", "areas");
    if (!contents.density.there()) {
        page.paragraph(sentence_of("Nothing is counted by area: " + contents.density.missing));
        page.end_section();
        return;
    }
    const AnswerTable& density = contents.density.tables.front();
    if (density.rows() > 0)
        page.paragraph(
            fmt::format("Rates are outlets per {} residents; “from” and “to” are the ends of the 95 % "
                        "interval: how far chance alone could move the rate.",
                        cell_words(density, "per", 0)));
    put_chart(page, contents.density.svg, "Chart of the rates over the days; the table of all areas below has them.");
    for (const std::string& use : different(density, "use")) {
        put_totals(page, density, use);
        put_areas(page, contents, use);
    }
    if (!contents.change.there()) page.paragraph(sentence_of("No change is shown: " + contents.change.missing));
    put_figures(page, contents, "areas");
    page.end_section();
}

void deprivation_section(HtmlPage& page, const PackContents& contents) {
    page.begin_page("By deprivation", "deprivation");
    if (!contents.equity.there()) {
        page.paragraph(sentence_of("Outlets are not compared by deprivation: " + contents.equity.missing));
        page.end_section();
        return;
    }
    put_chart(page, contents.equity.svg, "Chart of the rates by deprivation over the days; the table below has them.");
    const AnswerTable& rows = contents.equity.tables.front();
    const auto [first, last] = first_and_last(
        rows, "day", [&](std::size_t row) { return column_named(rows, "outlets").wholes[row] != kNoWhole; });
    page.table(pack_table(rows, "Outlets by deprivation, 1 the most deprived, on the first and the last day",
                          {{"use", "Use", {}, false},
                           {"day", "Day", {}, false},
                           {"quantile", "Group", {}, false},
                           {"areas", "Areas", {}, false},
                           {"outlets", "Outlets", {}, false},
                           {"population", "Residents", {}, false},
                           {"rate", "Rate", kRate, false},
                           {"rate_lower", "from", kRate, false},
                           {"rate_upper", "to", kRate, false}},
                          [&, from = first, to = last](std::size_t row) {
                              const std::string day = text_at(rows, "day", row);
                              return day == from || day == to;
                          }));
    put_sentences(page, contents.equity.sentences);
    page.end_section();
}

void effect_section(HtmlPage& page, const PackContents& contents) {
    page.begin_page("Before and after the policy", "effect");
    if (!contents.effect.there()) {
        page.paragraph(sentence_of("The policy's effect is not estimated: " + contents.effect.missing));
        page.end_section();
        return;
    }
    const AnswerTable& table = contents.effect.tables.front();
    page.table(pack_table(table, "Outlets and openings inside the policy's zones, beside them and beyond",
                          {{"zone", "Zone", {}, false},
                           {"outlets_first", "Outlets at first", {}, false},
                           {"outlets_policy", "when it began", {}, false},
                           {"outlets_last", "at last", {}, false},
                           {"opened_before", "Opened before", {}, false},
                           {"opened_after", "under it", {}, false},
                           {"opened_a_year_before", "A year before", 1, false},
                           {"opened_a_year_after", "a year under it", 1, false},
                           {"ratio", "Ratio", kRate, false},
                           {"ratio_lower", "from", kRate, false},
                           {"ratio_upper", "to", kRate, false}},
                          kEveryRow));
    put_chart(page, contents.effect.svg, "Chart of openings a year inside the zones and beyond them.");
    put_sentences(page, contents.effect.sentences);
    page.end_section();
}

void zones_section(HtmlPage& page, const PackContents& contents) {
    page.begin_page("What the zones cover", "zones");
    if (!contents.zones.there()) {
        page.paragraph(sentence_of("No zones are drawn: " + contents.zones.missing));
    } else {
        put_zone_tables(page, contents.zones);
        put_sentences(page, contents.zones.sentences);
    }
    page.end_section();
}

void proposals_section(HtmlPage& page, const PackContents& contents) {
    const MapData& map = *contents.map;
    page.begin_page("Proposals", "proposals");
    if (map.proposals_in_all == 0) {
        page.paragraph("The study has no proposals, or no policy to set them against.");
        page.end_section();
        return;
    }
    page.paragraph("Verdicts as at " + map.as_at_words + ".");
    HtmlTable counts{
        "Verdicts", {{"Verdict", HtmlColumn::Kind::result}, {"Proposals", HtmlColumn::Kind::number}}, {}, {}, {}, true};
    for (std::size_t k = map.verdicts.size(); k-- > 0;)
        if (map.verdicts[k] > 0)
            counts.rows.push_back({std::string(word(static_cast<Result>(k))), grouped(map.verdicts[k])});
    page.table(counts);
    put_figures(page, contents, "proposals");
    put_reasons(page, map, Result::breach, "Proposals that breach, and why");
    put_reasons(page, map, Result::borderline, "Proposals that are too close to call, and why");
    page.end_section();
}

void methods_section(HtmlPage& page, const PackContents& contents) {
    page.begin_page("How this was measured, and what it cannot say", "methods");
    page.list(
        {"A verdict is a measured distance (or count, or share), never a drawn circle. Where the data are not accurate "
         "enough to tell, it says so: borderline.",
         "Counts are of premises on the register or file that the study names; what is not on it is not counted.",
         "Figures describe outlets. They say nothing of what people buy or eat, of weight or of health.",
         "A difference between areas or years does not by itself say what brought it about."});
    const auto named = [&](const char* heading, const std::vector<std::string>& sentences) {
        if (sentences.empty()) return;
        page.begin_section(heading);
        put_sentences(page, sentences);
        page.end_section();
    };
    if (contents.density.there()) named("Counts and rates", contents.density.sentences);
    std::vector<std::string> walking;
    if (contents.layers != nullptr && contents.layers->walking != nullptr)
        walking = walking_method(*contents.layers->walking);
    named("Walking distances", walking);
    if (contents.map->proposals_in_all > 0 || !contents.map->policies.empty())
        named("What was not tested, and other remarks",
              not_said(not_said(contents.map->remarks, contents.density.sentences), walking));
    if (!contents.zones.there()) named("Zones", contents.map->zone_remarks);
    page.end_section();
}

}  // namespace geo
