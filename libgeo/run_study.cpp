// SPDX-License-Identifier: Apache-2.0
#include "libgeo/run_study.h"

#include <algorithm>
#include <array>
#include <set>

#include "libgeo/base/text.h"
#include "libgeo/change_run.h"
#include "libgeo/geo.h"
#include "libgeo/pack.h"
#include "libgeo/report/chromium_pdf.h"
#include "libgeo/report/figure.h"
#include "libgeo/report/html.h"
#include "libgeo/report/map_layers.h"
#include "libgeo/report/outputs.h"
#include "libgeo/report/writers.h"
#include "libgeo/sources/output.h"

namespace geo {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kMostOnPage = 10'000;  // features of map.html, one by one

/// What a run may make, in the order of the index.
struct RunFile {
    const char *name, *what;
};
constexpr std::array kFiles = {
    RunFile{"pack.html", "The commission pack: counts, maps, areas, deprivation, effect, parades, methods, sources"},
    RunFile{"pack.pdf", "The same to print and to hand on"},
    RunFile{"map.html", "The interactive map; it opens from disk and asks no server"},
    RunFile{"verdicts.csv", "A row a proposal: its verdict and the nearest place"},
    RunFile{"findings.csv", "A row a proposal, rule and layer: what was measured, against which limit"},
    RunFile{"zones.gpkg", "Exclusion zones as map layers, and what they cover"},
    RunFile{"density.csv", "Outlets, rates and change by area and day"},
    RunFile{"density.gpkg", "The same as map layers"},
    RunFile{"density.svg", "A chart of the rates over the days"},
    RunFile{"equity.json", "Outlets by deprivation: rates, gap, slope index"},
    RunFile{"equity.svg", "A chart of them"},
    RunFile{"effect.json", "Before and after the policy, inside and outside its zones"},
    RunFile{"effect.svg", "A chart of openings on either side"},
    RunFile{"concentrations.csv", "Parades ranked by the uses that pile up there"},
    RunFile{"concentrations.gpkg", "The same, hot spots and a density surface as map layers"},
    RunFile{"map.gpkg", "What the map shows, as layers that QGIS opens drawn"},
};
/// Figures are named by what they show; each is made in these forms.
constexpr std::array kForms = {".pdf", ".png", ".svg"};

/// Files made and files left out.
class Run {
  public:
    explicit Run(const RunRequest& request)
        : request_(request), folder_(request.out), study_(read_study(request.study)) {
        make_folder();
        try {
            check_files();
        } catch (...) {
            remove_folder();
            throw;
        }
    }

    RunAnswer run() {
        PackRequest asked;
        static_cast<StudyRequest&>(asked) = of_study();
        asked.areas = request_.areas;
        asked.progress = request_.progress;
        // First: it reads every layer, and whatever stops a run stops it before anything is written.
        const StudyAnswers answers = answers_of(asked);
        check_proposals(answers);
        incomplete_ = incomplete_ || answers.incomplete;
        tables("density", answers.density, {".csv", ".gpkg", ".svg"});
        tables("equity", answers.equity, {".json", ".svg"});
        tables("effect", answers.effect, {".json", ".svg"});
        tables("concentrations", answers.concentrations, {".csv", ".gpkg"});
        tables("zones", answers.zones, {".gpkg"});
        map(answers);
        const StudyFigures figures = figures_of(answers);
        draw(figures, answers);
        pack(pack_page(answers, figures));
        remove_stale();
        index(answers.world.data);
        return answer();
    }

    /// Where this run made it and nothing is in it.
    void remove_folder() const {
        std::error_code ignored;
        if (made_folder_) fs::remove(folder_, ignored);
    }

