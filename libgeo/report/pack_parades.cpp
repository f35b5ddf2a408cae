// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "libgeo/base/text.h"
#include "libgeo/layers/frontages.h"
#include "libgeo/report/pack_sections.h"
#include "libgeo/report/pack_tables.h"

namespace geo {
namespace {

constexpr std::size_t kParades = 15, kDrawn = 3, kUnits = 20;
constexpr std::string_view kCounted = "of_";

std::optional<Use> use_of_column(std::string_view column) {
    if (column.rfind(kCounted, 0) != 0) return std::nullopt;
    std::string use(column.substr(kCounted.size()));
    std::replace(use.begin(), use.end(), '_', '-');
    return use_from_word(use);
}

StripMark mark_of(const FrontageLayer& layer, std::uint32_t unit, UseSet uses) {
    const Occupancy state = layer.state[unit];
    if (state == Occupancy::vacant || state == Occupancy::vacant_lawful) return StripMark::vacant;
    if (state == Occupancy::permitted) return StripMark::other;
    if (layer.use[unit] == Use::unstated) return StripMark::unstated;
    return (layer.uses[unit] & uses) != 0 ? StripMark::counts : StripMark::other;
}

/// The frontage of that id, of any layer.
struct Found {
    const FrontageLayer* layer = nullptr;
    std::uint32_t frontage = 0;
};
Found frontage_of(const Layers& layers, const std::string& table, const std::string& id) {
    for (const FrontageLayer& layer : layers.frontages) {
        if (layers.frontages.size() > 1 && table != "parades_" + layer.facts.name) continue;
        for (std::uint32_t f = 0; f < layer.frontages(); ++f)
            if (layer.frontage_id[f] == id) return {&layer, f};
    }
    return {};
}

void put_strips(HtmlPage& page, const PackContents& contents, const AnswerTable& parades) {
    constexpr unsigned kUnitWidth = 40;
    const UseSet uses = use_set(uses_counted(parades));
    for (std::size_t row = 0; row < std::min(parades.rows(), kDrawn); ++row) {
        const std::string id = column_named(parades, "parade").texts[row];
        const Found found = frontage_of(*contents.layers, parades.name, id);
        if (found.layer == nullptr) continue;
        std::string caption = "Shop-front strip of " + printable(id, 60);
        if (const std::string_view name = found.layer->frontage_name[found.frontage]; !name.empty())
            caption += ", " + printable(name, 60);
        const std::size_t all = found.layer->first[found.frontage + 1] - found.layer->first[found.frontage];
        const std::size_t lines = std::max<std::size_t>(1, (all + kUnits - 1) / kUnits);
        const std::size_t each = std::max<std::size_t>(1, (all + lines - 1) / lines);  // lines of much the same length
        const std::vector<Strip> strips = parade_strips(*found.layer, found.frontage, uses, contents.map->as_at, each);
        for (std::size_t k = 0; k < strips.size(); ++k) {
            const auto width = static_cast<unsigned>(strips[k].units.size()) * kUnitWidth;
            page.figure({strip_svg(strips[k], width), "image/svg+xml", strip_text(strips[k]),
                         k + 1 == strips.size() ? caption : std::string(), width});
        }
    }
}

}  // namespace

std::vector<Use> uses_counted(const AnswerTable& parades) {
    std::vector<Use> uses;
    for (const TableColumn& column : parades.columns)
        if (const auto use = use_of_column(column.name)) uses.push_back(*use);
    return uses;
}

std::vector<Strip> parade_strips(const FrontageLayer& frontages, std::uint32_t frontage, UseSet uses, Date day,
                                 std::size_t most) {
    std::vector<Strip> strips;
    for (std::uint32_t unit = frontages.first[frontage]; unit < frontages.first[frontage + 1]; ++unit) {
        if (day < frontages.opened[unit] || day >= frontages.closed[unit]) continue;
        if (strips.empty() || strips.back().units.size() == most) {
            if (!strips.empty()) strips.back().more_after = true;
            Strip& strip = strips.emplace_back();
            strip.more_before = strips.size() > 1;
            const std::string_view name = frontages.frontage_name[frontage];
            strip.frontage = printable(name.empty() ? frontages.frontage_id[frontage] : name, 60);
        }
        const StripMark mark = mark_of(frontages, unit, uses);
        strips.back().units.push_back(
            {printable(frontages.id[unit], 20), mark, false, false, frontages.break_before[unit] != 0});
    }
    return strips;
}

void parades_section(HtmlPage& page, const PackContents& contents) {
    page.begin_page("Where outlets pile up", "parades");
    if (!contents.concentrations.there()) {
        page.paragraph(sentence_of("Parades are not ranked: " + contents.concentrations.missing));
        page.end_section();
        return;
    }
    for (const AnswerTable& table : contents.concentrations.tables) {
        if (table.name.rfind("parades", 0) != 0) continue;
        std::vector<PackColumn> columns = {{"rank", "Rank", {}, false},   {"parade", "Parade", {}, false},
                                           {"name", "Name", {}, false},   {"units", "Units", {}, false},
                                           {"kinds", "Kinds", {}, false}, {"total", "Shops", {}, false}};
        for (const Use use : uses_counted(table)) {
            std::string column = std::string(kCounted) + std::string(word(use));
            std::replace(column.begin(), column.end(), '-', '_');
            columns.push_back({column, uses_in_words(std::string(word(use))), {}, false});
        }
        columns.push_back({"nearest_good_m", "Nearest alternative (m)", 0, false});
        page.table(pack_table(
            table, "Worst parades: shops of the uses asked for, on or near each", columns,
            [](std::size_t) { return true; }, kParades));
        if (contents.layers != nullptr) {
            page.paragraph(
                "Units of the worst parades, in their order along the street: filled are the uses in the table.");
            put_strips(page, contents, table);
        }
    }
    put_sentences(page, contents.concentrations.sentences);
    page.end_section();
}

}  // namespace geo
