// SPDX-License-Identifier: Apache-2.0
#include "libgeo/sources/csv_decode.h"

#include <fmt/core.h>

#include <algorithm>
#include <deque>

#include "libgeo/base/errors.h"
#include "libgeo/base/text.h"

namespace geo {

namespace {

/// A batch's issues of one kind name each row up to this number; one more issue counts the rest.
constexpr std::size_t kMostIssues = 1000;

/// What the cells of a batch point into: the file's bytes, and cells that differ from them.
struct HeldText {
    std::shared_ptr<const char[]> buffer;
    std::deque<std::string> changed;
};

bool has_high_byte(std::string_view text) {
    std::uint64_t all = 0;
    std::size_t i = 0;
    for (; i + 8 <= text.size(); i += 8) {
        std::uint64_t word = 0;
        std::memcpy(&word, text.data() + i, 8);
        all |= word;
    }
    for (; i < text.size(); ++i) all |= static_cast<std::uint64_t>(static_cast<unsigned char>(text[i]));
    return (all & 0x8080808080808080U) != 0;
}

/// A field that begins with a quote and is not simply text between two quotes.
struct Unquoted {
    std::string text;
    bool more_after_quote = false;  ///< text after the closing quote
    bool lines_in_quotes = false;
};

Unquoted unquote(std::string_view raw, char line_end) {
    Unquoted result;
    std::size_t at = 1;
    for (;;) {
        const std::size_t quote = raw.find('"', at);
        result.text.append(raw.substr(at, quote - at));
        if (quote == std::string_view::npos) return result;
        at = quote + 1;
        if (at >= raw.size() || raw[at] != '"') break;
        result.text += '"';
        ++at;
    }
    result.lines_in_quotes = result.text.find(line_end) != std::string::npos;
    const std::string_view rest = raw.substr(at);
    if (rest.find_first_not_of(" \t") != std::string_view::npos) {
        result.text.append(rest);
        result.more_after_quote = true;
    }
    return result;
}

class Decoder {
  public:
    Decoder(const CsvPlan& plan, CsvPiece piece)
        : plan_(plan), piece_(std::move(piece)), held_(std::make_shared<HeldText>()) {
        held_->buffer = piece_.buffer;
        batch_.number = piece_.number;
        batch_.row.reserve(piece_.most_rows);
        slots_.assign(plan.fields, -1);
        batch_.cells.resize(plan.selected.size());
        for (std::size_t i = 0; i < plan.selected.size(); ++i) {
            batch_.cells[i].resize(piece_.most_rows);
            if (slots_[plan.selected[i]] < 0) slots_[plan.selected[i]] = static_cast<int>(i);
        }
        line_ = piece_.first_line;
    }

    Batch run() {
        refuse_nul();
        if (piece_.plain) {
            split_by_masks();
        } else {
            split_slowly();
        }
        finish();
        return std::move(batch_);
    }

  private:
    void refuse_nul() const {
        const std::size_t at = piece_.text.find('\0');
        if (at == std::string_view::npos) return;
        const auto line =
            piece_.first_line + std::count(piece_.text.begin(), piece_.text.begin() + at, plan_.dialect.line_end);
        throw DataError(
            fmt::format("{}:{}: holds a NUL byte; this is no CSV text (UTF-16 or damaged?); save it as CSV UTF-8",
                        printable(plan_.shown), line));
    }

    void split_by_masks() {
        const std::string_view text = piece_.text;
        std::uint64_t inside_before = 0;
        std::int64_t lines_before = piece_.first_line;
        std::size_t from = 0;
        for (std::size_t at = 0; at < text.size(); at += 64) {
            const CsvMasks masks = csv_masks(text.data() + at, text.size() - at, plan_.dialect);
            const std::uint64_t inside = running_parity(masks.quotes) ^ inside_before;
            std::uint64_t ends = (masks.delimiters | masks.line_ends) & ~inside;
            while (ends != 0) {
                const int bit = std::countr_zero(ends);
                const std::uint64_t lowest = ends & (~ends + 1);
                const std::size_t end = at + static_cast<std::size_t>(bit);
                if ((masks.line_ends & lowest) != 0) {
                    end_record(text.substr(from, end - from));
                    line_ = lines_before + std::popcount(masks.line_ends & (lowest | (lowest - 1)));
                } else {
                    add_field(text.substr(from, end - from));
                }
                from = end + 1;
                ends ^= lowest;
            }
            lines_before += std::popcount(masks.line_ends);
            inside_before = inside >> 63 != 0 ? ~std::uint64_t{0} : 0;
        }
        if (from < text.size() || field_ > 0) end_record(text.substr(from));
    }

