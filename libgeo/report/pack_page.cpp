// SPDX-License-Identifier: Apache-2.0
#include "libgeo/report/pack_page.h"

#include <algorithm>

#include "libgeo/base/text.h"
#include "libgeo/report/html.h"
#include "libgeo/report/pack_sections.h"
#include "libgeo/report/remarks.h"

namespace geo {
namespace {

constexpr std::size_t kTitle = 200;

void contents_section(HtmlPage& page) {
    page.begin_section("Contents");
    page.links({{"#brief", "In brief"},
                {"#where", "Where outlets and zones are"},
                {"#areas", "Area by area, and over time"},
                {"#deprivation", "By deprivation"},
                {"#effect", "Before and after the policy"},
                {"#parades", "Where outlets pile up"},
                {"#zones", "What the zones cover"},
                {"#proposals", "Proposals"},
                {"#methods", "How this was measured, and what it cannot say"},
                {"#sources", "Where the data are from, and what was left out"}});
    page.end_section();
}

void sources_section(HtmlPage& page, const PackContents& contents) {
    page.begin_page("Where the data are from, and what was left out", "sources");
    provenance_section(page, contents.map->provenance, *contents.issues);
    page.end_section();
}

}  // namespace

const AnswerTable* PackPart::table(std::string_view name) const {
    const auto found =
        std::find_if(tables.begin(), tables.end(), [&](const AnswerTable& one) { return one.name == name; });
    return found == tables.end() ? nullptr : &*found;
}

std::string sentence_of(std::string text) {
    if (!text.empty() && text.back() != '.' && text.back() != '?' && text.back() != ':') text += '.';
    return text;
}

void put_sentences(HtmlPage& page, const std::vector<std::string>& sentences) {
    std::vector<std::string> whole;
    for (const std::string& sentence : sentences) whole.push_back(sentence_of(sentence));
    page.list(whole);
}

void put_figures(HtmlPage& page, const PackContents& contents, const std::string& section) {
    constexpr unsigned kUpright = 600, kAcross = 840;
    for (const PackFigure& figure : contents.figures) {
        if (figure.section != section) continue;
        page.figure({figure.svg, "image/svg+xml", figure.alt, figure.caption, figure.landscape ? kAcross : kUpright});
    }
}

std::string pack_html(const PackContents& contents) {
    const std::string title = printable(contents.title, kTitle);
    HtmlPage page(title, "Commission pack, as at " + contents.as_at + ". Made with Cordon from open and council data.",
                  title + ": commission pack, " + contents.as_at);
    if (contents.incomplete)
        page.paragraph(
            "Incomplete: rows that could change a figure were left out, because they have no usable location or date. "
            "They are listed under “Where the data are from”.",
            HtmlTone::warning);
    contents_section(page);
    headline_section(page, contents);
    where_section(page, contents);
    areas_section(page, contents);
    deprivation_section(page, contents);
    effect_section(page, contents);
    parades_section(page, contents);
    zones_section(page, contents);
    proposals_section(page, contents);
    methods_section(page, contents);
    sources_section(page, contents);
    return page.finish();
}

}  // namespace geo
