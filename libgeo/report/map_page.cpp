// SPDX-License-Identifier: Apache-2.0
#include "libgeo/report/map_page.h"

#include <fmt/format.h>

#include <array>

#include "libgeo/base/errors.h"
#include "libgeo/base/provenance.h"
#include "libgeo/base/text.h"
#include "libgeo/report/map_bundle.h"
#include "libgeo/report/markup.h"

namespace geo {
namespace {

/// `sha256-…` of a text, as Content-Security-Policy writes it: base64.
std::string csp_hash(std::string_view text) {
    const std::string hex = sha256_of_text(text);
    std::array<unsigned, 33> bytes{};  // and one 0 to fill the last group
    for (std::size_t k = 0; k < 32; ++k) {
        const auto digit = [](char c) { return static_cast<unsigned>(c <= '9' ? c - '0' : c - 'a' + 10); };
        bytes[k] = digit(hex[2 * k]) * 16 + digit(hex[2 * k + 1]);
    }
    constexpr std::string_view kDigits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    std::string out = "sha256-";
    for (std::size_t k = 0; k < 33; k += 3) {
        const unsigned group = bytes[k] << 16U | bytes[k + 1] << 8U | bytes[k + 2];
        for (const unsigned shift : {18U, 12U, 6U, 0U}) out += kDigits[(group >> shift) & 63U];
    }
    out.back() = '=';
    return out;
}

constexpr std::string_view kSecure = "https://", kPlain = "http://";

/// `https://tiles.example.gov.uk`; empty where there is none.
std::string origin_of(const std::string& url) {
    const std::string_view scheme = url.starts_with(kSecure) ? kSecure : kPlain;
    if (!url.starts_with(scheme)) return {};
    const std::size_t end = url.find('/', scheme.size());
    const std::string host = url.substr(scheme.size(), end - scheme.size());
    constexpr std::string_view kAllowed = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.-:[]";
    if (host.empty() || end == std::string::npos || host.find_first_not_of(kAllowed) != std::string::npos) return {};
    const bool here =
        host == "localhost" || host.starts_with("localhost:") || host == "127.0.0.1" || host.starts_with("127.0.0.1:");
    if (scheme == kPlain && !here) return {};
    return std::string(scheme) + host;
}

std::string policy_of(const MapBundle& bundle, const MapTiles& tiles) {
    const std::string origin = tiles.url.empty() ? std::string() : " " + origin_of(tiles.url);
    // MapLibre's worker is a blob of the page's own script; on a page from disk it becomes a data: address.
    return fmt::format(
        "default-src 'none'; script-src '{}'; style-src '{}'; img-src data: blob:{}; worker-src blob: data:; "
        "connect-src blob: data:{}; base-uri 'none'; form-action 'none'",
        csp_hash(bundle.script), csp_hash(bundle.style), origin, origin);
}

}  // namespace

bool map_page_built() { return !map_bundle().script.empty(); }

void expect_map_page() {
    if (map_page_built()) return;
    throw EnvironmentError(fmt::format(
        "this cordon was built without the interactive map: {}. Install Node 18 or newer with npm (Debian: apt-get "
        "install nodejs npm) and build again; figures (.pdf .svg .png) and layers (.gpkg) need neither",
        map_bundle().why));
}

void check_tiles(const MapTiles& tiles) {
    if (tiles.url.empty() && tiles.attribution.empty()) return;
    if (tiles.url.empty())
        throw UsageError("--tiles-attribution says whose tiles --tiles are; it was given without them");
    const auto has = [&](const char* part) { return tiles.url.find(part) != std::string::npos; };
    const bool odd = tiles.url.find_first_of(" \"'<>\\;,\t\r\n") != std::string::npos;
    if (origin_of(tiles.url).empty() || odd || !has("{z}") || !has("{x}") || !has("{y}"))
        throw UsageError(
            fmt::format("--tiles {}: expected https://HOST/…/{{z}}/{{x}}/{{y}}.png", printable(tiles.url)));
    if (tiles.attribution.empty())
        throw UsageError("--tiles needs --tiles-attribution \"TEXT\": whose map it is, as their licence asks for it");
}

std::string map_page(const MapData& data, const MapTiles& tiles, const GridFolders& grids) {
    expect_map_page();
    const MapBundle bundle = map_bundle();
    std::string out = "<!doctype html>\n<html lang=\"en-GB\">\n<head>\n<meta charset=\"utf-8\">\n";
    out += fmt::format("<meta http-equiv=\"Content-Security-Policy\" content=\"{}\">\n", policy_of(bundle, tiles));
    out += "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n";
    out += "<meta name=\"referrer\" content=\"no-referrer\">\n";
    out += fmt::format("<title>{} - map as at {}</title>\n<style>", escaped(data.title, 200),
                       format_date_long(data.as_at));
    out += bundle.style;
    out +=
        "</style>\n</head>\n<body>\n<noscript><p>This map needs JavaScript, which is switched off "
        "here.</p></noscript>\n";
    out += "<script type=\"application/json\" id=\"data\">";
    out += map_json(data, tiles, grids);
    out += "</script>\n<script>";
    out += bundle.script;
    out += "</script>\n</body>\n</html>\n";
    return out;
}

}  // namespace geo
