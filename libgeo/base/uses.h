// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "libgeo/base/dates.h"

namespace geo {

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

/// The word that policies and studies use: `hot-food-takeaway`.
std::string_view word(Use use);
/// The use named by a word of a policy or study. None if unknown.
std::optional<Use> use_from_word(std::string_view word);
/// Every word, for messages and suggestions.
std::span<const std::string> use_words();

/// What a planning use class says on a day, under the Use Classes Order as it then stood: A5 is a hot food takeaway
/// until 31 August 2020 (SI 2005/84; SI 2020/757) and says so still when written later; `Sui Generis` alone says
/// nothing (unstated). Accepts `A5`, `Class A5`, `Use Class A5`, `SG`, `Sui Generis (hot food takeaway)`, `E(b)`.
/// None when the text is no use class.
std::optional<Use> use_from_class(std::string_view text, Date on);

/// One reading of a free-text description.
struct UseReading {
    Use use = Use::unstated;       ///< the proposed use
    Use existing = Use::unstated;  ///< the use before, where the text says `change of use from … to …`
    bool nothing_changes = false;  ///< conditions, hours, signs, flues: no change of use
    std::string matched;           ///< the words that decided, for the finding
    std::string rule;              ///< id of the keyword row that matched
};

/// A dated keyword file (`datasets/uses/*.toml`): which words in a description name which use.
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
        Use use = Use::unstated;
        std::vector<std::string> words;
        std::vector<std::string> unless;
        bool nothing_changes = false;
    };
    std::string id_;
    Date date_{};
    std::vector<Row> rows_;
};

}  // namespace geo
