// SPDX-License-Identifier: Apache-2.0
#include "libgeo/layers/area_joins.h"

#include <algorithm>
#include <cmath>
#include <functional>
#include <limits>
#include <memory>
#include <set>

#include "libgeo/base/errors.h"
#include "libgeo/base/text.h"
#include "libgeo/layers/code_lookup.h"
#include "libgeo/layers/row_words.h"

namespace geo {

namespace {

/// `23.4 %` is the number 23.4.
std::string_view without_sign(std::string_view cell) {
    cell = trimmed(cell);
    if (cell.ends_with('%')) cell = trimmed(cell.substr(0, cell.size() - 1));
    return cell;
}

}  // namespace

void AttributeCells::see(std::string_view cell) {
    if (is_withheld(cell)) return;
    ++(parse_number(without_sign(cell)) ? numbers_ : words_);
}

AttributeCells::Reading AttributeCells::read(std::string_view cell, std::string_view column) const {
    const std::string shown = printable(column) + " is \"" + printable(trimmed(cell), 60) + "\", ";
    if (trimmed(cell).empty()) return {{}, printable(column) + " is blank"};
    if (is_withheld(cell)) return {{}, shown + "which gives no value"};
    if (!numeric()) return {trimmed(cell), {}};
    const std::string_view number = without_sign(cell);
    if (parse_number(number)) return {number, {}};
    return {{}, shown + "which is no number, as the other values of the column are"};
}

bool put_attribute(AreaLayer& layer, const std::string& field, int year, std::uint32_t area, std::string_view value) {
    std::vector<std::string>& values = layer.by_year[folded(field)][year];
    values.resize(layer.size());
    if (!values[area].empty()) return false;
    values[area] = value;
    return true;
}

namespace {

constexpr double kUnknown = std::numeric_limits<double>::quiet_NaN();

bool is_digit(char c) { return c >= '0' && c <= '9'; }

/// A year in the name of a column: `POP2019`.
std::optional<int> year_in(const std::string& name) {
    for (std::size_t i = 0; i + 4 <= name.size(); ++i) {
        const std::string_view four(name.data() + i, 4);
        const bool starts = i == 0 || !is_digit(name[i - 1]), ends = i + 4 == name.size() || !is_digit(name[i + 4]);
        if (!starts || !ends || !std::all_of(four.begin(), four.end(), is_digit)) continue;
        const int year = static_cast<int>(*parse_number(four));
        if (year >= 1801 && year <= 2999) return year;  // 1801: the first census
    }
    return std::nullopt;
}

/// A table by area code.
class AreaJoin {
  public:
    /// `value_word`: the key of the column that is wanted beside `code`. Columns that the study does not name are the preset's, or called as the key.
    AreaJoin(const LoadContext& context, const LayerSpec& spec, const JoinedFile& joined, const std::string& what,
             const std::string& value_word, AreaLayer& layer)
        : context_(context), layer_(layer), joined_(joined), what_(what), spec_file_(joined.file), year_(joined.year) {
        const bool named = joined.keys.contains("code") && joined.keys.contains(value_word);
        if (spec_file_.preset.empty() && named) spec_file_.preset = "none";
        FileRequest request;
        request.words = {"code", value_word};
        for (const auto& [word, column] : joined.keys) std::erase(request.words, word);
        request.study = context.study;
        request.layer = spec.name + "." + what;
        request.spec = &spec_file_;
        for (const auto& [word, column] : joined.keys) request.named[word] = column;
        request.location = Location::none;
        request.grids = &context.options->grids;
        request.preset_where = false;
        file_ = open_layer_file(request, *context.issues);
        for (const std::string& word : {std::string("code"), value_word}) {
            if (!file_.cell(word)) ask_for(word);
        }
        if (joined.lookup)
            lookup_ = std::make_unique<CodeLookup>(
                context, *joined.lookup, request.layer + ".lookup", what,
                value_word == "rank" ? CodeLookup::Figures::ranks : CodeLookup::Figures::sums, layer);
    }

    /// Without a year, one in the name of the column of values; else the study is asked for it.
    void expect_year(const std::string& value_word) {
        if (year_ || file_.cell("year")) return;
        year_ = year_in(file_.column_of(value_word));
        if (!year_) ask_for("year");
    }

    /// What a cell of the table's values says.
    using Read = std::function<AttributeCells::Reading(std::string_view cell)>;
    /// Takes a value that belongs to an area (with a look-up to a code of it, see `by_area`); the year is 0 where the table has none. False: the area has one
    /// already.
    using Put = std::function<bool(int year, std::uint32_t area, std::string_view value)>;

    const LayerFile& file() const { return file_; }

