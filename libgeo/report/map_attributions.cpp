// SPDX-License-Identifier: Apache-2.0
#include "libgeo/report/map_attributions.h"

#include <algorithm>

namespace geo {
namespace {

/// `item` at the end of a list of words, unless it is in it.
void add_once(std::string& list, const std::string& item) {
    for (std::size_t at = 0; at < list.size();) {
        const std::size_t end = std::min(list.find(", ", at), list.size());
        if (list.compare(at, end - at, item) == 0) return;
        at = end + 2;
    }
    list += (list.empty() ? "" : ", ") + item;
}

}  // namespace

std::vector<MapAttribution> attributions_of(const Provenance& provenance) {
    std::vector<MapAttribution> lines;
    for (const FileRecord& file : provenance.files) {
        if (file.attribution.empty() && file.licence.empty()) continue;
        const auto same = std::find_if(lines.begin(), lines.end(), [&](const MapAttribution& line) {
            return line.text == file.attribution && line.licence == file.licence;
        });
        MapAttribution& line = same == lines.end() ? lines.emplace_back() : *same;
        line.text = file.attribution;
        line.licence = file.licence;
        add_once(line.layers, file.layer);
        if (!file.date.empty()) add_once(line.dates, file.date);
    }
    return lines;
}

}  // namespace geo
