// SPDX-License-Identifier: Apache-2.0
#include "libgeo/base/text.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <cstdlib>

namespace geo {
namespace {

bool is_space(char c) { return c == ' ' || (c >= '\t' && c <= '\r'); }
char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }
bool is_continuation(unsigned char c) { return (c & 0xC0U) == 0x80U; }

/// Bytes of the valid UTF-8 character at the front of `text`, 0 if there is none. Shortest forms only, no surrogates.
std::size_t character_length(std::string_view text) {
    const auto at = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
    const unsigned char first = at(0);
    if (first < 0x80) return 1;
    const std::size_t length = first >= 0xF0 ? 4 : first >= 0xE0 ? 3 : 2;
    if (first < 0xC2 || first > 0xF4 || text.size() < length) return 0;
    for (std::size_t i = 1; i < length; ++i) {
        if (!is_continuation(at(i))) return 0;
    }
    if (first == 0xE0 && at(1) < 0xA0) return 0;
    if (first == 0xED && at(1) > 0x9F) return 0;
    if (first == 0xF0 && at(1) < 0x90) return 0;
    if (first == 0xF4 && at(1) > 0x8F) return 0;
    return length;
}

/// A character that would move the cursor or turn the writing direction of a terminal or log.
bool is_control(std::string_view character) {
    const auto first = static_cast<unsigned char>(character[0]);
    if (character.size() == 1) return first < 0x20 || first == 0x7F;
    const auto second = static_cast<unsigned char>(character[1]);
    if (character.size() == 2) return first == 0xC2 && second < 0xA0;
    if (character.size() != 3) return false;
    const auto third = static_cast<unsigned char>(character[2]);
    if (first == 0xEF) return second == 0xBB && third == 0xBF;  // U+FEFF
    if (first != 0xE2) return false;
    if (second == 0x80) return third >= 0xA8 && third <= 0xAE;  // U+2028 to U+202E
    return second == 0x81 && third >= 0xA6 && third <= 0xA9;    // U+2066 to U+2069
}

/// Damerau-Levenshtein (adjacent letters may be swapped once), case ignored; both words are short.
std::size_t edits(std::string_view a, std::string_view b) {
    std::vector<std::size_t> before(b.size() + 1), above(b.size() + 1), row(b.size() + 1);
    for (std::size_t j = 0; j <= b.size(); ++j) above[j] = j;
    for (std::size_t i = 1; i <= a.size(); ++i) {
        row[0] = i;
        for (std::size_t j = 1; j <= b.size(); ++j) {
            const bool same = lower(a[i - 1]) == lower(b[j - 1]);
            row[j] = std::min({above[j] + 1, row[j - 1] + 1, above[j - 1] + (same ? 0 : 1)});
            const bool swapped =
                i > 1 && j > 1 && lower(a[i - 1]) == lower(b[j - 2]) && lower(a[i - 2]) == lower(b[j - 1]);
            if (swapped) row[j] = std::min(row[j], before[j - 2] + 1);
        }
        std::swap(before, above);
        std::swap(above, row);
    }
    return above[b.size()];
}

void append_code_point(std::string& out, unsigned code) {
    if (code < 0x80) {
        out += static_cast<char>(code);
    } else if (code < 0x800) {
        out += static_cast<char>(0xC0U | (code >> 6));
        out += static_cast<char>(0x80U | (code & 0x3FU));
    } else {
        out += static_cast<char>(0xE0U | (code >> 12));
        out += static_cast<char>(0x80U | ((code >> 6) & 0x3FU));
        out += static_cast<char>(0x80U | (code & 0x3FU));
    }
}

// Windows-1252 from 0x80 to 0x9F as the WHATWG encoding standard has it; the five free bytes stay C1 controls.
constexpr std::array<unsigned short, 32> kWindows1252 = {
    0x20AC, 0x81,   0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160,
    0x2039, 0x0152, 0x8D,   0x017D, 0x8F,   0x90,   0x2018, 0x2019, 0x201C, 0x201D, 0x2022,
    0x2013, 0x2014, 0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0x9D,   0x017E, 0x0178};

/// The one candidate that the word is a part of, as `takeaway` is of `hot-food-takeaway`.
const std::string* only_one_with(std::string_view word, std::span<const std::string> candidates) {
    constexpr std::size_t kLeast = 4;
    const std::string* one = nullptr;
    for (const std::string& candidate : candidates) {
        if (word.size() < kLeast || folded(candidate).find(folded(word)) == std::string::npos) continue;
        if (one != nullptr) return nullptr;
        one = &candidate;
    }
    return one;
}

}  // namespace

