// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace geo {

/// Appends `text` as a JSON string, quotes included. Control characters and `<` are escaped; bytes that are not UTF-8 are shown as \xNN.
void append_json_text(std::string& out, std::string_view text);

/// Writes JSON straight to a string, so that millions of rows need no tree. The caller keeps the order: each value in an object has a key, in an
/// array none (an empty key).
class Json {
  public:
    /// `indent`: blanks a level; 0: everything on one line.
    explicit Json(std::string& out, int indent = 0) : out_(out), indent_(indent) {}

    void begin_object(std::string_view key = {});
    void end_object();
    void begin_array(std::string_view key = {});
    void end_array();

    void text(std::string_view key, std::string_view value);
    void number(std::string_view key, double value, int decimals);  ///< NaN: null
    void shortest(std::string_view key, double value);              ///< NaN: null
    void integer(std::string_view key, std::int64_t value);
    void boolean(std::string_view key, bool value);
    void null(std::string_view key);
    /// A value that is JSON already.
    void raw(std::string_view key, std::string_view json);
    /// The same, left out where there is nothing to say.
    void text_if(std::string_view key, std::string_view value) {
        if (!value.empty()) text(key, value);
    }

  private:
    void before(std::string_view key);
    void line();
    std::string& out_;
    int indent_;
    std::vector<bool> has_values_;  // one an open object or array
};

}  // namespace geo
