// SPDX-License-Identifier: Apache-2.0
#include "libgeo/change_zones.h"

#include <fmt/format.h>

#include <algorithm>

#include "libgeo/base/errors.h"
#include "libgeo/base/text.h"
#include "libgeo/density/policy_zones.h"

namespace geo {
namespace {

/// Why a policy's zones cannot be looked at; empty: they can.
std::string why_not(const Policy& policy, Date last) {
    if (policy.status == Policy::Status::emerging) return "is a draft, and has had no effect";
    if (policy.from == kBeforeRecords) return "does not say from which day it is in force";
    if (policy.from > last) return "comes into force after the outlets' last day on record";
    if (zone_policy(policy).policy.rules.empty())
        return "has no rule that draws zones (by distance to places, or inside areas)";
    return {};
}

}  // namespace

std::string policy_name(const Policy& policy) { return printable(policy.id, 80); }

Date last_day_on_record(const Change& change) {
    Date last = Date::min();
    for (const Premises& layer : change.premises) {
        for (const Date day : layer.snapshot_dates) last = std::max(last, day);
        for (std::size_t spell = 0; spell < layer.size(); ++spell) {
            if (layer.opens(spell)) last = std::max(last, layer.opened[spell].by);
            if (layer.closes(spell)) last = std::max(last, layer.closed[spell].by);
        }
    }
    return last;
}

const Policy& policy_with_zones(const Change& change, Date last, const std::string& wanted,
                                std::vector<std::string>& others) {
    std::vector<const Policy*> fit;
    for (const Policy& policy : change.policies) {
        if (const std::string why = why_not(policy, last); !why.empty())
            others.push_back(fmt::format("Not looked at: {} {}.", policy_name(policy), why));
        else
            fit.push_back(&policy);
    }
    if (fit.size() == 1) return *fit.front();
    if (fit.empty())
        throw UsageError(fmt::format(
            "{}: names no policy whose {} could be looked for; needed is an adopted one with zones, in force since a "
            "stated day within the outlets' record (or give --policy){}",
            change.study.file, wanted, others.empty() ? std::string() : ". " + join_words(others, " ")));
    std::vector<std::string> ids;
    for (const Policy* policy : fit)
        ids.push_back(fmt::format("{} (from {})", policy_name(*policy), format_date(policy->from)));
    throw UsageError(fmt::format("several policies draw zones: {}; say with --policy whose {} to look for",
                                 join_words(ids), wanted));
}

}  // namespace geo
