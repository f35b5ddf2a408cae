// SPDX-License-Identifier: Apache-2.0
#include "libgeo/geometry/network_file.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <span>
#include <type_traits>
#include <utility>

#include "libgeo/base/content_hash.h"

namespace geo {
namespace {

static_assert(sizeof(NetworkLink) == 12 && std::has_unique_object_representations_v<NetworkLink>);
static_assert(sizeof(Point) == 16 && std::numeric_limits<double>::is_iec559);

constexpr std::uint64_t kMark = 0x524f572d53545345ULL;  // its bytes come the other way round on another machine
constexpr std::uint64_t kVersion = 2;
constexpr std::size_t kBlock = std::size_t{1}
                               << 18;  // bytes at a time, so that they are in the cache when they are summed

enum Head : std::size_t {
    kHeadMark,
    kHeadVersion,
    kHeadLinks,
    kHeadNodes,
    kHeadVertices,
    kHeadLeftOut,
    kHeadHash,
    kHeadSize
};
using HeadNumbers = std::array<std::uint64_t, kHeadSize>;

std::uint64_t hash_of(const HeadNumbers& head) {
    ContentHash hash;
    hash.add(head.data(), kHeadHash * sizeof(std::uint64_t));
    return hash.value();
}

/// Bytes of all that follows the head; none where the numbers are beyond what a network can have.
std::optional<std::uint64_t> size_of(const HeadNumbers& head) {
    constexpr std::uint64_t kMost = std::numeric_limits<std::uint32_t>::max();
    const std::uint64_t links = head[kHeadLinks], nodes = head[kHeadNodes], vertices = head[kHeadVertices];
    if (links > kMost / 2 || nodes > kMost || vertices > kMost) return std::nullopt;
    return links * sizeof(NetworkLink) + nodes * sizeof(Point) + (links + 1) * sizeof(std::uint32_t) +
           vertices * 2 * sizeof(double) + sizeof(std::uint64_t);
}

class Writer {
  public:
    explicit Writer(const ByteSink& sink) : sink_(sink) {}

    template <typename T>
    void write(std::span<const T> values) {
        constexpr std::size_t kAtOnce = kBlock / sizeof(T);
        for (std::size_t i = 0; i < values.size(); i += kAtOnce) {
            const auto block = values.subspan(i, std::min(kAtOnce, values.size() - i));
            hash_.add(block.data(), block.size_bytes());
            sink_({reinterpret_cast<const char*>(block.data()), block.size_bytes()});
        }
    }
    std::uint64_t hash() const { return hash_.value(); }

  private:
    const ByteSink& sink_;
    ContentHash hash_;
};

class Reader {
  public:
    explicit Reader(const ByteSource& source) : source_(source) {}

    template <typename T>
    bool read(std::uint64_t count, std::vector<T>& values) {
        values.clear();
        values.reserve(count);
        std::vector<T> block(std::min<std::uint64_t>(count, kBlock / sizeof(T)));
        while (values.size() < count) {
            const std::size_t some = std::min<std::size_t>(block.size(), count - values.size());
            if (!source_(reinterpret_cast<char*>(block.data()), some * sizeof(T))) return false;
            hash_.add(block.data(), some * sizeof(T));
            values.insert(values.end(), block.begin(), block.begin() + static_cast<std::ptrdiff_t>(some));
        }
        return true;
    }
    std::uint64_t hash() const { return hash_.value(); }

  private:
    const ByteSource& source_;
    ContentHash hash_;
};

bool are_numbers(const std::vector<double>& values) {
    return std::all_of(values.begin(), values.end(), [](double value) { return std::isfinite(value); });
}

/// Each link has two vertices or more, and together they have all.
bool are_whole(const std::vector<std::uint32_t>& first_vertex, std::uint64_t vertices) {
    if (first_vertex.front() != 0 || first_vertex.back() != vertices) return false;
    for (std::size_t i = 1; i < first_vertex.size(); ++i)
        if (first_vertex[i] < first_vertex[i - 1] || first_vertex[i] - first_vertex[i - 1] < 2) return false;
    return true;
}

bool fits(const NetworkParts& parts, const LinkLines::Columns& lines) {
    const std::size_t nodes = parts.nodes.size();
    const auto sound = [nodes](const NetworkLink& link) {
        return link.from < nodes && link.to < nodes && link.length > 0;
    };
    const auto placed = [](Point p) { return std::isfinite(p.x) && std::isfinite(p.y); };
    return std::all_of(parts.links.begin(), parts.links.end(), sound) &&
           std::all_of(parts.nodes.begin(), parts.nodes.end(), placed) && are_whole(lines.first, lines.xs.size()) &&
           are_numbers(lines.xs) && are_numbers(lines.ys);
}

}  // namespace

void write_network(const StreetNetwork& network, const ByteSink& sink) {
    const LinkLines::Columns& lines = network.lines().columns();
    HeadNumbers head{kMark, kVersion, network.links(), network.nodes(), lines.xs.size(), network.left_out(), 0};
    head[kHeadHash] = hash_of(head);
    sink({reinterpret_cast<const char*>(head.data()), sizeof head});
    Writer writer(sink);
    writer.write(network.all_links());
    writer.write(network.all_nodes());
    writer.write(std::span(lines.first));
    writer.write(std::span(lines.xs));
    writer.write(std::span(lines.ys));
    const std::uint64_t hash = writer.hash();
    sink({reinterpret_cast<const char*>(&hash), sizeof hash});
}

std::optional<StreetNetwork> read_network(const ByteSource& source, std::uint64_t size) {
    HeadNumbers head{};
    if (size < sizeof head || !source(reinterpret_cast<char*>(head.data()), sizeof head)) return std::nullopt;
    if (head[kHeadMark] != kMark || head[kHeadVersion] != kVersion || head[kHeadHash] != hash_of(head))
        return std::nullopt;
    if (size_of(head) != size - sizeof head) return std::nullopt;

    NetworkParts parts;
    LinkLines::Columns lines;
    parts.left_out = head[kHeadLeftOut];
    Reader reader(source);
    const bool whole = reader.read(head[kHeadLinks], parts.links) && reader.read(head[kHeadNodes], parts.nodes) &&
                       reader.read(head[kHeadLinks] + 1, lines.first) && reader.read(head[kHeadVertices], lines.xs) &&
                       reader.read(head[kHeadVertices], lines.ys);
    std::uint64_t hash = 0;
    if (!whole || !source(reinterpret_cast<char*>(&hash), sizeof hash) || hash != reader.hash()) return std::nullopt;
    if (!fits(parts, lines)) return std::nullopt;

    parts.lines = LinkLines(std::move(lines));
    return StreetNetwork(std::move(parts));
}

}  // namespace geo