  private:
    void make_folder() {
        std::error_code error;
        if (fs::exists(folder_, error) && !fs::is_directory(folder_, error))
            throw UsageError(printable(folder_.string()) +
                             ": is no folder; --out names the folder that the answers go into");
        made_folder_ = fs::create_directories(folder_, error);
        if (error) throw EnvironmentError(printable(folder_.string()) + ": " + error.message());
    }
    /// Before any work: nothing that a run may make is in the way.
    void check_files() const {
        std::vector<fs::path> files = {folder_ / "index.html"};
        for (const RunFile& file : kFiles) files.push_back(folder_ / file.name);
        for (const fs::path& old : old_figures()) files.push_back(old);
        check_outputs(files, provenance_of, request_.replace, study_, request_.policies);
    }
    static fs::path provenance_of(const fs::path& path) {
        const std::string ending = path.extension().string();
        const bool beside = ending == ".csv" || ending == ".svg" || ending == ".png" ||
                            (ending == ".pdf" && path.filename().string().rfind("figure-", 0) == 0);
        return beside ? fs::path(path).replace_extension(".provenance.json") : fs::path();
    }
    /// Figures that stand in the folder already.
    std::vector<fs::path> old_figures() const {
        std::vector<fs::path> old;
        std::error_code error;
        for (const fs::directory_entry& entry : fs::directory_iterator(folder_, error)) {
            const std::string name = entry.path().filename().string();
            if (name.rfind("figure-", 0) == 0 && figure_form(entry.path())) old.push_back(entry.path());
        }
        std::sort(old.begin(), old.end());
        return old;
    }

    const StudyRequest& of_study() const { return request_; }
    void made(const fs::path& path) { made_.insert(path.filename().string()); }
    void left_out(const std::string& name, const std::string& why) { left_out_.emplace_back(name, why); }

