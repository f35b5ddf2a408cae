// SPDX-License-Identifier: Apache-2.0
#include "libgeo/base/issues.h"

#include <doctest/doctest.h>

#include <stdexcept>

using namespace geo;

namespace {

Issue issue_of(const char* layer, const char* code, bool may_hide_breach = false) {
    Issue issue;
    issue.layer = layer;
    issue.code = code;
    issue.may_hide_breach = may_hide_breach;
    return issue;
}

RowAccount account_of(std::uint64_t read, std::uint64_t used, std::uint64_t not_used, std::uint64_t ruled_out) {
    RowAccount account;
    account.layer = "schools";
    account.file = "schools.csv";
    account.read = read;
    account.used = used;
    account.not_used = not_used;
    account.ruled_out = ruled_out;
    return account;
}

}  // namespace

TEST_CASE("issues are counted by layer and code, as they first appeared") {
    Issues issues;
    issues.add(issue_of("schools", "no-location", true));
    issues.add(issue_of("parks", "invalid-geometry"));
    issues.add(issue_of("schools", "duplicate-id"));
    issues.add(issue_of("schools", "no-location", true));
    issues.add(issue_of("", "no-grid"));
    const auto summary = issues.summary();
    REQUIRE(summary.size() == 4);
    CHECK(summary[0] == std::pair<std::string, std::uint64_t>("schools: no-location", 2));
    CHECK(summary[1] == std::pair<std::string, std::uint64_t>("schools: duplicate-id", 1));
    CHECK(summary[2].first == "parks: invalid-geometry");
    CHECK(summary[3].first == "no-grid");
    CHECK(issues.may_hide_breach() == 2);
}

TEST_CASE("issues of batches are merged in order") {
    Issues all, batch;
    all.add(issue_of("schools", "first"));
    batch.add(issue_of("schools", "second", true));
    batch.accounts().push_back(account_of(2, 1, 1, 0));
    all.merge(std::move(batch));
    REQUIRE(all.all().size() == 2);
    CHECK(all.all()[1].code == "second");
    CHECK(all.may_hide_breach() == 1);
    CHECK(all.accounts().size() == 1);
    CHECK_NOTHROW(all.verify_accounts());
}

TEST_CASE("a row that is in no column of the account is a fault of ours") {
    Issues issues;
    issues.accounts().push_back(account_of(10, 6, 3, 1));
    CHECK_NOTHROW(issues.verify_accounts());
    issues.accounts().push_back(account_of(10, 6, 3, 0));
    CHECK_THROWS_WITH_AS(issues.verify_accounts(), doctest::Contains("schools.csv (schools): 10 rows read"),
                         std::logic_error);
}
