// SPDX-License-Identifier: Apache-2.0
#include "libgeo/report/cells.h"
#include "libgeo/report/provenance_json.h"
#include "libgeo/report/table_forms.h"

namespace geo {
namespace {

void append_row(std::string& out, const AnswerTable& table, std::size_t row) {
    Json json(out);
    json.begin_object();
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
}

/// One object: study, notes, a member a table (one row a line), rows, complete, issues, provenance.
class JsonTables : public AnswerFile {
  public:
    JsonTables(const std::filesystem::path& path, bool replace) : file_(path, replace) {}

    void write(const std::vector<AnswerTable>& tables, const AnswerRecord& record) override {
        std::string head;
        Json json(head, 2);
        json.begin_object();
        json.text("study", record.provenance->study_title);
        json.begin_array("notes");
        for (const std::string& sentence : record.sentences) json.text({}, sentence);
        json.end_array();
        file_.write(head);
        for (const AnswerTable& table : tables) write_table(table);
        std::string tail;  // a whole object, of which the opening brace is left out: it goes on with the one above
        Json rest(tail, 2);
        rest.begin_object();
        put_accounts(rest, "rows", *record.issues);
        rest.boolean("complete", record.complete);
        put_issues(rest, "issues", *record.issues);
        put_provenance(rest, "provenance", *record.provenance);
        rest.end_object();
        file_.write(",");
        file_.write(std::string_view(tail).substr(1));
        file_.write("\n");
        file_.prepare();
    }
    void commit() override { file_.commit(); }

  private:
    void write_table(const AnswerTable& table) {
        std::string name = ",\n  ";
        append_json_text(name, table.name);
        file_.write(name + ": [");
        write_rows(file_, table.rows(), [&table](std::size_t row, std::string& out) {
            out += row == 0 ? "\n    " : ",\n    ";
            append_row(out, table, row);
        });
        file_.write(table.rows() == 0 ? "]" : "\n  ]");
    }

    OutputFile file_;
};

}  // namespace

std::unique_ptr<AnswerFile> json_tables(const std::filesystem::path& path, bool replace) {
    return std::make_unique<JsonTables>(path, replace);
}

}  // namespace geo
