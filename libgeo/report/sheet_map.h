// SPDX-License-Identifier: Apache-2.0
//
// The inset map of an evidence sheet: the site, the places that were measured to, the measured lines with their lengths, true to scale. A drawing: it decides
// nothing, and says so.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "libgeo/layers/streets.h"
#include "libgeo/report/evidence_words.h"

namespace geo {

struct SheetMap {
    std::string svg;      ///< one SVG element, `width_px` wide at 96 to the inch; empty where there is no location
    std::string alt;      ///< what it shows, in words
    std::string caption;  ///< scale, what the colours mean, attribution
    unsigned width_px = 0;
    unsigned scale = 0;  ///< 1 : scale on paper at 100 %
};
/// `streets`: drawn under the rest, to find one's way.
SheetMap sheet_map(const EvidenceSubject& subject, const Assessment& assessment,
                   std::span<const StreetLayer> streets = {});

}  // namespace geo
