// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <optional>
#include <utility>

#include "libgeo/base/text.h"
#include "libgeo/report/pack_sections.h"
#include "libgeo/report/pack_tables.h"

namespace geo {
namespace {

constexpr int kRate = 2;

/// The total of a use on a day; none where that day has none.
std::optional<std::size_t> total_row(const AnswerTable& density, const std::string& use, const std::string& day) {
    for (std::size_t row = 0; row < density.rows(); ++row)
        if (column_named(density, "area_code").texts[row] == "total" &&
            column_named(density, "use").texts[row] == use && column_named(density, "period").texts[row] == day &&
            column_named(density, "outlets").wholes[row] != kNoWhole)
            return row;
    return std::nullopt;
}

/// `341; 1.55 per 1,000 residents (95 % interval 1.39 to 1.72)`.
std::string count_and_rate(const AnswerTable& density, std::size_t row) {
    std::string words = cell_words(density, "outlets", row);
    const std::string rate = cell_words(density, "rate", row, kRate);
    if (rate.empty()) return words + " (no rate: the residents of all areas are not known)";
    words += fmt::format("; {} per {} residents", rate, cell_words(density, "per", row));
    const std::string lower = cell_words(density, "rate_lower", row, kRate);
    if (!lower.empty())
        words += fmt::format(" (95 % interval {} to {})", lower, cell_words(density, "rate_upper", row, kRate));
    return words;
}

using Facts = std::vector<std::pair<std::string, std::string>>;

void outlet_facts(Facts& facts, const PackContents& contents) {
    const AnswerTable& density = contents.density.tables.front();
    for (const std::string& use : different(density, "use")) {
        const auto of_use = [&](std::size_t row) {
            return column_named(density, "use").texts[row] == use &&
                   column_named(density, "area_code").texts[row] == "total" &&
                   column_named(density, "outlets").wholes[row] != kNoWhole;
        };
        const auto [first, last] = first_and_last(density, "period", of_use);
        if (last.empty()) continue;
        const std::string name = uses_in_words(use);
        facts.emplace_back(name + ", " + day_in_words(last), count_and_rate(density, *total_row(density, use, last)));
        if (first == last) continue;
        facts.emplace_back(name + ", " + day_in_words(first), count_and_rate(density, *total_row(density, use, first)));
        if (!contents.change.there()) continue;
        const AnswerTable& change = contents.change.tables.front();
        if (const auto row = total_row(change, use, last)) {
            const std::string percent = signed_cell(change, "change_percent", *row, 1);
            facts.emplace_back("Change between the two",
                               signed_cell(change, "change", *row) + (percent.empty() ? "" : " (" + percent + " %)"));
        }
    }
}

void proposal_facts(Facts& facts, const MapData& map) {
    if (map.proposals_in_all == 0) return;
    std::vector<std::string> words;
    for (std::size_t k = map.verdicts.size(); k-- > 0;)
        if (map.verdicts[k] > 0)
            words.push_back(grouped(map.verdicts[k]) + " " + std::string(word(static_cast<Result>(k))));
    facts.emplace_back("Proposals looked at", grouped(map.proposals_in_all) + ": " + join_words(words));
}

}  // namespace

void headline_section(HtmlPage& page, const PackContents& contents) {
    page.begin_section("In brief", "brief");
    Facts facts;
    if (contents.density.there()) outlet_facts(facts, contents);
    proposal_facts(facts, *contents.map);
    page.facts(facts);
    if (!contents.density.there()) page.paragraph(sentence_of("No outlets are counted: " + contents.density.missing));
    std::vector<std::string> sentences;
    for (const PackPart* part : {&contents.equity, &contents.effect, &contents.zones})
        if (part->there() && !part->sentences.empty()) sentences.push_back(part->sentences.front());
    put_sentences(page, sentences);
    page.end_section();
}

}  // namespace geo
