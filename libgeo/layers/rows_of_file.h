// SPDX-License-Identifier: Apache-2.0
//
// Private to this stage: what the loaders of places, outlets and frontages share.
#pragma once

#include <cstdint>
#include <deque>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "libgeo/layers/loaders.h"

namespace geo {

/// A file read whole, row by row, with an id and dates for each.
class RowsOfFile {
  protected:
    /// `hides`: rows that the source leaves out may hide a breach.
    RowsOfFile(const LoadContext& context, const FileRequest& request, bool hides);

    std::size_t size() const { return whole_.rows.size(); }
    const LocatedRows& located(std::size_t i) const { return whole_.batches[whole_.rows[i].batch]; }
    std::string_view text(std::size_t i, const std::optional<std::size_t>& cell) const {
        return file_.text(located(i).batch, cell, whole_.rows[i].row);
    }
    std::string_view text(std::size_t i, const char* word) const { return text(i, file_.cell(word)); }
    std::int64_t line(std::size_t i) const { return located(i).batch.row[whole_.rows[i].row]; }

    void add_issue(std::size_t i, const char* code, const std::string& message, const std::string& action);
    /// Fills `ids_`; a row without one is called by its number. How many there are.
    std::uint64_t read_ids();
    /// Once for the file, as an issue.
    void note_blank_ids(std::uint64_t blank);
    /// Finds out how the columns `opened` and `closed` write their dates.
    void settle_dates();
    /// Rows whose ids stood before, as find_doubles says; none without a column of ids.
    std::vector<std::uint8_t> same_rows(Issues& issues) const;
    /// What is wrong with rows' coordinates, where a row without a location is used all the same. `same_row`: rows that are not used.
    void list_troubles_kept(const std::vector<std::uint8_t>& same_row);

    const LoadContext& context_;
    LayerFile file_;
    WholeFile whole_;
    std::vector<std::string_view> ids_;
    FileDates dates_;

  private:
    std::deque<std::string> made_up_;
};

}  // namespace geo
