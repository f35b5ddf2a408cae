// SPDX-License-Identifier: Apache-2.0
//
// `cordon map` as a whole: what stands in the page against what `check` and `density` write. The page in use: tests/browser.
#include <doctest/doctest.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <nlohmann/json.hpp>
#include <string>
#include <tuple>
#include <vector>

#include "libgeo/base/errors.h"
#include "libgeo/report/map_page.h"
#include "tests/commands/borough_study.h"
#include "tests/commands/run_command.h"
#include "tests/support/shared_data.h"

using namespace cordon_test;

namespace {

// A program that was built without Node has no page; what it says then is tested by tests/browser/without_map.cmake.
#ifdef CORDON_HAS_WEBMAP
constexpr bool kNoPage = false;
#else
constexpr bool kNoPage = true;
#endif

using nlohmann::json;

/// The data of a page. None where the program under test was built without the map.
json data_of(const std::filesystem::path& page) {
    const std::string text = read_text(page);
    const std::string begin = "<script type=\"application/json\" id=\"data\">";
    const std::size_t at = text.find(begin) + begin.size();
    return json::parse(text.substr(at, text.find("</script>", at) - at));
}

class Page {
  public:
    explicit Page(json data) : data_(std::move(data)) {}
    const json& operator[](const char* name) const { return data_[name]; }
    std::string text(const json& column, std::size_t i) const { return data_["texts"][column[i].get<std::size_t>()]; }
    const json& all() const { return data_; }

  private:
    json data_;
};

/// A cell of a CSV and a value of the page as the same words: numbers with three decimals.
std::string number(const std::string& cell) {
    if (cell.empty()) return {};
    char buffer[64];
    std::snprintf(buffer, sizeof buffer, "%.3f", std::strtod(cell.c_str(), nullptr));
    return buffer;
}
std::string number(const json& value) { return value.is_null() ? std::string() : number(value.dump()); }

Page page_of(const Folder& folder, const std::vector<std::string>& more = {}) {
    std::vector<std::string> arguments = {"map", fernhill_study(), "--out", (folder / "map.html").string(), "--force"};
    arguments.insert(arguments.end(), more.begin(), more.end());
    const Ran ran = cordon(arguments);
    CHECK_MESSAGE(ran.status == 0, ran.err);
    return Page(data_of(folder / "map.html"));
}

std::vector<std::string> findings_of_page(const Page& page) {
    const json &findings = page["findings"], &proposals = page["proposals"];
    std::vector<std::string> rows;
    std::size_t f = 0;
    for (std::size_t i = 0; i < proposals["reference"].size(); ++i) {
        for (std::size_t k = 0; k < proposals["findings"][i].get<std::size_t>(); ++k, ++f) {
            std::string row = page.text(proposals["reference"], i);
            row += '|' + page["results"][findings["result"][f].get<std::size_t>()].get<std::string>();
            for (const char* name : {"policy", "policyStatus", "rule", "cite", "layer", "placeId", "place", "unit",
                                     "from", "siteFrom", "exemptBy", "outcome"})
                row += '|' + page.text(findings[name], f);
            for (const char* name : {"measured", "limit", "margin", "tolerance"})
                row += '|' + number(findings[name][f]);
            rows.push_back(row);
        }
    }
    return rows;
}

std::vector<std::string> findings_of_check(const std::vector<Row>& csv) {
    std::vector<std::string> rows;
    for (const Row& from : csv) {
        if (from.at("result") == "not-applicable") continue;
        std::string row = from.at("reference") + '|' + from.at("result");
        for (const char* name : {"policy", "policy_status", "rule", "cite", "layer", "place_id", "place_name", "unit",
                                 "from", "site", "exempt_by", "outcome"})
            row += '|' + from.at(name);
        for (const char* name : {"measured", "limit", "margin", "tolerance"}) row += '|' + number(from.at(name));
        rows.push_back(row);
    }
    return rows;
}

}  // namespace

