// SPDX-License-Identifier: Apache-2.0
//
// A document as one HTML file: no script, no outside file, one style for screen and A4 paper, readable without colour and by a screen reader (WCAG 2.2 AA).
// Every text that is handed over is text: it is escaped here and nowhere else. Same calls, same bytes.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "libgeo/assess/finding.h"
#include "libgeo/base/issues.h"
#include "libgeo/base/provenance.h"
#include "libgeo/report/table.h"

namespace geo {

struct HtmlColumn {
    enum class Kind { text, number, result };  ///< `result`: a word of Result, set in its colour; numbers are set right
    std::string title;
    Kind kind = Kind::text;
};

/// A table: a caption, a heading to each column, and rows of plain text.
struct HtmlTable {
    std::string caption;
    std::vector<HtmlColumn> columns;
    std::vector<std::vector<std::string>> rows;  ///< cells from the left; missing ones are empty
    std::vector<std::string> links;              ///< by row, where its first cell leads; none, or empty: nowhere
    std::string note;                            ///< under the table
    bool row_names = true;                       ///< the first cell of a row names the row
    bool small = false;                          ///< for what is looked up, not read
};

/// Rows of an answer as a table: every column, or those named, in that order, under the titles given. Numbers have the column's decimals. More than `most_rows`
/// are cut, and the note says how many there are. An unknown column name is a std::logic_error.
struct HtmlPick {
    std::string column, title;
};
HtmlTable html_table(const AnswerTable& table, std::string caption, const std::vector<HtmlPick>& columns = {},
                     std::size_t most_rows = 60);

/// A drawing or picture, put into the page whole.
struct HtmlFigure {
    std::string bytes;  ///< an SVG element, or the bytes of a PNG
    std::string_view mime = "image/svg+xml";
    std::string alt;          ///< what it shows, for who cannot see it
    std::string caption;      ///< under it; empty: none
    unsigned width_px = 640;  ///< at 96 to the inch; never wider than the page
};

/// `data:image/svg+xml;base64,…`
std::string data_uri(std::string_view mime, std::string_view bytes);

enum class HtmlTone { plain, note, warning };

/// Builds a page from top to bottom. Sections nest, and their headings with them: h1 is the page's title, h2 a section, h3 a section in a section.
class HtmlPage {
  public:
    /// `title`: h1 and the window's title. `under`: a line under it, such as the study's title. `footer`: at the foot of each printed page, beside its number.
    HtmlPage(std::string title, std::string under, std::string footer);

    /// `id`: what a link `#id` leads to; plain letters. Empty: none.
    void begin_section(std::string_view heading, std::string_view id = {});
    /// The same, on a new page when printed.
    void begin_page(std::string_view heading, std::string_view id = {});
    void end_section();

    void paragraph(std::string_view text, HtmlTone tone = HtmlTone::plain);
    void list(const std::vector<std::string>& items, bool numbered = false);
    /// Names and what they are, one under the other; `side_by_side`: two in a line where there is room.
    void facts(const std::vector<std::pair<std::string, std::string>>& pairs, bool side_by_side = false);
    void table(const HtmlTable& table);
    void figure(const HtmlFigure& figure);
    /// Wording that is quoted, and where it stands.
    void quote(std::string_view text, std::string_view source);
    /// A result that leads the page: how it is called, and a sentence.
    void verdict(Result result, std::string_view said, std::string_view sentence);
    /// A list of links: address, text.
    void links(const std::vector<std::pair<std::string, std::string>>& pairs);
    /// Text in a frame to be copied, a paragraph each.
    void pasteable(const std::vector<std::string>& paragraphs);

    /// What another page holds, at the end of this one.
    void append(const HtmlPage& other) { body_ += other.body_; }

    /// The page, closed. Sections that are still open are closed too.
    std::string finish();

  private:
    std::string title_, under_, footer_, body_;
    std::size_t depth_ = 0;
};

/// A section on what an answer rests on: program, study, policies, every file with its rows, CRS, date, licence and hash; the lines of attribution; and the rows
/// that were not used as they stand.
void provenance_section(HtmlPage& page, const Provenance& provenance, const Issues& issues);

}  // namespace geo
