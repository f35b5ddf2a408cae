// SPDX-License-Identifier: Apache-2.0
//
// The evidence sheet through the whole program. Every number of it is compared with what `check --findings` prints of the same proposal.
#include <doctest/doctest.h>
#include <sys/wait.h>

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <regex>
#include <set>
#include <sstream>
#include <string>
#include <vector>

#include "tests/commands/run_command.h"

using namespace cordon_test;

namespace {

std::string replaced(std::string text, const std::string& what, const std::string& by) {
    for (std::size_t at = text.find(what); at != std::string::npos; at = text.find(what, at + by.size()))
        text.replace(at, what.size(), by);
    return text;
}

/// What a reader sees of a page or a part of it: no tags, no entities, one blank for any run of blanks.
std::string text_of(const std::string& html) {
    std::string text;
    bool tag = false, style = false;
    for (std::size_t i = 0; i < html.size(); ++i) {
        if (html.compare(i, 7, "<style>") == 0) style = true;
        if (html.compare(i, 8, "</style>") == 0) style = false;
        if (html[i] == '<') tag = true;
        if (!tag && !style) text += html[i];
        if (html[i] == '>' && tag) {
            tag = false;
            text += ' ';
        }
    }
    for (const auto& [entity, c] : std::vector<std::pair<std::string, std::string>>{
             {"&lt;", "<"}, {"&gt;", ">"}, {"&quot;", "\""}, {"&#39;", "'"}, {"&amp;", "&"}})
        text = replaced(text, entity, c);
    std::string words;
    for (const char c : text) {
        const bool blank = c == ' ' || c == '\n' || c == '\t';
        if (!blank) words += c;
        if (blank && !words.empty() && words.back() != ' ') words += ' ';
    }
    while (!words.empty() && words.back() == ' ') words.pop_back();
    return words;
}

/// What stands between each `<TAG…>` and its `</TAG>`; no such element holds another.
std::vector<std::string> inside_of(const std::string& html, const std::string& tag) {
    std::vector<std::string> list;
    for (std::size_t at = html.find("<" + tag); at != std::string::npos; at = html.find("<" + tag, at + 1)) {
        const std::size_t begin = html.find('>', at) + 1;
        if (html[at + 1 + tag.size()] != '>' && html[at + 1 + tag.size()] != ' ') continue;
        list.push_back(html.substr(begin, html.find("</" + tag + ">", begin) - begin));
    }
    return list;
}

/// Rows of the table with this caption: by heading.
std::vector<Row> table_of(const std::string& html, const std::string& caption) {
    const std::size_t begin = html.find("<caption>" + caption);
    if (begin == std::string::npos) return {};
    const std::string table = html.substr(begin, html.find("</table>", begin) - begin);
    std::vector<Row> rows;
    std::vector<std::string> names;
    for (const std::string& line : inside_of(table, "tr")) {
        // The cell that names the row comes first.
        std::vector<std::string> values;
        for (const char* tag : {"th", "td"}) {
            for (const std::string& cell : inside_of(line, tag)) values.push_back(text_of(cell));
        }
        if (names.empty()) {
            names = values;
            continue;
        }
        Row& row = rows.emplace_back();
        for (std::size_t k = 0; k < names.size() && k < values.size(); ++k) row[names[k]] = values[k];
    }
    return rows;
}

/// The number that a cell begins with; a minus as it is printed, or the sign of ±, before it.
double number_of(std::string cell) {
    cell = replaced(replaced(cell, "−", "-"), "± ", "");
    return std::stod(cell);
}

/// Equal to the decimals that are shown.
bool as_shown(const std::string& cell, const std::string& exact) {
    const std::size_t point = cell.find('.');
    const std::size_t end = cell.find_first_not_of("0123456789", point == std::string::npos ? 0 : point + 1);
    const std::size_t decimals =
        point == std::string::npos ? 0 : (end == std::string::npos ? cell.size() : end) - point - 1;
    return std::abs(number_of(cell) - std::stod(exact)) <= 0.5000001 * std::pow(10.0, -static_cast<double>(decimals));
}

std::string sheet_of(const Folder& folder, const std::string& reference, const std::string& name) {
    const Ran ran = cordon({"report", fernhill_study(), "--proposal", reference, "--out", name}, folder.path());
    REQUIRE_MESSAGE(ran.status == 0, ran.err);
    return read_text(folder / name);
}

std::vector<Row> findings_of(const std::vector<Row>& all, const std::string& reference) {
    std::vector<Row> own;
    for (const Row& row : all)
        if (row.at("reference") == reference) own.push_back(row);
    return own;
}

/// The finding that a row of the sheet is of: its rule, its place's id, and the site's own end.
const Row* finding_for(const Row& shown, const std::string& column, const std::string& site,
                       const std::vector<Row>& findings) {
    for (const Row& finding : findings) {
        const std::string id = finding.at("layer") + " " + finding.at("place_id");
        const std::string& rule = shown.at("Rule");
        const bool same_rule = rule == finding.at("cite") || rule.starts_with(finding.at("cite") + " (") ||
                               rule.starts_with(finding.at("cite") + ",") || rule.starts_with(finding.at("cite") + ":");
        const bool same_site = site == finding.at("site_x") + ", " + finding.at("site_y");
        if (same_rule && same_site && holds(shown.at(column), id)) return &finding;
    }
    return nullptr;
}

/// The distance that the rule asks for is the finding's; a walk has the straight line to its place beside it, where that is the nearest so too.
void compare_ways(const Row& row, const Row& finding, const std::string& reference) {
    const bool walked = !finding.at("start_kind").empty();
    const std::string& measured = row.at(walked ? "Walking" : "Straight line");
    CHECK_MESSAGE(as_shown(measured, finding.at("measured")), reference, " ", measured);
    if (!walked) return;
    const std::string& straight = row.at("Straight line");
    CHECK((straight == "–") == (finding.at("straight_place_id") != finding.at("place_id")));
    if (straight != "–") CHECK_MESSAGE(as_shown(straight, finding.at("straight_m")), reference, " ", straight);
}

void compare_distances(const std::string& html, const std::vector<Row>& findings, const std::string& reference) {
    const std::vector<Row> rows = table_of(html, "One row a rule and place");
    const std::vector<Row> points = table_of(html, "Between which two points");
    REQUIRE(points.size() == rows.size());
    std::size_t measured = 0;
    for (const Row& finding : findings)
        measured += !finding.at("place_x").empty() && finding.at("result") != "not-applicable";
    CHECK_MESSAGE(rows.size() == measured, reference);
    for (std::size_t k = 0; k < rows.size(); ++k) {
        const Row& row = rows[k];
        const Row* const finding = finding_for(row, "Place", points[k].at("Point at the site"), findings);
        REQUIRE_MESSAGE(finding != nullptr, reference, " ", row.at("Rule"), " ", row.at("Place"));
        compare_ways(row, *finding, reference);
        CHECK_MESSAGE(as_shown(row.at("Limit"), finding->at("limit")), reference);
        CHECK_MESSAGE(as_shown(row.at("Margin"), finding->at("margin")), reference, " ", row.at("Margin"), " against ",
                      finding->at("margin"));
        CHECK_MESSAGE(number_of(row.at("Tolerance")) == doctest::Approx(std::stod(finding->at("tolerance"))),
                      reference);
        CHECK_MESSAGE(row.at("Result") == finding->at("result"), reference);
        CHECK_MESSAGE(row.at("Between") == "site's " + finding->at("site") + " to place's " + finding->at("from"),
                      reference);
    }
    for (const Row& row : points) {
        const Row* const finding = finding_for(row, "Rule", row.at("Point at the site"), findings);
        REQUIRE_MESSAGE(finding != nullptr, row.at("Rule"));
        CHECK(row.at("Point at the place") == finding->at("place_x") + ", " + finding->at("place_y"));
        std::smatch parts;
        const std::string& tolerance = row.at("Tolerance");
        REQUIRE(std::regex_search(tolerance, parts,
                                  std::regex("place ([0-9.]+) m.*site ([0-9.]+) m.*coordinates ([0-9.]+) m")));
        CHECK(std::stod(parts[1]) == doctest::Approx(std::stod(finding->at("tolerance_place"))));
        CHECK(std::stod(parts[2]) == doctest::Approx(std::stod(finding->at("tolerance_site"))));
        CHECK(std::stod(parts[3]) == doctest::Approx(std::stod(finding->at("tolerance_crs"))));
    }
}

/// Rules that count or take a share: what was found, before, after, of how many, limit and result.
std::size_t compare_figures(const std::string& html, const std::vector<Row>& findings, const std::string& reference) {
    const std::vector<Row> rows = table_of(html, "Rules that count");
    std::vector<Row> measured;
    for (const Row& finding : findings)
        if (finding.at("place_x").empty() && !finding.at("measured").empty() &&
            finding.at("result") != "not-applicable")
            measured.push_back(finding);
    REQUIRE_MESSAGE(rows.size() == measured.size(), reference);
    for (std::size_t k = 0; k < rows.size(); ++k) {
        const Row& row = rows[k];
        const Row& finding = measured[k];
        CHECK(row.at("Rule") == finding.at("cite"));
        CHECK(row.at("Result") == finding.at("result"));
        for (const auto& [shown, exact] : {std::pair("Before", "before"), std::pair("After", "after")}) {
            CHECK((row.at(shown) == "–") == finding.at(exact).empty());
            if (row.at(shown) != "–") CHECK_MESSAGE(as_shown(row.at(shown), finding.at(exact)), reference, " ", shown);
        }
        CHECK(holds(row.at("Limit"), finding.at("limit")));
        std::smatch parts;
        const std::string& of = row.at("Of");
        if (!std::regex_match(of, parts, std::regex("([0-9.]+) of ([0-9.]+)"))) continue;
        CHECK(as_shown(parts[1], finding.at("numerator")));
        CHECK(as_shown(parts[2], finding.at("denominator")));
    }
    return rows.size();
}

bool chromium_is_there() {
    if (std::system("command -v chromium chromium-browser google-chrome >/dev/null 2>&1") == 0) return true;
    MESSAGE("skipped: no Chromium here");
    return false;
}

/// A small study of which every text is hostile.
void write_hostile_study(const Folder& folder) {
    write_small_study(folder);
    folder.write("schools.csv",
                 "id,name,boundary\n"
                 "\"<script>id</script>\",\"<script>alert('school')</script>\xe2\x80\xae\",\"POLYGON((655000 250000, "
                 "655200 250000, 655200 250100, 655000 250100, 655000 250000))\"\n");
    folder.write(
        "applications.csv",
        "reference,address,easting,northing,use\n"
        "\"=cmd|'<script>'!A1\",\"<img src=x onerror=alert(1)> \x07\",655400,250050,Sui Generis (hot food takeaway)\n"
        "../../evil,\"a\"\"onload=\"\"x\",655410,250050,Sui Generis (hot food takeaway)\n"
        "..\\..\\EVIL,b,655420,250050,Sui Generis (hot food takeaway)\n"
        "index,c,655430,250050,Sui Generis (hot food takeaway)\n"
        "CON,d,655440,250050,Sui Generis (hot food takeaway)\n"
        "\xe2\x80\xae,e,655450,250050,Sui Generis (hot food takeaway)\n");
}

}  // namespace

