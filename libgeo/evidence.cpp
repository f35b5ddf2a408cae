// SPDX-License-Identifier: Apache-2.0
#include "libgeo/evidence.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "libgeo/base/errors.h"
#include "libgeo/base/text.h"
#include "libgeo/report/at_place.h"
#include "libgeo/report/chromium_pdf.h"
#include "libgeo/report/evidence_sheet.h"
#include "libgeo/report/outputs.h"
#include "libgeo/report/rows.h"
#include "libgeo/report/run_record.h"
#include "libgeo/sources/output.h"

namespace geo {
namespace {

namespace fs = std::filesystem;

/// One sheet, as far as it is known while the run goes on.
struct Made {
    EvidenceDraft draft;
    std::string text;
    std::string reference;
    std::vector<std::string> cells;  // of the index
};

/// Takes the proposal asked for out of the stream; of other references it remembers the nearest.
class OneProposal : public Sink {
  public:
    OneProposal(const std::string& wanted, const EvidenceSheets& sheets, std::size_t width)
        : wanted_(trimmed(wanted)), sheets_(sheets), width_(width) {}

    void take(const ProposalBatch& batch, const Assessed& assessed, std::string&& /*bytes*/) override {
        for (std::size_t row = 0; row < batch.size(); ++row) {
            if (batch.site_of[row] != row) continue;
            if (trimmed(batch.reference[row]) == wanted_) {
                const EvidenceSubject subject = subject_of_proposal(batch, assessed, row);
                made_.push_back({sheets_.draft(subject), sheets_.text(subject, width_), wanted_, {}});
            } else if (made_.empty()) {
                look_near(batch.reference[row]);
            }
        }
    }
    std::vector<Made>& made() { return made_; }

    [[noreturn]] void not_found(const Issues& issues) const {
        for (const Issue& issue : issues.all()) {
            if (issue.kept != Kept::not_used || trimmed(issue.id) != wanted_) continue;
            throw UsageError(fmt::format("--proposal {}: its row was not used: {}; {}", printable(wanted_, 80),
                                         printable(issue.message, 200), printable(issue.action, 120)));
        }
        const auto near = nearest_word(wanted_, near_);
        throw UsageError(fmt::format("--proposal {}: no proposal of the study has this reference{}",
                                     printable(wanted_, 80),
                                     near ? "; did you mean " + printable(*near, 80) + "?"
                                          : std::string("; `cordon check STUDY --out verdicts.csv` lists them")));
    }

  private:
    void look_near(std::string_view reference) {
        constexpr std::size_t kMostLooked = 300'000, kMostKept = 1'000;  // a slip of the hand is found early enough
        if (++looked_ > kMostLooked || near_.size() >= kMostKept) return;
        const std::string candidate(trimmed(reference));
        if (nearest_word(wanted_, std::span(&candidate, 1))) near_.push_back(candidate);
    }

    std::string wanted_;
    const EvidenceSheets& sheets_;
    std::size_t width_, looked_ = 0;
    std::vector<Made> made_;
    std::vector<std::string> near_;
};

/// Every proposal that breaches.
class EveryBreach : public Sink {
  public:
    EveryBreach(const Assessment& assessment, const EvidenceSheets& sheets) : rows_(assessment), sheets_(sheets) {}

    void take(const ProposalBatch& batch, const Assessed& assessed, std::string&& /*bytes*/) override {
        VerdictRow row;
        for (std::size_t i = 0; i < batch.size(); ++i) {
            if (batch.site_of[i] != i || assessed.verdicts[i].result != Result::breach) continue;
            rows_.make(batch, assessed, i, row);
            made_.push_back({sheets_.draft(subject_of_proposal(batch, assessed, i)),
                             {},
                             std::string(row.reference),
                             {printable(row.reference), printable(row.name, 160), std::string(word(row.use)),
                              format_date(row.as_at), joined(row.breached), printable(row.nearest_name, 120),
                              format_fixed(row.nearest_m, 1)}});
        }
    }
    std::vector<Made>& made() { return made_; }

