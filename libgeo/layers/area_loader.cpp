// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <deque>
#include <limits>
#include <unordered_map>

#include "libgeo/base/text.h"
#include "libgeo/layers/loaders.h"

namespace geo {
namespace {

constexpr double kUnknown = std::numeric_limits<double>::quiet_NaN();

using CodeIndex = std::unordered_map<std::string_view, std::vector<std::uint32_t>>;

CodeIndex index_of(const AreaLayer& layer) {
    CodeIndex index;
    for (std::uint32_t i = 0; i < layer.size(); ++i) index[layer.code[i]].push_back(i);
    return index;
}

/// A table of numbers by area code.
class AreaJoin {
  public:
    AreaJoin(const LoadContext& context, const LayerSpec& spec, const JoinedFile& joined, const std::string& what,
             AreaLayer& layer)
        : context_(context), layer_(layer), joined_(joined), what_(what), spec_file_(joined.file) {
        if (spec_file_.preset.empty()) spec_file_.preset = "none";  // its columns are named
        FileRequest request;
        request.study = context.study;
        request.layer = spec.name + "." + what;
        request.spec = &spec_file_;
        for (const auto& [word, column] : joined.keys) request.named[word] = column;
        request.location = Location::none;
        request.grids = &context.options->grids;
        request.preset_where = false;
        file_ = open_layer_file(request, *context.issues);
    }

    /// Calls `put(year, area, value)` for each number that belongs to an area; the year is 0 where the table has none.
    template <class Put>
    void read(const std::string& value_word, double least, const Put& put) {
        const CodeIndex index = index_of(layer_);
        std::vector<std::uint8_t> matched(layer_.size(), 0);
        while (auto batch = file_.table->next_batch()) {
            take_source_issues(file_, *batch, false, *context_.issues);
            const LocatedRows rows = locate_rows(file_, std::move(*batch));
            for (std::size_t i = 0; i < rows.size(); ++i) {
                if (rows.passes[i]) {
                    read_row(rows.batch, i, value_word, least, index, matched, put);
                } else {
                    ++file_.account.ruled_out;
                }
            }
        }
        finish(matched);
    }

  private:
    void list(const Batch& batch, std::size_t i, const char* code, const std::string& message) {
        Issue issue = file_.issue(code, message, "not used", batch.row[i]);
        issue.id = trimmed(batch.cells[*file_.cell("code")][i]);
        issue.kept = Kept::not_used;
        context_.issues->add(std::move(issue));
        ++file_.account.not_used;
    }

    template <class Put>
    void read_row(const Batch& batch, std::size_t i, const std::string& value_word, double least,
                  const CodeIndex& index, std::vector<std::uint8_t>& matched, const Put& put) {
        const std::string_view code = trimmed(batch.cells[*file_.cell("code")][i]);
        const std::string_view cell = batch.cells[*file_.cell(value_word)][i];
        const auto value = parse_number(cell);
        if (!value || *value < least) {
            list(batch, i, "bad-value",
                 printable(file_.column_of(value_word)) + " is \"" + printable(cell) + "\"; a number of at least " +
                     format_shortest(least) + " is expected");
            return;
        }
        int year = joined_.year.value_or(0);
        if (const auto year_cell = file_.cell("year")) {
            const auto number = parse_number(batch.cells[*year_cell][i]);
            if (!number || *number < 1000 || *number > 2999 || *number != static_cast<int>(*number)) {
                list(batch, i, "bad-value",
                     printable(file_.column_of("year")) + " is \"" + printable(batch.cells[*year_cell][i]) +
                         "\", which is no year");
                return;
            }
            year = static_cast<int>(*number);
        }
        const auto areas = index.find(code);
        if (areas == index.end()) {
            ++file_.account.ruled_out;
            ++unmatched_rows_;
            return;
        }
        if (!seen_.try_emplace(std::pair(year, std::string(code)), *value).second) {
            list(batch, i, "duplicate-id", "duplicate: the code " + printable(code) + " stands in an earlier row too");
            return;
        }
        ++file_.account.used;
        for (const std::uint32_t area : areas->second) {
            matched[area] = 1;
            put(year, area, *value);
        }
    }

    void finish(const std::vector<std::uint8_t>& matched) {
        std::vector<std::string> without;
        for (std::size_t i = 0; i < matched.size(); ++i) {
            if (!matched[i]) without.emplace_back(printable(layer_.code[i], 20));
        }
        if (!without.empty()) {
            const std::uint64_t n = without.size();
            if (without.size() > 5) without.resize(5), without.emplace_back("…");
            context_.issues->add(file_.issue("areas-without-value",
                                             grouped(n) + " of " + counted(layer_.size(), "area") + " have no " +
                                                 what_ + " (" + join_words(without, ", ") + ")",
                                             "not known for these areas"));
        }
        if (unmatched_rows_ > 0) {
            context_.issues->add(file_.issue(
                "rows-without-area",
                counted(unmatched_rows_, "row") + " of " + grouped(file_.account.read) + " match no area of the layer",
                "left aside"));
        }
        FileRecord record = file_record(file_, nullptr);
        record.sha256 = hash_of_source(file_, &record.bytes);
        layer_.facts.files.push_back(std::move(record));
        context_.issues->accounts().push_back(file_.account);
    }

