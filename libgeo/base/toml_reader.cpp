// SPDX-License-Identifier: Apache-2.0
#include "libgeo/base/toml_reader.h"

#include <fmt/format.h>
#include <toml++/toml.h>

#include <algorithm>
#include <cmath>
#include <fstream>
#include <system_error>

#include "libgeo/base/text.h"

namespace geo {

struct TomlTable::File {
    std::string name;
    toml::table root;
};

namespace {

constexpr std::uintmax_t kLargestFile = 4 * 1024 * 1024;

const toml::table& as_table(const void* table) { return *static_cast<const toml::table*>(table); }
int line_of(const toml::source_region& region) { return static_cast<int>(region.begin.line); }

/// Most parts that one dotted key has (`a.b.c` has 3), strings and comments left out. toml++ 3.3 has no limit of its own, and a
/// key of a million parts would overflow the stack when its tables are freed. Numbers count 2, which does no harm.
std::size_t deepest_key(std::string_view toml) {
    std::size_t deepest = 0, parts = 1;
    for (std::size_t i = 0; i < toml.size(); ++i) {
        const char c = toml[i];
        if (c == '"' || c == '\'') {
            const std::string fence(toml.substr(i).starts_with(std::string(3, c)) ? 3 : 1, c);
            i += fence.size();
            while (i < toml.size() && !toml.substr(i).starts_with(fence)) {
                if (fence.size() == 1 && toml[i] == '\n') break;
                i += c == '"' && toml[i] == '\\' ? 2 : 1;
            }
            i += fence.size() - 1;
        } else if (c == '#') {
            while (i + 1 < toml.size() && toml[i + 1] != '\n') ++i;
        } else if (c == '.') {
            deepest = std::max(deepest, ++parts);
        } else if (c == '\n' || c == ',' || c == '=' || c == '{' || c == '[') {
            parts = 1;
        }
    }
    return deepest;
}

std::string_view kind_word(const toml::node& node) {
    if (node.is_string()) return "a text";
    if (node.is_number()) return "a number";
    if (node.is_boolean()) return "true or false";
    if (node.is_table()) return "a table";
    if (node.is_array()) return "an array";
    return "a date or time";
}

/// `found` for a message: the value itself where it is short and simple.
std::string found_words(const toml::node& node) {
    if (const auto* text = node.as_string()) return fmt::format("the text \"{}\"", printable(text->get(), 40));
    if (const auto* integer = node.as_integer()) return fmt::format("the number {}", integer->get());
    if (const auto* number = node.as_floating_point()) return fmt::format("the number {}", number->get());
    return std::string(kind_word(node));
}

std::string read_whole(const std::filesystem::path& path, const std::string& name) {
    std::error_code error;
    const auto status = std::filesystem::status(path, error);
    if (!std::filesystem::exists(status)) throw UsageError(name + ": there is no such file; check the path");
    if (!std::filesystem::is_regular_file(status)) {
        throw UsageError(name + ": not a regular file; a TOML file is expected");
    }
    if (std::filesystem::file_size(path, error) > kLargestFile || error) {
        throw UsageError(name + ": larger than 4 MiB; a TOML file of a study or policy is expected");
    }
    std::ifstream file(path, std::ios::binary);
    std::string bytes(kLargestFile + 1, '\0');
    file.read(bytes.data(), static_cast<std::streamsize>(bytes.size()));
    if (file.bad() || !file.eof()) throw UsageError(name + ": cannot be read; check its permissions and size");
    bytes.resize(static_cast<std::size_t>(file.gcount()));
    return bytes;
}

/// Line of the first byte that is no UTF-8.
int line_not_utf8(std::string_view text) {
    int line = 1;
    while (true) {
        const std::size_t end = text.find('\n');
        if (!is_utf8(text.substr(0, end)) || end == std::string_view::npos) return line;
        text.remove_prefix(end + 1);
        ++line;
    }
}

}  // namespace

TomlTable TomlTable::from_file(const std::filesystem::path& path) {
    const std::string name = printable(path.string(), 400);
    return from_text(read_whole(path, name), name);
}

TomlTable TomlTable::from_text(std::string_view toml, const std::string& file_name) {
    constexpr std::size_t kDeepestKey = 16;
    if (toml.size() > kLargestFile) throw UsageError(file_name + ": larger than 4 MiB; a TOML file is expected");
    if (!is_utf8(toml)) {
        throw UsageError(
            fmt::format("{}:{}: not UTF-8; TOML files are; save the file as UTF-8", file_name, line_not_utf8(toml)));
    }
    if (deepest_key(toml) > kDeepestKey) {
        throw UsageError(fmt::format("{}: a key has more than {} parts; no key of ours has", file_name, kDeepestKey));
    }
    try {
        auto file = std::make_shared<File>(File{file_name, toml::parse(toml)});
        TomlTable table;
        table.table_ = &file->root;
        table.file_ = std::move(file);
        return table;
    } catch (const toml::parse_error& error) {
        throw UsageError(fmt::format("{}:{}: not TOML: {}", file_name, line_of(error.source()),
                                     printable(error.description(), 300)));
    }
}

TomlTable::Kind TomlTable::kind(std::string_view key) const {
    const toml::node* node = as_table(table_).get(key);
    if (node == nullptr) return Kind::missing;
    if (node->is_string()) return Kind::text;
    if (node->is_number()) return Kind::number;
    if (node->is_boolean()) return Kind::boolean;
    if (node->is_date()) return Kind::date;
    if (node->is_table()) return Kind::table;
    if (node->is_array()) return Kind::array;
    return Kind::other;
}

std::vector<std::string> TomlTable::keys() const {
    std::vector<std::pair<toml::source_position, std::string>> found;
    for (const auto& [key, value] : as_table(table_)) found.emplace_back(key.source().begin, std::string(key.str()));
    std::stable_sort(found.begin(), found.end(), [](const auto& a, const auto& b) { return a.first < b.first; });
    std::vector<std::string> out;
    for (auto& [position, key] : found) out.push_back(std::move(key));
    return out;
}

std::string TomlTable::text(std::string_view key) const {
    auto found = optional_text(key);
    if (!found) fail(key, "is missing; a text is expected");
    if (trimmed(*found).empty()) fail(key, "is empty; a text is expected");
    return *std::move(found);
}

std::optional<std::string> TomlTable::optional_text(std::string_view key) const {
    const toml::node* node = as_table(table_).get(key);
    if (node == nullptr) return std::nullopt;
    if (!node->is_string()) fail(key, "a text in quotes is expected, not " + found_words(*node));
    return node->as_string()->get();
}

std::optional<double> TomlTable::optional_number(std::string_view key) const {
    const toml::node* node = as_table(table_).get(key);
    if (node == nullptr) return std::nullopt;
    const auto value = node->is_number() ? node->value<double>() : std::nullopt;
    if (!value) fail(key, "a number is expected, not " + found_words(*node));
    if (!std::isfinite(*value)) fail(key, "a finite number is expected");
    return value;
}

std::optional<std::int64_t> TomlTable::optional_integer(std::string_view key) const {
    const toml::node* node = as_table(table_).get(key);
    if (node == nullptr) return std::nullopt;
    if (!node->is_integer()) fail(key, "a whole number is expected, not " + found_words(*node));
    return node->as_integer()->get();
}

std::optional<bool> TomlTable::optional_boolean(std::string_view key) const {
    const toml::node* node = as_table(table_).get(key);
    if (node == nullptr) return std::nullopt;
    if (!node->is_boolean()) fail(key, "true or false is expected, not " + found_words(*node));
    return node->as_boolean()->get();
}

std::optional<Date> TomlTable::optional_date(std::string_view key) const {
    const toml::node* node = as_table(table_).get(key);
    if (node == nullptr) return std::nullopt;
    std::string written;
    if (const auto* date = node->as_date()) {
        const toml::date& d = date->get();
        written = fmt::format("{:04}-{:02}-{:02}", d.year, d.month, d.day);
    } else if (const auto* text = node->as_string()) {
        written = text->get();
    } else {
        fail(key, "a date such as 2024-05-01 is expected, not " + found_words(*node));
    }
    const auto found = parse_date(written, DateFormat::iso);
    if (!found) fail(key, fmt::format("\"{}\" is no date; one such as 2024-05-01 is expected", printable(written, 40)));
    return found;
}

std::vector<std::string> TomlTable::texts(std::string_view key) const {
    std::vector<std::string> out;
    for (TextOrTable& element : texts_or_tables(key)) {
        if (element.held) fail(key, "a text or an array of texts is expected, not a table");
        out.push_back(std::move(element.text));
    }
    return out;
}

std::optional<TomlTable> TomlTable::optional_table(std::string_view key) const {
    const toml::node* node = as_table(table_).get(key);
    if (node == nullptr) return std::nullopt;
    if (!node->is_table()) fail(key, "a table is expected, not " + found_words(*node));
    TomlTable inner;
    inner.file_ = file_;
    inner.table_ = node->as_table();
    return inner;
}

std::vector<TomlTable> TomlTable::tables(std::string_view key) const {
    std::vector<TomlTable> out;
    for (const TextOrTable& element : texts_or_tables(key)) {
        if (!element.held) fail(key, "tables are expected, not a text");
        out.push_back(*element.held);
    }
    return out;
}

std::optional<TomlTable> TomlTable::TextOrTable::table() const {
    return held ? std::optional<TomlTable>(*held) : std::nullopt;
}

std::vector<TomlTable::TextOrTable> TomlTable::texts_or_tables(std::string_view key) const {
    std::vector<TextOrTable> out;
    const toml::node* node = as_table(table_).get(key);
    if (node == nullptr) return out;
    const auto take = [&](const toml::node& element) {
        TextOrTable& taken = out.emplace_back();
        taken.line = line_of(element.source());
        if (const auto* text = element.as_string()) {
            taken.text = text->get();
        } else if (element.is_table()) {
            TomlTable inner;
            inner.file_ = file_;
            inner.table_ = element.as_table();
            taken.held = std::make_shared<const TomlTable>(inner);
        } else {
            fail(key, "texts in quotes or tables are expected, not " + found_words(element));
        }
    };
    if (const auto* array = node->as_array()) {
        for (const toml::node& element : *array) take(element);
    } else {
        take(*node);
    }
    return out;
}

int TomlTable::line(std::string_view key) const {
    const toml::node* node = key.empty() ? nullptr : as_table(table_).get(key);
    const int found = line_of(node == nullptr ? as_table(table_).source() : node->source());
    return std::max(found, 1);
}

const std::string& TomlTable::file() const { return file_->name; }

void TomlTable::expect_only(std::vector<std::string> known, std::string_view what) const {
    for (const std::string& key : keys()) {
        if (std::find(known.begin(), known.end(), key) != known.end()) continue;
        const auto nearest = nearest_word(key, known);
        int at = line(key);
        for (const auto& [name, value] : as_table(table_)) {
            if (name.str() == key) at = std::max(line_of(name.source()), 1);
        }
        throw UsageError(fmt::format("{}:{}: {}: no such key in {};{} known keys: {}", file(), at, printable(key), what,
                                     nearest ? fmt::format(" did you mean {}?", *nearest) : "", join_words(known)));
    }
}

void TomlTable::fail(std::string_view key, const std::string& message) const {
    const std::string name = key.empty() ? "" : fmt::format("{}: ", printable(key));
    throw UsageError(fmt::format("{}:{}: {}{}", file(), line(key), name, message));
}

}  // namespace geo
