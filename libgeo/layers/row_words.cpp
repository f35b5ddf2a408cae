// SPDX-License-Identifier: Apache-2.0
#include "libgeo/layers/row_words.h"

#include <algorithm>
#include <array>
#include <vector>

#include "libgeo/base/text.h"

namespace geo {
namespace {

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }
char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

/// Runs of letters and digits, in lower case.
std::vector<std::string> tokens_of(std::string_view text) {
    std::vector<std::string> tokens;
    bool inside = false;
    for (const char c : text) {
        const bool part = is_digit(c) || is_letter(c);
        if (part && !inside) tokens.emplace_back();
        if (part) tokens.back() += lower(c);
        inside = part;
    }
    return tokens;
}

}  // namespace

std::span<const std::string> occupancy_words() {
    static const std::array<std::string, 5> kWords = {"observed", "lawful", "permitted", "vacant-lawful", "vacant"};
    return kWords;
}

std::optional<Occupancy> occupancy_from(std::string_view word) {
    const auto words = occupancy_words();
    const std::string wanted = folded(trimmed(word));
    const auto found = std::find_if(words.begin(), words.end(), [&](const auto& w) { return folded(w) == wanted; });
    if (found == words.end()) return std::nullopt;
    return static_cast<Occupancy>(found - words.begin());
}

std::optional<std::string_view> uprn_from(std::string_view cell) {
    constexpr std::size_t kMostDigits = 12;
    cell = trimmed(cell);
    if (cell.ends_with(".0")) cell.remove_suffix(2);
    while (cell.starts_with('0')) cell.remove_prefix(1);
    if (cell.size() > kMostDigits || !std::all_of(cell.begin(), cell.end(), is_digit)) return std::nullopt;
    return cell;
}

bool is_ground_floor(std::string_view cell) {
    const std::vector<std::string> tokens = tokens_of(cell);
    if (tokens.empty()) return trimmed(cell).empty();
    if (const auto storey = parse_number(cell)) return *storey == 0.0;
    if (tokens.size() == 2 && tokens[0] == "g" && tokens[1] == "f") return true;  // G/F
    for (std::size_t i = 0; i < tokens.size(); ++i) {
        const std::string& token = tokens[i];
        const bool ground = token == "ground" || token == "g" || token == "gf" || token == "0" || token == "00" ||
                            token == "groundfloor";
        if (ground && (i == 0 || tokens[i - 1] != "lower")) return true;
    }
    return false;
}

std::optional<StreetNumber> street_number_from(std::string_view cell) {
    constexpr std::uint32_t kMost = 100'000;
    cell = trimmed(cell);
    StreetNumber out;
    std::size_t i = 0;
    for (; i < cell.size() && is_digit(cell[i]); ++i) {
        out.number = out.number * 10 + static_cast<std::uint32_t>(cell[i] - '0');
        if (out.number > kMost) return std::nullopt;
    }
    if (i == 0) return std::nullopt;
    while (i < cell.size() && cell[i] == ' ') ++i;
    const bool one_letter = i < cell.size() && is_letter(cell[i]) && (i + 1 == cell.size() || !is_letter(cell[i + 1]));
    if (one_letter) out.letter = static_cast<unsigned>(lower(cell[i]) - 'a') + 1;
    return out;
}

std::optional<std::uint8_t> counts_as_from(std::string_view cell) {
    const std::string word = folded(cell);
    if (word == "newbuild") return std::uint8_t{1};
    if (word == "changeofuse") return std::uint8_t{0};
    return std::nullopt;
}

bool is_withheld(std::string_view cell) {
    cell = trimmed(cell);
    if (cell.empty() || (cell.front() == '[' && cell.back() == ']')) return true;
    const bool only_signs = std::none_of(cell.begin(), cell.end(), [](char c) {
        return is_digit(c) || is_letter(c) || static_cast<unsigned char>(c) >= 0x80;
    });
    if (only_signs) return true;
    const std::string word = folded(cell);
    static const std::array<std::string_view, 6> kWords = {"na", "null", "none", "suppressed", "missing", "nodata"};
    return std::find(kWords.begin(), kWords.end(), word) != kWords.end();
}

}  // namespace geo
