// SPDX-License-Identifier: Apache-2.0
#include <doctest/doctest.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <map>
#include <set>
#include <sstream>

#include "libgeo/base/errors.h"
#include "libgeo/base/uses.h"

using namespace geo;

namespace {

UseReading read(const char* description) { return UseKeywords::built_in().read(description); }

void check_use(const char* description, Use use, Use existing = Use::unstated) {
    CAPTURE(std::string(description));
    const UseReading reading = read(description);
    CHECK(word(reading.use) == word(use));
    CHECK(word(reading.existing) == word(existing));
    CHECK_FALSE(reading.nothing_changes);
}

void check_nothing_changes(const char* description, Use use) {
    CAPTURE(std::string(description));
    const UseReading reading = read(description);
    CHECK(reading.nothing_changes);
    CHECK(word(reading.use) == word(use));
}

// What each of the 60 decisions proposes, decided by reading them. A `takeaway with` or `and` something else is a takeaway; a coffee bar
// that serves hot food is a café; `hot food and drink establishment` in the Manx class 3, which holds hot food eaten elsewhere, counts
// as hot food.
const std::map<std::string, Use> kDecisions = {
    {"11/00573/C", Use::hot_food_takeaway},
    {"11/00932/C", Use::betting_shop},
    {"12/00132/LAW", Use::hot_food_takeaway},
    {"12/00481/C", Use::shop},
    {"12/00501/C", Use::hot_food_takeaway},
    {"12/00966/B", Use::shop},
    {"12/01005/B", Use::hot_food_takeaway},
    {"12/01242/B", Use::hot_food_takeaway},
    {"12/01299/B", Use::hot_food_takeaway},
    {"12/01691/C", Use::hot_food_takeaway},
    {"13/00035/B", Use::restaurant_or_cafe},
    {"13/00053/C", Use::hot_food_takeaway},
    {"13/00410/C", Use::hot_food_takeaway},
    {"13/00556/B", Use::restaurant_or_cafe},
    {"13/91088/C", Use::hot_food_takeaway},
    {"14/01413/B", Use::hot_food_takeaway},
    {"14/01440/B", Use::hot_food_takeaway},
    {"14/01453/B", Use::hot_food_takeaway},
    {"15/00014/B", Use::restaurant_or_cafe},
    {"15/00042/B", Use::hot_food_takeaway},
    {"15/00125/B", Use::restaurant_or_cafe},
    {"15/00624/B", Use::hot_food_takeaway},
    {"15/00664/C", Use::hot_food_takeaway},
    {"15/00853/C", Use::hot_food_takeaway},
    {"15/01112/C", Use::shop},
    {"16/00774/B", Use::hot_food_takeaway},
    {"16/00496/C", Use::hot_food_takeaway},
    {"16/00397/B", Use::hot_food_takeaway},
    {"15/01347/B", Use::betting_shop},
    {"16/00390/B", Use::hot_food_takeaway},
    {"16/00573/B", Use::hot_food_takeaway},
    {"16/00207/B", Use::hot_food_takeaway},
    {"16/00238/C", Use::hot_food_takeaway},
    {"17/00242/B", Use::hot_food_takeaway},
    {"16/01059/C", Use::hot_food_takeaway},
    {"17/00268/B", Use::hot_food_takeaway},
    {"17/00672/C", Use::hot_food_takeaway},
    {"17/00319/B", Use::hot_food_takeaway},
    {"17/00159/C", Use::hot_food_takeaway},
    {"17/00067/B", Use::hot_food_takeaway},
    {"18/00141/B", Use::hot_food_takeaway},
    {"18/00369/B", Use::hot_food_takeaway},
    {"18/00896/B", Use::hot_food_takeaway},
    {"18/00929/B", Use::hot_food_takeaway},
    {"18/01061/B", Use::hot_food_takeaway},
    {"19/00061/B", Use::hot_food_takeaway},
    {"20/00481/C", Use::drinking_establishment},
    {"20/01101/C", Use::other},
    {"20/01294/B", Use::hot_food_takeaway},
    {"21/00556/B", Use::hot_food_takeaway},
    {"21/00720/B", Use::hot_food_takeaway},
    {"21/01101/B", Use::hot_food_takeaway},
    {"21/01320/C", Use::betting_shop},
    {"21/01199/B", Use::hot_food_takeaway},
    {"21/01335/B", Use::hot_food_takeaway},
    {"22/00206/C", Use::hot_food_takeaway},
    {"22/00655/B", Use::hot_food_takeaway},
    {"22/00981/C", Use::hot_food_takeaway},
    {"22/01001/B", Use::hot_food_takeaway},
    {"22/00254/B", Use::hot_food_takeaway},
};

// Variations of a condition, and one shop front: the use stays.
const std::set<std::string> kNothingChanges = {"13/91088/C", "15/00624/B", "16/00390/B", "17/00067/B",
                                               "17/00268/B", "18/01061/B", "19/00061/B", "20/01294/B"};

std::filesystem::path shared_folder() {
    if (const char* folder = std::getenv("CORDON_SHARED")) return folder;
    return std::filesystem::path(CORDON_SOURCE_DIR) / ".." / "shared";
}

/// Records of a CSV with quoted fields (RFC 4180); good enough for one known file.
std::vector<std::vector<std::string>> csv_records(const std::string& text) {
    std::vector<std::vector<std::string>> records(1, {""});
    bool quoted = false;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const char c = text[i];
        if (quoted && c == '"' && i + 1 < text.size() && text[i + 1] == '"') {
            records.back().back() += text[++i];
        } else if (c == '"') {
            quoted = !quoted;
        } else if (!quoted && c == ',') {
            records.back().emplace_back();
        } else if (!quoted && c == '\n') {
            records.push_back({""});
        } else if (quoted || c != '\r') {
            records.back().back() += c;
        }
    }
    if (records.back().size() < 2) records.pop_back();
    return records;
}

}  // namespace

