// SPDX-License-Identifier: Apache-2.0
//
// The tables of an evidence sheet, from findings alone.
#pragma once

#include <string>
#include <vector>

#include "libgeo/report/evidence_words.h"
#include "libgeo/report/html.h"

namespace geo {

/// One row a rule by distance and place: how far in a straight line and on foot, from where to where, limit, margin, tolerance, result. No rows: nothing was measured so.
HtmlTable distance_table(const EvidenceSubject& subject, const Assessment& assessment);
/// The parts of each walk: access of the place, along the streets, access of the site. No rows: nothing was walked.
HtmlTable walks_table(const EvidenceSubject& subject, const Assessment& assessment);
/// The two points of each measured distance, and what its tolerance is made of.
HtmlTable points_table(const EvidenceSubject& subject, const Assessment& assessment);
/// One row a rule that counts, takes a share, or asks for a figure or an area.
HtmlTable figures_table(const EvidenceSubject& subject, const Assessment& assessment);
/// The places within a limit and a quarter more, by each way of measuring: the table "which 400 m?".
HtmlTable near_table(const EvidenceSubject& subject, const Assessment& assessment);
/// Rules that nothing was measured for, and why, a line each. Those that are unknown have a paragraph too (rule_paragraph).
std::vector<std::string> unmeasured_lines(const EvidenceSubject& subject, const Assessment& assessment,
                                          bool unknown_too);

}  // namespace geo
