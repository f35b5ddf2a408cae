// SPDX-License-Identifier: Apache-2.0
#include "libgeo/sources/records.h"

#include <algorithm>
#include <numeric>
#include <set>

namespace geo {

namespace {

constexpr std::size_t kBatchRows = 8192;

struct RecordsRaw final : Table::Raw {
    std::size_t begin = 0, end = 0;
};

class RecordsTable final : public Table {
  public:
    RecordsTable(std::shared_ptr<const Records> records, std::string format, std::vector<Issue> issues)
        : records_(std::move(records)),
          format_(std::move(format)),
          names_(records_->names()),
          issues_(std::move(issues)) {
        selected_.resize(names_.size());
        std::iota(selected_.begin(), selected_.end(), std::size_t{0});
    }

    const std::string& format() const override { return format_; }
    const std::vector<std::string>& columns() const override { return names_; }
    bool has_geometry() const override { return false; }
    const std::string& crs() const override { return crs_; }
    std::optional<std::uint64_t> stated_rows() const override { return std::nullopt; }
    std::vector<Issue> opening_issues() override { return issues_; }
    void select(std::vector<std::size_t> columns, bool) override { selected_ = std::move(columns); }
    void rewind() override { at_ = 0; }
    double progress() const override {
        return records_->rows() == 0 ? 1.0 : static_cast<double>(at_) / static_cast<double>(records_->rows());
    }

    std::unique_ptr<Raw> next() override {
        if (at_ == records_->rows()) return nullptr;
        auto raw = std::make_unique<RecordsRaw>();
        raw->begin = at_;
        raw->end = at_ = std::min(at_ + kBatchRows, records_->rows());
        return raw;
    }

    Batch decode(std::unique_ptr<Raw> raw) const override {
        const auto& range = static_cast<const RecordsRaw&>(*raw);
        Batch batch;
        batch.number = range.begin / kBatchRows;
        batch.read = range.end - range.begin;
        batch.row.resize(batch.read);
        std::iota(batch.row.begin(), batch.row.end(), static_cast<std::int64_t>(range.begin) + 1);
        for (const std::size_t column : selected_) {
            const TextColumn& texts = records_->columns()[column];
            std::vector<std::string_view>& cells = batch.cells.emplace_back(batch.read);
            // Columns that end early were not met again: empty.
            for (std::size_t row = range.begin; row < std::min(range.end, texts.size()); ++row)
                cells[row - range.begin] = texts[row];
        }
        batch.text = records_;
        return batch;
    }

  private:
    std::shared_ptr<const Records> records_;
    std::string format_, crs_;
    std::vector<std::string> names_;
    std::vector<Issue> issues_;
    std::vector<std::size_t> selected_;
    std::size_t at_ = 0;
};

std::string joined(const std::vector<std::string>& path, std::size_t words) {
    std::string name;
    for (std::size_t i = path.size() - words; i < path.size(); ++i) name += (name.empty() ? "" : ".") + path[i];
    return name;
}

}  // namespace

std::size_t Records::column(const std::vector<std::string>& path) {
    const auto [found, fresh] = by_path_.try_emplace(path, columns_.size());
    if (fresh) {
        paths_.push_back(&found->first);
        columns_.emplace_back();
        row_.emplace_back();
    }
    return found->second;
}

void Records::set(const std::vector<std::string>& path, std::string_view value) {
    std::string& cell = row_[column(path)];
    if (value.empty()) return;
    if (!cell.empty()) cell += "; ";
    cell += value;
}

void Records::end_row() {
    for (std::size_t i = 0; i < row_.size(); ++i) {
        if (row_[i].empty()) continue;
        while (columns_[i].size() < rows_) columns_[i].add({});
        columns_[i].add(row_[i]);
        row_[i].clear();
    }
    ++rows_;
}

std::vector<std::string> Records::names() const {
    std::vector<std::size_t> order(paths_.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::stable_sort(order.begin(), order.end(),
                     [&](std::size_t a, std::size_t b) { return paths_[a]->size() < paths_[b]->size(); });
    std::vector<std::string> names(paths_.size());
    std::set<std::string> taken;
    for (const std::size_t i : order) {
        std::size_t words = 1;
        names[i] = joined(*paths_[i], words);
        while (taken.contains(names[i]) && words < paths_[i]->size()) names[i] = joined(*paths_[i], ++words);
        while (taken.contains(names[i])) names[i] += "_";  // words with dots in them
        taken.insert(names[i]);
    }
    return names;
}

std::unique_ptr<Table> table_of(std::shared_ptr<const Records> records, std::string format, std::vector<Issue> issues) {
    return std::make_unique<RecordsTable>(std::move(records), std::move(format), std::move(issues));
}

Issue file_issue(const SourceFile& file, std::string code, std::string message, std::string action, Kept kept) {
    Issue issue;
    issue.layer = file.study_layer;
    issue.file = file.shown;
    issue.code = std::move(code);
    issue.message = std::move(message);
    issue.action = std::move(action);
    issue.kept = kept;
    return issue;
}

}  // namespace geo
