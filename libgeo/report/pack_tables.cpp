// SPDX-License-Identifier: Apache-2.0
#include "libgeo/report/pack_tables.h"

#include <algorithm>
#include <cmath>
#include <stdexcept>

#include "libgeo/base/dates.h"
#include "libgeo/base/text.h"
#include "libgeo/base/uses.h"
#include "libgeo/report/figure_looks.h"
#include "libgeo/report/measured_words.h"

namespace geo {
namespace {

/// Thousands set apart in a number written with or without decimals.
std::string set_apart(std::string number) {
    constexpr std::size_t kThree = 3;
    const std::size_t whole = std::min(number.find('.'), number.size());
    const std::size_t first = !number.empty() && number[0] == '-' ? 1 : 0;
    for (std::size_t at = whole; at > first + kThree;) {
        at -= kThree;
        number.insert(at, ",");
    }
    if (first == 1) number.replace(0, 1, "−");
    return number;
}

bool any_cell(const AnswerTable& table, const std::string& column, const std::vector<std::size_t>& rows) {
    return std::any_of(rows.begin(), rows.end(),
                       [&](std::size_t row) { return !cell_words(table, column, row).empty(); });
}

}  // namespace

bool has_column(const AnswerTable& table, std::string_view name) {
    return std::any_of(table.columns.begin(), table.columns.end(),
                       [&](const TableColumn& column) { return column.name == name; });
}

const TableColumn& column_named(const AnswerTable& table, std::string_view name) {
    for (const TableColumn& column : table.columns)
        if (column.name == name) return column;
    throw std::logic_error("the table " + table.name + " has no column " + std::string(name));
}

std::string cell_words(const AnswerTable& table, std::string_view column, std::size_t row,
                       std::optional<int> decimals) {
    const TableColumn& from = column_named(table, column);
    switch (from.kind) {
        case TableColumn::Kind::text:
            return from.texts[row];
        case TableColumn::Kind::whole:
            return from.wholes[row] == kNoWhole ? std::string() : set_apart(std::to_string(from.wholes[row]));
        case TableColumn::Kind::number:
            return set_apart(format_fixed(from.numbers[row], decimals.value_or(from.decimals)));
    }
    return {};
}

std::string signed_cell(const AnswerTable& table, std::string_view column, std::size_t row,
                        std::optional<int> decimals) {
    std::string words = cell_words(table, column, row, decimals);
    const bool zero = words.find_first_not_of("0.") == std::string::npos;
    if (!words.empty() && !zero && words.rfind("−", 0) != 0) words.insert(0, "+");
    return words;
}

HtmlTable pack_table(const AnswerTable& table, std::string caption, const std::vector<PackColumn>& columns,
                     const std::function<bool(std::size_t)>& take, std::size_t most) {
    std::vector<std::size_t> rows;
    for (std::size_t row = 0; row < table.rows(); ++row)
        if (take(row)) rows.push_back(row);
    const std::size_t all = rows.size();
    if (rows.size() > most) rows.resize(most);
    HtmlTable out;
    out.caption = std::move(caption);
    out.rows.resize(rows.size());
    for (const PackColumn& wanted : columns) {
        if (!has_column(table, wanted.column) || !any_cell(table, wanted.column, rows)) continue;
        const bool text = column_named(table, wanted.column).kind == TableColumn::Kind::text;
        out.columns.push_back({wanted.title, text ? HtmlColumn::Kind::text : HtmlColumn::Kind::number});
        for (std::size_t k = 0; k < rows.size(); ++k)
            out.rows[k].push_back(wanted.with_sign ? signed_cell(table, wanted.column, rows[k], wanted.decimals)
                                                   : cell_words(table, wanted.column, rows[k], wanted.decimals));
    }
    if (all > rows.size()) out.note = "The first " + grouped(rows.size()) + " of " + grouped(all) + " rows.";
    return out;
}

std::pair<std::string, std::string> first_and_last(const AnswerTable& table, std::string_view column,
                                                   const std::function<bool(std::size_t)>& take) {
    std::pair<std::string, std::string> ends;
    const std::vector<std::string>& texts = column_named(table, column).texts;
    for (std::size_t row = 0; row < texts.size(); ++row) {
        if (!take(row)) continue;
        if (ends.first.empty() || texts[row] < ends.first) ends.first = texts[row];
        ends.second = std::max(ends.second, texts[row]);
    }
    return ends;
}

std::vector<std::string> different(const AnswerTable& table, std::string_view column) {
    std::vector<std::string> seen;
    for (const std::string& text : column_named(table, column).texts)
        if (std::find(seen.begin(), seen.end(), text) == seen.end()) seen.push_back(text);
    return seen;
}

std::string day_in_words(const std::string& iso) {
    const auto day = parse_date(iso, DateFormat::iso);
    return day ? format_date_long(*day) : iso;
}

std::string uses_in_words(const std::string& use) {
    const auto known = use_from_word(use);
    return known ? capital(plural_words({*known})) : use;
}

}  // namespace geo
