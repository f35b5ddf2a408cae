// SPDX-License-Identifier: Apache-2.0
#include "libgeo/report/record_layers.h"

#include "libgeo/report/styles.h"

namespace geo {

void write_issue_layer(LayerWriter& file, const Issues& issues) {
    file.begin_layer({"issues",
                      {{"layer"},
                       {"file"},
                       {"row", FieldType::integer},
                       {"id"},
                       {"code"},
                       {"message"},
                       {"action"},
                       {"may_hide_breach"}},
                      true,
                      issues_style()});
    for (const Issue& issue : issues.all()) {
        const std::string row = issue.row == 0 ? "" : std::to_string(issue.row);
        Shapes at;
        if (issue.has_place) at.add_point(issue.x, issue.y);
        file.add_row({issue.layer, issue.file, row, issue.id, issue.code, issue.message, issue.action,
                      issue.may_hide_breach ? "yes" : "no"},
                     at.size() == 0 ? nullptr : &at, 0);
    }
}

void write_provenance_layer(LayerWriter& file, const Provenance& provenance, bool complete,
                            const std::vector<std::string>& notes, const std::string& json) {
    file.begin_layer({"provenance", {{"part"}, {"name"}, {"key"}, {"value"}}, false, {}});
    const auto put = [&file](std::string_view part, std::string_view name, std::string_view key,
                             std::string_view value) {
        if (!value.empty()) file.add_row({part, name, key, value}, nullptr, 0);
    };
    put("run", "", "program", provenance.program + " " + provenance.version);
    put("run", "", "study", provenance.study_file);
    put("run", "", "title", provenance.study_title);
    put("run", "", "study sha256", provenance.study_sha256);
    put("run", "", "crs", provenance.crs);
    put("run", "", "as at", provenance.as_at);
    put("run", "", "complete", complete ? "yes" : "no");
    for (const std::string& note : notes) put("note", "", "", note);
    for (const PolicyRecord& policy : provenance.policies) {
        put("policy", policy.id, "title", policy.title);
        put("policy", policy.id, "file", policy.file);
        put("policy", policy.id, "sha256", policy.sha256);
    }
    for (const FileRecord& record : provenance.files) {
        const std::string name = record.layer.empty() ? record.file : record.layer + ": " + record.file;
        put("file", name, "sha256", record.sha256);
        put("file", name, "rows read", std::to_string(record.rows_read));
        put("file", name, "rows used", std::to_string(record.rows_used));
        put("file", name, "date", record.date);
        put("file", name, "licence", record.licence);
        put("file", name, "attribution", record.attribution);
        put("file", name, "crs", record.crs);
        put("file", name, "operation", record.operation);
        if (!record.operation_note.empty()) put("file", name, "operation note", record.operation_note);
    }
    put("all", "", "json", json);
}

}  // namespace geo
