// SPDX-License-Identifier: Apache-2.0
//
// How a description is read. The keyword file itself is read in use_keywords_file.cpp.
#include "libgeo/base/use_keywords.h"

#include <fmt/format.h>

#include <algorithm>

#include "libgeo/base/text.h"

namespace geo {

/// A phrase of the file in a description: `first` is the blank before it, `last` the blank behind it.
struct UseKeywords::Occurrence {
    std::size_t first = 0, last = 0;
    Role role = Role::word;
    std::uint32_t row = 0;
};

/// [first, last) of Text::words; begins and ends with a blank unless empty.
struct UseKeywords::Part {
    std::size_t first = 0, last = 0;
    bool holds(const Occurrence& o) const { return o.first >= first && o.last < last; }
};

struct UseKeywords::Parts {
    Part existing, proposed;
};

/// Which uses of a part count.
enum class UseKeywords::Standing { any, proposed, existing };

/// A description as it is searched: lower case words, one blank before and after each, and where each letter stood.
struct UseKeywords::Text {
    std::string_view written;
    std::string words;
    std::vector<std::uint32_t> from;  // for each byte of `words`
    std::vector<Occurrence> found;    // in the order of the text

    /// What was written where an occurrence stands.
    std::string as_written(const Occurrence& o) const {
        return printable(written.substr(from[o.first + 1], from[o.last] - from[o.first + 1]));
    }
    /// The first occurrence of a role in the part, the longest of those that start there. Null if there is none.
    const Occurrence* first_of(Role role, const Part& part) const {
        const Occurrence* best = nullptr;
        for (const Occurrence& o : found) {
            if (o.role != role || !part.holds(o)) continue;
            if (best != nullptr && o.first > best->first) break;
            if (best == nullptr || o.last > best->last) best = &o;
        }
        return best;
    }
    /// True where the row says something in this role before `limit`.
    bool says(Role role, std::uint32_t row, std::size_t limit) const {
        return std::any_of(found.begin(), found.end(),
                           [&](const Occurrence& o) { return o.role == role && o.row == row && o.last <= limit; });
    }
    /// True where the word lies within a phrase in which its row does not count it.
    bool means_something_else(const Occurrence& word) const {
        return std::any_of(found.begin(), found.end(), [&](const Occurrence& o) {
            return o.role == Role::not_in && o.row == word.row && o.first <= word.first && o.last >= word.last;
        });
    }
    bool stands_existing(const Part& part, const Occurrence& word) const;
};

/// True where the words shortly before say that what follows is there already: `existing hot food takeaway`, but not
/// `existing shop to takeaway`.
bool UseKeywords::Text::stands_existing(const Part& part, const Occurrence& word) const {
    constexpr int kWordsBack = 3;
    std::size_t back = word.first;
    for (int i = 0; i < kWordsBack && back > part.first; ++i) back = words.rfind(' ', back - 1);
    const Occurrence* existing = first_of(Role::existing, {std::max(back, part.first), word.first + 1});
    return existing != nullptr && first_of(Role::into, {existing->last, word.first + 1}) == nullptr;
}

char next_letter(std::string_view text, std::size_t& i) {
    const std::string_view rest = text.substr(i);
    for (const std::string_view mark : {"'", "\xE2\x80\x99"}) {
        if (!rest.starts_with(mark)) continue;
        i += mark.size();
        return '\1';
    }
    if (rest.starts_with("\xC3\xA9") || rest.starts_with("\xC3\x89")) {  // café
        i += 2;
        return 'e';
    }
    const char c = text[i++];
    if (c >= 'A' && c <= 'Z') return static_cast<char>(c - 'A' + 'a');
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') ? c : '\0';
}

UseKeywords::Text UseKeywords::text_of(std::string_view description) const {
    constexpr std::size_t kLongestDescription = 8000;
    Text text{description.substr(0, kLongestDescription), " ", {0}, {}};
    for (std::size_t i = 0; i < text.written.size();) {
        const std::size_t at = i;
        const char c = next_letter(text.written, i);
        if (c == '\1' || (c == '\0' && text.words.back() == ' ')) continue;
        text.words += c == '\0' ? ' ' : c;
        text.from.push_back(static_cast<std::uint32_t>(at));
    }
    if (text.words.back() != ' ') {
        text.words += ' ';
        text.from.push_back(static_cast<std::uint32_t>(text.written.size()));
    }
    find_phrases(text);
    return text;
}

/// Looks up each word as the first of phrases. The last word of a phrase may have an `s` more.
void UseKeywords::find_phrases(Text& text) const {
    const std::string_view words = text.words;
    for (std::size_t at = 0, next = 0; at + 1 < words.size(); at = next) {
        next = words.find(' ', at + 1);
        const std::string_view word = words.substr(at + 1, next - at - 1);
        const auto take = [&](std::string_view first_word) {
            const auto found = by_first_word_.find(first_word);
            if (found == by_first_word_.end()) return;
            for (const std::uint32_t index : found->second) {
                const Phrase& phrase = phrases_[index];
                if (words.compare(at, phrase.words.size(), phrase.words) != 0) continue;
                std::size_t end = at + phrase.words.size();
                if (words[end] == 's') ++end;
                if (words[end] == ' ') text.found.push_back({at, end, phrase.role, phrase.row});
            }
        };
        take(word);
        // `takeaways`: phrases of this one word are filed without the `s`.
        if (word.size() > 1 && word.back() == 's') take(word.substr(0, word.size() - 1));
    }
}

/// The use of the first row with a word in the part; the longest word of that row.
const UseKeywords::Occurrence* UseKeywords::first_use(const Text& text, const Part& part, Standing standing) const {
    const Occurrence* best = nullptr;
    for (const Occurrence& o : text.found) {
        if (o.role != Role::word || rows_[o.row].use == Use::unstated || !part.holds(o)) continue;
        if (best != nullptr && o.row > best->row) continue;
        if (best != nullptr && o.row == best->row && o.last - o.first <= best->last - best->first) continue;
        if (text.means_something_else(o)) continue;
        const bool counts =
            standing == Standing::any || text.stands_existing(part, o) == (standing == Standing::existing);
        if (counts) best = &o;
    }
    return best;
}

const UseKeywords::Occurrence* UseKeywords::nothing_changes(const Text& text) const {
    const Occurrence* best = nullptr;
    for (const Occurrence& o : text.found) {
        if (o.role != Role::word || rows_[o.row].use != Use::unstated) continue;
        if (best != nullptr && o.row > best->row) continue;
        if (best != nullptr && o.row == best->row && (o.first > best->first || o.last <= best->last)) continue;
        if (text.says(Role::unless, o.row, text.words.size()) || text.means_something_else(o)) continue;
        if (!text.says(Role::unless_before, o.row, o.first)) best = &o;
    }
    return best;
}

/// `change of use [existing] to [proposed]`; everything is proposed where no change is said.
UseKeywords::Parts UseKeywords::split(const Text& text) const {
    const std::size_t all = text.words.size();
    const Occurrence* change = text.first_of(Role::change, {0, all});
    if (change == nullptr) return split_at_from(text, {{}, {0, all}});
    if (const Occurrence* into = text.first_of(Role::into, {change->last, all})) {
        return split_at_from(text, {{change->last, into->first + 1}, {into->last, all}});
    }
    // `Change of use from hot food takeaway` does not say to what; `Change of use: hot food takeaway` does.
    const Part rest{change->last, all};
    const bool from = text.words.compare(rest.first, 6, " from ") == 0;
    return from ? Parts{rest, {}} : Parts{{}, rest};
}

/// Looks for `from X to Y`, or `Y from X`, in the proposed part; leaves it alone where X or Y name no use (`from 11am to
/// 11pm`).
UseKeywords::Parts UseKeywords::split_at_from(const Text& text, const Parts& parts) const {
    constexpr std::string_view kFrom = " from ";
    const std::size_t from = text.words.find(kFrom, parts.proposed.first);
    if (from == std::string::npos) return parts;
    const Part behind{from + kFrom.size() - 1, parts.proposed.last};
    Parts out{behind, {parts.proposed.first, from + 1}};
    if (const Occurrence* into = text.first_of(Role::into, behind)) {
        out = {{behind.first, into->first + 1}, {into->last, behind.last}};
    }
    const bool both = first_use(text, out.existing, Standing::any) != nullptr &&
                      first_use(text, out.proposed, Standing::any) != nullptr;
    return both ? out : parts;
}

UseReading UseKeywords::read(std::string_view description) const {
    const Text text = text_of(description);
    const Parts parts = split(text);
    UseReading out;
    const auto note = [&](const Occurrence& o) {
        const std::string_view between = out.rule.empty() ? "" : "; ";
        out.matched += fmt::format("{}{}", between, text.as_written(o));
        out.rule += fmt::format("{}{}", between, rows_[o.row].id);
    };
    const Occurrence* existing = first_use(text, parts.existing, Standing::any);
    if (existing == nullptr) existing = first_use(text, parts.proposed, Standing::existing);
    const Occurrence* proposed = first_use(text, parts.proposed, Standing::proposed);
    const Occurrence* nothing = nothing_changes(text);
    // `Rear extension to existing takeaway`: what is there already is what is proposed.
    if (proposed == nullptr) proposed = first_use(text, parts.proposed, Standing::existing);
    if (proposed != nullptr) {
        out.use = rows_[proposed->row].use;
        note(*proposed);
    }
    if (existing != nullptr) out.existing = rows_[existing->row].use;
    if (nothing != nullptr) {
        out.nothing_changes = true;
        note(*nothing);
        const bool change_is_said = parts.existing.last > 0;
        if (!change_is_said) out.existing = out.use;
    }
    return out;
}

}  // namespace geo
