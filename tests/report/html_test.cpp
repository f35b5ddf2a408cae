// SPDX-License-Identifier: Apache-2.0
// A page: what is handed over comes out as text, headings and tables have their structure, and nothing may be loaded or run.
#include "libgeo/report/html.h"

#include <doctest/doctest.h>

#include <cstdint>
#include <string>
#include <vector>

#include "libgeo/report/table_rows.h"

using namespace geo;

namespace {

bool holds(const std::string& page, const std::string& what) { return page.find(what) != std::string::npos; }

/// Names of the elements that are opened and not closed, or closed and not opened, in order; empty where all is well.
std::vector<std::string> unbalanced(const std::string& page) {
    std::vector<std::string> open, wrong;
    for (std::size_t at = page.find('<'); at != std::string::npos; at = page.find('<', at + 1)) {
        const std::size_t end = page.find_first_of(" >\n", at);
        std::string name = page.substr(at + 1, end - at - 1);
        if (name.empty() || name[0] == '!' || name == "meta" || name == "img") continue;
        if (name[0] != '/') {
            open.push_back(name);
            continue;
        }
        name.erase(0, 1);
        if (open.empty() || open.back() != name) wrong.push_back(name);
        if (!open.empty()) open.pop_back();
    }
    wrong.insert(wrong.end(), open.begin(), open.end());
    return wrong;
}

std::string sample() {
    HtmlPage page("Sheet", "Study", "Sheet · Study");
    page.begin_section("First");
    page.paragraph("Words.", HtmlTone::note);
    page.begin_section("Inner");
    page.list({"one", "two"});
    page.facts({{"Name", "value"}}, true);
    page.end_section();
    page.quote("Wording.", "Policy 1");
    page.end_section();
    page.begin_page("Second");
    page.verdict(Result::breach, "Breach", "A sentence.");
    page.links({{"a.html", "A"}});
    page.pasteable({"Paste this."});
    return page.finish();
}

}  // namespace

TEST_CASE(
    "a page is whole: every element is closed, the language and the title are set, headings go down a step at a time") {
    const std::string page = sample();
    CHECK(unbalanced(page).empty());
    CHECK(holds(page, "<html lang=\"en-GB\">"));
    CHECK(holds(page, "<title>Sheet</title>"));
    CHECK(holds(page, "<h1>Sheet</h1>"));
    CHECK(holds(page, "<h2>First</h2>"));
    CHECK(holds(page, "<h3>Inner</h3>"));
    CHECK(holds(page, "<section class=\"new-page\">\n<h2>Second</h2>"));
    CHECK(page == sample());
}

TEST_CASE("nothing on a page may run or be loaded: the one style is named by its hash") {
    const std::string page = sample();
    CHECK(holds(page, "default-src 'none'"));
    CHECK_FALSE(holds(page, "<script"));
    CHECK_FALSE(holds(page, " style=\""));  // such an attribute would be ignored under this rule
    CHECK_FALSE(holds(page, "unsafe-inline"));
    const std::size_t begin = page.find("<style>") + 7, end = page.find("</style>");
    const std::string hex = sha256_of_text(page.substr(begin, end - begin));
    std::string bytes;
    for (std::size_t i = 0; i < hex.size(); i += 2)
        bytes += static_cast<char>(std::stoi(hex.substr(i, 2), nullptr, 16));
    const std::string uri = data_uri("x", bytes);
    CHECK(holds(page, "style-src 'sha256-" + uri.substr(uri.find(',') + 1) + "'"));
}

TEST_CASE("bytes in base 64 as RFC 4648 gives them") {
    CHECK(data_uri("t/x", "") == "data:t/x;base64,");
    CHECK(data_uri("t/x", "f") == "data:t/x;base64,Zg==");
    CHECK(data_uri("t/x", "fo") == "data:t/x;base64,Zm8=");
    CHECK(data_uri("t/x", "foobar") == "data:t/x;base64,Zm9vYmFy");
    CHECK(data_uri("t/x", "\xff\xfe") == "data:t/x;base64,//4=");
}

TEST_CASE("hostile text is text wherever it stands") {
    const std::string bad = "<script>alert(1)</script>\"'&\x01\xe2\x80\xae";
    const std::string shown = "&lt;script&gt;alert(1)&lt;/script&gt;&quot;&#39;&amp;\\x01\\xE2\\x80\\xAE";
    HtmlPage page(bad, bad, bad);
    page.begin_section(bad);
    page.paragraph(bad);
    page.list({bad});
    page.facts({{bad, bad}});
    HtmlTable table;
    table.caption = bad;
    table.columns = {{bad, HtmlColumn::Kind::text}, {bad, HtmlColumn::Kind::result}};
    table.rows = {{bad, bad}};
    table.links = {bad};
    table.note = bad;
    page.table(table);
    page.figure({"<svg/>", "image/svg+xml", bad, bad, 100});
    page.quote(bad, bad);
    page.verdict(Result::clear, bad, bad);
    page.links({{bad, bad}});
    page.pasteable({bad});
    const std::string html = page.finish();
    CHECK_FALSE(holds(html, "<script"));
    CHECK_FALSE(holds(html, "\x01"));
    CHECK_FALSE(holds(html, "\xe2\x80\xae"));
    CHECK(holds(html, "<h2>" + shown + "</h2>"));
    CHECK(holds(html, "alt=\"" + shown + "\""));
    CHECK(unbalanced(html).empty());
}

