// SPDX-License-Identifier: Apache-2.0
#include "libgeo/geometry/positions.h"

#include <algorithm>
#include <cmath>

#include "libgeo/base/text.h"

namespace geo {
namespace {

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_letter(char c) { return c >= 'A' && c <= 'Z'; }
char upper(char c) { return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c; }

/// Place of a letter in the 5 × 5 square of the National Grid, A to Z without I; -1 for anything else.
int letter_number(char c) {
    c = upper(c);
    if (!is_letter(c) || c == 'I') return -1;
    return c - 'A' - (c > 'I' ? 1 : 0);
}

/// South-west corner of a 100 km square, in units of 100 km from that of SV.
struct Square {
    int east = 0, north = 0;
};
std::optional<Square> square_named(char first, char second) {
    const int a = letter_number(first), b = letter_number(second);
    if (a < 0 || b < 0) return std::nullopt;
    // The 500 km square S has its corner at the false origin; letters run from west to east and from north to south.
    const Square square{(a % 5 - 2) * 5 + b % 5, (3 - a / 5) * 5 + 4 - b / 5};
    const bool in_britain = square.east >= 0 && square.east < 7 && square.north >= 0 && square.north < 13;
    return in_britain ? std::optional(square) : std::nullopt;
}

/// `30123 75456`, `3012375456` → the two halves. None for odd counts, unequal groups, more than 5 digits each, or anything but digits.
struct Halves {
    std::string_view east, north;
};
std::optional<Halves> halves_of(std::string_view digits) {
    const std::size_t blank = digits.find(' ');
    Halves halves;
    if (blank == std::string_view::npos) {
        if (digits.size() % 2 != 0) return std::nullopt;
        halves = {digits.substr(0, digits.size() / 2), digits.substr(digits.size() / 2)};
    } else {
        halves = {digits.substr(0, blank), trimmed(digits.substr(blank))};
    }
    const auto all_digits = [](std::string_view text) { return std::all_of(text.begin(), text.end(), is_digit); };
    const bool good = halves.east.size() == halves.north.size() && !halves.east.empty() && halves.east.size() <= 5 &&
                      all_digits(halves.east) && all_digits(halves.north);
    return good ? std::optional(halves) : std::nullopt;
}

double metres(std::string_view digits, double unit) {
    double value = 0.0;
    for (const char c : digits) value = value * 10.0 + (c - '0');
    return value * unit;
}

bool is_one_of(char c, std::string_view letters) { return letters.find(c) != std::string_view::npos; }

/// `SW2`, `EC1A`, `W1A`, `M60`: Royal Mail's forms of the first half, with the letters it uses in each place.
bool is_outward(std::string_view text) {
    if (text == "GIR") return true;
    if (text.size() < 2 || text.size() > 4 || !is_letter(text[0]) || is_one_of(text[0], "QVX")) return false;
    const bool two_letters = is_letter(text[1]);
    if (two_letters && is_one_of(text[1], "IJZ")) return false;
    const std::string_view rest = text.substr(two_letters ? 2 : 1);
    if (rest.empty() || rest.size() > 2 || !is_digit(rest[0])) return false;
    if (rest.size() == 1 || is_digit(rest[1])) return true;
    return is_one_of(rest[1], two_letters ? "ABEHMNPRVWXY" : "ABCDEFGHJKPSTUW");
}

bool is_inward(std::string_view text) {
    const auto good = [](char c) { return is_letter(c) && !is_one_of(c, "CIKMOV"); };
    return text.size() == 3 && is_digit(text[0]) && good(text[1]) && good(text[2]);
}

std::optional<std::string> uprn_of(std::string_view text) {
    constexpr std::string_view prefix = "uprn:";
    if (text.size() <= prefix.size() || folded(text.substr(0, prefix.size())) != prefix) return std::nullopt;
    const std::string_view digits = trimmed(text.substr(prefix.size()));
    if (digits.empty() || digits.size() > 12 || !std::all_of(digits.begin(), digits.end(), is_digit))
        return std::nullopt;
    return std::string(digits);
}

/// Two numbers with a comma between them.
std::optional<At> pair_of(std::string_view text) {
    const std::size_t comma = text.find(',');
    if (comma == std::string_view::npos) return std::nullopt;
    const std::string_view first = text.substr(0, comma), second = text.substr(comma + 1);
    const auto a = parse_number(first), b = parse_number(second);
    if (!a || !b) return std::nullopt;
    const bool points = first.find('.') != std::string_view::npos && second.find('.') != std::string_view::npos;
    const bool one_point = first.find('.') != std::string_view::npos || second.find('.') != std::string_view::npos;
    At at;
    if (std::abs(*a) <= 90.0 && std::abs(*b) <= 180.0) {
        // `51, -0.12` may be either: nobody is some metres from the grid's corner, but nobody shall be put there unasked.
        if (one_point && !points) return std::nullopt;
        if (points) {
            at.kind = At::Kind::latitude_longitude;
            at.point = {*b, *a};
            return at;
        }
    }
    at.kind = At::Kind::projected;
    at.point = {*a, *b};
    return at;
}

}  // namespace

std::optional<GridReference> parse_grid_reference(std::string_view text) {
    text = trimmed(text);
    if (text.size() < 4 || text.size() > 32) return std::nullopt;
    const auto square = square_named(text[0], text[1]);
    const auto halves = halves_of(trimmed(text.substr(2)));
    if (!square || !halves) return std::nullopt;
    const double unit = std::pow(10.0, 5.0 - static_cast<double>(halves->east.size()));
    GridReference out;
    out.half_square_m = unit / 2.0;
    out.point = {square->east * 100'000.0 + metres(halves->east, unit) + out.half_square_m,
                 square->north * 100'000.0 + metres(halves->north, unit) + out.half_square_m};
    return out;
}

std::optional<std::string> normal_postcode(std::string_view text) {
    text = trimmed(text);
    if (text.size() < 5 || text.size() > 16) return std::nullopt;
    std::string outward(trimmed(text.substr(0, text.size() - 3))), inward(text.substr(text.size() - 3));
    std::transform(outward.begin(), outward.end(), outward.begin(), upper);
    std::transform(inward.begin(), inward.end(), inward.begin(), upper);
    if (!is_outward(outward) || !is_inward(inward) || (outward == "GIR" && inward != "0AA")) return std::nullopt;
    return outward + " " + inward;
}

std::optional<std::string> grid_reference_of(Point point) {
    constexpr std::string_view letters = "ABCDEFGHJKLMNOPQRSTUVWXYZ";
    const bool in_britain = point.x >= 0 && point.x < 700'000 && point.y >= 0 && point.y < 1'300'000;
    if (!in_britain) return std::nullopt;
    const int east = static_cast<int>(point.x) / 100'000, north = static_cast<int>(point.y) / 100'000;
    // As square_named, the other way round.
    const int first = (3 - north / 5) * 5 + east / 5 + 2, second = (4 - north % 5) * 5 + east % 5;
    const auto five = [](double metres) {
        std::string digits = std::to_string(static_cast<int>(metres) % 100'000);
        return std::string(5 - digits.size(), '0') + digits;
    };
    return std::string{letters[static_cast<std::size_t>(first)], letters[static_cast<std::size_t>(second)]} + " " +
           five(point.x) + " " + five(point.y);
}

std::optional<At> parse_at(std::string_view text) {
    text = trimmed(text);
    At at;
    if (auto uprn = uprn_of(text)) {
        at.kind = At::Kind::uprn;
        at.code = std::move(*uprn);
        return at;
    }
    if (const auto reference = parse_grid_reference(text)) {
        at.kind = At::Kind::grid_reference;
        at.point = reference->point;
        at.half_square_m = reference->half_square_m;
        return at;
    }
    if (auto postcode = normal_postcode(text)) {
        at.kind = At::Kind::postcode;
        at.code = std::move(*postcode);
        return at;
    }
    return pair_of(text);
}

}  // namespace geo
