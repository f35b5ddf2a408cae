// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <set>

#include "libgeo/base/errors.h"
#include "libgeo/base/text.h"
#include "libgeo/coverage/sweep.h"

namespace geo {
namespace {

/// Why a rule is not read otherwise; empty: it is.
std::string why_not(const Rule& rule) {
    if (!rule.unchecked.empty()) return "it is not checked (" + printable(rule.unchecked, 200) + ")";
    const auto* distance = std::get_if<DistanceMeasure>(&rule.measure);
    if (distance == nullptr) return "it measures no distance (" + std::string(word(rule.measure)) + ")";
    if (!rule.outcome.can_breach())
        return "it cannot be breached (its outcome is " + std::string(word(rule.outcome.kind)) + ")";
    if (rule.breach.judgement) return "the policy gives no number";
    return rule.bands.empty() ? std::string() : "its limits come in bands";
}

std::set<std::string> folded_set(const std::vector<std::string>& words) {
    std::set<std::string> set;
    for (const std::string& word : words) set.insert(folded(word));
    return set;
}

bool has_exemptions(const Rule& rule) {
    return rule.unless.inside || !rule.unless.fields.empty() || rule.unless.open_within;
}

DistanceMeasure& distance_of(Rule& rule) { return std::get<DistanceMeasure>(rule.measure); }
const DistanceMeasure& distance_of(const Rule& rule) { return std::get<DistanceMeasure>(rule.measure); }

/// The kinds that a rule asks for, over its layers.
std::vector<std::string> kinds_of(const Rule& rule) {
    std::vector<std::string> kinds;
    for (const LayerFilter& filter : distance_of(rule).to)
        for (const std::string& kind : filter.kinds)
            if (std::find(kinds.begin(), kinds.end(), kind) == kinds.end()) kinds.push_back(kind);
    return kinds;
}

/// One way to read a rule, limit aside.
struct Way {
    std::optional<From> from;
    std::optional<By> by;
    std::optional<std::vector<std::string>> kinds;
    bool exemptions = true;
};

class Planner {
  public:
    Planner(std::span<const Policy> policies, const Layers& layers, const SweepOptions& options)
        : layers_(layers), options_(options) {
        plan_.policies.assign(policies.begin(), policies.end());
        plan_.own_policies = policies.size();
        plan_.readings.resize(policies.size());
        for (std::size_t p = 0; p < policies.size(); ++p) plan_.readings[p].resize(policies[p].rules.size());
    }

    SweepPlan plan() {
        expect_rules();
        expect_streets();
        for (std::uint32_t p = 0; p < plan_.own_policies; ++p)
            for (std::uint32_t r = 0; r < plan_.policies[p].rules.size(); ++r)
                if (is_asked(plan_.policies[p].rules[r])) add_rule(p, r);
        if (plan_.lines.empty())
            throw UsageError(
                "there is no rule to read otherwise: needed is one that can be breached, by distance with a limit" +
                (plan_.remarks.empty() ? "" : " (" + join_words(plan_.remarks, "; ") + ")"));
        expect_kinds();
        if (plan_.variants.size() > kMostVariants)
            throw UsageError(grouped(plan_.variants.size()) + " readings of the rules were asked for, and at most " +
                             std::to_string(kMostVariants) +
                             " can be tried at once; give fewer limits, anchors or kinds, or one rule with --rule");
        find_pairs();
        return std::move(plan_);
    }

  private:
    bool is_asked(const Rule& rule) const {
        return options_.rules.empty() ||
               std::find(options_.rules.begin(), options_.rules.end(), rule.id) != options_.rules.end();
    }

    void expect_rules() const {
        std::vector<std::string> ids;
        for (const Policy& policy : plan_.policies)
            for (const Rule& rule : policy.rules) ids.push_back(rule.id);
        for (const std::string& id : options_.rules) {
            if (std::find(ids.begin(), ids.end(), id) != ids.end()) continue;
            const auto near = nearest_word(id, ids);
            throw UsageError("--rule " + printable(id) + ": no policy has such a rule; " +
                             (near ? "did you mean " + *near + "?" : "there are " + join_words(ids)));
        }
    }

    void expect_streets() const {
        const bool walking = std::find(options_.by.begin(), options_.by.end(), By::walking) != options_.by.end();
        if (walking && layers_.walking == nullptr)
            throw UsageError(
                "--by walking: the study has no streets to walk along; add a layer of kind `streets`, such as OS Open "
                "Roads ([layers.roads] with kind = \"streets\", file = \"…\" and preset = \"os-open-roads\") or "
                "OpenStreetMap (preset = \"osm-streets\")");
    }

    template <class Take>
    void each_layer(const std::string& name, const Take& take) const {
        for (const PlaceLayer& layer : layers_.places)
            if (layer.facts.name == name || layer.facts.part_of == name) take(layer);
    }

