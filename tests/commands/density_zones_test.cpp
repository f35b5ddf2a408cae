// SPDX-License-Identifier: Apache-2.0
//
// `cordon density --zones` and `--centres` as they are run, on the demo study.
#include <doctest/doctest.h>

#include <cmath>
#include <map>
#include <nlohmann/json.hpp>
#include <string>
#include <tuple>

#include "tests/commands/run_command.h"

using namespace cordon_test;

namespace {

std::map<std::pair<std::string, std::string>, Row> by_code_and_period(const std::vector<Row>& rows) {
    std::map<std::pair<std::string, std::string>, Row> found;
    for (const Row& row : rows) found[{row.at("area_code"), row.at("period")}] = row;
    return found;
}

long number(const Row& row, const char* column) { return row.at(column).empty() ? 0 : std::stol(row.at(column)); }

/// A policy that only consults, so that it draws no zone.
constexpr const char* kConsults =
    "[policy]\nid = \"consults\"\ntitle = \"C\"\nauthority = \"A\"\nkind = \"spd\"\nstatus = \"adopted\"\n"
    "source = \"none\"\napplies-to = [\"hot-food-takeaway\"]\nin-force = { from = 2015-04-01 }\n[[rule]]\nid = \"R1\"\n"
    "cite = \"R1\"\ndistance = { to = [\"schools\"], from = \"boundary\" }\nbreach = \"<= 400 m\"\noutcome = "
    "\"consult\"\n";

}  // namespace

TEST_CASE("density --zones, Fernhill: inside, exempt and outside sum to the total, on every day and in every figure") {
    const Folder folder;
    const Ran ran = cordon({"density", fernhill_study(), "--zones", "--out", "d.csv"}, folder.path());
    REQUIRE_MESSAGE(ran.status == 0, ran.err);
    const std::vector<Row> rows = read_csv(folder / "d.csv");
    CHECK(rows.size() == 15 * (15 + 3));
    const auto found = by_code_and_period(rows);
    for (int year = 2012; year <= 2026; ++year) {
        const std::string day = std::to_string(year) + "-01-01";
        for (const char* figure : {"outlets", "opened", "closed", "change"}) {
            long sum = 0;
            for (const char* side : {"inside", "exempt", "outside"}) sum += number(found.at({side, day}), figure);
            CHECK_MESSAGE(sum == number(found.at({"total", day}), figure), day, " ", figure);
        }
        const Row& inside = found.at({"inside", day});
        CHECK(number(inside, "outlets") > 0);
        CHECK(inside.at("opened").empty() == (year == 2012));
        for (const char* empty : {"population", "rate", "rate_lower", "rate_upper", "interval_method", "per_km2"})
            CHECK_MESSAGE(inside.at(empty).empty(), empty);
        if (year == 2012) continue;
        const long before = number(found.at({"inside", std::to_string(year - 1) + "-01-01"}), "outlets");
        CHECK(number(inside, "change") == number(inside, "outlets") - before);
        const double percent = 100.0 * static_cast<double>(number(inside, "change")) / static_cast<double>(before);
        CHECK(std::abs(std::stod(inside.at("change_percent")) - percent) < 0.006);
    }
    CHECK(found.at({"inside", "2012-01-01"}).at("area_name") == "inside the zones of fernhill-2012");
    CHECK(found.at({"outside", "2012-01-01"}).at("area_name") == "outside the zones of fernhill-2012");
}

TEST_CASE("density --zones, Fernhill: on the policy's first day as many stand inside as `effect` says") {
    const Folder folder;
    REQUIRE(
        cordon({"density", fernhill_study(), "--zones", "--at-dates", "2012-04-01", "--out", "d.csv"}, folder.path())
            .status == 0);
    REQUIRE(cordon({"effect", fernhill_study(), "--by", "lsoas", "--out", "e.csv"}, folder.path()).status == 0);
    const auto found = by_code_and_period(read_csv(folder / "d.csv"));
    std::map<std::string, long> effect;
    for (const Row& row : read_csv(folder / "e.csv")) effect[row.at("zone")] = number(row, "outlets_policy");
    CHECK(effect.at("inside") > 0);
    CHECK(number(found.at({"inside", "2012-04-01"}), "outlets") == effect.at("inside"));
    CHECK(number(found.at({"exempt", "2012-04-01"}), "outlets") == effect.at("exempt"));
    CHECK(number(found.at({"outside", "2012-04-01"}), "outlets") == effect.at("ring") + effect.at("beyond"));
}

