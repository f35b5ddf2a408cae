// SPDX-License-Identifier: Apache-2.0
#include "libgeo/geometry/network_file.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <cstring>
#include <random>
#include <string>
#include <tuple>

#include "libgeo/base/content_hash.h"
#include "libgeo/geometry/walking.h"
#include "tests/support/shapes_of.h"

using namespace geo;
using namespace geo::test;

namespace {

constexpr std::size_t kHead = 7 * sizeof(std::uint64_t);

/// A few bending streets, a ring and a way of its own.
StreetNetwork some_network() {
    std::mt19937_64 random(4);
    Shapes lines;
    for (int k = 0; k < 30; ++k) {
        const auto place = [&] { return 10.0 * static_cast<double>(random() % 5); };
        add_line(lines, {{place(), place()}, {place() + 1, place() + 2}, {place(), place() + 50}});
    }
    add_line(lines, {{500, 500}, {530, 500}, {530, 540}, {500, 500}});
    add_line(lines, {{7, 7}, {7, 7}});
    return StreetNetwork(lines, {Topology::endpoints, 0.01});
}

std::string written(const StreetNetwork& network) {
    std::string bytes;
    write_network(network, [&](std::string_view more) { bytes += more; });
    return bytes;
}

std::optional<StreetNetwork> read(const std::string& bytes) {
    std::size_t at = 0;
    const ByteSource source = [&](char* into, std::size_t count) {
        if (bytes.size() - at < count) return false;
        std::memcpy(into, bytes.data() + at, count);
        at += count;
        return true;
    };
    return read_network(source, bytes.size());
}

void put(std::string& bytes, std::size_t at, std::uint64_t number) { std::memcpy(bytes.data() + at, &number, 8); }

/// Makes the sums fit again after bytes were changed.
void sum_again(std::string& bytes) {
    ContentHash head, content;
    head.add(bytes.data(), kHead - 8);
    put(bytes, kHead - 8, head.value());
    content.add(bytes.data() + kHead, bytes.size() - kHead - 8);
    put(bytes, bytes.size() - 8, content.value());
}

/// Every answer of the network, however wrong its numbers may be.
void walk_about(const StreetNetwork& network) {
    std::vector<WalkStart> starts;
    for (std::uint32_t i = 0; i < network.links(); ++i)
        starts.push_back({position_on_link(network, i, network.lines().first_point(i)), i});
    const WalkStarts all(std::move(starts));
    const NearestWalks walks(network, all, 400000);
    for (std::uint32_t i = 0; i < network.links(); ++i) {
        (void)walks.nearest(all[i].at);
        (void)network.component_of_link(i);
    }
}

}  // namespace

TEST_CASE("a network that is written and read is the same in all it can be asked") {
    const StreetNetwork network = some_network();
    const auto again = read(written(network));
    REQUIRE(again.has_value());
    REQUIRE(again->links() == network.links());
    REQUIRE(again->component_count() == network.component_count());
    CHECK(std::ranges::equal(again->all_nodes(), network.all_nodes()));
    CHECK(again->left_out() == 1);
    CHECK(again->longest_link() == network.longest_link());
    CHECK(again->lines().columns().first == network.lines().columns().first);
    CHECK(std::ranges::equal(again->lines().columns().xs, network.lines().columns().xs));
    CHECK(std::ranges::equal(again->lines().columns().ys, network.lines().columns().ys));
    for (std::uint32_t i = 0; i < network.links(); ++i) {
        const NetworkLink &a = network.link(i), &b = again->link(i);
        CHECK(std::tuple(a.from, a.to, a.length) == std::tuple(b.from, b.to, b.length));
    }
    for (std::uint32_t node = 0; node < network.nodes(); ++node) {
        CHECK(again->component_of_node(node) == network.component_of_node(node));
        CHECK(again->loops(node).size() == network.loops(node).size());
        CHECK(std::equal(network.arcs(node).begin(), network.arcs(node).end(), again->arcs(node).begin(),
                         [](const NetworkArc& a, const NetworkArc& b) { return a.link == b.link; }));
    }
    CHECK(written(*again) == written(network));
}

TEST_CASE("a network of nothing is kept, too") {
    const auto again = read(written(StreetNetwork(Shapes{}, {})));
    REQUIRE(again.has_value());
    CHECK(again->links() == 0);
}

TEST_CASE("a network's file that is cut short, longer or has a changed bit is not usable") {
    const std::string bytes = written(some_network());
    for (std::size_t count = 0; count < bytes.size(); count += 1 + count / 50)
        CHECK_FALSE(read(bytes.substr(0, count)));
    CHECK_FALSE(read(bytes + '\0'));
    std::mt19937_64 random(9);
    for (int k = 0; k < 3000; ++k) {
        std::string changed = bytes;
        changed[random() % changed.size()] ^= static_cast<char>(1U << (random() % 8));
        REQUIRE_FALSE(read(changed));
    }
}

TEST_CASE("a network's file of another version, mark, byte order or with sizes that do not fit is not usable") {
    const std::string bytes = written(some_network());
    for (std::size_t field = 0; field < 5; ++field)
        for (const std::uint64_t number :
             {std::uint64_t{0}, std::uint64_t{1} << 31, std::uint64_t{1} << 60, ~std::uint64_t{0}}) {
            std::string changed = bytes;
            put(changed, field * 8, number);
            sum_again(changed);
            CHECK_FALSE(read(changed));
        }
    std::string turned = bytes;
    for (std::size_t at = 0; at < kHead; at += 8)
        std::reverse(turned.begin() + static_cast<std::ptrdiff_t>(at),
                     turned.begin() + static_cast<std::ptrdiff_t>(at + 8));
    CHECK_FALSE(read(turned));
}

TEST_CASE("numbers that do not fit each other are not usable though the sums are right") {
    const StreetNetwork network = some_network();
    const std::string bytes = written(network);
    const std::size_t nodes = kHead + 12 * network.links(), firsts = nodes + 16 * network.nodes();
    const auto with = [&](std::size_t at, std::uint32_t number) {
        std::string changed = bytes;
        std::memcpy(changed.data() + at, &number, sizeof number);
        sum_again(changed);
        return read(changed).has_value();
    };
    const auto count = static_cast<std::uint32_t>(network.nodes());
    CHECK(with(kHead, count - 1));
    CHECK_FALSE(with(kHead, count));      // a link from a node that is not there
    CHECK_FALSE(with(kHead + 4, count));  // to one
    CHECK_FALSE(with(kHead + 8, 0));      // of no length
    CHECK_FALSE(with(firsts, 1));         // vertices that are of no link
    CHECK_FALSE(with(firsts + 4, 0));     // a link without vertices
    CHECK_FALSE(with(firsts + 4, 0xfffffff0U));
    CHECK_FALSE(with(nodes + 4, 0x7ff80000U));             // a place that is no number
    CHECK_FALSE(with(bytes.size() - 8 - 4, 0x7ff00000U));  // a vertex that is none
}

TEST_CASE("random changes under right sums: refused, or a network that can be walked without harm") {
    const std::string bytes = written(some_network());
    std::mt19937_64 random(17);
    int read_all_the_same = 0;
    for (int k = 0; k < 1500; ++k) {
        std::string changed = bytes;
        for (std::uint64_t changes = 1 + random() % 3; changes > 0; --changes)
            changed[kHead + random() % (changed.size() - kHead - 8)] = static_cast<char>(random());
        sum_again(changed);
        if (const auto network = read(changed)) {
            walk_about(*network);
            ++read_all_the_same;
        }
    }
    CHECK(read_all_the_same > 0);
    CHECK(read_all_the_same < 1500);
}