TEST_CASE("the foot of the printed page cannot end the style") {
    const std::string html = HtmlPage("t", "u", "</style><script>\"}\\").finish();
    const std::size_t end = html.find("</style>");
    CHECK(html.find("</style>", end + 1) == std::string::npos);
    CHECK(holds(html, "content:\"\\3c \\2f style\\3e "));
}

TEST_CASE("a table has a caption, headings with scope, and is reached by the keyboard where it is too wide") {
    HtmlTable table;
    table.caption = "Distances";
    table.columns = {
        {"Rule", HtmlColumn::Kind::text}, {"Metres", HtmlColumn::Kind::number}, {"Result", HtmlColumn::Kind::result}};
    table.rows = {{"FH1", "312.4", "breach"}, {"FH2"}};
    HtmlPage page("t", "u", "f");
    page.table(table);
    const std::string html = page.finish();
    CHECK(holds(html, "<caption>Distances</caption>"));
    CHECK(holds(html, "<th scope=\"col\" class=\"n\">Metres</th>"));
    CHECK(holds(html,
                "<tr><th scope=\"row\">FH1</th><td class=\"n\">312.4</td><td><span class=\"result r-breach\">breach"));
    CHECK(holds(html, "<tr><th scope=\"row\">FH2</th><td class=\"n\"></td><td></td></tr>"));
    CHECK(holds(html, "role=\"region\" tabindex=\"0\" aria-label=\"Distances\""));
}

TEST_CASE("an answer becomes a table: chosen columns, their decimals, empty cells, and how many rows there are") {
    TableRows rows("density");
    rows.texts("area").wholes("outlets").numbers("rate", 2);
    rows.put(std::string("W1")).put(std::int64_t{1200}).put(1.5);
    rows.put(std::string("W2")).put(kNoWhole).put(std::numeric_limits<double>::quiet_NaN());
    rows.put(std::string("W3")).put(std::int64_t{3}).put(0.125);
    const HtmlTable all = html_table(rows.table(), "All");
    CHECK(all.columns.size() == 3);
    CHECK(all.rows[0] == std::vector<std::string>{"W1", "1200", "1.50"});
    CHECK(all.rows[1] == std::vector<std::string>{"W2", "", ""});
    CHECK(all.note.empty());
    const HtmlTable cut = html_table(rows.table(), "Some", {{"rate", "Rate"}, {"area", "Ward"}}, 2);
    CHECK(cut.columns[0].title == "Rate");
    CHECK(cut.columns[0].kind == HtmlColumn::Kind::number);
    CHECK(cut.rows.size() == 2);
    CHECK(cut.rows[0] == std::vector<std::string>{"1.50", "W1"});
    CHECK(cut.note == "The first 2 of 3 rows.");
    CHECK_THROWS(html_table(rows.table(), "x", {{"none", "None"}}));
}

TEST_CASE("what an answer rests on: each file once with its rows, licence and hash, and the issues") {
    Provenance record;
    record.version = "1.2.3";
    record.study_file = "study.toml";
    record.study_sha256 = "aa11";
    record.study_title = "Study";
    record.as_at = "2026-04-01 (study)";
    FileRecord file;
    file.layer = "schools";
    file.file = "schools.csv";
    file.sha256 = "bb22";
    file.rows_read = 1234;
    file.rows_used = 1230;
    file.rows_not_used = 4;
    file.attribution = "© Someone 2026";
    record.files = {file, file};
    Issues issues;
    Issue issue;
    issue.layer = "schools";
    issue.row = 7;
    issue.code = "no-location";
    issue.message = "no location";
    issue.action = "left out";
    issue.kept = Kept::not_used;
    issue.may_hide_breach = true;
    issues.add(issue);
    HtmlPage page("t", "u", "f");
    provenance_section(page, record, issues);
    const std::string html = page.finish();
    for (const char* what : {"cordon 1.2.3", "aa11", "2026-04-01 (study)", "1,234", "1,230", "not stated",
                             "schools: no location; left out (row 7) (could hide a breach)", "© Someone 2026"})
        CHECK_MESSAGE(holds(html, what), what);
    // The same file in two layers has one fingerprint.
    CHECK(html.find("bb22") == html.rfind("bb22"));
    CHECK(unbalanced(html).empty());
}