    /// Numbers as `read` puts them, one an area or, with a look-up, one a code, by year.
    using Figures = std::map<int, std::vector<double>>;
    Put into(Figures& figures) const {
        return [&figures, n = targets()](int year, std::uint32_t target, std::string_view value) {
            auto& values = figures[year];
            if (values.empty()) values.assign(n, kUnknown);
            values[target] = *parse_number(value);
            return true;
        };
    }
    /// Figures of a year into `values`, one an area; what is there stays where there is no other.
    void by_area(const Figures::value_type& figures, std::vector<double>& values) const {
        const std::vector<double> found = lookup_ ? lookup_->by_area(figures.second, figures.first) : figures.second;
        values.resize(layer_.size(), kUnknown);
        for (std::size_t area = 0; area < values.size(); ++area)
            if (!std::isnan(found[area])) values[area] = found[area];
    }

    /// A pass before `read`: shows every cell of the values.
    void look(const std::string& value_word, const std::function<void(std::string_view)>& see) {
        while (const auto batch = file_.table->next_batch()) {
            const auto passes = passing_rows(file_, *batch);
            const auto& cells = batch->cells[*file_.cell(value_word)];
            for (std::size_t i = 0; i < cells.size(); ++i) {
                if (passes[i]) see(cells[i]);
            }
        }
        file_.table->rewind();
    }

    void read(const std::string& value_word, const Read& value_of, const Put& put) {
        const CodeIndex index = lookup_ ? lookup_->index() : index_of(layer_.code);
        const std::size_t value_cell = *file_.cell(value_word);
        std::vector<std::uint8_t> matched(targets(), 0);
        while (auto batch = file_.table->next_batch()) {
            take_source_issues(file_, *batch, false, *context_.issues);
            const LocatedRows rows = locate_rows(file_, std::move(*batch));
            for (std::size_t i = 0; i < rows.size(); ++i) {
                if (rows.passes[i]) {
                    read_row(rows.batch, i, value_of(rows.batch.cells[value_cell][i]), index, matched, put);
                } else {
                    ++file_.account.ruled_out;
                }
            }
        }
        finish(matched);
    }

  private:
    std::size_t targets() const { return lookup_ ? lookup_->codes() : layer_.size(); }

    [[noreturn]] void ask_for(const std::string& word) const {
        std::vector<std::string> columns;
        for (const std::string& name : file_.table->columns()) columns.push_back(printable(name, 60));
        if (columns.size() > 20) columns.resize(20), columns.emplace_back("…");
        const std::string example = word == "year" ? "year = 2022, or the column's name" : word + " = \"…\"";
        throw UsageError(context_.study->file + ":" + std::to_string(spec_file_.line) + ": " + what_ + ": `" + word +
                         "` is missing, and the file " + printable(file_.source.shown, 200) +
                         " is of no preset that knows it; write " + example +
                         "; columns found: " + join_words(columns, ", "));
    }

    void list(const Batch& batch, std::size_t i, const char* code, const std::string& message) {
        Issue issue = file_.issue(code, message, "not used", batch.row[i]);
        issue.id = trimmed(batch.cells[*file_.cell("code")][i]);
        issue.kept = Kept::not_used;
        context_.issues->add(std::move(issue));
        ++file_.account.not_used;
    }

    /// The year of a row; none, and the row is listed, where its cell is no year.
    std::optional<int> year_of(const Batch& batch, std::size_t i) {
        const auto cell = file_.cell("year");
        if (!cell) return year_.value_or(0);
        const auto number = parse_number(batch.cells[*cell][i]);
        if (number && *number >= 1000 && *number <= 2999 && *number == static_cast<int>(*number))
            return static_cast<int>(*number);
        list(batch, i, "bad-value",
             printable(file_.column_of("year")) + " is \"" + printable(batch.cells[*cell][i]) + "\", which is no year");
        return std::nullopt;
    }

    void read_row(const Batch& batch, std::size_t i, const AttributeCells::Reading& value, const CodeIndex& index,
                  std::vector<std::uint8_t>& matched, const Put& put) {
        const std::string_view code = trimmed(batch.cells[*file_.cell("code")][i]);
        if (!value.complaint.empty()) {
            list(batch, i, "bad-value", value.complaint);
            return;
        }
        const auto year = year_of(batch, i);
        if (!year) return;
        const auto areas = index.find(code);
        if (areas == index.end()) {
            ++file_.account.ruled_out;
            ++unmatched_rows_;
            if (lookup_ && !lookup_->knows(code)) ++unknown_rows_;
            return;
        }
        if (!seen_.emplace(*year, std::string(code)).second) {
            list(batch, i, "duplicate-id", "duplicate: the code " + printable(code) + " stands in an earlier row too");
            return;
        }
        if (const std::string doubt = lookup_ ? lookup_->complaint(areas->second.front()) : ""; !doubt.empty()) {
            list(batch, i, "code-not-divided", doubt);
            return;
        }
        bool taken = false;
        for (const std::uint32_t area : areas->second) {
            matched[area] = 1;
            taken = put(*year, area, value.text) || taken;
        }
        if (taken) {
            ++file_.account.used;
        } else {
            list(batch, i, "duplicate-id", "duplicate: the area " + printable(code) + " has a value from elsewhere");
        }
    }

