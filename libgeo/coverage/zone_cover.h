// SPDX-License-Identifier: Apache-2.0
//
// What zones cover: units of frontages, outlets in trade, addresses. Each is measured as `cordon check` measures; the drawing decides nothing.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "libgeo/base/uses.h"
#include "libgeo/coverage/zone_assessment.h"
#include "libgeo/coverage/zones.h"
#include "libgeo/geometry/nearest_index.h"

namespace geo {

/// Of some points, by Covered.
struct CoveredCounts {
    std::uint64_t elsewhere = 0, beyond = 0, untold = 0, exempt = 0, breach = 0;
    std::uint64_t total() const { return elsewhere + beyond + untold + exempt + breach; }
    std::uint64_t within() const { return exempt + breach; }  ///< the rule reaches them, exempt or not
    std::uint64_t left() const { return total() - breach - untold; }
    void add(Covered covered);
    CoveredCounts& operator+=(const CoveredCounts& more);
};

/// The points of one layer that lie in the study area (anywhere, where the study states none).
struct LayerCover {
    enum class Kind : std::uint8_t { units, outlets, addresses };
    Kind kind = Kind::units;
    std::string layer;
    std::vector<CoveredCounts> rules;  ///< in the order of Zones::rules
    CoveredCounts all;                 ///< of the adopted policies' rules together
    std::uint64_t outside = 0;         ///< not in the study area
    std::uint64_t without_location = 0,
                  unclear = 0;  ///< not counted: no location; whether it trades on the day cannot be told
    /// Fewer of them may be counted than there are.
    bool incomplete() const { return without_location + unclear > 0; }
};
std::string_view word(LayerCover::Kind kind);  ///< `units`, `outlets`, `addresses`

/// Asks the rules that have a zone of points, as on the day of the zones. Policies, layers and zones must outlive it.
class ZoneCover {
  public:
    ZoneCover(std::span<const Policy> policies, const Layers& layers, const Zones& zones,
              std::optional<double> tie_m = std::nullopt);

    /// The units of each layer of frontages that are there on the day; a corner unit once.
    std::vector<LayerCover> units() const;
    /// Of each layer the outlets that trade on the day and have a use that the rules are about. Layers of which no snapshot is on or before the day are left out and said.
    std::vector<LayerCover> outlets(std::vector<std::string>& remarks) const;
    /// Adds points to a layer's counts; for what is read bit by bit. `facts`: theirs.
    LayerCover begin(LayerCover::Kind kind, const LayerFacts& facts) const;
    void add(const Shapes& points, const LayerFacts& facts, LayerCover& cover) const;

    /// The uses that the rules are about; none: every use.
    UseSet uses() const { return uses_; }

  private:
    bool in_study_area(Point p) const;

    std::vector<Policy> policies_;  ///< those with zones, narrowed to the rules that have
    std::vector<std::pair<std::uint32_t, std::uint32_t>>
        rules_;  ///< of each of Zones::rules: indices into `policies_`, its rules
    const Layers& layers_;
    Date day_;
    std::optional<double> tie_m_;
    UseSet uses_ = 0;
    std::unique_ptr<NearestIndex> study_area_;
};

}  // namespace geo