TEST_CASE("60 real decisions are read as a person reads them") {
    const auto path = shared_folder() / "data/planning/isle_of_man_food_gambling_decisions_2011_2023.csv";
    if (!std::filesystem::exists(path)) {
        MESSAGE("skipped: the shared data are not here (CORDON_SHARED)");
        return;
    }
    std::stringstream text;
    text << std::ifstream(path, std::ios::binary).rdbuf();
    const auto records = csv_records(text.str());
    REQUIRE(records.size() == 61);
    REQUIRE(records[0][1] == "reference");
    REQUIRE(records[0][2] == "proposal");
    int agreed = 0;
    for (std::size_t i = 1; i < records.size(); ++i) {
        const std::string& reference = records[i][1];
        CAPTURE(reference);
        CAPTURE(records[i][2]);
        REQUIRE(kDecisions.count(reference) == 1);
        const UseReading reading = UseKeywords::built_in().read(records[i][2]);
        CHECK(word(reading.use) == word(kDecisions.at(reference)));
        CHECK(reading.nothing_changes == (kNothingChanges.count(reference) == 1));
        CHECK_FALSE(reading.rule.empty());
        if (reading.use == kDecisions.at(reference)) ++agreed;
    }
    MESSAGE("agreement: " << agreed << " of " << records.size() - 1);
    CHECK(agreed == 60);
}

TEST_CASE("a hot food takeaway by any of its names") {
    for (const char* name :
         {"hot food takeaway", "hot food take-away", "take away", "hot food (A5)", "Class A5", "A1/A5", "A3 / A5 use",
          "fish and chip shop", "fish & chip shop", "kebab shop", "pizza delivery unit", "drive-through restaurant",
          "drive-thru restaurant", "fried chicken shop", "delivery kitchen (sui generis)", "restaurant with takeaway",
          "HOT FOOD TAKEAWAYS"}) {
        check_use(("Change of use from shop (A1) to " + std::string(name)).c_str(), Use::hot_food_takeaway, Use::shop);
    }
}

