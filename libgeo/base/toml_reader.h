// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "libgeo/base/dates.h"
#include "libgeo/base/errors.h"

namespace geo {

/// A table of a TOML file that knows where it stands: every error names file, line and key. All failures are UsageError.
/// Copies are cheap and share the parsed file.
class TomlTable {
  public:
    enum class Kind { missing, text, number, boolean, date, table, array, other };

    /// Reads and parses; at most 4 MiB, regular files only. Throws UsageError (also for a file that is not UTF-8 or not TOML). `text`: gets the bytes
    /// that were parsed, for a hash of just these.
    static TomlTable from_file(const std::filesystem::path& path, std::string* text = nullptr);
    static TomlTable from_text(std::string_view toml, const std::string& file_name);

    Kind kind(std::string_view key) const;
    bool has(std::string_view key) const { return kind(key) != Kind::missing; }
    /// Keys in the order of the file.
    std::vector<std::string> keys() const;

    std::string text(std::string_view key) const;  ///< required, and not empty
    std::optional<std::string> optional_text(std::string_view key) const;
    std::optional<double> optional_number(std::string_view key) const;  ///< finite
    std::optional<std::int64_t> optional_integer(std::string_view key) const;
    std::optional<bool> optional_boolean(std::string_view key) const;
    std::optional<Date> optional_date(std::string_view key) const;  ///< a TOML date, or text that is an ISO date
    /// Text or an array of texts. Empty when missing.
    std::vector<std::string> texts(std::string_view key) const;
    std::optional<TomlTable> optional_table(std::string_view key) const;
    /// An array of tables, or one table. Empty when missing.
    std::vector<TomlTable> tables(std::string_view key) const;
    /// Elements of an array that may mix texts and tables: exactly one of the two is set in each.
    struct TextOrTable {
        std::string text;
        std::optional<TomlTable> table() const;
        std::shared_ptr<const TomlTable> held;
        int line = 0;
    };
    std::vector<TextOrTable> texts_or_tables(std::string_view key) const;

    /// Line of a key's value (or of this table when the key is missing or empty).
    int line(std::string_view key = {}) const;
    const std::string& file() const;

    /// Throws for the first key that is not in `known`, naming the nearest known word.
    void expect_only(std::vector<std::string> known, std::string_view what) const;
    /// Throws UsageError `file:line: key: message`.
    [[noreturn]] void fail(std::string_view key, const std::string& message) const;

  private:
    struct File;
    TomlTable() = default;
    std::shared_ptr<const File> file_;
    const void* table_ = nullptr;  // toml::table inside file_
};

}  // namespace geo
