// SPDX-License-Identifier: Apache-2.0
#include "libgeo/layers/row_uses.h"

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
    out.known = use.has_value();
    out.use = use.value_or(Use::unstated);
    if (out.use != Use::unstated) out.all = use_bit(out.use);
    return out;
}

}  // namespace geo
