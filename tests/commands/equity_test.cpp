// SPDX-License-Identifier: Apache-2.0
//
// `cordon equity`: the demo study against stored answers; Lambeth's takeaways by IMD 2019 where the open data are at hand.
#include <doctest/doctest.h>

#include <cmath>
#include <filesystem>
#include <map>
#include <nlohmann/json.hpp>
#include <string>

#include "tests/commands/run_command.h"
#include "tests/support/shared_data.h"

using namespace cordon_test;
namespace fs = std::filesystem;

namespace {

/// (day, measure) → row.
std::map<std::pair<std::string, std::string>, Row> by_measure(const fs::path& file) {
    std::map<std::pair<std::string, std::string>, Row> rows;
    for (const Row& row : read_csv(file)) rows[{row.at("day"), row.at("measure")}] = row;
    return rows;
}

double number(const Row& row, const std::string& column) { return std::stod(row.at(column)); }

/// Whether the interval of a row has `value` in it.
bool covers(const Row& row, double value) { return number(row, "lower") <= value && value <= number(row, "upper"); }

/// Up to the notes on files, which say more than this command's own.
std::string answer_of(const std::string& text) { return text.substr(0, text.find("\nIssues")); }

/// Lambeth's small areas of 2011 of all London's, by the borough as study area.
std::string lambeth(const fs::path& data) {
    const auto file = [&](const char* name) { return "file = \"" + (data / name).string() + "\""; };
    return "[study]\ntitle = \"Lambeth\"\ncrs = \"EPSG:27700\"\narea = { " + file("boundaries/london_boroughs.gpkg") +
           ", where = { name = [\"Lambeth\"] } }\n[layers.lsoas]\nkind = \"areas\"\n" +
           file("boundaries/london_lsoa_2011.shp") + "\npopulation = [{ " +
           file("population/england_wales_lsoa11_mid2019.csv") + ", year = 2019 }]\ndeprivation = { " +
           file("imd/imd2019_england_lsoa11.csv") +
           " }\n[layers.takeaways]\nkind = \"outlets\"\nuse = \"hot-food-takeaway\"\nwhere = { LocalAuthorityName = "
           "[\"Lambeth\"], BusinessTypeID = [\"7844\"] }\nsnapshots = [\n{ " +
           file("fhrs/fhrs_london_2020-07-21.csv.gz") + ", date = 2020-07-21 },\n{ " +
           file("fhrs/fhrs_london_2021-08.csv.gz") + ", date = 2021-08-20 },\n]\n";
}

}  // namespace

TEST_CASE("equity of the demo study: the answer on the terminal") {
    const Ran ran = cordon({"equity", fernhill_study()});
    REQUIRE_MESSAGE(ran.status == 0, ran.err);
    CHECK(ran.err.empty());
    CHECK(ran.out.find("is the gap closing?") != std::string::npos);
    CHECK(ran.out.find("Fifths are local: the 140 areas of lsoas") != std::string::npos);
    if (grid_is_there()) CHECK(as_expected("fernhill-equity.txt", answer_of(ran.out)));
}

TEST_CASE("equity of the demo study: tables, every day from 2012 to 2026") {
    const Folder folder;
    const Ran ran = cordon({"equity", fernhill_study(), "--out", "e.csv", "--measures", "m.csv"}, folder.path());
    REQUIRE_MESSAGE(ran.status == 0, ran.err);
    CHECK(ran.out.empty());
    CHECK(folder.names() == std::vector<std::string>{"e.csv", "e.provenance.json", "m.csv", "m.provenance.json"});
    if (grid_is_there()) {
        CHECK(as_expected("fernhill-equity.csv", read_text(folder / "e.csv")));
        CHECK(as_expected("fernhill-equity-measures.csv", read_text(folder / "m.csv")));
    }
    std::int64_t outlets = 0;
    for (const auto& row : read_csv(folder / "e.csv"))
        outlets += row.at("day") == "2026-01-01" ? std::stoll(row.at("outlets")) : 0;
    // Every takeaway of the file that trades on that day lies in one of the areas.
    std::int64_t trading = 0;
    for (const auto& row : read_csv(fernhill() / "outlets.csv")) {
        trading += row.at("use") == "hot-food-takeaway" && row.at("opened") <= "2026-01-01" &&
                   (row.at("closed").empty() || row.at("closed") > "2026-01-01");
    }
    CHECK(outlets == trading);
}

TEST_CASE("equity of the demo study: the interval of the relative index holds the planted gap of 2.5") {
    const Folder folder;
    REQUIRE(cordon({"equity", fernhill_study(), "--measures", "m.csv"}, folder.path()).status == 0);
    const auto measures = by_measure(folder / "m.csv");
    CHECK(covers(measures.at({"2026-01-01", "rii_log"}), 2.5));
    CHECK(covers(measures.at({"2012-01-01", "rii_log"}), 2.5));
    CHECK_FALSE(covers(measures.at({"2026-01-01", "rii_log"}), 1.0));
    CHECK(number(measures.at({"2026-01-01", "concentration_index"}), "upper") < 0);
    const auto& change = measures.at({"2026-01-01", "rate_gap_change"});
    CHECK(change.at("from") == "2012-01-01");
    const double by = number(measures.at({"2026-01-01", "rate_gap"}), "value") -
                      number(measures.at({"2012-01-01", "rate_gap"}), "value");
    CHECK(std::abs(number(change, "value") - by) < 0.0002);
}

