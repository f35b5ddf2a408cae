// SPDX-License-Identifier: Apache-2.0
#include "libgeo/sources/gdal_table.h"

#include <cpl_conv.h>
#include <cpl_string.h>
#include <cpl_vsi.h>
#include <fmt/core.h>
#include <gdal_priv.h>
#include <ogrsf_frmts.h>

#include <algorithm>
#include <atomic>
#include <numeric>

#include "libgeo/base/errors.h"
#include "libgeo/base/machine.h"
#include "libgeo/base/text.h"
#include "libgeo/sources/file_stamps.h"
#include "libgeo/sources/gdal_cells.h"
#include "libgeo/sources/gdal_errors.h"
#include "libgeo/sources/gdal_shapefile.h"
#include "libgeo/sources/gdal_shapes.h"
#include "libgeo/sources/records.h"

namespace geo {

MemoryFolder::MemoryFolder() {
    static std::atomic<std::uint64_t> folders{0};
    path_ = fmt::format("/vsimem/cordon-{}", folders++);
}

MemoryFolder::~MemoryFolder() { VSIRmdirRecursive(path_.c_str()); }

std::string MemoryFolder::add(const std::string& name, std::string bytes) {
    files_.push_back(std::make_unique<std::string>(std::move(bytes)));
    std::string path = path_ + "/" + name;
    VSIMkdirRecursive(CPLGetPath(path.c_str()), 0755);
    auto* data = reinterpret_cast<GByte*>(files_.back()->data());
    VSILFILE* file = VSIFileFromMemBuffer(path.c_str(), data, files_.back()->size(), FALSE);
    if (file == nullptr) throw EnvironmentError("GDAL cannot make a file in memory");
    VSIFCloseL(file);
    return path;
}

namespace {

std::vector<std::string> in_quotes(const std::vector<std::string>& names) {
    std::vector<std::string> shown;
    for (const std::string& name : names) shown.push_back(fmt::format("`{}`", printable(name, 60)));
    return shown;
}

}  // namespace

void no_such_layer(const SourceFile& file, const std::string& wanted, const std::vector<std::string>& names) {
    const auto near = nearest_word(wanted, names);
    const std::vector<std::string> shown = in_quotes(names);
    throw DataError(fmt::format("{}: there is no layer `{}`{}; the layers are {}", printable(file.shown),
                                printable(wanted, 60),
                                near ? fmt::format("; did you mean `{}`?", printable(*near, 60)) : "",
                                shown.empty() ? "none" : printable(join_words(shown), 2000)));
}

void several_layers(const SourceFile& file, const std::vector<std::string>& names) {
    const std::vector<std::string> shown = in_quotes(names);
    throw DataError(fmt::format("{}: holds {}: {}; name one of them with `layer`", printable(file.shown),
                                counted(names.size(), "layer"), printable(join_words(shown), 2000)));
}

namespace {

constexpr std::size_t kBatchFeatures = 1024;  // few enough that the polygons of a city are checked in parallel

using Dataset = std::unique_ptr<GDALDataset>;

Dataset open_dataset(const GdalFile& file, const std::optional<std::string>& encoding) {
    CPLStringList options;
    if (file.driver == "GPKG") {
        options.SetNameValue("LIST_ALL_TABLES", "NO");
        // GDAL makes a URI of the name for this, and SQLite would take %20 in it for a blank.
        if (!file.memory && file.path.find_first_of("%?#") == std::string::npos)
            options.SetNameValue("IMMUTABLE", "YES");
    }
    if (file.driver == "GML") {
        options.SetNameValue("WRITE_GFS", "NO");
        options.SetNameValue("DOWNLOAD_SCHEMA", "NO");
    }
    if (encoding) options.SetNameValue("ENCODING", encoding->c_str());
    const char* const drivers[] = {file.driver.c_str(), nullptr};
    return Dataset(GDALDataset::Open(file.path.c_str(), GDAL_OF_VECTOR | GDAL_OF_READONLY | GDAL_OF_VERBOSE_ERROR,
                                     drivers, options.List(), nullptr));
}

/// Tables that programs put beside the data.
bool is_hidden(const std::string& name) { return name == "layer_styles" || name == "qgis_projects"; }

std::vector<std::string> names_in(GDALDataset& dataset) {
    std::vector<std::string> names;
    for (int i = 0; i < dataset.GetLayerCount(); ++i) {
        const std::string name = dataset.GetLayer(i)->GetName();
        if (!is_hidden(name)) names.push_back(name);
    }
    return names;
}

OGRLayer& choose_layer(GDALDataset& dataset, const SourceFile& file, const std::string& wanted) {
    const std::vector<std::string> names = names_in(dataset);
    if (names.empty()) throw DataError(fmt::format("{}: holds no layer", printable(file.shown)));
    if (wanted.empty() && names.size() > 1) several_layers(file, names);
    const std::string& name = wanted.empty() ? names[0] : wanted;
    for (int i = 0; i < dataset.GetLayerCount(); ++i) {
        OGRLayer* layer = dataset.GetLayer(i);
        if (name == layer->GetName()) return *layer;
    }
    no_such_layer(file, wanted, names);
}

struct ReleaseCrs {
    void operator()(OGRSpatialReference* crs) const { crs->Release(); }
};
using CrsPointer = std::unique_ptr<OGRSpatialReference, ReleaseCrs>;

std::string crs_text(const OGRSpatialReference* stated) {
    if (stated == nullptr) return {};
    const char* name = stated->GetName();
    const std::string_view words = name == nullptr ? "" : name;
    if (words.starts_with("Undefined") || words.starts_with("unknown") || words.starts_with("Unknown")) return {};
    const CrsPointer crs(stated->Clone());
    if (crs->IsCompound() != 0) crs->StripVertical();
    if (crs->GetAuthorityCode(nullptr) == nullptr) {  // MapInfo and Esri write no codes
        const CrsPointer known(crs->FindBestMatch(90, "EPSG"));
        if (known) return fmt::format("EPSG:{}", known->GetAuthorityCode(nullptr));
    }
    const char* authority = crs->GetAuthorityName(nullptr);
    const char* code = crs->GetAuthorityCode(nullptr);
    if (authority != nullptr && code != nullptr) {
        if (EQUAL(authority, "EPSG")) return fmt::format("EPSG:{}", code);
        if (EQUAL(authority, "OGC") && EQUAL(code, "CRS84")) return "EPSG:4326";
    }
    char* wkt = nullptr;
    const char* const options[] = {"FORMAT=WKT2_2019", nullptr};
    crs->exportToWkt(&wkt, options);
    std::string text = wkt == nullptr ? "" : wkt;
    CPLFree(wkt);
    return text;
}

struct GdalRaw final : Table::Raw {
    std::uint64_t number = 0;
    std::int64_t first_row = 1;
    std::vector<OGRFeatureUniquePtr> features;
    std::vector<Issue> issues;
};

class GdalTable final : public Table {
  public:
    GdalTable(GdalFile gdal_file, SourceFile file, const std::string& layer)
        : file_(std::move(file)), gdal_file_(std::move(gdal_file)), stamps_(gdal_file_.files) {
        GdalErrors errors;
        std::optional<std::string> encoding;
        std::optional<std::uint64_t> rows;
        if (gdal_file_.driver == "ESRI Shapefile") {
            CheckedShapefile checked = check_shapefile(gdal_file_, file_);
            gdal_file_ = std::move(checked.file);
            encoding = checked.encoding;
            rows = checked.rows;
            opening_issues_ = std::move(checked.issues);
            encoding_said_ = std::any_of(opening_issues_.begin(), opening_issues_.end(),
                                         [](const Issue& issue) { return issue.code == "encoding-assumed"; });
        }
        dataset_ = open_dataset(gdal_file_, encoding);
        if (!dataset_) {
            errors.throw_failure(file_.shown);
            blame_machine_first();
            throw DataError(
                fmt::format("{}: cannot be opened as {}; is it damaged, or of another format than its name says?",
                            printable(file_.shown), gdal_file_.driver));
        }
        errors.throw_failure(file_.shown);
        layer_ = &choose_layer(*dataset_, file_, layer);
        describe_layer();
        if (!rows && layer_->TestCapability(OLCFastFeatureCount) != 0) rows = count(*layer_);
        stated_rows_ = rows;
        errors.throw_failure(file_.shown);
        errors.take_warnings(file_, opening_issues_);
    }

