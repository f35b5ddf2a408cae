// SPDX-License-Identifier: Apache-2.0
#include "libgeo/report/markup.h"

#include "libgeo/base/text.h"

namespace geo {
namespace {

std::string_view entity(char c) {
    switch (c) {
        case '&':
            return "&amp;";
        case '<':
            return "&lt;";
        case '>':
            return "&gt;";
        case '"':
            return "&quot;";
        case '\'':
            return "&#39;";
        default:
            return {};
    }
}

}  // namespace

std::string escaped(std::string_view text, std::size_t most) {
    std::string out;
    for (const char c : printable(text, most)) {
        if (const std::string_view instead = entity(c); !instead.empty())
            out += instead;
        else
            out += c;
    }
    return out;
}

}  // namespace geo