TEST_CASE("Fernhill: every number of every kind of sheet is a finding's") {
    const Folder folder;
    REQUIRE(cordon({"check", fernhill_study(), "--findings", "f.csv", "--out", "v.csv"}, folder.path()).status == 0);
    const std::vector<Row> all = read_csv(folder / "f.csv");
    // The first proposals of each verdict, and the one with two sites.
    std::map<std::string, int> seen;
    std::set<std::string> wanted = {"21/01370/FUL"};
    for (const Row& row : read_csv(folder / "v.csv"))
        if (++seen[row.at("verdict")] <= 3) wanted.insert(row.at("reference"));
    CHECK(wanted.size() >= 15);
    for (const std::string& reference : wanted) {
        const std::string html = sheet_of(folder, reference, "sheet.html");
        std::filesystem::remove(folder / "sheet.html");
        compare_distances(html, findings_of(all, reference), reference);
    }
}

TEST_CASE(
    "Fernhill under rules that count, take shares and look along frontages: the figures are the findings', with the "
    "strip") {
    const Folder folder;
    const std::vector<std::string> policies = {"--policy", "waltham-forest-hft-2009", "--policy",
                                               "birmingham-centres-2012"};
    std::vector<std::string> check = {"check", fernhill_study(), "--findings", "f.csv", "--out", "v.csv"};
    check.insert(check.end(), policies.begin(), policies.end());
    REQUIRE(cordon(check, folder.path()).status == 0);
    const std::vector<Row> all = read_csv(folder / "f.csv");
    std::size_t compared = 0;
    for (const char* reference : {"12/01035/FUL", "12/01115/FUL"}) {
        std::vector<std::string> report = {"report", fernhill_study(), "--proposal", reference,
                                           "--out",  "s.html",         "--force"};
        report.insert(report.end(), policies.begin(), policies.end());
        REQUIRE(cordon(report, folder.path()).status == 0);
        const std::string html = read_text(folder / "s.html");
        compare_distances(html, findings_of(all, reference), reference);
        compared += compare_figures(html, findings_of(all, reference), reference);
        CHECK(holds(html, "Thick frame: the proposal."));
    }
    CHECK(compared >= 6);
}

