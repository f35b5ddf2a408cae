// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <string_view>

#include "libgeo/geometry/street_network.h"

namespace geo {

/// Where bytes go; at most a megabyte at a time.
using ByteSink = std::function<void(std::string_view)>;
/// Gives the next `count` bytes; false where there are not so many.
using ByteSource = std::function<bool(char* into, std::size_t count)>;

/// Writes a network as it lies in memory: for this machine (byte order, IEEE doubles), to be read back quickly. Format, all numbers of 8 bytes but where it says otherwise:
/// head: mark, version, links, nodes, vertices, parts left out, ContentHash of the head so far; links (from, to, length, 4 bytes each); nodes (x, y); the first
/// vertex of each link and one more (4 bytes each); x of the vertices; y of the vertices; ContentHash of all that follows the head.
void write_network(const StreetNetwork& network, const ByteSink& sink);

/// The network that was written; `size` bytes are there. None for anything else: cut short or longer, a bit changed, another version, byte order or format, sizes that
/// do not fit each other, links, nodes or vertices that are not there, lengths of nothing, coordinates that are no numbers. What is allocated before that is known
/// is no more than twice the size.
std::optional<StreetNetwork> read_network(const ByteSource& source, std::uint64_t size);

}  // namespace geo