    /// With a look-up the areas are counted by it.
    void note_areas_without(const std::vector<std::uint8_t>& matched) const {
        std::vector<std::uint32_t> without;
        for (std::uint32_t i = 0; i < matched.size(); ++i)
            if (!matched[i]) without.push_back(i);
        if (without.empty() || lookup_) return;
        const ListedAreas areas = listed(layer_.code, without);
        context_.issues->add(file_.issue("areas-without-value",
                                         areas.count + " have no " + what_ + " (" + areas.codes + ")",
                                         "not known for these areas"));
    }

    void note_rows_left() const {
        if (unmatched_rows_ == 0) return;
        const std::string rows =
            counted(unmatched_rows_, "row") + " of " + grouped(file_.account.read) + " match no area of the layer";
        context_.issues->add(lookup_ ? file_.issue("rows-beyond-lookup",
                                                   rows + " by the look-up; the codes of " + grouped(unknown_rows_) +
                                                       " of them are not in it",
                                                   "left aside")
                                     : file_.issue("rows-without-area", rows, "left aside"));
    }

    void finish(const std::vector<std::uint8_t>& matched) {
        note_areas_without(matched);
        note_rows_left();
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
    std::optional<int> year_;
    LayerFile file_;
    std::unique_ptr<CodeLookup> lookup_;
    std::uint64_t unmatched_rows_ = 0, unknown_rows_ = 0;
    std::set<std::pair<int, std::string>> seen_;
};

/// Numbers of at least `least`.
AreaJoin::Read numbers_from(double least, const AreaJoin& join, const std::string& value_word) {
    return [least, column = join.file().column_of(value_word)](std::string_view cell) -> AttributeCells::Reading {
        const auto value = parse_number(cell);
        if (value && *value >= least) return {cell, {}};
        return {{},
                printable(column) + " is \"" + printable(cell) + "\"; a number of at least " + format_shortest(least) +
                    " is expected"};
    };
}

void join_attribute(const LoadContext& context, const LayerSpec& spec, const AttributeSpec& attribute,
                    AreaLayer& layer) {
    AreaJoin join(context, spec, *attribute.joined, attribute.field, "value", layer);
    AttributeCells cells;
    join.look("value", [&cells](std::string_view cell) { cells.see(cell); });
    const std::string column = join.file().column_of("value"), field = folded(attribute.field);
    join.read(
        "value", [&](std::string_view cell) { return cells.read(cell, column); },
        [&](int year, std::uint32_t area, std::string_view value) {
            return put_attribute(layer, field, year, area, value);
        });
    const bool has_year = attribute.joined->year || attribute.joined->keys.contains("year");
    auto& years = layer.by_year[field];
    if (has_year) return;
    // Without a year it is a column like those of the areas' own file, too.
    TextColumn values;
    for (std::string& value : years[0]) values.add(value);
    while (values.size() < layer.size()) values.add({});
    layer.attributes[field] = std::move(values);
}

void join_population(const LoadContext& context, const LayerSpec& spec, const JoinedFile& joined, AreaLayer& layer) {
    AreaJoin join(context, spec, joined, "population", "value", layer);
    join.expect_year("value");
    AreaJoin::Figures figures;
    join.read("value", numbers_from(0.0, join, "value"), join.into(figures));
    for (const auto& year : figures) join.by_area(year, layer.population[year.first]);
}

void join_deprivation(const LoadContext& context, const LayerSpec& spec, const JoinedFile& joined, AreaLayer& layer) {
    layer.deprivation_rank.resize(layer.size(), kUnknown);
    AreaJoin join(context, spec, joined, "deprivation", "rank", layer);
    const AreaJoin::Read rank = numbers_from(1.0, join, "rank");
    const auto counted_rank = [&layer, &rank](std::string_view cell) {
        AttributeCells::Reading reading = rank(cell);
        if (!reading.complaint.empty()) return reading;
        ++layer.deprivation_rows;
        layer.deprivation_greatest = std::max(layer.deprivation_greatest, *parse_number(reading.text));
        return reading;
    };
    layer.deprivation_of += static_cast<std::uint64_t>(joined.of.value_or(0));
    AreaJoin::Figures figures;
    join.read("rank", counted_rank, join.into(figures));
    for (const auto& year : figures) join.by_area(year, layer.deprivation_rank);
}

}  // namespace

void join_area_tables(const LoadContext& context, const LayerSpec& spec, AreaLayer& layer) {
    for (const JoinedFile& joined : spec.population) join_population(context, spec, joined, layer);
    for (const JoinedFile& joined : spec.deprivation) join_deprivation(context, spec, joined, layer);
    for (const AttributeSpec& attribute : spec.attributes) {
        if (attribute.joined) join_attribute(context, spec, attribute, layer);
    }
    // What is stated without a year comes before every year of the same field.
    for (auto& [field, years] : layer.by_year) {
        const auto column = layer.attributes.find(field);
        if (column == layer.attributes.end() || years.contains(0)) continue;
        for (std::size_t i = 0; i < column->second.size(); ++i) years[0].emplace_back(column->second[i]);
    }
}

}  // namespace geo
