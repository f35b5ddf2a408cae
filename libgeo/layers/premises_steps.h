// SPDX-License-Identifier: Apache-2.0
//
// Private to this stage: the dated snapshots of a layer as steps of time, and whom each of them speaks for.
#pragma once

#include <cstdint>
#include <vector>

#include "libgeo/base/dates.h"
#include "libgeo/base/issues.h"
#include "libgeo/layers/premises_records.h"

namespace geo {

/// One step a day: files of one day (one for each authority, say) are one snapshot.
struct Steps {
    std::vector<Date> dates;                       ///< ascending, each once
    std::vector<std::vector<std::uint32_t>> rows;  ///< of each step, in the order of the layer; without those set aside
    std::vector<std::vector<std::uint8_t>> covered;  ///< [step][authority]; [step][0] is 1
};
/// Lists in `issues`: rows of authorities that their snapshot does not cover and rows that by their own dates do not trade on its day (both set aside), authorities that are absent from a snapshot, and snapshots whose
/// authorities are not those of the one before.
Steps steps_of(const Records& records, Issues& issues);

/// An issue about a row of an outlets layer: with its file, line, id and place.
Issue issue_of_row(const OutletLayer& layer, std::uint32_t row, const std::string& code, const std::string& message,
                   const std::string& action);

}  // namespace geo
