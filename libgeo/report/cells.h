// SPDX-License-Identifier: Apache-2.0
//
// One table, many forms: rows.h says once which cells a row has, in order; the classes here say what becomes of a cell in a CSV, in JSON, in a layer.
#pragma once

#include <cmath>
#include <cstdint>
#include <limits>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "libgeo/report/json.h"
#include "libgeo/sources/output.h"

namespace geo {

/// A number that there is none of.
inline constexpr double kNoNumber = std::numeric_limits<double>::quiet_NaN();

/// `value` with fixed decimals, never `-0.000`; nothing where it is not finite. No allocation of its own.
void append_fixed(std::string& out, double value, int decimals);
void append_integer(std::string& out, std::int64_t value);

/// Cells of a CSV row: commas between, a line feed at the end.
class CsvCells {
  public:
    explicit CsvCells(std::string& out) : out_(out) {}
    /// A word of ours: no quoting needed.
    void word(std::string_view /*name*/, std::string_view value) {
        next();
        out_ += value;
    }
    /// Text from data.
    void text(std::string_view /*name*/, std::string_view value) {
        next();
        append_csv_text(out_, value);
    }
    void number(std::string_view /*name*/, double value, int decimals) {
        next();
        append_fixed(out_, value, decimals);
    }
    void shortest(std::string_view /*name*/, double value);
    void list(std::string_view /*name*/, std::span<const std::string_view> values);
    void end_row() {
        out_ += '\n';
        first_ = true;
    }

  private:
    void next() {
        if (!first_) out_ += ',';
        first_ = false;
    }
    std::string& out_;
    bool first_ = true;
};

/// The names and types of the cells, for a header or the fields of a layer.
class NamedCells {
  public:
    void word(std::string_view name, std::string_view) { add(name, FieldType::text); }
    void text(std::string_view name, std::string_view) { add(name, FieldType::text); }
    void number(std::string_view name, double, int) { add(name, FieldType::real); }
    void shortest(std::string_view name, double) { add(name, FieldType::real); }
    void list(std::string_view name, std::span<const std::string_view>) { add(name, FieldType::text); }
    const std::vector<OutputField>& fields() const { return fields_; }
    std::vector<std::string> names() const;

  private:
    void add(std::string_view name, FieldType type) { fields_.push_back({std::string(name), type}); }
    std::vector<OutputField> fields_;
};

/// Cells as texts, for a layer; its strings are used again for the next row.
class TextCells {
  public:
    void word(std::string_view, std::string_view value) { next() = value; }
    void text(std::string_view, std::string_view value) { next() = value; }
    void number(std::string_view, double value, int decimals) { append_fixed(next(), value, decimals); }
    void shortest(std::string_view, double value);
    void list(std::string_view, std::span<const std::string_view> values);
    void clear() { used_ = 0; }
    std::vector<std::string_view> views() const;

  private:
    std::string& next();
    std::vector<std::string> cells_;
    std::size_t used_ = 0;
};

/// Members of a JSON object; cells that a row has no use for are left out.
class JsonCells {
  public:
    explicit JsonCells(Json& json) : json_(json) {}
    void word(std::string_view name, std::string_view value) { json_.text_if(name, value); }
    void text(std::string_view name, std::string_view value) { json_.text_if(name, value); }
    void number(std::string_view name, double value, int decimals) {
        if (std::isfinite(value)) json_.number(name, value, decimals);
    }
    void shortest(std::string_view name, double value) {
        if (std::isfinite(value)) json_.shortest(name, value);
    }
    void list(std::string_view name, std::span<const std::string_view> values);

  private:
    Json& json_;
};

}  // namespace geo
