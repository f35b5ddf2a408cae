// SPDX-License-Identifier: Apache-2.0
//
// `cordon density` as a whole: the demo study against counts made here from its own files, and London's real snapshots.
#include <doctest/doctest.h>

#include <cmath>
#include <fstream>
#include <map>
#include <nlohmann/json.hpp>
#include <string>
#include <tuple>

#include "tests/commands/run_command.h"
#include "tests/support/shared_data.h"

using namespace cordon_test;

namespace {

/// Rows by area and period.
std::map<std::pair<std::string, std::string>, Row> by_area_and_period(const std::vector<Row>& rows) {
    std::map<std::pair<std::string, std::string>, Row> found;
    for (const Row& row : rows) found[{row.at("area_code"), row.at("period")}] = row;
    return found;
}

/// Takeaways in trade on a day, by ward and altogether; opened and closed since the day before. Dates are ISO, so texts compare as days do.
struct Counts {
    std::map<std::string, long> outlets, opened, closed;
};
Counts count_outlets(const std::string& before, const std::string& day) {
    Counts counts;
    for (const Row& row : read_csv(fernhill() / "outlets.csv")) {
        if (row.at("use") != "hot-food-takeaway") continue;
        const std::string opened = row.at("opened"), closed = row.at("closed").empty() ? "9999" : row.at("closed");
        for (const std::string& area : {row.at("ward"), std::string("total")}) {
            counts.outlets[area] += opened <= day && day < closed ? 1 : 0;
            counts.opened[area] += before < opened && opened <= day ? 1 : 0;
            counts.closed[area] += before < closed && closed <= day ? 1 : 0;
        }
    }
    return counts;
}

/// The cell of the column whose name begins so: files of other systems end their lines with CR LF.
std::string cell(const Row& row, const std::string& name) {
    const auto found = row.lower_bound(name);
    return found != row.end() && found->first.starts_with(name) ? found->second : std::string();
}

}  // namespace

TEST_CASE("density, Fernhill: outlets, openings and closures by ward and year, as counted from its files") {
    const Folder folder;
    const Ran ran = cordon({"density", fernhill_study(), "--out", "d.csv"}, folder.path());
    REQUIRE_MESSAGE(ran.status == 0, ran.err);
    CHECK(ran.out.empty());
    const std::vector<Row> rows = read_csv(folder / "d.csv");
    CHECK(rows.size() == 15 * 15);
    const auto found = by_area_and_period(rows);
    std::map<std::pair<std::string, std::string>, double> residents;
    for (const Row& row : read_csv(fernhill() / "population_wards.csv")) {
        residents[{row.at("ward"), row.at("year")}] = std::stod(row.at("all_ages"));
        residents[{"total", row.at("year")}] += std::stod(row.at("all_ages"));
    }
    for (int year = 2012; year <= 2026; ++year) {
        const std::string day = std::to_string(year) + "-01-01", before = std::to_string(year - 1) + "-01-01";
        Counts expected = count_outlets(before, day);
        CHECK(expected.outlets.size() == 15);
        for (const auto& [area, outlets] : expected.outlets) {
            const Row& row = found.at({area, day});
            CHECK_MESSAGE(row.at("outlets") == std::to_string(outlets), area, " ", day);
            const double people = residents.at({area, std::to_string(std::min(year, 2025))});
            CHECK(std::abs(std::stod(row.at("rate")) - 1000.0 * static_cast<double>(outlets) / people) < 1e-6);
            if (year == 2012) {
                CHECK(row.at("opened").empty());
                CHECK(row.at("change").empty());
                continue;
            }
            CHECK_MESSAGE(row.at("opened") == std::to_string(expected.opened.at(area)), area, " ", day);
            CHECK_MESSAGE(row.at("closed") == std::to_string(expected.closed.at(area)), area, " ", day);
            CHECK(std::stol(row.at("change")) == std::stol(row.at("opened")) - std::stol(row.at("closed")));
        }
    }
}

