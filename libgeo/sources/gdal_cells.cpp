// SPDX-License-Identifier: Apache-2.0
#include "libgeo/sources/gdal_cells.h"

#include <fmt/format.h>

#include <cmath>
#include <iterator>

#include "libgeo/base/text.h"

namespace geo {

namespace {

bool append_text(std::string& out, std::string_view text) {
    if (is_utf8(text)) {
        out += text;
        return false;
    }
    out += utf8_from_windows_1252(text);
    return true;
}

void append_real(std::string& out, const OGRFeature& feature, int i, bool single) {
    const double value = feature.GetFieldAsDouble(i);
    if (std::isfinite(value) && single) {
        fmt::format_to(std::back_inserter(out), "{}", static_cast<float>(value));
    } else if (std::isfinite(value)) {
        out += format_shortest(value);
    } else {
        out += std::isnan(value) ? "nan" : value > 0 ? "inf" : "-inf";  // the reader of numbers refuses these by name
    }
}

void append_time(std::string& out, const OGRFeature& feature, int i, OGRFieldType type) {
    int year = 0, month = 0, day = 0, hour = 0, minute = 0, zone = 0;
    float second = 0;
    if (feature.GetFieldAsDateTime(i, &year, &month, &day, &hour, &minute, &second, &zone) == 0) return;
    auto end = std::back_inserter(out);
    if (type != OFTTime) fmt::format_to(end, "{:04}-{:02}-{:02}", year, month, day);
    if (type == OFTDate) return;
    if (type == OFTDateTime) out += 'T';
    const auto milliseconds = std::lround(second * 1000);
    fmt::format_to(end, "{:02}:{:02}:{:02}", hour, minute, milliseconds / 1000);
    if (milliseconds % 1000 != 0) fmt::format_to(end, ".{:03}", milliseconds % 1000);
    if (zone == 100) {  // GDAL counts quarters of an hour from 100, which is UTC
        out += 'Z';
    } else if (zone > 1) {
        const int minutes = (zone - 100) * 15;
        fmt::format_to(end, "{}{:02}:{:02}", minutes < 0 ? '-' : '+', std::abs(minutes) / 60, std::abs(minutes) % 60);
    }
}

}  // namespace

bool append_field(std::string& out, OGRFeature& feature, int i) {
    if (!feature.IsFieldSetAndNotNull(i)) return false;
    const OGRFieldDefn* field = feature.GetFieldDefnRef(i);
    switch (field->GetType()) {
        case OFTInteger:
        case OFTInteger64: {
            const GIntBig value = feature.GetFieldAsInteger64(i);
            if (field->GetSubType() == OFSTBoolean) {
                out += value != 0 ? "true" : "false";
            } else {
                fmt::format_to(std::back_inserter(out), "{}", static_cast<long long>(value));
            }
            return false;
        }
        case OFTReal:
            append_real(out, feature, i, field->GetSubType() == OFSTFloat32);
            return false;
        case OFTDate:
        case OFTTime:
        case OFTDateTime:
            append_time(out, feature, i, field->GetType());
            return false;
        default:
            return append_text(out, feature.GetFieldAsString(i));
    }
}

}  // namespace geo
