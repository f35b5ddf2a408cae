// SPDX-License-Identifier: Apache-2.0
#include "libgeo/layers/row_uses.h"

#include <algorithm>
#include <iterator>

#include "libgeo/base/text.h"

namespace geo {

UseReader::UseReader(const LayerSpec& layer, const Preset* preset) {
    for (const auto& [value, uses] : layer.uses) values_[folded(trimmed(value))] = uses;
    if (!preset) return;
    for (const auto& [value, uses] : preset->uses)
        values_.emplace(folded(trimmed(value)), uses);  // the study's go before
}

UseReader::Reading UseReader::read(std::string_view cell, Date on) const {
    cell = trimmed(cell);
    Reading out;
    out.known = true;
    if (cell.empty()) return out;
    if (!values_.empty()) {
        const auto found = values_.find(folded(cell));
        if (found != values_.end()) {
            for (const Use use : found->second) out.all |= use_bit(use);
            out.use = found->second.empty() ? Use::unstated : found->second.front();
            return out;
        }
    }
    auto use = use_from_word(cell);
    if (!use) use = use_from_class(cell, on);
    if (!use) use = use_from_name(cell);
    out.known = use.has_value();
    out.use = use.value_or(Use::unstated);
    if (out.use != Use::unstated) out.all = use_bit(out.use);
    return out;
}

void UnreadUses::add(const Counts& of_batch) {
    constexpr std::size_t kMost = 10'000;  // values; a column of free text has as many as rows
    const std::lock_guard<std::mutex> guard(lock_);
    for (const auto& [value, rows] : of_batch) {
        rows_ += rows;
        counts_[value] += rows;
    }
    for (; counts_.size() > kMost; more_ = true) counts_.erase(std::prev(counts_.end()));
}

std::vector<std::pair<std::string, std::uint64_t>> UnreadUses::by_rows() const {
    std::vector<std::pair<std::string, std::uint64_t>> values(counts_.begin(), counts_.end());
    std::stable_sort(values.begin(), values.end(), [](const auto& a, const auto& b) { return a.second > b.second; });
    return values;
}

std::string UnreadUses::words() const {
    constexpr std::size_t kNamed = 5;
    const auto values = by_rows();
    std::vector<std::string> named;
    for (std::size_t i = 0; i < std::min(kNamed, values.size()); ++i)
        named.push_back("\"" + printable(values[i].first, 60) + "\" (" + grouped(values[i].second) + ")");
    if (values.size() <= kNamed) return join_words(named);
    const std::string others = grouped(values.size() - kNamed) + (more_ ? " or more others" : " more");
    named.push_back(others);
    return join_words(named);
}

std::string UnreadUses::first() const { return counts_.empty() ? std::string() : by_rows().front().first; }

}  // namespace geo
