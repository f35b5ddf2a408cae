// SPDX-License-Identifier: Apache-2.0
#include "libgeo/assess/assess.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <numeric>

#include "libgeo/assess/binding.h"
#include "libgeo/assess/conclusion.h"
#include "libgeo/assess/gate.h"
#include "libgeo/assess/measured_site.h"
#include "libgeo/assess/measures/distance.h"
#include "libgeo/assess/verdict.h"
#include "libgeo/assess/walked_distance.h"
#include "libgeo/base/text.h"

namespace geo {
namespace {

void add(Finding& finding, Note note) { finding.notes |= bits(note); }

/// Rows with a location, neighbours after one another: a search for one helps those that come next.
struct AlongCurve {
    std::vector<std::uint32_t> rows;
    std::vector<float> ahead;  ///< how far from each, at most, the next few are that are near it; 0: none is
};

/// Each takes in those after it that are near the first of them.
std::vector<float> look_ahead(const Shapes& shapes, const std::vector<std::uint32_t>& rows) {
    constexpr double kNear = 200.0;     // metres: farther apart, one search for many is slower than many
    constexpr double kSamePlace = 1.0;  // applications for one address
    std::vector<float> ahead(rows.size());
    for (std::size_t begin = 0, end = 0; begin < rows.size(); begin = end) {
        const Point first = shapes.first_point(rows[begin]);
        double farthest = kSamePlace;
        for (end = begin + 1; end < rows.size(); ++end) {
            const Point p = shapes.first_point(rows[end]);
            const double distance = std::hypot(p.x - first.x, p.y - first.y);
            if (!(distance <= kNear)) break;
            farthest = std::max(farthest, distance);
        }
        if (end == begin + 1) continue;
        ahead[begin] = static_cast<float>(farthest);
        std::fill(ahead.begin() + static_cast<std::ptrdiff_t>(begin) + 1,
                  ahead.begin() + static_cast<std::ptrdiff_t>(end), static_cast<float>(2 * farthest));
    }
    return ahead;
}

AlongCurve rows_along_the_curve(const Shapes& shapes) {
    Box world = Box::empty();
    std::vector<std::uint64_t> keys;
    keys.reserve(shapes.size());
    for (std::uint32_t i = 0; i < shapes.size(); ++i)
        if (shapes.has_location(i)) {
            const Point p = shapes.first_point(i);
            world.add(p.x, p.y);
        }
    for (std::uint32_t i = 0; i < shapes.size(); ++i)
        if (shapes.has_location(i)) {
            const Point p = shapes.first_point(i);
            keys.push_back((std::uint64_t{hilbert_code(world, p.x, p.y)} << 32) | i);
        }
    std::sort(keys.begin(), keys.end());
    std::vector<std::uint32_t> rows(keys.size());
    std::transform(keys.begin(), keys.end(), rows.begin(),
                   [](std::uint64_t key) { return static_cast<std::uint32_t>(key); });
    std::vector<float> ahead = look_ahead(shapes, rows);
    return {std::move(rows), std::move(ahead)};
}

/// One slot against a batch: everything that does not change from row to row.
class SlotAssessment {
  public:
    /// `streets`, `on_streets` (by row): null where the rule measures in a straight line.
    SlotAssessment(const Slot& slot, const BoundSlot& bound, const Rule& rule, const BoundRule& bound_rule, double tie,
                   const ProposalBatch& batch, const WalkingStreets* streets,
                   const std::vector<SiteOnStreets>* on_streets)
        : slot_(slot),
          bound_(bound),
          rule_(rule),
          bound_rule_(bound_rule),
          measure_(distance_of(rule)),
          batch_(batch),
          streets_(streets),
          on_streets_(on_streets),
          tie_(tie) {
        tolerance_ = bound.tolerance_site + bound.tolerance_place + bound.tolerance_crs;
    }