TEST_CASE("map: every finding and verdict of the page is that of check" * doctest::skip(kNoPage)) {
    if (!geo::map_page_built()) return;
    const Folder folder;
    const Page page = page_of(folder);
    const Ran check = cordon(
        {"check", fernhill_study(), "--out", (folder / "v.csv").string(), "--findings", (folder / "f.csv").string()});
    REQUIRE(check.status == 0);

    std::vector<std::string> seen = findings_of_page(page), wanted = findings_of_check(read_csv(folder / "f.csv"));
    std::sort(seen.begin(), seen.end());
    std::sort(wanted.begin(), wanted.end());
    CHECK(seen.size() > 500);
    CHECK(seen == wanted);

    const std::vector<Row> verdicts = read_csv(folder / "v.csv");
    const json& proposals = page["proposals"];
    REQUIRE(proposals["reference"].size() == verdicts.size());
    std::map<std::string, std::uint64_t> counts;
    for (std::size_t i = 0; i < verdicts.size(); ++i) {
        const Row& row = verdicts[i];
        ++counts[row.at("verdict")];
        CHECK(page.text(proposals["reference"], i) == row.at("reference"));
        CHECK(page["results"][proposals["verdict"][i].get<std::size_t>()] == row.at("verdict"));
        CHECK(page.text(proposals["outcome"], i) == row.at("outcome"));
        CHECK(page.text(proposals["asAt"], i) == row.at("as_at"));
        CHECK(page.text(proposals["nearestId"], i) == row.at("nearest_id"));
        CHECK(number(proposals["nearestM"][i]) == number(row.at("nearest_distance_m")));
        CHECK(page.text(proposals["kept"][0], i) == row.at("ward"));
    }
    for (const auto& [verdict, count] : counts) {
        const auto& words = page["results"];
        const auto at = static_cast<std::size_t>(std::find(words.begin(), words.end(), verdict) - words.begin());
        CHECK(page["verdicts"][at] == count);
    }
}

TEST_CASE("map: every figure of an area is that of density" * doctest::skip(kNoPage)) {
    if (!geo::map_page_built()) return;
    const Folder folder;
    for (const std::string by : {"wards", "lsoas"}) {
        const Page page = page_of(folder, {"--by", by});
        const std::string csv = (folder / (by + ".csv")).string();
        const Ran density = cordon({"density", fernhill_study(), "--by", by, "--out", csv});
        REQUIRE(density.status == 0);
        const std::vector<Row> rows = read_csv(csv);
        const json &areas = page["areas"], &seen = areas["rows"];
        REQUIRE(seen["area"].size() == rows.size());
        CHECK(rows.size() > 100);
        for (std::size_t r = 0; r < rows.size(); ++r) {
            const Row& row = rows[r];
            const int area = seen["area"][r].get<int>();
            CHECK((area < 0 ? "total" : page.text(areas["code"], static_cast<std::size_t>(area))) ==
                  row.at("area_code"));
            CHECK(page["days"][seen["dayIndex"][r].get<std::size_t>()] == row.at("period"));
            CHECK(page["uses"][seen["useIndex"][r].get<std::size_t>()] == row.at("use"));
            for (const char* name : {"outlets", "opened", "closed", "population", "rate", "rate_lower", "rate_upper",
                                     "per_km2", "change", "change_percent"})
                CHECK_MESSAGE(number(seen[name][r]) == number(row.at(name)), name);
        }
    }
}

TEST_CASE("map: the outlets that the slider shows on a day are as many as density counts" * doctest::skip(kNoPage)) {
    if (!geo::map_page_built()) return;
    const Folder folder;
    const Page page = page_of(folder);
    const json &outlets = page["outlets"][0], &rows = page["areas"]["rows"];
    for (std::size_t day = 0; day < page["days"].size(); ++day) {
        long drawn = 0, counted = -1;
        for (std::size_t i = 0; i < outlets["id"].size(); ++i)
            drawn += outlets["from"][i] <= day && day < outlets["until"][i] && outlets["unclear"][i] == 0 ? 1 : 0;
        for (std::size_t r = 0; r < rows["area"].size(); ++r)
            if (rows["area"][r] == -1 && rows["dayIndex"][r] == day) counted = rows["outlets"][r];
        CHECK_MESSAGE(drawn == counted, page["days"][day].get<std::string>());
    }
}