    const std::string& format() const override { return gdal_file_.driver; }
    const std::vector<std::string>& columns() const override { return columns_; }
    bool has_geometry() const override { return has_geometry_; }
    const std::string& crs() const override { return crs_; }
    std::optional<std::uint64_t> stated_rows() const override { return stated_rows_; }
    std::vector<Issue> opening_issues() override { return opening_issues_; }
    double progress() const override {
        if (ended_) return 1.0;
        if (!stated_rows_ || *stated_rows_ == 0) return 0.0;
        return std::min(1.0, static_cast<double>(rows_read_) / static_cast<double>(*stated_rows_));
    }

    void select(std::vector<std::size_t> columns, bool with_geometry) override {
        selected_ = std::move(columns);
        with_geometry_ = with_geometry && has_geometry_;
        std::vector<const char*> ignored;
        for (std::size_t column = 0; column < columns_.size(); ++column) {
            if (fields_[column] < 0 || std::find(selected_.begin(), selected_.end(), column) != selected_.end())
                continue;
            ignored.push_back(layer_->GetLayerDefn()->GetFieldDefn(fields_[column])->GetNameRef());
        }
        ignored.push_back("OGR_STYLE");
        if (!with_geometry_) ignored.push_back("OGR_GEOMETRY");
        ignored.push_back(nullptr);
        GdalErrors errors;
        layer_->SetIgnoredFields(ignored.data());
        layer_->ResetReading();
        errors.throw_failure(file_.shown);
    }