TEST_CASE("density, Fernhill: the columns that stay, and what stands on the terminal") {
    const Folder folder;
    REQUIRE(cordon({"density", fernhill_study(), "--out", "d.csv"}, folder.path()).status == 0);
    CHECK(read_text(folder / "d.csv")
              .starts_with(
                  "area_code,area_name,use,period,outlets,opened,closed,population,rate,per,rate_lower,rate_upper,"
                  "interval_method,per_km2,change,change_percent\n"));
    const Ran ran = cordon({"density", fernhill_study()});
    CHECK(ran.status == 0);
    CHECK(ran.err.empty());
    CHECK(as_expected("fernhill-density.txt", ran.out));
}

TEST_CASE("density, Fernhill: per, days, areas and confidence as asked") {
    const Folder folder;
    const Ran ran =
        cordon({"density", fernhill_study(), "--by", "lsoas", "--per", "100000", "--at-dates", "2025-01-01, 2015-01-01",
                "--confidence", "99.8", "--use", "hot-food-takeaway", "--out", "d.csv"},
               folder.path());
    REQUIRE_MESSAGE(ran.status == 0, ran.err);
    const std::vector<Row> rows = read_csv(folder / "d.csv");
    CHECK(rows.size() == 2 * 141);
    long total = 0;
    for (const Row& row : rows)
        if (row.at("period") == "2025-01-01" && row.at("area_code") != "total") total += std::stol(row.at("outlets"));
    const Row& last = rows.back();
    CHECK(last.at("area_code") == "total");
    CHECK(last.at("outlets") == std::to_string(total));
    CHECK(last.at("per") == "100000");
    CHECK(last.at("outlets") == std::to_string(count_outlets("2015-01-01", "2025-01-01").outlets.at("total")));
    const double rate = std::stod(last.at("rate")), lower = std::stod(last.at("rate_lower"));
    CHECK(rate - lower > 2.9 * rate / std::sqrt(static_cast<double>(total)));  // 99.8 %: about 3.09 standard errors
}

TEST_CASE(
    "density, Fernhill: JSON, GeoPackage and a chart, with provenance, any number of threads gives the same bytes") {
    const Folder folder;
    REQUIRE(cordon({"density", fernhill_study(), "--threads", "1", "--out", "a.json", "--out", "a.gpkg", "--out",
                    "a.svg", "--out", "a.csv"},
                   folder.path())
                .status == 0);
    REQUIRE(cordon({"density", fernhill_study(), "--threads", "4", "--out", "b.json", "--out", "b.gpkg", "--out",
                    "b.svg", "--out", "b.csv"},
                   folder.path())
                .status == 0);
    for (const char* ending : {"json", "gpkg", "svg", "csv", "provenance.json"})
        CHECK_MESSAGE(
            read_text(folder / (std::string("a.") + ending)) == read_text(folder / (std::string("b.") + ending)),
            ending);
    const auto json = nlohmann::json::parse(read_text(folder / "a.json"));
    CHECK(json.at("density").size() == 15 * 15);
    CHECK(json.at("complete") == true);
    CHECK(json.at("provenance").at("files").size() > 5);
    for (const auto& row : json.at("registers")) {
        CHECK(row.at("on_record").get<long>() ==
              row.at("in_areas").get<long>() + row.at("outside").get<long>() + row.at("without_location").get<long>());
        if (row.at("before").is_null()) continue;
        long sum = row.at("before").get<long>();
        for (const char* more : {"opened", "unmatched_opened", "moved_in", "use_gained"})
            sum += row.at(more).get<long>();
        for (const char* less : {"closed", "unmatched_closed", "moved_out", "use_lost"})
            sum -= row.at(less).get<long>();
        CHECK(row.at("on_record").get<long>() == sum);
    }
    CHECK(holds(read_text(folder / "a.svg"), "<title id=\"chart-title\">Hot food takeaways in Fernhill"));
}

