// SPDX-License-Identifier: Apache-2.0
#include "libgeo/report/json.h"

#include <fmt/format.h>

#include <cmath>

#include "libgeo/base/text.h"
#include "libgeo/report/cells.h"

namespace geo {

namespace {

/// A character of two or three bytes of UTF-8 as `\uXXXX`.
void append_escaped(std::string& out, std::string_view character) {
    unsigned code = static_cast<unsigned char>(character[0]) & (character.size() == 2 ? 0x1FU : 0x0FU);
    for (const char c : character.substr(1)) code = code << 6 | (static_cast<unsigned char>(c) & 0x3FU);
    out += fmt::format("\\u{:04x}", code);
}

}  // namespace

void append_json_text(std::string& out, std::string_view text) {
    if (!is_utf8(text)) {
        append_json_text(out, printable(text, text.size() * 4));
        return;
    }
    constexpr char kHex[] = "0123456789abcdef";
    out += '"';
    for (std::size_t i = 0; i < text.size(); ++i) {
        const char c = text[i];
        const auto byte = static_cast<unsigned char>(c);
        if (const std::size_t hidden = byte < 0x80 ? 0 : hidden_length(text.substr(i))) {
            append_escaped(out, text.substr(i, hidden));
            i += hidden - 1;
            continue;
        }
        if (c == '"' || c == '\\') {
            out += '\\';
            out += c;
        } else if (byte < 0x20 || byte == 0x7f || c == '<') {
            // `<` too: JSON is often put into a page, where `</script` would end it.
            out += "\\u00";
            out += kHex[byte >> 4];
            out += kHex[byte & 15];
        } else {
            out += c;
        }
    }
    out += '"';
}

void Json::line() {
    if (indent_ == 0) return;
    out_ += '\n';
    out_.append(has_values_.size() * static_cast<std::size_t>(indent_), ' ');
}

void Json::before(std::string_view key) {
    if (!has_values_.empty()) {
        if (has_values_.back()) out_ += indent_ == 0 ? ", " : ",";
        has_values_.back() = true;
        line();
    }
    if (!key.empty()) {
        append_json_text(out_, key);
        out_ += ": ";
    }
}

void Json::begin_object(std::string_view key) {
    before(key);
    out_ += '{';
    has_values_.push_back(false);
}

void Json::begin_array(std::string_view key) {
    before(key);
    out_ += '[';
    has_values_.push_back(false);
}

void Json::end_object() {
    const bool any = has_values_.back();
    has_values_.pop_back();
    if (any) line();
    out_ += '}';
}

void Json::end_array() {
    const bool any = has_values_.back();
    has_values_.pop_back();
    if (any) line();
    out_ += ']';
}

void Json::text(std::string_view key, std::string_view value) {
    before(key);
    append_json_text(out_, value);
}

void Json::number(std::string_view key, double value, int decimals) {
    before(key);
    if (!std::isfinite(value)) {
        out_ += "null";
        return;
    }
    append_fixed(out_, value, decimals);
}

void Json::shortest(std::string_view key, double value) {
    before(key);
    if (!std::isfinite(value)) {
        out_ += "null";
        return;
    }
    out_ += format_shortest(value);
}

void Json::integer(std::string_view key, std::int64_t value) {
    before(key);
    append_integer(out_, value);
}

void Json::boolean(std::string_view key, bool value) {
    before(key);
    out_ += value ? "true" : "false";
}

void Json::null(std::string_view key) {
    before(key);
    out_ += "null";
}

void Json::raw(std::string_view key, std::string_view json) {
    before(key);
    out_ += json;
}

}  // namespace geo
