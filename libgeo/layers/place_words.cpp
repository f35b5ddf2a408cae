// SPDX-License-Identifier: Apache-2.0
#include "libgeo/layers/place_words.h"

#include "libgeo/base/text.h"

namespace geo {
namespace {

std::string lower(std::string_view text) {
    std::string out(text);
    for (char& c : out) {
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    }
    return out;
}

bool is_preset_column(const LayerFile& file, const std::string& word) {
    const auto found = file.by_preset.find(word);
    return file.preset && found != file.by_preset.end() && found->second;
}

constexpr double kOldestPupil = 16.0;

}  // namespace

PlaceWords::PlaceWords(const LayerSpec& spec, const LayerFile& file) {
    states_ = {{"open", StateWord::open},
               {"openbutproposedtoclose", StateWord::open},
               {"open,butproposedtoclose", StateWord::open},
               {"closed", StateWord::closed},
               {"proposed", StateWord::proposed},
               {"proposedtoopen", StateWord::proposed}};
    for (const auto& [value, kind] : spec.kinds) kinds_[folded(trimmed(value))] = lower(kind);
    if (is_preset_column(file, "kind")) {
        for (const auto& [value, kind] : file.preset->kinds) kinds_.emplace(folded(trimmed(value)), lower(kind));
    }
    if (is_preset_column(file, "state")) {
        for (const auto& [value, state] : file.preset->states) {
            states_[folded(trimmed(value))] = state == "open"     ? StateWord::open
                                              : state == "closed" ? StateWord::closed
                                                                  : StateWord::proposed;
        }
    }
    if (file.preset && file.preset->low_age_primary) low_primary_ = *file.preset->low_age_primary;
    if (file.preset && file.preset->high_age_secondary) high_secondary_ = *file.preset->high_age_secondary;
}

StateWord PlaceWords::state(std::string_view cell) const {
    const auto found = states_.find(folded(cell));
    return found == states_.end() ? StateWord::unknown : found->second;
}

PlaceWords::Kind PlaceWords::kind(std::string_view cell, std::string_view low_age, std::string_view high_age) const {
    cell = trimmed(cell);
    if (cell.empty()) return {from_ages(low_age, high_age), true};
    if (kinds_.empty()) return {lower(cell), true};
    const auto found = kinds_.find(folded(cell));
    if (found == kinds_.end()) return {"", false};
    return {found->second.empty() ? from_ages(low_age, high_age) : found->second, true};
}

std::string PlaceWords::from_ages(std::string_view low_age, std::string_view high_age) const {
    const auto low = parse_number(low_age), high = parse_number(high_age);
    if (!low || !high || *low > *high) return {};
    const bool primary = *low <= low_primary_, secondary = *high >= high_secondary_;
    if (primary) return secondary ? "all-through" : "primary";
    if (*low >= kOldestPupil) return "16-plus";
    return secondary ? "secondary" : "";
}

}  // namespace geo
