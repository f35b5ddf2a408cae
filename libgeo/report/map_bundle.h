// SPDX-License-Identifier: Apache-2.0
//
// The page's script and style as cmake/webmap.cmake embeds them.
#pragma once

#include <string_view>

namespace geo {

struct MapBundle {
    std::string_view script, style;  ///< both empty: the program was built without them
    std::string_view why;            ///< why it was: `no Node was found`
};
MapBundle map_bundle();

}  // namespace geo
