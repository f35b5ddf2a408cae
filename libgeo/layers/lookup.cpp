// SPDX-License-Identifier: Apache-2.0
#include "libgeo/layers/lookup.h"

#include <unordered_map>

#include "libgeo/base/errors.h"
#include "libgeo/base/text.h"
#include "libgeo/geometry/positions.h"
#include "libgeo/layers/layer_file.h"
#include "libgeo/layers/layer_rows.h"
#include "libgeo/layers/loaders.h"

namespace geo {
namespace {

/// Codes are compared without blanks and leading zeros, in capitals: `sw2 1rw` is SW21RW, 000123 is 123.
void write_key(std::string_view cell, std::string& key) {
    key.clear();
    for (const char c : cell) {
        if (c == ' ' || c == '\t' || (c == '0' && key.empty())) continue;
        key += c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
    }
}

using Wanted = std::unordered_map<std::string, std::string>;  // key → code as asked

/// Only the rows that are looked for are located: a file of forty million UPRNs is read through, not kept.
void take_found(const LayerFile& file, Batch&& batch, const Wanted& wanted, LookupAnswer& answer, Issues& issues) {
    const std::size_t cell = *file.cell("code");
    std::string key;
    std::vector<std::pair<std::size_t, const std::string*>> hits;
    for (std::size_t i = 0; i < batch.size(); ++i) {
        write_key(batch.cells[cell][i], key);
        const auto found = wanted.find(key);
        if (found != wanted.end()) hits.emplace_back(i, &found->second);
    }
    if (hits.empty()) return;
    const LocatedRows rows = locate_rows(file, std::move(batch));
    for (const RowTrouble& trouble : rows.troubles) {
        for (const auto& [i, code] : hits) {
            if (i == trouble.row) issues.add(issue_of(file, rows, trouble, *code, false));
        }
    }
    for (const auto& [i, code] : hits) {
        if (rows.shapes.has_location(i))
            answer.found.try_emplace(*code, LookedUp{rows.shapes.first_point(i), rows.batch.row[i]});
    }
}

LayerFile open_lookup(const Study& study, Lookup which, const GridFolders& grids, Issues& issues) {
    const bool postcodes = which == Lookup::postcodes;
    const auto& spec = postcodes ? study.postcodes : study.uprns;
    const std::string key = postcodes ? "postcodes" : "uprns";
    if (!spec) {
        throw UsageError(study.file + ": the study has no look-up of " + key + "; add lookup = { " + key +
                         " = \"FILE\" } to [study]");
    }
    const std::string word = postcodes ? "postcode" : "uprn";
    FileRequest request;
    request.study = &study;
    request.layer = "lookup." + key;
    request.spec = &*spec;
    request.words = {word};
    request.needed = {word};
    request.grids = &grids;
    LayerFile file = open_layer_file(request, issues);
    file.cells["code"] = *file.cell(word);
    return file;
}

}  // namespace

LookupAnswer look_up(const Study& study, Lookup which, const std::set<std::string>& codes, const GridFolders& grids,
                     Issues& issues) {
    LayerFile file = open_lookup(study, which, grids, issues);

    LookupAnswer answer;
    answer.file = (which == Lookup::postcodes ? study.postcodes : study.uprns)->file;
    if (file.preset && file.preset->accuracy) {
        answer.accuracy = *file.preset->accuracy;
        answer.accuracy_stated = true;
        answer.accuracy_source =
            "preset " + file.preset->id + (file.preset->accuracy_cite.empty() ? "" : ": " + file.preset->accuracy_cite);
    }
    Wanted wanted;
    std::string compared;
    for (const std::string& code : codes) {
        write_key(code, compared);
        wanted[compared] = code;
    }
    while (answer.found.size() < codes.size()) {
        auto batch = file.table->next_batch();
        if (!batch) break;
        take_found(file, std::move(*batch), wanted, answer, issues);
    }
    file.stamps.verify(
        file.source.shown);  // it is not always read to its end, where the source would see that it changed
    return answer;
}

std::map<std::string, Point> postcodes_within(const Study& study, const Box& box, std::size_t most,
                                              const GridFolders& grids) {
    Issues aside;  // a postcode that cannot be read is one that cannot be searched for
    LayerFile file = open_lookup(study, Lookup::postcodes, grids, aside);
    const std::size_t cell = *file.cell("code");
    std::map<std::string, Point> found;
    while (auto batch = file.table->next_batch()) {
        const LocatedRows rows = locate_rows(file, std::move(*batch));
        for (std::size_t i = 0; i < rows.batch.size(); ++i) {
            if (!rows.shapes.has_location(i) || !box.contains(rows.shapes.first_point(i))) continue;
            if (auto code = normal_postcode(rows.batch.cells[cell][i]))
                found.try_emplace(*std::move(code), rows.shapes.first_point(i));
        }
        if (found.size() > most) return {};
    }
    return found;
}

LookupPoints look_up_all(const Study& study, Lookup which, const std::optional<Box>& box, const GridFolders& grids,
                         Issues& issues) {
    LayerFile file = open_lookup(study, which, grids, issues);
    const std::size_t cell = *file.cell("code");
    LookupPoints all;
    LayerSpec spec;
    spec.name = file.layer;
    all.facts = facts_of(spec, file);
    read_rows(file, [&](LocatedRows&& rows) {
        take_source_issues(file, rows.batch, false, issues);
        for (const RowTrouble& trouble : rows.troubles)
            issues.add(issue_of(file, rows, trouble, rows.batch.cells[cell][trouble.row], false));
        for (std::size_t i = 0; i < rows.size(); ++i) {
            const bool located = rows.shapes.has_location(i);
            ++(rows.passes[i] == 0 ? file.account.ruled_out : located ? file.account.used : file.account.not_used);
            if (rows.passes[i] == 0 || (located && box && !box->contains(rows.shapes.first_point(i)))) continue;
            all.points.add_copy(rows.shapes, i);
        }
    });
    all.facts.files.push_back(file_record(file, nullptr));
    issues.accounts().push_back(file.account);
    return all;
}

}  // namespace geo