TEST_CASE("equity: the same bytes for any number of threads, and with simulated intervals too") {
    for (const bool simulated : {false, true}) {
        CAPTURE(simulated);
        const Folder folder;
        std::vector<std::string> texts;
        for (const char* threads : {"1", "3"}) {
            std::vector<std::string> arguments = {"equity",     fernhill_study(), "--at-dates", "2015-01-01,2025-01-01",
                                                  "--measures", "m.csv",          "--force",    "--threads",
                                                  threads};
            if (simulated) arguments.emplace_back("--simulated");
            REQUIRE(cordon(arguments, folder.path()).status == 0);
            texts.push_back(read_text(folder / "m.csv"));
        }
        CHECK(texts[0] == texts[1]);
    }
}

TEST_CASE("equity: JSON holds both tables and the sentences, GeoPackage both as layers") {
    const Folder folder;
    const Ran ran = cordon({"equity", fernhill_study(), "--at-dates", "2015-01-01,2025-01-01", "--quantiles", "10",
                            "--per", "100000", "--out", "e.json", "--out", "e.gpkg"},
                           folder.path());
    REQUIRE_MESSAGE(ran.status == 0, ran.err);
    const auto json = nlohmann::json::parse(read_text(folder / "e.json"));
    CHECK(json.at("equity").size() == 20);
    CHECK(json.at("equity_measures").size() == 16);
    CHECK(json.at("equity").at(0).at("per") == 100000);
    CHECK(json.dump().find("is the gap closing?") != std::string::npos);
    CHECK(json.at("provenance").at("study_sha256").is_string());
    CHECK(json.at("complete") == true);
    CHECK(fs::file_size(folder / "e.gpkg") > 10'000);
}

TEST_CASE("equity: one day cannot tell whether a gap closes") {
    const Ran ran = cordon({"equity", fernhill_study(), "--at-dates", "2020-01-01"});
    CHECK(ran.status == 0);
    CHECK(ran.out.find("One day cannot tell; two or more are needed") != std::string::npos);
    CHECK(ran.out.find("rate_gap_change") == std::string::npos);
}

TEST_CASE("equity: what is missing is named, with what to write") {
    const auto message = [](const std::vector<std::string>& more) {
        std::vector<std::string> arguments = {"equity", fernhill_study()};
        arguments.insert(arguments.end(), more.begin(), more.end());
        const Ran ran = cordon(arguments);
        CHECK(ran.status == 2);
        return ran.err;
    };
    CHECK(message({"--by", "wards"}).find("has no deprivation ranks; write deprivation = {") != std::string::npos);
    CHECK(message({"--by", "lsoa"}).find("did you mean lsoas?") != std::string::npos);
    CHECK(message({"--quantiles", "7"}).find("expected 5 or 10") != std::string::npos);
    CHECK(message({"--confidence", "0.5"}).find("0.90 to 0.998") != std::string::npos);
    CHECK(message({"--use", "betting"}).find("--use betting: no such use") != std::string::npos);
    CHECK(message({"--at-dates", "2020-01-01,"}).find("a date is missing") != std::string::npos);
    // The file holds the 140 areas of the borough, with their ranks in the whole country.
    const std::string national = message({"--national"});
    CHECK(national.find("ranks 140 areas, up to rank ") != std::string::npos);
    CHECK(national.find("of = 32844") != std::string::npos);
}

TEST_CASE("equity --help says what is written, and has examples") {
    const Ran ran = cordon({"equity", "--help"});
    CHECK(ran.status == 0);
    for (const char* word : {"rate_gap_change", "--national", "--quantiles", "--measures", "cordon equity study.toml"})
        CHECK_MESSAGE(ran.out.find(word) != std::string::npos, word);
}

TEST_CASE("Lambeth by IMD 2019: 178 areas in fifths of their own, and in those of England") {
    const auto data = shared_data("data");
    if (!data) return;
    const Folder folder;
    folder.write("study.toml", lambeth(*data));
    const Ran ran =
        cordon({"equity", "study.toml", "--out", "e.csv", "--out", "e.json", "--measures", "m.csv", "--per", "100000"},
               folder.path());
    // 4: some takeaways have no location.
    REQUIRE_MESSAGE(ran.status == 4, ran.err);
    const auto rows = read_csv(folder / "e.csv");
    REQUIRE(rows.size() == 10);
    const std::vector<std::string> areas = {"36", "36", "35", "36", "35"};
    double people = 0;
    std::int64_t before = 0, after = 0;
    for (std::size_t i = 0; i < rows.size(); ++i) {
        CHECK(rows[i].at("areas") == areas[i % 5]);
        (i < 5 ? before : after) += std::stoll(rows[i].at("outlets"));
        people += i < 5 ? number(rows[i], "population") : 0;
    }
    CHECK(people == 326'034);  // Lambeth at mid-2019, as published
    // 299 and 401 records, of which 6 and 16 or so cannot be put on the map or lie just outside.
    CHECK(before >= 285);
    CHECK(before <= 299);
    CHECK(after >= 375);
    CHECK(after <= 401);
    const auto measures = by_measure(folder / "m.csv");
    CHECK(covers(measures.at({"2021-08-20", "rate_gap_change"}), 0.0));
    CHECK(read_text(folder / "e.json").find("These data do not tell") != std::string::npos);

    // No area of Lambeth is in England's most deprived tenth by the edition of 2019.
    const Ran national = cordon({"equity", "study.toml", "--national", "--quantiles", "10"}, folder.path());
    CHECK(national.status == 4);
    CHECK(national.out.find("the 32,844 areas that are ranked in") != std::string::npos);
    CHECK(national.out.find("no gap can be told") != std::string::npos);
}