    /// `read`: [reading][row], made to hold what each reading comes to.
    std::vector<Finding> findings(const AlongCurve& order, const std::vector<Gate>& gates,
                                  const std::vector<Date>& as_at, std::span<const Reading> readings,
                                  std::vector<std::vector<Result>>& read) const {
        std::vector<Finding> result(batch_.size());
        for (std::uint32_t row = 0; row < batch_.size(); ++row) begin(result[row], gates[row]);
        read.assign(readings.size(), std::vector<Result>(batch_.size()));
        for (std::vector<Result>& results : read)
            for (std::uint32_t row = 0; row < batch_.size(); ++row) results[row] = result[row].result;
        // Searched along the curve into a column that stays in the cache; findings are large and are filled in the order of the rows.
        std::vector<Measured> nearest_of(batch_.size());
        for (std::size_t g = 0; g < bound_.groups.size(); ++g)
            for (const Street street : streets()) {
                look(g, street, order, gates, as_at, nearest_of);
                for (std::uint32_t row = 0; row < batch_.size(); ++row) {
                    if (!gates[row].measure || !batch_.shapes.has_location(row)) continue;
                    measure(result[row], g, row, gates[row], as_at[row], nearest_of[row], readings, read);
                }
            }
        for (std::uint32_t row = 0; row < batch_.size(); ++row) {
            if (!gates[row].measure || !batch_.shapes.has_location(row)) continue;
            SiteFacts facts;
            finish_readings(result[row], row, gates[row], as_at[row], facts, readings, read);
            finish(result[row], row, gates[row], as_at[row], rule_.breach, facts);
        }
        return result;
    }

  private:
    void begin(Finding& finding, const Gate& gate) const {
        finding.result = gate.measure ? Result::clear : gate.result;
        finding.notes = gate.notes | (gate.measure ? bound_.notes : 0U);
        if (!rule_.breach.judgement) finding.limit = rule_.breach.limit;
        finding.tolerance_place = static_cast<float>(bound_.tolerance_place);
        finding.tolerance_site = static_cast<float>(bound_.tolerance_site);
        finding.tolerance_crs = static_cast<float>(bound_.tolerance_crs);
        if (!bound_.walks.empty() && !rule_.breach.judgement)
            finding.tolerance_walk = static_cast<float>(streets_->band(rule_.breach.limit));
        finding.measured = std::numeric_limits<double>::infinity();
    }

    struct Measured {
        std::uint32_t place = kNoShape;
        bool street_unstated = false;
        double squared = 0;
        Point site, on;
    };

    MeasuredSite site_of(std::uint32_t row) const { return {batch_.shapes, row, measure_.site}; }

    /// Which places are looked at: those of any street, those in the site's own, or those that may be in it, its street or theirs not being stated.
    enum class Street { any, own, unstated };
    std::span<const Street> streets() const {
        static constexpr std::array kAny = {Street::any};
        static constexpr std::array kOfStreet = {Street::own, Street::unstated};
        return bound_.streets ? std::span<const Street>(kOfStreet) : std::span<const Street>(kAny);
    }
    std::string street_of(std::uint32_t row) const {
        return batch_.street.empty() ? std::string() : folded(batch_.street[row]);
    }

    Measured nearest_in_street(const CandidateGroup& group, std::uint32_t row, Date as_at) const {
        Measured best;
        const auto places = bound_.streets->stated.find(street_of(row));
        if (places == bound_.streets->stated.end()) return best;
        const ShapeFilter open = open_on(group, *slot_.places, as_at);
        const MeasuredSite from = site_of(row);
        for (const std::uint32_t place : places->second) {
            if (!open(place)) continue;
            const Separation apart = separation(from.shapes(), from.row(), group.index->shapes(), place);
            if (best.place != kNoShape && apart.squared >= best.squared) continue;
            best = {place, false, apart.squared, apart.from, apart.to};
        }
        return best;
    }

    /// The nearest place of a group. `memory` goes from point to point.
    Measured nearest(const CandidateGroup& group, const ShapeFilter& filter, std::uint32_t row, NearestMemory& memory,
                     double ahead) const {
        const MeasuredSite from = site_of(row);
        if (!from.shapes().is_single_point(from.row())) {
            const auto found = group.index->nearest(from.shapes(), from.row(), filter);
            return {found.shape, false, found.squared, found.from, found.on};
        }
        const Point site = from.shapes().first_point(from.row());
        const Nearest found = group.index->nearest(site, filter, memory, ahead);
        return {found.shape, false, found.squared, site, found.on};
    }

