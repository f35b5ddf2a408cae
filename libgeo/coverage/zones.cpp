// SPDX-License-Identifier: Apache-2.0
#include "libgeo/coverage/zones.h"

#include <fmt/format.h>

#include <algorithm>
#include <memory>
#include <optional>
#include <set>
#include <utility>

#include "libgeo/assess/assess.h"
#include "libgeo/assess/candidates.h"
#include "libgeo/assess/conditions.h"
#include "libgeo/base/threads.h"
#include "libgeo/coverage/zone_policy.h"
#include "libgeo/coverage/zone_union.h"
#include "libgeo/layers/walking_network.h"

namespace geo {
namespace {

constexpr double kRounding = 0.001;  // metres of `outward_m` that are kept for coordinates being rounded

/// A place, or an area that a rule asks to lie in: its layer and row.
using Around = std::set<std::pair<const void*, std::uint32_t>>;

struct Drawn {
    RuleZone zone;
    Surface reach, breach;
    Around around;
    std::vector<ZoneSource> sources;
    std::vector<Surface> grounds;  ///< of places that are walked to from their boundary
};

/// The distance up to which the plain comparison holds, tie included (assess/measures/distance.cpp); none: it holds nowhere.
std::optional<double> reach_of(const Comparison& breach, double tie) {
    if (breach.comparator == Comparator::at_most) return std::max(breach.limit + tie, kRounding);
    const double inner = breach.limit - tie;
    return inner > 0 ? std::optional(inner) : std::nullopt;
}

class Drawing {
  public:
    Drawing(std::span<const Policy> policies, const Layers& layers, const ZoneOptions& options)
        : policies_(policies), layers_(layers), options_(options) {
        zones_.as_at = options.as_at;
        if (layers.study_area < 0) return;
        study_area_ = joined(layers.areas[static_cast<std::size_t>(layers.study_area)].shapes);
        zones_.study_area_m2 = study_area_.area();
    }

    Zones all() {
        for (std::uint32_t p = 0; p < policies_.size(); ++p) draw_policy(p);
        draw_all();
        for (Drawn& drawn : drawn_) zones_.rules.push_back(std::move(drawn.zone));
        return std::move(zones_);
    }

  private:
    void remark(std::string text) {
        if (std::find(zones_.remarks.begin(), zones_.remarks.end(), text) == zones_.remarks.end())
            zones_.remarks.push_back(std::move(text));
    }
    static std::string named(const Policy& policy, const Rule& rule) { return policy.id + " " + rule.id; }

    void draw_policy(std::uint32_t p) {
        const Policy& policy = policies_[p];
        if (options_.as_at < policy.from || options_.as_at >= policy.until) {
            remark(fmt::format("{} is not in force on {}: no zone", policy.id, format_date_long(options_.as_at)));
            return;
        }
        const ZonePolicy zones = zone_policy(policy);
        for (const std::string& rule : zones.left_aside) remark(fmt::format("{} {}: draws no zone", policy.id, rule));
        std::optional<Surface> applies = applies_in(policy);
        for (std::uint32_t r = 0; r < policy.rules.size(); ++r) {
            const bool draws = std::any_of(zones.policy.rules.begin(), zones.policy.rules.end(),
                                           [&](const Rule& rule) { return rule.id == policy.rules[r].id; });
            if (draws) draw_rule(p, r, applies ? &*applies : nullptr);
        }
    }

    /// None: everywhere, or not known.
    std::optional<Surface> applies_in(const Policy& policy) {
        if (policy.applies_in.empty()) return std::nullopt;
        const AreaLayer* areas = area_layer_with(layers_, policy.applies_in);
        if (areas == nullptr) {
            remark(fmt::format("{} applies in {} only: not cut to it, no areas layer of the study has that code",
                               policy.id, policy.applies_in));
            return std::nullopt;
        }
        std::vector<Surface> pieces;
        for (std::size_t i = 0; i < areas->size(); ++i)
            if (areas->code[i] == policy.applies_in && areas->shapes.has_surface(i))
                pieces.emplace_back(areas->shapes, i);
        return joined(std::move(pieces));
    }

