// SPDX-License-Identifier: Apache-2.0
#include "libgeo/report/inspect.h"

#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <span>

#include "libgeo/base/text.h"
#include "libgeo/layers/frontages.h"
#include "libgeo/layers/walking_network.h"
#include "libgeo/report/layout.h"
#include "libgeo/report/network_words.h"
#include "libgeo/report/remarks.h"

namespace geo {
namespace {

std::string accuracy_words(const LayerFacts& facts) {
    if (!facts.accuracy_stated) return "accuracy not stated";
    std::string words = fmt::format("accuracy {} m", format_shortest(facts.accuracy.value));
    return facts.accuracy_source.empty() ? words : words + " (" + printable(facts.accuracy_source, 120) + ")";
}

std::string operation_words(const LayerFacts& facts) {
    const OperationInfo& operation = facts.operation;
    if (operation.identity) return facts.crs_code.empty() ? "" : printable(facts.crs_code) + ", as the study";
    std::string words = printable(facts.crs_code) + " → study by " + printable(operation.name);
    if (operation.accuracy_m >= 0.0) words += fmt::format(", good to {} m", format_shortest(operation.accuracy_m));
    if (!operation.grid.empty()) words += ", grid " + printable(operation.grid);
    if (operation.loss_m > 0.0) words += fmt::format(", up to {} m lost", format_shortest(operation.loss_m));
    if (!operation.note.empty()) words += " (" + printable(operation.note, 300) + ")";
    return words;
}

std::string file_words(const FileRecord& file) {
    std::string words = fmt::format("{}: {} read, {} used", printable(file.file), counted(file.rows_read, "row"),
                                    grouped(file.rows_used));
    if (file.rows_not_used != 0) words += fmt::format(", {} listed as not used", grouped(file.rows_not_used));
    if (file.rows_ruled_out != 0) words += fmt::format(", {} ruled out", grouped(file.rows_ruled_out));
    if (!file.preset.empty()) words += ", preset " + printable(file.preset);
    if (!file.date.empty()) words += ", data of " + file.date;
    return words;
}

/// First and last day that a column of dates names.
std::string span_words(const std::vector<Date>& opened, const std::vector<Date>& closed) {
    std::optional<Date> first, last;
    for (const auto* dates : {&opened, &closed}) {
        for (const Date date : *dates) {
            if (date == kBeforeRecords || date == kNotEnded) continue;
            if (!first || date < *first) first = date;
            if (!last || date > *last) last = date;
        }
    }
    return first ? fmt::format("dates from {} to {}", format_date(*first), format_date(*last))
                 : std::string("no opening or closing dates");
}

std::string places_words(const PlaceLayer& layer) {
    const auto points = static_cast<std::uint64_t>(std::count(layer.point_only.begin(), layer.point_only.end(), 1));
    const auto proposed =
        static_cast<std::uint64_t>(std::count(layer.state.begin(), layer.state.end(), PlaceState::proposed));
    std::string words = fmt::format("{}: {} with a boundary, {} by a point only", counted(layer.size(), "place"),
                                    grouped(layer.size() - points), grouped(points));
    if (proposed != 0) words += fmt::format(", {} proposed", grouped(proposed));
    if (layer.entrances_given) {
        std::uint64_t with = 0;
        for (std::size_t i = 0; i < layer.size(); ++i) with += layer.entrances.has_location(i) ? 1 : 0;
        words += fmt::format(", {} with entrances", grouped(with));
    }
    return words;
}

std::string frontages_words(const FrontageLayer& layer) {
    const auto breaks = static_cast<std::uint64_t>(std::count(layer.break_before.begin(), layer.break_before.end(), 1));
    const auto vacant =
        static_cast<std::uint64_t>(std::count(layer.state.begin(), layer.state.end(), Occupancy::vacant));
    std::string words = fmt::format("{} in {}", counted(layer.size(), "unit"), counted(layer.frontages(), "frontage"));
    if (breaks != 0) words += fmt::format(", {}", counted(breaks, "break"));
    if (vacant != 0) words += fmt::format(", {} vacant", grouped(vacant));
    return words;
}

struct Description {
    const LayerFacts* facts = nullptr;
    std::vector<std::string> lines;
};

Description describe(const LayerSpec& spec, const Layers& layers, const std::vector<LayerFacts>& proposals) {
    if (const PlaceLayer* places = layers.place_layer(spec.name)) {
        return {&places->facts, {places_words(*places), span_words(places->opened, places->closed)}};
    }
    if (const AreaLayer* areas = layers.area_layer(spec.name)) return {&areas->facts, {counted(areas->size(), "area")}};
    for (const OutletLayer& outlets : layers.outlets) {
        if (outlets.facts.name == spec.name) {
            return {&outlets.facts, {counted(outlets.size(), "outlet"), span_words(outlets.opened, outlets.closed)}};
        }
    }
    if (const FrontageLayer* frontages = layers.frontage_layer(spec.name)) {
        return {&frontages->facts, {frontages_words(*frontages), span_words(frontages->opened, frontages->closed)}};
    }
    for (const LayerFacts& facts : proposals) {
        if (facts.name == spec.name) return {&facts, {}};
    }
    if (!layers.walking) return {};
    for (const LayerFacts& facts : layers.walking->facts) {
        if (facts.name == spec.name) return {&facts, walked_lines_words(*layers.walking, spec.name)};
    }
    return {};
}

/// Of streets the second file is the table of what can be walked: it has no rows.
std::span<const FileRecord> files_with_rows(const LayerSpec& spec, const LayerFacts& facts) {
    const std::span<const FileRecord> files = facts.files;
    return spec.kind == LayerKind::streets ? files.first(std::min<std::size_t>(1, files.size())) : files;
}

void append_layer(std::string& out, const LayerSpec& spec, const Description& layer, std::size_t width) {
    out += fmt::format("\n{} ({})\n", printable(spec.name), word(spec.kind));
    if (layer.facts == nullptr) {
        out += spec.kind == LayerKind::streets ? "  no network for walking: why is said below\n"
                                               : "  not read: no rule of `check` uses layers of this kind\n";
        return;
    }
    for (const FileRecord& file : files_with_rows(spec, *layer.facts))
        append_wrapped(out, file_words(file), width, "  ", 4);
    for (const std::string& line : layer.lines) append_wrapped(out, line, width, "  ", 4);
    if (const std::string words = operation_words(*layer.facts); !words.empty())
        append_wrapped(out, words, width, "  ", 4);
    if (spec.kind != LayerKind::streets) append_wrapped(out, accuracy_words(*layer.facts), width, "  ", 4);
    if (!spec.licence.empty()) append_wrapped(out, printable(spec.licence, 200), width, "  ", 4);
}

void append_walking(std::string& out, const WalkingNetwork* walking, const std::string& no_walking, std::size_t width) {
    if (walking == nullptr && no_walking.empty()) return;
    out += "\nWalking network";
    if (walking != nullptr) out += fmt::format(" ({})", printable(walking->name));
    out += '\n';
    if (walking == nullptr) {
        append_wrapped(out, "none, so that no walk can be measured: " + no_walking, width, "  ", 4);
        return;
    }
    for (const std::string& line : network_words(*walking)) append_wrapped(out, line, width, "  ", 4);
}

}  // namespace

std::string inspect_text(const Study& study, const Layers& layers, const std::vector<LayerFacts>& proposals,
                         const std::string& no_walking, const Issues& issues, unsigned width) {
    std::string out = fmt::format("{}\n", printable(study.title, 200));
    out += fmt::format("CRS {} ({})\n", study.crs ? printable(study.crs->code()) : "-",
                       study.crs ? printable(study.crs->name()) : "not stated");
    for (const LayerSpec& spec : study.layers) append_layer(out, spec, describe(spec, layers, proposals), width);
    append_walking(out, layers.walking.get(), no_walking, width);
    append_issues(out, issues, "`cordon check --out FILE.json` or .gpkg lists every one", width);
    const std::string incomplete = incomplete_words(issues);
    out += '\n';
    append_wrapped(out,
                   incomplete.empty() ? "Complete: every row that could change a verdict can be used." : incomplete,
                   width, "", 2);
    return out;
}

}  // namespace geo