    void look(std::size_t g, Street street, const AlongCurve& order, const std::vector<Gate>& gates,
              const std::vector<Date>& as_at, std::vector<Measured>& nearest_of) const {
        NearestMemory memory;
        for (std::size_t k = 0; k < order.rows.size(); ++k) {
            const std::uint32_t row = order.rows[k];
            if (gates[row].measure) nearest_of[row] = look(g, street, row, as_at[row], memory, order.ahead[k]);
        }
    }
    Measured look(std::size_t g, Street street, std::uint32_t row, Date as_at, NearestMemory& memory,
                  double ahead) const {
        const CandidateGroup& group = bound_.groups[g];
        if (street == Street::own) return nearest_in_street(group, row, as_at);
        ShapeFilter filter = open_on(group, *slot_.places, as_at);
        if (street == Street::unstated && !street_of(row).empty()) filter.mask = bound_.streets->unstated[g];
        Measured found = nearest(group, filter, row, memory, ahead);
        found.street_unstated = street == Street::unstated;
        return found;
    }

    /// Where the site joins the streets; its middle, where the rule says so.
    SiteOnStreets on_streets(std::uint32_t row) const {
        if (measure_.site != Site::point) return (*on_streets_)[row];
        return site_on_streets(*streets_, batch_.shapes, row, measure_.site);
    }

    /// On foot, beside what was found in a straight line. Places that no way leads to matter as far as the widest reading of the limit.
    Walked walk_to(std::size_t group, std::uint32_t row, Date as_at, const Measured& straight,
                   std::span<const Reading> readings) const {
        constexpr double kFarEnough = 1000.0;  // where the policy gives no number
        const PlaceWalks& walks = *bound_.walks[group];
        const CandidateGroup& candidates = bound_.groups[group];
        const ShapeFilter open = open_on(candidates, *slot_.places, as_at);
        const SiteOnStreets site = on_streets(row);
        Walked walked;
        walked.site_on_streets = static_cast<bool>(site);
        walked.straight_place = straight.place;
        walked.straight_squared = straight.squared;
        if (candidates.walk_from == WalkFrom::boundary && straight.squared == 0.0) {  // it stands on the place itself
            walked.walk = {straight.place, 0, 0, kNoShape, {}};
            return walked;
        }
        if (!walked.site_on_streets) return walked;
        walked.walk = walks.nearest(site, open);
        double limit = rule_.breach.judgement ? kFarEnough : rule_.breach.limit;
        for (const Reading& reading : readings) limit = std::max(limit, reading.limit);
        const MeasuredSite from = site_of(row);
        walked.unreached = walks.unreached(from.shapes(), from.row(), site, open,
                                           limit + tolerance_ + tie_ + candidates.may_be_nearer);
        if (walked.walk && bound_.tolerance_site + bound_.tolerance_place > 0)
            walked.about.emplace(*streets_, walks, open, site, bound_.tolerance_site);
        return walked;
    }

    DistanceCircumstances circumstances(const CandidateGroup& group, std::uint32_t row, const Gate& gate,
                                        std::uint64_t& notes) const {
        DistanceCircumstances c{tie_, tolerance_, group.may_be_nearer, group.may_be_farther,
                                group.doubtful || gate.doubtful};
        const bool point = batch_.shapes.is_single_point(row);
        if (measure_.site == Site::boundary && point) {
            c.may_be_nearer += bound_.site_may_be_nearer;
            notes |= bits(Note::site_from_point);
        }
        if (measure_.site == Site::entrance) {
            c.may_be_farther = c.may_be_farther || !point;
            notes |= bits(Note::site_entrance_unknown);
        }
        return c;
    }

