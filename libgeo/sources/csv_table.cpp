// SPDX-License-Identifier: Apache-2.0
#include "libgeo/sources/csv_table.h"

#include <fmt/core.h>

#include <algorithm>
#include <array>
#include <mutex>
#include <numeric>
#include <set>

#include "libgeo/base/errors.h"
#include "libgeo/base/text.h"
#include "libgeo/sources/csv_decode.h"

namespace geo {

namespace {

constexpr std::size_t kPieceBytes = std::size_t{1} << 20;
constexpr std::size_t kPieceRows = 16384;

/// Buffers of the usual size, used again and again: fresh memory from the system costs more than reading the file into
/// it.
class Buffers : public std::enable_shared_from_this<Buffers> {
  public:
    std::shared_ptr<char[]> get(std::size_t size) {
        if (size != kPieceBytes) return std::shared_ptr<char[]>(new char[size]);
        std::unique_ptr<char[]> buffer;
        {
            const std::lock_guard lock(mutex_);
            if (!free_.empty()) {
                buffer = std::move(free_.back());
                free_.pop_back();
            }
        }
        if (!buffer) buffer.reset(new char[size]);
        return std::shared_ptr<char[]>(buffer.release(),
                                       [keeper = shared_from_this()](char* used) { keeper->give_back(used); });
    }

  private:
    void give_back(char* used) {
        std::unique_ptr<char[]> buffer(used);
        const std::lock_guard lock(mutex_);
        if (free_.size() < 64) free_.push_back(std::move(buffer));
    }
    std::mutex mutex_;
    std::vector<std::unique_ptr<char[]>> free_;
};

struct CsvRaw final : Table::Raw {
    CsvPiece piece;
};

/// First line's end, and the delimiter that stands most often before it (of equals: tab, comma, semicolon, bar);
/// quoted ones do not count.
CsvDialect dialect_of(std::string_view text) {
    constexpr std::string_view kDelimiters = "\t,;|";
    std::array<std::size_t, 4> counts{};
    CsvDialect dialect;
    bool quoted = false;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const char c = text[i];
        if (c == '"') quoted = !quoted;
        if (quoted) continue;
        if (c == '\n') break;
        if (c == '\r') {
            if (i + 1 < text.size() && text[i + 1] != '\n') dialect.line_end = '\r';
            break;
        }
        const std::size_t which = kDelimiters.find(c);
        if (which != std::string_view::npos) ++counts[which];
    }
    if (std::all_of(counts.begin(), counts.end(), [](std::size_t count) { return count == 0; })) return dialect;
    dialect.delimiter =
        kDelimiters[static_cast<std::size_t>(std::max_element(counts.begin(), counts.end()) - counts.begin())];
    return dialect;
}

class CsvTable final : public Table {
  public:
    CsvTable(std::unique_ptr<ByteStream> stream, const SourceFile& file)
        : stream_(std::move(stream)), buffers_(std::make_shared<Buffers>()) {
        plan_.shown = file.shown;
        plan_.study_layer = file.study_layer;
        fill();
        skip_marks();
        read_header();
        look_at_encoding();
        plan_.selected.resize(columns_.size());
        std::iota(plan_.selected.begin(), plan_.selected.end(), std::size_t{0});
        data_begin_ = begin_ + at_;
        data_line_ = line_;
    }

    const std::string& format() const override { return format_; }
    const std::vector<std::string>& columns() const override { return columns_; }
    bool has_geometry() const override { return false; }
    const std::string& crs() const override { return crs_; }
    std::optional<std::uint64_t> stated_rows() const override { return std::nullopt; }
    std::vector<Issue> opening_issues() override { return opening_issues_; }
    void select(std::vector<std::size_t> columns, bool) override { plan_.selected = std::move(columns); }
    double progress() const override { return stream_->progress(); }

    std::unique_ptr<Raw> next() override {
        for (;;) {
            const CsvCut cut = cut_records(rest(), plan_.dialect, kPieceRows, ended_);
            if (cut.bytes > 0) return piece(cut);
            if (ended_ && rest().empty()) return nullptr;
            refuse_endless(cut);
            fill();
        }
    }

    Batch decode(std::unique_ptr<Raw> raw) const override {
        return decode_csv(plan_, std::move(static_cast<CsvRaw&>(*raw).piece));
    }

    void rewind() override {
        stream_->rewind();
        begin_ = filled_ = at_ = 0;
        ended_ = false;
        buffer_.reset();
        while (filled_ < data_begin_ && !ended_) fill();
        at_ = data_begin_;
        line_ = data_line_;
        number_ = 0;
    }

  private:
    std::string_view rest() const { return {buffer_.get() + at_, filled_ - at_}; }

    /// A new buffer that begins with the rest of the old one; twice as large when that is full already.
    void fill() {
        const std::string_view kept = rest();
        const std::size_t size = kept.size() * 2 <= kPieceBytes ? kPieceBytes : kept.size() * 2;
        auto fresh = buffers_->get(size);
        if (!kept.empty()) std::memcpy(fresh.get(), kept.data(), kept.size());
        const std::size_t got = stream_->read(fresh.get() + kept.size(), size - kept.size());
        ended_ = got < size - kept.size();
        buffer_ = std::move(fresh);
        filled_ = kept.size() + got;
        begin_ += at_;
        at_ = 0;
    }

