// SPDX-License-Identifier: Apache-2.0
//
// Cells of answers for the pack: which rows, under which words. Private to the pack.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "libgeo/report/html.h"
#include "libgeo/report/table.h"

namespace geo {

/// The column of that name; std::logic_error where there is none.
const TableColumn& column_named(const AnswerTable& table, std::string_view name);
bool has_column(const AnswerTable& table, std::string_view name);
/// One cell as people read it: thousands set apart, numbers to `decimals` (none: the column's own); empty where it is empty.
std::string cell_words(const AnswerTable& table, std::string_view column, std::size_t row,
                       std::optional<int> decimals = std::nullopt);
/// `+5`, `−5`, `0`.
std::string signed_cell(const AnswerTable& table, std::string_view column, std::size_t row,
                        std::optional<int> decimals = std::nullopt);

/// A column of a table on a page: where its cells come from, and its title.
struct PackColumn {
    std::string column, title;
    std::optional<int> decimals;
    bool with_sign = false;
};
/// Rows that `take` takes, in order. A column that the table lacks, or that is empty in all of those rows, is left out. More than `most` rows are cut, and said.
HtmlTable pack_table(const AnswerTable& table, std::string caption, const std::vector<PackColumn>& columns,
                     const std::function<bool(std::size_t)>& take, std::size_t most = 100);

/// The first and the last text of a column of ISO days, over rows that `take` takes; empty where there is none.
std::pair<std::string, std::string> first_and_last(const AnswerTable& table, std::string_view column,
                                                   const std::function<bool(std::size_t)>& take);
/// Different texts of a column, in the order in which they come.
std::vector<std::string> different(const AnswerTable& table, std::string_view column);
/// `1 January 2026` for an ISO day.
std::string day_in_words(const std::string& iso);
/// `hot-food-takeaway` → `Hot food takeaways`.
std::string uses_in_words(const std::string& use);

}  // namespace geo
