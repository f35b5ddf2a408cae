// SPDX-License-Identifier: Apache-2.0
#pragma once

namespace geo {

/// Libraries that fail rarely say why. To be called before an input is blamed: throws where the machine gives no more
/// memory (std::bad_alloc) or no more open files (EnvironmentError `too many open files`).
void blame_machine_first();

}  // namespace geo