TEST_CASE("map: the same bytes for any number of threads and from any folder, and nothing of this machine" *
          doctest::skip(kNoPage)) {
    if (!geo::map_page_built()) return;
    const Folder folder, elsewhere;
    std::filesystem::copy(fernhill(), elsewhere / "fernhill", std::filesystem::copy_options::recursive);
    REQUIRE(cordon({"map", fernhill_study(), "--out", (folder / "a.html").string(), "--threads", "1"}).status == 0);
    REQUIRE(cordon({"map", "fernhill/study.toml", "--out", "b.html", "--threads", "4"}, elsewhere.path()).status == 0);
    const std::string page = read_text(folder / "a.html");
    CHECK(page == read_text(elsewhere / "b.html"));
    CHECK_FALSE(holds(page, fernhill().parent_path().string()));
    CHECK_FALSE(holds(page, elsewhere.path().string()));
}

TEST_CASE("map: as at another day every proposal is assessed then, and the page says so" * doctest::skip(kNoPage)) {
    if (!geo::map_page_built()) return;
    const Folder folder;
    const Page page = page_of(folder, {"--on", "2020-01-01"});
    CHECK(page["asAt"] == "2020-01-01");
    for (std::size_t i = 0; i < page["proposals"]["asAt"].size(); ++i)
        CHECK(page.text(page["proposals"]["asAt"], i) == "2020-01-01");
    CHECK(holds(read_text(folder / "map.html"), "map as at 1 January 2020</title>"));
}

TEST_CASE("map: wrong requests are answered with one line, before anything is written" * doctest::skip(kNoPage)) {
    const Folder folder;
    const auto refused = [&](std::vector<std::string> arguments, const std::string& words) {
        arguments.insert(arguments.begin(), {"map", fernhill_study()});
        const Ran ran = cordon(arguments);
        CHECK_MESSAGE(ran.status == 2, ran.err);
        CHECK_MESSAGE(holds(ran.err, words), ran.err);
        CHECK(folder.names().empty());
    };
    refused({}, "name it with --out");
    refused({"--out", (folder / "map.txt").string()}, ".html");
    if (!geo::map_page_built()) return;
    const std::string page = (folder / "map.html").string();
    refused({"--out", page, "--by", "ward"}, "did you mean wards?");
    refused({"--out", page, "--tiles", "ftp://tiles/{z}/{x}/{y}.png", "--tiles-attribution", "T"},
            "expected https://HOST");
    refused({"--out", page, "--tiles", "https://tiles.example.org/{z}/{x}.png", "--tiles-attribution", "T"}, "{y}");
    refused(
        {"--out", page, "--tiles", "https://tiles.example.org; script-src */{z}/{x}/{y}", "--tiles-attribution", "T"},
        "expected https://HOST");
    refused({"--out", page, "--tiles", "https://tiles.example.org/{z}/{x}/{y}.png"}, "--tiles-attribution");
    refused({"--out", page, "--tiles-attribution", "T"}, "given without them");
}

TEST_CASE("map: a file that is there stays, unless --force" * doctest::skip(kNoPage)) {
    if (!geo::map_page_built()) return;
    const Folder folder;
    folder.write("map.html", "mine");
    CHECK(cordon({"map", fernhill_study(), "--out", (folder / "map.html").string()}).status == 2);
    CHECK(read_text(folder / "map.html") == "mine");
    CHECK(cordon({"map", fernhill_study(), "--out", (folder / "map.html").string(), "--force"}).status == 0);
    CHECK(holds(read_text(folder / "map.html"), "<!doctype html>"));
    CHECK(folder.names() == std::vector<std::string>{"map.html"});
}

TEST_CASE("map: only where tiles are named does the page allow their host, and that one only" *
          doctest::skip(kNoPage)) {
    if (!geo::map_page_built()) return;
    const Folder folder;
    page_of(folder);
    const std::string without = read_text(folder / "map.html");
    const std::string policy = without.substr(without.find("Content-Security-Policy"), 700);
    CHECK(holds(policy, "default-src 'none'; script-src 'sha256-"));
    CHECK(holds(policy, "connect-src blob: data:; base-uri 'none'"));
    CHECK_FALSE(holds(policy, "unsafe"));
    page_of(folder, {"--tiles", "https://tiles.example.org/m/{z}/{x}/{y}.png", "--tiles-attribution", "Tiles of ours"});
    const std::string with = read_text(folder / "map.html");
    CHECK(holds(with, "connect-src blob: data: https://tiles.example.org; base-uri"));
    CHECK(holds(with, "img-src data: blob: https://tiles.example.org; worker-src"));
    CHECK(data_of(folder / "map.html")["tiles"]["attribution"] == "Tiles of ours");
}

