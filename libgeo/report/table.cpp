// SPDX-License-Identifier: Apache-2.0
#include "libgeo/report/table.h"

#include <algorithm>
#include <stdexcept>

#include "libgeo/base/errors.h"
#include "libgeo/base/pipeline.h"
#include "libgeo/base/text.h"
#include "libgeo/report/cells.h"
#include "libgeo/report/layout.h"
#include "libgeo/report/outputs.h"
#include "libgeo/report/provenance_json.h"
#include "libgeo/report/table_forms.h"
#include "libgeo/report/writers.h"

namespace geo {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kRowsOfChunk = 8192;
constexpr std::size_t kChunksUnderWay = 8;
constexpr std::size_t kWidestText = 24;  // of a text cell on the terminal

enum class AnswerForm : std::uint8_t { csv, json, gpkg, svg, geojson };

AnswerForm form_of(const fs::path& path, bool chart, bool places) {
    if (!is_file_place(path)) return AnswerForm::csv;
    std::string ending = path.extension().string();
    std::transform(ending.begin(), ending.end(), ending.begin(),
                   [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; });
    if (ending == ".csv") return AnswerForm::csv;
    if (ending == ".json") return AnswerForm::json;
    if (ending == ".gpkg") return AnswerForm::gpkg;
    if (ending == ".svg" && chart) return AnswerForm::svg;
    if (ending == ".geojson" && places) return AnswerForm::geojson;
    std::vector<std::string> known = {".csv", ".json", ".gpkg"};
    if (chart) known.emplace_back(".svg");
    if (places) known.emplace_back(".geojson");
    std::string message =
        printable(path.string()) + (ending.empty() ? ": no ending" : ": unknown ending " + printable(ending));
    message += "; the ending chooses the form: " + join_words(known, " or ");
    if (const auto near = nearest_word(ending, known)) message += "; did you mean " + *near + "?";
    throw UsageError(message);
}

/// `x.csv` → `x.provenance.json`; empty where the file holds its own.
fs::path beside(const fs::path& path) {
    if (!is_file_place(path)) return {};
    const AnswerForm form = form_of(path, true, true);
    if (form == AnswerForm::json || form == AnswerForm::gpkg) return {};
    return fs::path(path).replace_extension(".provenance.json");
}

/// A text that is made already.
class TextFile : public AnswerFile {
  public:
    TextFile(const fs::path& path, bool replace, std::string text) : file_(path, replace), text_(std::move(text)) {}
    void write(const std::vector<AnswerTable>&, const AnswerRecord&) override {
        file_.write(text_);
        file_.prepare();
    }
    void commit() override { file_.commit(); }

  private:
    OutputFile file_;
    std::string text_;
};

std::unique_ptr<AnswerFile> answer_file(const fs::path& path, const AnswerRecord& record, bool replace) {
    switch (form_of(path, !record.svg.empty(), record.grids != nullptr)) {
        case AnswerForm::csv:
            return csv_tables(path, replace);
        case AnswerForm::json:
            return json_tables(path, replace);
        case AnswerForm::gpkg:
            return geopackage_tables(path, replace, *record.crs);
        case AnswerForm::svg:
            return std::make_unique<TextFile>(path, replace, record.svg);
        case AnswerForm::geojson:
            if (record.grids == nullptr) break;  // form_of gives this form only where there are some
            return geojson_tables(path, replace, *record.crs, *record.grids);
    }
    return nullptr;
}

void expect_whole(const AnswerTable& table) {
    const std::size_t rows = table.rows();
    for (const TableColumn& column : table.columns) {
        const std::size_t cells = column.kind == TableColumn::Kind::text    ? column.texts.size()
                                  : column.kind == TableColumn::Kind::whole ? column.wholes.size()
                                                                            : column.numbers.size();
        if (cells != rows)
            throw std::logic_error("column " + column.name + " of " + table.name + " is not as long as the others");
    }
    if (table.shapes != nullptr && table.shape_of.size() != rows)
        throw std::logic_error("table " + table.name + " has shapes, and rows without one");
}

/// Columns to show, as texts.
struct ShownColumn {
    std::string name;
    bool right = false;
    std::vector<std::string> cells;
    std::size_t width = 0;
};

ShownColumn shown(const TableColumn& column, std::size_t rows) {
    ShownColumn show{column.name, column.kind != TableColumn::Kind::text, {}, width_of(column.name)};
    for (std::size_t row = 0; row < rows; ++row) {
        std::string cell;
        append_cell(cell, column, row);
        if (column.kind == TableColumn::Kind::text) cell = cut(printable(cell, cell.size() * 4 + 1), kWidestText);
        show.width = std::max(show.width, width_of(cell));
        show.cells.push_back(std::move(cell));
    }
    return show;
}

}  // namespace

std::size_t AnswerTable::rows() const {
    if (columns.empty()) return 0;
    const TableColumn& first = columns.front();
    return std::max({first.texts.size(), first.wholes.size(), first.numbers.size()});
}

