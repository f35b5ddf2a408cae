// SPDX-License-Identifier: Apache-2.0
//
// The commission pack as a whole: its numbers are those that the other commands print; what a study cannot give is a sentence.
#include <doctest/doctest.h>

#include <cstdlib>
#include <nlohmann/json.hpp>
#include <string>

#include "tests/commands/borough_study.h"
#include "tests/commands/run_command.h"
#include "tests/support/shared_data.h"

using namespace cordon_test;

namespace {

/// The page without its pictures, which are large.
std::string without_pictures(std::string page) {
    for (std::size_t at = page.find("src=\"data:"); at != std::string::npos; at = page.find("src=\"data:", at)) {
        const std::size_t end = page.find('"', at + 5);
        page.erase(at, end + 1 - at);
    }
    return page;
}

/// The section of that id, up to the next section of the page.
std::string section(const std::string& page, const std::string& id) {
    const std::size_t at = page.find(" id=\"" + id + "\"");
    if (at == std::string::npos) return {};
    const std::size_t end = page.find("<h2 id=", at);
    return page.substr(at, end == std::string::npos ? end : end - at);
}

/// As numbers stand in the pack: two decimals.
std::string two_decimals(const std::string& cell) {
    char text[40];
    std::snprintf(text, sizeof text, "%.2f", std::stod(cell));
    return text;
}

/// `12345` as `12,345`, as people read it.
std::string set_apart(std::string digits) {
    for (std::size_t at = digits.size(); at > 3;) {
        at -= 3;
        digits.insert(at, ",");
    }
    return digits;
}

}  // namespace

TEST_CASE("pack of the demo study: its counts, rates and intervals are those of density") {
    const Folder folder;
    REQUIRE(cordon({"report", fernhill_study(), "--out", "pack.html"}, folder.path()).status == 0);
    REQUIRE(cordon({"density", fernhill_study(), "--out", "d.csv"}, folder.path()).status == 0);
    REQUIRE(
        cordon({"density", fernhill_study(), "--at-dates", "2012-01-01,2026-01-01", "--out", "c.csv"}, folder.path())
            .status == 0);
    const std::string page = without_pictures(read_text(folder / "pack.html"));
    const std::string brief = section(page, "brief"), areas = section(page, "areas");
    REQUIRE_FALSE(brief.empty());
    REQUIRE_FALSE(areas.empty());
    int totals = 0, wards = 0;
    for (const auto& row : read_csv(folder / "d.csv")) {
        if (row.at("area_code") != "total") continue;
        ++totals;
        CHECK(holds(areas,
                    "<th scope=\"row\">" + row.at("period") + "</th><td class=\"n\">" + row.at("outlets") + "</td>"));
        if (row.at("period") != "2026-01-01" && row.at("period") != "2012-01-01") continue;
        CHECK(holds(brief, row.at("outlets") + "; " + two_decimals(row.at("rate")) +
                               " per 1,000 residents (95 % interval " + two_decimals(row.at("rate_lower")) + " to " +
                               two_decimals(row.at("rate_upper")) + ")"));
    }
    for (const auto& row : read_csv(folder / "c.csv")) {
        if (row.at("period") != "2026-01-01" || row.at("area_code") == "total") continue;
        ++wards;
        const std::string n = "</td><td class=\"n\">";
        CHECK(holds(areas, "<th scope=\"row\">" + row.at("area_name") + "</th><td class=\"n\">" + row.at("outlets") +
                               n + row.at("opened") + n + row.at("closed") + n));
        CHECK(holds(areas, n + set_apart(row.at("population")) + n + two_decimals(row.at("rate")) + n +
                               two_decimals(row.at("rate_lower")) + n + two_decimals(row.at("rate_upper"))));
    }
    CHECK(totals == 15);
    CHECK(wards == 14);
}

