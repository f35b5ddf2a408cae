// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace geo {

/// Many strings in one pool: a column of ids or names. Cheap to index, compact, appended to only.
class TextColumn {
  public:
    void add(std::string_view text) {
        bytes_.append(text);
        ends_.push_back(bytes_.size());
    }
    std::string_view operator[](std::size_t i) const {
        const std::uint64_t first = i == 0 ? 0 : ends_[i - 1];
        return {bytes_.data() + first, static_cast<std::size_t>(ends_[i] - first)};
    }
    std::size_t size() const { return ends_.size(); }
    bool empty() const { return ends_.empty(); }
    void clear() {
        bytes_.clear();
        ends_.clear();
    }

  private:
    std::string bytes_;
    std::vector<std::uint64_t> ends_;
};

/// The candidate nearest to `word` (Damerau-Levenshtein, case ignored), if it is near enough to be a slip of
/// the hand: at most a third of the letters differ; else the only one that holds the word, of four letters or more.
std::optional<std::string> nearest_word(std::string_view word, std::span<const std::string> candidates);

/// `text` for a message: control characters and invalid UTF-8 become `\xNN`, line breaks `\n`; cut with `…`
/// after `limit` bytes (on a character's edge).
std::string printable(std::string_view text, std::size_t limit = 120);

/// Bytes of the character that `text` begins with when it is a control character or a mark that changes the direction of text
/// (C0, DEL, C1, U+2028 to U+202E, U+2066 to U+2069, U+FEFF): what no output shows as it is. 0: none of these.
std::size_t hidden_length(std::string_view text);

bool is_utf8(std::string_view text);
std::string utf8_from_windows_1252(std::string_view text);

/// White space (ASCII and U+00A0) cut from both ends.
std::string_view trimmed(std::string_view text);

/// Lower case ASCII, without `_`, `-`, `(`, `)`, `/` and blanks: how column names and enumerated words are compared.
std::string folded(std::string_view text);

/// A whole cell as a finite decimal number (`430300.0`, `-1.5e3`; blanks at the ends allowed). None for anything
/// else: empty, `nan`, `inf`, thousands separators, decimal commas, hex, trailing letters. Locale-free.
std::optional<double> parse_number(std::string_view text);

/// `value` with a fixed number of decimals, locale-free, never `-0.000`. Non-finite gives an empty string.
std::string format_fixed(double value, int decimals);
/// The shortest text that reads back as `value`. Non-finite gives an empty string.
std::string format_shortest(double value);

/// "a, b and c".
std::string join_words(std::span<const std::string> words, std::string_view last = " and ");
/// `1 row`, `2 rows`, `12,345 rows`: `one` is the singular; the plural adds `s` unless given.
std::string counted(std::uint64_t n, std::string_view one, std::string_view many = {});
/// 12345 → `12,345`.
std::string grouped(std::uint64_t n);

}  // namespace geo