bool is_empty_cell(const TableColumn& column, std::size_t row) {
    switch (column.kind) {
        case TableColumn::Kind::text:
            return column.texts[row].empty();
        case TableColumn::Kind::whole:
            return column.wholes[row] == kNoWhole;
        case TableColumn::Kind::number:
            return !std::isfinite(column.numbers[row]);
    }
    return true;
}

void append_cell(std::string& out, const TableColumn& column, std::size_t row) {
    if (is_empty_cell(column, row)) return;
    switch (column.kind) {
        case TableColumn::Kind::text:
            out += column.texts[row];
            break;
        case TableColumn::Kind::whole:
            append_integer(out, column.wholes[row]);
            break;
        case TableColumn::Kind::number:
            append_fixed(out, column.numbers[row], column.decimals);
            break;
    }
}

void write_rows(OutputFile& file, std::size_t rows, const std::function<void(std::size_t, std::string&)>& format) {
    struct Chunk {
        std::size_t first = 0, end = 0;
        std::string bytes;
    };
    std::size_t next = 0;
    pipeline<Chunk>(
        kChunksUnderWay,
        [&](Chunk& chunk) {
            if (next == rows) return false;
            chunk.first = next;
            next = chunk.end = std::min(rows, next + kRowsOfChunk);
            return true;
        },
        [&](Chunk& chunk) {
            for (std::size_t row = chunk.first; row < chunk.end; ++row) format(row, chunk.bytes);
        },
        [&](Chunk& chunk) { file.write(chunk.bytes); });
}

std::string answer_provenance_json(const AnswerRecord& record) {
    std::string out;
    Json json(out, 2);
    json.begin_object();
    put_provenance(json, "provenance", *record.provenance);
    put_accounts(json, "rows", *record.issues);
    json.boolean("complete", record.complete);
    json.begin_array("notes");
    for (const std::string& sentence : record.sentences) json.text({}, sentence);
    json.end_array();
    put_issues(json, "issues", *record.issues);
    json.end_object();
    out += '\n';
    return out;
}

void check_answer_files(const std::vector<fs::path>& out, bool replace, bool chart, const Study& study,
                        const std::vector<std::string>& policies, bool places) {
    for (const fs::path& path : out) form_of(path, chart, places);
    check_outputs(out, beside, replace, study, policies);
}

void write_tables(const std::vector<AnswerTable>& tables, const AnswerRecord& record, const std::vector<fs::path>& out,
                  bool replace) {
    if (tables.empty()) throw std::logic_error("an answer without a table");
    for (const AnswerTable& table : tables) expect_whole(table);
    std::vector<std::unique_ptr<AnswerFile>> files;
    std::vector<fs::path> provenance;
    for (const fs::path& path : out) {
        files.push_back(answer_file(path, record, replace));
        if (const fs::path its = beside(path);
            !its.empty() && std::find(provenance.begin(), provenance.end(), its) == provenance.end())
            provenance.push_back(its);
    }
    for (const fs::path& path : provenance)
        files.push_back(std::make_unique<TextFile>(path, replace, answer_provenance_json(record)));
    for (const auto& file : files) file->write(tables, record);
    for (const auto& file : files) file->commit();
}

OutputFile provenance_file(const fs::path& path, const AnswerRecord& record, bool replace) {
    OutputFile file(fs::path(path).replace_extension(".provenance.json"), replace);
    file.write(answer_provenance_json(record));
    return file;
}

std::string table_text(const AnswerTable& table, unsigned width, std::size_t most_rows) {
    const std::size_t rows = std::min(table.rows(), most_rows);
    std::vector<ShownColumn> fitting;
    std::vector<std::string> left_out;
    std::size_t used = 2;  // the indent
    for (const TableColumn& column : table.columns) {
        bool empty = true;
        for (std::size_t row = 0; row < rows && empty; ++row) empty = is_empty_cell(column, row);
        if (empty && rows > 0) continue;
        ShownColumn show = shown(column, rows);
        if (left_out.empty() && (fitting.empty() || used + show.width <= width)) {
            used += show.width + 2;
            fitting.push_back(std::move(show));
        } else {
            left_out.push_back(column.name);
        }
    }
    TextTable text;
    for (const ShownColumn& column : fitting) text.column(column.name, column.right);
    for (std::size_t row = 0; row < rows; ++row) {
        std::vector<std::string> cells;
        for (ShownColumn& column : fitting) cells.push_back(std::move(column.cells[row]));
        text.row(std::move(cells));
    }
    std::string out;
    text.append(out, 2, width);
    if (table.rows() > rows) out += "  … and " + counted(table.rows() - rows, "more row") + "\n";
    if (!left_out.empty()) append_wrapped(out, "not shown here: " + join_words(left_out), width, "  ", 2);
    return out;
}

}  // namespace geo
