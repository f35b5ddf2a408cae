// SPDX-License-Identifier: Apache-2.0
//
// Private to this stage: premises put together from one snapshot after the other.
#pragma once

#include "libgeo/base/issues.h"
#include "libgeo/layers/premises.h"
#include "libgeo/layers/premises_records.h"
#include "libgeo/layers/premises_steps.h"

namespace geo {

/// The premises of a layer of snapshots; lists what could not be told apart.
Premises chained(const OutletLayer& layer, const Records& records, Steps&& steps, Issues& issues);

}  // namespace geo
