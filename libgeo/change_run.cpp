// SPDX-License-Identifier: Apache-2.0
#include "libgeo/change_run.h"

#include <fmt/format.h>

#include "libgeo/base/text.h"
#include "libgeo/report/layout.h"
#include "libgeo/report/remarks.h"

namespace geo {

std::string head_text(const Change& change, const std::string& line, unsigned width) {
    std::string text;
    append_wrapped(text, printable(change.study.title, 200), width, "", 0);
    append_wrapped(text, line, width, "", 0);
    return text;
}

void append_sentences(std::string& text, std::string_view head, const std::vector<std::string>& sentences,
                      unsigned width) {
    text += fmt::format("\n{}\n", head);
    for (const std::string& sentence : sentences) append_wrapped(text, sentence, width, "  - ", 4);
}

void append_end(std::string& text, const Change& change, const std::string& incomplete, std::string_view thing,
                unsigned width) {
    append_issues(text, change.issues, "every one is listed in --out FILE.json or .gpkg", width);
    text += '\n';
    const std::string complete = fmt::format("Complete: no {} that could change a figure was left out.", thing);
    append_wrapped(text, incomplete.empty() ? complete : incomplete, width, "", 2);
}

AnswerRecord record_of(const ChangeAnswer& answer, const Study& study) {
    AnswerRecord record;
    record.provenance = &answer.provenance;
    record.issues = &answer.issues;
    record.crs = &*study.crs;
    record.sentences = answer.sentences;
    record.complete = !answer.incomplete;
    record.svg = answer.svg;
    return record;
}

void finish(const ChangeRequest& request, const std::shared_ptr<Change>& change, const std::string& incomplete,
            ChangeAnswer& answer) {
    answer.incomplete = !incomplete.empty();
    if (answer.incomplete) answer.sentences.push_back(incomplete);
    answer.issues = std::move(change->issues);
    answer.provenance = std::move(change->provenance);
    answer.holds.push_back(change);
    if (!request.out.empty())
        write_tables(answer.tables, record_of(answer, change->study), request.out, request.replace);
}

}  // namespace geo
