// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>

#include "libgeo/base/provenance.h"
#include "libgeo/base/text.h"
#include "libgeo/policy/rule_parts.h"

namespace geo {
namespace {

/// Ids stand in lists and file columns, so they are short and hold none of the marks that part such lists.
std::string read_id(const TomlTable& table) {
    constexpr std::size_t kLongestId = 80;
    std::string id = table.text("id");
    if (id.size() > kLongestId || printable(id, kLongestId) != id || trimmed(id) != id ||
        id.find_first_of(",;|\"") != std::string::npos) {
        table.fail("id",
                   fmt::format("\"{}\" cannot be an id; at most {} characters without , ; | or quotes are expected",
                               printable(id), kLongestId));
    }
    return id;
}

std::string text_or_empty(const TomlTable& table, std::string_view key) {
    return table.has(key) ? table.text(key) : std::string();
}

double read_tie(const TomlTable& table) {
    constexpr double kLargestTie = 1.0;
    if (!table.has("tie")) return Policy{}.tie_m;
    const std::string written = table.text("tie");
    const auto tie = parse_length(written);
    if (!tie || tie->value > kLargestTie) {
        table.fail(
            "tie",
            fmt::format(
                "\"{}\" is no tie; a length from 0 to 1 m such as \"1 mm\" is expected (how good the data are is "
                "said with a layer's accuracy)",
                printable(written)));
    }
    return tie->value;
}

/// The [policy] table, all but its rules.
Policy read_head(const TomlTable& table) {
    table.expect_only({"id", "title", "authority", "applies-in", "kind", "status", "in-force", "applies-to", "source",
                       "not-encoded", "tie"},
                      "[policy]");
    Policy policy;
    policy.id = read_id(table);
    policy.title = table.text("title");
    policy.authority = text_or_empty(table, "authority");
    policy.source = text_or_empty(table, "source");
    policy.applies_in = text_or_empty(table, "applies-in");
    WordTable<std::string> kinds;
    for (const char* kind : {"development-plan", "spd", "guidance", "national", "licensing"})
        kinds.emplace_back(kind, kind);
    policy.kind = word_of<std::string>(table, "kind", "kind of policy", kinds, "");
    policy.status = word_of<Policy::Status>(table, "status", "status of a policy",
                                            {{"adopted", Policy::Status::adopted},
                                             {"emerging", Policy::Status::emerging},
                                             {"withdrawn", Policy::Status::withdrawn}},
                                            Policy::Status::adopted);
    if (const auto in_force = table.optional_table("in-force")) {
        in_force->expect_only({"from", "until"}, "in-force");
        const Period period = read_period(*in_force);
        if (!period.from && !period.until) table.fail("in-force", "is empty; from is expected, until if it has ended");
        policy.from = period.from.value_or(kBeforeRecords);
        policy.until = period.until.value_or(kNotEnded);
    }
    policy.tie_m = read_tie(table);
    policy.not_encoded = full_texts(table, "not-encoded");
    return policy;
}

std::vector<std::string> rule_keys() {
    std::vector<std::string> keys = {"id",     "title", "text",       "cite", "unchecked", "superseded-by",
                                     "breach", "bands", "applies-to", "when", "unless",    "outcome"};
    const auto measures = measure_words();
    keys.insert(keys.end(), measures.begin(), measures.end());
    return keys;
}

Rule read_rule(const TomlTable& table, const KnownLayers& known) {
    table.expect_only(rule_keys(), "a rule");
    Rule rule;
    rule.id = read_id(table);
    rule.line = table.line();
    rule.title = text_or_empty(table, "title");
    rule.text = text_or_empty(table, "text");
    rule.cite = table.text("cite");
    rule.unchecked = text_or_empty(table, "unchecked");
    rule.superseded_by = text_or_empty(table, "superseded-by");
    MeasureAndBreach read = read_measure(table, known);
    rule.measure = std::move(read.measure);
    rule.breach = std::move(read.breach);
    rule.bands = std::move(read.bands);
    rule.applies_to = read_uses(table, "applies-to");
    rule.when = read_when(table, known);
    rule.unless = read_unless(table, known);
    rule.outcome = read_outcome(table);
    check_conditions(table, rule);
    return rule;
}

/// `file:line: key: …` → `file:line: rule ID: key: …`.
std::string with_rule(const std::string& message, const std::string& file, const std::string& rule) {
    std::size_t at = file.size() + 1;
    if (message.compare(0, at, file + ":") != 0) return message;
    while (at < message.size() && message[at] >= '0' && message[at] <= '9') ++at;
    if (message.compare(at, 2, ": ") != 0) return message;
    return fmt::format("{}: rule {}{}", message.substr(0, at), rule, message.substr(at));
}

/// What a rule is called in messages: its id, or its number where it has none that can be read.
std::string name_of(const TomlTable& table, std::size_t number) {
    if (table.kind("id") == TomlTable::Kind::text) {
        std::string id = printable(*table.optional_text("id"));
        if (!trimmed(id).empty()) return id;
    }
    return std::to_string(number);
}

}  // namespace

Policy read_policy(const std::string& toml, const std::string& file_name, std::span<const std::string> known_layers) {
    const TomlTable root = TomlTable::from_text(toml, file_name);
    root.expect_only({"policy", "rule"}, "a policy file");
    const auto head = root.optional_table("policy");
    if (!head) root.fail("policy", "is missing; a table [policy] with id and title is expected");
    Policy policy = read_head(*head);
    policy.file = file_name;
    policy.sha256 = sha256_of_text(toml);
    const std::vector<Use> policy_applies_to = read_uses(*head, "applies-to");
    const KnownLayers known(known_layers);
    for (const TomlTable& table : root.tables("rule")) {
        const std::string name = name_of(table, policy.rules.size() + 1);
        try {
            Rule rule = read_rule(table, known);
            if (rule.applies_to.empty()) rule.applies_to = policy_applies_to;
            const auto twin =
                std::find_if(policy.rules.begin(), policy.rules.end(), [&](const Rule& r) { return r.id == rule.id; });
            if (twin != policy.rules.end()) {
                table.fail("id", fmt::format("occurs twice, first in line {}; every rule has its own", twin->line));
            }
            policy.rules.push_back(std::move(rule));
        } catch (const UsageError& error) {
            throw UsageError(with_rule(error.what(), file_name, name));
        }
    }
    if (policy.rules.empty()) {
        head->fail("", fmt::format("policy {} has no rule; at least one [[rule]] is expected: nothing would be tested",
                                   policy.id));
    }
    return policy;
}

}  // namespace geo
