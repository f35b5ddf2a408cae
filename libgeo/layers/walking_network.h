// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "libgeo/base/issues.h"
#include "libgeo/base/provenance.h"
#include "libgeo/geometry/street_network.h"
#include "libgeo/layers/places.h"
#include "libgeo/layers/study.h"
#include "libgeo/layers/walkable.h"

namespace geo {

/// How many lines a rule of a layer's table decided on.
struct WalkedBy {
    std::string layer;
    std::string table;  ///< its id; empty: no table, every line is walked
    std::string rule, reason;
    Walkable walkable = Walkable::yes;
    bool left_out = false;
    std::uint64_t lines = 0;
};

/// The streets of a study made ready for walking: every layer of kind streets together (roads, paths and what joins them are one network). In the study's CRS.
struct WalkingNetwork {
    std::string name;                  ///< of the layers, joined by ` + `
    std::vector<FileRecord> files;     ///< with their hashes; after each the table of what can be walked
    std::vector<std::string> filters;  ///< ids of the tables that said what can be walked; empty: every line is
    /// False: no layer has footpaths, so that walks can only be too long, never too short.
    bool has_paths = true;
    /// How far a proposal, an outlet or a place may stand from a street, in a straight line; farther, its walk is not known.
    Metres most_access{100.0};
    /// How sure walked distances are, added to the tolerance of both ends; none: 10 m, or 2.5 % of the limit where that is more (walking.md, 3).
    std::optional<Metres> band;
    StreetNetwork network{Shapes(), NetworkOptions()};
    /// By link: 0 where nothing may begin or end (private ways that are walked, tunnels, small parts of the network that nothing else joins).
    std::vector<std::uint8_t> usable;

    StreetTopology topology = StreetTopology::endpoints;
    Metres snap{0.01};
    std::vector<WalkedBy>
        rules;  ///< in the order of the layers and of their tables; only rules that some line fell under
    std::vector<LayerFacts> facts;     ///< of each layer, with its files
    std::uint64_t lines = 0;           ///< rows of the files that the links are of, each once
    std::uint64_t small_parts = 0;     ///< components that are too small to begin or end in
    std::uint64_t small_parts_mm = 0;  ///< their length
    std::string
        kept;  ///< where the built network is kept for the next time, or why it cannot be (network_cache.h); empty: it is not to be
};

/// Components of less link length are too small to begin or end in, but for the largest of a network: stubs cut off at an edge, islands of paths that nothing joins.
inline constexpr double kSmallPart = 500.0;  // m

/// Reads the layers of kind streets, leaves out what cannot be walked (each rule's count is an issue), builds the network and checks it: a topology that the data plainly
/// are not (UsageError, with both numbers), ends that stop short of a link, small components, links that stand in two tiles (once used), lengths that disagree with
/// the file's: issues with places. Null when the study has no such layer. `issues`: rows are accounted for in load_layers or here, once.
/// UsageError too where a layer's topology is not stated and its preset has none, and where layers disagree; DataError where no line can be walked.
std::unique_ptr<const WalkingNetwork> load_walking_network(const Study& study, const LoadOptions& options,
                                                           Issues& issues);

}  // namespace geo
