// SPDX-License-Identifier: Apache-2.0
//
// Private to this stage: which record of a snapshot is which premises of the one before.
#pragma once

#include <cstdint>
#include <vector>

#include "libgeo/layers/premises_records.h"

namespace geo {

/// One side of a step: what is known of each premises, and the row that said it last.
struct StepSide {
    std::vector<Face> faces;
    std::vector<std::uint32_t> rows;
    std::size_t size() const { return faces.size(); }
    void add(const Face& face, std::uint32_t row) {
        faces.push_back(face);
        rows.push_back(row);
    }
};

struct StepMatch {
    static constexpr std::uint32_t kNone = 0xffffffffU;
    std::vector<std::uint32_t> old_of;  ///< one a new record: index of the old one; kNone
    std::vector<std::uint32_t> new_of;  ///< one an old record
    /// Of what was not matched: one on the other side that it may be (kNone: none).
    std::vector<std::uint32_t> may_be_old;  ///< one a new record
    std::vector<std::uint32_t> may_be_new;  ///< one an old record
};

/// One to one. Passes from the surest to the least sure, each over what the ones before left: id; UPRN, or postcode and address, with the name; one or the
/// other alone, where one record only is there in both snapshots; the same name where nothing speaks against it, unique both ways within `within_m`. What
/// a pass leaves with several candidates is not guessed: `may_be_…`. Every pass sorts; none looks at all pairs.
StepMatch match_step(const Records& records, const StepSide& old_side, const StepSide& new_side, double within_m);

}  // namespace geo
