// SPDX-License-Identifier: Apache-2.0
#include "libgeo/layers/decision_words.h"

#include <doctest/doctest.h>

using namespace geo;

TEST_CASE("words of councils for a grant and for a refusal") {
    for (const char* written :
         {"Approved", "GRANTED", "Grant planning permission", "Approved with conditions", "Permit", "Permitted",
          "Application Permitted - Delegated", "GTD", "Conditions", "Appeal Allowed", "Prior Approval Not Required",
          "Prior approval given", "Prior Approval Required and Approved", "grant-conditionally"})
        CHECK_MESSAGE(decision_from(written) == Decision::granted, written);
    for (const char* written :
         {"Refused", "REFUSE", "Refuse planning permission", "REF", "Rejected", "Appeal dismissed",
          "Prior Approval Required and Refused", "Not approved", "Refusal (delegated)"})
        CHECK_MESSAGE(decision_from(written) == Decision::refused, written);
}

TEST_CASE("what is neither, or both, is other, nothing is unstated") {
    for (const char* written :
         {"Withdrawn", "Pending consideration", "Undecided", "Split decision", "Part approved, part refused",
          "Awaiting approval", "Prior approval required", "Refused, appeal allowed", "Permitted development",
          "Not determined", "no objection", "?"})
        CHECK_MESSAGE(decision_from(written) == Decision::other, written);
    CHECK(decision_from("") == Decision::unstated);
    CHECK(decision_from("  ") == Decision::unstated);
}
