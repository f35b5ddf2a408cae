// SPDX-License-Identifier: Apache-2.0
//
// Private to this stage: how a file writes its dates, found from all of its cells together.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "libgeo/base/dates.h"
#include "libgeo/base/issues.h"
#include "libgeo/layers/layer_file.h"

namespace geo {

/// Blank, or a word that registers write for it: NA, N/A, null, none, -.
bool is_blank_date(std::string_view cell);

/// The dates of a file: see every cell of its date columns, settle, then read. ISO cells are always read as such; for the others it is
/// decided once whether the day or the month comes first.
class FileDates {
  public:
    void see(std::string_view cell, std::int64_t row, std::string_view column);
    void merge(const FileDates& later);
    /// `given`: the study's or the preset's. Throws DataError when both orders read everything and differ, when cells contradict each other, or
    /// when no cell is a date. Adds `month-first` where a cell puts the month first in all of them, which is rare in England and may be one slip.
    void settle(const LayerFile& file, std::optional<DateFormat> given, Issues& issues);

    struct Reading {
        std::optional<Date> date;  ///< none: blank, or
        bool unreadable = false;
    };
    /// After settle. Thread-safe.
    Reading read(std::string_view cell) const;

  private:
    void say_month_first(const LayerFile& file, Issues& issues) const;
    struct Example {
        std::string value, column;
        std::int64_t row = 0;
        void keep(std::string_view v, std::int64_t r, std::string_view c) {
            if (value.empty()) value = v, row = r, column = c;
        }
        void merge(const Example& later) {
            if (value.empty()) *this = later;
        }
    };
    std::uint64_t cells_ = 0, iso_ = 0, same_ = 0;
    Example differs_, day_only_, month_only_, unreadable_;
    DateFormat format_ = DateFormat::day_first;
    std::string last_;
};

}  // namespace geo
