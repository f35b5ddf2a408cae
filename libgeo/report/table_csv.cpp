// SPDX-License-Identifier: Apache-2.0
#include "libgeo/report/cells.h"
#include "libgeo/report/table_forms.h"

namespace geo {
namespace {

/// The first table; the others have no place in a CSV.
class CsvTables : public AnswerFile {
  public:
    CsvTables(const std::filesystem::path& path, bool replace) : file_(path, replace) {}

    void write(const std::vector<AnswerTable>& tables, const AnswerRecord&) override {
        const AnswerTable& table = tables.front();
        std::string header;
        CsvCells names(header);
        for (const TableColumn& column : table.columns) names.text({}, column.name);
        names.end_row();
        file_.write(header);
        write_rows(file_, table.rows(), [&table](std::size_t row, std::string& out) {
            bool first = true;
            for (const TableColumn& column : table.columns) {
                if (!first) out += ',';
                first = false;
                if (column.kind == TableColumn::Kind::text) {
                    append_csv_text(out, column.texts[row]);
                } else {
                    append_cell(out, column, row);
                }
            }
            out += '\n';
        });
        file_.prepare();
    }
    void commit() override { file_.commit(); }

  private:
    OutputFile file_;
};

}  // namespace

std::unique_ptr<AnswerFile> csv_tables(const std::filesystem::path& path, bool replace) {
    return std::make_unique<CsvTables>(path, replace);
}

}  // namespace geo