TEST_CASE("pack of the demo study: verdicts are those of check, sentences those of equity and effect") {
    const Folder folder;
    REQUIRE(cordon({"report", fernhill_study(), "--out", "pack.html"}, folder.path()).status == 0);
    REQUIRE(cordon({"check", fernhill_study(), "--out", "v.csv"}, folder.path()).status == 0);
    const std::string page = without_pictures(read_text(folder / "pack.html"));
    std::map<std::string, int> verdicts;
    std::string a_breach;
    for (const auto& row : read_csv(folder / "v.csv")) {
        ++verdicts[row.at("verdict")];
        if (row.at("verdict") == "breach" && a_breach.empty()) a_breach = row.at("reference");
    }
    const std::string proposals = section(page, "proposals");
    for (const auto& [verdict, count] : verdicts)
        CHECK(holds(proposals, verdict + "</span></th><td class=\"n\">" + std::to_string(count) + "</td>"));
    CHECK(holds(proposals, a_breach));
    for (const char* const command : {"equity", "effect"}) {
        const std::string file = std::string(command) + ".json";
        REQUIRE(cordon({command, fernhill_study(), "--out", file}, folder.path()).status == 0);
        const auto answer = nlohmann::json::parse(read_text(folder / file));
        const std::string part = section(page, command == std::string("equity") ? "deprivation" : "effect");
        for (const auto& note : answer.at("notes")) {
            std::string escaped;
            for (const char c : note.get<std::string>())
                escaped += c == '\'' ? std::string("&#39;") : std::string(1, c);
            CHECK_MESSAGE(holds(part, escaped), escaped);
        }
    }
}

TEST_CASE("pack of the demo study: the same bytes each time, from any folder, and no script") {
    const Folder a, b;
    REQUIRE(cordon({"report", fernhill_study(), "--out", "pack.html"}, a.path()).status == 0);
    REQUIRE(cordon({"report", std::filesystem::relative(fernhill_study(), b.path()).string(), "--out", "p.html",
                    "--threads", "1"},
                   b.path())
                .status == 0);
    const std::string page = read_text(a / "pack.html");
    CHECK(page == read_text(b / "p.html"));
    CHECK_FALSE(holds(page, "<script"));
    CHECK_FALSE(holds(page, "http://"));
    CHECK_FALSE(holds(page, a.path().string()));
    // An existing file only with --force; another ending never.
    CHECK(cordon({"report", fernhill_study(), "--out", "pack.html"}, a.path()).status == 2);
    CHECK(cordon({"report", fernhill_study(), "--out", "pack.html", "--force"}, a.path()).status == 0);
    CHECK(cordon({"report", fernhill_study(), "--out", "pack.docx"}, a.path()).status == 2);
    CHECK(cordon({"report", fernhill_study()}, a.path()).status == 2);
}

TEST_CASE("pack of a small study: what it cannot give is a sentence with the reason, and hostile text is text") {
    const Folder folder;
    write_small_study(folder);
    std::string text = read_text(folder / "study.toml");
    text.replace(text.find("\"Small\""), 7, R"("<script>alert(1)</script> & Small")");
    folder.write("study.toml", text);
    const Ran ran = cordon({"report", "study.toml", "--out", "pack.html"}, folder.path());
    REQUIRE_MESSAGE(ran.status == 0, ran.err);
    const std::string page = without_pictures(read_text(folder / "pack.html"));
    CHECK_FALSE(holds(page, "<script"));
    CHECK(holds(page, "&lt;script&gt;alert(1)&lt;/script&gt; &amp; Small"));
    CHECK(holds(section(page, "brief"), "No outlets are counted: "));
    CHECK(holds(section(page, "deprivation"), "no layer of areas has deprivation ranks"));
    CHECK(holds(section(page, "effect"), "The policy&#39;s effect is not estimated: "));
    CHECK(holds(section(page, "proposals"), "breach"));
    CHECK(holds(section(page, "zones"), "S1"));
    CHECK(holds(ran.out, "Not in the pack: "));
}

TEST_CASE("pack and run of Lambeth and Waltham Forest from open data") {
    const auto data = shared_data("data");
    if (!data) return;
    struct Borough {
        const char *name, *schools, *takeaways;
    };
    for (const Borough& borough : {Borough{"Lambeth", "lambeth_schools.geojson", "401"},
                                   Borough{"Waltham Forest", "waltham_forest_schools.csv", "228"}}) {
        CAPTURE(borough.name);
        const Folder folder;
        folder.write("study.toml", borough_study(*data, borough.name, borough.schools));
        const Ran ran = cordon({"run", "study.toml", "--out", "answers", "--no-pdf"}, folder.path());
        CHECK_MESSAGE((ran.status == 0 || ran.status == 4), ran.err);
        const std::string page = without_pictures(read_text(folder / "answers/pack.html"));
        CHECK(holds(section(page, "brief"), borough.takeaways));
        CHECK(holds(section(page, "deprivation"), "most deprived"));
        CHECK(holds(page, "Contains Food Standards Agency data"));
        for (const char* const file : {"index.html", "map.gpkg", "zones.gpkg", "density.csv", "equity.json",
                                       "figure-zones.pdf", "figure-rate.png", "figure-proposals.svg", "verdicts.csv"})
            CHECK_MESSAGE(std::filesystem::exists(folder / ("answers/" + std::string(file))), std::string(file));
    }
}
