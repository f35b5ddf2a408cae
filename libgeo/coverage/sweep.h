// SPDX-License-Identifier: Apache-2.0
//
// The same rule read many ways: other limits, other anchors, by walking, other kinds of place, without its exemption. What each reading would decide, and what it would
// cover. Nothing is decided here: every result comes from Assessment::assess (assess/assess.h).
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "libgeo/assess/assess.h"
#include "libgeo/layers/places.h"
#include "libgeo/policy/policy.h"

namespace geo {

/// No more readings than this are tried at once.
inline constexpr std::size_t kMostVariants = 200;

struct SweepOptions {
    std::vector<double> limits;             ///< metres, ascending, all different
    std::vector<std::optional<From>> from;  ///< anchors of the places; none: what the rule says. Empty: only that
    std::vector<std::optional<By>>
        by;  ///< in a straight line or by walking; none: what the rule says. Empty: only that
    std::vector<std::optional<std::vector<std::string>>>
        kinds;  ///< of place (phases of school); none: what the rule says; an empty list: every kind. Empty: only what the rule says
    std::vector<bool> exemptions;    ///< with, without; empty: with
    std::vector<std::string> rules;  ///< ids; empty: every rule that can be read otherwise
};

/// A rule read in one way, whatever its limit: a curve.
struct SweepLine {
    std::uint32_t policy = 0, rule = 0;  ///< indices: into the study's policies, its rules
    From from = From::boundary;
    By by = By::straight_line;
    std::vector<std::string> kinds;  ///< that are asked of the places; empty: every kind, or the rule names none
    bool exemptions = true;          ///< false: as if the rule had none
    bool has_exemptions = false;     ///< the rule has some
    bool adopted = false;            ///< reads as the rule does
    std::uint32_t assessed_policy = 0, assessed_rule = 0;  ///< indices into SweepPlan::policies
};

/// A line at one limit.
struct SweepVariant {
    std::uint32_t line = 0;
    double limit = 0;           ///< metres
    bool adopted = false;       ///< the rule as it stands: exactly one a rule
    std::uint32_t reading = 0;  ///< of SweepPlan::readings
};

/// Two variants of a rule that differ in this only: one is in a straight line, the other by walking.
struct SweepPair {
    std::uint32_t straight = 0, walking = 0;  ///< of SweepPlan::variants
};

struct SweepPlan {
    std::vector<Policy>
        policies;  ///< the study's, then one more for each rule read from another anchor, by walking or of other kinds
    std::size_t own_policies = 0;  ///< how many of them are the study's
    std::vector<SweepLine> lines;
    std::vector<SweepVariant> variants;                       ///< by line, then limit
    std::vector<SweepPair> pairs;                             ///< by `walking`
    std::vector<std::vector<std::vector<Reading>>> readings;  ///< [policy of `policies`][rule]
    std::vector<std::string>
        remarks;  ///< rules that are not read otherwise, with why: `FH3: it asks for consultation …`

    /// The study's policy of the variant, edited to read as the variant does.
    Policy policy_as(const SweepVariant& variant) const;
    /// The variant that is the rule as it stands, of the same rule as `line`.
    const SweepVariant& adopted_of(std::uint32_t line) const;
    /// By slot of an assessment of `policies`.
    std::vector<std::vector<Reading>> readings_of(std::span<const Slot> slots) const;
};

/// Every distance rule with a limit that can breach; limits are metres, also of walks. Throws UsageError where there is none, for a rule or a kind of place that is
/// not there (with the nearest word), for readings by walking without streets (Layers::walking), and for more than kMostVariants.
SweepPlan plan_sweep(std::span<const Policy> policies, const Layers& layers, const SweepOptions& options);

/// `200:800:50`, `200,300,400`, `0.25 mi`, also mixed with commas; a number alone is metres. Ascending, each once. Throws UsageError (`--limit …: …`).
std::vector<double> sweep_limits(std::string_view written);

}  // namespace geo
