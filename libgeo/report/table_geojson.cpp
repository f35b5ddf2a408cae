// SPDX-License-Identifier: Apache-2.0
#include "libgeo/report/geojson_shape.h"
#include "libgeo/report/json.h"
#include "libgeo/report/table_forms.h"

namespace geo {
namespace {

void append_feature(std::string& out, const AnswerTable& table, std::size_t row, const Shapes& shapes) {
    out += "{\"type\": \"Feature\", \"properties\": ";
    Json json(out);
    json.begin_object();
    json.text("table", table.name);
    for (const TableColumn& column : table.columns) {
        if (is_empty_cell(column, row)) {
            json.null(column.name);
        } else if (column.kind == TableColumn::Kind::text) {
            json.text(column.name, column.texts[row]);
        } else if (column.kind == TableColumn::Kind::whole) {
            json.integer(column.name, column.wholes[row]);
        } else {
            json.number(column.name, column.numbers[row], column.decimals);
        }
    }
    json.end_object();
    out += ", \"geometry\": ";
    if (table.shape_of[row] < shapes.size())
        append_geojson(out, shapes, table.shape_of[row]);
    else
        out += "null";
    out += '}';
}

/// RFC 7946: the rows of every table that has places, in WGS 84 longitude and latitude.
class GeoJsonTables : public AnswerFile {
  public:
    GeoJsonTables(const std::filesystem::path& path, bool replace, const Crs& crs, const GridFolders& grids)
        : file_(path, replace), to_wgs84_(Transformation::between(crs, Crs::from_text("EPSG:4326"), grids)) {}

    void write(const std::vector<AnswerTable>& tables, const AnswerRecord&) override {
        file_.write("{\"type\": \"FeatureCollection\", \"features\": [");
        bool first = true;
        for (const AnswerTable& table : tables) {
            if (table.shapes == nullptr) continue;
            Shapes shapes = *table.shapes;
            to_wgs84_.apply(shapes.all_xs(), shapes.all_ys());
            for (std::size_t row = 0; row < table.rows(); ++row) {
                std::string feature = first ? "\n" : ",\n";
                first = false;
                append_feature(feature, table, row, shapes);
                file_.write(feature);
            }
        }
        file_.write("\n]}\n");
        file_.prepare();
    }
    void commit() override { file_.commit(); }

  private:
    OutputFile file_;
    Transformation to_wgs84_;
};

}  // namespace

std::unique_ptr<AnswerFile> geojson_tables(const std::filesystem::path& path, bool replace, const Crs& crs,
                                           const GridFolders& grids) {
    return std::make_unique<GeoJsonTables>(path, replace, crs, grids);
}

}  // namespace geo