    const LoadContext& context_;
    AreaLayer& layer_;
    const JoinedFile& joined_;
    std::string what_;
    FileSpec spec_file_;
    LayerFile file_;
    std::uint64_t unmatched_rows_ = 0;
    std::map<std::pair<int, std::string>, double> seen_;
};

void join_numbers(const LoadContext& context, const LayerSpec& spec, AreaLayer& layer) {
    for (const JoinedFile& joined : spec.population) {
        AreaJoin(context, spec, joined, "population", layer)
            .read("value", 0.0, [&layer](int year, std::uint32_t area, double value) {
                auto& values = layer.population[year];
                if (values.empty()) values.assign(layer.size(), kUnknown);
                values[area] = value;
            });
    }
    for (const JoinedFile& joined : spec.deprivation) {
        if (layer.deprivation_rank.empty()) layer.deprivation_rank.assign(layer.size(), kUnknown);
        AreaJoin(context, spec, joined, "deprivation", layer)
            .read("rank", 1.0,
                  [&layer](int, std::uint32_t area, double value) { layer.deprivation_rank[area] = value; });
    }
}

class AreaLoader {
  public:
    AreaLoader(const LoadContext& context, const LayerSpec& spec)
        : context_(context), spec_(spec), file_(open(context, spec)) {}

    AreaLayer load() {
        const WholeFile whole = read_whole(file_, context_, true);
        read_codes(whole);
        Doubles doubles;
        doubles.same_row.assign(whole.rows.size(), 0);
        if (file_.cell("code")) doubles = find_doubles(file_, whole.batches, whole.rows, codes_, *context_.issues);
        list_troubles(whole);
        for (const auto& [name, cell] : file_.attributes) layer_.attributes[name];
        for (std::size_t i = 0; i < whole.rows.size(); ++i) append(whole, i, doubles.same_row[i] != 0);
        layer_.facts = facts_of(spec_, file_);
        FileRecord record = file_record(file_, &spec_);
        record.sha256 = hash_of_source(file_, &record.bytes);
        layer_.facts.files.push_back(std::move(record));
        context_.issues->accounts().push_back(file_.account);
        join_numbers(context_, spec_, layer_);
        return std::move(layer_);
    }

  private:
    static LayerFile open(const LoadContext& context, const LayerSpec& spec) {
        FileRequest request;
        request.study = context.study;
        request.layer = spec.name;
        request.kind = word(spec.kind);
        request.spec = &spec.files.front();
        request.words = {"code", "name"};
        request.attributes = context.options->attributes;
        for (const auto& [name, year] : spec.attributes) request.keep.push_back(name);
        request.grids = &context.options->grids;
        LayerFile file = open_layer_file(request, *context.issues);
        std::size_t k = 0;
        for (const auto& [name, year] : spec.attributes) file.attributes[folded(name)] = file.kept[k++];
        return file;
    }

    void read_codes(const WholeFile& whole) {
        const auto cell = file_.cell("code");
        std::uint64_t blank = 0;
        for (const RowAt& at : whole.rows) {
            const Batch& batch = whole.batches[at.batch].batch;
            std::string_view code = trimmed(file_.text(batch, cell, at.row));
            blank += code.empty();
            if (code.empty()) code = made_up_.emplace_back("row " + std::to_string(batch.row[at.row]));
            codes_.push_back(code);
        }
        if (blank == 0) return;
        context_.issues->add(
            file_.issue("no-id",
                        grouped(blank) + " of " + grouped(whole.rows.size()) + " rows" +
                            (cell ? " have a blank code" : " have no code: the file has no such column"),
                        "named by their row"));
    }

    void list_troubles(const WholeFile& whole) {
        std::size_t i = 0;
        for (std::size_t b = 0; b < whole.batches.size(); ++b) {
            const LocatedRows& rows = whole.batches[b];
            for (const RowTrouble& trouble : rows.troubles) {
                while (i < whole.rows.size() && (whole.rows[i].batch < b || whole.rows[i].row < trouble.row)) ++i;
                context_.issues->add(issue_of(file_, rows, trouble, codes_[i], true));
            }
            while (i < whole.rows.size() && whole.rows[i].batch == b) ++i;
        }
    }

    void append(const WholeFile& whole, std::size_t i, bool same_row) {
        const LocatedRows& rows = whole.batches[whole.rows[i].batch];
        const std::uint32_t row = whole.rows[i].row;
        if (same_row) {
            ++file_.account.ruled_out;
        } else if (!rows.shapes.has_location(row)) {
            ++file_.account.not_used;
        } else {
            ++file_.account.used;
            layer_.code.add(codes_[i]);
            layer_.name.add(trimmed(file_.text(rows.batch, file_.cell("name"), row)));
            layer_.shapes.add_copy(rows.shapes, row);
            for (const auto& [name, cell] : file_.attributes)
                layer_.attributes[name].add(trimmed(rows.batch.cells[cell][row]));
            if (!rows.shapes.has_surface(row)) {
                Issue issue = file_.issue("area-without-surface", "its geometry is no polygon",
                                          "nothing lies inside it", rows.batch.row[row]);
                issue.id = codes_[i];
                context_.issues->add(std::move(issue));
            }
        }
    }

    const LoadContext& context_;
    const LayerSpec& spec_;
    LayerFile file_;
    std::deque<std::string> made_up_;
    std::vector<std::string_view> codes_;
    AreaLayer layer_;
};

}  // namespace

AreaLayer load_areas(const LoadContext& context, const LayerSpec& spec) { return AreaLoader(context, spec).load(); }

AreaLayer load_area_file(const LoadContext& context, const FileSpec& file) {
    LayerSpec spec;
    spec.name = "study area";
    spec.kind = LayerKind::areas;
    spec.files = {file};
    spec.line = file.line;
    return load_areas(context, spec);
}

}  // namespace geo
