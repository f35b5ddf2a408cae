// SPDX-License-Identifier: Apache-2.0
//
// `cordon run` as a whole: one folder, the same answers as the commands by themselves.
#include <doctest/doctest.h>

#include <filesystem>
#include <set>
#include <string>

#include "tests/commands/run_command.h"

using namespace cordon_test;
namespace fs = std::filesystem;

namespace {

std::set<std::string> names_in(const fs::path& folder) {
    std::set<std::string> names;
    for (const auto& entry : fs::directory_iterator(folder)) names.insert(entry.path().filename().string());
    return names;
}

}  // namespace

TEST_CASE("run of the demo study: every file, each the same bytes as by its own command") {
    const Folder folder;
    const Ran ran = cordon({"run", fernhill_study(), "--out", "new/answers", "--no-pdf"}, folder.path());
    REQUIRE_MESSAGE(ran.status == 0, ran.err);
    const fs::path answers = folder / "new/answers";
    const std::set<std::string> names = names_in(answers);
    for (const char* const name : {"index.html",
                                   "pack.html",
                                   "verdicts.csv",
                                   "verdicts.provenance.json",
                                   "findings.csv",
                                   "zones.gpkg",
                                   "density.csv",
                                   "density.gpkg",
                                   "density.svg",
                                   "density.provenance.json",
                                   "equity.json",
                                   "equity.svg",
                                   "effect.json",
                                   "effect.svg",
                                   "concentrations.csv",
                                   "concentrations.gpkg",
                                   "map.gpkg",
                                   "figure-zones.pdf",
                                   "figure-zones.png",
                                   "figure-zones.svg",
                                   "figure-zones.provenance.json",
                                   "figure-proposals.pdf",
                                   "figure-rate.pdf",
                                   "figure-change.pdf"})
        CHECK_MESSAGE(names.contains(name), std::string(name));
    CHECK_FALSE(names.contains("pack.pdf"));
    const auto same = [&](const std::vector<std::string>& command, const std::string& own, const std::string& of_run) {
        std::vector<std::string> arguments = command;
        arguments.insert(arguments.begin() + 1, fernhill_study());
        cordon(arguments, folder.path());
        CHECK_MESSAGE(read_text(folder / own) == read_text(answers / of_run), own);
    };
    same({"check", "--out", "v.csv", "--findings", "f.csv"}, "v.csv", "verdicts.csv");
    CHECK(read_text(folder / "f.csv") == read_text(answers / "findings.csv"));
    CHECK(read_text(folder / "v.provenance.json") == read_text(answers / "verdicts.provenance.json"));
    same({"density", "--out", "d.csv"}, "d.csv", "density.csv");
    CHECK(read_text(folder / "d.provenance.json") == read_text(answers / "density.provenance.json"));
    // Every file that an answer rests on: the shops of concentrations are units of frontages too.
    CHECK(holds(read_text(answers / "concentrations.provenance.json"), "units.csv"));
    same({"equity", "--out", "e.json"}, "e.json", "equity.json");
    same({"effect", "--out", "x.json"}, "x.json", "effect.json");
    same({"concentrations", "--out", "c.csv"}, "c.csv", "concentrations.csv");
    same({"zones", "--out", "z.gpkg"}, "z.gpkg", "zones.gpkg");
    same({"report", "--out", "p.html"}, "p.html", "pack.html");
    // The index leads to what is there, and says what is not.
    const std::string index = read_text(answers / "index.html");
    for (std::size_t at = index.find("href=\""); at != std::string::npos; at = index.find("href=\"", at + 1)) {
        const std::string file = index.substr(at + 6, index.find('"', at + 6) - at - 6);
        CHECK_MESSAGE(names.contains(file), file);
    }
    CHECK(holds(index, "pack.pdf"));
    CHECK(holds(index, "not asked for (--no-pdf)"));
}

