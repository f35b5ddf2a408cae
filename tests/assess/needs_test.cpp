// SPDX-License-Identifier: Apache-2.0
#include "libgeo/assess/needs.h"

#include <doctest/doctest.h>

#include <string>
#include <vector>

using namespace geo;

namespace {

Needs needs_for(const std::string& measure, const std::string& breach) {
    const std::vector<std::string> layers = {"schools", "takeaways"};
    const std::vector<Policy> policies = {
        read_policy("[policy]\nid = \"p\"\ntitle = \"P\"\nauthority = \"A\"\nstatus = \"adopted\"\napplies-to = "
                    "[\"hot-food-takeaway\"]\n[[rule]]\nid = \"r\"\ntitle = \"R\"\ncite = \"r\"\n" +
                        measure + "\nbreach = \"" + breach + "\"\noutcome = \"refuse\"\n",
                    "p.toml", layers)};
    return needs_of(policies);
}

}  // namespace

TEST_CASE("the network of the streets is needed by rules that measure on foot, and by no others") {
    CHECK(needs_for("distance = { to = [\"schools\"], by = \"walking\" }", "<= 400 m").walking);
    CHECK_FALSE(needs_for("distance = { to = [\"schools\"] }", "<= 400 m").walking);
    const std::string count = "count = { of = [\"hot-food-takeaway\"], within = \"400 m\"";
    CHECK(needs_for(count + ", by = \"walking\" }", ">= 2").walking);
    CHECK_FALSE(needs_for(count + " }", ">= 2").walking);
    CHECK(needs_for(count + " }", ">= 2").outlets);
}
