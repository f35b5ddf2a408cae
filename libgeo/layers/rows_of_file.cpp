// SPDX-License-Identifier: Apache-2.0
#include "libgeo/layers/rows_of_file.h"

#include "libgeo/base/text.h"

namespace geo {

RowsOfFile::RowsOfFile(const LoadContext& context, const FileRequest& request, bool hides)
    : context_(context), file_(open_layer_file(request, *context.issues)), whole_(read_whole(file_, context, hides)) {}

void RowsOfFile::add_issue(std::size_t i, const char* code, const std::string& message, const std::string& action) {
    Issue issue = file_.issue(code, message, action, line(i));
    issue.id = ids_[i];
    context_.issues->add(std::move(issue));
}

std::uint64_t RowsOfFile::read_ids() {
    const auto cell = file_.cell("id");
    std::uint64_t blank = 0;
    for (std::size_t i = 0; i < size(); ++i) {
        std::string_view id = trimmed(text(i, cell));
        blank += id.empty();
        if (id.empty()) id = made_up_.emplace_back("row " + std::to_string(line(i)));
        ids_.push_back(id);
    }
    return blank;
}

void RowsOfFile::note_blank_ids(std::uint64_t blank) {
    if (blank == 0) return;
    context_.issues->add(
        file_.issue("no-id",
                    grouped(blank) + " of " + grouped(size()) + " rows" +
                        (file_.cell("id") ? " have a blank id" : " have no id: the file has no such column"),
                    "named by their row"));
}

void RowsOfFile::settle_dates() {
    for (const char* name : {"opened", "closed"}) {
        const auto cell = file_.cell(name);
        if (!cell) continue;
        const std::string column = file_.column_of(name);
        for (std::size_t i = 0; i < size(); ++i) dates_.see(text(i, cell), line(i), column);
    }
    const FileSpec& spec = *file_.spec;
    dates_.settle(file_,
                  spec.date_format ? spec.date_format
                  : file_.preset   ? file_.preset->date_format
                                   : std::nullopt,
                  *context_.issues);
}

std::vector<std::uint8_t> RowsOfFile::same_rows(Issues& issues) const {
    if (!file_.cell("id")) return std::vector<std::uint8_t>(size(), 0);
    return find_doubles(file_, whole_.batches, whole_.rows, ids_, issues).same_row;
}

void RowsOfFile::list_troubles_kept(const std::vector<std::uint8_t>& same_row) {
    std::size_t i = 0;
    for (std::size_t b = 0; b < whole_.batches.size(); ++b) {
        for (const RowTrouble& trouble : whole_.batches[b].troubles) {
            while (i < size() && (whole_.rows[i].batch < b || whole_.rows[i].row < trouble.row)) ++i;
            if (same_row[i]) continue;
            Issue issue = issue_of(file_, whole_.batches[b], trouble, ids_[i], false);
            if (issue.kept == Kept::not_used) issue.kept = Kept::used, issue.action = "kept without a location";
            context_.issues->add(std::move(issue));
        }
        while (i < size() && whole_.rows[i].batch == b) ++i;
    }
}

}  // namespace geo
