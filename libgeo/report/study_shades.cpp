// SPDX-License-Identifier: Apache-2.0
#include "libgeo/report/study_shades.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "libgeo/base/text.h"
#include "libgeo/report/figure_looks.h"
#include "libgeo/report/measured_words.h"
#include "libgeo/report/styles.h"

namespace geo {
namespace {

constexpr std::size_t kClasses = 5;

/// The use of the counts that is drawn: the one asked for, else the first. None where it is not there.
std::optional<std::uint32_t> use_of(const AreaCounts& counts, std::optional<Use> use) {
    if (counts.uses.empty()) return std::nullopt;
    if (!use) return 0;
    const auto found = std::find(counts.uses.begin(), counts.uses.end(), *use);
    if (found == counts.uses.end()) return std::nullopt;
    return static_cast<std::uint32_t>(found - counts.uses.begin());
}

/// Rows of areas with a rate, of the latest day that has one; empty where none has.
std::vector<const DensityRow*> latest_rates(const MapAreas& areas, std::uint32_t use) {
    std::vector<const DensityRow*> rows;
    std::uint32_t day = 0;
    for (const DensityRow& row : areas.rows) {
        if (row.use != use || row.area == kNoArea || !std::isfinite(row.rate.value)) continue;
        if (row.day > day) rows.clear();
        day = std::max(day, row.day);
        if (row.day == day) rows.push_back(&row);
    }
    return rows;
}

/// Class of a value between limits (as in the map layers' styles): the last class holds its upper end too.
std::size_t class_of(double value, const std::vector<double>& limits) {
    std::size_t k = 0;
    while (k + 2 < limits.size() && value >= limits[k + 1]) ++k;
    return k;
}

std::string plural(Use use) { return capital(plural_words({use})); }

const TableColumn& column_of(const AnswerTable& table, std::string_view name) {
    for (const TableColumn& column : table.columns)
        if (column.name == name) return column;
    throw std::logic_error("no such column in the table of density");
}

/// Rows of areas on the last day with a known change, and the day.
struct Changes {
    std::vector<std::size_t> rows;
    std::string use, from, until;
};
Changes changes_of(const AnswerTable& table, std::optional<Use> use) {
    Changes found;
    const auto& uses = column_of(table, "use").texts;
    const auto& days = column_of(table, "period").texts;
    const auto& change = column_of(table, "change").wholes;
    if (uses.empty()) return found;
    found.use = use ? std::string(word(*use)) : uses.front();
    for (std::size_t row = 0; row < uses.size(); ++row) {
        if (uses[row] != found.use) continue;
        if (found.from.empty() || days[row] < found.from) found.from = days[row];
        if (days[row] > found.until) found.until = days[row];
    }
    for (std::size_t row = 0; row < uses.size(); ++row)
        if (uses[row] == found.use && days[row] == found.until && table.shapes != nullptr &&
            table.shape_of[row] < table.shapes->size() && change[row] != kNoWhole)
            found.rows.push_back(row);
    return found;
}

std::string day_words(const std::string& iso) {
    const auto day = parse_date(iso, DateFormat::iso);
    return day ? format_date_long(*day) : iso;
}

std::string signed_words(std::int64_t value) {
    if (value == 0) return "0";
    return (value > 0 ? "+" : "−") + std::to_string(std::abs(value));
}

}  // namespace

std::string no_rate_shades(const MapData& data, std::optional<Use> use) {
    if (!data.areas) return "the study has no areas with outlets to count";
    const auto found = use_of(data.areas->counts, use);
    if (!found) return "there are no outlets to count";
    if (latest_rates(*data.areas, *found).empty())
        return "no area of " + data.areas->layer + " has a rate: the study gives no residents for them";
    return {};
}

AreaShades rate_shades(const MapData& data, std::optional<Use> use) {
    const MapAreas& areas = *data.areas;
    const std::uint32_t of_use = *use_of(areas.counts, use);
    const std::vector<const DensityRow*> rows = latest_rates(areas, of_use);
    std::vector<double> values;
    for (const DensityRow* row : rows) values.push_back(row->rate.value);
    const std::vector<double> limits = fifths(values);
    AreaShades shades;
    shades.of_residents = true;
    const std::string day = format_date_long(areas.counts.days[rows.front()->day]);
    shades.heading = fmt::format("{} per {} residents", plural(areas.counts.uses[of_use]),
                                 areas.options.per == std::floor(areas.options.per)
                                     ? grouped(static_cast<std::uint64_t>(areas.options.per))
                                     : format_shortest(areas.options.per));
    shades.subtitle = fmt::format("{}, by area ({}), on {}", shades.heading, layer_words(areas.layer), day);
    shades.as_at = day;
    shades.shapes = &areas.shapes;
    std::vector<std::uint8_t> of(areas.size(), static_cast<std::uint8_t>(kClasses));
    for (const DensityRow* row : rows) of[row->area] = static_cast<std::uint8_t>(class_of(row->rate.value, limits));
    for (std::size_t k = 0; k < kClasses; ++k) {
        const bool there = std::find(of.begin(), of.end(), k) != of.end();
        shades.classes.push_back(
            {there ? fmt::format("{} {} {}", format_fixed(limits[k], 2), k + 1 == kClasses ? "to" : "to under",
                                 format_fixed(limits[k + 1], 2))
                   : std::string(),
             shade_look(k)});
    }
    const bool missing = std::find(of.begin(), of.end(), kClasses) != of.end();
    shades.classes.push_back({missing ? "No rate is known" : "", nothing_look()});
    shades.of = std::move(of);
    for (std::uint32_t area = 0; area < areas.size(); ++area) shades.shape.push_back(area);
    shades.names = areas.name;
    shades.notes = {
        "Classes are fifths of the areas. Rates are crude; their intervals stand in the table of the "
        "areas, and a difference within them may be chance."};
    return shades;
}

std::vector<ChangeClass> change_classes(const std::vector<std::int64_t>& changes) {
    std::int64_t most = 0;
    for (const std::int64_t change : changes) most = std::max(most, std::abs(change));
    const std::int64_t half = most / 2;
    return {{-most, -half - 1}, {-half, -1}, {0, 0}, {1, half}, {half + 1, most}};
}

std::string no_change_shades(const AnswerTable& density, std::optional<Use> use) {
    const Changes found = changes_of(density, use);
    if (found.from == found.until) return "outlets were counted on no two days";
    return found.rows.empty() ? "no area is covered on both days" : "";
}

AreaShades change_shades(const AnswerTable& density, std::optional<Use> use) {
    const Changes found = changes_of(density, use);
    const auto& change = column_of(density, "change").wholes;
    std::vector<std::int64_t> values;
    for (const std::size_t row : found.rows) values.push_back(change[row]);
    const std::vector<ChangeClass> classes = change_classes(values);
    AreaShades shades;
    const std::string from = day_words(found.from), until = day_words(found.until);
    shades.heading = "More or fewer outlets";
    const auto known = use_from_word(found.use);
    shades.subtitle =
        fmt::format("{}: how many more or fewer on {} than on {}", known ? plural(*known) : found.use, until, from);
    shades.as_at = from + " and " + until;
    shades.shapes = density.shapes;
    const auto& names = column_of(density, "area_name").texts;
    for (std::size_t i = 0; i < found.rows.size(); ++i) {
        std::size_t k = 0;
        while (k + 1 < classes.size() && !(values[i] >= classes[k].first && values[i] <= classes[k].last)) ++k;
        shades.shape.push_back(density.shape_of[found.rows[i]]);
        shades.of.push_back(static_cast<std::uint8_t>(k));
        shades.names.push_back(names[found.rows[i]] + " " + signed_words(values[i]));
    }
    for (std::size_t k = classes.size(); k-- > 0;) {
        const bool there = std::find(shades.of.begin(), shades.of.end(), k) != shades.of.end();
        const auto& [first, last] = classes[k];
        std::string label = first == 0 && last == 0 ? "No change"
                            : first == last         ? signed_words(first)
                                                    : signed_words(first) + " to " + signed_words(last);
        if (!there) label.clear();
        shades.classes.insert(shades.classes.begin(), {std::move(label), change_look(k)});
    }
    shades.notes = {
        "Numbers are outlets on the later day less those on the earlier: openings, closures, moves and "
        "changes of use together."};
    return shades;
}

}  // namespace geo