  private:
    static std::string joined(const std::vector<std::string_view>& words) {
        std::vector<std::string> list;
        for (const std::string_view one : words) list.push_back(printable(one, 80));
        return join_words(list, ", ");
    }
    VerdictRows rows_;
    const EvidenceSheets& sheets_;
    std::vector<Made> made_;
};

bool is_pdf(const fs::path& path) { return is_file_place(path) && path.extension() == ".pdf"; }

void expect_sheet_files(const EvidenceRequest& request, const Study& study) {
    for (const fs::path& path : request.out) {
        if (!is_file_place(path) || path.extension() == ".html" || is_pdf(path)) continue;
        throw UsageError(printable(path.string(), 300) + ": a sheet is written as .html or .pdf; end its name so");
    }
    check_outputs(
        request.out, [](const fs::path&) { return fs::path(); }, request.replace, study, request.policies);
    for (const fs::path& path : request.out) {
        if (is_pdf(path)) need_chromium(path);
    }
}

/// All of one sheet: each file whole, and all of them or none.
void write_sheet(const std::string& html, const std::vector<fs::path>& out, bool replace) {
    std::vector<OutputFile> files;
    for (const fs::path& path : out) {
        OutputFile& file = files.emplace_back(path, replace);
        file.write(is_pdf(path) ? pdf_of_page(html, need_chromium(path)) : html);
        file.prepare();
    }
    for (OutputFile& file : files) file.commit();
}

/// Where the sheets of --all go; checked before the run, nothing is made yet.
fs::path expect_folder(const EvidenceRequest& request) {
    if (request.out.size() != 1)
        throw UsageError("--all writes a file for each breach: give one folder, such as `--out sheets/`");
    fs::path folder = request.out.front();
    std::error_code error;
    if (fs::exists(folder, error) && !fs::is_directory(folder, error))
        throw UsageError(printable(folder.string(), 300) + ": is no folder; --all writes a file for each breach");
    const std::string ending = folder.extension().string();
    if (!fs::is_directory(folder, error) && (ending == ".html" || ending == ".pdf"))
        throw UsageError(printable(folder.string(), 300) +
                         ": --all writes a file for each breach; name a folder, such as `--out sheets/`");
    if (request.pdf) need_chromium(folder);
    if (fs::is_directory(folder, error)) {
        const OutputFile can_be_opened(folder / "index.html", request.replace);
    } else if (const fs::path above = fs::absolute(folder / "..", error).lexically_normal();
               !fs::is_directory(above, error)) {
        throw EnvironmentError(printable(folder.string(), 300) + ": its folder does not exist; make it first");
    }
    return folder;
}

void make_folder(const fs::path& folder) {
    std::error_code error;
    fs::create_directory(folder, error);
    if (!fs::is_directory(folder))
        throw EnvironmentError(fmt::format("{}: cannot be made: {}", printable(folder.string(), 300), error.message()));
}

std::string lower(std::string text) {
    for (char& c : text) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    return text;
}

/// Names without ending, each once, also where capitals make no difference.
std::vector<std::string> names_of(const std::vector<Made>& made) {
    std::vector<std::string> names;
    std::set<std::string> taken = {"index"};
    for (const Made& one : made) {
        const std::string base = file_name_of(one.reference);
        std::string name = base;
        for (int n = 2; !taken.insert(lower(name)).second; ++n) name = fmt::format("{}-{}", base, n);
        names.push_back(name);
    }
    return names;
}

HtmlTable index_table(const std::vector<Made>& made, const std::vector<std::string>& names) {
    using Kind = HtmlColumn::Kind;
    HtmlTable table;
    table.caption = "A sheet for each proposal that is contrary to an adopted policy, in the order of the register";
    table.columns = {{"Reference", Kind::text}, {"Address or name", Kind::text}, {"Use", Kind::text},
                     {"As at", Kind::text},     {"Contrary to", Kind::text},     {"Nearest place", Kind::text},
                     {"Metres", Kind::number}};
    for (std::size_t k = 0; k < made.size(); ++k) {
        table.rows.push_back(made[k].cells);
        table.links.push_back(names[k] + ".html");
    }
    return table;
}

void write_all(std::vector<Made>& made, const fs::path& folder, const EvidenceRequest& request,
               const EvidenceSheets& sheets, const LoadedStudy& loaded, std::uint64_t proposals) {
    make_folder(folder);
    const std::vector<std::string> names = names_of(made);
    std::vector<std::vector<fs::path>> places;
    for (const std::string& name : names) {
        std::vector<fs::path>& its = places.emplace_back(1, folder / (name + ".html"));
        if (request.pdf) its.push_back(folder / (name + ".pdf"));
        for (const fs::path& path : its) const OutputFile can_be_opened(path, request.replace);
    }
    HtmlPage index("Evidence sheets", loaded.study.title, loaded.study.title);
    index.paragraph(fmt::format("{} of {} {} contrary to an adopted policy.", grouped(made.size()),
                                counted(proposals, "proposal"), made.size() == 1 ? "is" : "are"));
    if (!made.empty()) index.table(index_table(made, names));
    provenance_section(index, loaded.provenance, loaded.issues);
    for (std::size_t k = 0; k < made.size(); ++k)
        write_sheet(sheets.finish(std::move(made[k].draft), loaded.issues, loaded.provenance), places[k],
                    request.replace);
    write_sheet(index.finish(), {folder / "index.html"}, request.replace);
}

/// Several proposals of one reference, in layers of their own, stand one under the other.
EvidenceDraft together(std::vector<Made>& made) {
    EvidenceDraft all = std::move(made.front().draft);
    for (std::size_t k = 1; k < made.size(); ++k) {
        all.rest.append(made[k].draft.head);
        all.rest.append(made[k].draft.rest);
        all.untested.insert(all.untested.end(), made[k].draft.untested.begin(), made[k].draft.untested.end());
    }
    return all;
}

/// The streets, for the maps alone. Where only words are printed they are not read.
std::vector<StreetLayer> streets_for(const EvidenceRequest& request, LoadedStudy& loaded) {
    return request.out.empty() ? std::vector<StreetLayer>() : load_streets(loaded.study, loaded.options, loaded.issues);
}

/// Streets that are walked along are on record already.
void record_streets(const std::vector<StreetLayer>& streets, Provenance& provenance) {
    for (const StreetLayer& layer : streets) {
        const bool known = std::any_of(provenance.files.begin(), provenance.files.end(), [&](const FileRecord& file) {
            return file.layer == layer.file.layer && file.file == layer.file.file;
        });
        if (!known) provenance.files.push_back(layer.file);
    }
}

void finish_answer(EvidenceAnswer& answer, LoadedStudy& loaded) {
    answer.incomplete = loaded.issues.may_hide_breach() > 0;
    answer.issues = std::move(loaded.issues);
    answer.provenance = std::move(loaded.provenance);
}

EvidenceAnswer of_proposals(const EvidenceRequest& request, LoadedStudy& loaded) {
    const fs::path folder = request.all ? expect_folder(request) : fs::path();
    if (!request.all) expect_sheet_files(request, loaded.study);
    loaded.walk_where_possible();
    loaded.load();
    loaded.open_proposals();
    const std::vector<StreetLayer> streets = streets_for(request, loaded);
    const EvidenceSheets sheets(*loaded.assessment, loaded.study, loaded.proposals->kept_columns(), request.grids,
                                streets);
    OneProposal one(request.reference.value_or(std::string()), sheets, request.width);
    EveryBreach every(*loaded.assessment, sheets);
    Sink* const sink = request.all ? static_cast<Sink*>(&every) : &one;
    const Tally tally =
        run(*loaded.proposals, *loaded.assessment, std::span(&sink, 1), loaded.issues, request.progress);
    loaded.finish();
    record_streets(streets, loaded.provenance);
    EvidenceAnswer answer;
    if (request.all) {
        answer.sheets = every.made().size();
        write_all(every.made(), folder, request, sheets, loaded, tally.proposals);
    } else {
        std::vector<Made>& made = one.made();
        if (made.empty()) one.not_found(loaded.issues);
        answer.sheets = 1;
        if (request.out.empty()) {
            for (const Made& found : made) answer.text += (answer.text.empty() ? "" : "\n") + found.text;
            answer.text += sheets.text_end(loaded.issues, request.width);
        } else {
            write_sheet(sheets.finish(together(made), loaded.issues, loaded.provenance), request.out, request.replace);
        }
    }
    finish_answer(answer, loaded);
    return answer;
}

/// One place before any application: the same stages, with a made proposal in place of the reader.
EvidenceAnswer of_place(const EvidenceRequest& request, LoadedStudy& loaded) {
    expect_sheet_files(request, loaded.study);
    const AtFound found = find_at(*request.at, loaded.study, request.grids, loaded.issues);
    loaded.walk_where_possible();
    loaded.load();
    const Assessment assessment(loaded.policies, loaded.layers, std::span(&found.facts, 1), loaded.assess_options());
    const ProposalBatch batch = proposals_at(found, loaded.policies, loaded.options.fields.size());
    const Assessed assessed = assessment.assess(batch);
    const std::vector<StreetLayer> streets = streets_for(request, loaded);
    loaded.issues.verify_accounts();
    loaded.provenance =
        run_record(loaded.study, loaded.policies, facts_of(loaded.layers, loaded.options), {}, found.facts.operation);
    loaded.provenance.as_at = as_at_words(assessment.options());
    record_streets(streets, loaded.provenance);
    const EvidenceSheets sheets(assessment, loaded.study, {}, request.grids, streets);
    const EvidenceSubject subject = subject_of_enquiry(batch, assessed, found.place);
    EvidenceAnswer answer;
    answer.sheets = 1;
    if (request.out.empty())
        answer.text = sheets.text(subject, request.width) + sheets.text_end(loaded.issues, request.width);
    else
        write_sheet(sheets.finish(sheets.draft(subject), loaded.issues, loaded.provenance), request.out,
                    request.replace);
    finish_answer(answer, loaded);
    return answer;
}

}  // namespace

std::string file_name_of(std::string_view reference) {
    constexpr std::size_t kLongest = 80;
    std::string name;
    for (const char c : reference) {
        const bool plain = (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '.' ||
                           c == '_' || c == '-';
        if (plain && name.size() < kLongest) name += c;
        if (!plain && !name.empty() && name.back() != '-' && name.size() < kLongest) name += '-';
    }
    while (!name.empty() && (name.back() == '-' || name.back() == '.')) name.pop_back();
    name.erase(0, name.find_first_not_of(".-"));
    if (name.empty()) return "sheet";
    // Names that Windows keeps for devices, whatever their ending.
    const std::string stem = lower(name.substr(0, name.find('.')));
    const std::set<std::string> devices = {"con", "prn", "aux", "nul"};
    const bool port = stem.size() == 4 && (stem.starts_with("com") || stem.starts_with("lpt"));
    return devices.contains(stem) || port ? "sheet-" + name : name;
}

EvidenceAnswer evidence(const EvidenceRequest& request) {
    LoadedStudy loaded(request);
    return request.at ? of_place(request, loaded) : of_proposals(request, loaded);
}

}  // namespace geo
