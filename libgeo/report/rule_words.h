// SPDX-License-Identifier: Apache-2.0
//
// A rule in plain English, from its data alone. Texts of the policy pass through printable().
#pragma once

#include <string>

#include "libgeo/policy/policy.h"

namespace geo {

/// `hot food takeaways or off licences`, `any use` where there is none.
std::string uses_words(const std::vector<Use>& uses);
/// What is measured: `straight-line distance from the site's boundary to the boundary of the nearest of: schools or parks`.
std::string measured_words(const Rule& rule);
/// What count, share, run and gap have in common; none for the other measures.
const Counted* counted_by(const Rule& rule);
/// `what trades there or the lawful use counts`.
std::string states_words(const Counted& counted);
/// The counterfactual: `with the proposal in place: …`, `as things stand, without the proposal`.
std::string presence_words(const Counted& counted);
/// When the comparison holds: `holds at 400 m or less (exactly 400 m included)`; by bands; or that the policy states no number.
std::string breach_words(const Rule& rule);
/// What narrows the rule; empty: nothing.
std::string when_words(const When& when);
/// What exempts; empty: nothing.
std::string unless_words(const Unless& unless);
/// What follows: `a proposal for which it holds is contrary to HFT3 (the policy says: refuse)`, `a condition is asked for: closed 12:00-14:00`.
std::string outcome_words(const Rule& rule);

}  // namespace geo
