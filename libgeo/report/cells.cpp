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

namespace {

/// Three decimals of a number whose thousandfold is far enough from a half for the rounding of that product not to matter. False: cannot be told this way.
bool append_thousandths(std::string& out, double value) {
    constexpr double kMost = 1e12, kDoubt = 1e-3;  // up to 1e12 a product of doubles errs by 1.3e-4 at most
    const double scaled = std::fabs(value) * 1000.0;
    if (!(scaled < kMost)) return false;
    const auto whole = static_cast<std::int64_t>(scaled);
    const double part = scaled - static_cast<double>(whole);
    if (std::fabs(part - 0.5) < kDoubt) return false;
    const std::int64_t thousandths = whole + (part > 0.5 ? 1 : 0);
    char digits[24];
    char* end = digits;
    if (value < 0 && thousandths != 0) *end++ = '-';
    end = std::to_chars(end, digits + sizeof digits, thousandths / 1000).ptr;
    auto rest = static_cast<unsigned>(thousandths % 1000);
    *end++ = '.';
    for (const unsigned place : {100U, 10U, 1U}) *end++ = static_cast<char>('0' + rest / place % 10);
    out.append(digits, end);
    return true;
}

}  // namespace

void append_fixed(std::string& out, double value, int decimals) {
    if (!std::isfinite(value) || (decimals == 3 && append_thousandths(out, value))) return;
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