    std::unique_ptr<Raw> next() override {
        if (ended_) return nullptr;
        auto raw = std::make_unique<GdalRaw>();
        raw->number = batches_;
        raw->first_row = static_cast<std::int64_t>(rows_read_) + 1;
        raw->features.reserve(kBatchFeatures);
        GdalErrors errors;
        while (raw->features.size() < kBatchFeatures) {
            OGRFeatureUniquePtr feature(layer_->GetNextFeature());
            if (!feature) {
                ended_ = true;
                break;
            }
            raw->features.push_back(std::move(feature));
        }
        if (!errors.failure().empty()) stamps_.verify(file_.shown);  // what GDAL met may be a file that changed
        errors.throw_failure(file_.shown);
        errors.take_warnings(file_, raw->issues);
        rows_read_ += raw->features.size();
        ++batches_;
        if (ended_) verify_end();
        if (raw->features.empty() && raw->issues.empty()) return nullptr;
        return raw;
    }

    Batch decode(std::unique_ptr<Raw> raw) const override;

    void rewind() override {
        stamps_.verify(file_.shown);
        layer_->ResetReading();
        ended_ = false;
        rows_read_ = batches_ = 0;
    }

  private:
    static std::optional<std::uint64_t> count(OGRLayer& layer) {
        const GIntBig rows = layer.GetFeatureCount(FALSE);
        if (rows < 0) return std::nullopt;
        return static_cast<std::uint64_t>(rows);
    }

    void describe_layer() {
        const OGRFeatureDefn& definition = *layer_->GetLayerDefn();
        has_geometry_ = with_geometry_ = definition.GetGeomFieldCount() > 0 && layer_->GetGeomType() != wkbNone;
        if (has_geometry_) crs_ = crs_text(layer_->GetSpatialRef());
        const std::string row_id = layer_->GetFIDColumn();
        if (!row_id.empty() && definition.GetFieldIndex(row_id.c_str()) < 0) {
            columns_.push_back(row_id);
            fields_.push_back(-1);
        }
        for (int i = 0; i < definition.GetFieldCount(); ++i) {
            const std::string name = definition.GetFieldDefn(i)->GetNameRef();
            columns_.push_back(is_utf8(name) ? name : utf8_from_windows_1252(name));
            fields_.push_back(i);
        }
        for (std::size_t i = 0; i < columns_.size(); ++i) {
            if (std::find(columns_.begin(), columns_.begin() + i, columns_[i]) == columns_.begin() + i) continue;
            throw DataError(fmt::format("{}: two columns are called `{}`; each needs a name of its own",
                                        printable(file_.shown), printable(columns_[i])));
        }
        selected_.resize(columns_.size());
        std::iota(selected_.begin(), selected_.end(), std::size_t{0});
    }

    void verify_end() const {
        stamps_.verify(file_.shown);
        if (!stated_rows_ || *stated_rows_ == rows_read_) return;
        throw DataError(fmt::format("{}: the file states {}, but {} can be read; it is damaged or cut short",
                                    printable(file_.shown), counted(*stated_rows_, "row"), grouped(rows_read_)));
    }

