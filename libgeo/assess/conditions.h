// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <vector>

#include "libgeo/assess/finding.h"
#include "libgeo/geometry/nearest_index.h"
#include "libgeo/layers/places.h"
#include "libgeo/policy/policy.h"

namespace geo {

/// Whether something holds: not; near its edge, within tolerance; a site partly in it; what would tell is missing; yes. In the order in which several
/// areas are put together: the last wins.
enum class Holds : std::uint8_t { no, missing, near_edge, partly, yes };

/// An areas layer made ready for "inside": an index and which of its areas the filter takes.
class AreaTest {
  public:
    /// `layer` null: the study has no such layer. Throws UsageError when the filter names an attribute the layer has not.
    AreaTest(const AreaLayer* layer, const LayerFilter& filter, const LayerFacts& sites);

    struct Answer {
        Holds holds = Holds::no;
        std::uint32_t area = kNoShape;  ///< the one that decided
        bool as_plotted = false;        ///< inside, tolerance aside
    };
    /// Every area of the filter that holds the site or may: in the order of the layer.
    std::vector<Answer> all(const Shapes& sites, std::size_t site, Extent extent) const;
    /// Shape `site` of `sites` in any of the areas. Tolerance: site + area + CRS loss; on the edge is inside.
    Answer test(const Shapes& sites, std::size_t site, Extent extent) const;
    const AreaLayer* layer() const { return layer_; }
    /// Only areas with this code.
    void take_only(std::string_view code);

  private:
    const AreaLayer* layer_;
    std::unique_ptr<NearestIndex> index_;
    std::vector<std::uint8_t> taken_;
    double tolerance_ = 0.0;
};

/// `inside = [ … ]`: the best answer of its layers.
class InsideTest {
  public:
    InsideTest(const InsideCondition& condition, const Layers& layers, const LayerFacts& sites);
    struct Answer {
        Holds holds = Holds::no;
        std::int16_t layer = -1;  ///< which of the condition's layers
        std::uint32_t area = kNoShape;
        bool as_plotted = false;  ///< inside, tolerance aside
    };
    Answer test(const Shapes& sites, std::size_t site) const;
    const std::vector<AreaTest>& tests() const { return tests_; }

  private:
    Extent extent_;
    std::vector<AreaTest> tests_;
};

/// What the missing OSTN15 grid loses between two layers: once, and only when they came in by different operations.
double crs_loss(const LayerFacts& a, const LayerFacts& b);

/// The first layer of areas that has an area of this code, the one that a policy `applies-in`; null: none.
const AreaLayer* area_layer_with(const Layers& layers, std::string_view code);

/// Names of the `where` columns are compared folded; empty filter takes all. One byte a row.
std::vector<std::uint8_t> rows_where(const std::map<std::string, std::vector<std::string>>& where,
                                     const std::map<std::string, TextColumn>& attributes, std::size_t rows,
                                     const std::string& layer);

}  // namespace geo
