// SPDX-License-Identifier: Apache-2.0
#include "libgeo/change_concentrations.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>

#include "libgeo/base/errors.h"
#include "libgeo/base/text.h"
#include "libgeo/base/threads.h"
#include "libgeo/change_run.h"
#include "libgeo/report/layout.h"
#include "libgeo/report/table_rows.h"

namespace geo {
namespace {

constexpr std::array kPilingUp = {Use::hot_food_takeaway, Use::betting_shop, Use::payday_lender, Use::off_licence};
constexpr std::array kAlternatives = {Use::credit_union};
constexpr double kSeldom = 0.01, kSometimes = 0.05;
constexpr std::size_t kShown = 12;
constexpr int kFigure = 6, kMetres = 1, kCoordinate = 2;

/// `of_hot_food_takeaway`.
std::string column_name(const char* prefix, Use use) {
    std::string name = std::string(prefix) + std::string(word(use));
    std::replace(name.begin(), name.end(), '-', '_');
    return name;
}

std::string words_of(const std::vector<Use>& uses) {
    std::vector<std::string> words;
    for (const Use use : uses) words.emplace_back(word(use));
    return join_words(words);
}

Date day_of(const ConcentrationsRequest& request, const Change& change) {
    if (request.on) return *request.on;
    if (change.study.as_at) return *change.study.as_at;
    Date last = Date::min();
    for (const Premises& layer : change.premises) {
        for (const Date day : layer.snapshot_dates) last = std::max(last, day);
        for (std::size_t spell = 0; spell < layer.size(); ++spell)
            if (layer.opens(spell)) last = std::max(last, layer.opened[spell].by);
    }
    if (last == Date::min())
        throw UsageError("no outlet has a date, and the study no as-at; say which day is looked at, with --on");
    return last;
}

/// Uses that the data tell of. Those that were asked for by name must be there.
std::vector<Use> told_of(const std::vector<Use>& uses, UseSet there, bool asked, std::vector<std::string>& sentences) {
    std::vector<Use> found, missing;
    for (const Use use : uses) ((there & use_bit(use)) != 0 ? found : missing).push_back(use);
    if (!missing.empty() && asked)
        throw UsageError("nothing in the study's outlets or frontages is " + words_of(missing) +
                         "; add a layer that has it, or leave it out");
    if (!missing.empty()) sentences.push_back("No data tell of " + words_of(missing) + ": not counted.");
    return found;
}

TableRows parades_table(const ConcentrationTables& answer, const FrontageLayer& frontages, bool many_layers) {
    TableRows rows(many_layers ? "parades_" + frontages.facts.name : "parades");
    rows.table().shapes = answer.parades.get();
    rows.wholes("rank").texts("parade").texts("name").wholes("units").wholes("kinds").texts("all").wholes("total");
    for (const Use use : answer.of) rows.wholes(column_name("of_", use));
    for (const Use use : answer.good) rows.wholes(column_name("good_", use));
    rows.texts("all_and_good").numbers("nearest_good_m", kMetres);
    return rows;
}

void add_parade(TableRows& rows, const ParadeCounts& parade, const FrontageLayer& frontages) {
    rows.put(std::int64_t{parade.rank})
        .put(std::string(frontages.frontage_id[parade.frontage]))
        .put(std::string(frontages.frontage_name[parade.frontage]))
        .put(std::int64_t{parade.units})
        .put(std::int64_t{parade.kinds})
        .put(std::string(parade.all ? "yes" : "no"))
        .put(parade.total);
    for (const std::int64_t count : parade.of) rows.put(count);
    for (const std::int64_t count : parade.good) rows.put(count);
    rows.put(std::string(parade.all_good ? "yes" : "no"))
        .put(std::isfinite(parade.metres) ? parade.metres : std::numeric_limits<double>::quiet_NaN());
}

/// The points of a frontage's units, as one shape.
void add_points(Shapes& shapes, const FrontageLayer& frontages, std::uint32_t frontage) {
    for (std::uint32_t unit = frontages.first[frontage]; unit < frontages.first[frontage + 1]; ++unit) {
        if (!frontages.shapes.has_location(unit)) continue;
        const Point p = frontages.shapes.first_point(unit);
        shapes.add_vertex(p.x, p.y);
    }
    shapes.end_part(PartKind::points);
    shapes.end_shape();
}

void add_parades(ConcentrationTables& answer, const ConcentrationsRequest& request, const Layers& layers) {
    answer.parades = std::make_unique<Shapes>();
    for (const FrontageLayer& frontages : layers.frontages) {
        TableRows rows = parades_table(answer, frontages, layers.frontages.size() > 1);
        std::vector<ParadeCounts> ranked =
            parade_counts(frontages, answer.shops, answer.of, answer.good, request.radius_m);
        for (const ParadeCounts& parade : ranked) {
            add_parade(rows, parade, frontages);
            rows.table().shape_of.push_back(static_cast<std::uint32_t>(answer.parades->size()));
            add_points(*answer.parades, frontages, parade.frontage);
        }
        answer.ranked.insert(answer.ranked.end(), ranked.begin(), ranked.end());
        answer.tables.push_back(std::move(rows.table()));
    }
}

std::string class_of(const AreaHeat& heat) {
    if (std::isnan(heat.p) || heat.p >= kSometimes) return {};
    return fmt::format("{} {} %", heat.z > 0 ? "hot" : "cold", heat.p < kSeldom ? 99 : 95);
}

AnswerTable heat_table(const ConcentrationTables& answer, const AreaLayer& areas) {
    TableRows rows("hot_spots");
    rows.table().shapes = &areas.shapes;
    rows.table().shade = "gi_star";
    rows.texts("area_code").texts("area_name").texts("use").wholes("outlets").numbers("population", 0);
    rows.numbers(answer.heats.per_residents ? "per_1000" : "per_km2", kFigure).wholes("neighbours");
    rows.numbers("gi_star", kFigure).numbers("p", kFigure).texts("class");
    for (const AreaHeat& heat : answer.heats.rows) {
        rows.put(std::string(areas.code[heat.area]))
            .put(std::string(areas.name[heat.area]))
            .put(heat.use < 0 ? std::string("all") : std::string(word(answer.of[static_cast<std::size_t>(heat.use)])))
            .put(heat.outlets)
            .put(heat.population)
            .put(heat.value)
            .put(std::int64_t{heat.neighbours})
            .put(heat.z)
            .put(heat.p)
            .put(class_of(heat));
        rows.table().shape_of.push_back(heat.area);
    }
    return std::move(rows.table());
}

void add_density(ConcentrationTables& answer, const ConcentrationsRequest& request) {
    std::vector<Point> points;
    Box box = Box::empty();
    for (std::size_t shop = 0; shop < answer.shops.size(); ++shop) {
        if ((answer.shops.uses[shop] & use_set(answer.of)) == 0) continue;
        points.push_back(answer.shops.points.first_point(shop));
        const Point p = points.back();
        box.add(p.x - request.bandwidth_m, p.y - request.bandwidth_m);
        box.add(p.x + request.bandwidth_m, p.y + request.bandwidth_m);
    }
    const PointGrid grid = grid_over(box, request.grid_m);
    const std::vector<double> density = kernel_density(points, {}, grid, request.bandwidth_m, request.threads);
    answer.grid = std::make_unique<Shapes>();
    TableRows rows("kernel_density");
    rows.table().shapes = answer.grid.get();
    rows.numbers("x", kCoordinate).numbers("y", kCoordinate).numbers("per_km2", kFigure);
    for (std::size_t row = 0; row < grid.rows; ++row)
        for (std::size_t c = 0; c < grid.columns; ++c) {
            const double value = density[row * grid.columns + c];
            if (value <= 0) continue;
            const Point p = grid.at(c, row);
            rows.put(p.x).put(p.y).put(value);
            rows.table().shape_of.push_back(static_cast<std::uint32_t>(answer.grid->size()));
            answer.grid->add_point(p.x, p.y);
        }
    answer.tables.push_back(std::move(rows.table()));
}

std::size_t parades_with(const ConcentrationTables& answer, bool good) {
    return static_cast<std::size_t>(std::count_if(answer.ranked.begin(), answer.ranked.end(),
                                                  [&](const ParadeCounts& p) { return good ? p.all_good : p.all; }));
}

void say_what(ConcentrationTables& answer, const ConcentrationsRequest& request, const Change& change) {
    auto& say = answer.sentences;
    std::vector<Use> from_outlets, from_units;
    for (const auto* uses : {&answer.of, &answer.good})
        for (const Use use : *uses)
            ((answer.shops.from_outlets & use_bit(use)) != 0 ? from_outlets : from_units).push_back(use);
    if (!from_outlets.empty())
        say.push_back(
            fmt::format("From the outlets in trade on {}: {}.", format_date_long(answer.day), words_of(from_outlets)));
    if (!from_units.empty())
        say.push_back("From the units of frontages (observed or lawful), since no layer of outlets has them: " +
                      words_of(from_units) + ".");
    if (change.layers.frontages.empty())
        say.emplace_back("The study has no layer of kind frontages: no parades are ranked.");
    else
        say.push_back(
            fmt::format("Within {} m in a straight line of any of its units, {} of {} have all of {}; {} of them the "
                        "alternatives ({}) too. Ranked by kinds, then by shops.",
                        format_shortest(request.radius_m), parades_with(answer, false),
                        counted(answer.ranked.size(), "parade"), words_of(answer.of), parades_with(answer, true),
                        answer.good.empty() ? "none on record" : words_of(answer.good)));
    say.push_back(fmt::format(
        "Gi* of shops {} (binary weights; neighbours: centroids up to {} m apart). Of every 100 areas 5 pass 95 % by "
        "chance alone, and neighbours pass together; areas by the study's edge have neighbours that are not seen.",
        answer.heats.per_residents ? "per 1,000 residents" : "per km²", format_fixed(answer.heats.within_m, 0)));
    say.push_back(fmt::format("Kernel density: quartic, {} m, each shop once; too low by the study's edge.",
                              format_shortest(request.bandwidth_m)));
    if (answer.heats.outside > 0)
        say.push_back(counted(answer.heats.outside, "shop") + " in none of the areas: not in Gi*, but in the rest.");
}

std::string incomplete_words(const Shops& shops) {
    if (shops.without_location + shops.unclear == 0) return {};
    return fmt::format(
        "INCOMPLETE: {} without a location and {} with dates that cannot be read could be anywhere, and are left out.",
        counted(shops.without_location, "shop"), shops.unclear);
}

/// The hottest areas of all uses together.
AnswerTable hottest(const ConcentrationTables& answer, const AreaLayer& areas) {
    ConcentrationTables top;
    top.of = answer.of;
    top.heats = answer.heats;
    auto& rows = top.heats.rows;
    rows.erase(std::remove_if(rows.begin(), rows.end(),
                              [](const AreaHeat& heat) { return heat.use >= 0 || std::isnan(heat.z) || heat.z <= 0; }),
               rows.end());
    std::sort(rows.begin(), rows.end(),
              [](const AreaHeat& a, const AreaHeat& b) { return a.z != b.z ? a.z > b.z : a.area < b.area; });
    return heat_table(top, areas);
}

std::string text_of(const ConcentrationsRequest& request, const Change& change, const ConcentrationTables& answer,
                    const std::string& incomplete) {
    std::string out =
        head_text(change, fmt::format("{}, on {}", words_of(answer.of), format_date_long(answer.day)), request.width);
    for (const AnswerTable& table : answer.tables) {
        if (table.name.rfind("parades", 0) != 0) continue;
        out += "\nWorst parades\n";
        out += table_text(table, request.width, kShown);
    }
    out += fmt::format("\nHottest of {}, all uses together\n", printable(change.areas->facts.name, 60));
    out += table_text(hottest(answer, *change.areas), request.width, kShown);
    append_sentences(out, "To know", answer.sentences, request.width);
    append_end(out, change, incomplete, "shop", request.width);
    return out;
}

}  // namespace

ConcentrationTables concentration_tables(const ConcentrationsRequest& request, const Change& change) {
    ConcentrationTables answer;
    answer.day = day_of(request, change);
    const std::vector<Use> of =
        request.uses.empty() ? std::vector<Use>(kPilingUp.begin(), kPilingUp.end()) : request.uses;
    const std::vector<Use> good =
        request.good.empty() ? std::vector<Use>(kAlternatives.begin(), kAlternatives.end()) : request.good;
    answer.shops = shops_on(answer.day, change.premises, change.layers.frontages,
                            static_cast<UseSet>(use_set(of) | use_set(good)));
    answer.of = told_of(of, answer.shops.there, !request.uses.empty(), answer.sentences);
    answer.good = told_of(good, answer.shops.there, !request.good.empty(), answer.sentences);
    if (answer.of.empty())
        throw UsageError("nothing in the study's outlets or frontages is " + words_of(of) +
                         "; say which uses are looked for, with --use");
    answer.incomplete = answer.shops.without_location + answer.shops.unclear > 0;
    add_parades(answer, request, change.layers);
    answer.heats = area_heat(answer.shops, *change.areas, answer.of, answer.day, {request.within_m, request.threads});
    answer.tables.push_back(heat_table(answer, *change.areas));
    add_density(answer, request);
    say_what(answer, request, change);
    return answer;
}

ChangeAnswer concentrations(const ConcentrationsRequest& request) {
    const ThreadLimit limit(request.threads);
    Study study = read_study(request.study);
    check_answer_files(request.out, request.replace, false, study, request.policies);
    const std::shared_ptr<Change> change = load_change(request, std::move(study));
    const auto made = std::make_shared<ConcentrationTables>(concentration_tables(request, *change));
    const std::string incomplete = incomplete_words(made->shops);
    ChangeAnswer answer;
    if (request.out.empty()) answer.text = text_of(request, *change, *made, incomplete);
    answer.tables = made->tables;
    answer.sentences = made->sentences;
    answer.holds.push_back(made);
    finish(request, change, incomplete, answer);
    return answer;
}

}  // namespace geo
