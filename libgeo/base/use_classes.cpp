// SPDX-License-Identifier: Apache-2.0
//
// Use classes of England: SI 1987/764, as changed by SI 2005/84, SI 2015/597, SI 2020/757.
#include <algorithm>
#include <array>
#include <string>

#include "libgeo/base/text.h"
#include "libgeo/base/uses.h"

namespace geo {
namespace {

using std::chrono::April;
using std::chrono::day;
using std::chrono::year;

// A3 was split into A3, A4 and A5 on this day.
constexpr Date kA3Split = std::chrono::sys_days{year{2005} / April / day{21}};

struct ClassUse {
    std::string_view code;  // lower case, without blanks and brackets
    Use use;
};

constexpr std::array kClasses = {
    ClassUse{"a1", Use::shop},
    ClassUse{"a2", Use::bank_or_office},
    ClassUse{"a3", Use::restaurant_or_cafe},
    ClassUse{"a4", Use::drinking_establishment},
    ClassUse{"a5", Use::hot_food_takeaway},
    ClassUse{"b1", Use::bank_or_office},
    ClassUse{"b1a", Use::bank_or_office},
    ClassUse{"b1b", Use::other},
    ClassUse{"b1c", Use::other},
    ClassUse{"b2", Use::other},
    ClassUse{"b8", Use::other},
    ClassUse{"c1", Use::other},
    ClassUse{"c2", Use::other},
    ClassUse{"c2a", Use::other},
    ClassUse{"c3", Use::other},
    ClassUse{"c3a", Use::other},
    ClassUse{"c3b", Use::other},
    ClassUse{"c3c", Use::other},
    ClassUse{"c4", Use::other},
    ClassUse{"d1", Use::other},
    ClassUse{"d2", Use::other},
    ClassUse{"e", Use::other},
    ClassUse{"ea", Use::shop},
    ClassUse{"eb", Use::restaurant_or_cafe},
    ClassUse{"ec", Use::bank_or_office},
    ClassUse{"eci", Use::bank_or_office},
    ClassUse{"ecii", Use::bank_or_office},
    ClassUse{"eciii", Use::bank_or_office},
    ClassUse{"ed", Use::other},
    ClassUse{"ee", Use::other},
    ClassUse{"ef", Use::other},
    ClassUse{"eg", Use::bank_or_office},
    ClassUse{"egi", Use::bank_or_office},
    ClassUse{"egii", Use::other},
    ClassUse{"egiii", Use::other},
    ClassUse{"f", Use::other},
    ClassUse{"f1", Use::other},
    ClassUse{"f2", Use::other},
    ClassUse{"f2a", Use::shop},
    ClassUse{"f2b", Use::other},
    ClassUse{"f2c", Use::other},
    ClassUse{"f2d", Use::other},
};

constexpr std::array<std::string_view, 5> kSuiGeneris = {"sui generis", "sui-generis", "suigeneris", "s.g.", "sg"};

bool is_letter(char c) { return c >= 'a' && c <= 'z'; }
bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_alphanumeric(char c) { return is_letter(c) || is_digit(c); }

std::string lowered(std::string_view text) {
    std::string out(text);
    for (char& c : out) {
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    }
    return out;
}

void skip(std::string_view& text, std::string_view characters) {
    const std::size_t n = text.find_first_not_of(characters);
    text.remove_prefix(n == std::string_view::npos ? text.size() : n);
}

/// `word` at the front, as a whole word.
bool take_word(std::string_view& text, std::string_view word) {
    if (!text.starts_with(word)) return false;
    if (text.size() > word.size() && is_alphanumeric(text[word.size()])) return false;
    text.remove_prefix(word.size());
    return true;
}

/// `a5`, `b1(a)`, `b1a`, `e(g)(ii)`, `f.2` at the front, without its brackets; empty if there is none.
std::string take_code(std::string_view& text) {
    if (text.empty() || text[0] < 'a' || text[0] > 'f') return {};
    std::string code(1, text[0]);
    std::string_view rest = text.substr(1);
    std::string_view numbered = rest;
    skip(numbered, " .");
    if (!numbered.empty() && is_digit(numbered[0])) {
        code += numbered[0];
        rest = numbered.substr(1);
    }
    if (!rest.empty() && is_letter(rest[0]) && (rest.size() == 1 || !is_alphanumeric(rest[1]))) {  // ea, b1a
        code += rest[0];
        rest.remove_prefix(1);
    }
    while (true) {
        std::string_view bracket = rest;
        skip(bracket, " ");
        const std::size_t close = bracket.find(')');
        if (bracket.empty() || bracket[0] != '(' || close == std::string_view::npos || close > 4) break;
        const std::string_view inner = bracket.substr(1, close - 1);
        if (!std::all_of(inner.begin(), inner.end(), [](char c) { return is_letter(c); })) break;
        code += inner;
        rest = bracket.substr(close + 1);
    }
    if (!rest.empty() && is_alphanumeric(rest[0])) return {};
    text = rest;
    return code;
}

const ClassUse* class_of(std::string_view code) {
    const auto found =
        std::find_if(kClasses.begin(), kClasses.end(), [&](const ClassUse& c) { return c.code == code; });
    return found == kClasses.end() ? nullptr : &*found;
}

/// `/`, `, `, ` and `, then perhaps `use class`.
void skip_to_class(std::string_view& text) {
    skip(text, " /,;&+");
    if (take_word(text, "and") || take_word(text, "or")) skip(text, " ");
    if (take_word(text, "use")) skip(text, " ");
    if (take_word(text, "classes") || take_word(text, "class")) skip(text, " :");
}

/// True where another class follows a separator: the description of the one before ends there.
bool another_class(std::string_view text) {
    if (std::string_view("/,;&+ ").find(text[0]) == std::string_view::npos) return false;
    if (text[0] == ' ' && !text.starts_with(" and ") && !text.starts_with(" or ")) return false;
    skip_to_class(text);
    for (const std::string_view name : kSuiGeneris) {
        if (take_word(text, name)) return true;
    }
    return class_of(take_code(text)) != nullptr;
}

/// Words that describe the class, up to the next class or the end: ` - hot food takeaways`, `(betting office)`.
std::string_view take_description(std::string_view& text) {
    std::size_t end = 0;
    int depth = 0;
    while (end < text.size() && (depth > 0 || !another_class(text.substr(end)))) {
        depth += text[end] == '(' ? 1 : text[end] == ')' ? -1 : 0;
        ++end;
    }
    const std::string_view description = text.substr(0, end);
    text.remove_prefix(end);
    return description;
}

/// What is worth more when several classes are named: particular uses first, then `says nothing`, then the general ones.
int rank(Use use) {
    constexpr std::array kOrder = {
        Use::hot_food_takeaway,      Use::betting_shop,       Use::payday_lender, Use::pawnbroker,
        Use::amusement_centre,       Use::credit_union,       Use::off_licence,   Use::unstated,
        Use::drinking_establishment, Use::restaurant_or_cafe, Use::shop,          Use::bank_or_office};
    return static_cast<int>(std::find(kOrder.begin(), kOrder.end(), use) - kOrder.begin());
}

/// One class at the front with its description. None if there is none.
std::optional<Use> take_class(std::string_view& text, Date on) {
    for (const std::string_view name : kSuiGeneris) {
        if (!take_word(text, name)) continue;
        return UseKeywords::built_in().read(take_description(text)).use;
    }
    const std::string code = take_code(text);
    const ClassUse* found = class_of(code);
    if (found == nullptr) return std::nullopt;
    take_description(text);  // the class speaks for itself
    return code == "a3" && on < kA3Split ? Use::unstated : found->use;
}

}  // namespace

std::optional<Use> use_from_class(std::string_view text, Date on) {
    constexpr std::size_t kLongestClass = 200;
    const std::string lower = lowered(trimmed(text));
    if (lower.empty() || lower.size() > kLongestClass) return std::nullopt;
    std::string_view rest = lower;
    std::optional<Use> best;
    while (!rest.empty()) {
        skip_to_class(rest);
        const auto use = take_class(rest, on);
        if (!use) return std::nullopt;
        if (!best || rank(*use) < rank(*best)) best = use;
    }
    return best;
}

}  // namespace geo
