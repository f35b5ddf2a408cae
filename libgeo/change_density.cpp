// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>

#include "libgeo/base/text.h"
#include "libgeo/base/threads.h"
#include "libgeo/change.h"
#include "libgeo/change_run.h"
#include "libgeo/change_zones.h"
#include "libgeo/density/area_counts.h"
#include "libgeo/density/density_notes.h"
#include "libgeo/density/density_table.h"
#include "libgeo/density/periods.h"
#include "libgeo/density/zone_counts.h"
#include "libgeo/report/density_answer.h"
#include "libgeo/report/density_parts.h"
#include "libgeo/report/remarks.h"

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

std::string text_of(const DensityRequest& request, const Change& change, const Figures& figures,
                    const std::string& incomplete) {
    std::string out = head_text(change,
                                fmt::format("Outlets by {} ({}), {}", printable(change.areas->facts.name, 60),
                                            counted(change.areas->size(), "area"), days_words(figures.counts.days)),
                                request.width);
    out += density_text(figures.rows, figures.counts, *change.areas, figures.options, request.width);
    if (figures.zones) out += zones_text(*figures.zones, figures.counts, request.width);
    if (const auto& centres = figures.centres)
        out += centres_text(centres->rows, centres->counts, *centres->layer, request.width);
    append_sentences(out, "To know", figures.notes, request.width);
    append_end(out, change, incomplete, "outlet", request.width);
    return out;
}

std::vector<AnswerTable> tables_of(const Change& change, const Figures& figures) {
    std::vector<AnswerTable> tables = {density_answer(figures.rows, figures.counts, *change.areas, figures.options,
                                                      figures.zones ? &*figures.zones : nullptr),
                                       registers_answer(figures.registers, change.premises)};
    if (const auto& centres = figures.centres)
        tables.push_back(centres_answer(centres->rows, centres->counts, *centres->layer));
    return tables;
}

}  // namespace

ChangeAnswer density(const DensityRequest& request) {
    const ThreadLimit limit(request.threads);
    Study study = read_study(request.study);
    check_answer_files(request.out, request.replace, true, study, request.policies);
    if (request.centres) expect_layer(study, LayerKind::areas, "--centres", *request.centres);
    const std::shared_ptr<Change> change = load_change(request, std::move(study), request.zones);
    const Figures figures = figures_of(request, *change);
    const std::string incomplete = incomplete_words(figures.counts.without_location, figures.counts.unclear, "area");
    ChangeAnswer answer;
    answer.tables = tables_of(*change, figures);
    answer.sentences = figures.notes;
    answer.svg =
        trend_svg(density_chart(figures.rows, figures.counts, *change->areas, figures.options, change->study.title));
    if (request.out.empty()) answer.text = text_of(request, *change, figures, incomplete);
    finish(request, change, incomplete, answer);
    return answer;
}

}  // namespace geo
