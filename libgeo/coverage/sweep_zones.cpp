// SPDX-License-Identifier: Apache-2.0
#include "libgeo/coverage/sweep_zones.h"

#include <algorithm>
#include <optional>

#include "libgeo/base/text.h"
#include "libgeo/coverage/zones.h"
#include "libgeo/geometry/geos_overlay.h"

namespace geo {
namespace {

class ZoneDrawer {
  public:
    ZoneDrawer(const SweepPlan& plan, const Layers& layers, Date day, unsigned threads)
        : plan_(plan), layers_(layers), threads_(threads) {
        zones_.as_at = day;
        zones_.zones.resize(plan.variants.size());
        if (layers.study_area < 0) return;
        const Shapes& areas = layers.areas[static_cast<std::size_t>(layers.study_area)].shapes;
        study_area_ = joined(areas);
        zones_.study_area_m2 = study_area_->area();
    }

    SweepZones draw() {
        for (std::size_t v = 0; v < plan_.variants.size(); ++v) draw(v);
        return std::move(zones_);
    }

  private:
    void remark(const std::string& words) {
        if (std::find(zones_.remarks.begin(), zones_.remarks.end(), words) == zones_.remarks.end())
            zones_.remarks.push_back(words);
    }

    /// What the rules of a policy draw together, also beyond the study area.
    struct Drawn {
        Surface breach;
        double counted_m2 = 0;  ///< within the study area, where there is one
    };
    Drawn drawn(Policy policy) {
        policy.status = Policy::Status::adopted;
        const Zones zones = draw_zones(std::span(&policy, 1), layers_, {zones_.as_at, 0.1, threads_, false});
        for (const std::string& words : zones.remarks) remark(words);
        Drawn drawn;
        if (zones.all.breach.size() == 0 || !zones.all.breach.has_location(0)) return drawn;
        drawn.breach = Surface(zones.all.breach, 0);
        drawn.counted_m2 = study_area_ ? zones.all.breach_in_area_m2 : zones.all.breach_m2;
        return drawn;
    }

    /// The policy's other rules: the same for every variant of a rule.
    const Drawn& others(const SweepLine& line) {
        if (others_policy_ != line.policy || others_rule_ != line.rule) {
            Policy policy = plan_.policies[line.policy];
            policy.rules.erase(policy.rules.begin() + line.rule);
            others_ = policy.rules.empty() ? Drawn() : drawn(std::move(policy));
            others_policy_ = line.policy;
            others_rule_ = line.rule;
        }
        return others_;
    }

    /// Square metres of both together.
    double together(Drawn rule, const Drawn& others) {
        if (others.breach.is_empty()) return rule.counted_m2;
        if (rule.breach.is_empty()) return others.counted_m2;
        std::vector<Surface> both;
        both.push_back(std::move(rule.breach));
        both.push_back(others.breach.copy());
        const Surface all = joined(std::move(both));
        return study_area_ ? intersection(all, *study_area_).area() : all.area();
    }

    void draw(std::size_t v) {
        const SweepVariant& variant = plan_.variants[v];
        const SweepLine& line = plan_.lines[variant.line];
        if (line.by == By::walking) {
            remark(
                "Of readings by walking no hectares are given: their zones are drawn along streets, and are no areas "
                "to compare with others (cordon zones draws them)");
            return;
        }
        Policy policy = plan_.policy_as(variant);
        if (zones_.as_at < policy.from || zones_.as_at >= policy.until) {
            remark(printable(policy.id) + " is not in force on " + format_date(zones_.as_at) +
                   ": its zones are not drawn (give --on)");
            return;
        }
        policy.rules = {policy.rules[line.rule]};
        Drawn rule = drawn(std::move(policy));
        zones_.zones[v].rule_m2 = rule.counted_m2;
        zones_.zones[v].policy_m2 = together(std::move(rule), others(line));
    }

    const SweepPlan& plan_;
    const Layers& layers_;
    unsigned threads_;
    std::optional<Surface> study_area_;
    Drawn others_;
    std::uint32_t others_policy_ = 0xffffffffU, others_rule_ = 0xffffffffU;
    SweepZones zones_;
};

}  // namespace

SweepZones sweep_zones(const SweepPlan& plan, const Layers& layers, Date day, unsigned threads) {
    return ZoneDrawer(plan, layers, day, threads).draw();
}

}  // namespace geo
