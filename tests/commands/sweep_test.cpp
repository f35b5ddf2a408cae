// SPDX-License-Identifier: Apache-2.0
// `cordon sweep`: its verdicts are those of `cordon check` with the policy edited; its forms agree with each other.
#include <doctest/doctest.h>

#include <nlohmann/json.hpp>
#include <set>
#include <string>

#include "tests/commands/run_command.h"

using namespace cordon_test;

namespace {

std::string policy_2012() { return (fernhill() / "policies" / "fernhill-2012.toml").string(); }

std::string replaced(std::string text, const std::string& old, const std::string& by) {
    const std::size_t at = text.find(old);
    REQUIRE(at != std::string::npos);
    return text.replace(at, old.size(), by);
}

}  // namespace

TEST_CASE(
    "Fernhill: every verdict at every limit, with and without the exemption, is that of check with the policy edited") {
    const Folder folder;
    const Ran ran =
        cordon({"sweep", fernhill_study(), "--policy", policy_2012(), "--rule", "FH1", "--limit", "200:800:50",
                "--exemption", "with,without", "--no-zones", "--out", "s.csv", "--out", "s.json"},
               folder.path());
    REQUIRE_MESSAGE(ran.status == 0, ran.err);
    const auto rows = read_csv(folder / "s.csv");
    REQUIRE(rows.size() == 26);
    const auto json = nlohmann::json::parse(read_text(folder / "s.json"));
    const std::string policy = read_text(policy_2012());
    const std::string adopted_name = "adopted.csv";
    REQUIRE(
        cordon({"check", fernhill_study(), "--policy", policy_2012(), "--out", adopted_name}, folder.path()).status ==
        0);
    std::map<std::string, Row> adopted;
    for (const Row& row : read_csv(folder / adopted_name)) adopted[row.at("reference")] = row;
    std::size_t flips = 0;
    for (const Row& row : rows) {
        CAPTURE(row.at("limit_m"));
        CAPTURE(row.at("exemption"));
        const std::string metres = row.at("limit_m").substr(0, row.at("limit_m").find('.'));
        std::string edited = replaced(policy, "breach = \"<= 400 m\"", "breach = \"<= " + metres + " m\"");
        if (row.at("exemption") == "without")
            edited = replaced(edited, "unless = { inside = [\"town-centres\"] }\n", "");
        const std::string name = "p" + metres + row.at("exemption");
        folder.write(name + ".toml", edited);
        REQUIRE(cordon({"check", fernhill_study(), "--policy", name + ".toml", "--out", name + ".csv"}, folder.path())
                    .status == 0);
        std::map<std::string, int> verdicts;
        std::set<std::string> flipped;
        for (const Row& checked : read_csv(folder / (name + ".csv"))) {
            ++verdicts[checked.at("verdict")];
            if ((checked.at("verdict") == "breach") != (adopted.at(checked.at("reference")).at("verdict") == "breach"))
                flipped.insert(checked.at("reference"));
        }
        for (const char* result : {"breach", "borderline", "unknown", "exempt", "clear"})
            CHECK_MESSAGE(row.at(result) == std::to_string(verdicts[result]), std::string(result));
        CHECK(row.at("not_applicable") == std::to_string(verdicts["not-applicable"]));
        std::set<std::string> told;
        for (const auto& flip : json.at("flips"))
            if (flip.at("limit_m") == std::stod(row.at("limit_m")) && flip.at("exemption") == row.at("exemption"))
                told.insert(flip.at("reference").get<std::string>());
        CHECK(told == flipped);
        flips += flipped.size();
    }
    CHECK(flips > 100);
    CHECK(json.at("flips").size() == flips);
}

TEST_CASE("Fernhill: the flips are told with what the council decided, the counts are their sums") {
    const Folder folder;
    const Ran ran =
        cordon({"sweep", fernhill_study(), "--limit", "200:800:100", "--no-zones", "--out", "s.json"}, folder.path());
    REQUIRE_MESSAGE(ran.status == 0, ran.err);
    const auto json = nlohmann::json::parse(read_text(folder / "s.json"));
    std::map<std::tuple<std::string, double>, std::map<std::string, int>> counted;
    for (const auto& flip : json.at("flips")) {
        auto& of = counted[{flip.at("rule").get<std::string>(), flip.at("limit_m").get<double>()}];
        const std::string decision = flip.at("decision").is_null() ? "" : flip.at("decision").get<std::string>();
        const std::string verdict = flip.at("verdict");
        ++of[verdict == "breach" ? "to_breach" : "from_breach"];
        if (verdict == "breach" && decision == "granted") ++of["granted_to_breach"];
        if ((verdict == "clear" || verdict == "exempt") && decision == "refused") ++of["refused_to_clear"];
    }
    std::size_t told = 0;
    for (const auto& row : json.at("sweep")) {
        auto& of = counted[{row.at("rule").get<std::string>(), row.at("limit_m").get<double>()}];
        for (const char* figure : {"to_breach", "from_breach", "granted_to_breach", "refused_to_clear"}) {
            CHECK_MESSAGE(row.at(figure) == of[figure], std::string(figure));
            told += row.at(figure).get<std::size_t>();
        }
        CHECK(row.at("change") == of["to_breach"] - of["from_breach"]);
        int sum = 0;
        for (const char* result : {"breach", "borderline", "unknown", "exempt", "clear", "not_applicable"})
            sum += row.at(result).get<int>();
        CHECK(sum == row.at("proposals"));
    }
    CHECK(told > 50);
}