TEST_CASE("map: a study without policies, proposals or outlets has a map without them" * doctest::skip(kNoPage)) {
    if (!geo::map_page_built()) return;
    const Folder folder;
    write_small_study(folder);
    const Ran small = cordon({"map", (folder / "study.toml").string(), "--out", (folder / "small.html").string()});
    CHECK_MESSAGE(small.status == 0, small.err);
    const json data = data_of(folder / "small.html");
    CHECK(data["proposals"]["reference"].size() == 3);
    CHECK(data["places"][0]["id"].size() == 1);
    CHECK(data["outlets"].empty());
    CHECK(data["days"].empty());

    folder.write("bare.toml", R"([study]
title = "Bare"
crs = "EPSG:27700"
as-at = 2026-04-01

[layers.schools]
kind = "places"
file = "schools.csv"
crs = "EPSG:27700"
columns = { id = "id", name = "name", wkt = "boundary" }
)");
    const Ran bare = cordon({"map", (folder / "bare.toml").string(), "--out", (folder / "bare.html").string()});
    CHECK_MESSAGE(bare.status == 0, bare.err);
    CHECK(data_of(folder / "bare.html")["proposals"]["reference"].empty());
}

TEST_CASE("map: the ending gives the form, and several come from one run") {
    const Folder folder;
    std::vector<std::string> arguments = {"map", fernhill_study()};
    for (const char* name : {"m.pdf", "m.svg", "m.png", "m.gpkg"}) {
        arguments.emplace_back("--out");
        arguments.push_back((folder / name).string());
    }
    const Ran ran = cordon(arguments);
    CHECK_MESSAGE(ran.status == 0, ran.err);
    CHECK(read_text(folder / "m.pdf").starts_with("%PDF-"));
    CHECK(holds(read_text(folder / "m.svg"), "<svg"));
    CHECK(read_text(folder / "m.png").substr(1, 3) == "PNG");
    CHECK(read_text(folder / "m.gpkg").starts_with("SQLite format 3"));
    CHECK(cordon({"map", fernhill_study(), "--out", (folder / "c.svg").string(), "--figure", "change"}).status == 2);
    CHECK(cordon({"map", fernhill_study(), "--out", (folder / "c.svg").string(), "--figure", "change", "--at-dates",
                  "2012-01-01,2026-01-01"})
              .status == 0);
}

TEST_CASE("map: Lambeth and Waltham Forest, from the hygiene registers" * doctest::skip(kNoPage)) {
    const auto data = shared_data("data");
    if (!data || !geo::map_page_built()) return;
    const std::vector<std::tuple<std::string, std::string, std::size_t>> boroughs = {
        {"Lambeth", "lambeth_schools.geojson", 401}, {"Waltham Forest", "london_school_postcodes_2017.csv", 228}};
    for (const auto& [borough, schools, takeaways] : boroughs) {
        const Folder folder;
        folder.write("study.toml", borough_study(*data, borough, schools));
        const Ran ran = cordon({"map", "study.toml", "--out", "map.html"}, folder.path());
        REQUIRE_MESSAGE((ran.status == 0 || ran.status == 4), ran.err);
        const Ran check = cordon({"check", "study.toml", "--out", "v.csv"}, folder.path());
        const Page page(data_of(folder / "map.html"));
        const std::vector<Row> verdicts = read_csv(folder / "v.csv");
        REQUIRE(verdicts.size() == takeaways);
        REQUIRE(page["proposals"]["reference"].size() == takeaways);
        for (std::size_t i = 0; i < takeaways; ++i)
            CHECK(page["results"][page["proposals"]["verdict"][i].get<std::size_t>()] == verdicts[i].at("verdict"));
        CHECK(page["days"].dump() == R"(["2020-07-21","2021-08-20"])");
        CHECK(page["zones"]["all"]["breachKm2"].get<double>() > 10);
        CHECK(std::filesystem::file_size(folder / "map.html") < 9'000'000);
    }
}
