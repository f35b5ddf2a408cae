// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

namespace geo {

/// Text from data as text of HTML, SVG or XML, also within quotes: & < > " ' are escaped; control characters, marks of direction and bytes that are no UTF-8
/// become visible (`printable`). No longer than `most` characters.
std::string escaped(std::string_view text, std::size_t most = 400);

}  // namespace geo