TEST_CASE("the nine questions that a reader of only the sheets can answer") {
    const Folder folder;
    const std::string straight = text_of(sheet_of(folder, "19/00425/FUL", "sheet.html"));
    const std::string on_foot = text_of(sheet_of(folder, "26/00010/FUL", "walk.html"));
    std::istringstream questions(
        read_text(std::filesystem::path(CORDON_SOURCE_DIR) / "docs" / "evidence-questions.md"));
    int asked = 0, answered = 0;
    for (std::string line; std::getline(questions, line);) {
        asked += line.starts_with("## ");
        if (!line.starts_with("> ")) continue;
        ++answered;
        CHECK_MESSAGE(holds(asked < 9 ? straight : on_foot, line.substr(2)), line);
    }
    CHECK(asked == 9);
    CHECK(answered >= 24);
}

TEST_CASE("without a file the paragraphs are printed") {
    const Ran ran = cordon({"report", fernhill_study(), "--proposal", "19/00425/FUL"});
    CHECK(ran.status == 0);
    const std::string words = std::regex_replace(ran.out, std::regex("\\s+"), " ");
    CHECK(holds(words, "The site is 250.0 m (± 3 m) in a straight line from the boundary of Alderbrook Academy"));
    CHECK(holds(words, "The proposal is contrary to FH1. It would still breach at a limit of 260 m"));
    CHECK(holds(words, "Assessed as at 14 May 2019: the proposal's date of decision"));
    CHECK(ran.err.empty());
}