    void split_slowly() {
        const std::string_view text = piece_.text;
        std::size_t from = 0, record = 0;
        while (from < text.size()) {
            bool open_quote = false;
            const std::size_t end = field_end(text, from, plan_.dialect, open_quote);
            const std::string_view field = text.substr(from, end - from);
            from = end + 1;
            if (end < text.size() && text[end] == plan_.dialect.delimiter) {
                add_field(field);
                continue;
            }
            end_record(field);
            from = std::min(from, text.size());
            line_ += std::count(text.begin() + record, text.begin() + from, plan_.dialect.line_end);
            record = from;
        }
        if (field_ > 0) end_record({});  // the file ends behind a delimiter
    }

    void add_field(std::string_view raw) {
        if (field_ < slots_.size()) {
            const int slot = slots_[field_];
            if (slot >= 0) batch_.cells[static_cast<std::size_t>(slot)][rows_] = cell(raw);
        } else if (!raw.empty() && raw != "\"\"") {
            extra_text_ = true;
        }
        ++field_;
    }

    void end_record(std::string_view raw) {
        if (plan_.dialect.line_end == '\n') {
            if (!raw.empty() && raw.back() == '\r') raw.remove_suffix(1);
        } else if (field_ == 0 && !raw.empty() && raw.front() == '\n') {
            raw.remove_prefix(1);
        }
        if (field_ == 0 && raw.find_first_not_of(" \t") == std::string_view::npos) return;
        add_field(raw);
        if (field_ < slots_.size()) say_short();
        if (field_ > slots_.size()) say_long();
        batch_.row.push_back(line_);
        ++rows_;
        field_ = 0;
        extra_text_ = false;
    }

    std::string_view cell(std::string_view raw) {
        if (raw.empty() || raw.front() != '"') return raw;
        if (raw.size() >= 2 && raw.back() == '"' && raw.find('"', 1) == raw.size() - 1)
            return raw.substr(1, raw.size() - 2);
        Unquoted unquoted = unquote(raw, plan_.dialect.line_end);
        if (unquoted.more_after_quote) say_stray_quote(unquoted);
        return held_->changed.emplace_back(std::move(unquoted.text));
    }

    Issue issue(const char* code, std::string message, std::string action, Kept kept) const {
        Issue result;
        result.layer = plan_.study_layer;
        result.file = plan_.shown;
        result.row = line_;
        result.code = code;
        result.message = std::move(message);
        result.action = std::move(action);
        result.kept = kept;
        return result;
    }

    void say_short() {
        if (++short_rows_ > kMostIssues) return;
        batch_.issues.push_back(issue("short-row",
                                      fmt::format("line {} has {} of {} fields", line_, field_, slots_.size()),
                                      "the missing ones are taken as empty", Kept::used_changed));
    }

    /// Empty fields after the last one are what spreadsheets leave behind: said once a batch.
    void say_long() {
        if (!extra_text_) {
            if (padded_rows_++ == 0) first_padded_ = line_;
            return;
        }
        if (++long_rows_ > kMostIssues) return;
        batch_.issues.push_back(issue("long-row",
                                      fmt::format("line {} has {} fields, the header {}", line_, field_, slots_.size()),
                                      "those after the last column are not used", Kept::used_changed));
    }