    DistanceDecision decide_on_foot(const CandidateGroup& group, const Walked& walked, const Comparison& breach,
                                    const DistanceCircumstances& c, std::uint64_t& notes) const {
        if (breach.judgement) return {};
        WalkedCircumstances circumstances{c};
        circumstances.band = streets_->band(breach.limit);
        circumstances.crs_loss = bound_.tolerance_crs;
        circumstances.has_paths = streets_->has_paths();
        circumstances.cannot_tell = group.cannot_tell;
        return decide_walked(walked, breach, circumstances, notes);
    }

    /// One comparison on what was found of a group.
    DistanceDecision decide(const CandidateGroup& group, const Measured& found, const Walked* walked,
                            const Comparison& breach, const DistanceCircumstances& c, std::uint64_t& notes) const {
        if (walked != nullptr) return decide_on_foot(group, *walked, breach, c, notes);
        DistanceDecision decision;
        if (!breach.judgement) decision = decide_distance(found.squared, breach, c);
        if (has(notes, Note::street_unstated) && decision.result != Result::clear) decision.result = Result::unknown;
        if (group.cannot_tell)
            decision.result = std::sqrt(found.squared) <= breach.limit + c.may_be_nearer + c.tolerance ? Result::unknown
                                                                                                       : Result::clear;
        return decision;
    }

    static std::uint64_t notes_of(const CandidateGroup& group, const Measured& found) {
        return group.notes | (found.street_unstated ? bits(Note::street_unstated) : 0U);
    }

    /// One row against one group, on foot too where the rule says so.
    void measure(Finding& finding, std::size_t g, std::uint32_t row, const Gate& gate, Date as_at,
                 const Measured& found, std::span<const Reading> readings,
                 std::vector<std::vector<Result>>& read) const {
        if (found.place == kNoShape) return;
        std::optional<Walked> walked;
        if (!bound_.walks.empty()) walked = walk_to(g, row, as_at, found, readings);
        const Walked* const walk = walked ? &*walked : nullptr;
        measure(finding, g, row, gate, found, walk);
        read_otherwise(bound_.groups[g], row, gate, found, walk, readings, read);
    }

    /// One of the groups stands for all; of those with equal results the nearest.
    void measure(Finding& finding, std::size_t g, std::uint32_t row, const Gate& gate, const Measured& found,
                 const Walked* walked) const {
        const CandidateGroup& group = bound_.groups[g];
        std::uint64_t notes = notes_of(group, found);
        const DistanceCircumstances c = circumstances(group, row, gate, notes);
        const DistanceDecision decision = decide(group, found, walked, rule_.breach, c, notes);
        const double measured = walked != nullptr ? metres_of(walked->walk) : std::sqrt(found.squared);
        if (std::isfinite(measured) && !(measured >= finding.nearest)) {  // whichever group stands in the end
            finding.nearest = measured;
            finding.nearest_place = walked != nullptr ? walked->walk.place : found.place;
        }
        if (!stands_before(decision.result, finding) &&
            (decision.result != finding.result || !nearer(finding, measured, found.squared)))
            return;
        finding.result = decision.result;
        finding.plain = decision.plain;
        finding.measured = measured;
        finding.measured_something = walked == nullptr || walked->walk;
        finding.notes = gate.notes | bound_.notes | notes;
        if (decision.on_the_tie) add(finding, Note::on_the_tie);
        finding.place = found.place;
        finding.site = found.site;
        finding.place_point = found.on;
        if (walked != nullptr) put_walk(finding, g, *walked);
    }

    /// Of two groups: where what is near breaches, the worse result; where what is far does, the better one, since one place that is near enough will do.
    bool stands_before(Result result, const Finding& standing) const {
        const bool measured = standing.measured_something || standing.straight_place != kNoShape;
        if (rule_.breach.judgement || smaller_breaches(rule_.breach) || !measured) return result > standing.result;
        return result < standing.result;
    }

    /// Than what stands: by the measure; where nothing is measured on foot, by the straight line.
    static bool nearer(const Finding& standing, double measured, double straight_squared) {
        if (measured != standing.measured) return measured < standing.measured;
        return !standing.measured_something &&
               (std::isnan(standing.straight) || straight_squared < standing.straight * standing.straight);
    }

