// SPDX-License-Identifier: Apache-2.0
#include "libgeo/base/uses.h"

#include <doctest/doctest.h>
#include <rapidcheck.h>

using namespace geo;
using namespace std::chrono;

namespace {

const Date kIn2004 = sys_days{year{2004} / June / 1};
const Date kIn2019 = sys_days{year{2019} / June / 1};
const Date kIn2024 = sys_days{year{2024} / June / 1};

void check_class(const char* text, Use use, Date on = kIn2019) {
    CAPTURE(std::string(text));
    const auto found = use_from_class(text, on);
    REQUIRE(found);
    CHECK(word(*found) == word(use));
}

}  // namespace

TEST_CASE("every use has a word, and every word a use") {
    CHECK(use_words().size() == 12);
    for (const std::string& name : use_words()) {
        const auto use = use_from_word(name);
        REQUIRE(use);
        CHECK(word(*use) == name);
    }
    CHECK(word(Use::hot_food_takeaway) == "hot-food-takeaway");
    CHECK(word(Use::other) == "other");
    CHECK(word(Use::unstated) == "unstated");
    CHECK_FALSE(use_from_word("unstated"));  // not a use that a policy could name
    CHECK_FALSE(use_from_word("takeaway"));
}

TEST_CASE("uses in plain English, as they are printed, whatever the case, blanks and hyphens") {
    for (const char* takeaway :
         {"Hot food takeaway", "hot food take-away", "HOT FOOD TAKEAWAYS", "Takeaway", "take-away"})
        CHECK(use_from_name(takeaway) == Use::hot_food_takeaway);
    CHECK(use_from_name("Betting shop") == Use::betting_shop);
    CHECK(use_from_name("Restaurant or cafe") == Use::restaurant_or_cafe);
    CHECK(use_from_name(" off licence ") == Use::off_licence);
    // A register's "Other" may hold anything, and these may be either of two.
    for (const char* unclear : {"Other", "restaurant and takeaway", "food", "unstated", "s", ""})
        CHECK_FALSE(use_from_name(unclear));
}

TEST_CASE("use classes say their use") {
    check_class("A1", Use::shop);
    check_class("A2", Use::bank_or_office);
    check_class("A3", Use::restaurant_or_cafe);
    check_class("A4", Use::drinking_establishment);
    check_class("A5", Use::hot_food_takeaway);
    check_class("B1", Use::bank_or_office);
    check_class("B1(a)", Use::bank_or_office);
    check_class("B1a", Use::bank_or_office);
    check_class("B8", Use::other);
    check_class("C3", Use::other);
    check_class("D1", Use::other);
    check_class("D2", Use::other);
    check_class("E", Use::other, kIn2024);
    check_class("E(a)", Use::shop, kIn2024);
    check_class("E(b)", Use::restaurant_or_cafe, kIn2024);
    check_class("E (c) (ii)", Use::bank_or_office, kIn2024);
    check_class("E(g)(iii)", Use::other, kIn2024);
    check_class("F", Use::other, kIn2024);
    check_class("F2(a)", Use::shop, kIn2024);
    check_class("F.1", Use::other, kIn2024);
}

TEST_CASE("use classes as councils write them") {
    for (const char* text :
         {"A5", " a5 ", "Class A5", "Use Class A5", "use class: A5", "A 5", "A5 - Hot Food Takeaways",
          "A5 (hot food takeaway)", "A5: hot food takeaway", "A5 Hot food takeaway", "Class A5 Use"}) {
        check_class(text, Use::hot_food_takeaway);
    }
    check_class("A3 - Restaurants and cafes", Use::restaurant_or_cafe);
    check_class("A2 Financial & professional services", Use::bank_or_office);
    check_class("D2 Assembly and leisure", Use::other);
}

TEST_CASE("of several classes the most particular use counts") {
    check_class("A3/A5", Use::hot_food_takeaway);
    check_class("A5/A3", Use::hot_food_takeaway);
    check_class("A1, A3 and A5", Use::hot_food_takeaway);
    check_class("A1 & A3", Use::restaurant_or_cafe);
    check_class("A1-shops/A5-takeaways", Use::hot_food_takeaway);
    check_class("Classes A1 or A3", Use::restaurant_or_cafe);
    check_class("E / Sui Generis", Use::unstated, kIn2024);  // may be a takeaway: not known
    check_class("E(b) and Sui Generis (hot food takeaway)", Use::hot_food_takeaway, kIn2024);
}

TEST_CASE("sui generis says nothing unless its words do") {
    for (const char* text :
         {"Sui Generis", "SUI GENERIS", "sui-generis", "SG", "S.G.", "Class Sui Generis", "Sui Generis ()"}) {
        check_class(text, Use::unstated, kIn2024);
    }
    check_class("Sui Generis (hot food takeaway)", Use::hot_food_takeaway, kIn2024);
    check_class("sui generis - betting office", Use::betting_shop, kIn2024);
    check_class("SG: public house", Use::drinking_establishment, kIn2024);
    check_class("Sui Generis (launderette)", Use::other, kIn2024);
}

TEST_CASE("a class means what the Order said on the day") {
    check_class("A5", Use::hot_food_takeaway, kIn2024);  // written after the class had gone: still plain
    check_class("A3", Use::unstated, kIn2004);           // food and drink, takeaways and pubs included
    check_class("A3", Use::unstated, sys_days{year{2005} / April / 20});
    check_class("A3", Use::restaurant_or_cafe, sys_days{year{2005} / April / 21});
    check_class("A2", Use::bank_or_office, sys_days{year{2014} / June / 1});
}

TEST_CASE("what is no use class is none") {
    for (const char* text : {"", " ", "hot food takeaway", "A6", "A", "Class", "A5x", "AA5", "Class 3", "1.4", "Bank",
                             "café", "-", "/", "(A5)x"}) {
        CAPTURE(std::string(text));
        CHECK_FALSE(use_from_class(text, kIn2019));
    }
    CHECK_FALSE(use_from_class(std::string(1 << 20, 'A'), kIn2019));
}

TEST_CASE("any text is a class or none, and never a fault") {
    CHECK(rc::check([](const std::string& text) { use_from_class(text, kIn2019); }));
    CHECK(rc::check([]() {
        const auto text = *rc::gen::container<std::string>(rc::gen::elementOf(std::string("aA15eE()/,; -suigenersg.")));
        use_from_class(text, kIn2024);
    }));
}
