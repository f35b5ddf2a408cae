// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <stdlib.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

#include "libgeo/base/errors.h"
#include "libgeo/sources/table.h"

namespace geo {

/// An empty folder of the test's own, gone afterwards.
class Scratch {
  public:
    Scratch() {
        std::string name = (std::filesystem::temp_directory_path() / "cordon-test-XXXXXX").string();
        folder_ = ::mkdtemp(name.data());
    }
    ~Scratch() {
        std::error_code ignored;
        std::filesystem::remove_all(folder_, ignored);
    }
    Scratch(const Scratch&) = delete;
    Scratch& operator=(const Scratch&) = delete;

    std::filesystem::path operator/(const std::string& name) const { return folder_ / name; }
    const std::filesystem::path& folder() const { return folder_; }
    SourceFile file(const std::string& name, const std::string& layer = {}) const {
        return {folder_ / name, name, layer, "things"};
    }
    SourceFile write(const std::string& name, const std::string& bytes) const {
        std::filesystem::create_directories((folder_ / name).parent_path());
        std::ofstream(folder_ / name, std::ios::binary) << bytes;
        return file(name);
    }
    std::vector<std::string> names() const {
        std::vector<std::string> found;
        for (const auto& entry : std::filesystem::directory_iterator(folder_))
            found.push_back(entry.path().filename().string());
        return found;
    }

  private:
    std::filesystem::path folder_;
};

inline std::string bytes_of(const std::filesystem::path& path) {
    std::ifstream in(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
}

/// A whole table, as text.
struct Rows {
    std::vector<std::vector<std::string>> cells;  ///< [row][column]
    std::vector<std::int64_t> lines;
    std::vector<Issue> issues;  ///< of the opening first
    Shapes shapes;
};

inline Rows rows_of(Table& table) {
    Rows rows;
    rows.issues = table.opening_issues();
    while (auto batch = table.next_batch()) {
        for (std::size_t row = 0; row < batch->size(); ++row) {
            auto& cells = rows.cells.emplace_back();
            for (const auto& column : batch->cells) cells.emplace_back(column[row]);
            rows.lines.push_back(batch->row[row]);
        }
        for (std::size_t i = 0; i < batch->shapes.size(); ++i) rows.shapes.add_copy(batch->shapes, i);
        rows.issues.insert(rows.issues.end(), batch->issues.begin(), batch->issues.end());
    }
    return rows;
}

inline Rows rows_of(const SourceFile& file) { return rows_of(*open_table(file)); }

inline std::size_t count_of(const Rows& rows, const std::string& code) {
    std::size_t n = 0;
    for (const Issue& issue : rows.issues) n += issue.code == code ? 1 : 0;
    return n;
}

/// The message of the DataError that opening and reading the file gives; empty if it gives none.
inline std::string fault_of(const SourceFile& file) {
    try {
        rows_of(file);
    } catch (const DataError& error) {
        return error.what();
    }
    return {};
}

inline bool mentions(const std::string& text, const std::string& words) {
    return text.find(words) != std::string::npos;
}

}  // namespace geo