TEST_CASE("a borderline sheet says what would settle it, and nothing recommends") {
    const Folder folder;
    const std::string html = sheet_of(folder, "21/00600/FUL", "sheet.html");
    const std::string text = text_of(html);
    CHECK(holds(text, "Borderline: too close to call"));
    CHECK(holds(text, "What would settle it"));
    CHECK(holds(text, "The larger part of this, 2 m, is the place's end (schools): survey that end first."));
    for (const char* word : {"recommend", "refuse", "should be", "grant permission"}) CHECK_FALSE(holds(text, word));
}

TEST_CASE("all sites of a proposal are on its sheet") {
    const Folder folder;
    const std::string html = sheet_of(folder, "21/01370/FUL", "sheet.html");
    CHECK(holds(html, "FH1, site 1"));
    CHECK(holds(html, "FH1, site 2"));
}

TEST_CASE("an unknown reference names the nearest, options that exclude each other are said") {
    const Ran near = cordon({"report", fernhill_study(), "--proposal", "19/00425/FULL"});
    CHECK(near.status == 2);
    CHECK(holds(near.err, "no proposal of the study has this reference; did you mean 19/00425/FUL?"));
    const Ran none = cordon({"report", fernhill_study(), "--proposal", "zzzzzzzzzz"});
    CHECK(none.status == 2);
    CHECK(holds(none.err, "`cordon check STUDY --out verdicts.csv` lists them"));
    CHECK(holds(cordon({"report", fernhill_study(), "--proposal", "1", "--all"}).err, "exclude each other"));
    CHECK(holds(cordon({"report", fernhill_study(), "--proposal", "1", "--out", "x.docx"}).err, ".html or .pdf"));
    CHECK(holds(cordon({"report", fernhill_study(), "--all"}).err, "give one folder"));
    CHECK(holds(cordon({"report", fernhill_study(), "--all", "--out", "x.html"}).err, "name a folder"));
    CHECK(holds(cordon({"report", fernhill_study(), "--pdf", "--proposal", "1"}).err, "--pdf goes with --all"));
}

TEST_CASE("a file that is there stays, but with --force") {
    const Folder folder;
    folder.write("sheet.html", "mine");
    const Ran kept =
        cordon({"report", fernhill_study(), "--proposal", "19/00425/FUL", "--out", "sheet.html"}, folder.path());
    CHECK(kept.status == 2);
    CHECK(read_text(folder / "sheet.html") == "mine");
    CHECK(cordon({"report", fernhill_study(), "--proposal", "19/00425/FUL", "--out", "sheet.html", "--force"},
                 folder.path())
              .status == 0);
    CHECK(holds(read_text(folder / "sheet.html"), "19/00425/FUL"));
    CHECK(folder.names() == std::vector<std::string>{"sheet.html"});
}