TEST_CASE("density: wrong options are said, with the nearest word, nothing is written") {
    const Folder folder;
    const auto refused = [&](const std::vector<std::string>& options, const std::string& message) {
        std::vector<std::string> arguments = {"density", fernhill_study(), "--out", "d.csv"};
        arguments.insert(arguments.end(), options.begin(), options.end());
        const Ran ran = cordon(arguments, folder.path());
        CHECK_MESSAGE(ran.status == 2, ran.err);
        CHECK_MESSAGE(holds(ran.err, message), ran.err);
    };
    refused({"--by", "wrads"}, "did you mean wards?");
    refused({"--outlets", "takeaway"}, "did you mean takeaways?");
    refused({"--use", "betting-shops"}, "did you mean betting-shop?");
    refused({"--use", "betting-shop"}, "no outlet has this use; there is hot-food-takeaway");
    refused({"--per", "0"}, "--per 0: expected a number of residents");
    refused({"--confidence", "0.5"}, "--confidence 0.5: expected from 0.90 to 0.998");
    refused({"--at-dates", "2020-01-01,,2021-01-01"}, "a date is missing");
    refused({"--at-dates", "2020-02-30"}, "not a day of the calendar");
    refused({"--out", "d.xls"}, "unknown ending .xls");
    refused({"--out", "d.csv"}, "named twice");
    CHECK(folder.names().empty());
}

TEST_CASE("density: outlets without a location make the answer incomplete, and are said") {
    const Folder folder;
    folder.write("study.toml",
                 "[study]\ntitle = \"Small\"\ncrs = \"EPSG:27700\"\n[layers.areas]\nkind = \"areas\"\nfile = "
                 "\"areas.csv\"\ncrs = \"EPSG:27700\"\n"
                 "columns = { code = \"code\", name = \"code\", wkt = \"wkt\" }\n[layers.shops]\nkind = "
                 "\"outlets\"\nuse = \"betting-shop\"\n"
                 "file = \"shops.csv\"\ncrs = \"EPSG:27700\"\ncolumns = { id = \"id\", x = \"x\", y = \"y\", opened = "
                 "\"opened\", closed = \"closed\" }\n");
    folder.write(
        "areas.csv",
        "code,wkt\nA,\"POLYGON ((655000 250000, 656000 250000, 656000 251000, 655000 251000, 655000 250000))\"\n"
        "B,\"POLYGON ((656000 250000, 657000 250000, 657000 251000, 656000 251000, 656000 250000))\"\n");
    const std::string located =
        "id,opened,closed,x,y\n1,2015-05-01,,655500,250500\n2,2016-05-01,2018-02-01,656000,250500\n3,2016-06-01,,"
        "656500,250500\n";
    folder.write("shops.csv", located);
    const Ran whole = cordon({"density", "study.toml", "--out", "d.csv"}, folder.path());
    CHECK_MESSAGE(whole.status == 0, whole.err);
    const auto found = by_area_and_period(read_csv(folder / "d.csv"));
    CHECK(found.at({"A", "2017-01-01"}).at("outlets") == "2");  // the shop on the border counts in A, once
    CHECK(found.at({"B", "2017-01-01"}).at("outlets") == "1");
    CHECK(found.at({"total", "2018-01-01"}).at("outlets") == "3");
    CHECK(found.at({"A", "2017-01-01"}).at("rate").empty());
    CHECK(found.at({"A", "2017-01-01"}).at("interval_method").empty());
    CHECK(found.at({"A", "2017-01-01"}).at("per_km2") == "2.000");
    folder.write("shops.csv", located + "4,2015-01-01,,,\n");
    const Ran incomplete = cordon({"density", "study.toml", "--force", "--out", "d.csv"}, folder.path());
    CHECK(incomplete.status == 4);
    CHECK(holds(incomplete.err, "INCOMPLETE"));
    CHECK(holds(read_text(folder / "d.provenance.json"), "\"complete\": false"));
    CHECK(holds(cordon({"density", "study.toml"}, folder.path()).out,
                "INCOMPLETE: 1 outlet without a location could be in any area"));
}

