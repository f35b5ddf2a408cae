// SPDX-License-Identifier: Apache-2.0
//
// What a council decided, read from the words that councils use for it.
#pragma once

#include <cstdint>
#include <string_view>

namespace geo {

enum class Decision : std::uint8_t { unstated, granted, refused, other };
std::string_view word(Decision decision);  ///< empty for unstated; `granted`, `refused`, `other`

/// `Approved`, `Granted with conditions`, `PERMIT`, `GTD`, `Appeal allowed`, `Prior approval not required`: granted. `Refused`, `REF`, `Rejected`, `Appeal
/// dismissed`: refused. Anything else (`Withdrawn`, `Pending`, `Split decision`, words of both) is `other`; nothing at all is unstated.
Decision decision_from(std::string_view written);

}  // namespace geo
