// SPDX-License-Identifier: Apache-2.0
#include "libgeo/coverage/ball_envelope.h"

#include <algorithm>
#include <cmath>

namespace geo {
namespace {

double squared(Point a, Point b) { return (a.x - b.x) * (a.x - b.x) + (a.y - b.y) * (a.y - b.y); }

/// The upper one of the two points at distance r from both; a is left of b. They are nearer to each other than 2 r.
Point ball_on(Point a, Point b, double r) {
    const double d2 = squared(a, b);
    const double up = std::sqrt(std::max(0.0, r * r - d2 / 4) / d2);
    return {(a.x + b.x) / 2 - (b.y - a.y) * up, (a.y + b.y) / 2 + (b.x - a.x) * up};
}

}  // namespace

BallLine::BallLine(double distance, double outward) {
    // Of what may be spent: a twentieth on points that stand for edges, four tenths each on tangents and on filled dips, the rest on rounding.
    const double edges = 0.05 * outward, tangents = 0.4 * outward;
    fill_ = 0.4 * outward;
    radius_ = distance + edges;
    step_ = std::min(std::acos(radius_ / (radius_ + tangents)) * 2, 0.8);
    spacing_ = std::sqrt(8 * distance * 0.8 * edges);
}

double BallLine::corner(double half_angle) const { return radius_ / std::cos(half_angle); }

double BallLine::sag(double width) const {
    return width >= 2 * radius_ ? radius_ : radius_ - std::sqrt(radius_ * radius_ - width * width / 4);
}

void BallEnvelope::begin(double width, const BallLine& line) {
    style_ = &line;
    width_ = width;
    cap_ = line.sag(width);
    points_.clear();
}

void BallEnvelope::add_edge(Point a, Point b) {
    // What lies lower than the dip between the two ends is never touched, nor what lies beside the mouth.
    if ((a.y <= -cap_ && b.y <= -cap_) || (a.x <= 0 && b.x <= 0) || (a.x >= width_ && b.x >= width_)) return;
    double first = 0, last = 1;
    const auto clip = [&](double at_a, double at_b) {  // where the value is above 0
        if (at_a <= 0 && at_b <= 0) last = -1;
        if (at_a <= 0 && at_b > 0) first = std::max(first, at_a / (at_a - at_b));
        if (at_a > 0 && at_b <= 0) last = std::min(last, at_a / (at_a - at_b));
    };
    clip(a.y + cap_, b.y + cap_);
    clip(a.x, b.x);
    clip(width_ - a.x, width_ - b.x);
    if (first > last) return;
    const double run = (last - first) * std::sqrt(squared(a, b));
    const auto pieces = static_cast<int>(std::ceil(run / style_->spacing()));
    for (int k = 0; k <= pieces; ++k) {
        const double t = pieces == 0 ? first : first + (last - first) * k / pieces;
        const Point p{a.x + t * (b.x - a.x), std::min(0.0, a.y + t * (b.y - a.y))};
        if (p.x > 0 && p.x < width_) points_.push_back(p);  // beside the mouth its two ends are higher
    }
}

/// The ball that rests on the points before and after does not reach down to p.
bool BallEnvelope::is_hidden(Point before, Point p, Point after) const {
    const double r = style_->radius();
    const double d2 = squared(before, after);
    if (d2 >= 4 * r * r) return false;
    if (d2 <= 0) return true;
    return squared(ball_on(before, after, r), p) >= r * r * (1 - 1e-13);
}

bool BallEnvelope::find_touched() {
    points_.push_back({width_, 0});
    std::sort(points_.begin(), points_.end(), [](Point a, Point b) { return a.x != b.x ? a.x < b.x : a.y > b.y; });
    touched_.assign(1, {0, 0});
    for (const Point p : points_) {
        if (p == touched_.back()) continue;
        while (touched_.size() >= 2 && is_hidden(touched_[touched_.size() - 2], touched_.back(), p))
            touched_.pop_back();
        touched_.push_back(p);
    }
    const double r = style_->radius();
    for (std::size_t k = 1; k < touched_.size(); ++k)
        if (squared(touched_[k - 1], touched_[k]) >= 3.5 * r * r) return false;
    return touched_.back() == Point{width_, 0};
}

/// Angles from straight up, to the right. Tangents; the ends of the arc are where the tangents before and after touch it.
void BallEnvelope::add_arc(Point centre, double from, double to) {
    if (to - from <= 1e-12) return;
    const int count = std::max(1, static_cast<int>(std::ceil((to - from) / style_->step())));
    const double half = (to - from) / (2 * count), far = style_->corner(half);
    for (int k = 0; k < count; ++k) {
        const double angle = from + (2 * k + 1) * half;
        drawn_.push_back({centre.x + far * std::sin(angle), centre.y + far * std::cos(angle)});
    }
}

bool BallEnvelope::finish() {
    if (!find_touched()) return false;
    const double r = style_->radius();
    drawn_.assign(1, {0, r});
    double from = 0;
    for (std::size_t k = 0; k + 1 < touched_.size(); ++k) {
        const Point cusp = ball_on(touched_[k], touched_[k + 1], r);
        add_arc(touched_[k], from, std::atan2(cusp.x - touched_[k].x, cusp.y - touched_[k].y));
        drawn_.push_back(cusp);
        from = std::atan2(cusp.x - touched_[k + 1].x, cusp.y - touched_[k + 1].y);
    }
    add_arc(touched_.back(), from, 0);
    drawn_.push_back({width_, r});
    simplify();
    return true;
}

/// From each point on to the farthest one so that all between lie below the straight line, by no more than may be filled. Slopes of lines to the points between bound the
/// slope of that line from below, with what may be filled from above.
void BallEnvelope::simplify() {
    simplified_.clear();
    std::size_t at = 0;
    while (at + 1 < drawn_.size()) {
        const Point here = drawn_[at];
        std::size_t farthest = at + 1;
        double least = -INFINITY, most = INFINITY;
        for (std::size_t k = at + 1; k < drawn_.size(); ++k) {
            const double run = drawn_[k].x - here.x;
            if (run <= 0) break;
            const double slope = (drawn_[k].y - here.y) / run;
            if (slope >= least && slope <= most) farthest = k;
            least = std::max(least, slope);
            most = std::min(most, slope + style_->fill() / run);
            if (most < least) break;
        }
        simplified_.push_back(here);
        at = farthest;
    }
    simplified_.push_back(drawn_.back());
}

}  // namespace geo
