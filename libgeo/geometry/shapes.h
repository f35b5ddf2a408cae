// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <limits>
#include <span>
#include <vector>

namespace geo {

/// A position on a plane, in the units of its CRS (metres in the study's CRS; degrees of longitude and latitude, in this
/// order, before a geographic file is transformed).
struct Point {
    double x = 0.0, y = 0.0;
    bool operator==(const Point&) const = default;
};

struct Box {
    double min_x, min_y, max_x, max_y;
    /// Holds nothing: min above max.
    static constexpr Box empty() {
        constexpr double inf = std::numeric_limits<double>::infinity();
        return {inf, inf, -inf, -inf};
    }
    bool is_empty() const { return min_x > max_x; }
    bool contains(Point p) const { return p.x >= min_x && p.x <= max_x && p.y >= min_y && p.y <= max_y; }
    void add(double x, double y);
    void add(const Box& other);
    bool operator==(const Box&) const = default;
};

enum class PartKind : std::uint8_t {
    points,  ///< each vertex for itself
    line,    ///< vertices joined in order
    ring,    ///< closed: the last vertex repeats the first; all rings of a shape together bound its surface, even-odd
};

/// Geometries of a layer, flat: shape i owns parts [first_part[i], first_part[i+1]), part p owns vertices
/// [first_vertex[p], first_vertex[p+1]). Holes and many parts are all rings. A shape without parts has no location. Z and M
/// are dropped on the way in.
class Shapes {
  public:
    Shapes() : first_part_{0}, first_vertex_{0} {}

    /// What shapes are held in, for who makes or keeps large ones whole (a network, a file of one) without a second copy. The numbers must fit together as said above.
    struct Columns {
        std::vector<std::uint32_t> first_part{0}, first_vertex{0};
        std::vector<PartKind> kinds;
        std::vector<std::uint32_t> holes;  ///< parts, ascending
        std::vector<double> xs, ys;
    };
    explicit Shapes(Columns columns);
    /// Leaves nothing behind.
    Columns release();

    std::size_t size() const { return first_part_.size() - 1; }
    std::size_t parts() const { return kinds_.size(); }
    std::size_t vertices() const { return xs_.size(); }

    bool has_location(std::size_t i) const { return first_part_[i] != first_part_[i + 1]; }
    /// Only points, exactly one of them.
    bool is_single_point(std::size_t i) const;
    /// Has a surface (at least one ring).
    bool has_surface(std::size_t i) const;
    Box box(std::size_t i) const;
    /// First vertex; must have a location.
    Point first_point(std::size_t i) const;

    std::uint32_t part_begin(std::size_t i) const { return first_part_[i]; }
    std::uint32_t part_end(std::size_t i) const { return first_part_[i + 1]; }
    PartKind kind(std::size_t part) const { return kinds_[part]; }
    bool is_hole(std::size_t part) const;
    std::span<const double> xs(std::size_t part) const;
    std::span<const double> ys(std::size_t part) const;
    std::span<double> all_xs() { return xs_; }
    std::span<double> all_ys() { return ys_; }
    std::span<const double> all_xs() const { return xs_; }
    std::span<const double> all_ys() const { return ys_; }
    std::uint32_t vertex_begin(std::size_t part) const { return first_vertex_[part]; }
    std::uint32_t vertex_end(std::size_t part) const { return first_vertex_[part + 1]; }

    // Building: add vertices, close parts, close the shape.
    void add_vertex(double x, double y) {
        xs_.push_back(x);
        ys_.push_back(y);
    }
    /// `hole`: the file gave this ring as a hole of the ring before it that is none. Distances go by even-odd and need it
    /// not; the check of validity does.
    void end_part(PartKind kind, bool hole = false);
    void end_shape() { first_part_.push_back(static_cast<std::uint32_t>(kinds_.size())); }
    void add_point(double x, double y);
    void add_nothing() { end_shape(); }
    /// Copies shape i of `other` to the end.
    void add_copy(const Shapes& other, std::size_t i);
    void clear();
    /// Room for so many more vertices, so that a large copy does not grow step by step.
    void reserve(std::size_t more_vertices);

  private:
    std::vector<std::uint32_t> first_part_;
    std::vector<std::uint32_t> first_vertex_;
    std::vector<PartKind> kinds_;
    std::vector<std::uint32_t> holes_;  // parts, ascending
    std::vector<double> xs_, ys_;
};

}  // namespace geo
