// SPDX-License-Identifier: Apache-2.0
// Numbers, dates, quantities, positions, use classes and descriptions: any text gives a value in range or none.
#include <cmath>
#include <cstdlib>
#include <string>

#include "libgeo/base/dates.h"
#include "libgeo/base/text.h"
#include "libgeo/base/units.h"
#include "libgeo/base/uses.h"
#include "libgeo/geometry/positions.h"

namespace {

void expect(bool holds) {
    if (!holds) std::abort();
}

void check_dates(const std::string& text) {
    geo::DateFormatGuess guess;
    guess.see(text);
    for (const auto format : {geo::DateFormat::iso, geo::DateFormat::day_first, geo::DateFormat::month_first})
        if (const auto date = geo::parse_date(text, format)) {
            const std::chrono::year_month_day day(*date);
            expect(day.ok() && int(day.year()) >= 1000 && int(day.year()) <= 2999);
            expect(geo::parse_date(geo::format_date(*date), geo::DateFormat::iso) == date);
        }
}

void check_positions(const std::string& text) {
    if (const auto grid = geo::parse_grid_reference(text)) {
        expect(grid->point.x >= 0 && grid->point.x < 700000 && grid->point.y >= 0 && grid->point.y < 1300000);
        expect(grid->half_square_m >= 0.5 && grid->half_square_m <= 50000);
    }
    if (const auto at = geo::parse_at(text)) expect(std::isfinite(at->point.x) && std::isfinite(at->point.y));
    if (const auto postcode = geo::normal_postcode(text)) expect(geo::normal_postcode(*postcode) == postcode);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const unsigned char* data, std::size_t size) {
    const std::string text(reinterpret_cast<const char*>(data), size);
    if (const auto number = geo::parse_number(text)) {
        expect(std::isfinite(*number));
        expect(geo::parse_number(geo::format_shortest(*number)) == number);
    }
    if (const auto quantity = geo::parse_quantity(text)) expect(std::isfinite(quantity->value));
    if (const auto length = geo::parse_length(text)) expect(length->value >= 0);
    check_dates(text);
    check_positions(text);
    geo::use_from_class(text, geo::Date(std::chrono::days(15000)));
    geo::UseKeywords::built_in().read(text);
    expect(geo::is_utf8(geo::printable(text)));
    expect(geo::is_utf8(geo::utf8_from_windows_1252(text)));
    return 0;
}
