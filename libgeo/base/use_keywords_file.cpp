// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>

#include "libgeo/base/embedded.h"
#include "libgeo/base/text.h"
#include "libgeo/base/toml_reader.h"
#include "libgeo/base/use_keywords.h"

namespace geo {
namespace {

/// `Take-away` → ` take away`.
std::string phrase_from(std::string_view text) {
    std::string out;
    for (std::size_t i = 0; i < text.size();) {
        const char c = next_letter(text, i);
        if (c == '\1') continue;
        if (c == '\0') {
            if (!out.empty() && out.back() != ' ') out += ' ';
        } else {
            if (out.empty()) out += ' ';
            out += c;
        }
    }
    while (!out.empty() && out.back() == ' ') out.pop_back();
    return out;
}

Use read_use(const TomlTable& table) {
    const std::string name = table.text("use");
    if (const auto use = use_from_word(name)) return *use;
    const auto nearest = nearest_word(name, use_words());
    table.fail("use", fmt::format("\"{}\" is no use;{} uses are {}", printable(name),
                                  nearest ? fmt::format(" did you mean {}?", *nearest) : "", join_words(use_words())));
}

}  // namespace

/// The phrases of a key, for the last row where the role belongs to one.
void UseKeywords::add_phrases(const TomlTable& table, std::string_view key, Role role) {
    const auto row = static_cast<std::uint32_t>(rows_.empty() ? 0 : rows_.size() - 1);
    for (const std::string& text : table.texts(key)) {
        Phrase phrase{phrase_from(text), role, row};
        if (phrase.words.empty()) table.fail(key, fmt::format("\"{}\" holds no word", printable(text)));
        const std::string first = phrase.words.substr(1, phrase.words.find(' ', 1) - 1);
        by_first_word_[first].push_back(static_cast<std::uint32_t>(phrases_.size()));
        phrases_.push_back(std::move(phrase));
    }
}

void UseKeywords::add_row(const TomlTable& table) {
    table.expect_only({"id", "use", "words", "not-in", "nothing-changes", "unless", "unless-before"}, "[[row]]");
    const std::string id = table.text("id");
    if (std::any_of(rows_.begin(), rows_.end(), [&](const Row& row) { return row.id == id; })) {
        table.fail("id", fmt::format("{} occurs twice", printable(id)));
    }
    const bool nothing_changes = table.optional_boolean("nothing-changes").value_or(false);
    if (nothing_changes == table.has("use")) table.fail("use", "either use or nothing-changes = true is expected");
    rows_.push_back({id, nothing_changes ? Use::unstated : read_use(table)});
    if (table.texts("words").empty()) table.fail("words", "is missing; at least one word is expected");
    add_phrases(table, "words", Role::word);
    add_phrases(table, "not-in", Role::not_in);
    add_phrases(table, "unless", Role::unless);
    add_phrases(table, "unless-before", Role::unless_before);
}

UseKeywords UseKeywords::from_text(const std::string& toml, const std::string& file_name) {
    const TomlTable root = TomlTable::from_text(toml, file_name);
    root.expect_only({"keywords", "row"}, "a keyword file");
    const auto head = root.optional_table("keywords");
    if (!head) root.fail("keywords", "is missing; a table with id, date, change, into and existing is expected");
    head->expect_only({"id", "date", "change", "into", "existing"}, "[keywords]");
    UseKeywords out;
    out.id_ = head->text("id");
    const auto date = head->optional_date("date");
    if (!date) head->fail("date", "is missing; the day of the file's last change is expected");
    out.date_ = *date;
    out.add_phrases(*head, "change", Role::change);
    out.add_phrases(*head, "into", Role::into);
    out.add_phrases(*head, "existing", Role::existing);
    for (const TomlTable& table : root.tables("row")) out.add_row(table);
    if (out.rows_.empty()) root.fail("row", "is missing; at least one [[row]] is expected");
    return out;
}

const UseKeywords& UseKeywords::built_in() {
    static const UseKeywords keywords = [] {
        constexpr std::string_view kName = "uses/keywords.toml";
        for (const EmbeddedFile& file : embedded_files()) {
            if (file.name == kName) return from_text(std::string(file.text), std::string(kName));
        }
        throw EnvironmentError("this program was built without uses/keywords.toml; build it again");
    }();
    return keywords;
}

}  // namespace geo
