// SPDX-License-Identifier: Apache-2.0
#include <doctest/doctest.h>

#include "tests/commands/run_command.h"

using namespace cordon_test;

TEST_CASE("docs/policies.md is what `cordon policies --document` prints") {
    const Ran document = cordon({"policies", "--document"});
    CHECK(document.status == 0);
    CHECK(document.err.empty());
    CHECK(as_expected("../../../docs/policies.md", document.out));
    for (const char* id : {"`waltham-forest-hft-2009`", "`sandwell-plan-sdm6`", "`new-york-abc-64-a`"})
        CHECK(holds(document.out, id));
}

TEST_CASE("the page or one policy, not both") {
    const Ran both = cordon({"policies", "waltham-forest-hft-2009", "--document"});
    CHECK(both.status == 2);
    CHECK(both.out.empty());
}

TEST_CASE("each measure in plain words") {
    const struct {
        const char* id;
        const char* says;
    } plain[] = {
        {"waltham-forest-hft-2009", "as a share of the units of the site's frontage"},
        {"sandwell-plan-sdm6", "40 units or more: holds above 7 %"},
        {"southwark-plan-2022-p48", "in 21 units in a row along frontages: the proposal's and 10 on either side"},
        {"lambeth-plan-2021-ed10", "the most betting shops in any 10 units in a row"},
        {"lancashire-hft-advice", "reception of the site's ward"},
        {"new-york-abc-64-a", "as things stand, without the proposal"},
    };
    for (const auto& [id, says] : plain) {
        CAPTURE(id);
        const Ran ran = cordon({"policies", id});
        CHECK(ran.status == 0);
        std::string line;
        for (const char c : ran.out) {
            if (c != ' ' && c != '\n') {
                line += c;
            } else if (line.empty() || line.back() != ' ') {
                line += ' ';
            }
        }
        CHECK_MESSAGE(holds(line, says), ran.out);
    }
}