TEST_CASE("density of London's takeaways: the registers' counts, Westminster not covered, the City's warning") {
    const auto shared = shared_data("data");
    if (!shared) return;
    const std::filesystem::path& data = *shared;
    const Folder folder;
    std::map<std::string, long> residents;
    for (const Row& row : read_csv(data / "population" / "london_lsoa21_census2021.csv")) {
        std::string name = cell(row, "lsoa21_name");
        name = name.substr(name.find_first_not_of(' '));
        residents[name.substr(0, name.size() - 5)] += std::stol(cell(row, "pop2021"));
    }
    REQUIRE(residents.size() == 33);
    std::string population = "borough,people\n";
    for (const auto& [borough, people] : residents) population += borough + "," + std::to_string(people) + "\n";
    folder.write("population.csv", population);
    std::string text =
        "[study]\ntitle = \"London\"\ncrs = \"EPSG:27700\"\n[layers.boroughs]\nkind = \"areas\"\nfile = \"" +
        (data / "boundaries" / "london_boroughs.gpkg").string() +
        "\"\ncolumns = { code = \"name\", name = \"name\" }\npopulation = [{ file = \"population.csv\", code = "
        "\"borough\", value = \"people\", "
        "year = 2020 }]\n[layers.takeaways]\nkind = \"outlets\"\nwhere = { BusinessTypeID = [\"7844\"] }\nsnapshots = "
        "[\n";
    for (const auto& [file, date] : {std::pair{"fhrs_london_2020-07-21.csv.gz", "2020-07-21"},
                                     std::pair{"fhrs_london_2020-11-14.csv.gz", "2020-11-14"},
                                     std::pair{"fhrs_london_2021-08.csv.gz", "2021-08-20"}})
        text += "{ file = \"" + (data / "fhrs" / file).string() + "\", date = " + date + " },\n";
    folder.write("study.toml", text + "]\n");
    const Ran ran = cordon({"density", "study.toml", "--out", "d.csv", "--out", "d.json"}, folder.path());
    REQUIRE_MESSAGE(ran.status == 4, ran.err);  // some have no location
    const auto found = by_area_and_period(read_csv(folder / "d.csv"));
    CHECK(found.size() == 34 * 3);
    CHECK_FALSE(found.at({"Westminster", "2020-07-21"}).at("outlets").empty());
    for (const char* day : {"2020-11-14", "2021-08-20"}) {
        const Row& westminster = found.at({"Westminster", day});
        for (const char* figure : {"outlets", "opened", "closed", "rate", "change"})
            CHECK_MESSAGE(westminster.at(figure).empty(), figure);
        CHECK(found.at({"total", day}).at("area_name") == "32 of 33 areas");
    }

    const auto json = nlohmann::json::parse(read_text(folder / "d.json"));
    const std::map<std::pair<std::string, std::string>, long> on_record = {
        {{"522", "2020-07-21"}, 299}, {{"522", "2020-11-14"}, 343}, {{"522", "2021-08-20"}, 401},
        {{"531", "2020-07-21"}, 218}, {{"531", "2020-11-14"}, 211}, {{"531", "2021-08-20"}, 228}};
    std::map<std::string, long> all;
    std::size_t seen = 0;
    for (const auto& row : json.at("registers")) {
        if (row.at("on_record").is_null()) {
            CHECK(row.at("authority") == "533");
            continue;
        }
        const auto figure = [&](const char* name) { return row.at(name).get<long>(); };
        all[row.at("period")] += figure("on_record");
        CHECK(figure("on_record") == figure("in_areas") + figure("outside") + figure("without_location"));
        if (!row.at("before").is_null())
            CHECK(figure("on_record") - figure("before") ==
                  figure("opened") + figure("unmatched_opened") + figure("moved_in") + figure("use_gained") -
                      figure("closed") - figure("unmatched_closed") - figure("moved_out") - figure("use_lost"));
        const auto known = on_record.find({row.at("authority"), row.at("period")});
        if (known == on_record.end()) continue;
        ++seen;
        CHECK_MESSAGE(figure("on_record") == known->second, known->first.first, " ", known->first.second);
    }
    CHECK(seen == 6);
    CHECK(all == std::map<std::string, long>{{"2020-07-21", 7596}, {"2020-11-14", 7867}, {"2021-08-20", 8790}});
    // Lambeth's located takeaways are fewer than it registers, and that is said.
    CHECK(std::stol(found.at({"Lambeth", "2021-08-20"}).at("outlets")) < 401);
    const std::string notes = json.at("notes").dump();
    CHECK(holds(notes, "On 2021-08-20 8,790 hot-food-takeaways are on record: "));
    CHECK(holds(notes, "1 area (Westminster) not covered on 2020-11-14 and 2021-08-20"));
    CHECK(holds(notes, "1 area with fewer than 100 residents an outlet (City of London, "));
}
