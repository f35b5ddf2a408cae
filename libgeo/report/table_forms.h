// SPDX-License-Identifier: Apache-2.0
//
// Private to this stage: one writer of answer tables a form; write_tables chooses by the ending.
#pragma once

#include <functional>
#include <memory>

#include "libgeo/report/table.h"
#include "libgeo/sources/output.h"

namespace geo {

/// A file that is written whole and then put in its place, when the others of the answer are whole too.
class AnswerFile {
  public:
    AnswerFile() = default;
    virtual ~AnswerFile() = default;
    AnswerFile(const AnswerFile&) = delete;
    AnswerFile& operator=(const AnswerFile&) = delete;
    virtual void write(const std::vector<AnswerTable>& tables, const AnswerRecord& record) = 0;
    virtual void commit() = 0;
};

std::unique_ptr<AnswerFile> csv_tables(const std::filesystem::path& path, bool replace);
std::unique_ptr<AnswerFile> json_tables(const std::filesystem::path& path, bool replace);
/// The tables that have places, in WGS 84. `crs`: of the study.
std::unique_ptr<AnswerFile> geojson_tables(const std::filesystem::path& path, bool replace, const Crs& crs,
                                           const GridFolders& grids);
/// `crs`: of the study.
std::unique_ptr<AnswerFile> geopackage_tables(const std::filesystem::path& path, bool replace, const Crs& crs);

/// Lets `format` append each row in order to `out`; many rows are formatted in parallel.
void write_rows(OutputFile& file, std::size_t rows,
                const std::function<void(std::size_t row, std::string& out)>& format);

/// What stands beside a file that cannot hold it: provenance, row accounts, whether the answer is complete, notes, issues.
std::string answer_provenance_json(const AnswerRecord& record);

/// How a cell reads, in any form; nothing where it is empty.
void append_cell(std::string& out, const TableColumn& column, std::size_t row);
bool is_empty_cell(const TableColumn& column, std::size_t row);

}  // namespace geo