std::optional<std::string> nearest_word(std::string_view word, std::span<const std::string> candidates) {
    constexpr std::size_t kLongestWord = 100;
    if (word.empty() || word.size() > kLongestWord) return std::nullopt;
    const std::string* best = nullptr;
    std::size_t fewest = 0;
    for (const std::string& candidate : candidates) {
        if (candidate.size() > kLongestWord) continue;
        const std::size_t n = edits(word, candidate);
        if (n * 3 > std::max(word.size(), candidate.size())) continue;
        // Of words equally near, one that goes on where the other stops was meant: --tile is --tiles rather than --tie.
        const bool goes_on = best != nullptr && n == fewest && candidate.starts_with(word) && !best->starts_with(word);
        if (best == nullptr || n < fewest || goes_on) {
            best = &candidate;
            fewest = n;
        }
    }
    if (best == nullptr) best = only_one_with(word, candidates);
    return best == nullptr ? std::nullopt : std::optional<std::string>(*best);
}

std::string printable(std::string_view text, std::size_t limit) {
    std::string out;
    for (std::size_t i = 0; i < text.size();) {
        const std::size_t length = character_length(text.substr(i));
        const std::string_view character = text.substr(i, std::max<std::size_t>(length, 1));
        std::string piece;
        if (character == "\n") {
            piece = "\\n";
        } else if (character == "\r") {
            piece = "\\r";
        } else if (character == "\t") {
            piece = "\\t";
        } else if (length == 0 || is_control(character)) {
            for (const char c : character) piece += fmt::format("\\x{:02X}", static_cast<unsigned char>(c));
        } else {
            piece = character;
        }
        if (out.size() + piece.size() > limit) return out + "…";
        out += piece;
        i += character.size();
    }
    return out;
}

std::size_t hidden_length(std::string_view text) {
    if (text.empty()) return 0;
    const std::size_t length = character_length(text);
    return length != 0 && is_control(text.substr(0, length)) ? length : 0;
}

bool is_utf8(std::string_view text) {
    for (std::size_t i = 0; i < text.size();) {
        const std::size_t length = character_length(text.substr(i));
        if (length == 0) return false;
        i += length;
    }
    return true;
}

std::string utf8_from_windows_1252(std::string_view text) {
    std::string out;
    out.reserve(text.size() + text.size() / 8);
    for (const char c : text) {
        const auto byte = static_cast<unsigned char>(c);
        const bool special = byte >= 0x80 && byte < 0xA0;
        append_code_point(out, special ? kWindows1252[byte - 0x80U] : byte);
    }
    return out;
}

std::string_view trimmed(std::string_view text) {
    constexpr std::string_view kHardBlank = "\xC2\xA0";
    while (true) {
        if (!text.empty() && is_space(text.front())) {
            text.remove_prefix(1);
        } else if (!text.empty() && is_space(text.back())) {
            text.remove_suffix(1);
        } else if (text.starts_with(kHardBlank)) {
            text.remove_prefix(kHardBlank.size());
        } else if (text.ends_with(kHardBlank)) {
            text.remove_suffix(kHardBlank.size());
        } else {
            return text;
        }
    }
}

std::string folded(std::string_view text) {
    std::string out;
    out.reserve(text.size());
    for (std::size_t i = 0; i < text.size(); ++i) {
        const char c = text[i];
        if (text.substr(i).starts_with("\xC2\xA0")) {
            ++i;
        } else if (!is_space(c) && c != '_' && c != '-' && c != '(' && c != ')' && c != '/') {
            out += lower(c);
        }
    }
    return out;
}

std::optional<double> parse_number(std::string_view text) {
    text = trimmed(text);
    if (text.size() > 1 && text[0] == '+' && text[1] != '-' && text[1] != '+') text.remove_prefix(1);
    // from_chars would also take `nan`, `inf` and their kin.
    if (text.empty() || text.find_first_not_of("0123456789.eE+-") != std::string_view::npos) return std::nullopt;
    double value = 0.0;
    const char* const end = text.data() + text.size();
    const auto [stop, error] = std::from_chars(text.data(), end, value);
    if (error != std::errc() || stop != end || !std::isfinite(value)) return std::nullopt;
    return value;
}

std::string format_fixed(double value, int decimals) {
    if (!std::isfinite(value)) return {};
    std::string text = fmt::format("{:.{}f}", value, std::clamp(decimals, 0, 17));
    if (text[0] == '-' && text.find_first_of("123456789") == std::string::npos) text.erase(0, 1);
    return text;
}

std::string format_shortest(double value) {
    if (!std::isfinite(value)) return {};
    return fmt::format("{}", value == 0.0 ? 0.0 : value);
}

std::string join_words(std::span<const std::string> words, std::string_view last) {
    std::string out;
    for (std::size_t i = 0; i < words.size(); ++i) {
        if (i > 0) out += i + 1 == words.size() ? last : std::string_view(", ");
        out += words[i];
    }
    return out;
}

std::string counted(std::uint64_t n, std::string_view one, std::string_view many) {
    if (n == 1) return fmt::format("1 {}", one);
    if (many.empty()) return fmt::format("{} {}s", grouped(n), one);
    return fmt::format("{} {}", grouped(n), many);
}

std::string grouped(std::uint64_t n) {
    std::string text = std::to_string(n);
    for (std::size_t at = text.size(); at > 3;) {
        at -= 3;
        text.insert(at, 1, ',');
    }
    return text;
}

}  // namespace geo
