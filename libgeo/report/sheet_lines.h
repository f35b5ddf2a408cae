// SPDX-License-Identifier: Apache-2.0
//
// What the map of an evidence sheet has lines for. Private to this stage.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "libgeo/assess/assess.h"
#include "libgeo/report/evidence_words.h"

namespace geo {

/// What was measured: a straight line, or a way on foot. Several rules may have measured the same one.
struct SheetLine {
    Point site, place;
    std::optional<Assessment::Route> walk;
    Result result = Result::clear;  ///< the worst of its rules
    const PlaceLayer* places = nullptr;
    std::uint32_t of = 0;  ///< which place
    std::string length;    ///< `312.4 m`, `412.0 m on foot`
    std::vector<std::string> rules;
    bool near = false;  ///< within a limit and a quarter more, straight or on foot; or no clear one
    double metres = 0;
};
std::vector<SheetLine> sheet_lines(const EvidenceSubject& subject, const Assessment& assessment);

/// What the map must hold: the sites and the ends of what was measured near, with the ways on foot; of nothing near, the nearest.
Box box_of(const EvidenceSubject& subject, const std::vector<SheetLine>& lines);

/// What a label stands beside, in metres: the straight line, or the stretch in the middle of the way.
std::pair<Point, Point> labelled_stretch(const SheetLine& line);

}  // namespace geo
