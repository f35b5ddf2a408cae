// SPDX-License-Identifier: Apache-2.0
#include "libgeo/geometry/orientation.h"

#include <array>
#include <cmath>
#include <limits>

namespace geo {
namespace {

/// A sum of doubles that loses nothing: parts that do not overlap, the least first.
class ExactSum {
  public:
    void add(double value) {
        std::size_t kept = 0;
        for (std::size_t k = 0; k < used_; ++k) {
            const double sum = value + parts_[k];
            const double from_part = sum - value;
            const double lost = (value - (sum - from_part)) + (parts_[k] - from_part);
            if (lost != 0.0) parts_[kept++] = lost;
            value = sum;
        }
        parts_[kept] = value;
        used_ = kept + 1;
    }
    void add_product(double a, double b) {
        const double product = a * b;
        add(std::fma(a, b, -product));  // what rounding took off
        add(product);
    }
    int sign() const {
        if (!std::isfinite(parts_[used_ - 1])) return 0;
        for (std::size_t k = used_; k-- > 0;)  // the greatest that is left: what was above it may have gone out
            if (parts_[k] != 0.0) return parts_[k] > 0.0 ? 1 : -1;
        return 0;
    }

  private:
    std::array<double, 13> parts_{};  // six products of two parts each, and one more under way
    std::size_t used_ = 1;
};

/// (b - a) x (p - a), multiplied out: the squares of a's own coordinates cancel.
int exact_orientation(Point a, Point b, Point p) {
    ExactSum sum;
    sum.add_product(b.x, p.y);
    sum.add_product(-b.x, a.y);
    sum.add_product(-a.x, p.y);
    sum.add_product(-b.y, p.x);
    sum.add_product(b.y, a.x);
    sum.add_product(a.y, p.x);
    return sum.sign();
}

}  // namespace

int orientation(Point a, Point b, Point p) {
    constexpr double kHalfUlp = std::numeric_limits<double>::epsilon() / 2;
    constexpr double kBound = (3.0 + 16.0 * kHalfUlp) * kHalfUlp;  // Shewchuk's ccwerrboundA
    const double left = (b.x - a.x) * (p.y - a.y), right = (b.y - a.y) * (p.x - a.x);
    const double side = left - right, error = kBound * (std::abs(left) + std::abs(right));
    if (side > error) return 1;
    if (side < -error) return -1;
    return exact_orientation(a, b, p);
}

}  // namespace geo
