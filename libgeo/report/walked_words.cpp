// SPDX-License-Identifier: Apache-2.0
#include "libgeo/report/walked_words.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "libgeo/base/dates.h"
#include "libgeo/base/text.h"
#include "libgeo/report/words.h"

namespace geo {
namespace {

constexpr double kMillimetres = 1000.0;

std::string whole_metres(double value) {
    return format_shortest(std::round(value * kMillimetres) / kMillimetres) + " m";
}

/// `1 April 2026`, or as it is written.
std::string date_words(const std::string& date) {
    const auto day = parse_date(date, DateFormat::iso);
    return day ? format_date_long(*day) : printable(date, 40);
}

std::string band_sentence(const WalkingNetwork& network) {
    if (!network.band)
        return "To the tolerance of both ends, walks add ± 10 m, or 2.5 % of the limit where that is more.";
    return fmt::format("To the tolerance of both ends, walks add ± {}, as the study says.",
                       whole_metres(network.band->value));
}

Point vertex(const Shapes& shapes, std::size_t part, std::size_t k) { return {shapes.xs(part)[k], shapes.ys(part)[k]}; }

/// The vertices of the way, from the place's street to the site's; empty where both join the streets at one place.
std::vector<Point> vertices_of(const Shapes& way) {
    std::vector<Point> points;
    if (way.size() == 0) return points;
    for (std::size_t part = way.part_begin(0); part < way.part_end(0); ++part)
        for (std::size_t k = 0; k < way.xs(part).size(); ++k) points.push_back(vertex(way, part, k));
    return points;
}

void add_line_to(Shapes& out, const std::vector<Point>& points) {
    for (const Point p : points) out.add_vertex(p.x, p.y);
    out.end_part(PartKind::line);
}

}  // namespace

bool asks_walking(const Rule& rule) {
    if (const auto* distance = std::get_if<DistanceMeasure>(&rule.measure)) return distance->by == By::walking;
    const auto* count = std::get_if<CountMeasure>(&rule.measure);
    return count != nullptr && count->within_m && count->by == By::walking;
}

bool is_walked(const Finding& finding, const Rule& rule) {
    const bool distance = std::holds_alternative<DistanceMeasure>(rule.measure);
    return distance && asks_walking(rule) && finding.measured_something &&
           !has(finding.notes, Note::walking_untested) && !has(finding.notes, Note::clear_in_straight_line);
}

bool shows_walking(const Assessment& assessment) {
    if (assessment.layers().walking != nullptr) return true;
    return std::any_of(assessment.policies().begin(), assessment.policies().end(), [](const Policy& policy) {
        return std::any_of(policy.rules.begin(), policy.rules.end(), asks_walking);
    });
}

WalkParts walk_parts(const Finding& finding) {
    const long long total = std::llround(finding.measured * kMillimetres);
    const long long along = total - finding.access_place - finding.access_site;
    const auto metres = [](long long millimetres) { return static_cast<double>(millimetres) / kMillimetres; };
    return {metres(finding.access_place), metres(along), metres(finding.access_site)};
}

std::string walk_parts_words(const Finding& finding) {
    const WalkParts parts = walk_parts(finding);
    // As many decimals as the total has (metres_words).
    const double limit = std::isnan(finding.limit) ? 0.0 : finding.limit;
    const int decimals = std::abs(finding.measured - limit) < 0.1 ? 3 : 1;
    const double step = decimals == 3 ? kMillimetres : 10.0;
    const auto shown = [step](double metres) { return std::llround(metres * step); };
    const long long place = shown(parts.access_place), site = shown(parts.access_site);
    const long long along = std::max(0LL, shown(finding.measured) - place - site);
    const auto words = [&](long long steps) {
        return format_fixed(static_cast<double>(steps) / step, decimals) + " m";
    };
    return fmt::format("{} to the street, {} along it, {} to the site", words(place), words(along), words(site));
}

std::string_view start_kind(const Finding& finding, const Rule& rule) {
    if (!is_walked(finding, rule)) return {};
    if (has(finding.notes, Note::start_from_point)) return "point";
    if (has(finding.notes, Note::start_from_boundary)) return "boundary";
    const From from = std::get<DistanceMeasure>(rule.measure).from;
    if (from == From::entrances) return "entrance";
    return from == From::boundary ? "boundary" : "point";
}

std::string start_words(const Finding& finding, const Slot& slot, const Assessment& assessment) {
    const Rule& rule = assessment.rule(slot);
    const std::string_view kind = start_kind(finding, rule);
    if (kind == "entrance") return "the entrance of";
    if (kind == "boundary") return "the boundary of";
    return std::get<DistanceMeasure>(rule.measure).from == From::centroid ? "the centre of" : "the point given for";
}

std::string straight_words(const Finding& finding, const Slot& slot, const Assessment& assessment) {
    if (!std::isfinite(finding.straight)) return {};
    const double limit = std::isnan(finding.limit) ? 0.0 : finding.limit;
    const std::string words = metres_words(finding.straight, limit) + " in a straight line";
    const bool other = finding.straight_place != finding.place && slot.places != nullptr &&
                       finding.straight_place < slot.places->size();
    return other ? words + " to " + place_words(slot, assessment, finding.straight_place) : words;
}

double walked_as_ruled(const Assessment::NearPlace& near, const Rule& rule) {
    switch (std::get<DistanceMeasure>(rule.measure).from) {
        case From::boundary:
            return near.walk_boundary;
        case From::entrances:
            return near.walk_entrances;
        case From::centroid:
        case From::point:
            break;
    }
    return near.walk_centroid;
}

std::string far_from_streets(const WalkingNetwork& network) {
    return fmt::format("more than {} from every street that a walk may begin or end on",
                       whole_metres(network.most_access.value));
}

std::string far_from_streets(const Assessment& assessment) {
    const auto& network = assessment.layers().walking;
    return network == nullptr ? "too far from every street that a walk may begin or end on"
                              : far_from_streets(*network);
}

std::string name_of_network(const WalkingNetwork& network) {
    std::vector<std::string> dates;
    for (const LayerFacts& layer : network.facts) {
        if (layer.files.empty() || layer.files.front().date.empty()) continue;
        std::string date = date_words(layer.files.front().date);  // after it stands the table of what can be walked
        if (std::find(dates.begin(), dates.end(), date) == dates.end()) dates.push_back(std::move(date));
    }
    const std::string name = fmt::format("streets of the {} {}", network.facts.size() > 1 ? "layers" : "layer",
                                         printable(network.name, 200));
    return dates.empty() ? name + " (not dated)" : fmt::format("{} ({})", name, join_words(dates));
}

std::string walked_along(const WalkingNetwork& network) {
    return fmt::format("Walked along the {}{}.", name_of_network(network),
                       network.has_paths ? "" : ", which have no footpaths");
}

std::vector<std::string> walking_method(const WalkingNetwork& network) {
    std::vector<std::string> said;
    said.push_back(
        fmt::format("Walks follow the {}: from the place to the nearest street in a straight line, along the "
                    "streets, and from the street to the site in a straight line. All three are counted, in whole "
                    "millimetres on the grid of the study.",
                    name_of_network(network)));
    std::vector<std::string> filters;
    for (const std::string& filter : network.filters) filters.push_back(printable(filter, 100));
    said.push_back(filters.empty() ? std::string("Every line of these streets is taken to be open to walkers.")
                                   : fmt::format("What cannot be walked is left out by the table {}.",
                                                 join_words(filters, " and ")));
    if (!network.has_paths)
        said.emplace_back(
            "These streets have no footpaths: a walk by them can be too long, never too short. What is nearer than a "
            "limit in a straight line is therefore never called clear by walking.");
    said.push_back(band_sentence(network));
    said.push_back(
        fmt::format("No walk is known of what stands {}. On a private way, in a tunnel or in a part under "
                    "{} m that nothing joins, none does.",
                    far_from_streets(network), format_shortest(kSmallPart)));
    return said;
}

std::vector<std::string> walking_method(const Assessment& assessment) {
    if (assessment.layers().walking != nullptr) return walking_method(*assessment.layers().walking);
    return {};
}

Shapes line_of(const Assessment::Route& route) {
    std::vector<Point> points = vertices_of(route.way);
    std::reverse(points.begin(), points.end());
    points.insert(points.begin(), {route.site, route.to});
    points.insert(points.end(), {route.from, route.place});
    points.erase(std::unique(points.begin(), points.end()), points.end());
    Shapes out;
    if (points.size() < 2) return out;
    add_line_to(out, points);
    out.end_shape();
    return out;
}

void add_parts(const Assessment::Route& route, Shapes& out) {
    std::vector<Point> along = vertices_of(route.way);
    if (along.size() < 2) along = {route.from, route.to};
    add_line_to(out, {route.place, route.from});
    add_line_to(out, along);
    add_line_to(out, {route.to, route.site});
    out.end_shape();
}

}  // namespace geo