TEST_CASE("run: nothing is replaced without --force, and with it what no longer holds goes") {
    const Folder folder;
    write_small_study(folder);
    folder.write("schools.csv",
                 read_text(folder / "schools.csv") + "9,Lost School,\n");  // could hide a breach: incomplete
    const std::vector<std::string> run = {"run", "study.toml", "--out", "answers", "--no-pdf"};
    const Ran first = cordon(run, folder.path());
    CHECK(first.status == 4);
    CHECK(holds(first.out, "Left out: equity.json"));
    const std::string before = read_text(folder / "answers/verdicts.csv");
    folder.write("answers/density.csv", "of another day\n");
    const Ran again = cordon(run, folder.path());
    CHECK(again.status == 2);
    CHECK(holds(again.err, "--force"));
    CHECK(read_text(folder / "answers/verdicts.csv") == before);
    std::vector<std::string> forced = run;
    forced.emplace_back("--force");
    CHECK(cordon(forced, folder.path()).status == 4);
    CHECK(read_text(folder / "answers/verdicts.csv") == before);
    CHECK_FALSE(fs::exists(folder / "answers/density.csv"));  // this study has no outlets to count
    CHECK(fs::exists(folder / "answers/figure-proposals.pdf"));
}

TEST_CASE("run: each answer says of the layers what it says by itself") {
    const Folder folder;
    write_small_study(folder);
    // Outlets, which check does not read; and a school that could hide a breach until it closed: of check and the map, but not of the zones of a later day.
    folder.write("schools.csv",
                 "id,name,boundary,closed\n"
                 "1001,Ash School,\"POLYGON((655000 250000, 655200 250000, 655200 250100, 655000 250100, 655000 "
                 "250000))\",\n1002,Lost School,,2019-08-31\n");
    folder.write("outlets.csv", "id,name,x,y\n1,Fish Bar,655300,250050\n2,Lost Bar,,\n");
    std::string study = read_text(folder / "study.toml");
    const std::string columns = "wkt = \"boundary\" }";
    REQUIRE(holds(study, columns));
    study.replace(study.find(columns), columns.size(), "wkt = \"boundary\", closed = \"closed\" }");
    folder.write("study.toml", study +
                                   "\n[layers.takeaways]\nkind = \"outlets\"\nuse = \"hot-food-takeaway\"\nfile = "
                                   "\"outlets.csv\"\ncrs = \"EPSG:27700\"\n");
    REQUIRE(cordon({"run", "study.toml", "--out", "answers", "--no-pdf"}, folder.path()).status == 4);
    CHECK(cordon({"check", "study.toml", "--out", "verdicts.csv"}, folder.path()).status == 4);
    CHECK(cordon({"zones", "study.toml", "--out", "zones.gpkg"}, folder.path()).status == 0);
    CHECK(cordon({"map", "study.toml", "--out", "map.gpkg"}, folder.path()).status == 4);
    for (const char* file : {"verdicts.csv", "verdicts.provenance.json", "zones.gpkg", "map.gpkg"})
        CHECK_MESSAGE(read_text(folder / file) == read_text(folder / ("answers/" + std::string(file))),
                      std::string(file));
    CHECK_FALSE(holds(read_text(folder / "answers/verdicts.provenance.json"), "outlets.csv"));
}

TEST_CASE("run: what is wrong is said before anything is made") {
    const Folder folder;
    write_small_study(folder);
    folder.write("a-file", "x");
    CHECK(cordon({"run", "study.toml", "--out", "a-file"}, folder.path()).status == 2);
    CHECK(cordon({"run", "study.toml"}, folder.path()).status == 2);
    CHECK(cordon({"run", "no.toml", "--out", "answers"}, folder.path()).status == 2);
    folder.write("schools.csv", "id,name\n1,A\n");
    CHECK(cordon({"run", "study.toml", "--out", "answers"}, folder.path()).status >= 2);
    CHECK_FALSE(fs::exists(folder / "answers"));
}