    std::unique_ptr<Raw> piece(const CsvCut& cut) {
        auto raw = std::make_unique<CsvRaw>();
        raw->piece = {buffer_, rest().substr(0, cut.bytes), number_++, line_, cut.records, cut.plain};
        at_ += cut.bytes;
        line_ += static_cast<std::int64_t>(cut.lines);
        return raw;
    }

    void refuse_endless(const CsvCut& cut) const {
        if (cut.open_quote && (ended_ || rest().size() - cut.quote_at > kMostCsvField)) {
            const auto line = line_ + std::count(rest().begin(), rest().begin() + cut.quote_at, plan_.dialect.line_end);
            throw DataError(fmt::format("{}:{}: a quote opened on line {} is not closed; correct the row",
                                        printable(plan_.shown), line, line));
        }
        if (rest().size() > 4 * kMostCsvField) {
            throw DataError(fmt::format("{}:{}: a row of more than {} MiB; this is no CSV table",
                                        printable(plan_.shown), line_, 4 * kMostCsvField >> 20));
        }
    }

    /// Byte-order mark, blank lines before the header, Excel's `sep=;`.
    void skip_marks() {
        const std::string_view text = rest();
        if (text.starts_with("\xFF\xFE") || text.starts_with("\xFE\xFF")) {
            throw DataError(fmt::format("{}: is UTF-16 text; save it as CSV UTF-8", printable(plan_.shown)));
        }
        if (text.starts_with("\xEF\xBB\xBF")) at_ += 3;
        while (at_ < filled_ && (rest().front() == '\n' || rest().front() == '\r')) {
            if (rest().front() == '\n' || !rest().starts_with("\r\n")) ++line_;
            ++at_;
        }
        if (rest().size() > 6 && rest().starts_with("sep=") && (rest()[5] == '\r' || rest()[5] == '\n')) {
            at_ += rest().substr(5).starts_with("\r\n") ? 7 : 6;
            ++line_;
        }
    }

    void read_header() {
        plan_.dialect = dialect_of(rest());
        CsvCut cut = cut_records(rest(), plan_.dialect, 1, ended_);
        while (cut.bytes == 0) {
            if (ended_ && rest().empty())
                throw DataError(fmt::format("{}: is empty (no header line)", printable(plan_.shown)));
            refuse_endless(cut);
            fill();
            cut = cut_records(rest(), plan_.dialect, 1, ended_);
        }
        const std::string_view header = rest().substr(0, cut.bytes);
        if (header.find('\0') != std::string_view::npos) {
            throw DataError(
                fmt::format("{}:{}: holds a NUL byte; this is no CSV text (UTF-16 or damaged?); save it as CSV UTF-8",
                            printable(plan_.shown), line_));
        }
        columns_ = csv_header(header, plan_.dialect);
        plan_.fields = columns_.size();
        refuse_odd_names();
        at_ += cut.bytes;
        line_ += static_cast<std::int64_t>(cut.lines);
    }

    void refuse_odd_names() const {
        std::string fault;
        std::set<std::string_view> seen;
        for (std::size_t i = 0; i < columns_.size() && fault.empty(); ++i) {
            if (trimmed(columns_[i]).empty()) {
                fault = fmt::format("column {} has no name", i + 1);
            } else if (!seen.insert(columns_[i]).second) {
                fault = fmt::format("two columns are called `{}`", printable(columns_[i]));
            }
        }
        if (fault.empty()) return;
        std::string list;
        for (const std::string& name : columns_)
            list += fmt::format("{}`{}`", list.empty() ? "" : ", ", printable(name, 40));
        throw DataError(fmt::format("{}:{}: {}; each column needs a name of its own; the columns are: {}",
                                    printable(plan_.shown), line_, fault, printable(list, 2000)));
    }

    void look_at_encoding() {
        std::string_view seen = {buffer_.get(), filled_};
        for (int i = 0; i < 3 && !ended_ && !seen.empty() && (seen.back() & 0x80) != 0; ++i) {
            const bool leads = (seen.back() & 0x40) != 0;  // a character cut in two
            seen.remove_suffix(1);
            if (leads) break;
        }
        if (is_utf8(seen)) return;
        plan_.encoding_said = true;
        Issue issue;
        issue.layer = plan_.study_layer;
        issue.file = plan_.shown;
        issue.code = "encoding-assumed";
        issue.message = "the file is not UTF-8";
        issue.action = "cells that are not are read as Windows-1252";
        issue.kept = Kept::used_changed;
        opening_issues_.push_back(std::move(issue));
    }

    std::unique_ptr<ByteStream> stream_;
    std::shared_ptr<Buffers> buffers_;
    std::shared_ptr<char[]> buffer_;
    std::size_t begin_ = 0;            // of buffer_ in the file
    std::size_t at_ = 0, filled_ = 0;  // in buffer_
    bool ended_ = false;               // nothing to read after buffer_
    std::size_t data_begin_ = 0;       // in the file
    std::int64_t line_ = 1, data_line_ = 1;
    std::uint64_t number_ = 0;
    CsvPlan plan_;
    std::string format_ = "CSV", crs_;
    std::vector<std::string> columns_;
    std::vector<Issue> opening_issues_;
};

}  // namespace

std::unique_ptr<Table> open_csv(std::unique_ptr<ByteStream> stream, const SourceFile& file) {
    return std::make_unique<CsvTable>(std::move(stream), file);
}

}  // namespace geo
