// SPDX-License-Identifier: Apache-2.0
#include "libgeo/assess/candidates.h"

#include <algorithm>
#include <array>
#include <map>

#include "libgeo/assess/conditions.h"

namespace geo {
namespace {

bool contains(const std::vector<std::string>& words, std::string_view word) {
    return std::any_of(words.begin(), words.end(), [&](const std::string& w) { return folded(w) == folded(word); });
}

/// How the place's state fits the filter: not at all, surely, or unclear; and whether the days it was open matter.
struct StateFit {
    bool fits = false, unclear = false, dated = true;
};
StateFit fit_state(PlaceState state, const LayerFilter& filter) {
    const bool open_asked = filter.states.empty() || contains(filter.states, "open");
    switch (state) {
        case PlaceState::open:
            return {open_asked, false, true};
        case PlaceState::proposed:
            return {contains(filter.states, "proposed"), false, false};
        case PlaceState::unclear:
            return {open_asked, true, false};
    }
    return {};
}

/// What a place of this group is measured by.
enum class Anchor : std::uint8_t { as_asked, boundary_for_entrances, point_for_boundary, point_for_entrances };

Anchor anchor_of(const PlaceLayer& places, std::size_t i, From from) {
    const bool point = places.point_only[i] != 0;
    if (from == From::boundary) return point ? Anchor::point_for_boundary : Anchor::as_asked;
    if (from != From::entrances || places.entrances.has_location(i)) return Anchor::as_asked;
    return point ? Anchor::point_for_entrances : Anchor::boundary_for_entrances;
}

const NearestIndex& index_for(PlaceSearch& search, Anchor anchor, From from) {
    if (anchor != Anchor::as_asked || from == From::boundary) return search.boundary();
    return from == From::entrances ? search.entrances() : search.centroids();
}

CandidateGroup make_group(PlaceSearch& search, Anchor anchor, From from) {
    CandidateGroup group;
    group.index = &index_for(search, anchor, from);
    group.mask.assign(search.layer().size(), 0);
    if (anchor == Anchor::boundary_for_entrances || (anchor == Anchor::as_asked && from == From::boundary))
        group.walk_from = WalkFrom::boundary;
    if (anchor == Anchor::point_for_boundary) {
        group.notes |= bits(Note::boundary_from_point);
        group.may_be_nearer = search.layer().facts.site_radius.value;
    } else if (anchor == Anchor::boundary_for_entrances) {
        group.notes |= bits(Note::entrances_from_boundary);
        group.may_be_farther = true;
    } else if (anchor == Anchor::point_for_entrances) {
        group.notes |= bits(Note::entrances_unknown);
        group.may_be_nearer = search.layer().facts.site_radius.value;
        group.cannot_tell = true;
    }
    return group;
}

}  // namespace

std::vector<const PlaceLayer*> place_layers(const Layers& layers, const std::string& name) {
    std::vector<const PlaceLayer*> meant{layers.place_layer(name)};
    for (const PlaceLayer& places : layers.places)
        if (places.facts.part_of == name) meant.push_back(&places);
    return meant;
}

const NearestIndex& PlaceSearch::boundary() {
    if (!boundary_) boundary_ = std::make_unique<NearestIndex>(layer_->shapes);
    return *boundary_;
}
const NearestIndex& PlaceSearch::entrances() {
    if (!entrances_) entrances_ = std::make_unique<NearestIndex>(layer_->entrances);
    return *entrances_;
}
const NearestIndex& PlaceSearch::centroids() {
    if (!centroids_) centroids_ = std::make_unique<NearestIndex>(layer_->centroids);
    return *centroids_;
}

ShapeFilter open_on(const CandidateGroup& group, const PlaceLayer& places, Date day) {
    ShapeFilter filter{group.mask, {}, {}, day};
    if (group.dated) {
        filter.first = places.opened;
        filter.end = places.closed;
    }
    return filter;
}

std::vector<CandidateGroup> candidate_groups(PlaceSearch& search, const LayerFilter& filter, From from) {
    const PlaceLayer& places = search.layer();
    const auto taken = rows_where(filter.where, places.attributes, places.size(), filter.layer);
    // Few distinct keys, so a map in a fixed order: groups come out the same whatever the order of the rows.
    std::map<std::array<int, 4>, CandidateGroup> groups;
    for (std::size_t i = 0; i < places.size(); ++i) {
        const StateFit state = fit_state(places.state[i], filter);
        const bool kind_unknown = !filter.kinds.empty() && places.kind[i].empty();
        if (taken[i] == 0 || !state.fits) continue;
        if (!filter.kinds.empty() && !kind_unknown && !contains(filter.kinds, places.kind[i])) continue;
        const Anchor anchor = anchor_of(places, i, from);
        const std::array<int, 4> key{static_cast<int>(anchor), kind_unknown ? 1 : 0, state.unclear ? 1 : 0,
                                     state.dated ? 1 : 0};
        auto found = groups.find(key);
        if (found == groups.end()) {
            found = groups.emplace(key, make_group(search, anchor, from)).first;
            CandidateGroup& group = found->second;
            if (kind_unknown) group.notes |= bits(Note::kind_unknown);
            if (state.unclear) group.notes |= bits(Note::state_unclear);
            group.doubtful = kind_unknown || state.unclear;
            group.dated = state.dated;
        }
        found->second.mask[i] = 1;
    }
    std::vector<CandidateGroup> result;
    for (auto& [key, group] : groups) result.push_back(std::move(group));
    return result;
}

}  // namespace geo
