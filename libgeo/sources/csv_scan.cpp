// SPDX-License-Identifier: Apache-2.0
#include "libgeo/sources/csv_scan.h"

#include <algorithm>

namespace geo {

namespace {

/// Index of the n-th (from 1) bit that is set.
int nth_bit(std::uint64_t bits, std::size_t n) {
    for (; n > 1; --n) bits &= bits - 1;
    return std::countr_zero(bits);
}

/// Bits 0 to `bit`, which is at most 63.
std::uint64_t up_to(int bit) { return (std::uint64_t{2} << (bit & 63)) - 1; }

/// Record by record and field by field: for text in which quotes stand in odd places.
void cut_slowly(std::string_view text, CsvDialect dialect, std::size_t most_records, bool at_end, CsvCut& cut) {
    cut.plain = false;
    std::size_t at = cut.bytes, record = cut.bytes;
    while (cut.records < most_records && at < text.size()) {
        bool open_quote = false;
        const std::size_t end = field_end(text, at, dialect, open_quote);
        if (open_quote) {
            cut.open_quote = true;
            cut.quote_at = at;
            return;
        }
        if (end == text.size() && !at_end) return;
        at = std::min(end + 1, text.size());
        if (end < text.size() && text[end] == dialect.delimiter && !(at_end && at == text.size())) continue;
        ++cut.records;
        cut.lines += static_cast<std::size_t>(std::count(text.begin() + record, text.begin() + at, dialect.line_end));
        cut.bytes = record = at;
    }
}

}  // namespace

std::size_t field_end(std::string_view text, std::size_t from, CsvDialect dialect, bool& open_quote) {
    std::size_t at = from;
    if (at < text.size() && text[at] == '"') {
        for (++at;; at += 2) {
            at = text.find('"', at);
            if (at == std::string_view::npos) {
                open_quote = true;
                return text.size();
            }
            if (at + 1 >= text.size() || text[at + 1] != '"') break;
        }
        ++at;
    }
    while (at < text.size() && text[at] != dialect.delimiter && text[at] != dialect.line_end) ++at;
    return at;
}

CsvCut cut_records(std::string_view text, CsvDialect dialect, std::size_t most_records, bool at_end) {
    CsvCut cut;
    std::uint64_t inside_before = 0, may_open_before = 1;
    std::size_t lines = 0;
    for (std::size_t at = 0; at < text.size(); at += 64) {
        const CsvMasks masks = csv_masks(text.data() + at, text.size() - at, dialect);
        const std::uint64_t inside = running_parity(masks.quotes) ^ inside_before;
        const std::uint64_t opening = masks.quotes & inside;
        const std::uint64_t may_precede = masks.delimiters | masks.line_ends | masks.quotes;
        const bool odd_quote = (opening & ~(may_precede << 1 | may_open_before)) != 0;
        std::uint64_t ends = masks.line_ends & ~inside;
        if (odd_quote) {
            cut_slowly(text, dialect, most_records, at_end, cut);
            return cut;
        }
        if (ends != 0) {
            const auto count = static_cast<std::size_t>(std::popcount(ends));
            const std::size_t taken = std::min(count, most_records - cut.records);
            const int last = taken == count ? 63 - std::countl_zero(ends) : nth_bit(ends, taken);
            cut.records += taken;
            cut.bytes = at + static_cast<std::size_t>(last) + 1;
            cut.lines = lines + static_cast<std::size_t>(std::popcount(masks.line_ends & up_to(last)));
            if (cut.records == most_records) return cut;
        }
        lines += static_cast<std::size_t>(std::popcount(masks.line_ends));
        inside_before = inside >> 63 != 0 ? ~std::uint64_t{0} : 0;
        may_open_before = may_precede >> 63;
    }
    if (inside_before != 0) {  // which field it is: doubled quotes open and close too
        cut_slowly(text, dialect, most_records, at_end, cut);
        cut.plain = true;
    } else if (at_end && cut.bytes < text.size()) {
        ++cut.records;
        cut.lines = lines;
        cut.bytes = text.size();
    }
    return cut;
}

}  // namespace geo
