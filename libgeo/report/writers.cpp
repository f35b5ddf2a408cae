// SPDX-License-Identifier: Apache-2.0
#include "libgeo/report/writers.h"

#include <algorithm>

#include "libgeo/base/errors.h"
#include "libgeo/base/text.h"
#include "libgeo/report/forms.h"
#include "libgeo/sources/output.h"

namespace geo {
namespace {

enum class Form { csv, json, geojson, gpkg, fgb };

Form form_of(const std::filesystem::path& path) {
    if (!is_file_place(path)) return Form::csv;
    std::string ending = path.extension().string();
    std::transform(ending.begin(), ending.end(), ending.begin(),
                   [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; });
    if (ending == ".csv") return Form::csv;
    if (ending == ".json") return Form::json;
    if (ending == ".geojson") return Form::geojson;
    if (ending == ".gpkg") return Form::gpkg;
    if (ending == ".fgb") return Form::fgb;
    const std::vector<std::string> known = {".csv", ".json", ".geojson", ".gpkg", ".fgb"};
    std::string message =
        printable(path.string()) + (ending.empty() ? ": no ending" : ": unknown ending " + printable(ending));
    message += "; the ending chooses the form: " + join_words(known, " or ");
    if (const auto near = nearest_word(ending, known)) message += "; did you mean " + *near + "?";
    throw UsageError(message);
}

class ProvenanceFile : public Writer {
  public:
    ProvenanceFile(const std::filesystem::path& path, bool replace) : file_(path, replace) {}
    void take(const ProposalBatch&, const Assessed&, std::string&&) override {}
    void finish(const Tally&, const Issues& issues, const Provenance& provenance) override {
        file_.write(provenance_json(provenance, issues));
        file_.prepare();
    }
    void commit() override { file_.commit(); }

  private:
    OutputFile file_;
};

}  // namespace

bool is_file_place(const std::filesystem::path& path) {
    if (is_own_handle(path)) return false;  // even where standard output goes to a file
    std::error_code error;
    const auto status = std::filesystem::status(path, error);
    if (error || status.type() == std::filesystem::file_type::not_found) return true;
    if (status.type() == std::filesystem::file_type::directory) {
        throw UsageError(printable(path.string()) + ": is a folder; name a file in it, such as " +
                         printable((path / "verdicts.csv").string()));
    }
    return status.type() == std::filesystem::file_type::regular;
}

void check_ending(const std::filesystem::path& path) { form_of(path); }

std::unique_ptr<Writer> verdict_writer(const std::filesystem::path& path, const Assessment& assessment,
                                       const WriterOptions& options) {
    switch (form_of(path)) {
        case Form::csv:
            return csv_verdicts(path, assessment, options);
        case Form::json:
            return json_verdicts(path, assessment, options);
        case Form::geojson:
            return geojson_verdicts(path, assessment, options);
        case Form::gpkg:
            return geopackage_verdicts(path, assessment, options);
        case Form::fgb:
            return flatgeobuf_verdicts(path, assessment, options);
    }
    return nullptr;
}

std::filesystem::path provenance_path(const std::filesystem::path& path) {
    if (!is_file_place(path)) return {};
    const Form form = form_of(path);
    if (form == Form::json || form == Form::gpkg) return {};
    return std::filesystem::path(path).replace_extension(".provenance.json");
}

std::unique_ptr<Writer> provenance_writer(const std::filesystem::path& path, const Assessment&,
                                          const WriterOptions& options) {
    return std::make_unique<ProvenanceFile>(path, options.replace);
}

}  // namespace geo
