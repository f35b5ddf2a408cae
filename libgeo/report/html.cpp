// SPDX-License-Identifier: Apache-2.0
#include "libgeo/report/html.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstdint>
#include <stdexcept>

#include "libgeo/base/text.h"
#include "libgeo/report/html_style.h"
#include "libgeo/report/markup.h"

namespace geo {
namespace {

// As long as any wording gets; what is longer is no text for a page.
constexpr std::size_t kLongest = 20'000;

std::string safe(std::string_view text) { return escaped(text, kLongest); }

std::string base64(std::string_view bytes) {
    constexpr std::string_view digits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    std::string out;
    out.reserve((bytes.size() + 2) / 3 * 4);
    for (std::size_t i = 0; i < bytes.size(); i += 3) {
        const std::size_t have = std::min<std::size_t>(3, bytes.size() - i);
        std::uint32_t three = 0;
        for (std::size_t k = 0; k < 3; ++k)
            three = (three << 8U) | (k < have ? static_cast<std::uint8_t>(bytes[i + k]) : 0U);
        for (std::size_t k = 0; k < 4; ++k) out += k <= have ? digits[(three >> (18U - 6U * k)) & 63U] : '=';
    }
    return out;
}

std::string bytes_of_hex(std::string_view hex) {
    const auto nibble = [](char c) { return static_cast<unsigned>(c <= '9' ? c - '0' : c - 'a' + 10); };
    std::string out;
    for (std::size_t i = 0; i + 1 < hex.size(); i += 2)
        out += static_cast<char>(nibble(hex[i]) << 4U | nibble(hex[i + 1]));
    return out;
}

// A string of CSS: whatever is no plain letter or digit is written as its code point.
std::string css_string(std::string_view text) {
    std::string out = "\"";
    for (const char c : printable(text, 120)) {
        const auto byte = static_cast<unsigned char>(c);
        const bool plain = byte >= 0x80 || (byte >= '0' && byte <= '9') || (byte >= 'A' && byte <= 'Z') ||
                           (byte >= 'a' && byte <= 'z') || byte == ' ';
        if (plain)
            out += c;
        else
            out += fmt::format("\\{:x} ", byte);
    }
    return out + "\"";
}

std::string style_of(std::string_view footer) {
    return std::string(kHtmlStyle) +
           fmt::format(
               "@page{{size:A4;margin:15mm 15mm 17mm;@bottom-left{{content:{};font:7.5pt Arial,\"Liberation Sans\","
               "sans-serif;color:#52525b}}@bottom-right{{content:\"Page \" counter(page) \" of \" counter(pages);font:"
               "7.5pt Arial,\"Liberation Sans\",sans-serif;color:#52525b}}}}\n",
               css_string(footer));
}

std::string cell(const HtmlColumn& column, const std::string& text, bool names, const std::string& link) {
    const std::string_view number = column.kind == HtmlColumn::Kind::number ? R"( class="n")" : "";
    std::string inside = safe(text);
    if (column.kind == HtmlColumn::Kind::result && !text.empty())
        inside = fmt::format(R"(<span class="result r-{0}">{0}</span>)", inside);
    if (!link.empty()) inside = fmt::format(R"(<a href="{}">{}</a>)", safe(link), inside);
    return names ? fmt::format(R"(<th scope="row"{}>{}</th>)", number, inside)
                 : fmt::format("<td{}>{}</td>", number, inside);
}

// Cells of an answer are numbers or texts; one of them as text.
std::string cell_text(const TableColumn& column, std::size_t row) {
    switch (column.kind) {
        case TableColumn::Kind::text:
            return column.texts[row];
        case TableColumn::Kind::whole:
            return column.wholes[row] == kNoWhole ? std::string() : std::to_string(column.wholes[row]);
        case TableColumn::Kind::number:
            return format_fixed(column.numbers[row], column.decimals);
    }
    return {};
}

const TableColumn& column_called(const AnswerTable& table, const std::string& name) {
    for (const TableColumn& column : table.columns) {
        if (column.name == name) return column;
    }
    throw std::logic_error("html_table: " + table.name + " has no column " + name);
}

}  // namespace

std::string data_uri(std::string_view mime, std::string_view bytes) {
    return fmt::format("data:{};base64,{}", mime, base64(bytes));
}

HtmlTable html_table(const AnswerTable& table, std::string caption, const std::vector<HtmlPick>& columns,
                     std::size_t most_rows) {
    std::vector<HtmlPick> picks = columns;
    if (picks.empty()) {
        for (const TableColumn& column : table.columns) picks.push_back({column.name, column.name});
    }
    HtmlTable out;
    out.caption = std::move(caption);
    std::vector<const TableColumn*> from;
    for (const HtmlPick& pick : picks) {
        from.push_back(&column_called(table, pick.column));
        const bool text = from.back()->kind == TableColumn::Kind::text;
        out.columns.push_back({pick.title, text ? HtmlColumn::Kind::text : HtmlColumn::Kind::number});
    }
    const std::size_t rows = std::min(table.rows(), most_rows);
    for (std::size_t row = 0; row < rows; ++row) {
        std::vector<std::string>& cells = out.rows.emplace_back();
        for (const TableColumn* column : from) cells.push_back(cell_text(*column, row));
    }
    if (rows < table.rows()) out.note = fmt::format("The first {} of {} rows.", grouped(rows), grouped(table.rows()));
    return out;
}

HtmlPage::HtmlPage(std::string title, std::string under, std::string footer)
    : title_(std::move(title)), under_(std::move(under)), footer_(std::move(footer)) {}

void HtmlPage::begin_section(std::string_view heading, std::string_view id) {
    ++depth_;
    const std::size_t level = std::min<std::size_t>(depth_ + 1, 6);
    const std::string named = id.empty() ? std::string() : fmt::format(R"( id="{}")", safe(id));
    body_ += fmt::format("<section>\n<h{0}{1}>{2}</h{0}>\n", level, named, safe(heading));
}

void HtmlPage::begin_page(std::string_view heading, std::string_view id) {
    const std::size_t at = body_.size();
    begin_section(heading, id);
    body_.replace(at, std::string_view("<section>").size(), "<section class=\"new-page\">");
}

void HtmlPage::end_section() {
    if (depth_ == 0) throw std::logic_error("HtmlPage: no section is open");
    --depth_;
    body_ += "</section>\n";
}

void HtmlPage::paragraph(std::string_view text, HtmlTone tone) {
    const std::string_view attribute = tone == HtmlTone::note      ? R"( class="note")"
                                       : tone == HtmlTone::warning ? R"( class="warning")"
                                                                   : "";
    body_ += fmt::format("<p{}>{}</p>\n", attribute, safe(text));
}

void HtmlPage::list(const std::vector<std::string>& items, bool numbered) {
    if (items.empty()) return;
    const std::string_view tag = numbered ? "ol" : "ul";
    body_ += fmt::format("<{}>\n", tag);
    for (const std::string& item : items) body_ += fmt::format("<li>{}</li>\n", safe(item));
    body_ += fmt::format("</{}>\n", tag);
}

void HtmlPage::facts(const std::vector<std::pair<std::string, std::string>>& pairs, bool side_by_side) {
    if (pairs.empty()) return;
    body_ += side_by_side ? "<dl class=\"two\">\n" : "<dl>\n";
    for (const auto& [name, value] : pairs) body_ += fmt::format("<dt>{}</dt><dd>{}</dd>\n", safe(name), safe(value));
    body_ += "</dl>\n";
}

void HtmlPage::table(const HtmlTable& table) {
    body_ += fmt::format(
        "<div class=\"wide{1}\" role=\"region\" tabindex=\"0\" aria-label=\"{0}\">\n<table>\n"
        "<caption>{0}</caption>\n<thead><tr>",
        safe(table.caption), table.small ? " small" : "");
    for (const HtmlColumn& column : table.columns) {
        body_ += fmt::format("<th scope=\"col\"{}>{}</th>",
                             column.kind == HtmlColumn::Kind::number ? " class=\"n\"" : "", safe(column.title));
    }
    body_ += "</tr></thead>\n<tbody>\n";
    for (std::size_t row = 0; row < table.rows.size(); ++row) {
        body_ += "<tr>";
        for (std::size_t k = 0; k < table.columns.size(); ++k) {
            const std::string text = k < table.rows[row].size() ? table.rows[row][k] : std::string();
            const std::string link = k == 0 && row < table.links.size() ? table.links[row] : std::string();
            body_ += cell(table.columns[k], text, k == 0 && table.row_names && !text.empty(), link);
        }
        body_ += "</tr>\n";
    }
    body_ += "</tbody>\n</table>\n</div>\n";
    if (!table.note.empty()) body_ += fmt::format("<p class=\"under-table\">{}</p>\n", safe(table.note));
}

void HtmlPage::figure(const HtmlFigure& figure) {
    body_ += fmt::format("<figure><img src=\"{}\" alt=\"{}\" width=\"{}\">", data_uri(figure.mime, figure.bytes),
                         safe(figure.alt), figure.width_px);
    if (!figure.caption.empty()) body_ += fmt::format("<figcaption>{}</figcaption>", safe(figure.caption));
    body_ += "</figure>\n";
}

void HtmlPage::quote(std::string_view text, std::string_view source) {
    body_ += fmt::format("<blockquote><p>{}</p>", safe(text));
    if (!source.empty()) body_ += fmt::format("<footer>{}</footer>", safe(source));
    body_ += "</blockquote>\n";
}

void HtmlPage::verdict(Result result, std::string_view said, std::string_view sentence) {
    body_ += fmt::format("<div class=\"verdict r-{}\"><p class=\"word\">{}</p><p class=\"says\">{}</p></div>\n",
                         word(result), safe(said), safe(sentence));
}

void HtmlPage::links(const std::vector<std::pair<std::string, std::string>>& pairs) {
    if (pairs.empty()) return;
    body_ += "<ul>\n";
    for (const auto& [address, text] : pairs)
        body_ += fmt::format("<li><a href=\"{}\">{}</a></li>\n", safe(address), safe(text));
    body_ += "</ul>\n";
}

void HtmlPage::pasteable(const std::vector<std::string>& paragraphs) {
    if (paragraphs.empty()) return;
    body_ += "<div class=\"paste\">\n";
    for (const std::string& text : paragraphs) body_ += fmt::format("<p>{}</p>\n", safe(text));
    body_ += "</div>\n";
}

std::string HtmlPage::finish() {
    while (depth_ > 0) end_section();
    const std::string style = style_of(footer_);
    const std::string hash = base64(bytes_of_hex(sha256_of_text(style)));
    return fmt::format(
        "<!DOCTYPE html>\n<html lang=\"en-GB\">\n<head>\n<meta charset=\"utf-8\">\n"
        "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'sha256-{}'; "
        "img-src data:; base-uri 'none'; form-action 'none'\">\n"
        "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<meta name=\"referrer\" "
        "content=\"no-referrer\">\n<title>{}</title>\n<style>{}</style>\n</head>\n<body>\n"
        "<header>\n<h1>{}</h1>\n<p class=\"under\">{}</p>\n</header>\n<main>\n{}</main>\n"
        "<footer class=\"page\"><p>{}</p></footer>\n</body>\n</html>\n",
        hash, safe(title_), style, safe(title_), safe(under_), body_, safe(footer_));
}

}  // namespace geo
