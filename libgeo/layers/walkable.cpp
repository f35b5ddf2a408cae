// SPDX-License-Identifier: Apache-2.0
#include "libgeo/layers/walkable.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "libgeo/base/embedded.h"
#include "libgeo/base/provenance.h"
#include "libgeo/base/text.h"

namespace geo {
namespace {

constexpr std::array<std::string_view, 4> kWords = {"walk", "walk-no-snap", "private", "no-walk"};

Walkable read_class(const TomlTable& table, std::string_view key) {
    const std::string written = table.text(key);
    const auto found = std::find(kWords.begin(), kWords.end(), written);
    if (found != kWords.end()) return static_cast<Walkable>(found - kWords.begin());
    const std::vector<std::string> words(kWords.begin(), kWords.end());
    table.fail(key, fmt::format("\"{}\" is no such class; there are {}", printable(written), join_words(words)));
}

bool one_of(std::string_view value, const std::vector<std::string>& accepted) {
    return std::find(accepted.begin(), accepted.end(), folded(value)) != accepted.end();
}

}  // namespace

std::string_view word(Walkable walkable) { return kWords[static_cast<std::size_t>(walkable)]; }

std::size_t WalkableFilter::column(const std::string& name) {
    const auto known = std::find(columns_.begin(), columns_.end(), name);
    if (known != columns_.end()) return static_cast<std::size_t>(known - columns_.begin());
    columns_.push_back(name);
    return columns_.size() - 1;
}

std::map<std::size_t, std::vector<std::string>> WalkableFilter::values(const TomlTable& table, std::string_view key) {
    std::map<std::size_t, std::vector<std::string>> out;
    const auto given = table.optional_table(key);
    if (!given) return out;
    for (const std::string& name : given->keys()) {
        std::vector<std::string>& accepted = out[column(name)];
        for (const std::string& value : given->texts(name)) accepted.push_back(folded(value));
    }
    return out;
}

void WalkableFilter::add_rule(const TomlTable& table) {
    table.expect_only({"id", "class", "where", "unless", "reason"}, "[[rule]]");
    Rule rule;
    rule.id = table.text("id");
    if (std::any_of(rules_.begin(), rules_.end(), [&](const Rule& other) { return other.id == rule.id; }))
        table.fail("id", fmt::format("{} occurs twice", printable(rule.id)));
    rule.reason = table.text("reason");
    rule.walkable = read_class(table, "class");
    rule.where = values(table, "where");
    rule.unless = values(table, "unless");
    if (rule.where.empty())
        table.fail("where", "is missing; a column with the values that the rule is about is expected");
    rules_.push_back(std::move(rule));
}

WalkableFilter WalkableFilter::from_text(const std::string& toml, const std::string& file_name) {
    const TomlTable root = TomlTable::from_text(toml, file_name);
    root.expect_only({"walkable", "rule"}, "a table of walkable ways");
    const auto head = root.optional_table("walkable");
    if (!head) root.fail("walkable", "is missing; a table with id, date, otherwise and otherwise-reason is expected");
    head->expect_only({"id", "date", "preset", "paths", "otherwise", "otherwise-reason"}, "[walkable]");
    WalkableFilter filter;
    filter.sha256_ = sha256_of_text(toml);
    filter.bytes_ = toml.size();
    filter.id_ = head->text("id");
    const auto date = head->optional_date("date");
    if (!date) head->fail("date", "is missing; the day of the table's last change is expected");
    filter.date_ = *date;
    filter.preset_ = head->optional_text("preset").value_or("");
    filter.has_paths_ = head->optional_boolean("paths").value_or(true);
    for (const TomlTable& table : root.tables("rule")) filter.add_rule(table);
    filter.rules_.push_back({"otherwise", head->text("otherwise-reason"), read_class(*head, "otherwise"), {}, {}});
    return filter;
}

namespace {

const std::vector<WalkableFilter>& carried() {
    static const std::vector<WalkableFilter> all = [] {
        std::vector<WalkableFilter> read;
        for (const EmbeddedFile& file : embedded_files())
            if (file.name.starts_with("walkable/"))
                read.push_back(WalkableFilter::from_text(std::string(file.text), std::string(file.name)));
        return read;
    }();
    return all;
}

}  // namespace

const WalkableFilter* WalkableFilter::for_preset(std::string_view preset) {
    const auto found = std::find_if(carried().begin(), carried().end(),
                                    [&](const WalkableFilter& filter) { return filter.preset() == preset; });
    return preset.empty() || found == carried().end() ? nullptr : &*found;
}

std::vector<std::string> WalkableFilter::carried_presets() {
    std::vector<std::string> names;
    for (const WalkableFilter& filter : carried())
        if (!filter.preset().empty()) names.push_back(filter.preset());
    return names;
}

std::size_t WalkableFilter::decide(std::span<const std::string_view> values) const {
    const auto all_fit = [&](const auto& wanted) {
        return std::all_of(wanted.begin(), wanted.end(),
                           [&](const auto& one) { return one_of(values[one.first], one.second); });
    };
    const auto any_fits = [&](const auto& wanted) {
        return std::any_of(wanted.begin(), wanted.end(),
                           [&](const auto& one) { return one_of(values[one.first], one.second); });
    };
    for (std::size_t k = 0; k + 1 < rules_.size(); ++k)
        if (all_fit(rules_[k].where) && !any_fits(rules_[k].unless)) return k;
    return rules_.size() - 1;
}

}  // namespace geo
