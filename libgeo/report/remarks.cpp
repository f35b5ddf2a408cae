// SPDX-License-Identifier: Apache-2.0
#include "libgeo/report/remarks.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>
#include <vector>

#include "libgeo/base/text.h"
#include "libgeo/report/layout.h"
#include "libgeo/report/words.h"

namespace geo {
namespace {

std::string row_words(const Issue& issue) {
    if (!issue.id.empty()) return printable(issue.id, 40);
    return issue.row > 0 ? fmt::format("row {}", issue.row) : std::string();
}

/// Issues of one layer and kind.
struct Group {
    const Issue* first = nullptr;
    std::uint64_t count = 0;
    std::vector<std::string> rows;
    bool may_hide = false;
};

std::vector<Group> groups_of(const Issues& issues) {
    std::vector<Group> groups;
    std::map<std::pair<std::string, std::string>, std::size_t> at;
    for (const Issue& issue : issues.all()) {
        const auto [found, fresh] = at.try_emplace({issue.layer, issue.code}, groups.size());
        if (fresh) groups.push_back({&issue, 0, {}, false});
        Group& group = groups[found->second];
        ++group.count;
        group.may_hide = group.may_hide || issue.may_hide_breach;
        if (std::string row = row_words(issue); !row.empty() && group.rows.size() < 4)
            group.rows.push_back(std::move(row));
    }
    // What could change an answer first.
    std::stable_sort(groups.begin(), groups.end(),
                     [](const Group& a, const Group& b) { return a.may_hide > b.may_hide; });
    return groups;
}

std::string group_words(const Group& group) {
    const Issue& first = *group.first;
    std::string words = first.layer.empty() ? std::string() : first.layer + ": ";
    words += printable(first.message, 240);
    if (!first.action.empty()) words += "; " + printable(first.action, 160);
    if (group.count == 1) {
        if (!group.rows.empty()) words += fmt::format(" ({})", group.rows.front());
    } else {
        words += fmt::format(" [{}{}{}{}]", counted(group.count, "such issue"), group.rows.empty() ? "" : ": ",
                             join_words(group.rows, ", "),
                             !group.rows.empty() && group.rows.size() < group.count ? ", …" : "");
    }
    if (group.may_hide) words += " (could hide a breach)";
    return words;
}

/// Something to know of a whole file that was used as it stands.
bool is_note(const Group& group) {
    return group.first->kept == Kept::used && group.first->row == 0 && !group.may_hide && group.first->id.empty();
}

void bullets(std::string& out, std::string_view title, const std::vector<std::string>& lines, std::size_t width) {
    if (lines.empty()) return;
    out += fmt::format("\n{}\n", title);
    for (const std::string& line : lines) append_wrapped(out, line, width, "  - ", 4);
}

void add_unstated(const LayerFacts& facts, std::vector<std::string>& unstated) {
    if (!facts.accuracy_stated && std::find(unstated.begin(), unstated.end(), facts.name) == unstated.end())
        unstated.push_back(facts.name);
}

/// Layers that the rules look at.
std::vector<const LayerFacts*> facts_in_use(const Assessment& assessment) {
    std::vector<const LayerFacts*> facts;
    for (const LayerFacts& proposals : assessment.proposals()) facts.push_back(&proposals);
    for (const Slot& slot : assessment.slots()) {
        if (slot.places != nullptr && std::find(facts.begin(), facts.end(), &slot.places->facts) == facts.end())
            facts.push_back(&slot.places->facts);
    }
    return facts;
}

}  // namespace

std::string policy_line(const Policy& policy) {
    std::string words =
        fmt::format("{} ({}), {}", printable(policy.title, 120), printable(policy.id, 60), word(policy.status));
    if (const std::string days = days_in_force(policy); !days.empty()) words += ", in force " + days;
    return words;
}

std::vector<std::string> not_tested_words(const Assessment& assessment) {
    std::vector<std::string> lines;
    for (const std::string& remark : assessment.remarks()) lines.push_back(printable(remark, 400));
    for (const Policy& policy : assessment.policies()) {
        for (const std::string& what : policy.not_encoded)
            lines.push_back(printable(policy.id, 60) + ": " + printable(what, 400));
    }
    return lines;
}

void append_not_tested(std::string& out, const Assessment& assessment, std::size_t width) {
    bullets(out, "Not tested", not_tested_words(assessment), width);
}

IssueWords issue_words(const Issues& issues) {
    IssueWords words;
    std::vector<std::vector<std::string>> likewise;  // by note: more layers of which the same is to be said
    std::map<std::string, std::size_t> note_of;      // by kind: the same is often said of several layers
    for (const Group& group : groups_of(issues)) {
        if (!is_note(group)) {
            words.rows.push_back(group_words(group));
            words.of_rows += group.count;
            continue;
        }
        const auto [found, fresh] = note_of.try_emplace(group.first->code, words.notes.size());
        if (fresh) {
            words.notes.push_back(group_words(group));
            likewise.emplace_back();
        } else {
            likewise[found->second].push_back(group.first->layer);
        }
    }
    for (std::size_t n = 0; n < words.notes.size(); ++n) {
        if (!likewise[n].empty()) words.notes[n] += fmt::format("; much the same of {}", join_words(likewise[n]));
    }
    return words;
}

void append_issues(std::string& out, const Issues& issues, std::string_view where, std::size_t width) {
    const IssueWords words = issue_words(issues);
    const bool more = words.of_rows > words.rows.size();
    bullets(out, fmt::format("Issues ({}{}{})", grouped(words.of_rows), more ? "; " : "", more ? where : ""),
            words.rows, width);
    bullets(out, "Notes", words.notes, width);
}

void append_trust(std::string& out, const Assessment& assessment, const Tally& tally, const Issues& issues,
                  std::size_t width) {
    out += '\n';
    std::vector<std::string> unstated;
    std::set<std::string> notes;
    for (const LayerFacts* facts : facts_in_use(assessment)) {
        add_unstated(*facts, unstated);
        if (facts->operation.loss_m > 0.0) notes.insert(facts->operation.note);
    }
    if (!unstated.empty())
        append_wrapped(out, "Accuracy not stated (counted as 0 m): " + join_words(unstated) + ".", width, "", 2);
    for (const std::string& note : notes)
        append_wrapped(out, "Without the OSTN15 grid: " + printable(note, 400), width, "", 2);
    if (tally.on_the_tie != 0) {
        append_wrapped(out,
                       fmt::format("On the line to the millimetre: {}; see the findings.",
                                   counted(tally.on_the_tie, "measurement")),
                       width, "", 2);
    }
    const std::string incomplete = incomplete_words(issues);
    append_wrapped(out, incomplete.empty() ? "Complete: no row that could change a verdict was left out." : incomplete,
                   width, "", 2);
}

std::string incomplete_words(const Issues& issues) {
    if (issues.may_hide_breach() == 0) return {};
    std::vector<std::string> first;
    for (const Issue& issue : issues.all()) {
        if (!issue.may_hide_breach) continue;
        first.push_back(issue.layer + " " + row_words(issue));
        if (first.size() == 5) break;
    }
    const std::uint64_t count = issues.may_hide_breach();
    return fmt::format("INCOMPLETE: {} that could hide a breach {} left out: {}{}", counted(count, "row"),
                       count == 1 ? "was" : "were", join_words(first, ", "), count > first.size() ? ", …" : "");
}

std::string incomplete_words(std::uint64_t without_location, std::uint64_t unclear, std::string_view place) {
    std::vector<std::string> what;
    if (without_location > 0) what.push_back(counted(without_location, "outlet") + " without a location");
    if (unclear > 0) what.push_back(counted(unclear, "outlet") + " with dates that cannot be read");
    if (what.empty()) return {};
    return fmt::format("INCOMPLETE: {} could be in any {}, and {} in none.", join_words(what), place,
                       without_location + unclear == 1 ? "is" : "are");
}

}  // namespace geo
