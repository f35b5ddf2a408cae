// SPDX-License-Identifier: Apache-2.0
#include "libgeo/pack.h"

#include "libgeo/base/errors.h"
#include "libgeo/base/text.h"
#include "libgeo/report/chromium_pdf.h"
#include "libgeo/report/outputs.h"
#include "libgeo/sources/output.h"

namespace geo {
namespace {

namespace fs = std::filesystem;

bool is_pdf(const fs::path& path) { return path.extension() == ".pdf"; }

void check_files(const PackRequest& request) {
    if (request.out.empty())
        throw UsageError("the commission pack is a file: name it with --out, such as --out pack.html");
    for (const fs::path& path : request.out) {
        if (!is_pdf(path) && path.extension() != ".html")
            throw UsageError(printable(path.string()) + ": a commission pack ends in .html or .pdf");
        if (is_pdf(path)) need_chromium(path);
    }
    const auto holds_its_own = [](const fs::path&) { return fs::path(); };
    check_outputs(request.out, holds_its_own, request.replace, read_study(request.study), request.policies);
}

PackPart part_of(const PartAnswer& answer) {
    PackPart part;
    part.missing = answer.missing;
    if (!answer.answer) return part;
    part.tables = answer.answer->tables;
    part.sentences = answer.answer->sentences;
    part.svg = answer.answer->svg;
    return part;
}

std::string section_of(StudyFigure what) {
    if (what == StudyFigure::proposals) return "proposals";
    return what == StudyFigure::zones ? "where" : "areas";
}

}  // namespace

std::string pack_page(const StudyAnswers& answers, const StudyFigures& figures) {
    PackContents contents;
    const MapData& map = answers.world.data;
    contents.title = map.title;
    contents.as_at = format_date_long(map.as_at);
    contents.density = part_of(answers.density);
    contents.change = part_of(answers.change);
    contents.equity = part_of(answers.equity);
    contents.effect = part_of(answers.effect);
    contents.concentrations = part_of(answers.concentrations);
    contents.zones = part_of(answers.zones);
    for (const NamedFigure& figure : figures.figures)
        contents.figures.push_back({section_of(figure.what), draw_figure(figure.figure, FigureForm::svg),
                                    "Map: " + figure.figure.subtitle, figure.figure.subtitle,
                                    figure_sheet(figure.figure).landscape});
    contents.no_figures = figures.missing;
    contents.map = &map;
    contents.layers = &answers.world.loaded->layers;
    contents.issues = &answers.world.loaded->issues;
    contents.incomplete = answers.incomplete;
    return pack_html(contents);
}

PackAnswer write_pack(const PackRequest& request) {
    check_files(request);
    const StudyAnswers answers = answers_of(request);
    const StudyFigures figures = figures_of(answers);
    const std::string html = pack_page(answers, figures);
    std::vector<OutputFile> files;
    for (const fs::path& path : request.out) {
        OutputFile& file = files.emplace_back(path, request.replace);
        file.write(is_pdf(path) ? pdf_of_page(html, need_chromium(path)) : html);
        file.prepare();
    }
    for (OutputFile& file : files) file.commit();
    PackAnswer answer;
    answer.incomplete = answers.incomplete;
    for (const auto& [name, part] : {std::pair{"density", &answers.density},
                                     {"change", &answers.change},
                                     {"equity", &answers.equity},
                                     {"effect", &answers.effect},
                                     {"concentrations", &answers.concentrations},
                                     {"zones", &answers.zones}})
        if (!part->missing.empty())
            answer.text += std::string("Not in the pack: ") + name + ": " + part->missing + "\n";
    for (const std::string& one : figures.missing) answer.text += one + "\n";
    return answer;
}

}  // namespace geo