    /// Words of the kinds that a layer of places has.
    std::set<std::string> kinds_in(const std::string& layer_name) const {
        std::set<std::string> kinds;
        each_layer(layer_name, [&](const PlaceLayer& layer) {
            for (std::size_t i = 0; i < layer.size(); ++i)
                if (!layer.kind[i].empty()) kinds.emplace(layer.kind[i]);
        });
        return kinds;
    }

    /// A kind that no layer of any rule has is a slip of the hand.
    void expect_kinds() const {
        if (options_.kinds.empty()) return;
        std::vector<std::string> known;
        for (const SweepLine& line : plan_.lines)
            for (const LayerFilter& filter : distance_of(plan_.policies[line.policy].rules[line.rule]).to)
                for (const std::string& kind : kinds_in(filter.layer))
                    if (std::find(known.begin(), known.end(), kind) == known.end()) known.push_back(kind);
        const std::set<std::string> there = folded_set(known);
        for (const auto& kinds : options_.kinds)
            for (const std::string& kind : kinds.value_or(std::vector<std::string>())) {
                if (there.contains(folded(kind))) continue;
                const auto near = nearest_word(kind, known);
                throw UsageError("--kinds " + printable(kind) + ": no place that the rules look at is of this kind; " +
                                 (near            ? "did you mean " + *near + "?"
                                  : known.empty() ? "their layers state no kinds"
                                                  : "there are " + join_words(known)));
            }
    }

    /// Whether `kinds` says anything of the layer: one that holds none of them (parks) stays as the rule has it.
    bool says_of(const LayerFilter& filter, const std::vector<std::string>& kinds) const {
        if (kinds.empty()) return !filter.kinds.empty();
        const std::set<std::string> there = kinds_in(filter.layer);
        return std::any_of(kinds.begin(), kinds.end(), [&](const std::string& kind) {
            return std::any_of(there.begin(), there.end(),
                               [&](const std::string& known) { return folded(known) == folded(kind); });
        });
    }

    /// The rule as the way reads it, exemptions and limit aside.
    Rule read(const Rule& rule, const Way& way) const {
        Rule read = rule;
        DistanceMeasure& distance = distance_of(read);
        if (way.from) distance.from = *way.from;
        if (way.by) distance.by = *way.by;
        if (way.kinds)
            for (LayerFilter& filter : distance.to)
                if (says_of(filter, *way.kinds)) filter.kinds = *way.kinds;
        return read;
    }

    static bool same_places(const Rule& a, const Rule& b) {
        const DistanceMeasure &x = distance_of(a), &y = distance_of(b);
        if (x.from != y.from || x.by != y.by) return false;
        for (std::size_t l = 0; l < x.to.size(); ++l)
            if (folded_set(x.to[l].kinds) != folded_set(y.to[l].kinds)) return false;
        return true;
    }

    /// Every combination that was asked for; the rule as it stands too.
    std::vector<Way> ways() const {
        const auto from = options_.from.empty() ? std::vector<std::optional<From>>{std::nullopt} : options_.from;
        const auto by = options_.by.empty() ? std::vector<std::optional<By>>{std::nullopt} : options_.by;
        const auto kinds = options_.kinds.empty() ? std::vector<std::optional<std::vector<std::string>>>{std::nullopt}
                                                  : options_.kinds;
        const auto exemptions = options_.exemptions.empty() ? std::vector<bool>{true} : options_.exemptions;
        std::vector<Way> ways;
        for (const auto& anchor : from)
            for (const auto& measured : by)
                for (const auto& kind : kinds)
                    for (const bool exempt : exemptions) ways.push_back({anchor, measured, kind, exempt});
        return ways;
    }

    /// A rule may be about places of which the kinds say nothing, such as parks.
    void remark_on_kinds(const Policy& policy, const Rule& rule, const Way& way) {
        if (!way.kinds || way.kinds->empty()) return;
        for (const LayerFilter& filter : distance_of(rule).to) {
            if (says_of(filter, *way.kinds)) continue;
            std::string words = policy.id + " " + rule.id + ": " + printable(filter.layer, 60) + " has no " +
                                printable(join_words(*way.kinds, " or "), 80) + ", and stays as the rule has it";
            if (std::find(plan_.remarks.begin(), plan_.remarks.end(), words) == plan_.remarks.end())
                plan_.remarks.push_back(std::move(words));
        }
    }

