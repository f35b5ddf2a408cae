// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <cmath>
#include <limits>
#include <set>

#include "libgeo/base/errors.h"
#include "libgeo/base/text.h"
#include "libgeo/base/threads.h"
#include "libgeo/change.h"
#include "libgeo/change_run.h"
#include "libgeo/density/area_counts.h"
#include "libgeo/density/equity_table.h"
#include "libgeo/density/periods.h"
#include "libgeo/density/quantiles.h"
#include "libgeo/geometry/geos.h"
#include "libgeo/report/equity_answer.h"
#include "libgeo/report/layout.h"
#include "libgeo/report/remarks.h"

namespace geo {
namespace {

/// Without `--by`: the only layer of areas that has deprivation ranks.
std::optional<std::string> areas_with_ranks(const EquityRequest& request, const Study& study) {
    if (request.areas) return request.areas;
    std::vector<std::string> ranked;
    for (const LayerSpec& layer : study.layers) {
        if (layer.kind == LayerKind::areas && !layer.deprivation.empty()) ranked.push_back(layer.name);
    }
    if (ranked.size() > 1)
        throw UsageError("say which areas to count in, with --by: " + join_words(ranked, " or ") +
                         " have deprivation ranks");
    if (ranked.empty())
        throw UsageError(study.file +
                         ": no layer of areas has deprivation ranks; write, in a layer of areas with residents, "
                         "deprivation = { file = \"imd2019.csv\", code = \"lsoa11_code\", rank = \"IMD_rank\" }");
    return ranked.front();
}

void expect_request(const EquityRequest& request) {
    if (request.quantiles != 5 && request.quantiles != 10)
        throw UsageError("--quantiles: " + std::to_string(request.quantiles) + "; 5 or 10 is expected");
    if (!(request.confidence >= 0.90) || !(request.confidence <= 0.998))
        throw UsageError("--confidence: " + format_shortest(request.confidence) + "; 0.90 to 0.998 is expected");
    if (!(request.per > 0) || !std::isfinite(request.per))
        throw UsageError("--per: " + format_shortest(request.per) + "; a number of residents is expected, say 1000");
}

/// The layer has residents and ranks of one file; else says what to write.
const LayerSpec& expect_areas(const Study& study, const AreaLayer& areas) {
    const LayerSpec& spec = *study.layer(areas.facts.name);
    const std::string where = study.file + ":" + std::to_string(spec.line) + ": the layer " + spec.name + " ";
    if (spec.deprivation.empty())
        throw UsageError(where +
                         "has no deprivation ranks; write deprivation = { file = \"imd2019.csv\", code = "
                         "\"lsoa11_code\", rank = \"IMD_rank\" }, or choose other areas with --by");
    if (spec.deprivation.size() > 1)
        throw UsageError(where + "has " + std::to_string(spec.deprivation.size()) +
                         " deprivation files; their ranks cannot be compared: name one");
    if (spec.population.empty())
        throw UsageError(where +
                         "has no residents, so there are no rates; write population = [{ file = "
                         "\"population.csv\", code = \"lsoa\", value = \"all_ages\", year = 2019 }]");
    if (std::all_of(areas.deprivation_rank.begin(), areas.deprivation_rank.end(),
                    [](double rank) { return std::isnan(rank); }))
        throw DataError(where + "and its deprivation file " + spec.deprivation.front().file.file +
                        " have no code in common; codes of 2011 and of 2021 differ, and each edition of the index has "
                        "its own");
    return spec;
}

/// How many areas are ranked in the whole country.
std::uint64_t ranked_in_country(const Study& study, const LayerSpec& spec, const AreaLayer& areas) {
    const JoinedFile& file = spec.deprivation.front();
    const std::string where = study.file + ":" + std::to_string(file.file.line) + ": --national: ";
    const std::uint64_t n = areas.deprivation_of > 0 ? areas.deprivation_of : areas.deprivation_rows;
    if (areas.deprivation_greatest <= static_cast<double>(n)) return n;
    if (areas.deprivation_of > 0)
        throw UsageError(where + "the study says that " + grouped(n) + " areas are ranked, and " + file.file.file +
                         " has the rank " + format_shortest(areas.deprivation_greatest));
    throw UsageError(where + file.file.file + " ranks " + counted(n, "area") + ", up to rank " +
                     format_shortest(areas.deprivation_greatest) +
                     ", so it is a part of the country's ranking; give the whole file, or say of how many: "
                     "deprivation = { …, of = 32844 }");
}

Shapes points_on(const AreaLayer& areas) {
    Shapes points;
    for (std::size_t i = 0; i < areas.size(); ++i) {
        if (areas.shapes.has_location(i)) {
            const Point point = point_on_surface(areas.shapes, i);
            points.add_point(point.x, point.y);
        } else {
            points.add_nothing();
        }
    }
    return points;
}

/// Areas outside the study area, or beyond what a layer of outlets covers: nothing is known there, which is not 0.
std::vector<std::uint8_t> areas_aside(const Change& change, unsigned threads) {
    std::vector<std::uint8_t> aside(change.areas->size(), 0);
    std::set<int> within;
    within.insert(change.layers.study_area);
    for (const Premises& one : change.premises) within.insert(one.layer->facts.covers);
    Shapes points;
    for (const int index : within) {
        if (index < 0 || &change.layers.areas[static_cast<std::size_t>(index)] == change.areas) continue;
        if (points.size() == 0) points = points_on(*change.areas);
        const auto holder = area_of_each(points, change.layers.areas[static_cast<std::size_t>(index)], threads);
        for (std::size_t i = 0; i < aside.size(); ++i) {
            if (holder[i] == kNoArea) aside[i] = 1;
        }
    }
    return aside;
}

/// Which quantiles there are: fills `facts` and gives each area its own.
std::vector<std::uint32_t> choose_quantiles(const EquityRequest& request, const Change& change,
                                            const std::vector<std::uint8_t>& aside, EquityFacts& facts) {
    const AreaLayer& areas = *change.areas;
    const LayerSpec& spec = expect_areas(change.study, areas);
    facts.areas = areas.facts.name;
    facts.deprivation = spec.deprivation.front().file.file;
    facts.quantiles = request.quantiles;
    facts.national = request.national;
    if (request.national) {
        facts.ranked = ranked_in_country(change.study, spec, areas);
        return national_quantiles(areas.deprivation_rank, facts.ranked, request.quantiles);
    }
    std::vector<double> ranks = areas.deprivation_rank;
    for (std::size_t i = 0; i < ranks.size(); ++i) {
        if (aside[i] != 0) ranks[i] = std::numeric_limits<double>::quiet_NaN();
    }
    facts.ranked = static_cast<std::uint64_t>(
        std::count_if(ranks.begin(), ranks.end(), [](double rank) { return !std::isnan(rank); }));
    if (facts.ranked < request.quantiles)
        throw DataError(change.study.file + ": " + counted(facts.ranked, "area") + " of " + facts.areas +
                        " with a deprivation rank are too few for " + std::to_string(request.quantiles) + " quantiles");
    return local_quantiles(ranks, request.quantiles);
}

std::string head_of(const Change& change, const EquityFacts& facts) {
    std::string head = "Outlets by deprivation in " + printable(facts.areas, 60) + " (" +
                       counted(change.areas->size(), "area") + "), ";
    if (facts.days.size() == 1) return head + format_date(facts.days.front());
    return head + counted(facts.days.size(), "day") + " from " + format_date(facts.days.front()) + " to " +
           format_date(facts.days.back());
}

std::string text_of(const EquityRequest& request, const Change& change, const EquityTable& table,
                    const EquityFacts& facts, const std::string& incomplete) {
    constexpr std::size_t kMostRows = 60;
    std::string text = head_text(change, head_of(change, facts), request.width);
    text += '\n';
    for (const std::string& sentence : equity_sentences(table, facts))
        append_wrapped(text, sentence + ".", request.width, "", 2);
    text += "\nThe first and the last day\n" + table_text(equity_rows(table, facts, true), request.width, kMostRows);
    text += '\n' + table_text(equity_measures(table, facts, true), request.width, kMostRows);
    append_sentences(text, "To know", equity_notes(table, facts), request.width);
    append_end(text, change, incomplete, "outlet", request.width);
    return text;
}

/// `--measures`: the same answer with the measures as its first table.
void write_measures(const EquityRequest& request, const Study& study, const ChangeAnswer& answer) {
    if (request.measures.empty()) return;
    std::vector<AnswerTable> tables = answer.tables;
    std::reverse(tables.begin(), tables.end());
    write_tables(tables, record_of(answer, study), request.measures, request.replace);
}

EquityTable table_of(const EquityRequest& request, Change& change, EquityFacts& facts, AreaCounts& counts) {
    facts.days = days_to_count(request.at, change.premises, change.study.as_at);
    facts.uses = uses_to_count(request.uses, change.premises);
    facts.per = request.per;
    facts.confidence = request.confidence;
    facts.simulated = request.simulated;
    EquityInput input;
    input.aside = areas_aside(change, request.threads);
    input.quantile = choose_quantiles(request, change, input.aside, facts);
    counts = count_by_area(change.premises, *change.areas, facts.days, facts.uses, request.threads, change.issues);
    input.counts = &counts;
    input.premises = change.premises;
    for (const Date day : facts.days)
        input.population.push_back(population_on(*change.areas, day, request.interpolate));
    input.quantiles = request.quantiles;
    input.per = request.per;
    input.confidence = request.confidence;
    input.simulated = request.simulated;
    return equity_table(input);
}

/// What can be said before anything is loaded; gives the request with the layer of areas chosen.
EquityRequest checked(const EquityRequest& request, const Study& study) {
    expect_request(request);
    std::vector<std::filesystem::path> files = request.out;
    files.insert(files.end(), request.measures.begin(), request.measures.end());
    check_answer_files(files, request.replace, true, study, request.policies);
    EquityRequest out = request;
    out.areas = areas_with_ranks(request, study);
    return out;
}

}  // namespace

ChangeAnswer equity(const EquityRequest& as_given) {
    const ThreadLimit limit(as_given.threads);
    Study study = read_study(as_given.study);
    const EquityRequest request = checked(as_given, study);
    const std::shared_ptr<Change> change = load_change(request, std::move(study));
    EquityFacts facts;
    AreaCounts counts;
    const EquityTable table = table_of(request, *change, facts, counts);
    const std::string incomplete = incomplete_words(counts.without_location, counts.unclear, "area");
    ChangeAnswer answer;
    answer.tables = {equity_rows(table, facts), equity_measures(table, facts)};
    answer.sentences = equity_sentences(table, facts);
    for (std::string& note : equity_notes(table, facts)) answer.sentences.push_back(std::move(note));
    answer.svg = trend_svg(equity_chart(table, facts, change->study.title));
    if (request.out.empty() && request.measures.empty())
        answer.text = text_of(request, *change, table, facts, incomplete);
    finish(request, change, incomplete, answer);
    write_measures(request, change->study, answer);
    return answer;
}

}  // namespace geo