TEST_CASE("other uses by their names") {
    check_use("Change of use from bank (A2) to betting office (sui generis)", Use::betting_shop, Use::bank_or_office);
    check_use("Use of ground floor as a bookmaker's", Use::betting_shop);
    check_use("Change of use from shop to adult gaming centre", Use::amusement_centre, Use::shop);
    check_use("Change of use to amusement arcade", Use::amusement_centre);
    check_use("Change of use of retail unit to off-licence", Use::off_licence, Use::shop);
    check_use("Change of use from shop to pawnbroker's", Use::pawnbroker, Use::shop);
    check_use("Change of use from A2 to pay day loan shop", Use::payday_lender, Use::bank_or_office);
    check_use("Change of use to money shop", Use::payday_lender);
    check_use("Change of use from offices to credit union", Use::credit_union, Use::bank_or_office);
    check_use("Change of use from shop to caf\xC3\xA9", Use::restaurant_or_cafe, Use::shop);
    check_use("Change of use from A1 to A3", Use::restaurant_or_cafe, Use::shop);
    check_use("Change of use from office to public house", Use::drinking_establishment, Use::bank_or_office);
    check_use("Change of use from shop to wine bar", Use::drinking_establishment, Use::shop);
    check_use("Change of use from takeaway to two flats", Use::other, Use::hot_food_takeaway);
    check_use("Change of use from shop to nail bar", Use::other, Use::shop);
}

TEST_CASE("existing and proposed are told apart") {
    check_use("Change of use from hot food takeaway to shop", Use::shop, Use::hot_food_takeaway);
    check_use("Change of use to shop from hot food takeaway", Use::shop, Use::hot_food_takeaway);
    check_use("Change of use of ground floor from A5 to A3", Use::restaurant_or_cafe, Use::hot_food_takeaway);
    check_use("From betting shop to café", Use::restaurant_or_cafe, Use::betting_shop);
    check_use("Demolition of takeaway and erection of 5 dwellings", Use::other, Use::hot_food_takeaway);
    check_use("Change of use from hot food takeaway", Use::unstated, Use::hot_food_takeaway);
    check_use("Change of use: hot food takeaway", Use::hot_food_takeaway);
    check_use("Change of use to takeaway, opening hours from 11am to 11pm", Use::hot_food_takeaway);
    check_use("Extension to existing restaurant to form takeaway", Use::hot_food_takeaway, Use::restaurant_or_cafe);
    check_use("Rear extension to existing hot food takeaway", Use::hot_food_takeaway, Use::hot_food_takeaway);
    check_use("Change of use of shop to extend existing takeaway", Use::hot_food_takeaway, Use::shop);
    check_use("Change of use from shop to café next to existing takeaway", Use::restaurant_or_cafe, Use::shop);
}

TEST_CASE("a word inside another word or phrase is not that word") {
    check_use("Change of use from shop to coffee bar", Use::restaurant_or_cafe, Use::shop);
    check_use("Change of use from shop to café, no hot food takeaway", Use::restaurant_or_cafe, Use::shop);
    check_use("Change of use from shop to café excluding A5", Use::restaurant_or_cafe, Use::shop);
    check_use("Erection of a rear dormer at Barclay House", Use::other);
    check_use("Erection of barrier", Use::unstated);
    check_use("Shoplifting prevention measures", Use::unstated);
}

TEST_CASE("conditions, hours, signs, flues and shop fronts change nothing") {
    check_nothing_changes("Variation of condition 4 (hours) of 19/00123/FUL to open until midnight", Use::unstated);
    check_nothing_changes("Variation of condition 2 of 19/00123/FUL (change of use from shop to hot food takeaway)",
                          Use::hot_food_takeaway);
    check_nothing_changes("Extension of opening hours of hot food takeaway", Use::hot_food_takeaway);
    check_nothing_changes("Display of one internally illuminated fascia sign at pizza takeaway",
                          Use::hot_food_takeaway);
    check_nothing_changes("Installation of extract flue to rear of takeaway", Use::hot_food_takeaway);
    check_nothing_changes("Installation of new shop front", Use::unstated);
    check_nothing_changes("Non-material amendment to 20/00001/FUL", Use::unstated);
    const UseReading flue = read("Installation of extract flue to rear of takeaway");
    CHECK(flue.existing == Use::hot_food_takeaway);
    CHECK(flue.rule == "hot-food-takeaway; extraction");
}

