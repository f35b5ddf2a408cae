// SPDX-License-Identifier: Apache-2.0
#include <cpl_conv.h>
#include <cpl_string.h>
#include <fmt/core.h>
#include <gdal_priv.h>
#include <ogrsf_frmts.h>

#include <charconv>
#include <stdexcept>

#include "libgeo/base/errors.h"
#include "libgeo/base/text.h"
#include "libgeo/sources/flatgeobuf_whole.h"
#include "libgeo/sources/gdal_errors.h"
#include "libgeo/sources/gdal_shapes.h"
#include "libgeo/sources/output.h"
#include "libgeo/sources/table.h"

namespace geo {

namespace {

constexpr std::uint64_t kRowsInTransaction = 100000;

/// What QGIS reads styles from; made by SQL as QGIS makes it.
constexpr const char* kStylesTable =
    "CREATE TABLE layer_styles (id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL, f_table_catalog TEXT(256), "
    "f_table_schema TEXT(256), "
    "f_table_name TEXT(256), f_geometry_column TEXT(256), styleName TEXT(30), styleQML TEXT, styleSLD TEXT, "
    "useAsDefault BOOLEAN, "
    "description TEXT, owner TEXT(30), ui TEXT(30), update_time DATETIME DEFAULT '2000-01-01T00:00:00.000Z')";
constexpr const char* kRegisterStyles =
    "INSERT INTO gpkg_contents (table_name, data_type, identifier, last_change) VALUES ('layer_styles', 'attributes', "
    "'layer_styles', "
    "'2000-01-01T00:00:00.000Z')";

/// Settings of this thread while something is written: no clock, nothing beside the file.
class FixedSettings {
  public:
    FixedSettings() {
        CPLSetThreadLocalConfigOption("OGR_CURRENT_DATE", "2000-01-01T00:00:00.000Z");
        CPLSetThreadLocalConfigOption("OGR_SQLITE_JOURNAL", "MEMORY");
        CPLSetThreadLocalConfigOption("OGR_SQLITE_SYNCHRONOUS",
                                      "OFF");  // the whole file is synced before it is renamed
    }
    ~FixedSettings() {
        for (const char* name : {"OGR_CURRENT_DATE", "OGR_SQLITE_JOURNAL", "OGR_SQLITE_SYNCHRONOUS"})
            CPLSetThreadLocalConfigOption(name, nullptr);
    }
    FixedSettings(const FixedSettings&) = delete;
    FixedSettings& operator=(const FixedSettings&) = delete;
};

std::string quoted_sql(std::string_view text) {
    std::string out = "'";
    for (const char c : text) out += c == '\'' ? std::string("''") : std::string(1, c);
    return out + "'";
}

OGRFieldType type_of(FieldType type) {
    return type == FieldType::real ? OFTReal : type == FieldType::integer ? OFTInteger64 : OFTString;
}

}  // namespace

struct LayerWriter::State {
    State(const std::filesystem::path& path, bool replace, std::string driver_name, const std::string& crs_code)
        : file(path, replace), driver(std::move(driver_name)) {
        prepare_gdal();
        if (file.temporary_path().empty()) {
            throw UsageError(fmt::format("{}: {} needs a file; it cannot be written to a pipe or device",
                                         printable(path.string(), 300), driver));
        }
        file.hand_over();
        const FixedSettings settings;
        GdalErrors errors;
        crs.SetAxisMappingStrategy(OAMS_TRADITIONAL_GIS_ORDER);
        if (crs.SetFromUserInput(crs_code.c_str(), OGRSpatialReference::SET_FROM_USER_INPUT_LIMITATIONS_get()) !=
            OGRERR_NONE) {
            throw UsageError(fmt::format("`{}` is no coordinate reference system", printable(crs_code)));
        }
        GDALDriver* maker = GetGDALDriverManager()->GetDriverByName(driver.c_str());
        if (maker == nullptr) throw EnvironmentError(fmt::format("this GDAL cannot write {}", driver));
        dataset.reset(maker->Create(file.temporary_path().c_str(), 0, 0, 0, GDT_Unknown, nullptr));
        check(errors);
        if (!dataset) throw EnvironmentError(fmt::format("{}: cannot be made", printable(path.string(), 300)));
    }

    void check(const GdalErrors& errors) const {
        if (errors.failure().empty()) return;
        throw EnvironmentError(
            fmt::format("{}: cannot be written: {}", printable(file.path().string(), 300), errors.failure()));
    }

    bool is_gpkg() const { return driver == "GPKG"; }

    void end_layer() {
        if (layer == nullptr) return;
        if (is_gpkg()) dataset->CommitTransaction();
        layer = nullptr;
    }

    void set_cell(OGRFeature& feature, int i, std::string_view cell) const {
        if (cell.empty()) return;
        const FieldType type = types[static_cast<std::size_t>(i)];
        if (type == FieldType::text) return feature.SetField(i, std::string(cell).c_str());
        if (type == FieldType::real) {
            const auto value = parse_number(cell);
            if (!value)
                throw std::logic_error(fmt::format("column {} holds `{}`, which is no number", i, printable(cell)));
            return feature.SetField(i, *value);
        }
        GIntBig value = 0;
        const auto [end, fault] = std::from_chars(cell.data(), cell.data() + cell.size(), value);
        if (fault != std::errc{} || end != cell.data() + cell.size()) {
            throw std::logic_error(fmt::format("column {} holds `{}`, which is no integer", i, printable(cell)));
        }
        feature.SetField(i, value);
    }

