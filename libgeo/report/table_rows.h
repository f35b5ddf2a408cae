// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <utility>

#include "libgeo/report/table.h"

namespace geo {

/// A table that is made column by column, then filled row by row: a value for each column, from the left.
class TableRows {
  public:
    explicit TableRows(std::string name) { table_.name = std::move(name); }
    TableRows& texts(const std::string& name) { return column(name, TableColumn::Kind::text, 0); }
    TableRows& wholes(const std::string& name) { return column(name, TableColumn::Kind::whole, 0); }
    TableRows& numbers(const std::string& name, int decimals = 6) {
        return column(name, TableColumn::Kind::number, decimals);
    }
    template <typename Value>
    TableRows& put(Value value) {
        table_.columns[next_].add(std::move(value));
        next_ = (next_ + 1) % table_.columns.size();
        return *this;
    }
    AnswerTable& table() { return table_; }
    const AnswerTable& table() const { return table_; }

  private:
    TableRows& column(const std::string& name, TableColumn::Kind kind, int decimals) {
        TableColumn& made = table_.columns.emplace_back();
        made.name = name;
        made.kind = kind;
        made.decimals = decimals;
        return *this;
    }
    AnswerTable table_;
    std::size_t next_ = 0;
};

}  // namespace geo