TEST_CASE("--all: a sheet for each breach, the same as one by one, and an index that leads to each") {
    const Folder folder;
    REQUIRE(cordon({"check", fernhill_study(), "--out", "v.csv"}, folder.path()).status == 0);
    const Ran ran = cordon({"report", fernhill_study(), "--all", "--out", "sheets/", "--threads", "2"}, folder.path());
    REQUIRE_MESSAGE(ran.status == 0, ran.err);
    CHECK(ran.out.empty());
    const std::string index = read_text(folder / "sheets/index.html");
    const std::vector<Row> listed = table_of(index, "A sheet for each proposal");
    std::size_t breaches = 0;
    for (const Row& row : read_csv(folder / "v.csv")) {
        if (row.at("verdict") != "breach") continue;
        REQUIRE(breaches < listed.size());
        const Row& in_index = listed[breaches++];
        CHECK(in_index.at("Reference") == row.at("reference"));
        CHECK(in_index.at("As at") == row.at("as_at"));
        CHECK(as_shown(in_index.at("Metres"), row.at("nearest_distance_m")));
        const std::string name = replaced(row.at("reference"), "/", "-") + ".html";
        CHECK(holds(index, "href=\"" + name + "\""));
        CHECK_MESSAGE(std::filesystem::exists(folder / ("sheets/" + name)), name);
    }
    CHECK(breaches == listed.size());
    CHECK(breaches > 50);
    CHECK(read_text(folder / "sheets/19-00425-FUL.html") == sheet_of(folder, "19/00425/FUL", "one.html"));
    const Ran again = cordon({"report", fernhill_study(), "--all", "--out", "sheets"}, folder.path());
    CHECK(again.status == 2);
    CHECK(holds(again.err, "exists already"));
}

TEST_CASE("--at: a place before any application has the findings of an application there") {
    const Folder folder;
    const Ran ran = cordon(
        {"report", fernhill_study(), "--at", "657100,256350", "--on", "2019-05-14", "--out", "at.html"}, folder.path());
    REQUIRE_MESSAGE(ran.status == 0, ran.err);
    const std::string html = read_text(folder / "at.html");
    const std::vector<Row> asked = table_of(html, "One row a rule and place");
    const std::vector<Row> applied = table_of(sheet_of(folder, "19/00425/FUL", "s.html"), "One row a rule and place");
    REQUIRE(asked.size() == applied.size());
    for (std::size_t k = 0; k < asked.size(); ++k) {
        CHECK(asked[k].at("Straight line") == applied[k].at("Straight line"));
        CHECK(asked[k].at("Result") == applied[k].at("Result"));
    }
    CHECK(holds(text_of(html), "Evidence for a place: 657100,256350"));
    CHECK(holds(text_of(html), "Assessed as at 14 May 2019: the day asked for"));
    const Ran printed = cordon({"report", fernhill_study(), "--at", "657100,256350"});
    CHECK(holds(printed.out, "Assessed as at 1 April 2026: the study's as-at date\n"));
}

TEST_CASE("hostile names come out as text, in pages, pictures and names of files") {
    const Folder folder;
    write_hostile_study(folder);
    const Ran ran = cordon({"report", "study.toml", "--all", "--out", "sheets"}, folder.path());
    REQUIRE_MESSAGE(ran.status == 0, ran.err);
    std::vector<std::string> names;
    for (const auto& entry : std::filesystem::directory_iterator(folder / "sheets"))
        names.push_back(entry.path().filename().string());
    std::sort(names.begin(), names.end());
    CHECK(names == std::vector<std::string>{"EVIL-2.html", "cmd-script-A1.html", "evil.html", "index-2.html",
                                            "index.html", "sheet-CON.html", "sheet.html"});
    for (const std::string& name : names) {
        const std::string html = read_text(folder / ("sheets/" + name));
        CHECK_MESSAGE(!holds(html, "<script"), name);
        CHECK_MESSAGE(!holds(html, "<img src=x"), name);
        CHECK_MESSAGE(!holds(html, "\x07"), name);
        CHECK_MESSAGE(!holds(html, "\xe2\x80\xae"), name);
    }
    CHECK(
        holds(read_text(folder / "sheets/cmd-script-A1.html"), "&lt;script&gt;alert(&#39;school&#39;)&lt;/script&gt;"));
    const Ran printed = cordon({"report", "study.toml", "--proposal", "index"}, folder.path());
    CHECK_FALSE(holds(printed.out, "\xe2\x80\xae"));
}

