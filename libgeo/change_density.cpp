// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>
#include <oneapi/tbb/global_control.h>
#include <oneapi/tbb/info.h>

#include <algorithm>

#include "libgeo/base/text.h"
#include "libgeo/change.h"
#include "libgeo/change_zones.h"
#include "libgeo/density/area_counts.h"
#include "libgeo/density/density_notes.h"
#include "libgeo/density/density_table.h"
#include "libgeo/density/periods.h"
#include "libgeo/density/zone_counts.h"
#include "libgeo/report/density_answer.h"
#include "libgeo/report/density_parts.h"
#include "libgeo/report/layout.h"
#include "libgeo/report/remarks.h"
#include "libgeo/report/table.h"

namespace geo {
namespace {

std::string days_words(const std::vector<Date>& days) {
    if (days.size() == 1) return format_date(days.front());
    return fmt::format("{} days from {} to {}", days.size(), format_date(days.front()), format_date(days.back()));
}

/// Outlets per hectare of town centres, or the like.
struct CentreFigures {
    const AreaLayer* layer = nullptr;
    AreaCounts counts;
    std::vector<DensityRow> rows;
};

struct Figures {
    AreaCounts counts;
    std::vector<DensityRow> rows;
    std::vector<RegisterRow> registers;
    std::optional<ZoneCounts> zones;
    std::optional<CentreFigures> centres;
    std::vector<std::string> notes;
    DensityOptions options;
};

std::string left_out(const AreaCounts& counts) {
    return incomplete_words(counts.without_location, counts.unclear, "area");
}

void add_zones(const Change& change, Figures& figures) {
    const Date last = std::max(last_day_on_record(change), figures.counts.days.back());
    std::vector<std::string> others;
    const ZonePolicy policy = zone_policy(policy_with_zones(change, last, "zones", others));
    figures.zones = zone_counts(change.premises, figures.counts, policy, change.layers);
    for (const auto& notes : {zone_notes(*figures.zones), others})
        figures.notes.insert(figures.notes.end(), notes.begin(), notes.end());
}

void add_centres(const DensityRequest& request, const Change& change, Figures& figures) {
    CentreFigures centres;
    centres.layer = change.layers.area_layer(*request.centres);
    Issues beside;  // most outlets are in no centre, which is no fault; what else there is to say, the areas have said
    centres.counts = count_by_area(change.premises, *centres.layer, figures.counts.days, figures.counts.uses,
                                   request.threads, beside);
    centres.rows = density_rows(centres.counts, *centres.layer, figures.options);
    for (std::string& note : centre_notes(centres.rows, centres.counts, *centres.layer))
        figures.notes.push_back(std::move(note));
    figures.centres = std::move(centres);
}

Figures figures_of(const DensityRequest& request, Change& change) {
    Figures figures;
    figures.options = {request.per, request.confidence, request.interpolate};
    const std::vector<Date> days = days_to_count(request.at, change.premises, change.study.as_at);
    const std::vector<Use> uses = uses_to_count(request.uses, change.premises);
    figures.counts = count_by_area(change.premises, *change.areas, days, uses, request.threads, change.issues);
    figures.rows = density_rows(figures.counts, *change.areas, figures.options);
    figures.registers = register_rows(change.premises, figures.counts);
    figures.notes = density_notes({figures.counts, *change.areas, change.premises, figures.rows, figures.registers,
                                   change.issues, figures.options});
    if (request.zones) add_zones(change, figures);
    if (request.centres) add_centres(request, change, figures);
    return figures;
}

std::string text_of(const DensityRequest& request, const Change& change, const Figures& figures) {
    std::string out;
    append_wrapped(out, printable(change.study.title, 200), request.width, "", 0);
    append_wrapped(out,
                   fmt::format("Outlets by {} ({}), {}", printable(change.areas->facts.name, 60),
                               counted(change.areas->size(), "area"), days_words(figures.counts.days)),
                   request.width, "", 0);
    out += density_text(figures.rows, figures.counts, *change.areas, figures.options, request.width);
    if (figures.zones) out += zones_text(*figures.zones, figures.counts, request.width);
    if (const auto& centres = figures.centres)
        out += centres_text(centres->rows, centres->counts, *centres->layer, request.width);
    out += "\nTo know\n";
    for (const std::string& note : figures.notes) append_wrapped(out, note, request.width, "  - ", 4);
    append_issues(out, change.issues, "every one is listed in --out FILE.json or .gpkg", request.width);
    const std::string incomplete = left_out(figures.counts);
    out += '\n';
    append_wrapped(out,
                   incomplete.empty() ? "Complete: no outlet that could change a figure was left out." : incomplete,
                   request.width, "", 2);
    return out;
}

void write_files(const DensityRequest& request, const Change& change, const Figures& figures) {
    AnswerRecord record;
    record.provenance = &change.provenance;
    record.issues = &change.issues;
    record.crs = &*change.study.crs;
    record.sentences = figures.notes;
    if (const std::string incomplete = left_out(figures.counts); !incomplete.empty()) {
        record.sentences.push_back(incomplete);
        record.complete = false;
    }
    record.svg =
        trend_svg(density_chart(figures.rows, figures.counts, *change.areas, figures.options, change.study.title));
    std::vector<AnswerTable> tables = {density_answer(figures.rows, figures.counts, *change.areas, figures.options,
                                                      figures.zones ? &*figures.zones : nullptr),
                                       registers_answer(figures.registers, change.premises)};
    if (const auto& centres = figures.centres)
        tables.push_back(centres_answer(centres->rows, centres->counts, *centres->layer));
    write_tables(tables, record, request.out, request.replace);
}

}  // namespace

ChangeAnswer density(const DensityRequest& request) {
    namespace tbb = oneapi::tbb;
    const std::size_t threads =
        request.threads != 0 ? request.threads : static_cast<std::size_t>(tbb::info::default_concurrency());
    const tbb::global_control limit(tbb::global_control::max_allowed_parallelism, threads);
    const Study study = read_study(request.study);
    check_answer_files(request.out, request.replace, true, study, request.policies);
    if (request.centres) expect_layer(study, LayerKind::areas, "--centres", *request.centres);
    const std::unique_ptr<Change> change = load_change(request, true);
    const Figures figures = figures_of(request, *change);
    ChangeAnswer answer;
    answer.incomplete = figures.counts.without_location + figures.counts.unclear > 0;
    if (request.out.empty())
        answer.text = text_of(request, *change, figures);
    else
        write_files(request, *change, figures);
    answer.issues = std::move(change->issues);
    answer.provenance = std::move(change->provenance);
    return answer;
}

}  // namespace geo
