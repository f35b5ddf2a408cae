// SPDX-License-Identifier: Apache-2.0
//
// Parts of a rule as they stand in its TOML table. Every function throws UsageError `file:line: key: …`; the reader adds the rule.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "libgeo/base/toml_reader.h"
#include "libgeo/policy/policy.h"

namespace geo {

/// A word out of few, and what it means.
template <typename T>
using WordTable = std::vector<std::pair<std::string, T>>;

/// Throws: `WORD is no WHAT; did you mean …? known: …`.
[[noreturn]] void fail_word(const TomlTable& table, std::string_view key, const std::string& word,
                            std::string_view what, std::span<const std::string> known);

/// The meaning of a key's word; `otherwise` when the key is missing.
template <typename T>
T word_of(const TomlTable& table, std::string_view key, std::string_view what, const WordTable<T>& words, T otherwise) {
    const auto written = table.optional_text(key);
    if (!written) return otherwise;
    std::vector<std::string> known;
    for (const auto& [word, meaning] : words) {
        if (word == *written) return meaning;
        known.push_back(word);
    }
    fail_word(table, key, *written, what, known);
}

/// Texts that are there and not empty; an empty array is an error.
std::vector<std::string> full_texts(const TomlTable& table, std::string_view key);
std::vector<Use> read_uses(const TomlTable& table, std::string_view key);

/// `{ from = …, until = … }`, either of them. Throws when until is not after from.
struct Period {
    std::optional<Date> from, until;
};
Period read_period(const TomlTable& table);

/// Layers that a rule may name, the study's first.
class KnownLayers {
  public:
    explicit KnownLayers(std::span<const std::string> of_study);
    std::span<const std::string> names() const { return names_; }

  private:
    std::vector<std::string> names_;
};
/// `to = ["schools", { layer = "parks", kinds = […], states = […], where = {…} }]`. At least one, none twice.
std::vector<LayerFilter> read_layers(const TomlTable& table, std::string_view key, const KnownLayers& known);
/// `extent = "any"` or "all".
Extent read_extent(const TomlTable& table);
When read_when(const TomlTable& rule, const KnownLayers& known);
Unless read_unless(const TomlTable& rule, const KnownLayers& known);
/// Throws where measure, `when` and `unless` together leave nothing to test, or do not fit each other.
void check_conditions(const TomlTable& table, const Rule& rule);
/// `17:00-23:30`: minutes since midnight, the first before the second, which may be 24:00. None for anything else.
std::optional<std::pair<int, int>> parse_span_of_day(std::string_view text);
Outcome read_outcome(const TomlTable& rule);

/// What is measured and from which figure it breaches.
struct MeasureAndBreach {
    Measure measure;
    Comparison breach;  ///< for attribute with `all`, that of its first comparison
    std::vector<Band> bands;
};
/// The one measure of a rule, read by its function in the table of measures (measures.cpp).
MeasureAndBreach read_measure(const TomlTable& rule, const KnownLayers& known);
/// Every word of the language for a measure.
std::span<const std::string> measure_words();

}  // namespace geo
