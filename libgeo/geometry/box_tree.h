// SPDX-License-Identifier: Apache-2.0
//
// Private to indexes: boxes level upon level, sixteen to a node.
#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <vector>

#include "libgeo/geometry/float_box.h"

namespace geo {

/// Finds which of some boxes are near. Boxes that stand next to each other in the order given share a node: give neighbours one after the other, along a Hilbert
/// curve for instance. 17 bytes a box.
class BoxTree {
  public:
    BoxTree() = default;
    explicit BoxTree(std::vector<FloatBox> boxes) : boxes_(boxes.size()) {
        if (boxes.empty()) return;
        do {
            levels_.push_back(nodes_of(boxes));
            boxes.clear();
            for (const Node& node : levels_.back()) boxes.push_back(node.around());
        } while (boxes.size() > 1);
    }

    FloatBox box(std::uint32_t i) const { return levels_.front()[i / kFan].box(i % kFan); }

    /// Calls visit(box, least squared distance) for the boxes that may come within `bound` (squared, may shrink on the way) of `from`, nearer ones first.
    template <typename Visit>
    void walk(const FloatBox& from, const double& bound, Visit&& visit) const {
        struct Entry {
            float squared;
            std::uint32_t level, k;
        };
        if (boxes_ == 0) return;
        // NOLINTNEXTLINE(cppcoreguidelines-pro-type-member-init): entries are written before they are read; clearing 2 KB a query is not free
        std::array<Entry, std::size_t{kFan} * 12> stack;  // 12 levels of 16 hold 2^48 boxes
        std::size_t depth = 0;
        const auto push_children = [&](std::uint32_t level, std::uint32_t node) {
            const std::array<float, kFan> squared = levels_[level][node].least_squared_from(from);
            const std::size_t start = depth, children = level == 0 ? boxes_ : levels_[level - 1].size();
            const std::size_t last = std::min<std::size_t>(kFan, children - std::size_t{node} * kFan);
            for (std::uint32_t k = 0; k < last; ++k) {
                const float d = squared[k];
                if (double{d} > bound) continue;
                std::size_t at = depth++;  // farthest first, so that the nearest is taken next
                for (; at > start && stack[at - 1].squared < d; --at) stack[at] = stack[at - 1];
                stack[at] = {d, level, node * kFan + k};
            }
        };
        push_children(static_cast<std::uint32_t>(levels_.size() - 1), 0);
        while (depth > 0) {
            const Entry entry = stack[--depth];
            if (double{entry.squared} > bound) continue;
            if (entry.level == 0)
                visit(entry.k, entry.squared);
            else
                push_children(entry.level - 1, entry.k);
        }
    }

  private:
    static constexpr std::uint32_t kFan = 16;  // children of a node

    /// The boxes of a node's children, one array a side, so that all are measured in one sweep.
    struct Node {
        std::array<float, kFan> min_x, min_y, max_x, max_y;

        static Node of_nothing() {
            constexpr float inf = std::numeric_limits<float>::infinity();
            Node node{};
            node.min_x.fill(inf);
            node.min_y.fill(inf);
            node.max_x.fill(-inf);
            node.max_y.fill(-inf);
            return node;
        }
        void set(std::size_t k, const FloatBox& box) {
            min_x[k] = box.min_x;
            min_y[k] = box.min_y;
            max_x[k] = box.max_x;
            max_y[k] = box.max_y;
        }
        FloatBox box(std::size_t k) const { return {min_x[k], min_y[k], max_x[k], max_y[k]}; }
        FloatBox around() const {
            return {*std::min_element(min_x.begin(), min_x.end()), *std::min_element(min_y.begin(), min_y.end()),
                    *std::max_element(max_x.begin(), max_x.end()), *std::max_element(max_y.begin(), max_y.end())};
        }
        std::array<float, kFan> least_squared_from(const FloatBox& box) const {
            std::array<float, kFan> result;  // NOLINT(cppcoreguidelines-pro-type-member-init): every element is written
            for (std::size_t k = 0; k < kFan; ++k)
                result[k] = least_squared(box, min_x[k], min_y[k], max_x[k], max_y[k]);
            return result;
        }
    };

    static std::vector<Node> nodes_of(const std::vector<FloatBox>& children) {
        std::vector<Node> nodes((children.size() + kFan - 1) / kFan, Node::of_nothing());
        for (std::size_t k = 0; k < children.size(); ++k) nodes[k / kFan].set(k % kFan, children[k]);
        return nodes;
    }

    std::size_t boxes_ = 0;
    std::vector<std::vector<Node>> levels_;  // levels_[0]: of the boxes given; the last has one node
};

}  // namespace geo
