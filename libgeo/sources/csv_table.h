// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>

#include "libgeo/sources/byte_stream.h"
#include "libgeo/sources/table.h"

namespace geo {

/// The longest quoted field (a boundary as WKT may take megabytes) and the longest line.
inline constexpr std::size_t kMostCsvField = std::size_t{16} << 20;

/// A CSV file: RFC 4180 quotes; `,` `;` tab or `|` as the header line has them; UTF-8, or cell by cell Windows-1252
/// where a cell is not UTF-8 (said as an issue). Nothing is repaired in silence: short and long rows and text after a
/// closing quote are issues, a quote that never closes and NUL bytes are DataErrors. Blank lines do not count.
std::unique_ptr<Table> open_csv(std::unique_ptr<ByteStream> stream, const SourceFile& file);

}  // namespace geo
