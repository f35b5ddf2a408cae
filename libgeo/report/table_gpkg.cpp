// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <cmath>

#include "libgeo/report/cells.h"
#include "libgeo/report/record_layers.h"
#include "libgeo/report/styles.h"
#include "libgeo/report/table_forms.h"

namespace geo {
namespace {

std::string style_of(const AnswerTable& table) {
    if (!table.style.empty()) return table.style;
    for (const TableColumn& column : table.columns) {
        if (column.name != table.shade || column.kind != TableColumn::Kind::number) continue;
        const std::vector<double> limits = fifths(column.numbers);
        return limits.empty() ? std::string() : shades_style(column.name, limits, column.decimals);
    }
    return {};
}

FieldType type_of(TableColumn::Kind kind) {
    return kind == TableColumn::Kind::text    ? FieldType::text
           : kind == TableColumn::Kind::whole ? FieldType::integer
                                              : FieldType::real;
}

/// A layer a table, then `issues` and `provenance`.
class GeoPackageTables : public AnswerFile {
  public:
    GeoPackageTables(const std::filesystem::path& path, bool replace, const Crs& crs)
        : file_(path, replace, "GPKG", crs.code()) {}

    void write(const std::vector<AnswerTable>& tables, const AnswerRecord& record) override {
        for (const AnswerTable& table : tables) write_table(table);
        write_issue_layer(file_, *record.issues);
        write_provenance_layer(file_, *record.provenance, record.complete, record.sentences,
                               answer_provenance_json(record));
        file_.prepare();
    }
    void commit() override { file_.commit(); }

  private:
    void write_table(const AnswerTable& table) {
        OutputLayer layer{table.name, {}, table.shapes != nullptr, style_of(table)};
        for (const TableColumn& column : table.columns) layer.fields.push_back({column.name, type_of(column.kind)});
        file_.begin_layer(layer);
        std::vector<std::string> cells(table.columns.size());
        std::vector<std::string_view> views(table.columns.size());
        for (std::size_t row = 0; row < table.rows(); ++row) {
            for (std::size_t k = 0; k < cells.size(); ++k) {
                cells[k].clear();
                append_cell(cells[k], table.columns[k], row);
                views[k] = cells[k];
            }
            file_.add_row(views, table.shapes, table.shapes == nullptr ? 0 : table.shape_of[row]);
        }
    }

    LayerWriter file_;
};

}  // namespace

std::unique_ptr<AnswerFile> geopackage_tables(const std::filesystem::path& path, bool replace, const Crs& crs) {
    return std::make_unique<GeoPackageTables>(path, replace, crs);
}

}  // namespace geo
