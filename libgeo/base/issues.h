// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "libgeo/base/dates.h"

namespace geo {

/// What became of the row or file that an issue is about.
enum class Kept : std::uint8_t {
    used,          ///< used as it stands; the issue is something to know
    used_changed,  ///< used after a repair that `action` names
    not_used,      ///< left out; counted in the row account
};

/// A row, or a file, that could not be used as it stands.
struct Issue {
    std::string layer;     ///< the study's name of the layer; empty for the study itself
    std::string file;      ///< as the study names it
    std::int64_t row = 0;  ///< line of a CSV (header is 1), else feature from 1; 0: the file as a whole
    std::string id;        ///< id or reference of the row, if it has one
    std::string code;      ///< short stable word: `no-location`, `duplicate-id`, `invalid-geometry`, …
    std::string message;   ///< what is wrong, with the value (printable)
    std::string action;    ///< what was done about it
    Kept kept = Kept::used;
    bool may_hide_breach = false;     ///< makes the run incomplete: this row could have changed a verdict
    std::optional<Date> hides_until;  ///< of a place: of proposals from this day on it can hide no breach; none: of any
    double x = 0.0, y = 0.0;          ///< where, in the study's CRS; both NaN-free; (0, 0) with has_place false
    bool has_place = false;
};

/// rows read = rows used + rows not used (each of those with an issue) + rows ruled out (that `where` or a date left aside,
/// as the study asked). No row counts twice.
struct RowAccount {
    std::string layer;
    std::string file;
    std::uint64_t read = 0;
    std::uint64_t used = 0;
    std::uint64_t not_used = 0;
    std::uint64_t ruled_out = 0;  ///< by `where`, or the same row twice; said, never silent
};

/// Issues and row accounts of a run, in the order of the layers and rows. Not thread-safe: batches carry their own and
/// are merged in input order.
class Issues {
  public:
    void add(Issue issue);
    void merge(Issues&& other);
    /// Adds a copy of `other`. What can hide a breach of no proposal from the day `not_before` on hides none.
    void add_all(const Issues& other, std::optional<Date> not_before);
    const std::vector<Issue>& all() const { return issues_; }
    std::vector<RowAccount>& accounts() { return accounts_; }
    const std::vector<RowAccount>& accounts() const { return accounts_; }
    /// Issues that make the run incomplete.
    std::uint64_t may_hide_breach() const { return may_hide_; }
    /// Throws std::logic_error when read != used + not_used + ruled_out for an input: a fault of ours, never shown as an answer.
    void verify_accounts() const;
    /// (layer, code) → count, in layer order of first appearance.
    std::vector<std::pair<std::string, std::uint64_t>> summary() const;

  private:
    std::vector<Issue> issues_;
    std::vector<RowAccount> accounts_;
    std::uint64_t may_hide_ = 0;
};

}  // namespace geo
