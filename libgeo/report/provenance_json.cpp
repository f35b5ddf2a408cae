// SPDX-License-Identifier: Apache-2.0
#include "libgeo/report/provenance_json.h"

#include "libgeo/report/measured_words.h"
#include "libgeo/report/rows.h"
#include "libgeo/report/words.h"
#include "libgeo/report/writers.h"

namespace geo {
namespace {

constexpr Result kResults[] = {Result::breach, Result::borderline, Result::unknown,
                               Result::exempt, Result::clear,      Result::not_applicable};

void put_file(Json& json, const FileRecord& file) {
    json.begin_object();
    json.text("layer", file.layer);
    json.text("file", file.file);
    json.text("sha256", file.sha256);
    json.integer("bytes", static_cast<std::int64_t>(file.bytes));
    json.integer("rows_read", static_cast<std::int64_t>(file.rows_read));
    json.integer("rows_used", static_cast<std::int64_t>(file.rows_used));
    json.integer("rows_not_used", static_cast<std::int64_t>(file.rows_not_used));
    json.integer("rows_ruled_out", static_cast<std::int64_t>(file.rows_ruled_out));
    json.text_if("date", file.date);
    json.text_if("licence", file.licence);
    json.text_if("attribution", file.attribution);
    json.text_if("preset", file.preset);
    json.text_if("crs", file.crs);
    if (!file.operation.empty()) {
        json.text("operation", file.operation);
        json.number("operation_accuracy_m", file.operation_accuracy_m < 0 ? kNoNumber : file.operation_accuracy_m, 3);
        json.number("operation_loss_m", file.operation_loss_m, 3);
        json.text_if("operation_note", file.operation_note);
    }
    json.text_if("grid", file.grid);
    json.text_if("grid_sha256", file.grid_sha256);
    json.end_object();
}

void put_rule(Json& json, const Rule& rule) {
    json.begin_object();
    json.text("id", rule.id);
    json.text_if("title", rule.title);
    json.text_if("text", rule.text);
    json.text_if("cite", rule.cite);
    json.text_if("unchecked", rule.unchecked);
    json.text_if("superseded_by", rule.superseded_by);
    json.text("breach", rule.breach.text);
    json.text("outcome", word(rule.outcome.kind));
    json.text_if("outcome_details", rule.outcome.details);
    json.end_object();
}

void put_results(Json& json, std::string_view key, const std::uint64_t* by_result, bool with_triggered) {
    json.begin_object(key);
    for (const Result result : kResults)
        json.integer(word(result), static_cast<std::int64_t>(by_result[static_cast<std::size_t>(result)]));
    if (with_triggered)
        json.integer("triggered", static_cast<std::int64_t>(by_result[static_cast<std::size_t>(Result::triggered)]));
    json.end_object();
}

std::string_view kept_words(Kept kept) {
    switch (kept) {
        case Kept::used:
            return "used";
        case Kept::used_changed:
            return "used-changed";
        case Kept::not_used:
            return "not-used";
    }
    return {};
}

}  // namespace

void put_provenance(Json& json, std::string_view key, const Provenance& provenance) {
    json.begin_object(key);
    json.text("program", provenance.program);
    json.text("version", provenance.version);
    json.text("study", provenance.study_file);
    json.text("study_title", provenance.study_title);
    json.text("study_sha256", provenance.study_sha256);
    json.text("crs", provenance.crs);
    json.text_if("as_at", provenance.as_at);
    json.text_if("tie", provenance.tie);
    if (!provenance.grid_builder.empty()) json.raw("grid_builder", provenance.grid_builder);
    json.begin_array("policies");
    for (const PolicyRecord& policy : provenance.policies) {
        json.begin_object();
        json.text("id", policy.id);
        json.text("title", policy.title);
        json.text("file", policy.file);
        json.text("sha256", policy.sha256);
        json.end_object();
    }
    json.end_array();
    json.begin_array("files");
    for (const FileRecord& file : provenance.files) put_file(json, file);
    json.end_array();
    json.begin_array("libraries");
    for (const std::string& library : provenance.libraries) json.text({}, library);
    json.end_array();
    json.end_object();
}

void put_accounts(Json& json, std::string_view key, const Issues& issues) {
    json.begin_array(key);
    for (const RowAccount& account : issues.accounts()) {
        json.begin_object();
        json.text("layer", account.layer);
        json.text("file", account.file);
        json.integer("read", static_cast<std::int64_t>(account.read));
        json.integer("used", static_cast<std::int64_t>(account.used));
        json.integer("not_used", static_cast<std::int64_t>(account.not_used));
        json.integer("ruled_out", static_cast<std::int64_t>(account.ruled_out));
        json.end_object();
    }
    json.end_array();
}

void put_issues(Json& json, std::string_view key, const Issues& issues) {
    json.begin_array(key);
    for (const Issue& issue : issues.all()) {
        json.begin_object();
        json.text("layer", issue.layer);
        json.text_if("file", issue.file);
        if (issue.row != 0) json.integer("row", issue.row);
        json.text_if("id", issue.id);
        json.text("code", issue.code);
        json.text("message", issue.message);
        json.text_if("action", issue.action);
        json.text("kept", kept_words(issue.kept));
        json.boolean("may_hide_breach", issue.may_hide_breach);
        if (issue.has_place) {
            json.number("x", issue.x, 3);
            json.number("y", issue.y, 3);
        }
        json.end_object();
    }
    json.end_array();
}

void put_policies(Json& json, std::string_view key, const Assessment& assessment) {
    json.begin_array(key);
    for (const Policy& policy : assessment.policies()) {
        json.begin_object();
        json.text("id", policy.id);
        json.text("title", policy.title);
        json.text_if("authority", policy.authority);
        json.text("status", word(policy.status));
        json.text_if("in_force_from", format_date(policy.from));
        json.text_if("in_force_until", format_date(policy.until));
        json.text_if("applies_in", policy.applies_in);
        json.text_if("source", policy.source);
        json.begin_array("rules");
        for (const Rule& rule : policy.rules) put_rule(json, rule);
        json.end_array();
        json.begin_array("not_encoded");
        for (const std::string& what : policy.not_encoded) json.text({}, what);
        json.end_array();
        json.end_object();
    }
    json.end_array();
}

void put_tally(Json& json, std::string_view key, const Tally& tally, const Assessment& assessment) {
    json.begin_object(key);
    json.integer("proposals", static_cast<std::int64_t>(tally.proposals));
    json.integer("sites", static_cast<std::int64_t>(tally.sites));
    put_results(json, "verdicts", tally.by_result, false);
    json.integer("triggered", static_cast<std::int64_t>(tally.triggered));
    json.integer("plain_breaches", static_cast<std::int64_t>(tally.plain_breaches));
    json.integer("on_the_tie", static_cast<std::int64_t>(tally.on_the_tie));
    const std::vector<std::string> labels = rule_labels(assessment);
    json.begin_array("by_rule");
    for (std::size_t slot = 0; slot < assessment.slots().size() && slot < tally.by_slot.size(); ++slot) {
        const Slot& of = assessment.slots()[slot];
        json.begin_object();
        json.text("policy", assessment.policy(of).id);
        json.text("rule", labels[slot]);
        json.text("layer", layer_of_finding({}, of, assessment));
        json.boolean("counts", of.counts);
        put_results(json, "results", tally.by_slot[slot].data(), true);
        if (slot < tally.plain_by_slot.size())
            json.integer("plain", static_cast<std::int64_t>(tally.plain_by_slot[slot]));
        json.end_object();
    }
    json.end_array();
    json.end_object();
}

void put_not_tested(Json& json, std::string_view key, const Assessment& assessment) {
    json.begin_array(key);
    for (const std::string& remark : assessment.remarks()) json.text({}, remark);
    for (const Policy& policy : assessment.policies()) {
        for (const std::string& what : policy.not_encoded) json.text({}, policy.id + ": " + what);
    }
    json.end_array();
}

std::string provenance_json(const Provenance& provenance, const Issues& issues) {
    std::string out;
    Json json(out, 2);
    json.begin_object();
    put_provenance(json, "provenance", provenance);
    put_accounts(json, "rows", issues);
    json.boolean("complete", issues.may_hide_breach() == 0);
    put_issues(json, "issues", issues);
    json.end_object();
    out += '\n';
    return out;
}

std::string as_at_words(const AssessOptions& options) {
    if (options.on) return format_date(*options.on) + " (--on)";
    const std::string first = "each proposal's date of decision, else ";
    return options.study_as_at ? first + format_date(*options.study_as_at) + " (study)"
                               : first + format_date(options.today) + " (day of the run)";
}

}  // namespace geo