    void check_proposals(const StudyAnswers& answers) {
        CheckRequest asked;
        static_cast<StudyRequest&>(asked) = of_study();
        asked.read = answers.world.loaded->read;
        asked.out = {folder_ / "verdicts.csv"};
        asked.findings = folder_ / "findings.csv";
        asked.replace = request_.replace;
        const bool has = std::any_of(study_.layers.begin(), study_.layers.end(),
                                     [](const LayerSpec& layer) { return layer.kind == LayerKind::proposals; });
        if (!has) return left_out("verdicts.csv, findings.csv", "the study has no proposals");
        if (study_.policies.empty() && request_.policies.empty())
            return left_out("verdicts.csv, findings.csv", "the study names no policy");
        const CheckAnswer checked = check(asked);
        incomplete_ = incomplete_ || checked.incomplete;
        breaches_ = checked.tally.by_result[static_cast<std::size_t>(Result::breach)];
        made(*asked.findings);
        made(asked.out.front());
    }
    void tables(const std::string& name, const PartAnswer& part, const std::vector<const char*>& endings) {
        std::vector<fs::path> files;
        std::string names;
        for (const char* ending : endings) {
            const bool no_chart = std::string_view(ending) == ".svg" && part.answer && part.answer->svg.empty();
            if (no_chart) continue;
            files.push_back(folder_ / (name + ending));
            names += (names.empty() ? "" : ", ") + name + ending;
        }
        if (!part.answer) return left_out(names, part.missing);
        write_tables(part.answer->tables, record_of(*part.answer, study_), files, request_.replace);
        for (const fs::path& file : files) made(file);
    }
    void write(const std::string& name, const std::string& bytes) {
        OutputFile file(folder_ / name, request_.replace);
        file.write(bytes);
        file.prepare();
        file.commit();
        made(name);
    }
    static std::size_t features_of(const MapData& data) {
        std::size_t count = data.proposals.size();
        for (const MapPlaces& layer : data.places) count += layer.size();
        for (const MapOutlets& layer : data.outlets) count += layer.size();
        for (const MapUnits& layer : data.units) count += layer.size();
        return count;
    }
    void map(const StudyAnswers& answers) {
        if (!map_page_built()) {
            left_out("map.html", "this program was built without the interactive map");
        } else if (features_of(answers.world.data) <= kMostOnPage) {
            write("map.html", map_page(answers.world.data, {}, request_.grids));
        } else {
            MapRequest asked;
            static_cast<StudyRequest&>(asked) = of_study();
            asked.read = answers.world.loaded->read;
            asked.areas = request_.areas;
            asked.most_features = kMostOnPage;
            write("map.html", map_page(gather_map(asked).data, {}, request_.grids));
        }
        const MapLayers layers = map_layers(answers.world.data);
        if (layers.tables.empty()) return left_out("map.gpkg", "the study has nothing with a place");
        AnswerRecord record;
        record.provenance = &answers.world.data.provenance;
        record.issues = &answers.world.loaded->issues;
        record.crs = &*study_.crs;
        record.sentences = answers.world.data.remarks;
        record.complete = !answers.world.data.incomplete;
        write_tables(layers.tables, record, {folder_ / "map.gpkg"}, request_.replace);
        made("map.gpkg");
    }
    void draw(const StudyFigures& figures, const StudyAnswers& answers) {
        std::vector<FigureFile> files;
        for (const NamedFigure& figure : figures.figures)
            for (const char* form : kForms) {
                files.push_back({folder_ / ("figure-" + figure.name + form), &figure.figure});
                made(files.back().path);
                figures_.emplace_back(files.back().path.filename().string(), figure.figure.subtitle);
            }
        write_figures(files, request_.replace, answers.world.data.provenance, answers.world.loaded->issues);
        for (const std::string& why : figures.missing) left_out("figure", why);
    }
    void pack(const std::string& html) {
        write("pack.html", html);
        const auto chromium = request_.pdf ? find_chromium() : std::nullopt;
        if (chromium)
            write("pack.pdf", pdf_of_page(html, *chromium));
        else
            left_out("pack.pdf", request_.pdf ? without_chromium() : "not asked for (--no-pdf)");
    }
    /// Of an earlier run, where this one replaces it: what is no longer so must not stand beside what is.
    void remove_stale() const {
        std::error_code ignored;
        std::vector<fs::path> old = old_figures();
        for (const RunFile& file : kFiles) old.push_back(folder_ / file.name);
        for (const fs::path& path : old) {
            if (made_.contains(path.filename().string())) continue;
            fs::remove(path, ignored);
            if (const fs::path its = provenance_of(path); !its.empty()) {
                const bool shared = std::any_of(made_.begin(), made_.end(), [&](const std::string& name) {
                    return provenance_of(folder_ / name) == its;
                });
                if (!shared) fs::remove(its, ignored);
            }
        }
    }
    void index(const MapData& data) {
        HtmlPage page(data.title, "As at " + format_date_long(data.as_at) + ". Everything that `cordon run` made.",
                      printable(data.title, 200));
        if (incomplete_)
            page.paragraph("Incomplete: rows that could change an answer were left out; the pack lists them.",
                           HtmlTone::warning);
        page.begin_section("What there is");
        std::vector<std::pair<std::string, std::string>> links;
        for (const RunFile& file : kFiles)
            if (made_.contains(file.name)) links.emplace_back(file.name, std::string(file.name) + ": " + file.what);
        for (const auto& [name, what] : figures_) links.emplace_back(name, name + ": " + what);
        page.links(links);
        page.end_section();
        if (!left_out_.empty()) {
            page.begin_section("What was left out, and why");
            page.facts(left_out_);
            page.end_section();
        }
        write("index.html", page.finish());
    }
    RunAnswer answer() const {
        RunAnswer answer;
        answer.text = counted(made_.size(), "file") + " in " + printable(folder_.string(), 300) +
                      "; index.html says what each is.\n";
        for (const auto& [name, why] : left_out_) answer.text += "Left out: " + name + ": " + why + "\n";
        if (incomplete_)
            answer.status = ExitStatus::incomplete;
        else if (request_.exit_code && breaches_ > 0)
            answer.status = ExitStatus::breach;
        return answer;
    }

    const RunRequest& request_;
    fs::path folder_;
    Study study_;
    bool made_folder_ = false, incomplete_ = false;
    std::uint64_t breaches_ = 0;
    std::set<std::string> made_;
    std::vector<std::pair<std::string, std::string>> left_out_, figures_;
};

}  // namespace

RunAnswer run_study(const RunRequest& request) {
    if (request.out.empty()) throw UsageError("say which folder the answers go into, with --out");
    Run run(request);
    try {
        return run.run();
    } catch (...) {
        run.remove_folder();  // where it is still empty
        throw;
    }
}

}  // namespace geo