    void write_styles() {
        if (styles.empty()) return;
        dataset->ExecuteSQL(kStylesTable, nullptr, nullptr);
        dataset->ExecuteSQL(kRegisterStyles, nullptr, nullptr);
        for (const auto& [name, qml] : styles) {
            const std::string sql = fmt::format(
                "INSERT INTO layer_styles (f_table_catalog, f_table_schema, f_table_name, f_geometry_column, "
                "styleName, styleQML, styleSLD, "
                "useAsDefault, description, owner) VALUES ('', '', {0}, 'geom', {0}, {1}, '', 1, '', '')",
                quoted_sql(name), quoted_sql(qml));
            dataset->ExecuteSQL(sql.c_str(), nullptr, nullptr);
        }
    }

    OutputFile file;
    std::string driver;
    OGRSpatialReference crs;
    std::unique_ptr<GDALDataset> dataset;  // after file: closed before the temporary file is removed
    OGRLayer* layer = nullptr;
    std::vector<FieldType> types;
    std::vector<std::pair<std::string, std::string>> styles;
    std::uint64_t rows = 0;
};

LayerWriter::LayerWriter(const std::filesystem::path& path, bool replace, const std::string& driver,
                         const std::string& crs_code)
    : state_(std::make_unique<State>(path, replace, driver, crs_code)) {}

LayerWriter::~LayerWriter() {
    if (!state_) return;
    const FixedSettings settings;
    const GdalErrors errors;  // of a file that nobody wants any more
    state_.reset();
}

void LayerWriter::begin_layer(const OutputLayer& wanted) {
    State& state = *state_;
    const FixedSettings settings;
    GdalErrors errors;
    state.end_layer();
    CPLStringList options;
    if (state.is_gpkg()) {
        options.SetNameValue("FID", "fid");
        options.SetNameValue("GEOMETRY_NAME", "geom");
    } else {
        options.SetNameValue("SPATIAL_INDEX", "NO");  // an index would change the order of the rows
    }
    state.layer = state.dataset->CreateLayer(wanted.name.c_str(), wanted.has_geometry ? &state.crs : nullptr,
                                             wanted.has_geometry ? wkbUnknown : wkbNone, options.List());
    state.check(errors);
    if (state.layer == nullptr)
        throw EnvironmentError(fmt::format("layer `{}` cannot be made", printable(wanted.name)));
    state.types.clear();
    for (const OutputField& field : wanted.fields) {
        OGRFieldDefn definition(field.name.c_str(), type_of(field.type));
        state.layer->CreateField(&definition, FALSE);
        state.types.push_back(field.type);
    }
    state.check(errors);
    if (state.is_gpkg() && !wanted.style_qml.empty()) state.styles.emplace_back(wanted.name, wanted.style_qml);
    if (state.is_gpkg()) state.dataset->StartTransaction();
    state.rows = 0;
    state.check(errors);
}

void LayerWriter::add_row(const std::vector<std::string_view>& cells, const Shapes* shapes, std::size_t shape) {
    State& state = *state_;
    if (state.layer == nullptr || cells.size() != state.types.size())
        throw std::logic_error("a row that does not fit its layer");
    const FixedSettings settings;
    GdalErrors errors;
    OGRFeature feature(state.layer->GetLayerDefn());
    for (std::size_t i = 0; i < cells.size(); ++i) state.set_cell(feature, static_cast<int>(i), cells[i]);
    if (shapes != nullptr && shape < shapes->size()) {
        auto geometry = geometry_of(*shapes, shape);
        if (geometry) feature.SetGeometryDirectly(geometry.release());
    }
    // GDAL's FlatGeobuf driver passes over a row without geometry in silence: it cannot be in such a file.
    const bool holds_row = state.is_gpkg() || feature.GetGeometryRef() != nullptr;
    const OGRErr fault = state.layer->CreateFeature(&feature);
    state.rows += holds_row ? 1 : 0;
    if (state.is_gpkg() && state.rows % kRowsInTransaction == 0) {
        state.dataset->CommitTransaction();
        state.dataset->StartTransaction();
    }
    state.check(errors);
    if (fault != OGRERR_NONE)
        throw EnvironmentError(fmt::format("{}: a row cannot be written", printable(state.file.path().string(), 300)));
}

void LayerWriter::prepare() {
    State& state = *state_;
    if (!state.dataset) return;
    {
        const FixedSettings settings;
        GdalErrors errors;
        state.end_layer();
        state.write_styles();
        state.check(errors);
        state.dataset.reset();
        state.check(errors);
    }
    if (!state.is_gpkg() && !flatgeobuf_is_whole(state.file.temporary_path(), state.rows)) {
        throw EnvironmentError(
            fmt::format("{}: cannot be written whole; is the disk full?", printable(state.file.path().string(), 300)));
    }
    state.file.prepare();
}

void LayerWriter::commit() {
    prepare();
    state_->file.commit();
}

}  // namespace geo