    static double metres_of(const PlaceWalk& walk) {
        return walk ? in_metres(walk.total) : std::numeric_limits<double>::infinity();
    }

    /// The straight line stays beside the walk; where no walk is known it is all there is.
    void put_walk(Finding& finding, std::size_t group, const Walked& walked) const {
        finding.straight = std::sqrt(walked.straight_squared);
        finding.straight_place = walked.straight_place;
        finding.access_place = finding.access_site = 0;
        if (!walked.walk) return;
        const PlaceWalk& walk = walked.walk;
        finding.place = walk.place;
        finding.access_place = walk.access_place;
        if (walk.total == 0) return;  // the two ends of the straight line, which is none either
        finding.access_site = walk.site.at.access;
        finding.site = walk.site.from;
        finding.place_point = bound_.walks[group]->end_of(walk);
    }

    /// The same for every reading of the rule; of a result nothing is kept but what it is.
    void read_otherwise(const CandidateGroup& group, std::uint32_t row, const Gate& gate, const Measured& found,
                        const Walked* walked, std::span<const Reading> readings,
                        std::vector<std::vector<Result>>& read) const {
        if (readings.empty()) return;
        std::uint64_t notes = notes_of(group, found);
        const DistanceCircumstances c = circumstances(group, row, gate, notes);
        Comparison breach = rule_.breach;
        for (std::size_t r = 0; r < readings.size(); ++r) {
            breach.limit = readings[r].limit;
            read[r][row] = std::max(read[r][row], decide(group, found, walked, breach, c, notes).result);
        }
    }

    /// What does not depend on the limit, looked up when it is first needed.
    struct SiteFacts {
        std::optional<LieInside> in_cover;
        std::optional<Exemption> exemption;
    };

    /// `measured`: the finding as measured, before it is finished.
    void finish_readings(const Finding& measured, std::uint32_t row, const Gate& gate, Date as_at, SiteFacts& facts,
                         std::span<const Reading> readings, std::vector<std::vector<Result>>& read) const {
        if (readings.empty()) return;
        Finding finding = measured;
        Comparison breach = rule_.breach;
        SiteFacts without = facts;
        without.exemption = Exemption{};
        for (std::size_t r = 0; r < readings.size(); ++r) {
            finding.result = read[r][row];
            breach.limit = readings[r].limit;
            finish(finding, row, gate, as_at, breach, readings[r].exemptions ? facts : without);
            read[r][row] = finding.result;
        }
    }

    void finish(Finding& finding, std::uint32_t row, const Gate& gate, Date as_at, const Comparison& breach,
                SiteFacts& facts) const {
        if (!finding.measured_something && finding.straight_place == kNoShape) {
            add(finding, Note::layer_empty);
            // Nothing was open where it can be seen, and something is not on the map: that is no "clear".
            if (slot_.places != nullptr && slot_.places->without_location > 0) finding.result = Result::unknown;
        }
        const bool untested = has(finding.notes, Note::walking_untested) || has(finding.notes, Note::layer_missing) ||
                              bound_.groups.empty() || gate.untold;
        if (untested) {
            finding.result = Result::unknown;
            return;
        }
        if (finding.result == Result::clear) look_beyond_cover(finding, row, breach, facts);
        conclude(finding, rule_, bound_rule_, gate, batch_, row, as_at, facts.exemption);
    }

    /// Beyond what the layer covers there may be places that are not loaded.
    void look_beyond_cover(Finding& finding, std::uint32_t row, const Comparison& breach, SiteFacts& facts) const {
        if (!bound_.cover) return;
        if (!facts.in_cover) facts.in_cover = lie_inside(batch_.shapes, row, *bound_.cover, 0);
        if (facts.in_cover->lie == Lie::inside && facts.in_cover->edge >= breach.limit + tolerance_) return;
        finding.result = Result::borderline;
        add(finding, Note::beyond_cover);
    }

