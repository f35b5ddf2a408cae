// SPDX-License-Identifier: Apache-2.0
#include "libgeo/report/layout.h"

#include <algorithm>

namespace geo {

std::size_t width_of(std::string_view text) {
    std::size_t width = 0;
    for (const char c : text) width += (static_cast<unsigned char>(c) & 0xC0) != 0x80 ? 1 : 0;
    return width;
}

std::string padded(std::string_view text, std::size_t width, bool right) {
    const std::size_t have = width_of(text);
    const std::string blanks(have < width ? width - have : 0, ' ');
    return right ? blanks + std::string(text) : std::string(text) + blanks;
}

std::string cut(std::string_view text, std::size_t width) {
    if (width_of(text) <= width) return std::string(text);
    std::size_t end = 0, taken = 0;
    while (end < text.size() && taken + 1 < width) {
        ++end;
        while (end < text.size() && (static_cast<unsigned char>(text[end]) & 0xC0) == 0x80) ++end;
        ++taken;
    }
    return std::string(text.substr(0, end)) + "…";
}

void append_wrapped(std::string& out, std::string_view text, std::size_t width, std::string_view first,
                    std::size_t indent) {
    std::string line(first);
    bool fresh = true;  // nothing but the indent on the line
    const auto flush = [&] {
        const std::size_t last = line.find_last_not_of(' ');
        out.append(line, 0, last == std::string::npos ? 0 : last + 1);
        out += '\n';
        line.assign(indent, ' ');
        fresh = true;
    };
    while (!text.empty()) {
        const std::size_t end = std::min(text.find(' '), text.size());
        const std::string_view word = text.substr(0, end);
        text.remove_prefix(std::min(end + 1, text.size()));
        if (!fresh && width_of(line) + 1 + width_of(word) > width) flush();
        if (!fresh) line += ' ';
        line += word;
        fresh = false;
    }
    flush();
}

void TextTable::append(std::string& out, std::size_t indent, std::size_t width) const {
    std::vector<std::size_t> widths;
    for (const Column& column : columns_) widths.push_back(width_of(column.name));
    for (const auto& row : rows_) {
        for (std::size_t k = 0; k < row.size() && k < widths.size(); ++k)
            widths[k] = std::max(widths[k], width_of(row[k]));
    }
    std::size_t before_last = indent;
    for (std::size_t k = 0; k + 1 < widths.size(); ++k) before_last += widths[k] + 2;
    const auto line = [&](auto cell) {
        std::string start(indent, ' ');
        for (std::size_t k = 0; k + 1 < columns_.size(); ++k)
            start += padded(cell(k), widths[k], columns_[k].right) + "  ";
        const std::size_t last = columns_.size() - 1;
        append_wrapped(out, columns_[last].right ? padded(cell(last), widths[last], true) : cell(last),
                       std::max(width, before_last + 20), start, before_last);
    };
    line([&](std::size_t k) { return columns_[k].name; });
    for (const auto& row : rows_) line([&](std::size_t k) { return k < row.size() ? row[k] : std::string(); });
}

}  // namespace geo
