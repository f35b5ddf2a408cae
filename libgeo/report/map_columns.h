// SPDX-License-Identifier: Apache-2.0
//
// Columns of the page's data: a value for each row; texts are kept once, and columns hold their numbers. Private to map_json.cpp.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "libgeo/base/text.h"
#include "libgeo/report/json.h"

namespace geo {

class MapColumns {
  public:
    MapColumns(const MapColumns&) = delete;
    MapColumns& operator=(const MapColumns&) = delete;

  protected:
    MapColumns() : json_(out_) { static_cast<void>(number_of({})); }
    ~MapColumns() = default;

    /// Of a text; the empty one is 0. What would hide itself or turn other text round is made visible.
    std::int64_t number_of(std::string_view text) {
        const auto [found, fresh] =
            numbers_.try_emplace(printable(text, kLongest), static_cast<std::int64_t>(texts_.size()));
        if (fresh) texts_.push_back(&found->first);
        return found->second;
    }
    void put_texts() {
        json_.begin_array("texts");
        for (const std::string* text : texts_) json_.text({}, *text);
        json_.end_array();
    }

    // A column: one value for each of `rows`.
    template <class Rows, class Value>
    void texts(std::string_view key, const Rows& rows, Value value) {
        json_.begin_array(key);
        for (const auto& row : rows) json_.integer({}, number_of(value(row)));
        json_.end_array();
    }
    template <class Rows, class Value>
    void wholes(std::string_view key, const Rows& rows, Value value) {
        json_.begin_array(key);
        for (const auto& row : rows) json_.integer({}, static_cast<std::int64_t>(value(row)));
        json_.end_array();
    }
    /// Cells that are numbers already, with the decimals of the table.
    template <class Rows, class Value>
    void cells(std::string_view key, const Rows& rows, Value value) {
        json_.begin_array(key);
        for (const auto& row : rows) {
            const std::string& cell = value(row);
            if (cell.empty())
                json_.null({});
            else
                json_.raw({}, cell);
        }
        json_.end_array();
    }
    void words(std::string_view key, const std::vector<std::string>& rows) {
        json_.begin_array(key);
        for (const std::string& row : rows) json_.text({}, printable(row, kLongest));
        json_.end_array();
    }
    void columns(std::string_view key, const std::vector<std::string>& rows) {
        texts(key, rows, [](const std::string& row) -> const std::string& { return row; });
    }

    static constexpr std::size_t kLongest = 600;  // bytes of a text
    std::string out_;
    Json json_;

  private:
    std::unordered_map<std::string, std::int64_t> numbers_;
    std::vector<const std::string*> texts_;
};

}  // namespace geo
