// SPDX-License-Identifier: Apache-2.0
#include <fmt/core.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <map>

#include "libgeo/base/errors.h"
#include "libgeo/sources/records.h"

namespace geo {

namespace {

using Json = nlohmann::json;

/// Follows a document event by event: where we are, as keys; arrays are the key `[]`.
class Walker : public nlohmann::json_sax<Json> {
  public:
    bool null() override { return scalar({}); }
    bool boolean(bool value) override { return scalar(value ? "true" : "false"); }
    bool number_integer(number_integer_t value) override { return scalar(std::to_string(value)); }
    bool number_unsigned(number_unsigned_t value) override { return scalar(std::to_string(value)); }
    bool number_float(number_float_t, const string_t& as_written) override { return scalar(as_written); }
    bool string(string_t& value) override { return scalar(value); }
    bool binary(binary_t&) override { return true; }
    bool key(string_t& name) override {
        path_.back() = name;
        return key_seen();
    }
    bool start_object(std::size_t) override {
        const bool go_on = object_begins();
        path_.emplace_back();
        return go_on;
    }
    bool end_object() override {
        path_.pop_back();
        return object_ends();
    }
    bool start_array(std::size_t) override {
        path_.emplace_back("[]");
        return true;
    }
    bool end_array() override {
        path_.pop_back();
        return true;
    }
    bool parse_error(std::size_t position, const std::string&, const Json::exception& error) override {
        fault_at_ = position;
        fault_ = error.what();
        return false;
    }
    const std::string& fault() const { return fault_; }
    std::size_t fault_at() const { return fault_at_; }

  protected:
    virtual bool scalar(std::string_view value) = 0;
    virtual bool key_seen() { return true; }
    virtual bool object_begins() { return true; }
    virtual bool object_ends() { return true; }

    std::vector<std::string> path_;

  private:
    std::string fault_;
    std::size_t fault_at_ = 0;
};

bool in_one_array(const std::vector<std::string>& path) {
    return !path.empty() && path.back() == "[]" && std::count(path.begin(), path.end(), "[]") == 1;
}

/// Counts the objects of each array that lies in no other array.
class ArrayCounter final : public Walker {
  public:
    /// The array with most objects; of equals, the first. None: empty, with `found` false.
    std::vector<std::string> best() const {
        const auto most = std::max_element(order_.begin(), order_.end(),
                                           [&](const auto& a, const auto& b) { return counts_.at(a) < counts_.at(b); });
        return most == order_.end() ? std::vector<std::string>{} : *most;
    }
    bool found() const { return !order_.empty(); }

  private:
    bool scalar(std::string_view) override { return true; }
    bool object_begins() override {
        if (in_one_array(path_) && counts_[path_]++ == 0) order_.push_back(path_);
        return true;
    }
    std::map<std::vector<std::string>, std::size_t> counts_;
    std::vector<std::vector<std::string>> order_;
};

/// Collects the objects of one array.
class RowCollector final : public Walker {
  public:
    RowCollector(std::vector<std::string> rows, Records& records) : rows_(std::move(rows)), records_(records) {}
    std::size_t odd_elements() const { return odd_elements_; }

  private:
    bool inside() const { return path_.size() > rows_.size() && std::equal(rows_.begin(), rows_.end(), path_.begin()); }

    /// Keys from the row down; values of arrays in a row belong to the array's key.
    std::vector<std::string> column() const {
        std::vector<std::string> keys;
        std::copy_if(path_.begin() + static_cast<std::ptrdiff_t>(rows_.size()), path_.end(), std::back_inserter(keys),
                     [](const std::string& key) { return key != "[]"; });
        return keys;
    }
    bool scalar(std::string_view value) override {
        if (inside()) {
            records_.set(column(), value);
        } else if (path_ == rows_) {
            ++odd_elements_;
        }
        return true;
    }
    bool object_ends() override {
        if (path_ == rows_) records_.end_row();
        return true;
    }

    std::vector<std::string> rows_;
    Records& records_;
    std::size_t odd_elements_ = 0;
};

/// Reads the members of the root object until they tell what the document is.
class KindFinder final : public Walker {
  public:
    JsonKind kind() const { return esri_ ? JsonKind::esri : geojson_ ? JsonKind::geojson : JsonKind::records; }

  private:
    bool scalar(std::string_view value) override {
        if (path_.size() != 1) return true;
        if (path_[0] == "type" && (value == "FeatureCollection" || value == "Feature")) geojson_ = true;
        if (path_[0] == "geometryType" && value.starts_with("esriGeometry")) esri_ = true;
        return !geojson_ && !esri_;
    }
    bool key_seen() override {  // features of Esri's JSON have `attributes`, those of GeoJSON `properties`
        if (path_.size() == 3 && path_[0] == "features" && path_[1] == "[]") {
            if (path_[2] == "attributes") esri_ = true;
            if (path_[2] == "properties") geojson_ = true;
        }
        return !geojson_ && !esri_;
    }
    bool geojson_ = false, esri_ = false;
};

void parse(std::string_view json, Walker& walker, const SourceFile& file) {
    const bool whole = Json::sax_parse(json.begin(), json.end(), &walker);
    if (whole || walker.fault().empty()) return;
    const auto end = json.begin() + static_cast<std::ptrdiff_t>(std::min(walker.fault_at(), json.size()));
    throw DataError(fmt::format("{}:{}: is not whole JSON: {}; the file is damaged or cut short", printable(file.shown),
                                1 + std::count(json.begin(), end, '\n'), printable(walker.fault(), 160)));
}

}  // namespace

JsonKind kind_of_json(std::string_view json) {
    KindFinder finder;
    if (json.starts_with("\xEF\xBB\xBF")) json.remove_prefix(3);
    Json::sax_parse(json.begin(), json.end(), &finder);
    return finder.kind();
}

std::unique_ptr<Table> open_json(std::string json, const SourceFile& file) {
    std::vector<Issue> issues;
    if (json.starts_with("\xEF\xBB\xBF")) json.erase(0, 3);
    if (!is_utf8(json)) {
        json = utf8_from_windows_1252(json);
        issues.push_back(
            file_issue(file, "encoding-assumed", "the file is not UTF-8", "read as Windows-1252", Kept::used_changed));
    }
    ArrayCounter counter;
    parse(json, counter, file);
    if (!counter.found())
        throw DataError(fmt::format("{}: holds no array of objects that could be rows", printable(file.shown)));
    auto records = std::make_shared<Records>();
    RowCollector collector(counter.best(), *records);
    parse(json, collector, file);
    if (collector.odd_elements() > 0) {
        throw DataError(fmt::format("{}: among the {} there are {} that are no objects", printable(file.shown),
                                    counted(records->rows(), "row"), counted(collector.odd_elements(), "value")));
    }
    const std::vector<std::string> names = records->names();
    const bool fhrs = std::find(names.begin(), names.end(), "FHRSID") != names.end();
    return table_of(std::move(records), fhrs ? "FHRS JSON" : "JSON", std::move(issues));
}

}  // namespace geo