TEST_CASE("density --centres, Fernhill: a table of its own, the counts those of the centres taken as areas") {
    const Folder folder;
    REQUIRE(cordon({"density", fernhill_study(), "--centres", "town-centres", "--out", "c.json", "--out", "c.gpkg",
                    "--out", "c.csv"},
                   folder.path())
                .status == 0);
    REQUIRE(cordon({"density", fernhill_study(), "--by", "town-centres", "--out", "d.csv"}, folder.path()).status == 0);
    CHECK(holds(read_text(folder / "c.gpkg"), "CREATE TABLE \"centres\""));
    CHECK(holds(read_text(folder / "c.csv"), "E05990001"));  // the CSV is of the areas
    const auto by = by_code_and_period(read_csv(folder / "d.csv"));
    const auto json = nlohmann::json::parse(read_text(folder / "c.json"));
    const auto& centres = json.at("centres");
    CHECK(centres.size() == 12 * 15);  // eleven centres and their total
    double hectares = 0;
    for (const auto& row : centres) {
        const std::string code = row.at("centre_code"), day = row.at("period");
        const Row& expected = by.at({code, day});
        CHECK(row.at("outlets").get<long>() == number(expected, "outlets"));
        if (day != "2012-01-01") CHECK(row.at("opened").get<long>() == number(expected, "opened"));
        const double of_centre = row.at("hectares"), density = row.at("per_hectare");
        CHECK(std::abs(density * of_centre - row.at("outlets").get<double>()) < 0.02);
        CHECK(std::abs(density * 100.0 - std::stod(expected.at("per_km2"))) < 0.01);
        if (day != "2012-01-01") continue;
        if (code == "total")
            CHECK(std::abs(of_centre - hectares) < 0.001);
        else
            hectares += of_centre;
    }
    CHECK(holds(json.at("notes").dump(), "Hectares are of the outline as drawn"));
}

TEST_CASE("density, Fernhill: zones and centres on the terminal") {
    const Ran ran = cordon({"density", fernhill_study(), "--zones", "--centres", "town-centres"});
    CHECK(ran.status == 0);
    CHECK(ran.err.empty());
    CHECK(as_expected("fernhill-density-zones.txt", ran.out));
}

TEST_CASE("density: zones and centres that there are not are refused, and nothing is written") {
    const Folder folder;
    const auto refused = [&](const std::vector<std::string>& options, const std::string& message) {
        std::vector<std::string> arguments = {"density", fernhill_study(), "--out", "d.csv"};
        arguments.insert(arguments.end(), options.begin(), options.end());
        const Ran ran = cordon(arguments, folder.path());
        CHECK_MESSAGE(ran.status == 2, ran.err);
        CHECK_MESSAGE(holds(ran.err, message), ran.err);
        CHECK_FALSE(std::filesystem::exists(folder / "d.csv"));
    };
    refused({"--centres", "town-centre"}, "did you mean town-centres?");
    refused({"--centres", "schools"}, "--centres: the study has no layer schools of kind areas");
    refused({"--zones", "--policy", (fernhill() / "policies" / "fernhill-2026-draft.toml").string()},
            "names no policy whose zones could be looked for");
    folder.write("consults.toml", kConsults);
    refused({"--zones", "--policy", "consults.toml"}, "consults has no rule that draws zones");
    refused({"--zones", "--policy", (fernhill() / "policies" / "fernhill-2012.toml").string(), "--policy",
             "waltham-forest-hft-2009"},
            "say with --policy whose zones to look for");
}