    const Slot& slot_;
    const BoundSlot& bound_;
    const Rule& rule_;
    const BoundRule& bound_rule_;
    const DistanceMeasure& measure_;
    const ProposalBatch& batch_;
    const WalkingStreets* streets_;
    const std::vector<SiteOnStreets>* on_streets_;
    double tie_, tolerance_ = 0;
};

/// Where each site joins the streets.
std::vector<SiteOnStreets> sites_on_streets(const WalkingStreets& streets, const Shapes& sites) {
    std::vector<SiteOnStreets> on_streets(sites.size());
    for (std::size_t row = 0; row < sites.size(); ++row)
        if (sites.has_location(row)) on_streets[row] = site_on_streets(streets, sites, row);
    return on_streets;
}

/// A measure other than distance against a batch: row by row.
std::vector<Finding> findings_of(const BoundMeasure& measure, const Rule& rule, const BoundRule& bound,
                                 const ProposalBatch& batch, const std::vector<Gate>& gates,
                                 const std::vector<Date>& as_at) {
    std::vector<Finding> findings(batch.size());
    for (std::uint32_t row = 0; row < batch.size(); ++row) {
        Finding& finding = findings[row];
        const Gate& gate = gates[row];
        finding.result = gate.measure ? Result::clear : gate.result;
        finding.notes = gate.notes;
        finding.measured = std::numeric_limits<double>::infinity();
        if (!gate.measure) continue;
        measure.measure(batch, row, as_at[row], finding);
        if (finding.result == Result::not_applicable) continue;
        if (gate.untold) finding.result = Result::unknown;
        if (gate.doubtful && finding.result == Result::breach) finding.result = Result::borderline;
        std::optional<Exemption> exemption;
        conclude(finding, rule, bound, gate, batch, row, as_at[row], exemption);
    }
    return findings;
}

}  // namespace

Assessed Assessment::assess(const ProposalBatch& batch, std::span<const std::vector<Reading>> readings) const {
    const Bound& bound = *bound_.at(batch.layer);
    Assessed assessed;
    assessed.as_at.resize(batch.size());
    for (std::size_t row = 0; row < batch.size(); ++row) assessed.as_at[row] = as_at_of(batch, row, bound.options);
    const AlongCurve order = rows_along_the_curve(batch.shapes);
    std::vector<Gate> gates(batch.size());
    const WalkingStreets* const streets = bound.walks() ? bound.searches->streets.get() : nullptr;
    std::vector<SiteOnStreets> on_streets;
    if (streets != nullptr) on_streets = sites_on_streets(*streets, batch.shapes);
    assessed.readings.resize(readings.size());
    for (std::size_t k = 0; k < bound.slots.size(); ++k) {
        const Slot& slot = bound.slots[k];
        const Policy& owner = policy(slot);
        const BoundPolicy& bound_policy = bound.bound_policies[slot.policy];
        const bool same_rule =
            k > 0 && bound.slots[k - 1].policy == slot.policy && bound.slots[k - 1].rule == slot.rule;
        if (!same_rule)  // what comes before measuring is the same for all layers of a rule
            for (std::size_t row = 0; row < batch.size(); ++row)
                gates[row] = gate_of(owner, rule(slot), bound_policy, slot.rule, batch, row, assessed.as_at[row]);
        const BoundRule& bound_rule = bound_policy.rules[slot.rule];
        if (const auto& measure = bound.bound_slots[k].measure) {
            assessed.findings.push_back(findings_of(*measure, rule(slot), bound_rule, batch, gates, assessed.as_at));
            continue;
        }
        const SlotAssessment one(slot, bound.bound_slots[k], rule(slot), bound_rule, bound_policy.tie, batch, streets,
                                 &on_streets);
        std::vector<std::vector<Result>> read;
        assessed.findings.push_back(one.findings(
            order, gates, assessed.as_at,
            k < readings.size() ? std::span<const Reading>(readings[k]) : std::span<const Reading>(), read));
        if (k < readings.size()) assessed.readings[k] = std::move(read);
    }
    put_together(batch, bound.slots, *this, assessed);
    return assessed;
}

}  // namespace geo
