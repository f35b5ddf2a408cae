// SPDX-License-Identifier: Apache-2.0
#include "libgeo/layers/premises_words.h"

#include <algorithm>
#include <array>
#include <vector>

namespace geo {
namespace {

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_lower(char c) { return c >= 'a' && c <= 'z'; }
char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }
bool is_ascii(char c) { return static_cast<unsigned char>(c) < 0x80; }

// U+00C0 to U+00FF without their accents; a blank keeps the character.
constexpr std::string_view kBare = "aaaaaaaceeeeiiiidnooooo ouuuuy  aaaaaaaceeeeiiiidnooooo ouuuuy y";

/// Words of a text: letters and digits in lower case, accents aside. Apostrophes and full stops join what they stand between (`Bee's`, `K.F.C.`).
class Words {
  public:
    explicit Words(std::string_view text) {
        for (std::size_t i = 0; i < text.size();) i += take(text, i);
        end_word();
    }
    std::vector<std::string> words;

  private:
    /// Bytes taken.
    std::size_t take(std::string_view text, std::size_t i) {
        const char c = lower(text[i]);
        if (is_digit(c) || is_lower(c)) {
            word_ += c;
        } else if (c == '&') {
            end_word();
            words.emplace_back("and");
        } else if (!is_ascii(c)) {
            return take_other(text, i);
        } else if (c != '\'' && c != '.' && c != '`') {
            end_word();
        }
        return 1;
    }

    std::size_t take_other(std::string_view text, std::size_t i) {
        const auto at = [&](std::size_t k) {
            return i + k < text.size() ? static_cast<unsigned char>(text[i + k]) : 0U;
        };
        if (at(0) == 0xC3 && at(1) >= 0x80 && at(1) < 0xC0) {
            const char bare = kBare[at(1) - 0x80U];
            if (bare == ' ') {
                word_.append(text.substr(i, 2));
            } else {
                word_ += bare;
            }
            return 2;
        }
        if (at(0) == 0xC2) return end_word(), 2;  // signs and the no-break space
        if (at(0) == 0xE2 && at(1) == 0x80) {
            if (at(2) != 0x98 && at(2) != 0x99) end_word();  // quotation marks that serve as apostrophes
            return 3;
        }
        word_ += text[i];
        return 1;
    }

    void end_word() {
        if (!word_.empty()) words.push_back(std::move(word_));
        word_.clear();
    }

    std::string word_;
};

bool has_digit(std::string_view word) { return std::any_of(word.begin(), word.end(), is_digit); }

std::string joined(const std::vector<std::string>& words, std::string_view with) {
    std::string out;
    for (const std::string& word : words) out.append(out.empty() ? "" : with).append(word);
    return out;
}

/// `sw21rw` as one word in lower case: outward code, then a digit and two letters.
bool is_postcode(std::string_view word) {
    constexpr std::size_t kShortest = 5, kLongest = 7, kInward = 3;
    if (word.size() < kShortest || word.size() > kLongest || !is_lower(word.front())) return false;
    const std::string_view outward = word.substr(0, word.size() - kInward), inward = word.substr(outward.size());
    return has_digit(outward) && is_digit(inward[0]) && is_lower(inward[1]) && is_lower(inward[2]);
}

/// The words of an address without a postcode at its end.
std::vector<std::string> address_words(std::string_view address) {
    std::vector<std::string> words = std::move(Words(address).words);
    if (!words.empty() && is_postcode(words.back())) {
        words.pop_back();
    } else if (words.size() > 1 && is_postcode(words[words.size() - 2] + words.back())) {
        words.resize(words.size() - 2);
    }
    return words;
}

}  // namespace

std::string name_key(std::string_view name) {
    static constexpr std::array<std::string_view, 4> kAside = {"ltd", "limited", "plc", "llp"};
    std::vector<std::string> words = std::move(Words(name).words);
    if (words.size() > 1 && words.front() == "the") words.erase(words.begin());
    std::erase_if(words,
                  [](const std::string& w) { return std::find(kAside.begin(), kAside.end(), w) != kAside.end(); });
    return joined(words, "");
}

std::string postcode_key(std::string_view postcode) {
    std::string key = joined(Words(postcode).words, "");
    return is_postcode(key) ? key : std::string();
}

std::string address_key(std::string_view address) { return joined(address_words(address), " "); }

std::string door_key(std::string_view address) {
    const std::vector<std::string> words = address_words(address);
    std::string key, after;
    bool wanted = false;
    for (const std::string& word : words) {
        if (has_digit(word)) {
            key.append(key.empty() ? "" : " ").append(word);
            after.clear();
            wanted = true;
        } else if (wanted && word != "the" && word != "and") {
            after = word;
            wanted = false;
        }
    }
    if (!key.empty() && !after.empty()) key.append(" ").append(after);
    return key;
}

}  // namespace geo
