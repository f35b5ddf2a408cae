// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <doctest/doctest.h>

#include <string>
#include <vector>

#include "libgeo/base/errors.h"
#include "libgeo/policy/policy.h"

namespace geo {

/// A policy of one rule, SCH-400, whose parts a test may change. Lines: [policy] 1 to 7, [[rule]] 9, `cite` 11, `distance` 12, `breach` 13,
/// `outcome` 14, `more_rule` from 15.
struct PolicyText {
    std::string id = "\"SCH-400\"";
    std::string distance = "distance = { to = [\"schools\"] }";
    std::string breach = "breach = \"<= 400 m\"";
    std::string outcome = "outcome = \"refuse\"";
    std::string more_policy;
    std::string more_rule;
    bool rules = true;

    std::string toml() const {
        std::string text =
            "[policy]\nid = \"D-DM12\"\ntitle = \"Hot food takeaways\"\nauthority = \"Exampleshire\"\n"
            "in-force = { from = 2019-04-01 }\napplies-to = [\"hot-food-takeaway\"]\n" +
            more_policy + "\n\n";
        if (!rules) return text;
        return text + "[[rule]]\nid = " + id + "\ncite = \"DM12\"\n" + distance + "\n" + breach + "\n" + outcome +
               "\n" + more_rule + "\n";
    }
};

inline Policy read(const PolicyText& text) {
    const std::vector<std::string> layers = {"schools", "outlets", "areas"};
    return read_policy(text.toml(), "policy.toml", layers);
}

/// Of a rule with another measure, and `breach` as given (a whole line; empty: none).
inline PolicyText measuring(const std::string& measure, const std::string& breach, const std::string& more_rule = {}) {
    PolicyText text;
    text.distance = measure;
    text.breach = breach;
    text.more_rule = more_rule;
    return text;
}

inline Rule rule_of(const PolicyText& text) { return read(text).rules.at(0); }

/// The message of the UsageError that reading throws; empty when it throws none.
inline std::string error_of(const PolicyText& text) {
    try {
        read(text);
    } catch (const UsageError& error) {
        return error.what();
    }
    return {};
}

/// Each of the pieces stands in the message.
inline void check_error(const PolicyText& text, std::initializer_list<const char*> pieces) {
    const std::string message = error_of(text);
    CAPTURE(message);
    CHECK_FALSE(message.empty());
    for (const char* piece : pieces) {
        CAPTURE(std::string(piece));
        CHECK(message.find(piece) != std::string::npos);
    }
}

}  // namespace geo