TEST_CASE("a run that left out what could hide a breach says so on the sheet and by its status") {
    const Folder folder;
    write_small_study(folder);
    folder.write("schools.csv", read_text(folder / "schools.csv") + "1002,Nowhere School,\n");
    const Ran ran = cordon({"report", "study.toml", "--proposal", "24/1", "--out", "s.html"}, folder.path());
    CHECK(ran.status == 4);
    CHECK(holds(ran.err, "INCOMPLETE: 1 row that could hide a breach was left out: schools 1002"));
    CHECK(holds(read_text(folder / "s.html"), "<p class=\"warning\">INCOMPLETE: 1 row"));
}

TEST_CASE("the same sheet for any number of threads, from any folder, and without a trace of the machine") {
    const Folder one, two;
    REQUIRE(cordon({"report", fernhill_study(), "--proposal", "19/00425/FUL", "--out", "s.html", "--threads", "1"},
                   one.path())
                .status == 0);
    REQUIRE(cordon({"report", fernhill_study(), "--proposal", "19/00425/FUL", "--out", "s.html"}, two.path()).status ==
            0);
    const std::string html = read_text(one / "s.html");
    CHECK(html == read_text(two / "s.html"));
    CHECK_FALSE(holds(html, fernhill().string()));
}

TEST_CASE("a PDF is tagged, carries no day of its making, and is the same each time") {
    if (!chromium_is_there()) return;
    const Folder folder;
    for (const char* name : {"a.pdf", "b.pdf"}) {
        const Ran ran =
            cordon({"report", fernhill_study(), "--proposal", "19/00425/FUL", "--out", name}, folder.path());
        REQUIRE_MESSAGE(ran.status == 0, ran.err);
    }
    const std::string pdf = read_text(folder / "a.pdf");
    CHECK(pdf.starts_with("%PDF-"));
    CHECK(holds(pdf, "/MarkInfo"));
    CHECK(holds(pdf, "/Lang (en-GB)"));
    CHECK_FALSE(holds(pdf, "/CreationDate"));
    CHECK_FALSE(holds(pdf, "/ModDate"));
    CHECK(pdf == read_text(folder / "b.pdf"));
    CHECK(folder.names() == std::vector<std::string>{"a.pdf", "b.pdf"});
}

TEST_CASE("--all --pdf: each sheet as a PDF beside its page") {
    if (!chromium_is_there()) return;
    const Folder folder;
    write_small_study(folder);
    const Ran ran = cordon({"report", "study.toml", "--all", "--pdf", "--out", "sheets"}, folder.path());
    CHECK_MESSAGE(ran.status == 0, ran.err);
    CHECK(read_text(folder / "sheets/24-1.pdf").starts_with("%PDF-"));
    CHECK(holds(read_text(folder / "sheets/24-1.html"), "Evidence sheet: 24/1"));
}

TEST_CASE("without Chromium a PDF is an error that says what to install, before any work, and HTML needs none") {
    const Folder folder;
    ::setenv("CORDON_CHROMIUM", "none", 1);
    const Ran pdf = cordon({"report", fernhill_study(), "--proposal", "19/00425/FUL", "--out", "s.pdf"}, folder.path());
    const Ran html =
        cordon({"report", fernhill_study(), "--proposal", "19/00425/FUL", "--out", "s.html"}, folder.path());
    ::setenv("CORDON_CHROMIUM", "/nowhere/chromium", 1);
    const Ran wrong =
        cordon({"report", fernhill_study(), "--proposal", "19/00425/FUL", "--out", "t.pdf"}, folder.path());
    ::setenv("CORDON_CHROMIUM", "/bin/false", 1);
    const Ran fails =
        cordon({"report", fernhill_study(), "--proposal", "19/00425/FUL", "--out", "u.pdf"}, folder.path());
    ::unsetenv("CORDON_CHROMIUM");
    CHECK(pdf.status == 3);
    CHECK(holds(pdf.err, "apt-get install chromium"));
    CHECK(html.status == 0);
    CHECK(wrong.status == 3);
    CHECK(holds(wrong.err, "CORDON_CHROMIUM names /nowhere/chromium, which cannot be run"));
    CHECK(fails.status == 3);
    CHECK(holds(fails.err, "made no PDF"));
    CHECK(folder.names() == std::vector<std::string>{"s.html"});
}
