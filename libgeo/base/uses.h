// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "libgeo/base/dates.h"

namespace geo {

class TomlTable;

/// A use of premises in plain words. `unstated` is not a use: what is on file does not say.
enum class Use : std::uint8_t {
    unstated,
    hot_food_takeaway,
    restaurant_or_cafe,
    drinking_establishment,
    shop,
    off_licence,
    betting_shop,
    payday_lender,
    pawnbroker,
    amusement_centre,
    credit_union,
    bank_or_office,
    other,  ///< stated, and none of the above (a dwelling, a nail bar)
};

/// Several uses at once (`A3/A5`): bit 1 << Use.
using UseSet = std::uint16_t;
constexpr UseSet use_bit(Use use) { return static_cast<UseSet>(1U << static_cast<unsigned>(use)); }
constexpr UseSet use_set(std::span<const Use> uses) {
    UseSet set = 0;
    for (const Use use : uses) set = static_cast<UseSet>(set | use_bit(use));
    return set;
}

/// The word that policies and studies use: `hot-food-takeaway`.
std::string_view word(Use use);
/// The use named by a word of a policy or study. None if unknown.
std::optional<Use> use_from_word(std::string_view word);
/// Every word, for messages and suggestions.
std::span<const std::string> use_words();
/// The use that a register names in plain English, as it is printed: `Hot food takeaway`, `hot food take-away`, `Betting shops`, whatever the case, blanks and
/// hyphens; and `Takeaway`, `Restaurant`, `Café`, `Public house`. `Other` is none: of a register's own list of uses it says nothing.
std::optional<Use> use_from_name(std::string_view text);

/// What a planning use class says on a day, under the Use Classes Order (England) as it then stood: A5 is a hot food takeaway
/// from 21 April 2005 to 31 August 2020 (SI 2005/84; SI 2020/757) and says so still when written later; A3 before that day held
/// takeaways and pubs too (unstated); A2 held betting shops and payday lenders until 15 April 2015 (SI 2015/597) and names neither
/// (bank-or-office); `Sui Generis` alone says nothing (unstated); E alone is one of many (other). Accepts `A5`, `Class A5`,
/// `Use Class A5`, `A5 - Hot food takeaways`, `SG`, `Sui Generis (hot food takeaway)`, `E(b)`, and several (`A3/A5`: the most
/// particular use counts; one that says nothing goes before general ones). None when the text is no use class.
std::optional<Use> use_from_class(std::string_view text, Date on);

/// One reading of a free-text description.
struct UseReading {
    Use use = Use::unstated;       ///< the proposed use
    Use existing = Use::unstated;  ///< the use before, where the text says `change of use from … to …`
    bool nothing_changes = false;  ///< conditions, hours, signs, flues: `use` is what they belong to
    std::string matched;           ///< the words that decided, as written, for the finding; `; ` between two
    std::string rule;              ///< ids of the keyword rows that matched, in the same order
};

/// A dated keyword file (`datasets/uses/*.toml`, which explains its keys): which words in a description name which use.
/// `change of use from X to Y` is read as existing X, proposed Y; where several uses are proposed, the first row of the file counts.
class UseKeywords {
  public:
    /// Throws UsageError with file and line when the file is wrong.
    static UseKeywords from_text(const std::string& toml, const std::string& file_name);
    /// The file that the program carries.
    static const UseKeywords& built_in();
    UseReading read(std::string_view description) const;
    const std::string& id() const { return id_; }
    Date date() const { return date_; }

  private:
    struct Row {
        std::string id;
        Use use = Use::unstated;  // unstated: the row is about work that changes nothing
    };
    enum class Role : std::uint8_t { change, into, existing, word, not_in, unless, unless_before };
    struct Phrase {
        std::string words;  // as descriptions are searched: ` take away`
        Role role = Role::word;
        std::uint32_t row = 0;
    };
    struct Occurrence;
    struct Text;
    struct Part;
    struct Parts;
    enum class Standing;
    void add_phrases(const TomlTable& table, std::string_view key, Role role);
    void add_row(const TomlTable& table);
    Text text_of(std::string_view description) const;
    void find_phrases(Text& text) const;
    const Occurrence* first_use(const Text& text, const Part& part, Standing standing) const;
    const Occurrence* nothing_changes(const Text& text) const;
    Parts split(const Text& text) const;
    Parts split_at_from(const Text& text, const Parts& parts) const;

    std::string id_;
    Date date_{};
    std::vector<Row> rows_;
    std::vector<Phrase> phrases_;
    std::map<std::string, std::vector<std::uint32_t>, std::less<>> by_first_word_;  // indices into phrases_
};

}  // namespace geo
