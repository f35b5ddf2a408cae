// SPDX-License-Identifier: Apache-2.0
//
// Private to this stage: the lines of a layer of streets that can be walked.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <vector>

#include "libgeo/layers/loaders.h"
#include "libgeo/layers/walking_network.h"

namespace geo {

/// Lines that can be walked, of all layers of streets.
struct WalkedLines {
    Shapes shapes;                     ///< in the study's CRS; each has a length
    std::vector<std::uint8_t> usable;  ///< 0: nothing begins or ends there
    std::vector<std::int32_t> levels;  ///< 0: on the ground; bridges above, tunnels below
    std::vector<std::uint32_t> layer;  ///< which of the study's layers of streets
    std::size_t size() const { return usable.size(); }
};

/// Lengths that the file states beside those of its lines.
struct StatedLengths {
    std::uint64_t compared = 0;
    double sum = 0, worst = 0;  ///< of the differences, metres
    Point place;                ///< of the worst
    void add(double stated, double drawn, Point at);
};

struct WalkedLayer {
    const LayerSpec* spec = nullptr;
    LayerFacts facts;
    FileRecord file;
    RowAccount account;
    bool counted_before = false;                  ///< the account is on record already
    std::shared_ptr<const WalkableFilter> table;  ///< null: every line is walked
    std::optional<StreetTopology> topology;       ///< as stated, else of the preset
    bool has_paths = true;
    std::vector<WalkedBy> rules;
    StatedLengths lengths;
};

/// Reads the file of layer `number` of streets and adds its lines. Issues: what is wrong with rows, what each rule leaves out, lengths that disagree.
WalkedLayer read_walked(const LoadContext& context, const LayerSpec& spec, std::uint32_t number, WalkedLines& lines);

/// Planar length of a line shape (all its parts), metres.
double length_of(const Shapes& shapes, std::size_t i);

}  // namespace geo
