// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "libgeo/base/text.h"
#include "libgeo/sources/table.h"

namespace geo {

/// The most that is read of an XML or JSON file of records.
inline constexpr std::uint64_t kMostRecordBytes = std::uint64_t{1} << 30;

/// Rows collected from nested records, a value at a time. A column is a path such as `Geocode/Longitude`; it is called
/// by its last word, or by the last two (`meta.id`), or the whole path, where another column has that name and lies
/// less deep or came earlier.
class Records {
  public:
    /// Sets a value of the row that is being built. A second value of the same path is joined by `; `.
    void set(const std::vector<std::string>& path, std::string_view value);
    void end_row();

    std::size_t rows() const { return rows_; }
    std::vector<std::string> names() const;
    const std::vector<TextColumn>& columns() const { return columns_; }

  private:
    std::size_t column(const std::vector<std::string>& path);

    std::map<std::vector<std::string>, std::size_t> by_path_;
    std::vector<const std::vector<std::string>*> paths_;
    std::vector<TextColumn> columns_;
    std::vector<std::string> row_;
    std::size_t rows_ = 0;
};

/// Records as a table, in batches of 8,192 rows.
std::unique_ptr<Table> table_of(std::shared_ptr<const Records> records, std::string format, std::vector<Issue> issues);

/// An issue of the file as a whole.
Issue file_issue(const SourceFile& file, std::string code, std::string message, std::string action, Kept kept);

/// Repeated elements of an XML document, each a row; nested elements flattened. `FHRS XML` where the root says so.
/// `xml` is changed.
std::unique_ptr<Table> open_xml(std::string xml, const SourceFile& file);
/// Local name of the root element; empty when the text is no XML.
std::string xml_root(std::string_view beginning);

/// The largest array of objects of a JSON document (not inside another such array), each object a row; nested objects
/// flattened, numbers as written.
std::unique_ptr<Table> open_json(std::string json, const SourceFile& file);

enum class JsonKind { records, geojson, esri };
/// What the members of the root object say.
JsonKind kind_of_json(std::string_view json);

}  // namespace geo
