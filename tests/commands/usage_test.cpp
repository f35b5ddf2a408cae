// SPDX-License-Identifier: Apache-2.0
#include <doctest/doctest.h>

#include <algorithm>

#include "tests/commands/run_command.h"

using namespace cordon_test;

TEST_CASE("--help is on standard output, lists what is built, and says the exit statuses") {
    const Ran help = cordon({"--help"});
    CHECK(help.status == 0);
    CHECK(help.err.empty());
    for (const char* part : {"init", "inspect", "policies", "check", "density", "equity", "Exit status:", "Examples:"})
        CHECK(holds(help.out, part));
    for (const char* part : {"\n  zones", "\n  sweep"}) CHECK(holds(help.out, part));
}

TEST_CASE("each command's help stands alone: examples and exit statuses, 1 where something may breach") {
    for (const char* command : {"init", "inspect", "policies", "check", "zones", "sweep", "density", "equity", "effect",
                                "concentrations", "map", "report", "run"}) {
        const Ran help = cordon({command, "--help"});
        CHECK(help.status == 0);
        CHECK(holds(help.out, std::string("cordon ") + command));
        CHECK(holds(help.out, "Exit status:"));
        CHECK(holds(help.out, "Example"));
        CHECK_MESSAGE(holds(help.out, "--exit-code  ") == holds(help.out, "  1  finished and something breaches"),
                      command);
    }
}

TEST_CASE("--version names the program and the libraries that answers depend on") {
    const Ran version = cordon({"--version"});
    CHECK(version.status == 0);
    CHECK(version.out.rfind("cordon ", 0) == 0);
    for (const char* library : {"GDAL", "PROJ", "GEOS"}) CHECK(holds(version.out, library));
}

TEST_CASE("no command: the help on standard error, exit 2") {
    const Ran none = cordon({});
    CHECK(none.status == 2);
    CHECK(none.out.empty());
    CHECK(holds(none.err, "check"));
}

TEST_CASE("a slip of the hand: the nearest word, exit 2, one line") {
    const struct {
        std::vector<std::string> arguments;
        std::string says;
    } slips[] = {
        {{"chekc", "x.toml"}, "did you mean check?"},
        {{"check", "x.toml", "--findngs", "f.csv"}, "did you mean --findings?"},
        {{"check", "x.toml", "--findngs=f.csv"}, "did you mean --findings?"},
        {{"policies", "waltham-forest-htf-2009"}, "did you mean waltham-forest-hft-2009?"},
        {{"--verson"}, "did you mean --version? (`cordon --help`)"},
        {{"init", "a", "--polcy", "b"}, "did you mean --policy?"},
        {{"inspect", "x.toml", "--grid", "none"}, "did you mean --grids?"},
        {{"policies", "--documnt"}, "did you mean --document?"},
        {{"zones", "x.toml", "--planing-data", "p.csv"}, "did you mean --planning-data?"},
        {{"sweep", "x.toml", "--limt", "400"}, "did you mean --limit?"},
        {{"density", "x.toml", "--center", "centres"}, "did you mean --centres?"},
        {{"density", "x.toml", "--use", "takeaway"}, "did you mean hot-food-takeaway?"},
        {{"equity", "x.toml", "--quantile", "5"}, "did you mean --quantiles?"},
        {{"effect", "x.toml", "--rings", "100"}, "did you mean --ring?"},
        {{"concentrations", "x.toml", "--alternatives", "bank"}, "did you mean --alternative?"},
        {{"map", "x.toml", "--tile", "u"}, "did you mean --tiles?"},
        {{"map", "x.toml", "--out", "m.svg", "--figure", "zone"}, "did you mean zones?"},
        {{"report", "x.toml", "--proposl", "24/1"}, "did you mean --proposal?"},
        {{"run", "x.toml", "--ouput", "answers"}, "unknown option --ouput"},
        {{"check"}, "STUDY"},
        {{"check", "x.toml", "more.toml"}, "unexpected argument more.toml"},
        {{"check", "x.toml", "--on"}, "--on"},
    };
    for (const auto& slip : slips) {
        const Ran ran = cordon(slip.arguments);
        CHECK(ran.status == 2);
        CHECK(ran.out.empty());
        CHECK_MESSAGE(holds(ran.err, slip.says), ran.err);
        CHECK(std::count(ran.err.begin(), ran.err.end(), '\n') == 1);
    }
}

TEST_CASE("values that cannot be: option, value and what was expected") {
    const Folder folder;
    write_small_study(folder);
    const struct {
        std::vector<std::string> arguments;
        std::string says;
    } wrong[] = {
        {{"--on", "2024-02-30"}, "2024-02-30"},
        {{"--on", "yesterday"}, "expected a date"},
        {{"--tie", "-1 mm"}, "--tie"},
        {{"--tie", "nan"}, "--tie"},
        {{"--threads", "0"}, "1 to 1024"},
        {{"--threads", "2x"}, "--threads"},
        {{"--at", "nowhere"}, "eastings"},
        {{"--at", "9000000,2"}, "outside"},
        {{"--out", "x.xlsx"}, ".csv"},
        {{"--out", "x"}, "no ending"},
        {{"--grids", "nowhere"}, "no such folder"},
        {{"--policy", "nothing"}, "cordon policies"},
        {{"--findings", "x.json"}, "ends in .csv"},
        {{"--out", "."}, "is a folder"},
    };
    for (const auto& one : wrong) {
        std::vector<std::string> arguments = {"check", "study.toml"};
        arguments.insert(arguments.end(), one.arguments.begin(), one.arguments.end());
        const Ran ran = cordon(arguments, folder.path());
        CHECK_MESSAGE(ran.status == 2, one.says);
        CHECK_MESSAGE(holds(ran.err, one.says), ran.err);
        CHECK(ran.out.empty());
    }
    CHECK(folder.names().size() == 4);  // nothing was left behind
}
