// SPDX-License-Identifier: Apache-2.0
#include "libgeo/report/cells.h"

#include <charconv>

#include "libgeo/base/text.h"

namespace geo {
namespace {

void append_list(std::string& out, std::span<const std::string_view> values) {
    bool first = true;
    for (const std::string_view value : values) {
        if (!first) out += "; ";
        out += value;
        first = false;
    }
}

}  // namespace

void append_fixed(std::string& out, double value, int decimals) {
    if (!std::isfinite(value)) return;
    char digits[400];
    const auto end = std::to_chars(digits, digits + sizeof digits, value, std::chars_format::fixed, decimals).ptr;
    std::string_view text(digits, static_cast<std::size_t>(end - digits));
    if (text.front() == '-' && text.find_first_not_of("-0.") == std::string_view::npos) text.remove_prefix(1);
    out += text;
}

void append_integer(std::string& out, std::int64_t value) {
    char digits[24];
    out.append(digits, std::to_chars(digits, digits + sizeof digits, value).ptr);
}

void CsvCells::shortest(std::string_view, double value) {
    next();
    out_ += format_shortest(value);
}

void CsvCells::list(std::string_view, std::span<const std::string_view> values) {
    next();
    if (values.empty()) return;
    if (values.size() == 1) {
        append_csv_text(out_, values.front());
        return;
    }
    std::string joined;
    append_list(joined, values);
    append_csv_text(out_, joined);
}

std::vector<std::string> NamedCells::names() const {
    std::vector<std::string> names;
    names.reserve(fields_.size());
    for (const OutputField& field : fields_) names.push_back(field.name);
    return names;
}

std::string& TextCells::next() {
    if (used_ == cells_.size()) cells_.emplace_back();
    std::string& cell = cells_[used_++];
    cell.clear();
    return cell;
}

void TextCells::shortest(std::string_view, double value) { next() = format_shortest(value); }

void TextCells::list(std::string_view, std::span<const std::string_view> values) { append_list(next(), values); }

std::vector<std::string_view> TextCells::views() const {
    return {cells_.begin(), cells_.begin() + static_cast<std::ptrdiff_t>(used_)};
}

void JsonCells::list(std::string_view name, std::span<const std::string_view> values) {
    json_.begin_array(name);
    for (const std::string_view value : values) json_.text({}, value);
    json_.end_array();
}

}  // namespace geo
