// SPDX-License-Identifier: Apache-2.0
#include "libgeo/assess/binding.h"

#include <algorithm>

#include "libgeo/base/errors.h"
#include "libgeo/base/text.h"
#include "libgeo/base/threads.h"
#include "libgeo/geometry/geos.h"

namespace geo {
namespace {

std::string named(const Policy& policy, const Rule& rule) { return policy.id + " " + rule.id; }

}  // namespace

const DistanceMeasure& distance_of(const Rule& rule) { return std::get<DistanceMeasure>(rule.measure); }

Assessment::Bound::Bound(std::span<const Policy> all, const Layers& loaded, LayerFacts facts, const AssessOptions& opts,
                         std::shared_ptr<SharedSearches> shared)
    : policies(all),
      layers(&loaded),
      proposals(std::move(facts)),
      options(opts),
      fields(application_fields(all)),
      searches(std::move(shared)) {
    const ThreadLimit limit(options.threads);
    for (std::uint32_t p = 0; p < policies.size(); ++p) {
        bind_policy(policies[p]);
        for (std::uint32_t r = 0; r < policies[p].rules.size(); ++r) add_slots(p, r);
    }
}

void Assessment::Bound::add_slots(std::uint32_t p, std::uint32_t r) {
    const Policy& policy = policies[p];
    const Rule& rule = policy.rules[r];
    const bool counts = policy.status == Policy::Status::adopted;
    if (const auto* distance = std::get_if<DistanceMeasure>(&rule.measure)) {
        for (std::uint32_t l = 0; l < distance->to.size(); ++l) {
            for (const PlaceLayer* places : place_layers(*layers, distance->to[l].layer)) {
                slots.push_back({p, r, l, counts, places});
                bind_slot(policy, rule, slots.back());
            }
        }
        return;
    }
    slots.push_back({p, r, 0, counts, nullptr});
    bound_slots.emplace_back().measure =
        bind_measure({policy, rule, *layers, proposals, fields, remarks, searches->streets});
}

void Assessment::Bound::bind_policy(const Policy& policy) {
    BoundPolicy bound;
    bound.tie = options.tie_m.value_or(policy.tie_m);
    bound.by_decision = !options.on;
    if (!policy.applies_in.empty()) bind_area(policy, bound);
    for (const Rule& rule : policy.rules) bind_rule(policy, rule, bound);
    bound_policies.push_back(std::move(bound));
}

void Assessment::Bound::bind_area(const Policy& policy, BoundPolicy& bound) {
    if (const AreaLayer* areas = area_layer_with(*layers, policy.applies_in)) {
        LayerFilter filter;
        filter.layer = areas->facts.name;
        bound.applies_in.emplace(areas, filter, proposals);
        bound.applies_in->take_only(policy.applies_in);
        return;
    }
    bound.applies_in_untested = true;
    remarks.push_back(policy.id + " applies in " + policy.applies_in +
                      " only: not tested, no areas layer of the study has that code");
}

void Assessment::Bound::bind_rule(const Policy& policy, const Rule& rule, BoundPolicy& bound) {
    BoundRule& r = bound.rules.emplace_back();
    r.applies_to = rule.applies_to;
    if (rule.unless.inside) r.unless.emplace(*rule.unless.inside, *layers, proposals);
    if (rule.when.inside) r.when.emplace(*rule.when.inside, *layers, proposals);
    const MeasureContext context{policy, rule, *layers, proposals, fields, remarks, searches->streets};
    for (const FieldTest& test : rule.unless.fields) r.unless_fields.emplace_back(test, context);
    for (const FieldTest& test : rule.when.fields) r.when_fields.emplace_back(test, context);
    const auto column = [&](const char* name) {
        return static_cast<std::size_t>(std::find(fields.begin(), fields.end(), name) - fields.begin());
    };
    r.opens = column("opens");
    r.closes = column("closes");
}

SharedSearches::SharedSearches(const Layers& layers) {
    if (layers.walking) streets = std::make_shared<const WalkingStreets>(layers.walking);
}

PlaceSearch& SharedSearches::of(const PlaceLayer& layer) {
    auto& held = by_layer[layer.facts.name];
    if (!held) held = std::make_unique<PlaceSearch>(layer);
    return *held;
}

std::shared_ptr<const PlaceWalks> SharedSearches::walks(const CandidateGroup& group, double accuracy) {
    for (const auto& held : place_walks)
        if (held->serves(group)) return held;
    return place_walks.emplace_back(std::make_shared<const PlaceWalks>(*streets, group, accuracy));
}

bool Assessment::Bound::walks() const {
    return std::any_of(bound_slots.begin(), bound_slots.end(),
                       [](const BoundSlot& slot) { return !slot.walks.empty(); });
}

void Assessment::Bound::bind_slot(const Policy& policy, const Rule& rule, const Slot& slot) {
    BoundSlot& bound = bound_slots.emplace_back();
    const DistanceMeasure& measure = distance_of(rule);
    const LayerFilter& filter = measure.to[slot.layer];
    if (measure.by == By::walking && !searches->streets) {
        bound.notes |= bits(Note::walking_untested);
        remarks.push_back(named(policy, rule) + " not tested: walking distance needs a streets layer");
    }
    if (slot.places == nullptr) {
        bound.notes |= bits(Note::layer_missing);
        remarks.push_back(named(policy, rule) + " not tested for " + filter.layer + ": the study has no such layer");
        return;
    }
    const LayerFacts& facts = slot.places->facts;
    searches->of(*slot.places).boundary();  // near_places looks here, from many threads
    bound.tolerance_place = facts.accuracy.value;
    bound.groups = candidate_groups(searches->of(*slot.places), filter, measure.from);
    if (measure.by == By::walking && searches->streets) bind_walks(measure.from, bound);
    if (rule.when.same_street) bind_street(policy, rule, *slot.places, bound);
    if (bound.groups.empty()) {
        bound.notes |= bits(Note::layer_empty);
        remarks.push_back(named(policy, rule) + " not tested for " + filter.layer + ": " +
                          (slot.places->size() == 0 ? "the layer has 0 places"
                                                    : "no place of the layer is of the kinds and states asked"));
    }
    bound.tolerance_site = proposals.accuracy.value;
    bound.tolerance_crs = crs_loss(facts, proposals);
    if (bound.tolerance_crs > 0) bound.notes |= bits(Note::grid_loss);
    if (!facts.accuracy_stated || !proposals.accuracy_stated) bound.notes |= bits(Note::accuracy_not_stated);
    if (measure.site == Site::boundary) bound.site_may_be_nearer = proposals.site_radius.value;
    bind_cover(bound, *slot.places);
}

void Assessment::Bound::bind_walks(From from, BoundSlot& bound) const {
    for (CandidateGroup& group : bound.groups) {
        const bool point = from == From::centroid || from == From::point ||
                           has(group.notes, Note::boundary_from_point) || has(group.notes, Note::entrances_unknown);
        if (point) group.notes |= bits(Note::start_from_point);
        if (group.walk_from == WalkFrom::boundary) group.notes |= bits(Note::start_from_boundary);
        bound.walks.push_back(searches->walks(group, bound.tolerance_place));
    }
}

void Assessment::Bound::bind_street(const Policy& policy, const Rule& rule, const PlaceLayer& places,
                                    BoundSlot& bound) {
    const auto street = places.attributes.find("street");
    const bool known = street != places.attributes.end();
    PlacesByStreet& streets = bound.streets.emplace();
    for (const CandidateGroup& group : bound.groups) streets.unstated.push_back(group.mask);
    for (std::uint32_t place = 0; known && place < places.size(); ++place) {
        const std::string its = folded(street->second[place]);
        if (its.empty()) continue;
        streets.stated[its].push_back(place);
        for (std::vector<std::uint8_t>& unstated : streets.unstated) unstated[place] = 0;
    }
    if (known) return;
    remarks.push_back(named(policy, rule) + " not tested for " + places.facts.name +
                      ": the layer has no column for the street (key `columns`, word street)");
}

/// What is covered by the layer and by those that go with it (`part-of`); everything where one of them states nothing.
void Assessment::Bound::bind_cover(BoundSlot& bound, const PlaceLayer& places) const {
    const std::string& whole = places.facts.part_of.empty() ? places.facts.name : places.facts.part_of;
    Shapes covers;
    for (const PlaceLayer& layer : layers->places) {
        if (layer.facts.name != whole && layer.facts.part_of != whole) continue;
        if (layer.facts.covers < 0) return;
        const Shapes& areas = layers->areas[static_cast<std::size_t>(layer.facts.covers)].shapes;
        for (std::size_t i = 0; i < areas.size(); ++i) covers.add_copy(areas, i);
    }
    Shapes cover = dissolved(covers);
    if (cover.size() > 0) bound.cover = std::make_unique<Shapes>(std::move(cover));
}

Assessment::Assessment(std::span<const Policy> policies, const Layers& layers, std::span<const LayerFacts> proposals,
                       const AssessOptions& options)
    : proposals_(proposals.begin(), proposals.end()) {
    const auto searches = std::make_shared<SharedSearches>(layers);
    for (const LayerFacts& facts : proposals_)
        bound_.push_back(std::make_unique<Bound>(policies, layers, facts, options, searches));
}
Assessment::~Assessment() = default;

std::span<const Policy> Assessment::policies() const { return bound_[0]->policies; }
const Layers& Assessment::layers() const { return *bound_[0]->layers; }
const std::vector<Slot>& Assessment::slots() const { return bound_[0]->slots; }
const Rule& Assessment::rule(const Slot& slot) const { return bound_[0]->policies[slot.policy].rules[slot.rule]; }
const Policy& Assessment::policy(const Slot& slot) const { return bound_[0]->policies[slot.policy]; }
const AssessOptions& Assessment::options() const { return bound_[0]->options; }
std::span<const LayerFacts> Assessment::proposals() const { return proposals_; }
const std::vector<std::string>& Assessment::remarks() const { return bound_[0]->remarks; }

}  // namespace geo
