// SPDX-License-Identifier: Apache-2.0
#include "libgeo/layers/lookup.h"

#include <unordered_map>

#include "libgeo/base/errors.h"
#include "libgeo/base/text.h"
#include "libgeo/layers/layer_file.h"
#include "libgeo/layers/layer_rows.h"

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

}  // namespace

LookupAnswer look_up(const Study& study, Lookup which, const std::set<std::string>& codes, const GridFolders& grids,
                     Issues& issues) {
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

    LookupAnswer answer;
    answer.file = spec->file;
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

}  // namespace geo