    void draw_rule(std::uint32_t p, std::uint32_t r, const Surface* applies) {
        const Policy& policy = policies_[p];
        const Rule& rule = policy.rules[r];
        const Date day = options_.as_at;
        if ((rule.when.from && day < *rule.when.from) || (rule.when.until && day >= *rule.when.until)) {
            remark(fmt::format("{} does not apply on {}: no zone", named(policy, rule), format_date_long(day)));
            return;
        }
        Drawn drawn;
        drawn.zone.policy = p;
        drawn.zone.rule = r;
        const bool by_distance = std::holds_alternative<DistanceMeasure>(rule.measure);
        if (!(by_distance ? draw_distance(policy, rule, drawn) : draw_inside(policy, rule, applies, drawn))) return;
        drawn.breach = breach_of(policy, rule, drawn.reach, applies);
        finish(drawn);
        drawn_.push_back(std::move(drawn));
    }

    /// The reach of a rule by distance. False: it draws none.
    bool draw_distance(const Policy& policy, const Rule& rule, Drawn& drawn) {
        if (rule.breach.comparator == Comparator::at_least || rule.breach.comparator == Comparator::above) {
            remark(named(policy, rule) + " refuses what is far away: no zone is drawn");
            return false;
        }
        const std::optional<double> distance = reach_of(rule.breach, policy.tie_m);
        if (!distance) {
            remark(named(policy, rule) + ": its limit is no distance: no zone");
            return false;
        }
        const auto& measure = std::get<DistanceMeasure>(rule.measure);
        drawn.zone.walking = measure.by == By::walking;
        if (drawn.zone.walking && !can_walk(named(policy, rule))) return false;
        bool any_layer = false;
        for (const LayerFilter& filter : measure.to)
            for (const PlaceLayer* places : place_layers(layers_, filter.layer)) {
                if (places == nullptr) {
                    remark(fmt::format("{}: not drawn around {}: the study has no such layer", named(policy, rule),
                                       filter.layer));
                    continue;
                }
                any_layer = true;
                add_places(policy, rule, filter, *places, *distance, drawn);
            }
        if (any_layer && drawn.around.empty())
            remark(named(policy, rule) + ": no place that counts on the day, so nothing is drawn");
        if (!any_layer) return false;
        if (drawn.zone.walking)
            draw_walks(rule.breach.limit, drawn);
        else
            drawn.reach = zone_union(drawn.sources);
        return true;
    }

    bool can_walk(const std::string& name) {
        if (!options_.walking) {
            remark(name + ": left out of the zones: it is measured along streets");
        } else if (layers_.walking == nullptr) {
            remark(name + ": no zone: it is measured along streets, and the study has no layer of streets");
        } else {
            if (!layers_.walking->has_paths)
                remark(name + ": drawn along streets without footpaths, so that it may be drawn too small");
            return true;
        }
        return false;
    }

    /// Bound to the walked rules alone; each keeps the number of its policy.
    const Assessment& walks() {
        if (walks_) return *walks_;
        walked_.assign(policies_.begin(), policies_.end());
        for (Policy& policy : walked_)
            std::erase_if(policy.rules, [](const Rule& rule) {
                const auto* distance = std::get_if<DistanceMeasure>(&rule.measure);
                return distance == nullptr || distance->by != By::walking;
            });
        const LayerFacts nobody;  // no proposal is assessed
        AssessOptions options;
        options.on = options.today = options_.as_at;
        walks_ = std::make_unique<Assessment>(walked_, layers_, std::span(&nobody, 1), options);
        return *walks_;
    }

    void draw_walks(double limit, Drawn& drawn) {
        const std::string& rule = policies_[drawn.zone.policy].rules[drawn.zone.rule].id;
        std::vector<WalkStart> starts;
        Around joined_to_streets;
        for (std::uint32_t k = 0; k < walks().slots().size(); ++k) {
            const Slot& slot = walks().slots()[k];
            if (slot.policy != drawn.zone.policy || walks().rule(slot).id != rule) continue;
            for (const WalkStart& start : walks().walk_starts(k, options_.as_at)) {
                starts.push_back(start);
                joined_to_streets.emplace(slot.places, start.label);
            }
        }
        if (const std::size_t apart = drawn.around.size() - joined_to_streets.size(); apart > 0)
            remark(fmt::format("{} {}: no walk is drawn from {}: no street is near", policies_[drawn.zone.policy].id,
                               rule, counted(apart, "place")));
        WalkingZone zone = walking_zone(layers_.walking->network, std::move(starts), limit, options_.outward_m);
        drawn.reach = joined(std::move(zone.reach), joined(std::move(drawn.grounds)));
        drawn.zone.streets = std::move(zone.streets);
    }