    void say_stray_quote(const Unquoted& unquoted) {
        if (unquoted.lines_in_quotes) {
            throw DataError(fmt::format(
                "{}:{}: a quote opened on line {} is not closed, or closed in the wrong place: `{}`; correct the row",
                printable(plan_.shown), line_, line_, printable(unquoted.text, 60)));
        }
        if (++stray_quotes_ > kMostIssues) return;
        batch_.issues.push_back(
            issue("stray-quote",
                  fmt::format("line {}: text after a closing quote: `{}`", line_, printable(unquoted.text, 60)),
                  "taken as part of the cell", Kept::used_changed));
    }

    void say_rest(std::size_t count, const char* code, const char* what) {
        if (count <= kMostIssues) return;
        const std::size_t rest = count - kMostIssues;
        batch_.issues.push_back(issue(code, fmt::format("{} more {} before line {}", grouped(rest), what, line_),
                                      "as those before", Kept::used_changed));
    }

    void finish() {
        say_rest(short_rows_, "short-row", "rows with too few fields");
        say_rest(long_rows_, "long-row", "rows with too many fields");
        say_rest(stray_quotes_, "stray-quote", "cells with text after a closing quote");
        if (padded_rows_ > 0) {
            line_ = first_padded_;
            batch_.issues.push_back(
                issue("long-row",
                      fmt::format("line {} and {} after it end in empty fields that the header has no name for",
                                  first_padded_, counted(padded_rows_ - 1, "row")),
                      "those fields are not used", Kept::used));
        }
        for (std::size_t i = 0; i < plan_.selected.size(); ++i) {
            const auto first = static_cast<std::size_t>(slots_[plan_.selected[i]]);
            if (first != i) batch_.cells[i] = batch_.cells[first];
            batch_.cells[i].resize(rows_);
        }
        if (has_high_byte(piece_.text)) make_utf8();
        batch_.read = rows_;
        batch_.text = held_;
    }

    /// A cell that is not UTF-8 is read as Windows-1252, whatever the cells around it are: so that the cutting into
    /// batches does not matter.
    void make_utf8() {
        if (is_utf8(piece_.text)) return;
        std::uint64_t converted = 0;
        std::int64_t first = 0;
        for (auto& column : batch_.cells) {
            for (std::size_t row = 0; row < rows_; ++row) {
                if (!has_high_byte(column[row]) || is_utf8(column[row])) continue;
                column[row] = held_->changed.emplace_back(utf8_from_windows_1252(column[row]));
                if (converted++ == 0 || batch_.row[row] < first) first = batch_.row[row];
            }
        }
        if (converted == 0 || plan_.encoding_said) return;
        line_ = first;
        batch_.issues.push_back(
            issue("encoding-assumed",
                  fmt::format("{} from line {} on not UTF-8", counted(converted, "cell is", "cells are"), first),
                  "read as Windows-1252", Kept::used_changed));
    }

    const CsvPlan& plan_;
    CsvPiece piece_;
    std::shared_ptr<HeldText> held_;
    Batch batch_;
    std::vector<int> slots_;  // field → column of the batch
    std::int64_t line_ = 1, first_padded_ = 0;
    std::size_t field_ = 0, rows_ = 0;
    bool extra_text_ = false;
    std::size_t short_rows_ = 0, long_rows_ = 0, padded_rows_ = 0, stray_quotes_ = 0;
};

}  // namespace

Batch decode_csv(const CsvPlan& plan, CsvPiece piece) { return Decoder(plan, std::move(piece)).run(); }

std::vector<std::string> csv_header(std::string_view text, CsvDialect dialect) {
    std::vector<std::string> names;
    for (std::size_t from = 0;;) {
        bool open_quote = false;
        const std::size_t end = field_end(text, from, dialect, open_quote);
        std::string_view raw = text.substr(from, end - from);
        const bool last = end >= text.size() || text[end] == dialect.line_end;
        if (last && !raw.empty() && raw.back() == '\r') raw.remove_suffix(1);
        std::string name = raw.starts_with('"') ? unquote(raw, dialect.line_end).text : std::string(raw);
        names.push_back(is_utf8(name) ? std::move(name) : utf8_from_windows_1252(name));
        if (last) return names;
        from = end + 1;
    }
}

}  // namespace geo
