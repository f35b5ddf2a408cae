// SPDX-License-Identifier: Apache-2.0
//
// Plain text for a terminal: UTF-8, no colours.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace geo {

/// Number of characters (code points) of UTF-8 text.
std::size_t width_of(std::string_view text);
/// `text`, blanks added on the right (or left) up to `width`; never cut.
std::string padded(std::string_view text, std::size_t width, bool right = false);
/// Cut to `width` characters, the last one `…`.
std::string cut(std::string_view text, std::size_t width);
/// Appends `text` broken at blanks to lines of `width`; the first begins with `first`, the others with as many blanks as `indent`.
void append_wrapped(std::string& out, std::string_view text, std::size_t width, std::string_view first,
                    std::size_t indent);

/// Columns as wide as their widest cell, two blanks between.
class TextTable {
  public:
    /// `right`: numbers, set to the right.
    void column(std::string name, bool right = false) { columns_.push_back({std::move(name), right}); }
    void row(std::vector<std::string> cells) { rows_.push_back(std::move(cells)); }
    bool empty() const { return rows_.empty(); }
    /// Lines, each begun with `indent` blanks and no blanks at the end. A last column that is too long for `width` is wrapped in its place.
    void append(std::string& out, std::size_t indent, std::size_t width) const;

  private:
    struct Column {
        std::string name;
        bool right;
    };
    std::vector<Column> columns_;
    std::vector<std::vector<std::string>> rows_;
};

}  // namespace geo
