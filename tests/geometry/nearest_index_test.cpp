// SPDX-License-Identifier: Apache-2.0
#include "libgeo/geometry/nearest_index.h"

#include <doctest/doctest.h>

#include <array>
#include <cmath>
#include <random>

#include "tests/support/shapes_of.h"

using namespace geo;
using namespace geo::test;

namespace {

/// A small town: rectangles, parks with holes, two-part schools, lines, points; round coordinates, so that ties happen.
Shapes town(std::mt19937_64& random, int places) {
    Shapes shapes;
    const auto grid = [&](int cells) { return static_cast<double>(random() % static_cast<unsigned>(cells)) * 10.0; };
    for (int k = 0; k < places; ++k) {
        const double x = grid(500), y = grid(500), w = 10 + grid(10), h = 10 + grid(10);
        switch (random() % 6) {
            case 0:
                shapes.add_point(x, y);
                break;
            case 1:
                add_rectangle(shapes, x, y, x + w, y + h);
                break;
            case 2:
                add_rectangle_ring(shapes, x, y, x + 300, y + 300);
                add_rectangle_ring(shapes, x + 100, y + 100, x + 200, y + 200);
                shapes.end_shape();
                break;
            case 3:
                add_rectangle_ring(shapes, x, y, x + w, y + h);
                add_rectangle_ring(shapes, x + 500, y, x + 500 + w, y + h);
                shapes.end_shape();
                break;
            case 4:
                for (int v = 0; v < 40; ++v) shapes.add_vertex(x + 7.0 * v, y + 50 * std::sin(v));
                shapes.end_part(PartKind::line);
                shapes.end_shape();
                break;
            default:
                shapes.add_nothing();
        }
    }
    return shapes;
}

Nearest by_brute_force(const Shapes& shapes, Point p, const ShapeFilter& filter) {
    Nearest best;
    for (std::uint32_t i = 0; i < shapes.size(); ++i) {
        if (!shapes.has_location(i) || !filter(i)) continue;
        const Separation s = separation(p, shapes, i);
        if (s.squared < best.squared) best = {i, s.squared, s.to};
    }
    return best;
}

}  // namespace

TEST_CASE("the index and looking at every place give the same place, distance and point, bit for bit") {
    std::mt19937_64 random(20090301);
    for (const int places : {1, 5, 16, 17, 300, 2000}) {
        const Shapes shapes = town(random, places);
        const NearestIndex index(shapes);
        for (int k = 0; k < 300; ++k) {
            const Point p{static_cast<double>(random() % 6000) - 500, static_cast<double>(random() % 6000) - 500};
            const Nearest expected = by_brute_force(shapes, p, {});
            const Nearest found = index.nearest(p);
            CHECK(found.shape == expected.shape);
            CHECK(found.squared == expected.squared);
            if (found)
                CHECK(std::hypot(found.on.x - p.x, found.on.y - p.y) == doctest::Approx(std::sqrt(expected.squared)));
        }
    }
}

TEST_CASE("a filter leaves places out, by mask and by day") {
    std::mt19937_64 random(7);
    const Shapes shapes = town(random, 400);
    const NearestIndex index(shapes);
    std::vector<std::uint8_t> mask(shapes.size());
    std::vector<Date> first(shapes.size()), end(shapes.size());
    for (std::size_t i = 0; i < shapes.size(); ++i) {
        mask[i] = random() % 2;
        first[i] = Date(std::chrono::days(random() % 100));
        end[i] = Date(std::chrono::days(random() % 100));
    }
    for (int k = 0; k < 200; ++k) {
        const ShapeFilter filter{mask, first, end, Date(std::chrono::days(k % 100))};
        const Point p{static_cast<double>(random() % 5000), static_cast<double>(random() % 5000)};
        const Nearest expected = by_brute_force(shapes, p, filter);
        const Nearest found = index.nearest(p, filter);
        CHECK(found.shape == expected.shape);
        CHECK(found.squared == expected.squared);
    }
}

TEST_CASE("a place is open from its first day and closed on its last: half-open") {
    const Shapes shapes = point(0, 0);
    const NearestIndex index(shapes);
    const std::vector<Date> first{Date(std::chrono::days(10))}, end{Date(std::chrono::days(20))};
    const auto found_on = [&](int day) {
        return static_cast<bool>(index.nearest({1, 1}, {{}, first, end, Date(std::chrono::days(day))}));
    };
    CHECK_FALSE(found_on(9));
    CHECK(found_on(10));
    CHECK(found_on(19));
    CHECK_FALSE(found_on(20));
}