    /// How the places of a layer were taken, where that is not as asked.
    struct Taken {
        std::uint64_t from_points = 0, kind_unknown = 0, from_boundary = 0;
    };

    void add_places(const Policy& policy, const Rule& rule, const LayerFilter& filter, const PlaceLayer& places,
                    double distance, Drawn& drawn) {
        const double beyond = distance - rule.breach.limit;  // the tie, outside the limit
        const double outward =
            std::max(options_.outward_m - std::max(0.0, beyond), 0.5 * options_.outward_m) - kRounding;
        Taken taken;
        PlaceSearch search(places);
        for (const CandidateGroup& group :
             candidate_groups(search, filter, std::get<DistanceMeasure>(rule.measure).from)) {
            ZoneSource source{&group.index->shapes(), open_places(group, places), distance, outward};
            for (const std::uint32_t i : source.which) drawn.around.emplace(&places, i);
            if (has(group.notes, Note::boundary_from_point) || has(group.notes, Note::entrances_unknown))
                taken.from_points += source.which.size();
            if (has(group.notes, Note::entrances_from_boundary)) taken.from_boundary += source.which.size();
            if (group.doubtful) taken.kind_unknown += source.which.size();
            if (drawn.zone.walking && group.walk_from == WalkFrom::boundary)
                add_grounds(source, drawn);
            else if (!drawn.zone.walking && !source.which.empty())
                drawn.sources.push_back(std::move(source));
        }
        remark_on(taken, named(policy, rule), places.facts.name, drawn.zone.walking);
    }

    std::vector<std::uint32_t> open_places(const CandidateGroup& group, const PlaceLayer& places) const {
        const ShapeFilter is_open = open_on(group, places, options_.as_at);
        std::vector<std::uint32_t> open;
        for (std::uint32_t i = 0; i < places.size(); ++i)
            if (is_open(i)) open.push_back(i);
        return open;
    }

    static void add_grounds(const ZoneSource& source, Drawn& drawn) {
        for (const std::uint32_t i : source.which)
            if (source.shapes->has_surface(i)) drawn.grounds.emplace_back(*source.shapes, i);
    }

    void remark_on(const Taken& taken, const std::string& rule, const std::string& layer, bool walking) {
        const auto say = [&](std::uint64_t count, const std::string& how) {
            if (count > 0) remark(fmt::format("{}: {} of {} {}", rule, counted(count, "place"), layer, how));
        };
        const std::string drawn = walking ? "walked to from " : "drawn around ";
        say(taken.from_points, drawn + "a point: no more of it is known");
        say(taken.from_boundary, drawn + "the boundary: no entrances are known");
        say(taken.kind_unknown, "drawn though it is not clear whether it counts");
    }

    /// The areas of these layers that the filters take, joined; layers that are missing are said.
    Surface areas_of(const InsideCondition& condition, const std::string& what, Around* around) {
        std::vector<Surface> pieces;
        for (const LayerFilter& filter : condition.of) {
            const AreaLayer* areas = layers_.area_layer(filter.layer);
            if (areas == nullptr) {
                remark(fmt::format("{} {}: the study has no such layer", what, filter.layer));
                continue;
            }
            const auto taken = rows_where(filter.where, areas->attributes, areas->size(), filter.layer);
            for (std::uint32_t i = 0; i < areas->size(); ++i) {
                if (taken[i] == 0 || !areas->shapes.has_surface(i)) continue;
                pieces.emplace_back(areas->shapes, i);
                if (around != nullptr) around->emplace(areas, i);
            }
        }
        return joined(std::move(pieces));
    }

