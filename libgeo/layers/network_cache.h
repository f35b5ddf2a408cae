// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "libgeo/layers/walking_network.h"

namespace geo {

/// The built network of a study, kept in a file beside it: `STUDY-FILE.streets.cache`, in plain sight, to be deleted by whoever likes. Used again only for the same
/// input files (by their SHA-256) read by the same program with the same options, coordinate systems and grids, and only when it is whole; else the network is
/// built and the file is replaced. Every answer, issue and record is the same with it and without. Where it cannot be written nothing happens, but that
/// `WalkingNetwork::kept` says so. Not kept at all where a layer of streets says `cache = false`, nor small ones (LoadOptions::network_kept_from).
class NetworkCache {
  public:
    /// `said`: what has been said before the network is loaded. Study and options must outlive it.
    NetworkCache(const Study& study, const LoadOptions& options, const Issues& said);

    /// The network as it was built, with what was said then added to `issues`. Null where there is none that fits.
    std::unique_ptr<WalkingNetwork> read(Issues& issues) const;
    /// Keeps a network that was just built. `issues`: those that the cache was made with, and what was said since.
    void keep(WalkingNetwork& walking, const Issues& issues) const;

    /// Where it lies; empty where none is kept.
    const std::filesystem::path& path() const { return path_; }

  private:
    std::string key(const std::vector<std::string>& hashes) const;
    std::string key_of_files() const;
    std::string words() const;

    const Study* study_;
    const LoadOptions* options_;
    std::vector<const LayerSpec*> streets_;
    std::vector<bool> accounted_;  // by layer of streets: its rows are on record already
    std::size_t issues_before_, accounts_before_;
    std::filesystem::path path_;
};

}  // namespace geo
