// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string_view>

#if defined(__SSE2__)
#include <emmintrin.h>
#endif

namespace geo {

/// How a CSV file is written.
struct CsvDialect {
    char delimiter = ',';
    char line_end = '\n';  ///< `\r` for the files of old Macs; a `\r` before `\n` belongs to the line end
};

/// Where quotes, delimiters and line ends stand in 64 bytes: bit i for byte i.
struct CsvMasks {
    std::uint64_t quotes = 0, delimiters = 0, line_ends = 0;
};

#if defined(__SSE2__)
inline std::uint64_t csv_equal_mask(const __m128i (&block)[4], char wanted) {
    const __m128i pattern = _mm_set1_epi8(wanted);
    std::uint64_t mask = 0;
    for (int i = 0; i < 4; ++i) {
        mask |= std::uint64_t{static_cast<std::uint32_t>(_mm_movemask_epi8(_mm_cmpeq_epi8(block[i], pattern)))}
                << (16 * i);
    }
    return mask;
}
inline CsvMasks csv_masks(const char* at, CsvDialect dialect) {
    __m128i block[4];
    std::memcpy(block, at, sizeof block);
    return {csv_equal_mask(block, '"'), csv_equal_mask(block, dialect.delimiter),
            csv_equal_mask(block, dialect.line_end)};
}
#else
inline CsvMasks csv_masks(const char* at, CsvDialect dialect) {
    CsvMasks masks;
    for (int i = 0; i < 64; ++i) {
        const std::uint64_t bit = std::uint64_t{1} << i;
        if (at[i] == '"') masks.quotes |= bit;
        if (at[i] == dialect.delimiter) masks.delimiters |= bit;
        if (at[i] == dialect.line_end) masks.line_ends |= bit;
    }
    return masks;
}
#endif

/// The masks of the last, shorter block: bits from `n` on are 0.
inline CsvMasks csv_masks(const char* at, std::size_t n, CsvDialect dialect) {
    if (n >= 64) return csv_masks(at, dialect);
    char padded[64] = {};
    std::memcpy(padded, at, n);
    return csv_masks(padded, dialect);
}

/// Bit i: the number of bits up to and with i is odd. Of quotes: from an opening quote to before its closing one.
inline std::uint64_t running_parity(std::uint64_t bits) {
    for (int shift = 1; shift < 64; shift *= 2) bits ^= bits << shift;
    return bits;
}

/// What `cut_records` found.
struct CsvCut {
    std::size_t bytes = 0;     ///< up to the end of the last whole record; 0: there is none
    std::size_t records = 0;   ///< blank lines too
    std::size_t lines = 0;     ///< line ends in these bytes, quoted ones too
    bool plain = true;         ///< quotes stand only where RFC 4180 has them, so they can be taken in pairs
    bool open_quote = false;   ///< the bytes after the last whole record have a quote that is not closed
    std::size_t quote_at = 0;  ///< where that quote is
};

/// Cuts at most `most_records` whole records from the beginning of `text`, which begins with a record. `at_end`:
/// nothing follows, so the last record needs no line end.
CsvCut cut_records(std::string_view text, CsvDialect dialect, std::size_t most_records, bool at_end);

/// The end of the field that begins at `from`: at a delimiter, a line end or the end of the text. A quote opens only
/// at the beginning of a field; after the closing quote everything up to the delimiter is text. `open_quote` is set
/// when it is never closed.
std::size_t field_end(std::string_view text, std::size_t from, CsvDialect dialect, bool& open_quote);

}  // namespace geo