    void add_rule(std::uint32_t p, std::uint32_t r) {
        const Rule rule = plan_.policies[p].rules[r];
        if (const std::string why = why_not(rule); !why.empty()) {
            plan_.remarks.push_back(plan_.policies[p].id + " " + rule.id + " stays as it is: " + why);
            return;
        }
        std::vector<std::pair<Rule, bool>> told;  // and whether with its exemptions
        bool adopted = false;
        for (const Way& way : ways()) {
            const Rule other = read(rule, way);
            remark_on_kinds(plan_.policies[p], rule, way);
            const bool exemptions = way.exemptions || !has_exemptions(rule);
            if (std::any_of(told.begin(), told.end(), [&](const auto& known) {
                    return known.second == exemptions && same_places(known.first, other);
                }))
                continue;
            told.emplace_back(other, exemptions);
            const bool is_adopted = exemptions && same_places(rule, other);
            adopted = adopted || is_adopted;
            add_line(p, r, other, exemptions, is_adopted, options_.limits);
        }
        if (!adopted) add_line(p, r, rule, true, true, {});
    }

    void add_line(std::uint32_t p, std::uint32_t r, const Rule& read, bool exemptions, bool adopted,
                  std::vector<double> limits) {
        SweepLine line;
        line.policy = p;
        line.rule = r;
        line.from = distance_of(read).from;
        line.by = distance_of(read).by;
        line.kinds = kinds_of(read);
        line.exemptions = exemptions;
        line.has_exemptions = has_exemptions(read);
        line.adopted = adopted;
        assess_as(line, read);
        if (adopted && std::find(limits.begin(), limits.end(), read.breach.limit) == limits.end()) {
            limits.push_back(read.breach.limit);
            std::sort(limits.begin(), limits.end());
        }
        std::vector<Reading>& readings = plan_.readings[line.assessed_policy][line.assessed_rule];
        for (const double limit : limits) {
            plan_.variants.push_back({static_cast<std::uint32_t>(plan_.lines.size()), limit,
                                      adopted && limit == read.breach.limit,
                                      static_cast<std::uint32_t>(readings.size())});
            readings.push_back({limit, exemptions});
        }
        plan_.lines.push_back(std::move(line));
    }

    void find_pairs() {
        const auto alike = [&](const SweepVariant& a, const SweepVariant& b) {
            const SweepLine &x = plan_.lines[a.line], &y = plan_.lines[b.line];
            return a.limit == b.limit && x.policy == y.policy && x.rule == y.rule && x.from == y.from &&
                   x.kinds == y.kinds && x.exemptions == y.exemptions;
        };
        for (std::uint32_t w = 0; w < plan_.variants.size(); ++w) {
            if (plan_.lines[plan_.variants[w].line].by != By::walking) continue;
            for (std::uint32_t s = 0; s < plan_.variants.size(); ++s)
                if (plan_.lines[plan_.variants[s].line].by == By::straight_line &&
                    alike(plan_.variants[s], plan_.variants[w]))
                    plan_.pairs.push_back({s, w});
        }
    }

    /// As the rule itself, or as one that another line reads alike, or as a rule of a policy of its own.
    void assess_as(SweepLine& line, const Rule& read) {
        line.assessed_policy = line.policy;
        line.assessed_rule = line.rule;
        if (same_places(plan_.policies[line.policy].rules[line.rule], read)) return;
        for (const SweepLine& other : plan_.lines) {
            if (other.policy != line.policy || other.rule != line.rule ||
                !same_places(plan_.policies[other.assessed_policy].rules[other.assessed_rule], read))
                continue;
            line.assessed_policy = other.assessed_policy;
            line.assessed_rule = other.assessed_rule;
            return;
        }
        Policy alone = plan_.policies[line.policy];
        alone.rules = {read};
        line.assessed_policy = static_cast<std::uint32_t>(plan_.policies.size());
        line.assessed_rule = 0;
        plan_.policies.push_back(std::move(alone));
        plan_.readings.emplace_back(1);
    }

    const Layers& layers_;
    const SweepOptions& options_;
    SweepPlan plan_;
};

}  // namespace

SweepPlan plan_sweep(std::span<const Policy> policies, const Layers& layers, const SweepOptions& options) {
    return Planner(policies, layers, options).plan();
}

Policy SweepPlan::policy_as(const SweepVariant& variant) const {
    const SweepLine& line = lines[variant.line];
    Policy policy = policies[line.policy];
    Rule& rule = policy.rules[line.rule];
    rule.measure = policies[line.assessed_policy].rules[line.assessed_rule].measure;
    rule.breach.limit = variant.limit;
    if (!line.exemptions) rule.unless = {};
    return policy;
}

const SweepVariant& SweepPlan::adopted_of(std::uint32_t line) const {
    return *std::find_if(variants.begin(), variants.end(), [&](const SweepVariant& variant) {
        return variant.adopted && lines[variant.line].policy == lines[line].policy &&
               lines[variant.line].rule == lines[line].rule;
    });
}

std::vector<std::vector<Reading>> SweepPlan::readings_of(std::span<const Slot> slots) const {
    std::vector<std::vector<Reading>> by_slot;
    for (const Slot& slot : slots) by_slot.push_back(readings[slot.policy][slot.rule]);
    return by_slot;
}

}  // namespace geo
