// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <memory>
#include <vector>

#include "libgeo/assess/measures/measure.h"
#include "libgeo/geometry/nearest_index.h"
#include "libgeo/layers/frontages.h"

namespace geo {

/// Finds the unit of a frontages layer that is the proposal's: by UPRN, else by unit id, else the nearest within accuracy. A corner unit stands in several
/// frontages: all its rows are given.
class UnitFinder {
  public:
    UnitFinder(const FrontageLayer& layer, const LayerFilter& filter, const LayerFacts& proposals);
    struct Found {
        std::vector<std::uint32_t> units;  ///< rows of one unit, one a frontage
        Note problem = Note::none;         ///< no_unit; two_units: two may be it
        bool comes_after = false;          ///< a new unit: it comes after `units`, or (before_first) before it
        bool before_first = false;
    };
    /// Of each unit's rows in its frontage the one that stands on the day (itself where none does), each once: a unit with a history is one unit.
    std::vector<std::uint32_t> standing(const std::vector<std::uint32_t>& units, Date day) const;
    Found find(const ProposalBatch& batch, std::uint32_t row) const;

  private:
    Found all_of(std::uint32_t unit) const;
    Found nearest(const Shapes& sites, std::uint32_t row) const;
    Found place_of_new(const ProposalBatch& batch, std::uint32_t row, Found found) const;

    const FrontageLayer& layer_;
    std::vector<std::uint8_t> taken_;
    std::unique_ptr<NearestIndex> index_;
    double tolerance_ = 0.0;
    std::map<std::string_view, std::vector<std::uint32_t>> by_uprn_, by_id_;
};

/// Whether a unit's use counts: no; perhaps (its use is not stated); yes.
enum class UnitCounts : std::uint8_t { no, maybe, yes };

/// The units of one frontage on a day, in order, before and with the proposal.
struct UnitRow {
    std::vector<std::uint32_t> unit;                    ///< row of the layer; kNoShape: the new one
    std::vector<UnitCounts> before, after;              ///< of the uses counted
    std::vector<std::uint8_t> food_before, food_after;  ///< 1: a food outlet (takeaway, restaurant or café)
    std::vector<std::uint8_t> break_before;
    std::vector<double> metres;
    std::size_t proposal = 0;  ///< position of the proposal's unit
    bool added = false;        ///< a new unit: it is not there before
    bool itself = false;       ///< its unit counts already
    std::size_t size() const { return unit.size(); }
    const std::vector<UnitCounts>& counts(Presence presence) const {
        return presence == Presence::included ? after : before;
    }
};

struct RowRequest {
    const FrontageLayer& layer;
    const Counted& counted;
    Date day;
    bool proposal_counts = true;  ///< the proposed use is one of those counted
};
UnitCounts unit_counts(const RowRequest& request, std::uint32_t unit);
/// `unit`: the proposal's. With `found.comes_after` a new unit stands beside it.
UnitRow unit_row(const RowRequest& request, std::uint32_t unit, const UnitFinder::Found& found);
/// What a share among food outlets takes as one.
constexpr UseSet kFood = static_cast<UseSet>(use_bit(Use::hot_food_takeaway) | use_bit(Use::restaurant_or_cafe));
constexpr bool is_food(UseSet uses) { return (uses & kFood) != 0; }

/// A measure along frontages: finds the proposal's unit in each of its layers and measures each frontage that it fronts; the worst stands.
class AlongFrontages : public BoundMeasure {
  public:
    AlongFrontages(const Counted& counted, const std::vector<LayerFilter>& along, const MeasureContext& context);
    void measure(const ProposalBatch& batch, std::uint32_t row, Date as_at, Finding& finding) const override;

  protected:
    /// Measures one row: range, the units that it rests on (first_unit, last_unit), before, after, numerator, denominator.
    virtual void measure_row(const UnitRow& row, Finding& finding) const = 0;
    /// The limit for this row (bands by number of units or by attributes of the proposal's unit).
    void put(const UnitRow& row, const Range& range, Finding& finding) const;

    const Counted& counted_;
    Limits limits_;

  private:
    struct Part {
        const FrontageLayer* layer = nullptr;
        std::unique_ptr<UnitFinder> finder;
        std::int16_t number = 0;
    };
    std::vector<Part> parts_;
};

}  // namespace geo
