// SPDX-License-Identifier: Apache-2.0
#include "libgeo/base/issues.h"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <stdexcept>

namespace geo {

void Issues::add(Issue issue) {
    if (issue.may_hide_breach) ++may_hide_;
    issues_.push_back(std::move(issue));
}

void Issues::merge(Issues&& other) {
    std::move(other.issues_.begin(), other.issues_.end(), std::back_inserter(issues_));
    std::move(other.accounts_.begin(), other.accounts_.end(), std::back_inserter(accounts_));
    may_hide_ += other.may_hide_;
    other = Issues{};
}

void Issues::add_all(const Issues& other, std::optional<Date> not_before) {
    for (Issue issue : other.issues_) {
        if (not_before && issue.hides_until && *issue.hides_until <= *not_before) issue.may_hide_breach = false;
        add(std::move(issue));
    }
    accounts_.insert(accounts_.end(), other.accounts_.begin(), other.accounts_.end());
}

void Issues::verify_accounts() const {
    for (const RowAccount& account : accounts_) {
        if (account.read == account.used + account.not_used + account.ruled_out) continue;
        throw std::logic_error(fmt::format("{} ({}): {} rows read, but {} used, {} not used and {} ruled out",
                                           account.file, account.layer, account.read, account.used, account.not_used,
                                           account.ruled_out));
    }
}

std::vector<std::pair<std::string, std::uint64_t>> Issues::summary() const {
    struct Group {
        std::string layer;
        std::vector<std::pair<std::string, std::uint64_t>> codes;
    };
    std::vector<Group> groups;
    for (const Issue& issue : issues_) {
        auto group = std::find_if(groups.begin(), groups.end(), [&](const Group& g) { return g.layer == issue.layer; });
        if (group == groups.end()) group = groups.insert(groups.end(), Group{issue.layer, {}});
        auto code = std::find_if(group->codes.begin(), group->codes.end(),
                                 [&](const auto& c) { return c.first == issue.code; });
        if (code == group->codes.end()) code = group->codes.insert(group->codes.end(), {issue.code, 0});
        ++code->second;
    }
    std::vector<std::pair<std::string, std::uint64_t>> out;
    for (const Group& group : groups) {
        for (const auto& [code, count] : group.codes) {
            out.emplace_back(group.layer.empty() ? code : group.layer + ": " + code, count);
        }
    }
    return out;
}

}  // namespace geo