    bool draw_inside(const Policy& policy, const Rule& rule, const Surface* applies, Drawn& drawn) {
        const auto& measure = std::get<InsideMeasure>(rule.measure);
        const bool any = std::any_of(measure.where.of.begin(), measure.where.of.end(), [&](const LayerFilter& filter) {
            return layers_.area_layer(filter.layer) != nullptr;
        });
        Surface areas = areas_of(measure.where, named(policy, rule) + ": not drawn for", &drawn.around);
        if (!any) return false;
        if (measure.breach_inside) {
            drawn.reach = std::move(areas);
            return true;
        }
        if (applies == nullptr && layers_.study_area < 0) {
            remark(named(policy, rule) + " refuses what lies outside areas, and the study states no area: no zone");
            return false;
        }
        drawn.reach = difference(applies != nullptr ? applies->copy() : study_area_.copy(), areas);
        return true;
    }

    /// The reach where the policy and the rule apply, less what is exempt.
    Surface breach_of(const Policy& policy, const Rule& rule, const Surface& reach, const Surface* applies) {
        Surface breach = applies != nullptr ? intersection(reach, *applies) : reach.copy();
        const std::string name = named(policy, rule);
        if (rule.when.inside) {
            const bool known = std::any_of(rule.when.inside->of.begin(), rule.when.inside->of.end(),
                                           [&](const auto& f) { return layers_.area_layer(f.layer) != nullptr; });
            const Surface areas = areas_of(*rule.when.inside, name + ": not cut to", nullptr);
            if (known) breach = intersection(breach, areas);
        }
        if (rule.unless.inside)
            breach = difference(breach,
                                areas_of(*rule.unless.inside, name + ": what is exempt is not cut out for", nullptr));
        if (!rule.when.fields.empty()) remark(name + ": drawn as if its conditions on figures held everywhere");
        if (rule.when.same_street) remark(name + ": drawn across streets, though only places of the same street count");
        if (!rule.unless.fields.empty()) remark(name + ": its exemptions by figures are not drawn");
        if (rule.unless.open_within) remark(name + ": its exemption by opening hours is not drawn");
        return breach;
    }

    void finish(Drawn& drawn) const {
        drawn.zone.places = drawn.around.size();
        if (!drawn.reach.is_empty()) drawn.reach.append_to(drawn.zone.reach);
        if (!drawn.breach.is_empty()) drawn.breach.append_to(drawn.zone.breach);
        drawn.zone.reach_m2 = drawn.reach.area();
        drawn.zone.breach_m2 = drawn.breach.area();
        if (study_area_.is_empty()) return;
        drawn.zone.reach_in_area_m2 = intersection(drawn.reach, study_area_).area();
        drawn.zone.breach_in_area_m2 = intersection(drawn.breach, study_area_).area();
    }

    void draw_all() {
        std::vector<Drawn*> adopted;
        for (Drawn& drawn : drawn_)
            if (policies_[drawn.zone.policy].status == Policy::Status::adopted) adopted.push_back(&drawn);
        if (adopted.size() == 1) {  // of a whole country a drawing is large: it is not joined with nothing
            zones_.all = adopted.front()->zone;
            zones_.all.streets = {};
            zones_.all.policy = zones_.all.rule = RuleZone::kAll;
            return;
        }
        std::vector<Surface> reaches, breaches;
        Drawn together;
        for (Drawn* drawn : adopted) {
            reaches.push_back(std::move(drawn->reach));
            breaches.push_back(std::move(drawn->breach));
            together.around.insert(drawn->around.begin(), drawn->around.end());
            together.zone.walking = together.zone.walking || drawn->zone.walking;
        }
        together.reach = joined(std::move(reaches));
        together.breach = joined(std::move(breaches));
        finish(together);
        zones_.all = std::move(together.zone);
    }

    std::span<const Policy> policies_;
    const Layers& layers_;
    const ZoneOptions& options_;
    Surface study_area_;  ///< nothing where the study states none
    std::vector<Policy> walked_;
    std::unique_ptr<Assessment> walks_;  ///< of walked_; made when a rule needs it
    std::vector<Drawn> drawn_;
    Zones zones_;
};

}  // namespace

Zones draw_zones(std::span<const Policy> policies, const Layers& layers, const ZoneOptions& options) {
    const ThreadLimit limit(options.threads);
    return Drawing(policies, layers, options).all();
}

}  // namespace geo
