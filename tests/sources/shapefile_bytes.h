// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstring>
#include <string>
#include <utility>
#include <vector>

namespace geo {

/// The files of a Shapefile of points with one text column `name`.
struct ShapefileBytes {
    std::string shp, shx, dbf;
};

inline void put_number(std::string& bytes, std::size_t at, std::uint32_t value, std::size_t count, bool big) {
    for (std::size_t i = 0; i < count; ++i)
        bytes[at + (big ? count - 1 - i : i)] = static_cast<char>(value >> (8 * i) & 0xFF);
}

inline void put_double(std::string& bytes, std::size_t at, double value) {
    std::memcpy(bytes.data() + at, &value, sizeof value);
}

inline std::string shp_header(std::size_t length) {
    std::string header(100, '\0');
    put_number(header, 0, 9994, 4, true);
    put_number(header, 24, static_cast<std::uint32_t>(length / 2), 4, true);
    put_number(header, 28, 1000, 4, false);
    put_number(header, 32, 1, 4, false);
    return header;
}

inline ShapefileBytes shapefile_of(const std::vector<std::pair<std::string, double>>& rows) {
    ShapefileBytes files;
    const std::size_t n = rows.size();
    files.shp = shp_header(100 + 28 * n);
    files.shx = shp_header(100 + 8 * n);
    files.dbf = std::string(32 + 32 + 1, '\0');
    files.dbf[0] = 3;
    put_number(files.dbf, 4, static_cast<std::uint32_t>(n), 4, false);
    put_number(files.dbf, 8, 65, 2, false);
    put_number(files.dbf, 10, 21, 2, false);
    files.dbf.replace(32, 4, "name");
    files.dbf[32 + 11] = 'C';
    files.dbf[32 + 16] = 20;
    files.dbf[64] = '\r';
    for (std::size_t i = 0; i < n; ++i) {
        std::string record(28, '\0'), entry(8, '\0');
        put_number(record, 0, static_cast<std::uint32_t>(i + 1), 4, true);
        put_number(record, 4, 10, 4, true);
        put_number(record, 8, 1, 4, false);
        put_double(record, 12, rows[i].second);
        put_double(record, 20, 200.0);
        put_number(entry, 0, static_cast<std::uint32_t>(files.shp.size() / 2), 4, true);
        put_number(entry, 4, 10, 4, true);
        files.shp += record;
        files.shx += entry;
        std::string cell = rows[i].first;
        cell.resize(20, ' ');
        files.dbf += " " + cell;
    }
    files.dbf += '\x1A';
    return files;
}

}  // namespace geo