TEST_CASE("of two places at the same distance the lesser index wins, whatever was found before") {
    Shapes shapes;
    for (int k = 0; k < 40; ++k) shapes.add_point(k % 2 == 0 ? -100 : 100, 0);
    const NearestIndex index(shapes);
    CHECK(index.nearest({0, 0}).shape == 0);
    for (const double ahead : {0.0, 1.0, 100.0, 1000.0}) {
        NearestMemory memory;
        CHECK(index.nearest({50, 0}, {}, memory, ahead).shape == 1);
        CHECK(index.nearest({0, 0}, {}, memory, ahead).shape == 0);
        CHECK(index.nearest({0, 0}, {}, memory, ahead).shape == 0);
    }
}

TEST_CASE("questions one after the other: what is remembered, and whatever is said of those ahead, changes no answer") {
    std::mt19937_64 random(20091);
    const auto number = [&](double most) { return most * static_cast<double>(random() % 1'000'000) / 1'000'000; };
    for (const int places : {1, 16, 300, 2000}) {
        const Shapes shapes = town(random, places);
        const NearestIndex index(shapes);
        std::vector<std::uint8_t> mask(shapes.size());
        for (std::uint8_t& taken : mask) taken = random() % 3 == 0 ? 0 : 1;
        NearestMemory memory;
        Point p;
        for (int k = 0; k < 2000; ++k) {
            if (k % 7 == 0) p = {number(6000) - 500, number(6000) - 500};
            p = {std::round(p.x + number(60) - 30), std::round(p.y + number(60) - 30)};
            ShapeFilter filter;
            if (k % 3 != 0) filter.mask = mask;  // from one question to the next another may be asked for
            const std::array<double, 4> said{0, 30, 180, 1e6};
            const Nearest found = index.nearest(p, filter, memory, said[random() % said.size()]);
            const Nearest alone = index.nearest(p, filter);
            CHECK(found.shape == alone.shape);
            CHECK(found.squared == alone.squared);
            CHECK(found.on == alone.on);
        }
    }
}

TEST_CASE("nothing is remembered of an index without shapes, or where none is accepted") {
    const Shapes none, one = point(0, 0);
    const std::vector<std::uint8_t> not_that(1, 0);
    for (const double ahead : {0.0, 50.0}) {
        NearestMemory memory;
        const NearestIndex empty(none), index(one);
        CHECK_FALSE(empty.nearest({1, 1}, {}, memory, ahead));
        CHECK_FALSE(empty.nearest({2, 2}, {}, memory, ahead));
        NearestMemory other;
        CHECK_FALSE(index.nearest({1, 1}, {not_that, {}, {}, {}}, other, ahead));
        CHECK(index.nearest({1, 1}, {}, other, ahead).shape == 0);
    }
}

TEST_CASE("a cutoff is inclusive") {
    const Shapes shapes = point(400, 0);
    const NearestIndex index(shapes);
    CHECK(index.nearest({0, 0}, {}, 400.0 * 400.0).shape == 0);
    CHECK_FALSE(index.nearest({0, 0}, {}, 399.0 * 399.0));
}

TEST_CASE("from a site with an extent the index and looking at every place agree") {
    std::mt19937_64 random(11);
    const Shapes shapes = town(random, 300);
    const NearestIndex index(shapes);
    for (int k = 0; k < 100; ++k) {
        const double x = static_cast<double>(random() % 5000), y = static_cast<double>(random() % 5000);
        const Shapes site = rectangle(x, y, x + 40, y + 30);
        double least = std::numeric_limits<double>::infinity();
        std::uint32_t which = kNoShape;
        for (std::uint32_t i = 0; i < shapes.size(); ++i) {
            if (!shapes.has_location(i)) continue;
            const double d = separation(site, 0, shapes, i).squared;
            if (d < least) {
                least = d;
                which = i;
            }
        }
        const auto found = index.nearest(site, 0);
        CHECK(found.shape == which);
        CHECK(found.squared == least);
    }
}

TEST_CASE("an index of nothing finds nothing") {
    const Shapes none;
    CHECK_FALSE(NearestIndex(none).nearest({0, 0}));
    Shapes nowhere;
    nowhere.add_nothing();
    CHECK_FALSE(NearestIndex(nowhere).nearest({0, 0}));
}

TEST_CASE("near finds every place whose box is in reach, in order") {
    Shapes shapes;
    for (int k = 0; k < 100; ++k) shapes.add_point(100.0 * k, 0);
    std::vector<std::uint32_t> found;
    NearestIndex(shapes).near({1000, 0, 1000, 0}, 200, [&](std::uint32_t i) { found.push_back(i); });
    CHECK(found == std::vector<std::uint32_t>{8, 9, 10, 11, 12});
}