TEST_CASE("Fernhill: the answer on the terminal, as stored") {
    const Ran ran =
        cordon({"sweep", fernhill_study(), "--limit", "200:800:100", "--rule", "FH1", "--from", "adopted,entrances"});
    REQUIRE_MESSAGE(ran.status == 0, ran.err);
    CHECK(as_expected("fernhill-sweep.txt", ran.out));
    CHECK(holds(ran.out, "400 m  *"));
    CHECK(holds(ran.out, "as adopted, at 400 m, "));
}

TEST_CASE(
    "all forms at once: the table, both tables with points, the curve, provenance beside, the same bytes on any number "
    "of threads") {
    const Folder folder;
    const auto run = [&](const std::string& name, const std::string& threads) {
        std::vector<std::string> arguments = {"sweep", fernhill_study(), "--limit", "300,400", "--threads", threads};
        for (const char* ending : {".csv", ".json", ".gpkg", ".svg"}) {
            arguments.emplace_back("--out");
            arguments.push_back(name + ending);
        }
        return cordon(arguments, folder.path());
    };
    const Ran ran = run("a", "1");
    REQUIRE_MESSAGE(ran.status == 0, ran.err);
    CHECK(ran.out.empty());
    REQUIRE(run("b", "4").status == 0);
    for (const char* ending : {".csv", ".json", ".svg", ".gpkg"})
        CHECK_MESSAGE(
            read_text(folder / (std::string("a") + ending)) == read_text(folder / (std::string("b") + ending)), ending);
    CHECK(std::filesystem::exists(folder / "a.provenance.json"));
    const std::string svg = read_text(folder / "a.svg");
    CHECK(holds(svg, "FH1 as adopted: 400 m"));
    CHECK(holds(svg, "TC7A as drafted: 800 m"));
    CHECK(holds(svg, "Share of the study area where a proposal would breach, %"));
    const auto rows = read_csv(folder / "a.csv");
    REQUIRE(rows.size() == 10);  // FH1 and YP1 at 300 and 400; FH2 and TC7A at both, and as they stand
    int adopted = 0;
    for (const auto& row : rows) {
        adopted += row.at("as_adopted") == "yes" ? 1 : 0;
        // Where a rule measures on foot, no area is told.
        CHECK(row.at("zone_ha").empty() == (row.at("by") == "walking"));
        if (row.at("zone_ha").empty()) continue;
        CHECK(std::stod(row.at("zone_ha")) + std::stod(row.at("left_ha")) ==
              doctest::Approx(std::stod(rows[0].at("zone_ha")) + std::stod(rows[0].at("left_ha"))));
        CHECK(std::stod(row.at("rule_zone_ha")) <= std::stod(row.at("zone_ha")) + 0.01);
    }
    CHECK(adopted == 4);
    CHECK(std::stod(rows[0].at("zone_ha")) < std::stod(rows[1].at("zone_ha")));
}

TEST_CASE("a limit that reaches nothing covers nothing, farther limits never cover less") {
    const Folder folder;
    write_small_study(folder);
    const Ran ran = cordon({"sweep", "study.toml", "--limit", "100:1000:300", "--out", "s.csv"}, folder.path());
    REQUIRE_MESSAGE((ran.status == 0 || ran.status == 4), ran.err);
    double last = 0;
    int breaches = 0;
    for (const auto& row : read_csv(folder / "s.csv")) {
        CHECK(std::stod(row.at("zone_ha")) > last);
        CHECK(std::stoi(row.at("breach")) >= breaches);
        last = std::stod(row.at("zone_ha"));
        breaches = std::stoi(row.at("breach"));
    }
    CHECK(breaches == 2);
}

TEST_CASE("what is asked wrongly is refused with what was expected, and writes nothing") {
    const Folder folder;
    const auto error = [&](std::vector<std::string> more) {
        std::vector<std::string> arguments = {"sweep", fernhill_study()};
        arguments.insert(arguments.end(), more.begin(), more.end());
        arguments.insert(arguments.end(), {"--out", "s.csv"});
        const Ran ran = cordon(arguments, folder.path());
        CHECK_MESSAGE(ran.status == 2, ran.err);
        CHECK(std::filesystem::is_empty(folder.path()));
        return ran.err;
    };
    CHECK(holds(error({"--limit", "200:800"}), "expected is such as 200:800:50"));
    CHECK(holds(error({"--limit", "10 min"}), "walking"));
    CHECK(holds(error({"--limit", "1:900:1"}), "at most 200"));
    CHECK(holds(error({"--limit", "300", "--from", "boundry"}), "did you mean boundary?"));
    CHECK(holds(error({"--limit", "300", "--kinds", "primry"}), "did you mean primary?"));
    CHECK(holds(error({"--limit", "300", "--exemption", "maybe"}), "with or without"));
    CHECK(holds(error({"--limit", "300", "--rule", "FH9"}), "no policy has such a rule"));
    CHECK(holds(error({}), "--limit"));
}
