// SPDX-License-Identifier: Apache-2.0
//
// What stands under every answer on the terminal: what was not tested, what was doubtful, how far the answer can be trusted.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "libgeo/assess/assess.h"
#include "libgeo/base/issues.h"

namespace geo {

/// `Hot Food Takeaway Shops SPD (waltham-forest-hft-2009), adopted, in force from 1 March 2009`.
std::string policy_line(const Policy& policy);
/// Remarks of the assessment, and what the policies say that is not encoded.
std::vector<std::string> not_tested_words(const Assessment& assessment);
void append_not_tested(std::string& out, const Assessment& assessment, std::size_t width);
/// Issues by layer and kind, a line each: `schools: no location; left out [3 such issues: 1002, …] (could hide a breach)`.
struct IssueWords {
    std::vector<std::string> rows, notes;  ///< of rows; what was taken as read of whole files
    std::uint64_t of_rows = 0;             ///< how many issues `rows` stands for
};
IssueWords issue_words(const Issues& issues);
/// Issues by layer and kind: how many, the first of them, what was done. Under `Issues` those of rows, under `Notes` what was taken as read of whole files.
/// `where`: where every one is listed.
void append_issues(std::string& out, const Issues& issues, std::string_view where, std::size_t width);
/// Layers without a stated accuracy, the missing grid, distances on the line, whether the run is complete.
void append_trust(std::string& out, const Assessment& assessment, const Tally& tally, const Issues& issues,
                  std::size_t width);
/// One line: `Incomplete: 3 rows that could hide a breach were left out: schools 1002, parks P7, …`; empty when the run is complete.
std::string incomplete_words(const Issues& issues);
/// The same of outlets counted over time: `INCOMPLETE: 3 outlets without a location could be in any area, and are in none.`; empty where there are none.
/// `place`: what they are counted in.
std::string incomplete_words(std::uint64_t without_location, std::uint64_t unclear, std::string_view place);

}  // namespace geo