    SourceFile file_;
    GdalFile gdal_file_;
    FileStamps stamps_;
    Dataset dataset_;  // before layer_, after gdal_file_, whose memory it reads
    OGRLayer* layer_ = nullptr;
    std::vector<std::string> columns_;
    std::vector<int> fields_;  // of each column; -1: the row's own number (FID)
    std::string crs_;
    bool has_geometry_ = false;
    std::optional<std::uint64_t> stated_rows_;
    std::vector<Issue> opening_issues_;
    std::vector<std::size_t> selected_;
    bool with_geometry_ = false, ended_ = false, encoding_said_ = false;
    std::uint64_t rows_read_ = 0, batches_ = 0;
};

Issue row_issue(const SourceFile& file, std::int64_t row, const char* code, std::string message, std::string action) {
    Issue issue = file_issue(file, code, std::move(message), std::move(action), Kept::used_changed);
    issue.row = row;
    return issue;
}

void say_shape(const SourceFile& file, std::int64_t row, const ShapeReader::Outcome& outcome,
               std::vector<Issue>& issues) {
    if (outcome.not_finite) {
        issues.push_back(row_issue(file, row, "coordinates-not-finite",
                                   fmt::format("row {} has a coordinate that is no finite number", row),
                                   "taken as without location"));
    }
    if (outcome.too_deep) {
        issues.push_back(row_issue(file, row, "geometry-too-deep",
                                   fmt::format("the geometry of row {} is nested too deep", row),
                                   "taken as without location"));
    }
    if (outcome.ring_closed && !outcome.not_finite) {
        issues.push_back(row_issue(file, row, "ring-not-closed",
                                   fmt::format("a ring of row {} does not come back to its start", row),
                                   "closed with a straight line"));
    }
}

Batch GdalTable::decode(std::unique_ptr<Raw> raw) const {
    auto& piece = static_cast<GdalRaw&>(*raw);
    Batch batch;
    batch.number = piece.number;
    batch.read = piece.features.size();
    batch.issues = std::move(piece.issues);
    batch.row.resize(piece.features.size());
    std::iota(batch.row.begin(), batch.row.end(), piece.first_row);
    auto texts = std::make_shared<std::vector<TextColumn>>(selected_.size());
    ShapeReader reader;
    std::string cell;
    std::uint64_t converted = 0;
    std::int64_t first_converted = 0;
    for (std::size_t row = 0; row < piece.features.size(); ++row) {
        OGRFeature& feature = *piece.features[row];
        for (std::size_t i = 0; i < selected_.size(); ++i) {
            cell.clear();
            const int field = fields_[selected_[i]];
            if (field < 0) {
                cell = std::to_string(feature.GetFID());
            } else if (append_field(cell, feature, field) && converted++ == 0) {
                first_converted = batch.row[row];
            }
            (*texts)[i].add(cell);
        }
        if (with_geometry_)
            say_shape(file_, batch.row[row], reader.add(feature.GetGeometryRef(), batch.shapes), batch.issues);
        piece.features[row].reset();
    }
    if (converted > 0 && !encoding_said_) {
        batch.issues.push_back(row_issue(
            file_, first_converted, "encoding-assumed",
            fmt::format("{} from row {} on not UTF-8", counted(converted, "cell is", "cells are"), first_converted),
            "read as Windows-1252"));
    }
    for (const TextColumn& column : *texts) {
        std::vector<std::string_view>& cells = batch.cells.emplace_back(column.size());
        for (std::size_t row = 0; row < cells.size(); ++row) cells[row] = column[row];
    }
    batch.text = std::move(texts);
    return batch;
}

}  // namespace

std::unique_ptr<Table> open_gdal(GdalFile gdal_file, const SourceFile& file, const std::string& layer) {
    prepare_gdal();
    return std::make_unique<GdalTable>(std::move(gdal_file), file, layer);
}

std::vector<std::string> gdal_layer_names(const GdalFile& gdal_file, const SourceFile& file) {
    prepare_gdal();
    GdalErrors errors;
    const Dataset dataset = open_dataset(gdal_file, std::nullopt);
    if (!dataset) {
        errors.throw_failure(file.shown);
        throw DataError(fmt::format("{}: cannot be opened as {}", printable(file.shown), gdal_file.driver));
    }
    return names_in(*dataset);
}

}  // namespace geo
