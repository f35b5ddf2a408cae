// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>

#include "libgeo/base/text.h"
#include "libgeo/report/html.h"
#include "libgeo/report/remarks.h"

namespace geo {
namespace {

std::string crs_words(const FileRecord& file) {
    if (file.crs.empty()) return {};
    std::string words = file.crs;
    if (!file.operation.empty() && file.operation != "none") words += ", " + file.operation;
    if (file.operation_accuracy_m >= 0.0 && file.operation != "none")
        words += fmt::format(" (accuracy {} m)", format_shortest(file.operation_accuracy_m));
    if (file.operation_loss_m > 0.0)
        words += fmt::format(" (± {} m more without the grid)", format_shortest(file.operation_loss_m));
    return words;
}

HtmlTable files_table(const Provenance& provenance) {
    using Kind = HtmlColumn::Kind;
    HtmlTable table;
    table.small = true;
    table.caption = "Files, and what became of their rows";
    table.columns = {{"Layer", Kind::text},       {"File", Kind::text},        {"Dated", Kind::text},
                     {"Read", Kind::number},      {"Used", Kind::number},      {"Not used", Kind::number},
                     {"Ruled out", Kind::number}, {"Coordinates", Kind::text}, {"Licence", Kind::text}};
    for (const FileRecord& file : provenance.files) {
        table.rows.push_back({file.layer, file.file, file.date.empty() ? "not stated" : file.date,
                              grouped(file.rows_read), grouped(file.rows_used), grouped(file.rows_not_used),
                              grouped(file.rows_ruled_out), crs_words(file),
                              file.licence.empty() ? "not stated" : file.licence});
    }
    table.note =
        "Rows read are rows used, rows not used (listed below) and rows ruled out (that the study's own choice, or a "
        "date, left aside).";
    return table;
}

HtmlTable hashes_table(const Provenance& provenance) {
    HtmlTable table;
    table.small = true;
    table.caption = "Fingerprints (SHA-256) of what went in";
    table.columns = {{"File", HtmlColumn::Kind::text}, {"SHA-256", HtmlColumn::Kind::text}};
    table.rows.push_back({provenance.study_file, provenance.study_sha256});
    for (const PolicyRecord& policy : provenance.policies) table.rows.push_back({policy.file, policy.sha256});
    std::string grid;
    for (const FileRecord& file : provenance.files) {
        table.rows.push_back({file.file, file.sha256});
        if (file.grid_sha256.empty() || grid == file.grid_sha256) continue;
        grid = file.grid_sha256;
        table.rows.push_back({file.grid, grid});
    }
    std::vector<std::vector<std::string>> once;
    for (std::vector<std::string>& row : table.rows) {
        if (std::find(once.begin(), once.end(), row) == once.end()) once.push_back(std::move(row));
    }
    table.rows = std::move(once);
    table.note = "The same files, study and version give the same answer, byte for byte.";
    return table;
}

std::vector<std::string> attributions(const Provenance& provenance) {
    std::vector<std::string> lines;
    for (const FileRecord& file : provenance.files) {
        if (file.attribution.empty() || std::find(lines.begin(), lines.end(), file.attribution) != lines.end())
            continue;
        lines.push_back(file.attribution);
    }
    return lines;
}

}  // namespace

void provenance_section(HtmlPage& page, const Provenance& provenance, const Issues& issues) {
    page.begin_section("What this rests on");
    std::vector<std::pair<std::string, std::string>> facts = {
        {"Made by", provenance.program + " " + provenance.version},
        {"Study", fmt::format("{} ({})", provenance.study_title, provenance.study_file)},
        {"Coordinates", provenance.crs}};
    if (!provenance.as_at.empty()) facts.emplace_back("As at", provenance.as_at);
    if (!provenance.tie.empty()) facts.emplace_back("On the line", provenance.tie);
    if (!provenance.libraries.empty()) facts.emplace_back("With", join_words(provenance.libraries, ", "));
    page.facts(facts);
    page.table(files_table(provenance));
    const IssueWords words = issue_words(issues);
    if (!words.rows.empty()) {
        page.begin_section("Rows that were not used as they stand");
        page.list(words.rows);
        page.end_section();
    }
    if (!words.notes.empty()) {
        page.begin_section("What was taken as read");
        page.list(words.notes);
        page.end_section();
    }
    if (const std::vector<std::string> lines = attributions(provenance); !lines.empty()) {
        page.begin_section("Sources to be named");
        page.list(lines);
        page.end_section();
    }
    page.table(hashes_table(provenance));
    page.end_section();
}

}  // namespace geo