TEST_CASE("a change of use with a flue, a sign or hours is still a change of use") {
    check_use("Change of use from shop to hot food takeaway with extract flue", Use::hot_food_takeaway, Use::shop);
    check_use("Installation of flue and change of use from shop to takeaway", Use::hot_food_takeaway, Use::shop);
    check_use("Change of use from shop to takeaway, new shopfront and signage", Use::hot_food_takeaway, Use::shop);
    check_use("Use of shop as takeaway with extended hours", Use::hot_food_takeaway);
    check_use("Change of use to takeaway and variation of condition 3 of 10/1", Use::hot_food_takeaway);
}

TEST_CASE("what is not said is unstated") {
    for (const char* text : {"", "   ", "Sui generis", "Change of use from Class 1 to Class 3",
                             "Erection of single storey rear extension", "???", "12345"}) {
        check_use(text, Use::unstated);
    }
}

TEST_CASE("the words that decided are shown as they were written") {
    const UseReading reading = read("Conversion of shop into Hot-Food Take-Away's premises");
    CHECK(reading.matched == "Hot-Food Take-Away's");
    CHECK(reading.rule == "hot-food-takeaway");
    CHECK(read("change of use to caf\xC3\xA9.").matched == "caf\xC3\xA9");
    CHECK(read("change of use to a caf\xEF\xBF\xBD bar").use == Use::restaurant_or_cafe);
}

TEST_CASE("any text is read without a fault, however long") {
    std::string all;
    for (int c = 0; c < 256; ++c) all += static_cast<char>(c);
    CHECK_NOTHROW(read(all.c_str()));
    CHECK_NOTHROW(UseKeywords::built_in().read(all));
    std::string long_text;
    for (int i = 0; i < 50000; ++i) long_text += "change of use from existing shop to existing takeaway ";
    CHECK(UseKeywords::built_in().read(long_text).use != Use::unstated);
}

TEST_CASE("the built-in file has an id and a day") {
    CHECK(UseKeywords::built_in().id() == "keywords-2026-11");
    CHECK(UseKeywords::built_in().date() > Date{});
}

TEST_CASE("a keyword file that is wrong says where") {
    const std::string head =
        "[keywords]\nid = \"k\"\ndate = 2026-01-01\nchange = [\"change of use\"]\ninto = [\"to\"]\n";
    const auto load = [&](const std::string& rows) { return UseKeywords::from_text(head + rows, "k.toml"); };
    CHECK(load("[[row]]\nid = \"a\"\nuse = \"shop\"\nwords = [\"Corner-Shop\"]").read("a corner shop").use ==
          Use::shop);
    CHECK_THROWS_WITH_AS(load(""), doctest::Contains("row: is missing"), UsageError);
    CHECK_THROWS_WITH_AS(load("[[row]]\nid = \"a\"\nuse = \"shopp\"\nwords = [\"a\"]"),
                         doctest::Contains("k.toml:8: use: \"shopp\" is no use; did you mean shop?"), UsageError);
    CHECK_THROWS_WITH_AS(load("[[row]]\nid = \"a\"\nuse = \"shop\"\nwords = [\"-\"]"),
                         doctest::Contains("holds no word"), UsageError);
    CHECK_THROWS_WITH_AS(load("[[row]]\nid = \"a\"\nuse = \"shop\"\nwords = []"),
                         doctest::Contains("words: is missing"), UsageError);
    CHECK_THROWS_WITH_AS(load("[[row]]\nid = \"a\"\nuse = \"shop\"\nword = [\"a\"]"),
                         doctest::Contains("did you mean words?"), UsageError);
    CHECK_THROWS_WITH_AS(load("[[row]]\nid = \"a\"\nwords = [\"a\"]"),
                         doctest::Contains("either use or nothing-changes"), UsageError);
    const std::string twice = "[[row]]\nid = \"a\"\nuse = \"shop\"\nwords = [\"a\"]\n";
    CHECK_THROWS_WITH_AS(load(twice + twice), doctest::Contains("a occurs twice"), UsageError);
    CHECK_THROWS_WITH_AS(UseKeywords::from_text("", "k.toml"), doctest::Contains("keywords: is missing"), UsageError);
}
