// SPDX-License-Identifier: Apache-2.0
#include "libgeo/policy/rule_parts.h"

#include <fmt/format.h>

#include <algorithm>

#include "libgeo/base/text.h"

namespace geo {
namespace {

std::string did_you_mean(std::string_view word, std::span<const std::string> known) {
    const auto nearest = nearest_word(word, known);
    return nearest ? fmt::format(" did you mean {}?", *nearest) : std::string();
}

std::vector<std::string> read_states(const TomlTable& table) {
    static const std::vector<std::string> known = {"open", "proposed"};
    std::vector<std::string> states = full_texts(table, "states");
    for (const std::string& state : states) {
        if (std::find(known.begin(), known.end(), state) == known.end()) {
            fail_word(table, "states", state, "state of a place", known);
        }
    }
    return states;
}

LayerFilter read_filter(const TomlTable& table) {
    table.expect_only({"layer", "kinds", "states", "where"}, "a layer of a rule");
    LayerFilter filter;
    filter.layer = table.text("layer");
    filter.kinds = full_texts(table, "kinds");
    filter.states = read_states(table);
    if (const auto where = table.optional_table("where")) {
        for (const std::string& attribute : where->keys()) filter.where[attribute] = full_texts(*where, attribute);
        if (filter.where.empty()) table.fail("where", "is empty; an attribute with its values is expected");
    }
    return filter;
}

/// Minutes since midnight of `17:00`; 24:00 is the end of the day.
std::optional<int> minutes_of(std::string_view text) {
    if (text.size() != 5 || text[2] != ':') return std::nullopt;
    for (const std::size_t i : {0U, 1U, 3U, 4U}) {
        if (text[i] < '0' || text[i] > '9') return std::nullopt;
    }
    const int minutes = ((text[0] - '0') * 10 + (text[1] - '0')) * 60 + (text[3] - '0') * 10 + (text[4] - '0');
    const bool good = text[3] < '6' && minutes <= 24 * 60;
    return good ? std::optional<int>(minutes) : std::nullopt;
}

/// `closed 12:00-14:00 on school-days`.
std::string condition_words(const TomlTable& outcome) {
    if (outcome.kind("condition") == TomlTable::Kind::text) return outcome.text("condition");
    const TomlTable condition = *outcome.optional_table("condition");
    condition.expect_only({"closed", "days"}, "a condition");
    const std::vector<std::string> closed = full_texts(condition, "closed");
    if (closed.empty()) condition.fail("closed", "is missing; times such as [\"12:00-14:00\"] are expected");
    for (const std::string& times : closed) {
        if (!parse_span_of_day(times)) {
            condition.fail("closed", fmt::format("\"{}\" is no span of the day; one such as 12:00-14:00 is expected",
                                                 printable(times)));
        }
    }
    const auto days = condition.optional_text("days");
    return fmt::format("closed {}{}", join_words(closed), days ? " on " + *days : "");
}

/// `100 GBP per 10 m2 of floorspace`.
std::string contribution_words(const TomlTable& outcome) {
    if (outcome.kind("contribute") == TomlTable::Kind::text) return outcome.text("contribute");
    const TomlTable contribution = *outcome.optional_table("contribute");
    contribution.expect_only({"sum", "per", "of"}, "a contribution");
    std::string words = contribution.text("sum");
    if (const auto per = contribution.optional_text("per")) words += " per " + *per;
    if (const auto of = contribution.optional_text("of")) words += " of " + *of;
    return words;
}

}  // namespace

void fail_word(const TomlTable& table, std::string_view key, const std::string& word, std::string_view what,
               std::span<const std::string> known) {
    table.fail(key, fmt::format("\"{}\" is no {};{} known: {}", printable(word), what, did_you_mean(word, known),
                                join_words(known)));
}

std::vector<std::string> full_texts(const TomlTable& table, std::string_view key) {
    std::vector<std::string> texts = table.texts(key);
    if (texts.empty() && table.has(key)) table.fail(key, "is empty; at least one text is expected, or no such key");
    for (const std::string& text : texts) {
        if (trimmed(text).empty()) table.fail(key, "a text is empty");
    }
    return texts;
}

std::vector<Use> read_uses(const TomlTable& table, std::string_view key) {
    std::vector<Use> uses;
    for (const std::string& name : full_texts(table, key)) {
        const auto use = use_from_word(name);
        if (!use) fail_word(table, key, name, "use", use_words());
        uses.push_back(*use);
    }
    return uses;
}

Period read_period(const TomlTable& table) {
    const Period period{table.optional_date("from"), table.optional_date("until")};
    if (period.from && period.until && *period.until <= *period.from) {
        table.fail("until", fmt::format("{} is not after from, {}; the dates are the wrong way round",
                                        format_date(*period.until), format_date(*period.from)));
    }
    return period;
}

KnownLayers::KnownLayers(std::span<const std::string> of_study) : names_(of_study.begin(), of_study.end()) {
    for (const std::string& name : catalogue_layer_names()) {
        if (std::find(names_.begin(), names_.end(), name) == names_.end()) names_.push_back(name);
    }
}

std::vector<LayerFilter> read_layers(const TomlTable& table, std::string_view key, const KnownLayers& known) {
    std::vector<LayerFilter> out;
    for (const TomlTable::TextOrTable& element : table.texts_or_tables(key)) {
        LayerFilter filter;
        if (const auto narrowed = element.table()) {
            filter = read_filter(*narrowed);
        } else {
            filter.layer = element.text;
        }
        filter.line = element.line;
        const auto names = known.names();
        if (std::find(names.begin(), names.end(), filter.layer) == names.end()) {
            throw UsageError(fmt::format("{}:{}: {}: \"{}\" is no layer;{} known layers: {}", table.file(),
                                         element.line, key, printable(filter.layer), did_you_mean(filter.layer, names),
                                         join_words(names)));
        }
        if (std::find(out.begin(), out.end(), filter) != out.end()) {
            table.fail(key, fmt::format("{} is named twice", printable(filter.layer)));
        }
        out.push_back(std::move(filter));
    }
    if (out.empty()) table.fail(key, "is missing or empty; at least one layer is expected");
    return out;
}

Extent read_extent(const TomlTable& table) {
    return word_of<Extent>(table, "extent", "extent", {{"any", Extent::any}, {"all", Extent::all}},
                           Extent::partly_is_borderline);
}

std::optional<std::pair<int, int>> parse_span_of_day(std::string_view text) {
    if (text.size() != 11 || text[5] != '-') return std::nullopt;
    const auto from = minutes_of(text.substr(0, 5)), until = minutes_of(text.substr(6));
    if (!from || !until || *from >= *until) return std::nullopt;
    return std::pair(*from, *until);
}

Outcome read_outcome(const TomlTable& rule) {
    using Kind = Outcome::Kind;
    if (!rule.has("outcome")) {
        rule.fail("outcome",
                  "is missing; refuse, resist, consult, flag, or a table with condition or contribute is expected");
    }
    if (rule.kind("outcome") == TomlTable::Kind::text) {
        const std::string written = rule.text("outcome");
        if (written == "condition" || written == "contribute") {
            rule.fail("outcome", fmt::format("{0} needs its details: {{ {0} = … }}", written));
        }
        const WordTable<Kind> words = {
            {"refuse", Kind::refuse}, {"resist", Kind::resist}, {"consult", Kind::consult}, {"flag", Kind::flag}};
        return {word_of<Kind>(rule, "outcome", "outcome", words, Kind::refuse), ""};
    }
    const TomlTable table = *rule.optional_table("outcome");
    table.expect_only({"condition", "contribute"}, "an outcome");
    if (table.keys().size() != 1) rule.fail("outcome", "either condition or contribute is expected");
    if (table.has("condition")) return {Kind::condition, condition_words(table)};
    return {Kind::contribute, contribution_words(table)};
}

}  // namespace geo
